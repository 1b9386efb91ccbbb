"""What is left of a line once what is spent and what is bound are taken from the corrected budget: the one definition
for what is found overspent and for the warning when a posting is recorded. It may be below zero."""

import datetime as dt
from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from budget.models import Budget, BudgetLine
from budget.reallocation import REALLOCATED_SQL
from bydelsmoedre.danish import kroner
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.prepared import ask

#: Every line of the programme with its rest; asks the common table `reallocated`.
#: Parameters: `on`, `known_at`, `programme`.
RESTS_SQL = """
select l.id, l.uuid, given.amount + moved.amount - spent.amount - bound.amount as rest
from budget_budgetline l join budget_budget b on b.id = l.budget_id and b.programme_id = %(programme)s
cross join lateral (
  select coalesce(sum(a.amount), 0) as amount from budget_allocation a
  where a.line_id = l.id and holds(a) and known(a)
) given
cross join lateral (
  select coalesce(sum(case when r.to_line_id = l.id then r.amount else -r.amount end), 0) as amount from reallocated r
  where r.in_force_on is not null and l.id in (r.to_line_id, r.from_line_id)
) moved
cross join lateral (
  select coalesce(sum(p.amount), 0) as amount from budget_posting p
  where p.line_id = l.id and p.happened_on <= %(on)s::date and p.recorded_at <= %(known_at)s::timestamptz
) spent
cross join lateral (
  select coalesce(sum(c.amount), 0) as amount from budget_commitment c
  where c.line_id = l.id and holds(c) and known(c)
) bound
"""

_ASKED = f"with {REALLOCATED_SQL} select x.rest from ({RESTS_SQL}) x where x.id = %(line)s::bigint"


_OF_BUDGET = f"""
with {REALLOCATED_SQL}
select l.uuid, l.name, x.rest from ({RESTS_SQL}) x join budget_budgetline l on l.id = x.id
where l.budget_id = %(budget)s::bigint order by l.number
"""


def rests(budget: Budget, moment: Moment) -> list[tuple[UUID, str, Decimal]]:
    """Each line of the budget with its name and its rest at the Moment; one query."""
    values = {"programme": budget.programme_id, "budget": budget.pk, "on": moment.on, "known_at": moment.known_at}
    return [(uuid, name, rest) for uuid, name, rest in ask(_OF_BUDGET, values)]


def overspent(budget: Budget, lines: Collection[UUID], day: dt.date) -> list[str]:
    """What is told of those of the lines that are overspent on the day, or today if that is later; one query."""
    words = _("“%(line)s” is overspent by %(amount)s. Ask for a reallocation, or write to the funders.")
    return [
        words % {"line": name, "amount": kroner(-rest)}
        for line, name, rest in rests(budget, Moment(max(today(), day)))
        if line in lines and rest < 0
    ]


def rest_of(line: BudgetLine, moment: Moment) -> Decimal:
    """What is left of the line at the Moment; one query."""
    values = {"programme": line.budget.programme_id, "line": line.pk, "on": moment.on, "known_at": moment.known_at}
    ((rest,),) = ask(_ASKED, values)
    return rest
