"""The work plan at a Moment: which milestones are reached, when and how late, and how the others stand.

A milestone that something measures is reached when that figure says so; one that nothing measures, when it is recorded.
The plan itself has no past: days and dependencies are those of now, what is reached is asked of the Moment.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from associations.founding import parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.models import Document, Programme
from reports.figures.classification import CLASSIFICATIONS, DECISIONS_SQL, Rule
from reports.figures.criteria import criteria
from reports.figures.shapes import CriterionFigure, Standing


class State(StrEnum):
    """How a milestone stands on a day."""

    REACHED = "reached"
    REACHED_LATE = "reached_late"
    OVERDUE = "overdue"
    WAITING = "waiting"  #: for another milestone
    UNDER_WAY = "under_way"
    TO_COME = "to_come"  #: the work has not begun


# Every milestone with the day on which it was reached, or null. Of the criteria those that are met, and since when, are
# given (`parameters_of`); all else is asked by the texts that its own figure rests on. What was reached stays so: an
# agreement that has run out or been renewed since, a diploma that does not hold any more. An agreement is therefore
# asked about on every day up to the Moment's on which it may have come into force.
MILESTONE_SQL = f"""
milestone as (
  with begun as (
    select agreement_id, happened_on as day from programme_signature s where known(s)
    union all select agreement_id, started_on from programme_agreementterm t where known(t)
    union all select agreement_id, started_on from programme_agreementparty p where known(p)
    union all select agreement_id, ended_on + 1 from programme_agreementparty p where known(p)
  ),
  moment as (
    select %(on)s::date as on_date
    union select b.day from begun b
    join programme_milestone m on m.agreement_id = b.agreement_id and m.programme_id = %(programme)s
    where b.day <= %(on)s::date
  ), {DECISIONS_SQL},
  {CLASSIFICATIONS[Rule.PARTNERSHIP_ANCHORED].format(n=0)}
  select m.id, m.uuid, m.activity_id, m.place, m.starts_on, m.due_on, m.owner_office, m.measure,
    case m.measure
      when 'hand' then (
        select r.happened_on from programme_milestonereached r
        where r.milestone_id = m.id and r.happened_on <= %(on)s::date and known(r)
      )
      when 'criterion' then (
        select met.day from unnest(%(met_criteria)s::uuid[], %(met_on)s::date[]) as met(uuid, day)
        join programme_successcriterion c on c.uuid = met.uuid where c.id = m.criterion_id
      )
      when 'document' then (
        select d.adopted_on from decision d where d.id = m.document_id and d.on_date = %(on)s::date
      )
      when 'agreement' then (
        select min(a.in_force_on) filter (where a.lacks_force = '{{}}')
        from agreement_0 a join programme_agreement g on g.uuid = a.uuid where g.id = m.agreement_id
      )
      when 'meeting' then (
        select min(h.happened_on) from programme_meetingheld h
        join programme_meeting e on e.id = h.meeting_id and e.body_id = m.organisation_id
        where e.programme_id = %(programme)s and h.happened_on <= %(on)s::date and known(h)
      )
      when 'mothers' then (
        select min(c.started_on) from training_certificate c
        join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic' and u.programme_id = %(programme)s
        where c.basis = 'course' and c.started_on <= %(on)s::date and known(c)
      )
      else (
        select min(f.happened_on) from budget_fundingfact f
        join budget_budget b on b.id = f.budget_id and b.programme_id = %(programme)s
        where f.funder_id = m.organisation_id and f.happened_on <= %(on)s::date and known(f)
          and f.stage = case m.measure when 'application' then 'proposed' else 'granted' end
      )
    end as reached_on
  from programme_milestone m where m.programme_id = %(programme)s
)"""

_ASKED = f"""
with {MILESTONE_SQL}
select m.uuid, a.number, m.starts_on, m.due_on, m.reached_on, c.uuid, (
  select array_agg(o.uuid order by x.number nulls first, o.place, o.due_on, o.id)
  from programme_milestoneneeds n join milestone o on o.id = n.needed_id
  left join programme_activity x on x.id = o.activity_id
  where n.milestone_id = m.id
)
from milestone m
join programme_milestone p on p.id = m.id
left join programme_activity a on a.id = m.activity_id
left join programme_successcriterion c on c.id = p.criterion_id
order by a.number nulls first, m.place, m.due_on, m.id
"""


@dataclass(frozen=True, slots=True)
class MilestoneFigure:
    """A milestone at a Moment: identities, days and codes."""

    uuid: UUID
    activity: int | None  #: the number of its activity; None for what is around them
    starts_on: dt.date | None
    due_on: dt.date
    reached_on: dt.date | None
    state: State
    days_late: int  #: after the day on which it was due, until it was reached, or until the Moment's; else 0
    needs: tuple[UUID, ...]
    waits_for: tuple[UUID, ...]  #: those of them that are not reached
    count: tuple[int, int] | None = None  #: how many of how many, where a criterion that is a number measures it

    @property
    def is_reached(self) -> bool:
        return self.reached_on is not None


def workplan(
    programme: Programme, moment: Moment, measured: Sequence[CriterionFigure] | None = None
) -> list[MilestoneFigure]:
    """Every milestone, those around the activities first; three queries, or one where the criteria are measured."""
    if measured is None:
        measured = criteria(programme, moment)
    rows = ask(_ASKED, parameters_of(programme, moment, measured))
    reached = {uuid for uuid, _, _, _, reached_on, *_ in rows if reached_on}
    counted = {one.uuid: (one.value or 0, one.target) for one in measured if one.target is not None}
    return [_figure(moment.on, reached, counted, *row) for row in rows]


def parameters_of(programme: Programme, moment: Moment, measured: Iterable[CriterionFigure]) -> dict[str, Any]:
    """What `MILESTONE_SQL` asks for. The criteria are those of the same Moment."""
    met = [(one.uuid, met_on(one)) for one in measured if one.standing in (Standing.MET, Standing.MET_LATE)]
    return parameters(programme.pk, moment) | {
        "on": moment.on,
        "document_kind_0": Document.Kind.ANCHORING_MODEL,
        "met_criteria": [uuid for uuid, _ in met],
        "met_on": [day for _, day in met],
    }


def met_on(figure: CriterionFigure) -> dt.date:
    """The day from which a criterion that is met was met: as it was at the deadline where it was met then, whatever has
    come of that since."""
    return figure.met_by_deadline_since or figure.met_since or figure.deadline


def _figure(
    on: dt.date,
    reached: set[UUID],
    counted: dict[UUID, tuple[int, int]],
    uuid: UUID,
    activity: int | None,
    starts_on: dt.date | None,
    due_on: dt.date,
    reached_on: dt.date | None,
    criterion: UUID | None,
    needs: Sequence[UUID] | None,
) -> MilestoneFigure:
    waits_for = tuple(one for one in needs or () if one not in reached)
    return MilestoneFigure(
        uuid=uuid,
        activity=activity,
        starts_on=starts_on,
        due_on=due_on,
        reached_on=reached_on,
        state=state_of(on, starts_on, due_on, reached_on, is_waiting=bool(waits_for)),
        days_late=max(((reached_on or on) - due_on).days, 0),
        needs=tuple(needs or ()),
        waits_for=() if reached_on else waits_for,
        count=counted.get(criterion) if criterion else None,
    )


def state_of(
    on: dt.date, starts_on: dt.date | None, due_on: dt.date, reached_on: dt.date | None, *, is_waiting: bool
) -> State:
    """How a milestone stands. The day on which it is due is in time. Without a day on which the work begins, it is
    under way as soon as nothing is waited for."""
    if reached_on:
        return State.REACHED if reached_on <= due_on else State.REACHED_LATE
    if on > due_on:
        return State.OVERDUE
    if is_waiting:
        return State.WAITING
    return State.TO_COME if starts_on and on < starts_on else State.UNDER_WAY


#: Every change of the day on which a milestone is due, and when that was written. History of the plan, not facts: as it
#: stands now, whatever the Moment.
_MOVED = """
select m.uuid, e.before, e.due_on, e.pgh_created_at from (
  select pgh_obj_id, pgh_id, pgh_created_at, due_on,
    lag(due_on) over (partition by pgh_obj_id order by pgh_id) as before
  from programme_milestoneevent where programme_id = %(programme)s and pgh_label <> 'delete'
) e
join programme_milestone m on m.id = e.pgh_obj_id
where e.before <> e.due_on
order by e.pgh_id
"""


@dataclass(frozen=True, slots=True)
class Moved:
    """The day on which a milestone is due was moved."""

    before: dt.date
    after: dt.date
    written_at: dt.datetime


def moves(programme: Programme) -> dict[UUID, list[Moved]]:
    """By the milestone: every move of its day, the first one first; one query."""
    found: dict[UUID, list[Moved]] = {}
    for uuid, *move in ask(_MOVED, {"programme": programme.pk}):
        found.setdefault(uuid, []).append(Moved(*move))
    return found
