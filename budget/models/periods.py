"""Months that are closed: what is booked in them stays, and nothing more is booked."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.plan import Budget
from bydelsmoedre.danish import maaned
from programme.access import STAFF, programmes_of
from programme.facts import DatedFact, FactQuerySet


class ClosedMonthQuerySet(FactQuerySet):
    """Closed and opened again by the secretariat or the Foundation: who opens is another than who closed."""

    def changeable_by(self, user: Any) -> Self:
        if not user.is_active:
            return self.none()
        return self if user.is_superuser else self.filter(budget__programme__in=programmes_of(user, STAFF))


class ClosedMonth(DatedFact):
    """A month of a budget's year is closed. Retracting it opens the month again.

    The database refuses postings dated in it (`posting_in_open_month`), also those that were on their way while it was
    closed, and that whoever closed it opens it again (`month_opened_by_another`).
    """

    anchor = "budget"
    erasable = ()

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="closed_months", verbose_name=_("budget"))
    month = models.DateField(_("month"), help_text=_("The first day of the month."))

    objects = ClosedMonthQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("closed month")
        verbose_name_plural = _("closed months")
        ordering = ["budget", "month"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["budget", "month"],
                condition=Q(retracted_at=None),
                name="budget_month_closed_once",
                violation_error_message=_("The month is closed already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="budget_month_begins",
                violation_error_message=_("A month is named by its first day."),
            ),
        ]

    def __str__(self) -> str:
        return maaned(self.month)
