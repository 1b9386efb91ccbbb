"""Where everybody on the way to neighbourhood mother stands, since when, and who is stuck: the board of recruitment.

Where somebody stands is what the funnel says (`figures.funnel`), so that a column holds as many as the funnel counts.
She is *stuck* where a step is to be taken that has waited for longer than `PATIENCE`; why, says which step.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.conf import settings

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.models import Programme
from reports.figures.funnel import FUNNEL_SQL, GONE, STANDS

#: The columns of the board, in their order; those who have gone are counted beside it.
COLUMNS = tuple(stand for stand in STANDS if stand not in GONE)


class Stuck(StrEnum):
    """Why somebody is stuck: what is waited for."""

    INTERVIEW = "interview"
    ANSWER = "answer"
    WAITING_LIST = "waiting_list"
    SEAT = "seat"
    COURSE_OVER = "course_over"
    ROLE = "role"
    PAUSE = "pause"


#: So many days may somebody stand there before she is stuck; domain.md has no such days, so they are settings.
PATIENCE: dict[Stuck, int] = {reason: settings.STUCK_DAYS[reason] for reason in Stuck}
#: Who has gone is counted in all, and within so many days.
RECENT = 90

_WAITS = " ".join(f"when '{reason}' then {days}" for reason, days in PATIENCE.items())

#: Common table expressions ending in `place(volunteer_id, candidacy_id, step, stands, since, waits_for, stuck_on)`:
#: everybody whom the funnel counts. `step` is the latest step of her candidacy; `since` the day from which she stands
#: there; `stuck_on` the day from which she is stuck, or null.
#: Parameters: `on`, `known_at`, `programme`.
PLACE_SQL = f"""
{FUNNEL_SQL},
seat as (  -- a place on a waiting list, or a seat in a course that has not begun; and when she last sat in one
  select f.volunteer_id,
    bool_or(p.status = 'enrolled' and holds(p) and c.starts_on > %(on)s::date) as has_seat,
    bool_or(p.status = 'waiting' and holds(p) and c.ends_on >= %(on)s::date) as is_waiting,
    max(coalesce(p.ended_on, c.ends_on)) filter (
      where p.status = 'enrolled' and c.starts_on <= %(on)s::date
    ) as ended_on
  from training_enrolment e same(e)
  join funnel f on f.volunteer_id = person(e) and f.stands = 'accepted' and f.far > 0
  join training_participation p on p.enrolment_id = e.id and p.started_on <= %(on)s::date and known(p)
  join training_course c on c.id = e.course_id
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic'
  where hers(e.volunteer_id)
  group by f.volunteer_id
),
stood as (
  select f.volunteer_id, s.candidacy_id, s.stage as step, f.stands, coalesce(case f.stands
      when 'training' then r.sits_since
      when 'diploma' then f.diploma
      when 'mother' then f.mother
      when 'left' then greatest(s.happened_on, h.ended_on)
    end, s.happened_on) as since,
    case
      when f.stands = 'applied' then '{Stuck.INTERVIEW}'
      when f.stands = 'interviewed' then '{Stuck.ANSWER}'
      when f.stands = 'diploma' then '{Stuck.ROLE}'
      when f.stands = 'paused' then '{Stuck.PAUSE}'
      when f.stands <> 'accepted' or p.has_seat then null
      when p.is_waiting then '{Stuck.WAITING_LIST}'
      when f.training is not null then '{Stuck.COURSE_OVER}'
      else '{Stuck.SEAT}'
    end as waits_for, p.ended_on
  from funnel f
  join step s on s.volunteer_id = f.volunteer_id
  left join trained r on r.volunteer_id = f.volunteer_id
  left join held h on h.volunteer_id = f.volunteer_id
  left join seat p on p.volunteer_id = f.volunteer_id
  where f.far > 0
),
placed as (  -- who has sat in a course has waited since she did, and who is back from a pause since then
  select *, greatest(since, ended_on) + case waits_for {_WAITS} end + 1 as due_on from stood
),
place as (
  select volunteer_id, candidacy_id, step, stands, since, waits_for,
    case when due_on <= %(on)s::date then due_on end as stuck_on
  from placed
)"""

#: The first of each column: who is stuck, the longest first, then who has stood there longest.
_BOARD = f"""
with {PLACE_SQL},
ranked as (
  select *, count(*) over (partition by stands) as total, count(stuck_on) over (partition by stands) as stuck,
    count(*) filter (where since > %(on)s::date - {RECENT}) over (partition by stands) as recent,
    row_number() over (partition by stands order by stuck_on nulls last, since, volunteer_id) as number
  from place
)
select r.volunteer_id, c.uuid, r.step, r.stands, r.since, r.waits_for, r.stuck_on, r.total, r.stuck, r.recent
from ranked r left join volunteers_candidacy c on c.id = r.candidacy_id
where r.number <= case when r.stands = any(%(columns)s::text[]) then %(most)s::int else 1 end
order by r.stands, r.number
"""

_LISTED = f"""
with {PLACE_SQL}
select p.volunteer_id, c.uuid, p.step, p.stands, p.since, p.waits_for, p.stuck_on
from place p left join volunteers_candidacy c on c.id = p.candidacy_id
join volunteers_volunteer v on v.id = p.volunteer_id
where p.stands = any(%(columns)s::text[]) and (not %(stuck)s::bool or p.stuck_on is not null)
  and (%(area)s::uuid is null or v.housing_area_id = (
    select id from associations_housingarea where uuid = %(area)s::uuid
  ))
