"""When is money moved between lines, and whose leave does it need? The one definition.

Every funder that had granted money to the budget when it was asked for is asked where the terms of its grant say so:
where salaries are changed, or where more than its limit has been asked to be moved out of the one line or into the
other. What was asked before counts with it, unless it had been refused by then: a large amount in small parts is a
large amount. A reallocation is in force from the day on which the last of those who must say yes has done so; where
nobody need be asked, from the day on which it was asked for. A no keeps it from coming into force; so does nobody
having granted.

Who must be asked follows from the day on which it was asked for: neither later terms nor a later no change it.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from budget.models import BudgetLine, ReallocationDecision
from budget.models.terms import DEFAULT_AMOUNT, DEFAULT_ASKS_ABOUT_SALARIES, DEFAULT_SHARE
from bydelsmoedre.danish import kroner
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask_anew


def _approved(line: str) -> str:
    """SQL: the amount of that line of `r` on the day on which it was asked for."""
    return f"""(
    select coalesce(sum(a.amount), 0) from budget_allocation a
    where a.line_id = r.{line} and holds(a, r.asked_on) and known(a)
  )"""


def _asked_so_far(line: str) -> str:
    """SQL: what has been asked to be moved out of (into) that line of `r`, itself included. In the order in which it
    was written down, so that what is written down late does not change what was judged before."""
    return f"""(
    select sum(e.amount) from budget_reallocation e
    where e.{line} = r.{line} and e.id <= r.id and (e.id = r.id or not exists (
      select from budget_reallocationdecision n where n.reallocation_id = e.id and n.outcome = 'refused'
        and n.happened_on <= r.asked_on and known(n)
    ))
  )"""


#: Three common table expressions. `judged`: every reallocation asked for by the day, with what the terms are held
#: against. `answers(reallocation_id, funder_id, must, …, uuid, outcome, happened_on)`: whoever had granted money, must
#: she be asked and why, and the answer given, or nulls. `reallocated(id, uuid, budget_id, from_line_id, to_line_id,
#: amount, asked_on, in_force_on, asked, refused)`: every reallocation, with the day on which it came into force as of
#: the Moment, or null, how many must be asked, and how many have said no.
#: Parameters: `on`, `known_at`, `programme`.
REALLOCATED_SQL = f"""
judged as (
  select r.*, '{BudgetLine.Kind.SALARY}' in (f.kind, t.kind) as moves_salaries,
    {_approved("from_line_id")} as from_amount, {_approved("to_line_id")} as to_amount,
    {_asked_so_far("from_line_id")} as out_of, {_asked_so_far("to_line_id")} as into
  from budget_reallocation r
  join budget_budget b on b.id = r.budget_id and b.programme_id = %(programme)s
  join budget_budgetline f on f.id = r.from_line_id
  join budget_budgetline t on t.id = r.to_line_id
  where r.asked_on <= %(on)s::date
),
answers as (
  select r.id as reallocation_id, g.funder_id, k.for_salaries, k.most_out, k.most_in,
    k.for_salaries or r.out_of > k.most_out or r.into > k.most_in as must, d.uuid, d.outcome, d.happened_on
  from judged r
  cross join lateral (
    select distinct g.funder_id from budget_fundingfact g
    where g.budget_id = r.budget_id and g.stage = 'granted' and g.happened_on <= r.asked_on
      and known(g)
  ) g
  left join lateral (
    select t.* from budget_grantterms t
    where t.budget_id = r.budget_id and t.funder_id = g.funder_id and t.happened_on <= r.asked_on and known(t)
    order by t.happened_on desc limit 1
  ) t on true
  cross join lateral (
    select coalesce(t.reallocation_share, {DEFAULT_SHARE}) * 0.01 as share,
      coalesce(t.reallocation_amount, {DEFAULT_AMOUNT}) as amount,
      coalesce(t.asks_about_salaries, {DEFAULT_ASKS_ABOUT_SALARIES}) as asks_about_salaries
  ) rule
  cross join lateral (
    select r.moves_salaries and rule.asks_about_salaries as for_salaries,
      least(rule.share * r.from_amount, rule.amount) as most_out,
      least(rule.share * r.to_amount, rule.amount) as most_in
  ) k
  left join budget_reallocationdecision d on d.reallocation_id = r.id and d.funder_id = g.funder_id
    and d.happened_on <= %(on)s::date and known(d)
),
reallocated as (
  select r.id, r.uuid, r.budget_id, r.from_line_id, r.to_line_id, r.amount, r.asked_on,
    case when x.granted > 0 and x.refused = 0 and x.asked = x.agreed then coalesce(x.last_yes, r.asked_on)
    end as in_force_on, x.asked, x.refused
  from judged r
  cross join lateral (
    select count(*) as granted, count(*) filter (where a.must) as asked,
      count(*) filter (where a.must and a.outcome = 'approved') as agreed,
      count(*) filter (where a.outcome = 'refused') as refused, max(a.happened_on) filter (where a.must) as last_yes
    from answers a where a.reallocation_id = r.id
  ) x
)"""

_ASKED = f"""
with {REALLOCATED_SQL}
select r.uuid, r.amount, r.asked_on, m.reason, f.name, t.name, r.in_force_on, m.out_of, m.into,
  o.id, o.name, a.must, a.for_salaries, a.most_out, a.most_in, a.uuid, a.outcome, a.happened_on
