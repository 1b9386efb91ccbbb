"""The budget, measured: per line and per funder, as of any Moment. Sums are exact; nothing is clamped."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from budget.models import FundingFact
from budget.reallocation import REALLOCATED_SQL
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import ZERO
from bydelsmoedre.prepared import ask, ask_together
from bydelsmoedre.remembering import recall
from programme.models import Programme
from reports.figures.shapes import BudgetFigure, FundingFigure, LineFigure

# The budget of the Moment's year, else the latest before it, else the first. One row for the budget itself, one per
# line, one per line and month in which something was spent, and one per funder and stage.
# Postings are never retracted, so plain columns ask what `at(moment)` asks, and an index answers.
_ASKED = f"""
with {REALLOCATED_SQL},
chosen as (
  select b.id, b.uuid, b.year, b.price_level, b.stated_total, b.stated_as, (
    select min(a.happened_on) from budget_budgetapproval a
    where a.budget_id = b.id and a.happened_on <= %(on)s::date and known(a)
  ) as approved_on
  from budget_budget b where b.programme_id = %(programme)s
  order by b.year <= %(year)s desc, case when b.year <= %(year)s then -b.year else b.year end
  limit 1
),
moved as (
  select line_id, sum(amount) as amount from (
    select to_line_id as line_id, amount from reallocated where in_force_on is not null
    union all select from_line_id, -amount from reallocated where in_force_on is not null
  ) as both_ways group by 1
)
select 'budget' as what, 0 as place, uuid, stated_as as name, stated_total as amount, null::numeric as moved,
  null::numeric as committed, approved_on as day, price_level as text, year::int as number
from chosen
union all
select 'line', l.number, l.uuid, l.name, (
    select coalesce(sum(a.amount), 0) from budget_allocation a
    where a.line_id = l.id and holds(a) and known(a)
  ), coalesce(m.amount, 0), (
    select coalesce(sum(c.amount), 0) from budget_commitment c
    where c.line_id = l.id and holds(c) and known(c)
  ), null, null, l.id::int
from budget_budgetline l join chosen on chosen.id = l.budget_id left join moved m on m.line_id = l.id
union all
select 'spent', 0, null, null, sum(d.amount), null, null, (d.day - extract(day from d.day)::int + 1)::date, null,
  l.id::int
from budget_budgetline l join chosen on chosen.id = l.budget_id
cross join lateral (
  select p.happened_on as day, sum(p.amount) as amount from budget_posting p
  where p.line_id = l.id and p.happened_on <= %(on)s::date and p.recorded_at <= %(known_at)s::timestamptz
  group by 1
) d
group by 8, l.id
union all
select 'funder', f.funder_id::int, o.uuid, o.name, sum(f.amount), null, null, null, f.stage, null
from budget_fundingfact f
join chosen on chosen.id = f.budget_id join programme_organisation o on o.id = f.funder_id
where f.happened_on <= %(on)s::date and known(f)
group by f.funder_id, o.uuid, o.name, f.stage
order by what, place
"""


def budget(programme: Programme, moment: Moment) -> BudgetFigure | None:
    """The budget of the Moment's year (else the latest before it, else the first); one query. None without one."""
    return recall(("budget", programme.pk, moment), lambda: _budget(programme, moment))


def budgets_of_each(programmes: Sequence[Programme], moment: Moment) -> list[BudgetFigure | None]:
    """The budget of each of the programmes; one query."""
    return [*map(_figure, ask_together([(_ASKED, _values(programme, moment)) for programme in programmes]))]


def _budget(programme: Programme, moment: Moment) -> BudgetFigure | None:
    return _figure(ask(_ASKED, _values(programme, moment)))


def _values(programme: Programme, moment: Moment) -> dict[str, Any]:
    return {"programme": programme.pk, "on": moment.on, "year": moment.on.year, "known_at": moment.known_at}


def _figure(rows: list[tuple[Any, ...]]) -> BudgetFigure | None:
    found: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for what, *row in rows:
        found[what].append(tuple(row))
    if not found["budget"]:
        return None
    (_, uuid, stated_as, stated_total, _, _, approved_on, price_level, year) = found["budget"][0]
    return BudgetFigure(
        uuid=uuid,
        year=year,
        price_level=price_level,
        state="approved" if approved_on else "proposed",
        approved_on=approved_on,
        stated_total=stated_total,
        stated_as=stated_as,
        lines=tuple(_lines(found["line"], found["spent"])),
        funding=tuple(_funding(found["funder"])),
    )


def _lines(lines: list[tuple[Any, ...]], spendings: list[tuple[Any, ...]]) -> list[LineFigure]:
    months: dict[int, list[tuple[dt.date, Decimal]]] = defaultdict(list)
    for _, _, _, amount, _, _, month, _, line in spendings:
        months[line].append((month, amount))
    return [
        LineFigure(uuid, number, name, allocated, moved, committed, tuple(sorted(months[line])))
        for number, uuid, name, allocated, moved, committed, _, _, line in lines
    ]


def _funding(rows: list[tuple[Any, ...]]) -> list[FundingFigure]:
    """One row per funder, in the order in which they first appear."""
    stages: dict[str, Decimal] = dict.fromkeys(FundingFact.Stage.values, ZERO)
    funders: dict[int, dict[str, Any]] = {}
    for funder, uuid, name, amount, _, _, _, stage, _ in rows:
        funders.setdefault(funder, {"uuid": uuid, "funder": name} | stages)[stage] = amount
    return [FundingFigure(**funder) for funder in funders.values()]
