"""A year's budget: begun as a copy of another's, written while it is proposed; once approved, money is only moved."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from budget.models import Allocation, Budget, BudgetApproval, BudgetLine
from bydelsmoedre.danish import kroner
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.money import ZERO


def amounts_of(budget: Budget) -> QuerySet[Allocation]:
    """What stands for the lines at the year's end, in their order."""
    standing = Allocation.objects.current().filter(line__budget=budget, period__contains=budget.last_day)
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
    total = sum((one.amount for one in amounts), ZERO)
    made = Budget.objects.create(
        programme=model.programme,
        year=year,
        price_level=price_level,
        stated_total=total if stated_total is None else stated_total,
        stated_as="" if stated_total is None else kroner(stated_total),
    )
    given = {one.line_id: one.amount for one in amounts}
    for line in model.lines.order_by("number"):
        copy = BudgetLine.objects.create(budget=made, number=line.number, name=line.name, kind=line.kind)
        if line.pk in given:
            Allocation.record(by=by, line=copy, amount=given[line.pk], started_on=made.first_day)
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
        Allocation.record(by=by, line=line, amount=amount, started_on=line.budget.first_day, note=reason)
    elif standing.amount != amount:
        standing.supersede(by=by, reason=reason, amount=amount)


@dataclass(frozen=True, slots=True)
class Version:
    """The budget as it was known from one time to the next."""

    since: dt.datetime
    total: Decimal
    changed: Sequence[tuple[BudgetLine, Decimal, Decimal]]  #: line, the amount before, the amount from then on
    by: Any
    reason: str


def versions_of(budget: Budget) -> list[Version]:
    """Every version, the first one first: what was recorded or retracted at one time makes one; one query."""
    facts = Allocation.objects.filter(line__budget=budget).select_related("line", "recorded_by", "retracted_by")
    rows = list(facts.order_by("line__number", "pk"))
    times = sorted({row.recorded_at for row in rows} | {row.retracted_at for row in rows if row.retracted_at})
    known = [_known_at(rows, time) for time in times]
    return [
        _version(time, rows, before, now) for time, before, now in zip(times, [{}, *known[:-1]], known, strict=True)
    ]


def _known_at(rows: Sequence[Allocation], time: dt.datetime) -> dict[BudgetLine, Decimal]:
    """Each line's amount as it was known from that time on."""
    amounts: dict[BudgetLine, Decimal] = {}
    for row in rows:
        if row.recorded_at <= time and (row.retracted_at is None or row.retracted_at > time):
            amounts[row.line] = amounts.get(row.line, ZERO) + row.amount
    return amounts


def _version(
    time: dt.datetime,
    rows: Sequence[Allocation],
    before: Mapping[BudgetLine, Decimal],
    now: Mapping[BudgetLine, Decimal],
) -> Version:
    lines = dict.fromkeys(row.line for row in rows)
    changed = [(one, before.get(one, ZERO), now.get(one, ZERO)) for one in lines]
    retracted = next((row for row in rows if row.retracted_at == time), None)
    recorded = next((row for row in rows if row.recorded_at == time), None)
    by = retracted.retracted_by if retracted else recorded.recorded_by if recorded else None
    reason = retracted.retraction_reason if retracted else recorded.note if recorded else ""
    total = sum(now.values(), ZERO)
    return Version(time, total, [one for one in changed if one[1] != one[2]], by, reason)
