"""Who awaits a call, why, and since when: derived from what is recorded, never ticked off.

She waits because we promised to call again and the day has come; because she has a seat in a course that begins within
a week and nobody has reached her in that week; because she is interested and has not been reached since; or because she
did not answer last time. The first of these that holds is told. Whoever was called today, or is to be called again on a
later day, is left in peace until then; who has said no, withdrawn or left since her last call waits no more.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from volunteers.recruitment import STANDING_SQL

#: So many days before a course begins are its participants called.
SOON = 7


class Reason(models.TextChoices):
    """Why somebody is to be called, the most pressing first."""

    AGAIN = "again", _("We promised to call again")
    COURSE = "course", _("Her course begins")
    APPLIED = "applied", _("Is interested, and nobody has talked with her yet")
    NO_ANSWER = "no_answer", _("Did not answer last time")


# Parameters: `on`, `known_at`, `programme`. Who was merged into another counts as the one who is kept.
_WAITING = f"""
with {STANDING_SQL.format(whose="")},
called as (
  select person(k) as volunteer_id, k.id, k.outcome, k.happened_on, k.call_again_on
  from volunteers_call k same(k)
  join volunteers_volunteer v on v.id = k.volunteer_id and v.programme_id = %(programme)s
  where k.happened_on <= %(on)s::date and known(k)
),
reached as (select volunteer_id, max(happened_on) as reached_on from called where outcome = 'reached' group by 1),
last as (select distinct on (volunteer_id) * from called order by volunteer_id, happened_on desc, id desc),
missed as (
  select k.volunteer_id, count(*)::int as number from called k left join reached r on r.volunteer_id = k.volunteer_id
  where k.outcome = 'no_answer' and (r.reached_on is null or k.happened_on > r.reached_on) group by 1
),
begins as (
  select distinct on (person(e)) person(e) as volunteer_id, c.uuid as course, c.starts_on
  from training_enrolment e same(e)
  join training_course c on c.id = e.course_id and c.starts_on between %(on)s::date and %(on)s::date + {SOON}
  join training_curriculum u on u.id = c.curriculum_id and u.programme_id = %(programme)s
  join training_participation p on p.enrolment_id = e.id
    and p.status = 'enrolled' and holds(p, c.starts_on) and known(p)
  where {{taught}}
  order by person(e), c.starts_on, c.id
),
reason as (
  select volunteer_id, 1 as rank, 'again' as reason, call_again_on as since, null::uuid as course
  from last where outcome = 'again'
  union all
  select b.volunteer_id, 2, 'course', b.starts_on - {SOON}, b.course
  from begins b left join reached r on r.volunteer_id = b.volunteer_id
  where r.reached_on is null or r.reached_on < b.starts_on - {SOON}
  union all
  select s.volunteer_id, 3, 'applied', s.stepped_on, null
  from standing s left join reached r on r.volunteer_id = s.volunteer_id
  where s.standing = 'applied' and (r.reached_on is null or r.reached_on < s.stepped_on)
  union all
  select volunteer_id, 4, 'no_answer', happened_on, null from last where outcome = 'no_answer'
),
waiting as (
  select distinct on (v.id) v.id, v.uuid, r.reason, r.since, r.course,
    l.outcome, l.happened_on as called_on, coalesce(m.number, 0) as missed
  from reason r
  join volunteers_volunteer v on v.id = r.volunteer_id and v.erased_at is null
  left join last l on l.volunteer_id = v.id
  left join missed m on m.volunteer_id = v.id
  left join standing s on s.volunteer_id = v.id
  where (l.happened_on is null or l.happened_on < %(on)s::date)
    and (l.outcome = 'again' and l.call_again_on > %(on)s::date) is not true
    and (
      r.reason in ('again', 'no_answer')
      and s.standing in ('declined', 'withdrawn', 'left') and s.stepped_on >= l.happened_on
    ) is not true and {{narrowed}}
  order by v.id, r.rank
)
select * from waiting order by since, id
"""
_OF_ALL = _WAITING.format(narrowed="true", taught="true")
# A local coordinator meets neither how somebody came to the programme nor what is taught elsewhere.
_OF_HERS = _WAITING.format(
    narrowed="v.id = any(%(persons)s::bigint[]) and r.reason <> 'applied'",
    taught="c.association_id = any(%(associations)s::bigint[])",
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A person who awaits a call: identities, days and codes; no names."""

    id: int
    uuid: UUID
    reason: str
    since: dt.date
    course: UUID | None
    outcome: str | None  #: of the last call
    called_on: dt.date | None
    missed: int  #: calls without an answer since she was last reached


def waiting(programme_id: int, moment: Moment) -> list[Waiting]:
    """Everybody in the programme who waits, the longest first; one query."""
    return [Waiting(*row) for row in ask(_OF_ALL, _values(programme_id, moment))]


def waiting_among(programme_id: int, moment: Moment, *, persons: list[int], associations: list[int]) -> list[Waiting]:
    """Those of these persons who wait, as the local coordinator of the associations meets it."""
    hers = {"persons": persons, "associations": associations}
    return [Waiting(*row) for row in ask(_OF_HERS, _values(programme_id, moment) | hers)]


def _values(programme_id: int, moment: Moment) -> dict[str, Any]:
    return {"on": moment.on, "known_at": moment.known_at, "programme": programme_id}
