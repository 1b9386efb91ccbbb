"""What each course came to: who began, completed and left, hours attended, what it cost, and how many of those expected
were there at each module. As of any Moment.

A certificate belongs to the person's latest course in the same training that had begun by its date: so each is counted
once, however many courses she took part in (`issued`).
An hour is an hour of the module as the course's version of the training says; partly there is half of them. For the
settlement every session that was attended counts, also one at which a module was made up for or taken again. A course
costs what is booked on it, less what is reversed: vouchers without a course are spread on none, they are told apart.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bydelsmoedre.moment import Moment
from bydelsmoedre.money import ZERO
from bydelsmoedre.prepared import ask
from bydelsmoedre.remembering import recall
from training.completion import COURSE_VERSION_SQL, completions
from training.models import Certificate, Course, Participation

# One row per course and kind of number: 'begun', the ways out, 'hours' and 'cost'; and per module, of those marked in
# it, how many were there.
_ASKED = f"""
with chosen as (
  select c.id, c.curriculum_id, c.starts_on from training_course c where c.id = any(%(courses)s::bigint[])
),
held as (
  -- what holds of each participant on the day: her latest participation that had begun
  select distinct on (e.id) e.id as enrolment_id, e.course_id, p.status, p.ended_on, p.end_reason
  from chosen c join training_enrolment e on e.course_id = c.id
  join training_participation p on p.enrolment_id = e.id and p.started_on <= %(on)s::date and known(p)
  order by e.id, p.started_on desc, p.id desc
),
marked as (
  select c.id as course_id, a.enrolment_id, s.module, a.mark, s.id as session_id
  from chosen c join training_session s on s.course_id = c.id
  join training_attendance a on a.session_id = s.id and a.happened_on <= %(on)s::date and known(a)
)
select course_id, case when ended_on < %(on)s::date then end_reason else 'here' end as what, null::int as module,
  count(*)::numeric as number, null::numeric as others
from held where status = 'enrolled' group by 1, 2
union all
select m.course_id, 'hours', null, sum((n->>'hours')::numeric * case m.mark when 'partly' then 0.5 else 1 end), null
from marked m join chosen c on c.id = m.course_id
cross join lateral ({COURSE_VERSION_SQL.format(course="c")}) v
cross join lateral jsonb_array_elements(v.modules) n
where m.mark in ('present', 'partly') and (n->>'number')::int = m.module
group by 1
union all
select p.course_id, 'cost', null, sum(p.amount), null
from budget_posting p
where p.course_id = any(%(courses)s::bigint[]) and p.happened_on <= %(on)s::date and known(p)
group by 1
union all
select course_id, 'module', module, count(distinct enrolment_id) filter (where mark = 'present'),
  count(distinct enrolment_id)
from marked group by 1, 3
"""

_UNASSIGNED = """
select coalesce(sum(p.amount), 0) from budget_posting p
where p.course_id is null and p.happened_on <= %(on)s::date and known(p) and p.line_id in (
  select l.line_id from budget_courseline l where l.course_id = any(%(courses)s::bigint[])
)
"""


@dataclass(frozen=True, slots=True)
class CourseFigures:
    """What one course came to on the day."""

    course: Any
    here: int  #: who have a seat
    completed: int  #: of those, who have completed
    certified: int  #: who have been issued a certificate that belongs to this course, also of those who have left
    ways_out: Mapping[str, int]  #: by reason, who have left
    hours: Decimal
    cost: Decimal
    modules: Mapping[int, tuple[int, int]] = field(default_factory=dict)  #: who was there, of how many marked

    @property
    def begun(self) -> int:
        """Who have or had a seat."""
        return self.here + sum(self.ways_out.values())

    @property
    def dropped_out(self) -> int:
        return self.ways_out.get("dropped_out", 0)

    @property
    def transferred(self) -> int:
        return self.ways_out.get("transferred", 0)

    @property
    def hours_each(self) -> Decimal | None:
        """Per person who was issued a certificate; None where nobody was."""
        return self.hours / self.certified if self.certified else None

    @property
    def cost_each(self) -> Decimal | None:
        return (self.cost / self.certified).quantize(Decimal("0.01")) if self.certified else None


def number_of(rows: QuerySet, group: str, counted: str = "pk") -> Coalesce:
    """How many there are, 0 where there is none; the rows of one group belong to the row that is asked about."""
    grouped = rows.order_by().values(group).annotate(number=Count(counted, distinct=True)).values("number")
    return Coalesce(Subquery(grouped, output_field=IntegerField()), 0)


def issued(moment: Moment) -> Coalesce:
    """For courses: to how many persons a certificate is issued that belongs to the course. The one definition."""
    seats = Participation.objects.known(moment.known_at).filter(status=Participation.Status.ENROLLED)
    hers = seats.filter(
        enrolment__volunteer=OuterRef("volunteer"),
        enrolment__course__curriculum=OuterRef("curriculum"),
        enrolment__course__starts_on__lte=OuterRef("started_on"),
        started_on__lte=OuterRef("started_on"),
    ).order_by("-enrolment__course__starts_on", "-enrolment__course")
    rows = (
        Certificate.objects.known(moment.known_at)
        .filter(curriculum=OuterRef("curriculum"), started_on__lte=moment.on)
        .filter(volunteer__enrolments__course=OuterRef("pk"))
        .alias(course=Subquery(hers.values("enrolment__course")[:1]))
        .filter(course=OuterRef("pk"))
    )
    return number_of(rows, "curriculum", "volunteer")


def _issued(courses: Sequence[Course], moment: Moment) -> dict[int, int]:
    """By the course's id; one query."""
    ids = [one.pk for one in courses]
    asked = Course.objects.filter(pk__in=ids).annotate(number=issued(moment)).order_by()
    return recall(("certificates of courses", *ids, moment), lambda: dict(asked.values_list("pk", "number")))


