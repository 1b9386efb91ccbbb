"""Forms of the year's end: a point that is done, and unused money that is settled with a funder."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.models import Budget, YearEnd
from budget.year_end import Kind
from bydelsmoedre.danish import kroner
from bydelsmoedre.fields import KronerField
from programme.entry import FactForm
from programme.models import Organisation


class YearStepForm(FactForm):
    """A point of the list is done, with what proves it."""

    is_of_today = True
    given = ("budget", "kind", "funder", "amount", "outcome")

    class Meta(FactForm.Meta):
        model: Any = YearEnd
        fields = ["happened_on", "note"]

    field_order = ["happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, budget: Budget, kind: Kind, left: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget, self.instance.kind = budget, kind
        self.left = left

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        kind, day = self.instance.kind, self.cleaned_data.get("happened_on")
        if day and day <= self.instance.budget.last_day:
            self.add_error("happened_on", gettext("The year is not over on that day."))
        if kind == Kind.LOCK and self.left:
            raise forms.ValidationError(
                gettext("Not done yet: %(left)s.") % {"left": ", ".join(self.left)}, code="left"
            )  # fmt: skip
        if kind in (Kind.DECLARATION, Kind.AUDIT):
            self.require_evidence(gettext("Say where it lies, or add the file."))
        return cleaned


class SettleForm(FactForm):
    """What became of a funder's part of the unused money."""

    is_of_today = True
    given = ("budget", "kind", "funder")

    amount = KronerField(label=_("Amount, kr."))

    class Meta(FactForm.Meta):
        model: Any = YearEnd
        fields = ["outcome", "amount", "happened_on", "note"]

    field_order = ["outcome", "amount", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, budget: Budget, funder: Organisation, unused: Decimal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget, self.instance.kind, self.instance.funder = budget, Kind.SETTLED, funder
        self.unused = unused
        self.fields["outcome"].required = True
        self.fields["amount"].help_text = _("Its part of what is not spent is %(amount)s.") % {"amount": kroner(unused)}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        amount, day = self.cleaned_data.get("amount"), self.cleaned_data.get("happened_on")
        if amount is not None and amount <= 0:
            self.add_error("amount", gettext("The amount must be above 0 kr."))
        elif amount is not None and amount != self.unused and not self.cleaned_data.get("note"):
            told = {"amount": kroner(self.unused)}
            self.add_error("note", gettext("Its part is %(amount)s. Say why it is another amount.") % told)
        if day and day <= self.instance.budget.last_day:
            self.add_error("happened_on", gettext("The year is not over on that day."))
        return cleaned
