"""The months of a budget's year: what is booked in each, what its end still lacks, and which are closed."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from budget.models import Budget, BudgetLine, ClosedMonth, Posting
from bydelsmoedre.danish import maaned
from bydelsmoedre.moment import end_of_month, today
from bydelsmoedre.money import ZERO

#: Budgets' ids, each with the first day of a month that is closed.
Closed = Collection[tuple[int, dt.date]]


def closed_months(budgets: Iterable[int]) -> Closed:
    """The months that are closed now, of all these budgets; one query."""
    found = ClosedMonth.objects.current().filter(budget__in=set(budgets))
    return set(found.values_list("budget_id", "month"))


def why_not_on(budget: Budget, day: dt.date, closed: Closed | None = None) -> str:
    """Why nothing can be booked in the budget on that day; "" where it can. `closed` is what has been looked up."""
    if day.year != budget.year:
        return _("The line is of the budget of %(year)s. Choose a line of the year in which it was spent.") % {
            "year": budget.year
        }
    month = day.replace(day=1)
    if (budget.pk, month) in (closed_months([budget.pk]) if closed is None else closed):
        return _("%(month)s is closed. Use a day in an open month, or have another person open it again.") % {
            "month": maaned(month).capitalize()
        }
    return ""


@dataclass(frozen=True, slots=True)
class Month:
    """A month, and what its end still lacks."""

    first: dt.date
    postings: int
    amount: Decimal
    without_number: int
    without_evidence: int
    has_salary: bool
    closed: ClosedMonth | None

    @property
    def name(self) -> str:
        return maaned(self.first)

    @property
    def last(self) -> dt.date:
        return end_of_month(self.first)

    @property
    def is_over(self) -> bool:
        return self.last < today()

    def lacks(self) -> list[str]:
        """What its vouchers lack, in words."""
        return [*([] if self.has_salary else [_("No salary is booked.")]), *self.papers_lacking()]

    def papers_lacking(self) -> list[str]:
        """What stands without a number or without evidence, in words."""
        found = []
        if self.without_number:
            found.append(_("%(count)s without a voucher number.") % {"count": self.without_number})
        if self.without_evidence:
            found.append(_("%(count)s without evidence.") % {"count": self.without_evidence})
        return found


def months_of(budget: Budget) -> list[Month]:
    """The year's twelve months, as known now; two queries. A reversal needs no voucher of its own, and of what is
    reversed nothing is lacking any more: salary that is taken back is no salary."""
    stands = Q(reverses=None, is_reversed=False)
    booked = (
        Posting.objects.filter(line__budget=budget)
        .alias(is_reversed=Exists(Posting.objects.filter(reverses=OuterRef("uuid"))))
        .annotate(first=TruncMonth("happened_on"))
        .values("first")
        .order_by("first")
        .annotate(
            salary=Sum("amount", filter=stands & Q(line__kind=BudgetLine.Kind.SALARY)),
            number=Count("pk"),
            amount=Sum("amount"),
            without_number=Count("pk", filter=stands & Q(voucher="")),
            without_evidence=Count("pk", filter=stands & Q(evidence=None)),
        )
    )
    rows: dict[dt.date, Any] = {row["first"]: row for row in booked}
    current = ClosedMonth.objects.current().filter(budget=budget).select_related("recorded_by")
    closed = {one.month: one for one in current}
    firsts = [dt.date(budget.year, number, 1) for number in range(1, 13)]
    return [_month(first, rows.get(first), closed.get(first)) for first in firsts]


def _month(first: dt.date, row: Any, closed: ClosedMonth | None) -> Month:
    row = row or {"number": 0, "amount": ZERO, "without_number": 0, "without_evidence": 0, "salary": None}
    return Month(
        first,
        row["number"],
        row["amount"],
        row["without_number"],
        row["without_evidence"],
        bool(row["salary"]),
        closed,
    )
