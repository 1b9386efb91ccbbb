"""When a person is to be erased: applicants some months after a no, leavers some months after they left. The
definition, asked in one query by the page, the finding and `manage.py apply_retention`.

A *no* is an answer to a candidacy, or that she withdrew, or that a formerly paid mother does not go on. *Left* is that
step, or the end of her last role, a seat on a board included. Never due is who is here: who holds a role (one to come,
too), waits for an interview or an answer, or has been accepted and no role has ended since. Who has been refused and
has left is due when both terms have passed. Erasing (`volunteers.privacy`) leaves figures and the accounts' vouchers as
they are.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from volunteers.models import Volunteer
from volunteers.privacy import erase
from volunteers.recruitment import LATEST_FIRST

#: `(id, uuid, refused_on, left_on, due_on)` of everybody who is not here any more; due from `due_on` on. A term that
#: would end on a day that the month lacks ends on its last day. Parameters: `on`, `known_at`, `programme`.
RETENTION_SQL = f"""
with person as (
  select id, uuid from volunteers_volunteer where programme_id = %(programme)s and erased_at is null and hers(id)
),
step as (
  select distinct on (c.id) c.volunteer_id, s.stage, s.happened_on
  from person p join volunteers_candidacy c on c.volunteer_id = p.id
  join volunteers_stageevent s on s.candidacy_id = c.id and s.happened_on <= %(on)s::date and known(s)
  order by c.id, {LATEST_FIRST}
),
role as (
  select m.volunteer_id, max(m.ended_on) as ended_on,
    bool_or(m.ended_on is null or m.ended_on >= %(on)s::date) as is_running
  from person p join volunteers_membership m on m.volunteer_id = p.id and known(m)
  group by m.volunteer_id
),
answer as (
  select distinct on (t.volunteer_id) t.volunteer_id, a.answer, a.happened_on
  from person p join volunteers_transition t on t.volunteer_id = p.id
  join volunteers_transitionanswer a on a.transition_id = t.id and a.happened_on <= %(on)s::date and known(a)
  order by t.volunteer_id, a.happened_on desc, a.id desc
),
gone as (
  select p.id, p.uuid,
    greatest(
      max(s.happened_on) filter (where s.stage in ('declined', 'withdrawn')),
      max(a.happened_on) filter (where a.answer = 'no')
    ) as refused_on,
    greatest(r.ended_on, max(s.happened_on) filter (where s.stage = 'left')) as left_on
  from person p
  left join step s on s.volunteer_id = p.id
  left join role r on r.volunteer_id = p.id
  left join answer a on a.volunteer_id = p.id
  group by p.id, p.uuid, r.ended_on, r.is_running
  having r.is_running is not true and bool_or(
    s.stage in ('applied', 'interviewed')
    or s.stage in ('accepted', 'paused', 'resumed') and (r.ended_on is null or r.ended_on < s.happened_on)
  ) is not true
)
select g.id, g.uuid, g.refused_on, g.left_on, greatest(
  (g.refused_on + make_interval(months => {settings.RETENTION_APPLICANTS}))::date,
  (g.left_on + make_interval(months => {settings.RETENTION_LEAVERS}))::date
) as due_on
from gone g where g.refused_on is not null or g.left_on is not null
"""

DUE_SQL = f"select * from ({RETENTION_SQL}) g where g.due_on <= %(on)s::date order by g.due_on, g.id"


@dataclass(frozen=True, slots=True)
class Due:
    """A person who is to be erased, since when, and why; no name."""

    id: int
    uuid: UUID
    refused_on: dt.date | None
    left_on: dt.date | None
    due_on: dt.date


def due(programme_id: int, moment: Moment) -> list[Due]:
    """Who is to be erased on that day, who has waited longest first."""
    values = {"on": moment.on, "known_at": moment.known_at, "programme": programme_id}
    return [Due(*row) for row in ask(DUE_SQL, values)]


@transaction.atomic
def erase_due(programme_id: int, persons: set[UUID], moment: Moment, *, by: Any) -> int:
    """Erase these, as far as they are due still: who has come back meanwhile stays. Gives how many were erased."""
    listed = [one.pk for one in Volunteer.objects.select_for_update().filter(uuid__in=persons).only("pk")]
    still = [one.id for one in due(programme_id, moment) if one.uuid in persons and one.id in listed]
    for person in Volunteer.objects.filter(pk__in=still).order_by("pk"):
        erase(person, by=by)
    return len(still)
