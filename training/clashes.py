"""What stands in the way of a plan: a holiday, another course in the same place or with the same teacher, a participant
who is elsewhere.

Nothing of it is refused, since two courses may share a large house, and a make-up day may lie on a holiday: it is told
to whoever plans. Where a time is not known, the whole day is meant.
"""

import datetime as dt
from collections.abc import Iterable
from functools import cache

import holidays
from django.db.models import Exists, OuterRef, Q, QuerySet

from bydelsmoedre.sorting import danish_key
from training.models import Course, Participation, Session
from volunteers.models import Volunteer

#: Days on which Danish offices are closed, though they are no public holidays.
CLOSED = {(6, 5), (12, 24), (12, 31)}


def holiday(on: dt.date) -> str:
    """The name of the Danish holiday on that day; "" where it is none."""
    return _holidays(on.year).get(on, "")


@cache
def _holidays(year: int) -> dict[dt.date, str]:
    known = holidays.country_holidays("DK", years=year, categories=("public", "optional"), language="da")
    public = holidays.country_holidays("DK", years=year, language="da")
    return {day: name for day, name in known.items() if day in public or (day.month, day.day) in CLOSED}


def holidays_between(first: dt.date, last: dt.date, weekday: int) -> list[dt.date]:
    """The holidays on one weekday, after the first day and up to the last."""
    days = (first + dt.timedelta(number) for number in range(1, (last - first).days + 1))
    return [day for day in days if day.weekday() == weekday and holiday(day)]


def in_the_same_place(sessions: Iterable[Session], place: str) -> list[Session]:
    """Other courses' sessions in that place at the same time as one of these; one query."""
    wanted = list(sessions)
    key = danish_key(place.strip())
    if not key or not wanted:
        return []
    course = wanted[0].course
    others = (
        Session.objects.filter(
            held_on__in={one.held_on for one in wanted},
            is_cancelled=False,
            course__curriculum__programme=course.curriculum.programme_id,
        )
        .exclude(course=course)
        .exclude(course__place="")
        .select_related("course")
        .order_by("held_on", "starts_at", "pk")
    )
    return [
        one
        for one in others
        if danish_key(one.course.place.strip()) == key and any(_overlap(one, other) for other in wanted)
    ]


def taught_by_the_same(sessions: Iterable[Session]) -> list[Session]:
    """Other courses' sessions with the same teacher at the same time as one of these; one query. A session without a
    teacher of its own has the course's."""
    wanted = [one for one in sessions if not one.is_cancelled and teacher_of(one)]
    if not wanted:
        return []
    others = (
        Session.objects.filter(held_on__in={one.held_on for one in wanted}, is_cancelled=False)
        .filter(Q(teacher__in=map(teacher_of, wanted)) | Q(teacher=None, course__teacher__in=map(teacher_of, wanted)))
        .exclude(course=wanted[0].course)
        .select_related("course")
        .order_by("held_on", "starts_at", "pk")
    )
    return [
        other
        for other in others
        if any(teacher_of(one) == teacher_of(other) and _overlap(one, other) for one in wanted)
    ]


def teacher_of(session: Session) -> int | None:
    """The id of who teaches on that day."""
    return session.teacher_id or session.course.teacher_id


def elsewhere(volunteer: Volunteer, course: Course, since: dt.date) -> list[Session]:
    """Days of other courses in which she has a seat at the same time as a day of this one, from `since`.
    Two queries."""
    mine = list(Session.objects.filter(course=course, held_on__gte=since, is_cancelled=False))
    return [one for one in _attended_by(volunteer, mine, course) if any(_overlap(one, other) for other in mine)]


def _attended_by(volunteer: Volunteer, mine: list[Session], course: Course) -> QuerySet[Session]:
    seats = Participation.objects.current().filter(
        Q(ended_on=None) | Q(ended_on__gte=OuterRef("held_on")),
        enrolment__course=OuterRef("course"),
        enrolment__volunteer=volunteer,
        status=Participation.Status.ENROLLED,
        started_on__lte=OuterRef("held_on"),
    )
    days = {one.held_on for one in mine}
    others = Session.objects.filter(Exists(seats), held_on__in=days, is_cancelled=False, is_make_up=False)
    return others.exclude(course=course).select_related("course").order_by("held_on", "pk")


def _overlap(one: Session, other: Session) -> bool:
    if one.held_on != other.held_on:
        return False
    starts = [session.starts_at or dt.time.min for session in (one, other)]
    ends = [session.ends_at or dt.time.max for session in (one, other)]
    return max(starts) < min(ends)