from reallocated r
join judged m on m.id = r.id
join budget_budget b on b.id = r.budget_id and b.uuid = %(budget)s::uuid
join budget_budgetline f on f.id = r.from_line_id
join budget_budgetline t on t.id = r.to_line_id
left join answers a on a.reallocation_id = r.id
left join programme_organisation o on o.id = a.funder_id
order by r.asked_on, r.id, o.id
"""


@dataclass(frozen=True, slots=True)
class Answer:
    """A funder that had granted money: must it be asked, and what has it said?"""

    funder_id: int
    funder: str
    must: bool  #: by the terms of its grant
    for_salaries: bool  #: because salaries are changed
    most_out: Decimal  #: so much in all may be moved out of the one line without asking
    most_in: Decimal  #: and so much into the other
    decision: UUID | None = None
    outcome: str | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class ReallocationFigure:
    """A reallocation at a Moment: what was asked for, who must be asked and why, and how far it is."""

    uuid: UUID
    amount: Decimal
    asked_on: dt.date
    reason: str
    from_line: str
    to_line: str
    in_force_on: dt.date | None
    out_of: Decimal  #: asked to be moved out of the one line, this and what was asked before it
    into: Decimal  #: and into the other
    answers: tuple[Answer, ...]  #: of every funder that had granted money

    @property
    def state(self) -> str:
        """In force (allowed where nobody need be asked), refused, or waiting: for answers, or (where nobody had granted
        money) for nobody."""
        if self.in_force_on:
            return "in_force" if self.must_ask else "allowed"
        if self.refused_by:
            return "refused"
        return "waits" if self.answers else "unanswerable"

    @property
    def must_ask(self) -> list[Answer]:
        """Those who must say yes before anything is moved."""
        return [one for one in self.answers if one.must]

    @property
    def refused_by(self) -> list[str]:
        return [one.funder for one in self.answers if one.outcome == ReallocationDecision.Outcome.REFUSED]

    @property
    def waits_for(self) -> list[str]:
        """The funders that have not answered."""
        return [one.funder for one in self.must_ask if one.outcome is None]

    def why(self) -> list[str]:
        """For each funder in words: must it be asked, and why (not)?"""
        if not self.answers:
            return []
        if self.must_ask:
            return [self._why(one) for one in self.answers]
        return [
            _(
                "In all %(out)s is moved out of “%(from)s” and %(into)s into “%(to)s”. The terms of the grants allow "
                "%(most_out)s and %(most_in)s without asking."
            )
            % {
                "out": kroner(self.out_of),
                "from": self.from_line,
                "into": kroner(self.into),
                "to": self.to_line,
                "most_out": kroner(min(one.most_out for one in self.answers)),
                "most_in": kroner(min(one.most_in for one in self.answers)),
            }
        ]

    def _why(self, answer: Answer) -> str:
        if not answer.must:
            return _("%(funder)s need not be asked by the terms of its grant.") % {"funder": answer.funder}
        whys = [_("salaries are changed")] if answer.for_salaries else []
        told = _("%(total)s in all is moved out of “%(line)s” (at most %(most)s without asking)")
        if self.out_of > answer.most_out:
            whys.append(told % {"total": kroner(self.out_of), "line": self.from_line, "most": kroner(answer.most_out)})
        told = _("%(total)s in all is moved into “%(line)s” (at most %(most)s without asking)")
        if self.into > answer.most_in:
            whys.append(told % {"total": kroner(self.into), "line": self.to_line, "most": kroner(answer.most_in)})
        return _("%(funder)s must be asked: %(why)s.") % {"funder": answer.funder, "why": "; ".join(whys)}


def reallocations(programme_id: int, budget: UUID, moment: Moment) -> list[ReallocationFigure]:
    """What has been asked to be moved within a budget, the oldest first; one query."""
    values = {"programme": programme_id, "budget": budget, "on": moment.on, "known_at": moment.known_at}
    asked: dict[UUID, list[tuple[Any, ...]]] = {}
    for row in ask_anew(_ASKED, values):
        asked.setdefault(row[0], []).append(row)
    return [_figure(rows) for rows in asked.values()]


def _figure(rows: list[tuple[Any, ...]]) -> ReallocationFigure:
    """From one row for each funder that had granted; where none had, one row without."""
    answers = tuple(Answer(*row[9:]) for row in rows if row[9])
    asked: list[Any] = [*rows[0][:9], answers]
    return ReallocationFigure(*asked)
