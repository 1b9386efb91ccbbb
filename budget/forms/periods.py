"""Forms of the months: reconciled, explained, closed, and opened again by another person."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from budget.models import BankBalance, ClosedMonth, Explanation
from budget.month_end import MonthEnd, why_not_closed
from budget.year_end import is_locked
from bydelsmoedre.danish import kroner
from bydelsmoedre.fields import KronerField
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.entry import FactForm
from programme.seen import AboutFactForm


class CloseForm(FactForm):
    """Nothing more is booked in the month. Where something is left of its list, it is said why it is closed all the
    same; drafts are never left behind."""

    evidence_text = None

    given = ("budget", "month")

    class Meta(FactForm.Meta):
        model = ClosedMonth
        fields = ["note"]

    def __init__(self, *args: Any, end: MonthEnd, budget: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget, self.instance.month = budget, end.month.first
        self.instance.happened_on = today()
        self.end = end
        note = self.fields["note"]
        if end.left:
            note.label, note.required = _("Why is it closed all the same?"), True
            note.help_text = _("Something is left of the list. What you write here is kept with the closing.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if why := why_not_closed(self.end):
            raise forms.ValidationError(why, code="not_yet")
        return cleaned


class BankForm(FactForm):
    """The bank's balance at the month's end, held against the ledger."""

    given = ("budget", "month")

    amount = KronerField(
        label=_("The bank's balance, kr."),
        help_text=_("On the last day of the month. A minus where the account is overdrawn."),
    )

    class Meta(FactForm.Meta):
        model: Any = BankBalance
        fields = ["amount", "note"]

    field_order = ["amount", "evidence_text", "note"]

    def __init__(self, *args: Any, end: MonthEnd, budget: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.budget, self.instance.month = budget, end.month.first
        self.instance.happened_on = today()
        self.end = end
        self.fields["note"].help_text = _("What explains a difference from the ledger, such as a bill paid on the 1st.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        amount = self.cleaned_data.get("amount")
        if not self.end.month.is_over:
            raise forms.ValidationError(gettext("The month is not over yet."), code="early")
        if amount is not None and amount != self.end.ledger and not self.cleaned_data.get("note"):
            told = {"amount": kroner(amount - self.end.ledger), "ledger": kroner(self.end.ledger)}
            self.add_error("note", gettext("The ledger says %(ledger)s. Say what explains the %(amount)s.") % told)
        return cleaned


class ExplainForm(FactForm):
    """Why a line deviates from its budget: the column that funders read."""

    is_of_today = True
    given = ("line",)

    class Meta(FactForm.Meta):
        model: Any = Explanation
        fields = ["text", "happened_on"]

    field_order = ["text", "happened_on", "evidence_text"]

    def __init__(self, *args: Any, line: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.line = line
        self.fields["text"].widget = forms.Textarea(attrs={"rows": 3})
        self.fields["text"].help_text = _("Read by the municipality and in the account. No names of persons.")
        self.fields["happened_on"].help_text = _("It stands in the account from this day on.")


class ReopenForm(AboutFactForm):
    """Why the month is opened again."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("Why must something be booked in it? The reason is kept."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.fact.recorded_by_id == self.by.pk:
            raise forms.ValidationError(
                gettext("You closed the month yourself. Another person must open it again."), code="same"
            )
        if is_locked(self.fact.budget_id):
            raise forms.ValidationError(
                gettext("The year is locked. It must be opened first, by another person than who locked it."),
                code="locked",
            )
        return cleaned
