"""What a year's end is settled with: the declaration, the audit, unused money, and the lock."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.periods import ClosedMonthQuerySet
from budget.models.plan import Budget
from programme.facts import DatedFact
from programme.models import Organisation


class YearEnd(DatedFact):
    """A point of the year's end is done. Once the year is locked, nothing more is booked in it.

    The database locks a year whose months are all closed, refuses postings in it and that its months are opened, and
    lets another person than who locked it open it (migration 0020).
    """

    class Kind(models.TextChoices):
        DECLARATION = "declaration", _("the management's declaration is signed")
        AUDIT = "audit", _("the auditor's report is there")
        SETTLED = "settled", _("unused money is settled")
        LOCK = "lock", _("the year is locked")

    class Outcome(models.TextChoices):
        REPAID = "repaid", _("paid back")
        APPLIED = "applied", _("applied for, to be carried over")
        CARRIED_OVER = "carried_over", _("carried over")

    anchor = "budget"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="year_ends", verbose_name=_("budget"))
    kind = models.CharField(_("point"), max_length=12, choices=Kind)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("funder")
    )
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, null=True, blank=True)
    outcome = models.CharField(_("what became of it"), max_length=12, choices=Outcome, blank=True, default="")

    objects = ClosedMonthQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("point of a year's end")
        verbose_name_plural = _("points of a year's end")
        ordering = ["budget", "happened_on", "pk"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["budget", "kind", "funder"],
                condition=Q(retracted_at=None),
                nulls_distinct=False,
                name="budget_year_end_once",
                violation_error_message=_("That is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="settled", funder__isnull=False, amount__gt=0) & ~Q(outcome="")
                | ~Q(kind="settled") & Q(funder=None, amount=None, outcome=""),
                name="budget_year_end_settled_with_funder",
                violation_error_message=_("Say how much, and what became of it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.budget.year}: {self.get_kind_display()}"
