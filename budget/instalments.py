"""Planned instalments held against what a funder has paid: payments cover them in the order in which they fall due.
What a condition that is not met holds back is not late: it awaits us, not the funder."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from budget.models import Budget, FundingFact, GrantCondition, Instalment
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import today
from bydelsmoedre.money import ZERO


class InstalmentIsPaid(Overtaken):
    """A payment that covers some of it was recorded meanwhile."""


@dataclass(frozen=True, slots=True)
class InstalmentFigure:
    """An instalment at a Moment: paid, held back by us, late, or still to come."""

    instalment: Instalment
    paid: Decimal  #: as much of it as payments cover
    paid_on: dt.date | None  #: the day on which the last of it came
    on: dt.date
    lacks: tuple[str, ...] = ()  #: the conditions that are not met and hold it back

    @property
    def lacking(self) -> Decimal:
        return self.instalment.amount - self.paid

    @property
    def state(self) -> str:
        """`late` from the day after it fell due, as the finding says it (`budget.findings`)."""
        if self.paid_on:
            return "paid"
        if self.lacks:
            return "held_back"
        return "late" if self.instalment.due_on < self.on else "due"


def held_against(
    instalments: Iterable[Instalment],
    facts: Iterable[FundingFact],
    on: dt.date,
    unmet: Iterable[GrantCondition] = (),
) -> list[InstalmentFigure]:
    """The instalments in the order in which they fall due, each with what is paid of it by the day, and which of the
    unmet conditions hold it back. No query."""
    lacks: dict[int | None, list[str]] = defaultdict(list)
    for condition in unmet:
        lacks[condition.instalment_id].append(condition.text)
    payments: dict[int, list[FundingFact]] = defaultdict(list)
    for fact in sorted(facts, key=lambda one: one.happened_on):
        if fact.stage == FundingFact.Stage.PAID and fact.happened_on <= on:
            payments[fact.funder_id].append(fact)
    before: dict[int, Decimal] = defaultdict(lambda: ZERO)
    found = []
    for one in sorted(instalments, key=lambda one: (one.due_on, one.pk)):
        ours = payments[one.funder_id]
        total = sum((fact.amount for fact in ours), ZERO)
        paid = min(max(total - before[one.funder_id], ZERO), one.amount)
        before[one.funder_id] += one.amount
        found.append(InstalmentFigure(one, paid, _reached(ours, before[one.funder_id]), on, tuple(lacks[one.pk])))
    return found


def _reached(payments: Sequence[FundingFact], amount: Decimal) -> dt.date | None:
    """The day on which the payments, added up, came to the amount."""
    total = ZERO
    for fact in payments:
        total += fact.amount
        if total >= amount:
            return fact.happened_on
    return None


def of_budget(budget_id: int, on: dt.date) -> list[InstalmentFigure]:
    """The budget's instalments, as we know now; two queries."""
    facts = FundingFact.objects.current().filter(budget=budget_id, stage=FundingFact.Stage.PAID)
    return held_against(Instalment.objects.filter(budget=budget_id), facts, on)


def is_paid(planned: Instalment) -> bool:
    """Do payments cover it, or a part of it? Then it stays as it is."""
    return any(one.paid for one in of_budget(planned.budget_id, today()) if one.instalment.pk == planned.pk)


def has_conditions(planned: Instalment) -> bool:
    """Does a condition hang on it, met or not? Then it is not deleted."""
    return planned.conditions.exists()


def unless_paid(planned: Instalment, do: Callable[[], Any]) -> Any:
    """Change it or delete it. The budget is locked meanwhile, as it is where a payment is recorded. Raises
    `InstalmentIsPaid`."""
    Budget.objects.select_for_update(of=("self",)).get(pk=planned.budget_id)
    if is_paid(planned):
        raise InstalmentIsPaid
    return do()
