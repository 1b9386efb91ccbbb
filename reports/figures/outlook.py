"""How a numeric criterion looks for its deadline: what is certain, and what the plans with their dates would add.

Certain is what counts now and what nothing known ends before the deadline. Expected is that, and what is under way
with a date before it: an association whose founding meeting is planned, a coordinator whose certificate, role and
association are each there or on their way by a date. Nothing is reckoned from how fast it went so far.

It is asked of the present only: plans have no past. Both answers are the criterion's own classification, of today and
of the deadline, with what is known today.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from django.db.models import OuterRef, Subquery

from associations.founding import foundings
from associations.models import StepKind, StepPlan
from bydelsmoedre.moment import Moment, end_of_day
from programme.models import Programme
from reports.figures.classification import Rule
from reports.figures.criteria import Measure, figures, rows
from reports.figures.shapes import Row
from training.completion import Completion, completions, version_of
from training.models import Course, Curriculum, CurriculumVersion, Enrolment, Session
from volunteers.merging import person_of
from volunteers.models import Volunteer


class Way(StrEnum):
    """What brings something to count, or ends that."""

    FOUNDING = "founding"
    COURSE = "course"
    RECORDED = "recorded"  #: a fact with a later day is recorded already
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Coming:
    """Something with a date before the deadline: identities and numbers; no names."""

    way: Way
    on: dt.date
    count: int = 0  #: so many come to count by it, or cease to
    uuid: UUID | None = None  #: the association, or the course
    step: str = ""  #: of a founding: the step that has the date
    on_track: int = 0  #: of a course: who can complete it in the days that are left
    undated: tuple[str, ...] = ()  #: of a founding: steps that lack a date


@dataclass(frozen=True, slots=True)
class Outlook:
    """A numeric criterion at its deadline, as it looks today."""

    deadline: dt.date
    target: int
    value: int  #: what counts today
    certain: int
    expected: int
    coming: tuple[Coming, ...]
    open: int  #: so many are under way without a date before the deadline
    steps: tuple[tuple[dt.date, int], ...]  #: the expected number from today on

    @property
    def is_certain(self) -> bool:
        return self.certain >= self.target

    @property
    def is_on_track(self) -> bool:
        return self.expected >= self.target

    @property
    def missing(self) -> int:
        return max(self.target - self.expected, 0)


def outlook(measure: Measure) -> Outlook | None:
    """The outlook of the criterion; None for a decision, and once the deadline has come. The same few queries whatever
    the data."""
    version, moment = measure.version, measure.moment
    if version.target is None or moment.on >= version.deadline:
        return None
    known = Moment(moment.on, min(moment.known_at, end_of_day(moment.on)))
    today, then = replace(measure, moment=known), replace(measure, moment=known.on_day(version.deadline))
    counting = [rows([one], counting=True)[measure.number] for one in (today, then)]
    near = rows([then], counting=False)[measure.number]
    changes = [(day, change) for day, change in figures([then])[0].changes if day > moment.on]
    pipeline = _associations if version.rule == Rule.ASSOCIATIONS_FOUNDED else _coordinators
    coming, added = pipeline(version.criterion.programme, near, known, version.deadline)
    return _outlook(measure, counting[0], counting[1], changes, coming, added, near)


def _outlook(
    measure: Measure,
    now: Sequence[Row],
    then: Sequence[Row],
    changes: Sequence[tuple[dt.date, int]],
    coming: Sequence[Coming],
    added: Mapping[UUID, dt.date],
    near: Sequence[Row],
) -> Outlook:
    version = measure.version
    certain = len({row.uuid for row in now} & {row.uuid for row in then})
    known = [Coming(Way.RECORDED if change > 0 else Way.ENDS, day, abs(change)) for day, change in changes if change]
    steps = _steps(measure.moment.on, len(now), [*changes, *((day, 1) for day in added.values())])
    return Outlook(
        deadline=version.deadline,
        target=version.target or 0,
        value=len(now),
        certain=certain,
        expected=len(then) + len(added),
        coming=tuple(sorted([*coming, *known], key=lambda one: (one.on, one.way, str(one.uuid)))),
        open=sum(row.uuid not in added for row in near),
        steps=steps,
    )


def _steps(on: dt.date, value: int, changes: Iterable[tuple[dt.date, int]]) -> tuple[tuple[dt.date, int], ...]:
    """From what counts today and what is to come, the number from each day on."""
    by_day: dict[dt.date, int] = defaultdict(int)
    for day, change in changes:
        by_day[max(day, on)] += change
    found = {on: value}
    for day in sorted(by_day):
        value += by_day[day]
        found[day] = value
    return tuple(found.items())


# --- Associations


@dataclass(frozen=True, slots=True)
class _Founding:
    """When an association under way is expected to be founded."""

    on: dt.date
    step: str
    undated: tuple[str, ...]


def _expected_foundings(programme: Programme, known: Moment, deadline: dt.date) -> dict[UUID, _Founding]:
    """The associations that the plans found by the deadline; two queries.

    The founding meeting carries the date: what else it lacks is usual to take at or after it, so a step without a date
    keeps nobody out, and is named. Once the meeting is held, every step that is lacking needs a date of its own. A date
    that has passed with nothing recorded, or that lies after the deadline, is none.
    """
    forming = {
        one.uuid: one
        for one in foundings(programme.pk, known.on_day(deadline))
        if one.founded_on is None and one.closed_on is None and one.total
    }
    planned: dict[UUID, dict[str, dt.date]] = defaultdict(dict)
    plans = StepPlan.objects.filter(association__uuid__in=forming)
    for uuid, kind, day in plans.values_list("association__uuid", "kind", "planned_on"):
        planned[uuid][kind] = day
    found = {uuid: _founding(one.lacks, planned[uuid], known.on, deadline) for uuid, one in forming.items()}
    return {uuid: one for uuid, one in found.items() if one}


def _founding(lacks: Sequence[str], planned: Mapping[str, dt.date], on: dt.date, deadline: dt.date) -> _Founding | None:
    kinds = [StepKind.BOARD.value if code == "board_size" else code for code in lacks]
    dated = {kind: planned[kind] for kind in kinds if kind in planned}
    undated = tuple(kind for kind in kinds if kind not in planned)
    if not dated or any(not on <= day <= deadline for day in dated.values()):
        return None
    if undated and StepKind.MEETING not in dated:
        return None
    step = StepKind.MEETING.value if StepKind.MEETING in dated else max(dated, key=lambda kind: dated[kind])
    return _Founding(max(dated.values()), step, undated)


def _associations(
    programme: Programme, near: Sequence[Row], known: Moment, deadline: dt.date
) -> tuple[list[Coming], dict[UUID, dt.date]]:
    """The foundings to come, also of associations whose first step is not taken yet, with the days they add one on."""
    expected = _expected_foundings(programme, known, deadline)
    coming = [Coming(Way.FOUNDING, one.on, 1, uuid, one.step, undated=one.undated) for uuid, one in expected.items()]
    return coming, {uuid: one.on for uuid, one in expected.items()}


# --- Coordinators


@dataclass(frozen=True, slots=True)
class _OnTrack:
    """By which course, and by when, somebody can have her certificate."""

    course: UUID
    on: dt.date


def _coordinators(
    programme: Programme, near: Sequence[Row], known: Moment, deadline: dt.date
) -> tuple[list[Coming], dict[UUID, dt.date]]:
    """The courses to end before the deadline with who is on track in them, the foundings that some wait for, and those
    coordinators of whom all that is lacking is on its way by a date. Each is counted where the last of it comes from.
    """
    expected = _expected_foundings(programme, known, deadline)
    tracked = _on_track(programme, known, deadline)
    added: dict[UUID, dt.date] = {}
    by_course: dict[UUID, int] = defaultdict(int)
    by_founding: dict[UUID, int] = defaultdict(int)
    for row in near:
        founding = expected.get(row.association) if row.association else None
        days = _awaited(row, tracked.get(row.uuid), founding)
        if days is None:
            continue
        added[row.uuid] = max([known.on, *row.facts.values(), *days.values()])
        if max(days, key=lambda way: days[way]) == Way.FOUNDING and row.association:
            by_founding[row.association] += 1
        else:
            by_course[tracked[row.uuid].course] += 1
    courses = {one.course: one.on for one in tracked.values()}
    people = [one.course for one in tracked.values()]
    coming = [
        Coming(Way.COURSE, on, by_course[course], course, on_track=people.count(course))
        for course, on in courses.items()
    ]
    coming += [
        Coming(Way.FOUNDING, expected[uuid].on, count, uuid, expected[uuid].step, undated=expected[uuid].undated)
        for uuid, count in by_founding.items()
    ]
    return coming, added


def _awaited(row: Row, tracked: _OnTrack | None, founding: _Founding | None) -> dict[Way, dt.date] | None:
    """When each thing that a near miss lacks is there, were all to go as planned; None where one has no date."""
    days: dict[Way, dt.date] = {}
    if "coordinator_role" in row.lacks:
        return None
    if "certificate" in row.lacks:
        if tracked is None:
            return None
        days[Way.COURSE] = tracked.on
    if "founded_association" in row.lacks:
        if founding is None:
            return None
        days[Way.FOUNDING] = founding.on
    return days


def _on_track(programme: Programme, known: Moment, deadline: dt.date) -> dict[UUID, _OnTrack]:
    """By person: who has a seat in a coordinators' course, no certificate of it, and can still complete it in the days
    before the deadline; six queries. In a course to come she is whose seat holds at the deadline, as known now."""
    courses = list(
        Course.objects.filter(
            curriculum__programme=programme, curriculum__kind=Curriculum.Kind.COORDINATOR, starts_on__lte=deadline
        ).filter(ends_on__gte=known.on)
    )
    begun = [course for course in courses if course.starts_on <= known.on]
    to_come = [course for course in courses if course.starts_on > known.on]
    far = completions(programme.pk, known, courses=begun)
    far |= completions(programme.pk, known.on_day(deadline), courses=to_come)
    coming: dict[int, dict[int, dt.date]] = defaultdict(dict)
    left = Session.objects.filter(course__in=courses, held_on__range=(known.on, deadline), is_cancelled=False)
    for course_id, module, held_on in left.order_by("held_on").values_list("course", "module", "held_on"):
        coming[course_id].setdefault(module, held_on)
    versions = list(
        CurriculumVersion.objects.known(known.known_at)
        .filter(curriculum__in={course.curriculum_id for course in courses})
        .order_by("started_on")
    )
    by_id = {course.pk: course for course in courses}
    people = _people(far, known)
    found: dict[UUID, _OnTrack] = {}
    for pk, one in far.items():
        course = by_id[one.course_id]
        hours = _hours(course, [version for version in versions if version.curriculum_id == course.curriculum_id])
        day = completes_on(one, coming[course.pk], hours, known.on)
        if day is None or one.certified_on is not None:
            continue
        sooner = found.get(people[pk])
        if sooner is None or day < sooner.on:
            found[people[pk]] = _OnTrack(course.uuid, day)
    return found


def _people(enrolments: Iterable[int], known: Moment) -> dict[int, UUID]:
    """By enrolment: the person for whom it counts, as the criterion counts her; one query."""
    theirs = Enrolment.objects.filter(pk__in=list(enrolments)).annotate(person=person_of("volunteer", known.known_at))
    kept = Volunteer.objects.filter(pk=OuterRef("person")).values("uuid")
    return dict(theirs.values_list("pk", Subquery(kept)))


def _hours(course: Course, versions: Sequence[CurriculumVersion]) -> dict[int, Decimal]:
    version = version_of(course.curriculum_id, course.starts_on, among=versions)
    modules = version.modules if version else []
    return {int(one["number"]): Decimal(str(one.get("hours") or 0)) for one in modules}


def completes_on(
    one: Completion, coming: Mapping[int, dt.date], hours: Mapping[int, Decimal], on: dt.date
) -> dt.date | None:
    """The last day of those that are left, where being there on all of them completes the course; the day itself where
    she has completed it; None where it no longer can. `coming`: by module, the first day left on which it is taught."""
    if one.completed_on is not None:
        return on
    more = {module: day for module, day in coming.items() if module in one.modules and module not in one.attended}
    if not more or not one.required:
        return None
    gained = sum((hours.get(module, Decimal()) for module in more), Decimal())
    can = len(one.attended) + len(more) >= one.required and set(one.missing) <= set(more) and gained >= one.lacks_hours
    return max(more.values()) if can else None
