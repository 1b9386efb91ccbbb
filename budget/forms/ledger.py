"""Forms of the ledger: a choice of lines, a commitment and its end, a course's line."""

from typing import Any

from django import forms
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from budget.models import Budget, BudgetLine, Commitment, CourseLine
from bydelsmoedre.entry import EntryForm
from bydelsmoedre.fields import DanishDateField, KronerField
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
