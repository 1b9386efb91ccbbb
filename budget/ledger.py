"""The ledger is only added to: what was booked by mistake is reversed by its mirror."""

import datetime as dt
from typing import Any

from django.db import transaction

from budget.models import Posting, Voucher
from bydelsmoedre.entry import Overtaken


class NotReversible(Overtaken):
    """The posting is a reversal itself, or is reversed already; nothing was booked."""


def reversal_of(posting: Posting) -> Posting | None:
    """The posting that reverses this one, if there is one."""
    return Posting.objects.filter(reverses=posting.uuid).first()


@transaction.atomic
def reverse(posting: Posting, *, by: Any, on: dt.date, reason: str, booked_from: Voucher | None = None) -> Posting:
    """Book the mirror of a posting: the same line, funder, association and course, the opposite amount, on its own day;
    from the voucher that corrects it, or (without one) from the accounting system that the posting came from.

    Raises `NotReversible` for a reversal and for what is reversed already. Of two at once, the database lets one in.
    """
    if posting.reverses or reversal_of(posting):
        raise NotReversible
    return Posting.record(
        by=by,
        line_id=posting.line_id,
        amount=-posting.amount,
        text=posting.text,
        voucher=booked_from.name if booked_from else posting.voucher,
        supplier=posting.supplier,
        course_id=posting.course_id,
        funder_id=posting.funder_id,
        association_id=posting.association_id,
        booked_from=booked_from,
        source="" if booked_from else posting.source,
        reverses=posting.uuid,
        happened_on=on,
        note=reason,
    )
