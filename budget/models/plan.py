"""The budget of a year: its lines and their amounts, the approval, and what is moved between lines.

Amounts are whole kroner and øre in the budget's own price level: p/l is a tag on an amount, never a conversion.
"""

import datetime as dt
import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.money import format_amount
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact, PeriodFact
from programme.models import Organisation, Programme


@tracked()
class Budget(models.Model):
    """A programme's budget for a year. The stated total stands beside the exact sum of the lines."""

    #: What figures rest on: never edited once made.
    fixed = ("year", "programme_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="budgets", verbose_name=_("programme"))
    year = models.PositiveSmallIntegerField(_("year"))
    price_level = models.CharField(_("price level"), max_length=20)
    stated_total = models.DecimalField(_("stated total"), max_digits=14, decimal_places=2)
    #: Empty where no source states a total: the lines are then all there is.
    stated_as = models.CharField(_("total as the source writes it"), max_length=60, blank=True, default="")

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["programme", "year"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="budget_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def first_day(self) -> dt.date:
        return dt.date(self.year, 1, 1)

    @property
    def last_day(self) -> dt.date:
        return dt.date(self.year, 12, 31)


class LineQuerySet(ReachQuerySet):
    """Lines are reached through their budget."""

    programme_path = "budget__programme"


@tracked()
class BudgetLine(models.Model):
    """A line of the budget, in the proposal's own order."""

    class Kind(models.TextChoices):
        """What the line's money is for. Funders want to be asked about salaries; the rest is told by these names."""

        SALARY = "salary", _("salaries")
        CONCEPT = "concept", _("development of the concept")
        TRAINING = "training", _("training and supervision")
        MEASURING = "measuring", _("measuring of effect")
        OFFICE = "office", _("office and administration")
        OTHER = "other", _("other")

    #: What figures rest on: never edited once made.
    fixed = ("number", "budget_id", "kind")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines", verbose_name=_("budget"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind of line"), max_length=10, choices=Kind, default=Kind.OTHER)

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        ordering = ["budget", "number"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="budget_line_number"),
        ]

    def __str__(self) -> str:
        return self.name


class Allocation(PeriodFact):
    """How much a line is given, as proposed or as decided."""

    anchor = "line"
    erasable = ()

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="allocations", verbose_name=_("budget line"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    class Meta(PeriodFact.Meta):
        verbose_name = _("amount of a line")
        verbose_name_plural = _("amounts of lines")
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="budget_one_allocation",
                expressions=[("line", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_message=_("The line has an amount in that period already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {format_amount(self.amount)}"


class BudgetApproval(DatedFact):
    """The body that may has approved the budget; until then it is proposed."""

    anchor = "budget"
    erasable = ()

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="approvals", verbose_name=_("budget"))
    body = models.ForeignKey(
        Organisation, models.PROTECT, related_name="budget_approvals", verbose_name=_("decided by")
    )

    class Meta(DatedFact.Meta):
        verbose_name = _("approval of a budget")
        verbose_name_plural = _("approvals of budgets")
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["budget", "body"], condition=Q(retracted_at=None), name="budget_approved_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget} {self.happened_on:%d.%m.%Y}"


class BudgetRowQuerySet(ReachQuerySet):
    """Reached through the budget."""

    programme_path = "budget__programme"


@tracked()
class Reallocation(models.Model):
    """Money to be moved from one line to another (omdisponering), as somebody has asked for it.

    It is in force once every funder whose terms ask for it has said yes (`budget.reallocation`); what was asked for is
    never changed afterwards.
    """

    #: What figures rest on: never edited once made.
    fixed = ("budget_id", "from_line_id", "to_line_id", "amount", "asked_on")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="reallocations", verbose_name=_("budget"))
    from_line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="reallocations_out", verbose_name=_("from the line")
    )
    to_line = models.ForeignKey(
        BudgetLine, models.PROTECT, related_name="reallocations_in", verbose_name=_("to the line")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    asked_on = models.DateField(_("asked for on"))
    reason = models.TextField(_("reason"), max_length=1000, validators=[refuse_cpr])

    objects = BudgetRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("reallocation")
        verbose_name_plural = _("reallocations")
        ordering = ["budget", "asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_reallocation_above_zero",
                violation_error_code="amount",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
            models.CheckConstraint(
                condition=~Q(from_line=models.F("to_line")),
                name="budget_reallocation_two_lines",
                violation_error_code="to_line",
                violation_error_message=_("Choose two different lines."),
            ),
        ]

    def __str__(self) -> str:
        return f"{format_amount(self.amount)}: {self.from_line} → {self.to_line}"


class ReallocationDecision(DatedFact):
    """A funder has said yes or no to a reallocation."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        REFUSED = "refused", _("refused")

    anchor = "reallocation"

    reallocation = models.ForeignKey(
        Reallocation, models.PROTECT, related_name="decisions", verbose_name=_("reallocation")
    )
    funder = models.ForeignKey(
        Organisation, models.PROTECT, related_name="reallocation_decisions", verbose_name=_("funder")
    )
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.APPROVED)

    class Meta(DatedFact.Meta):
        verbose_name = _("decision on a reallocation")
        verbose_name_plural = _("decisions on reallocations")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["reallocation", "funder"],
                condition=Q(retracted_at=None),
                name="budget_reallocation_decided_once",
                violation_error_code="funder",
                violation_error_message=_("The funder's decision is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}: {self.get_outcome_display()} {self.happened_on:%d.%m.%Y}"
