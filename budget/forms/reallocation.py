"""Forms of the reallocations: asking for one, and a funder's answer."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from budget.forms.ledger import line_field
from budget.models import Budget, BudgetLine, Reallocation, ReallocationDecision
from budget.reallocation import Answer
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField
from bydelsmoedre.moment import today
from programme.entry import FactForm
from programme.models import Organisation


class ReallocationForm(EntryForm):
    """Money to be moved from one line to another, and why. What is asked for is never changed afterwards."""

    given = ("budget",)

    amount = KronerField(label=_("Amount, kr."), help_text=_("Such as 30.000."))
    asked_on = DanishDateField(label=_("Asked for on"))

    class Meta:
        model = Reallocation
        fields = ["from_line", "to_line", "amount", "asked_on", "reason"]
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, budget: Budget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget = budget
        lines = BudgetLine.objects.filter(budget=budget)
        for name in ("from_line", "to_line"):
            self.fields[name] = line_field(lines, self.fields[name].label)
        self.fields["asked_on"].initial = today()
        self.fields["reason"].help_text = _("The funders read it before they answer. No names of persons.")


class ReallocationDecisionForm(FactForm):
    """A funder has said yes or no to a reallocation."""

    is_of_today = True
    given = ("reallocation",)

    class Meta(FactForm.Meta):
        model = ReallocationDecision
        fields = ["funder", "outcome", "happened_on", "note"]

    field_order = ["funder", "outcome", "happened_on", "evidence_text", "note"]

    def __init__(self, *args: Any, reallocation: Reallocation, answers: list[Answer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.reallocation = reallocation
        funder: Any = self.fields["funder"]
        funder.queryset = Organisation.objects.filter(pk__in=[one.funder_id for one in answers])
        funder.empty_label = None
        funder.initial = next((one.funder_id for one in answers if one.outcome is None), None)
        self.fields["evidence_text"].help_text = _("Where the answer stands, such as “Letter of 4 October 2011”.")

    def clean_happened_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["happened_on"]
        if on < self.instance.reallocation.asked_on:
            raise forms.ValidationError(
                _("It was asked for on %(day)s; the answer cannot be older."),
                code="too_early",
                params={"day": dato(self.instance.reallocation.asked_on)},
            )
        return on
