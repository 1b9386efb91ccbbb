"""Who has completed a course? The one definition.

The requirements are those of the curriculum's version on the course's first day: so many modules, the compulsory ones
among them. A module counts once, on the day on which she was there, in her own course or at a make-up session of it.
Completing *proposes* a certificate; a person issues it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bydelsmoedre.moment import ALWAYS, Moment
from bydelsmoedre.prepared import ask
from training.models import Course, CurriculumVersion
from volunteers.merging import with_duplicates

#: Common table expressions ending in `completion(enrolment_id, course_id, volunteer_id, curriculum_id, modules,
#: required, compulsory, attended, missing, completed_on)` for those who hold a seat on the day: `modules`, `attended`
#: and `missing` (compulsory modules not attended) are arrays of numbers, `completed_on` is the day on which the
#: requirements were met, or null.
#: Parameters: `on`, `known_at`, `programme`, and `courses` (ids) where `{which}` asks for some courses only; `{whom}`
#: narrows the participants.
COMPLETION_SQL = """
requirement as (
  select c.id as course_id, c.curriculum_id, coalesce(v.required_modules, 0)::int as required,
    (select coalesce(array_agg((m->>'number')::int order by (m->>'number')::int), '{{}}')
      from jsonb_array_elements(v.modules) m) as modules,
    (select coalesce(array_agg((m->>'number')::int order by (m->>'number')::int), '{{}}')
      from jsonb_array_elements(v.modules) m where (m->>'compulsory')::boolean) as compulsory
  from training_course c
  join training_curriculum u on u.id = c.curriculum_id and u.programme_id = %(programme)s
  left join lateral (
    -- the version of the course's first day; where none covers it, the one before it, else the first
    select x.modules, x.required_modules from training_curriculumversion x
    where x.curriculum_id = c.curriculum_id and known(x)
    order by x.period @> c.starts_on desc,
      case when x.started_on <= c.starts_on then x.started_on end desc nulls last, x.started_on
    limit 1
  ) v on true
  {which}
),
seated as (
  select e.id as enrolment_id, e.course_id, person(e) as volunteer_id
  from requirement q join training_enrolment e on e.course_id = q.course_id same(e)
  where exists (
    select from training_participation p
    where p.enrolment_id = e.id and p.status = 'enrolled' and holds(p) and known(p)
  ) and hers(e.volunteer_id) {whom}
),
attended as (
  select e.enrolment_id, s.module, min(a.happened_on) as on_date
  from seated e
  join training_attendance a on a.enrolment_id = e.enrolment_id and a.mark = 'present'
    and a.happened_on <= %(on)s::date and known(a)
  join training_session s on s.id = a.session_id
  group by 1, 2
),
reached as (
  select e.enrolment_id, array_agg(a.module::int order by a.module) as attended,
    array_agg(a.on_date order by a.on_date) as days,
    count(*) filter (where a.module = any(q.compulsory)) as compulsory_attended,
    max(a.on_date) filter (where a.module = any(q.compulsory)) as compulsory_on
  from seated e join requirement q on q.course_id = e.course_id join attended a on a.enrolment_id = e.enrolment_id
  group by 1
),
completion as (
  select e.enrolment_id, e.course_id, e.volunteer_id, q.curriculum_id, q.modules, q.required, q.compulsory,
    coalesce(r.attended, '{{}}') as attended,
    array(select unnest(q.compulsory) except select unnest(r.attended) order by 1) as missing,
    case when q.required > 0 and r.compulsory_attended = cardinality(q.compulsory)
      and cardinality(r.attended) >= q.required
      then greatest(r.days[q.required], r.compulsory_on) end as completed_on
  from seated e join requirement q on q.course_id = e.course_id
  left join reached r on r.enrolment_id = e.enrolment_id
)"""

#: The same for those who do not hold the training's certificate on the day: whom one may have to be issued to.
UNCERTIFIED_SQL = COMPLETION_SQL.format(
    which="",
    whom="""and not exists (
    select from training_certificate t same(t)
    where person(t) = person(e) and t.curriculum_id = q.curriculum_id and holds(t) and known(t)
  )""",
)

_ASKED = f"""
with {COMPLETION_SQL.format(which="where c.id = any(%(courses)s::bigint[])", whom="")}
select x.enrolment_id, x.modules, x.required, x.attended, x.missing, x.completed_on, (
  select max(c.started_on) from training_certificate c
  where c.volunteer_id = any({with_duplicates("array[x.volunteer_id]")}) and c.curriculum_id = x.curriculum_id
    and (holds(c) or c.started_on between x.completed_on and %(on)s::date) and known(c)
)
from completion x
"""


@dataclass(frozen=True, slots=True)
class Completion:
    """How far one participant is on a day, and what she lacks."""

    enrolment_id: int
    modules: tuple[int, ...]
    required: int
    attended: tuple[int, ...]
    missing: tuple[int, ...]  #: compulsory modules that she has not attended
    completed_on: dt.date | None
    certified_on: dt.date | None  #: since when she holds the training's certificate, or was issued one that has run out

    @property
    def lacks(self) -> int:
        """How many modules she lacks still, compulsory ones or not."""
        return max(self.required - len(self.attended), len(self.missing))

    @property
    def is_proposed(self) -> bool:
        """Is a certificate to be issued?"""
        return self.completed_on is not None and self.certified_on is None


def completions(programme_id: int, moment: Moment, *, courses: Sequence[Course]) -> dict[int, Completion]:
    """By enrolment's id: everybody who holds a seat in the courses on the day; one query."""
    values: dict[str, Any] = {
        "on": moment.on,
        "known_at": moment.known_at,
        "programme": programme_id,
        "courses": [course.pk for course in courses],
    }
    found = [
        Completion(pk, tuple(modules), required, tuple(attended), tuple(missing), completed_on, certified_on)
        for pk, modules, required, attended, missing, completed_on, certified_on in ask(_ASKED, values)
    ]
    return {one.enrolment_id: one for one in found}


def version_of(curriculum_id: int, first_day: dt.date, known_at: dt.datetime = ALWAYS) -> CurriculumVersion | None:
    """The version that a course with that first day is taught by: the same choice as in `requirement` above."""
    known = list(CurriculumVersion.objects.known(known_at).filter(curriculum=curriculum_id).order_by("started_on"))
    begun = [one for one in known if one.started_on <= first_day]
    covering = [one for one in begun if one.is_active(first_day)]
    return next(iter([*covering, *reversed(begun), *known]), None)
