"""The form of a call: one tap in the list of those who wait, or filled in where it was another day."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import today
from programme.entry import OnceForm
from volunteers.models import Call, Volunteer

TOMORROW = dt.timedelta(1)


class CallForm(OnceForm):
    """What came of a call. Where no day is given it was today; where she is to be called again, tomorrow."""

    given = ("volunteer",)
    is_of_today = True
    evidence_text = None

    call_again_on = DanishDateField(
        label=_("Call again on"),
        required=False,
        may_be_future=True,
        help_text=_("Only where she is to be called again. Left empty: the day after the call."),
    )

    class Meta(OnceForm.Meta):
        model = Call
        fields = ["outcome", "happened_on", "call_again_on"]

    field_order = ["uuid", "outcome", "happened_on", "call_again_on"]

    def __init__(self, *args: Any, volunteer: Volunteer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.volunteer = volunteer
        self.fields["happened_on"].required = False

    def clean_happened_on(self) -> dt.date:
        return self.cleaned_data["happened_on"] or today()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data
        if given.get("outcome") == Call.Outcome.AGAIN and "call_again_on" not in self.errors:
            given["call_again_on"] = given["call_again_on"] or given.get("happened_on", today()) + TOMORROW
        return cleaned
