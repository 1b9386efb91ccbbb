"""The form of “Vent til …”."""

import datetime as dt
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.moment import Moment, today
from programme.models import Deferral, Programme
from programme.models.deferrals import MOST_DAYS


class DeferralForm(forms.Form):
    """Until which day something waits, and why; what waits already may wait for longer, or shorter."""

    until = DanishDateField(
        label=_("Wait until"),
        may_be_future=True,
        help_text=_("On that day it is back among what is to be done. Three months ahead at most."),
    )
    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, programme: Programme, code: str, thing: UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.code, self.thing = programme, code, thing
        reasons: Any = self.fields["reason"]
        reasons.choices = [(value, capfirst(str(label))) for value, label in Deferral.Reason.choices]
        self.fields["until"].initial = today() + dt.timedelta(7)

    def clean_until(self) -> dt.date:
        until: dt.date = self.cleaned_data["until"]
        if until <= today():
            raise ValidationError(_("Choose a day that is to come."), code="past")
        if until > today() + dt.timedelta(MOST_DAYS):
            raise ValidationError(_("Three months ahead at most."), code="too_late")
        return until

    def record(self, *, by: Any) -> Deferral:
        """Let it wait; where it waits already, this one steps in its place."""
        told = {"ended_on": self.cleaned_data["until"] - dt.timedelta(1), "why": self.cleaned_data["reason"]}
        same = {"programme": self.programme, "code": self.code, "thing": self.thing}
        waits = Deferral.objects.at(Moment(today())).filter(**same).first()
        if waits is not None:
            return waits.supersede(by=by, reason=str(_("Waits until another day")), started_on=today(), **told)
        return Deferral.record(by=by, started_on=today(), **same, **told)
