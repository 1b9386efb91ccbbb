"""The budget: lines and their amounts, what funders have proposed, promised, granted and paid, and what is spent.

Amounts are whole kroner and øre in the budget's own price level: p/l is a tag on an amount, never a conversion.
"""

import uuid

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.money import format_amount
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
    stated_as = models.CharField(_("total as the source writes it"), max_length=60)

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


class LineQuerySet(ReachQuerySet):
    """Lines are reached through their budget."""

    programme_path = "budget__programme"


@tracked()
class BudgetLine(models.Model):
    """A line of the budget, in the proposal's own order."""

    #: What figures rest on: never edited once made.
    fixed = ("number", "budget_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="lines", verbose_name=_("budget"))
    number = models.PositiveSmallIntegerField(_("number"))
    name = models.CharField(_("name"), max_length=200)

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


class FundingFact(DatedFact):
    """What a funder has proposed, promised, granted or paid: four different things, never added together."""

    class Stage(models.TextChoices):
        PROPOSED = "proposed", _("applied for / proposed")
        PROMISED = "promised", _("promised")
        GRANTED = "granted", _("granted")
        PAID = "paid", _("paid")

    anchor = "budget"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="funding", verbose_name=_("budget"))
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="funding", verbose_name=_("funder"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    decided_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_decisions",
        verbose_name=_("decided by"),
    )
    given_by_office = models.CharField(_("given by (office)"), max_length=200, blank=True, default="")
    source = models.CharField(_("source of the money"), max_length=200, blank=True, default="")

    class Meta(DatedFact.Meta):
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                # A body decides, never the applicant.
                condition=~Q(stage="granted") | Q(decided_by__isnull=False),
                name="budget_grant_is_decided",
                violation_error_message=_("Say which body has granted the money."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_funding_above_zero",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}: {self.get_stage_display()} {format_amount(self.amount)}"


class Posting(DatedFact):
    """An amount spent on a line. A posting is reversed by one with the opposite sign, never edited."""

    anchor = "line"
    is_retractable = False

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="postings", verbose_name=_("budget line"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    text = models.CharField(_("text"), max_length=200)

    class Meta(DatedFact.Meta):
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [*DatedFact.Meta.indexes, models.Index(fields=["line"], name="budget_posting_line")]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(condition=~Q(amount=0), name="budget_posting_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {format_amount(self.amount)}"


class Commitment(PeriodFact):
    """An amount bound to a line but not spent yet, for as long as it is bound."""

    anchor = "line"

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="commitments", verbose_name=_("budget line"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    text = models.CharField(_("text"), max_length=200)

    class Meta(PeriodFact.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            *PeriodFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_commitment_above_zero",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {format_amount(self.amount)}"
