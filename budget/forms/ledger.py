"""Forms of the ledger: a posting, its reversal, a commitment and its end."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from budget.models import Budget, BudgetLine, Commitment, CourseLine, Posting
from budget.periods import why_not_on
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.stale import StaleFormMixin
from programme.entry import FactForm
from programme.seen import EndFactForm
from training.models import Course


class LineField(forms.ModelChoiceField):
    """A budget line, by its number and name; where a programme has several budgets, by its year too."""

    def label_from_instance(self, obj: Any) -> str:
        line = f"{obj.number}. {obj.name}"
        return f"{obj.year}: {line}" if obj.has_other_years else line


def line_field(lines: QuerySet, label: Any) -> LineField:
    """A choice among lines, the latest year first."""
    others = Budget.objects.filter(programme=OuterRef("budget__programme")).exclude(pk=OuterRef("budget"))
    chosen = lines.annotate(year=F("budget__year"), has_other_years=Exists(others)).order_by("-year", "number")
    return LineField(chosen, label=label, empty_label=_("Choose a line"))


class PostingForm(FactForm):
    """What is spent, as the voucher says it. A credit note is money that comes back, so its amount is below zero."""

    is_of_today = True
    given = ("reverses",)

    amount = KronerField(label=_("Amount, kr."), help_text=_("Such as 1.250,50. A credit note has a minus before it."))
    is_credit_note = forms.BooleanField(label=_("It is a credit note: the money comes back"), required=False)

    class Meta(FactForm.Meta):
        model = Posting
        fields = ["line", "happened_on", "amount", "voucher", "supplier", "text", "course", "note"]

    field_order = [
        "line", "happened_on", "amount", "is_credit_note", "voucher", "supplier", "text", "course",
        "evidence_text", "note",
    ]  # fmt: skip

    def __init__(self, *args: Any, lines: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"] = line_field(lines, self.fields["line"].label)
        self.fields["text"].help_text = _("What the money was spent on. No names of persons.")
        self.fields["voucher"].help_text = _("The number that stands on the voucher.")
        course: Any = self.fields["course"]
        programmes = lines.values("budget__programme")
        course.queryset = Course.objects.filter(curriculum__programme__in=programmes).order_by("-starts_on", "pk")
        course.empty_label = _("None")
        course.help_text = _("Where it was spent on a course: what each costs is counted from that.")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        amount, is_credit_note = self.cleaned_data.get("amount"), self.cleaned_data.get("is_credit_note")
        if amount is not None and amount < 0 and not is_credit_note:
            self.add_error(
                "amount", _("An amount below 0 kr. is a credit note. Tick that it is one, or remove the minus.")
            )
        if amount is not None and amount > 0 and is_credit_note:
            self.add_error("amount", _("A credit note has a minus before its amount."))
        line, day = self.cleaned_data.get("line"), self.cleaned_data.get("happened_on")
        if line and day and (why := why_not_on(line, day)):
            self.add_error("happened_on", why)
        return cleaned


class ReverseForm(forms.Form):
    """When and why a posting is reversed."""

    happened_on = DanishDateField(label=_("Date of the reversal"))
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("What was wrong? The reason stands on the reversal."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_cpr],
    )

    def __init__(self, *args: Any, posting: Posting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.posting = posting

    def clean_happened_on(self) -> dt.date:
        on: dt.date = self.cleaned_data["happened_on"]
        if on < self.posting.happened_on:
            raise forms.ValidationError(
                _("The posting is of %(day)s; it cannot be reversed before."),
                code="too_early",
                params={"day": dato(self.posting.happened_on)},
            )
        if why := why_not_on(self.posting.line, on):
            raise forms.ValidationError(why, code="closed")
        return on


class CommitmentForm(FactForm):
    """An amount that is bound to a line, and not spent yet."""

    is_of_today = True

    amount = KronerField(label=_("Amount, kr."), help_text=_("Such as 15.000."))

    class Meta(FactForm.Meta):
        model = Commitment
        fields = ["line", "amount", "text", "started_on", "ended_on", "note"]

    field_order = ["line", "amount", "text", "started_on", "ended_on", "evidence_text", "note"]

    def __init__(self, *args: Any, lines: QuerySet[BudgetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"] = line_field(lines, self.fields["line"].label)
        self.fields["text"].help_text = _("What is agreed and with whom, such as “Auditor: audit of the accounts”.")
        self.fields["ended_on"].help_text = _("Leave empty until the bill has come or the agreement has ended.")


class EndCommitmentForm(EndFactForm):
    """The last day on which the amount is bound."""

    ended_on = DanishDateField(
        label=_("Last day"),
        may_be_future=True,
        help_text=_("The bill counts from its own day: end the commitment on the day before."),
    )


class CourseLineForm(StaleFormMixin, EntryForm):
    """Which line a course is paid from."""

    given = ("course",)

    class Meta:
        model = CourseLine
        fields = ["line"]

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.course = course
        lines = BudgetLine.objects.filter(budget__programme=course.curriculum.programme_id)
        self.fields["line"] = line_field(lines, self.fields["line"].label)
