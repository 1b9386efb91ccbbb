"""The Moment that a page is asked of: read from the address, shown in a form, kept in the links."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.fields import DanishDateField, DatePicker, keep_what_was_typed
from bydelsmoedre.moment import ALWAYS, COPENHAGEN, Moment, calendar_today, end_of_day
from programme.models import Programme
from reports.asking import is_default, is_present, opening_day, read_known_at


class KnownAtField(forms.CharField):
    """A day (meaning its end) or a date and time."""

    widget = DatePicker

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            found = read_known_at(text)
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error
        if found != ALWAYS and found > end_of_day(calendar_today()):
            raise forms.ValidationError(_("That day has not come yet."), code="future")
        return found


class MomentForm(forms.Form):
    """“Pr. dato” and “Som vi vidste det den”, both optional."""

    on = DanishDateField(label=_("As of"), required=False, may_be_future=True)
    known_at = KnownAtField(label=_("As we knew it on"), required=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked, ready for a page's context."""

    moment: Moment
    form: MomentForm
    kept: dict[str, str]  #: what the links keep; empty for the Moment that pages open at
    is_present: bool

    @property
    def query(self) -> str:
        """What is added to the address of another page that shows a Moment."""
        return f"?{urlencode(self.kept)}" if self.kept else ""

    def context(self) -> dict[str, Any]:
        return {
            "moment": self.moment,
            "moment_form": self.form,
            "moment_query": self.query,
            "is_present": self.is_present,
        }


def ask(request: Any, programme: Programme | None) -> Asked:
    """The Moment in the address; where it cannot be read, the default, with the error beside its field."""
    given = {name: request.GET.get(name, "") for name in ("on", "known_at")}
    form = MomentForm(given)
    form.is_valid()
    on = form.cleaned_data.get("on") or opening_day(programme)
    known_at = form.cleaned_data.get("known_at") or ALWAYS
    moment = Moment(on, known_at)
    shown = {"on": on.isoformat(), "known_at": _shown(known_at, given["known_at"])}
    form.data = {name: given[name] if name in form.errors else shown[name] for name in shown}
    keep_what_was_typed(form)
    if is_default(moment, programme):
        return Asked(moment, form, {}, is_present=True)
    kept = {"on": on.isoformat()} | ({} if known_at == ALWAYS else {"known_at": shown["known_at"]})
    return Asked(moment, form, kept, is_present=is_present(moment, programme))


def _shown(known_at: Any, given: str) -> str:
    """As the date picker shows it: a day where a whole day is meant, else as it was written."""
    if known_at == ALWAYS:
        return ""
    day = known_at.astimezone(COPENHAGEN).date()
    return day.isoformat() if known_at == end_of_day(day) else given