order by p.stuck_on nulls last, p.since, p.volunteer_id
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person stands."""

    volunteer_id: int
    candidacy: UUID | None
    step: str  #: the latest of her candidacy
    stands: str
    since: dt.date
    waits_for: Stuck | None
    stuck_on: dt.date | None  #: from that day on she is stuck

    @property
    def is_stuck(self) -> bool:
        return self.stuck_on is not None


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """Those who stand at one place: the first of them, how many there are, how many of these are stuck, and how many
    have come there within `RECENT` days."""

    stands: str
    places: tuple[Place, ...]
    total: int
    stuck: int
    recent: int


def board(programme: Programme, moment: Moment, *, most: int) -> dict[str, BoardColumn]:
    """By where they stand: every column, with so many persons at most in each; those who have gone are only counted.
    One query."""
    found: dict[str, BoardColumn] = {stand: BoardColumn(stand, (), 0, 0, 0) for stand in STANDS}
    rows: dict[str, list[Any]] = {stand: [] for stand in STANDS}
    for row in ask(_BOARD, _values(programme, moment) | {"columns": list(COLUMNS), "most": most}):
        rows[row[3]].append(row)
    for stand, told in rows.items():
        if told:
            places = tuple(_place(*row[:7]) for row in told) if stand in COLUMNS else ()
            total, stuck, recent = told[0][7:]
            found[stand] = BoardColumn(stand, places, total=total, stuck=stuck, recent=recent)
    return found


def places(
    programme: Programme, moment: Moment, *, stands: Collection[str], area: UUID | None = None, stuck: bool = False
) -> list[Place]:
    """Those who stand so, the stuck first; of one housing area, or the stuck alone. One query."""
    asked = {"columns": sorted(stands), "area": area, "stuck": stuck}
    return [_place(*row) for row in ask(_LISTED, _values(programme, moment) | asked)]


def _place(
    volunteer: int, candidacy: Any, step: str, stands: str, since: dt.date, waits_for: str | None, stuck_on: Any
) -> Place:
    return Place(volunteer, candidacy, step, stands, since, Stuck(waits_for) if waits_for else None, stuck_on)


def _values(programme: Programme, moment: Moment) -> dict[str, Any]:
    return {"on": moment.on, "known_at": moment.known_at, "programme": programme.pk}
