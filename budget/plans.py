"""A year's budget: begun as a copy of another's, written while it is proposed; once approved, money is only moved."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budget.models import Allocation, Budget, BudgetApproval, BudgetLine
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.money import ZERO


def first_day(budget: Budget) -> dt.date:
    return dt.date(budget.year, 1, 1)


def amounts_of(budget: Budget) -> QuerySet[Allocation]:
    """What stands for the lines at the year's end, in their order."""
    last = dt.date(budget.year, 12, 31)
    standing = Allocation.objects.current().filter(line__budget=budget, period__contains=last)
    return standing.select_related("line").order_by("line__number")


def is_approved(budget: Budget) -> bool:
    return BudgetApproval.objects.current().filter(budget=budget).exists()


def why_not_written(budget: Budget) -> str:
    """Why the budget's amounts stand; "" while they can be written."""
    if is_approved(budget):
        return _(
            "The budget is approved. Move money by a reallocation. Where another amount has been decided, retract the "
            "approval, write the amounts, and record the new approval."
        )
    return ""


@transaction.atomic
def begin_year(year: int, *, model: Budget, by: Any, price_level: str, stated_total: Decimal | None) -> Budget:
    """A proposed budget of that year with the lines and amounts of `model`, as a start."""
    amounts = list(amounts_of(model))
    total = sum((one.amount for one in amounts), ZERO) if stated_total is None else stated_total
    made = Budget.objects.create(
        programme=model.programme,
        year=year,
        price_level=price_level,
        stated_total=total,
        stated_as=_("as the lines add up") if stated_total is None else str(total),
    )
    given = {one.line_id: one.amount for one in amounts}
    for line in model.lines.order_by("number"):
        copy = BudgetLine.objects.create(budget=made, number=line.number, name=line.name, kind=line.kind)
        if line.pk in given:
            Allocation.record(by=by, line=copy, amount=given[line.pk], started_on=first_day(made))
    return made


@transaction.atomic
def write_amount(line: BudgetLine, amount: Decimal, *, by: Any, reason: str) -> None:
    """Another amount for a line of a proposed budget; the one before is kept as it was known. Raises `Overtaken` where
    the budget has been approved meanwhile."""
    Budget.objects.select_for_update(of=("self",)).get(pk=line.budget_id)
    if is_approved(line.budget):
        raise Overtaken
    standing = Allocation.objects.current().filter(line=line).order_by("started_on").last()
    if standing is None:
        Allocation.record(by=by, line=line, amount=amount, started_on=first_day(line.budget), note=reason)
    elif standing.amount != amount:
        standing.supersede(by=by, reason=reason, amount=amount)


@dataclass(frozen=True, slots=True)
class Version:
    """The budget as it was known from one time to the next."""

    since: dt.datetime
    total: Decimal
    changed: Sequence[tuple[BudgetLine, Decimal | None, Decimal]]  #: line, the amount before, the amount from then on
    by: Any
    reason: str


def versions_of(budget: Budget) -> list[Version]:
    """Every version, the first one first: what was recorded in one transaction is one of them; one query."""
    facts = Allocation.objects.filter(line__budget=budget).select_related("line", "recorded_by")
    amounts: dict[int, Decimal] = {}
    found: list[Version] = []
    pending: list[tuple[BudgetLine, Decimal | None, Decimal]] = []
    rows = list(facts.order_by("recorded_at", "line__number", "pk"))
    reasons = {row.retracted_at: row.retraction_reason for row in rows if row.retracted_at}
    for place, fact in enumerate(rows):
        pending.append((fact.line, amounts.get(fact.line_id), fact.amount))
        amounts[fact.line_id] = fact.amount
        if place + 1 == len(rows) or rows[place + 1].recorded_at != fact.recorded_at:
            total = sum(amounts.values(), ZERO)
            reason = reasons.get(fact.recorded_at, fact.note)
            found.append(Version(fact.recorded_at, total, pending, fact.recorded_by, reason))
            pending = []
    return found