def course_figures(programme_id: int, courses: Sequence[Course], moment: Moment) -> list[CourseFigures]:
    """Of these courses, in their order; three queries."""
    rows = ask(_ASKED, _values(courses, moment))
    numbers: dict[int, dict[str, Decimal]] = defaultdict(dict)
    modules: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for course_id, what, module, number, others in rows:
        if what == "module":
            modules[course_id][module] = (int(number), int(others))
        else:
            numbers[course_id][what] = number
    far: dict[int, list[Any]] = defaultdict(list)
    for one in completions(programme_id, moment, courses=courses).values():
        far[one.course_id].append(one)
    certified = _issued(courses, moment)
    return [_figures(one, numbers[one.pk], modules[one.pk], far[one.pk], certified[one.pk]) for one in courses]


def _figures(
    course: Course,
    numbers: Mapping[str, Decimal],
    modules: Mapping[int, tuple[int, int]],
    far: list[Any],
    certified: int,
) -> CourseFigures:
    ways = {what: int(number) for what, number in numbers.items() if what not in ("here", "hours", "cost")}
    return CourseFigures(
        course,
        here=int(numbers.get("here", 0)),
        completed=sum(one.completed_on is not None for one in far),
        certified=certified,
        ways_out=ways,
        hours=numbers.get("hours", ZERO),
        cost=numbers.get("cost", ZERO),
        modules=modules,
    )


def unassigned(courses: Sequence[Course], moment: Moment) -> Decimal:
    """What is booked on the lines that these courses are paid from, and on no course; one query."""
    ((amount,),) = ask(_UNASSIGNED, _values(courses, moment))
    return Decimal(amount)


def _values(courses: Sequence[Course], moment: Moment) -> dict[str, Any]:
    return {"courses": [one.pk for one in courses], "on": moment.on, "known_at": moment.known_at}


# --- For the settlement

_SETTLED = f"""
select c.id, a.happened_on, s.module::int, e.volunteer_id,
  coalesce((n->>'hours')::numeric, 0) * case a.mark when 'partly' then 0.5 else 1 end, a.mark = 'partly'
from training_course c
join training_session s on s.course_id = c.id
join training_attendance a on a.session_id = s.id and a.mark in ('present', 'partly')
  and a.happened_on <= %(on)s::date and known(a)
join training_enrolment e on e.id = a.enrolment_id
cross join lateral ({COURSE_VERSION_SQL.format(course="c")}) v
cross join lateral jsonb_array_elements(v.modules) n
where c.id = any(%(courses)s::bigint[]) and (n->>'number')::int = s.module
order by a.happened_on, c.id, s.module, e.id
"""


@dataclass(frozen=True, slots=True)
class Attended:
    """One participant at one session."""

    course_id: int
    happened_on: dt.date
    module: int
    volunteer_id: int
    hours: Decimal
    is_half: bool


def attended_hours(courses: Sequence[Course], moment: Moment) -> list[Attended]:
    """Every session that somebody was at, with its hours; one query. Their sum is the courses' hours."""
    return [Attended(*row) for row in ask(_SETTLED, _values(courses, moment))]
