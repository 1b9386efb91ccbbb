"""When is money moved between lines? The one definition.

A reallocation is in force from the day on which the last of those who must say yes has done so: every funder that had
granted money to the budget when it was asked for. A no keeps it from coming into force; so does nobody having granted.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from budget.models import ReallocationDecision
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask_anew

#: Two common table expressions. `answers(reallocation_id, funder_id, uuid, outcome, happened_on)`: whoever must say yes
#: to each reallocation, with the answer given, or nulls. `reallocated(id, budget_id, from_line_id, to_line_id, amount,
#: in_force_on)`: every reallocation, with the day on which it came into force as of the Moment, or null.
#: Parameters: `on`, `known_at`, `programme`.
REALLOCATED_SQL = """
answers as (
  select r.id as reallocation_id, f.funder_id, d.uuid, d.outcome, d.happened_on
  from budget_reallocation r
  join budget_budget b on b.id = r.budget_id and b.programme_id = %(programme)s
  cross join lateral (
    select distinct g.funder_id from budget_fundingfact g
    where g.budget_id = r.budget_id and g.stage = 'granted' and g.happened_on <= r.asked_on
      and known(g)
  ) f
  left join budget_reallocationdecision d on d.reallocation_id = r.id and d.funder_id = f.funder_id
    and d.happened_on <= %(on)s::date and known(d)
),
reallocated as (
  select r.id, r.uuid, r.budget_id, r.from_line_id, r.to_line_id, r.amount, r.asked_on,
    case when count(a.funder_id) > 0 and count(a.funder_id) = count(*) filter (where a.outcome = 'approved')
      then max(a.happened_on) end as in_force_on,
    count(a.funder_id) as asked, count(*) filter (where a.outcome = 'refused') as refused
  from budget_reallocation r
  join budget_budget b on b.id = r.budget_id and b.programme_id = %(programme)s
  left join answers a on a.reallocation_id = r.id
  where r.asked_on <= %(on)s::date
  group by r.id
)"""

_ASKED = f"""
with {REALLOCATED_SQL}
select r.uuid, r.amount, r.asked_on, m.reason, f.name, t.name, r.in_force_on,
  o.id, o.name, a.uuid, a.outcome, a.happened_on
from reallocated r
join budget_reallocation m on m.id = r.id
join budget_budget b on b.id = r.budget_id and b.uuid = %(budget)s::uuid
join budget_budgetline f on f.id = r.from_line_id
join budget_budgetline t on t.id = r.to_line_id
left join answers a on a.reallocation_id = r.id
left join programme_organisation o on o.id = a.funder_id
order by r.asked_on, r.id, o.id
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A funder that must say yes, and what it has said."""

    funder_id: int
    funder: str
    decision: UUID | None = None
    outcome: str | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ReallocationFigure:
    """A reallocation at a Moment: what was asked for, and how far it is."""

    uuid: UUID
    amount: Decimal
    asked_on: dt.date
    reason: str
    from_line: str
    to_line: str
    in_force_on: dt.date | None
    answers: tuple[Answer, ...]

    @property
    def state(self) -> str:
        """In force, refused, or waiting: for answers, or (where nobody had granted money) for nobody."""
        if self.in_force_on:
            return "in_force"
        if self.refused_by:
            return "refused"
        return "waits" if self.answers else "unanswerable"

    @property
    def refused_by(self) -> list[str]:
        return [one.funder for one in self.answers if one.outcome == ReallocationDecision.Outcome.REFUSED]

    @property
    def waits_for(self) -> list[str]:
        """The funders that have not answered."""
        return [one.funder for one in self.answers if one.outcome is None]


def reallocations(programme_id: int, budget: UUID, moment: Moment) -> list[ReallocationFigure]:
    """What has been asked to be moved within a budget, the oldest first; one query."""
    values = {"programme": programme_id, "budget": budget, "on": moment.on, "known_at": moment.known_at}
    asked: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in ask_anew(_ASKED, values):
        asked.setdefault(row[0], []).append(row)
    return [_figure(rows) for rows in asked.values()]


def _figure(rows: list[tuple[Any, ...]]) -> ReallocationFigure:
    """From one row for each answer; of a reallocation that nobody can answer, one row without."""
    uuid, amount, asked_on, reason, from_line, to_line, in_force_on, *_answer = rows[0]
    answers = tuple(Answer(*row[7:]) for row in rows if row[7])
    return ReallocationFigure(uuid, amount, asked_on, reason, from_line, to_line, in_force_on, answers)
