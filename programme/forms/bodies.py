"""Forms about who sits in a body."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.fields import DanishDateField
from programme.entry import FactForm
from programme.models import BodyMember, Organisation
from programme.seen import EndFactForm


class BodyMemberForm(FactForm):
    """An organisation or an office has a seat from a day on."""

    given = ("body", "ended_on")
    is_of_today = True

    class Meta(FactForm.Meta):
        model = BodyMember
        fields = ["organisation", "office", "is_chair", "started_on", "note"]
        help_texts = {
            "office": _("Such as “Head of secretariat”. Never a person's name. It may stand alone."),
            "is_chair": _("One at a time."),
        }

    field_order = ["organisation", "office", "is_chair", "started_on", "evidence_text", "note"]

    def __init__(self, *args: Any, body: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.body = body
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.filter(programme=body.programme_id).exclude(pk=body.pk)
        organisation.empty_label = _("Only an office")


class EndSeatForm(EndFactForm):
    """The last day of a seat."""

    ended_on = DanishDateField(label=_("Last day"), may_be_future=True)
