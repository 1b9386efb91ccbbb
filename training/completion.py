"""Who has completed a course? The one definition.

The requirements are those of the curriculum's version on the course's first day: so many modules, the compulsory ones
among them; where it says so, also so many hours, the welcome sheet's declarations, and that she has evaluated. A
module of the version counts once, on the day on which she was there: in her own course, at a make-up session of it, or
in a course that she was moved from, up to that day (`Transfer`), if it is the same module there (its number and title).
Hours count a module once too, half of them where she was partly there. Two courses never mix otherwise.
Completing *proposes* a certificate; a person issues it.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bydelsmoedre.moment import ALWAYS, Moment
from bydelsmoedre.prepared import ask
from training.models import Course, CurriculumVersion
from volunteers.declarations import REQUIRED
from volunteers.merging import with_duplicates

#: The version of the course `{course}`'s first day; where none covers it, the one before it, else the first.
COURSE_VERSION_SQL = """
    select x.uuid, x.modules, x.required_modules, x.required_hours, x.requires_contract, x.requires_evaluation
    from training_curriculumversion x
    where x.curriculum_id = {course}.curriculum_id and known(x)
    order by x.period @> {course}.starts_on desc,
      case when x.started_on <= {course}.starts_on then x.started_on end desc nulls last, x.started_on
    limit 1"""

#: What was marked of the enrolment `{enrolment}` in a course that she was moved from, as far as it counts where the
#: modules are `{listed}`: `t` is the transfer, `a` and `s` the attendance and its session. Parameters: `on`,
#: `known_at`.
CARRIED_SQL = f"""training_transfer t
  join training_enrolment o on o.id = t.source_id
  join training_course d on d.id = o.course_id
  join lateral ({COURSE_VERSION_SQL.format(course="d")}) w on true
  join training_attendance a on a.enrolment_id = o.id and a.mark in ('present', 'partly')
    and a.happened_on <= least(t.happened_on, %(on)s::date) and known(a)
  join training_session s on s.id = a.session_id
  where t.enrolment_id = {{enrolment}} and t.happened_on <= %(on)s::date and known(t) and exists (
    select from jsonb_array_elements(w.modules) m join jsonb_array_elements({{listed}}) n
      on m->'number' = n->'number' and m->'title' is not distinct from n->'title'
    where (m->>'number')::int = s.module
  )"""
_CARRIED_SQL = CARRIED_SQL.format(enrolment="e.enrolment_id", listed="q.listed")

#: The hours of one participant, and the day on which they reached what is required: nothing is read where hours are
#: not asked about. A module that she was partly at and then at all of adds its other half.
_HOURS_SQL = """
  select max(y.total) as hours, min(y.on_date) filter (where y.total >= q.required_hours) as hours_on
  from (
    select z.on_date, sum(z.gained) over (order by z.on_date) as total
    from (
      select b.whole_on as on_date, b.hours * case when b.half_on < b.whole_on then 0.5 else 1 end as gained
      from best b where b.whole_on is not null
      union all
      select b.half_on, b.hours * 0.5 from best b where b.half_on < coalesce(b.whole_on, 'infinity')
    ) z
  ) y"""

_BEST_SQL = f"""
    select s.module, (n->>'hours')::numeric as hours, min(s.happened_on) filter (where s.mark = 'present') as whole_on,
      min(s.happened_on) filter (where s.mark = 'partly') as half_on
    from (
      select s.module, a.mark, a.happened_on
      from training_attendance a join training_session s on s.id = a.session_id
      where a.enrolment_id = e.enrolment_id and a.mark in ('present', 'partly')
        and a.happened_on <= %(on)s::date and known(a)
      union all
      select s.module, a.mark, a.happened_on from {_CARRIED_SQL}
    ) s
    join jsonb_array_elements(q.listed) n on (n->>'number')::int = s.module
    where q.required_hours is not null
    group by 1, 2"""

#: The day on which the last of the welcome sheet's declarations was made, whichever was withdrawn since.
_CONTRACT_SQL = f"""
    select max(k.on_date) from (
      select d.kind, min(d.started_on) as on_date from volunteers_declaration d
      where d.volunteer_id = any({with_duplicates("array[e.volunteer_id]")}) and d.started_on <= %(on)s::date
        and d.kind in ({", ".join(f"'{kind}'" for kind in REQUIRED)}) and known(d)
      group by 1
    ) k having count(*) = {len(REQUIRED)}"""

#: Common table expressions ending in `completion(enrolment_id, course_id, volunteer_id, curriculum_id, modules,
#: required, compulsory, attended, missing, hours, required_hours, lacks_contract, lacks_evaluation, completed_on)` for
#: those who hold a seat on the day: `modules`, `attended` and `missing` (compulsory modules not attended) are arrays of
#: numbers, `hours` is null unless hours are required, `completed_on` is the day on which all requirements were met, or
#: null. Parameters: `on`, `known_at`, `programme`, and `courses` (ids) where `{which}` asks for some courses only;
#: `{whom}` narrows the participants.
COMPLETION_SQL = (
    """
