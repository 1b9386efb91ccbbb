"""Stale forms about facts: superseded while the form stood open, the difference is shown and nothing is done."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.stale import Difference, refuse_stale
from programme.facts import Fact


def reason_field() -> forms.CharField:
    """Why a fact was wrong, as forms that correct or retract one ask."""
    return forms.CharField(
        label=_("Reason"),
        help_text=_("What was wrong? The reason is kept with the fact."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )


class AboutFactForm(forms.Form):
    """A form about a fact, such as its end or its retraction: it remembers which version was shown on opening."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    difference: list[Difference] | None = None

    def __init__(self, *args: Any, fact: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fact = fact
        self.fields["seen"].initial = fact.pk

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        seen = self.cleaned_data.get("seen")
        if seen != self.fact.pk:
            before = type(self.fact)._default_manager.filter(pk=seen, uuid=self.fact.uuid).first()
            refuse_stale(self, "seen", self.fact.pk, differences(self, before, self.fact) if before else None)
        return cleaned


def differences(form: Any, before: Fact, now: Fact) -> list[Difference]:
    """What somebody else has changed in the fact since the form was opened, beside what is typed in the form."""
    return [
        Difference(
            label=str(field.verbose_name).capitalize(),
            opened=_in_words(before, field.name),
            theirs=_in_words(now, field.name),
            yours=str(form.data.get(form.add_prefix(field.name), "")),
        )
        for field in now._own_fields()
        if getattr(before, field.attname) != getattr(now, field.attname)
    ]


class EndFactForm(AboutFactForm):
    """The last day on which a fact holds; which field asks for it, its form says."""

    def clean_ended_on(self) -> dt.date:
        ended_on: dt.date = self.cleaned_data["ended_on"]
        if ended_on < self.fact.started_on:
            raise ValidationError(_("The end is before the start."))
        return ended_on


def _in_words(fact: Fact, name: str) -> str:
    """The value of a fact's column as a reader knows it."""
    value = getattr(fact, name)
    if isinstance(value, dt.date):
        return date_format(value, "d.m.Y")
    if choice := getattr(fact, f"get_{name}_display", None):
        return str(choice())
    return "" if value is None else str(value)
