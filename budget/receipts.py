"""The same receipt twice: a file that another voucher or outlay has already is told of, so that nothing is paid twice.
Nothing is refused: one invoice may cover two vouchers."""

from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from budget.models import Outlay, Voucher
from programme.models import Evidence


def said_of_same_receipt(evidence: Evidence | None, *, by: Any) -> str:
    """What is said to whoever has just filed the receipt; "" where it is new. What she may not see is not told of."""
    if evidence is None or not evidence.sha256:
        return ""
    same = Evidence.objects.filter(programme=evidence.programme_id, sha256=evidence.sha256).exclude(pk=evidence.pk)
    found = [
        str(one)
        for model in (Voucher, Outlay)
        for one in model._default_manager.visible_to(by).filter(evidence__in=same.values("pk"))[:3]
    ]
    last = str(_("and"))
    return (
        _("The same file is filed already: %(others)s. Check that it is not paid twice.")
        % {"others": get_text_list(found, last)}
        if found
        else ""
    )