requirement as (
  select c.id as course_id, c.curriculum_id, coalesce(v.required_modules, 0)::int as required,
    coalesce(v.modules, '[]') as listed, v.required_hours, coalesce(v.requires_contract, false) as requires_contract,
    coalesce(v.requires_evaluation, false) as requires_evaluation,
    (select coalesce(array_agg((m->>'number')::int order by (m->>'number')::int), '{{}}')
      from jsonb_array_elements(v.modules) m) as modules,
    (select coalesce(array_agg((m->>'number')::int order by (m->>'number')::int), '{{}}')
      from jsonb_array_elements(v.modules) m where (m->>'compulsory')::boolean) as compulsory
  from training_course c
  join training_curriculum u on u.id = c.curriculum_id and u.programme_id = %(programme)s
  left join lateral ("""
    + COURSE_VERSION_SQL.format(course="c")
    + """
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
  select x.enrolment_id, x.module, min(x.on_date) as on_date
  from (
    select e.enrolment_id, s.module, a.happened_on as on_date
    from seated e
    join training_attendance a on a.enrolment_id = e.enrolment_id and a.mark = 'present'
      and a.happened_on <= %(on)s::date and known(a)
    join training_session s on s.id = a.session_id
    union all
    select e.enrolment_id, x.module, x.happened_on
    from seated e join requirement q on q.course_id = e.course_id
    cross join lateral (select s.module, a.mark, a.happened_on from """
    + _CARRIED_SQL
    + """) x
    where e.enrolment_id in (select t.enrolment_id from training_transfer t) and x.mark = 'present'
  ) x
  group by 1, 2
),
reached as (
  select e.enrolment_id, array_agg(a.module::int order by a.module) as attended,
    array_agg(a.on_date order by a.on_date) as days,
    count(*) filter (where a.module = any(q.compulsory)) as compulsory_attended,
    max(a.on_date) filter (where a.module = any(q.compulsory)) as compulsory_on
  from seated e join requirement q on q.course_id = e.course_id
  join attended a on a.enrolment_id = e.enrolment_id and a.module = any(q.modules)
  group by 1
),
completion as (
  select e.enrolment_id, e.course_id, e.volunteer_id, q.curriculum_id, q.modules, q.required, q.compulsory,
    coalesce(r.attended, '{{}}') as attended,
    array(select unnest(q.compulsory) except select unnest(r.attended) order by 1) as missing,
    h.hours, q.required_hours, q.requires_contract and k.contract_on is null as lacks_contract,
    q.requires_evaluation and k.evaluated_on is null as lacks_evaluation,
    case when q.required > 0 and r.compulsory_attended = cardinality(q.compulsory)
      and cardinality(r.attended) >= q.required
      and (q.required_hours is null or h.hours_on is not null)
      and (not q.requires_contract or k.contract_on is not null)
      and (not q.requires_evaluation or k.evaluated_on is not null)
      then greatest(r.days[q.required], r.compulsory_on, h.hours_on, k.contract_on, k.evaluated_on)
    end as completed_on
  from seated e join requirement q on q.course_id = e.course_id
  left join reached r on r.enrolment_id = e.enrolment_id
  cross join lateral (with best as materialized ("""
    + _BEST_SQL
    + "\n  )"
    + _HOURS_SQL
    + """) h
  cross join lateral (select case when q.requires_contract then ("""
    + _CONTRACT_SQL
    + """
  ) end as contract_on, case when q.requires_evaluation then (
    select min(g.happened_on) from training_evaluationgiven g
    where g.enrolment_id = e.enrolment_id and g.happened_on <= %(on)s::date and known(g)
  ) end as evaluated_on) k
)"""
)

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
select x.enrolment_id, x.course_id, x.modules, x.required, x.attended, x.missing, x.completed_on,
  x.hours, x.required_hours, x.lacks_contract, x.lacks_evaluation, (
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
    course_id: int
    modules: tuple[int, ...]
    required: int
    attended: tuple[int, ...]
    missing: tuple[int, ...]  #: compulsory modules that she has not attended
    completed_on: dt.date | None
    hours: Decimal | None  #: attended, where hours are required
    required_hours: Decimal | None
    lacks_contract: bool  #: she has not signed all that the welcome sheet asks
    lacks_evaluation: bool
    certified_on: dt.date | None  #: since when she holds the training's certificate, or was issued one that has run out

    @property
    def lacks(self) -> int:
        """How many modules she lacks still, compulsory ones or not."""
        return max(self.required - len(self.attended), len(self.missing))

    @property
    def lacks_hours(self) -> Decimal:
        """How many hours she lacks still, 0 where none are asked about."""
        return max((self.required_hours or Decimal()) - (self.hours or Decimal()), Decimal())

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
        Completion(pk, course_id, tuple(modules), required, tuple(attended), tuple(missing), *rest)
        for pk, course_id, modules, required, attended, missing, *rest in ask(_ASKED, values)
    ]
    return {one.enrolment_id: one for one in found}


def version_of(
    curriculum_id: int,
    first_day: dt.date,
    known_at: dt.datetime = ALWAYS,
    *,
    among: Sequence[CurriculumVersion] | None = None,
) -> CurriculumVersion | None:
    """The version that a course with that first day is taught by: the same choice as in `requirement` above. `among`
    the training's known versions where they are read already, the first one first."""
    known = among
    if known is None:
        asked = CurriculumVersion.objects.known(known_at).filter(curriculum=curriculum_id)
        known = list(asked.order_by("started_on"))
    begun = [one for one in known if one.started_on <= first_day]
    covering = [one for one in begun if one.is_active(first_day)]
    return next(iter([*covering, *reversed(begun), *known]), None)
