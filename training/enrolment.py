"""Seats of a course: who gets one, who waits, and when it becomes free.

Whoever gives a seat locks the course's row first, so that two at once can never give the same one.
"""

import datetime as dt
from typing import Any

from django.db import transaction

from bydelsmoedre.entry import Overtaken
from training.models import Course, Enrolment, Participation, Transfer
from volunteers.models import Volunteer

DAY = dt.timedelta(days=1)


class CourseIsFull(Overtaken):
    """Every seat is taken; nothing was changed."""


def lock(course: Course) -> Course:
    """The course as it is saved now; until this transaction ends, nobody else gives its seats."""
    return Course.objects.select_for_update(of=("self",)).get(pk=course.pk)


def seats_taken(course: Course, since: dt.date) -> int:
    """How many seats are taken at most on any one day from that day on, as we know it now."""
    held = list(
        Participation.objects.current()
        .filter(enrolment__course=course, status=Participation.Status.ENROLLED)
        .values_list("started_on", "ended_on")
    )
    days = {since} | {start for start, _end in held if start > since}
    return max(sum(start <= day and (end is None or day <= end) for start, end in held) for day in days)


def has_seat(course: Course, since: dt.date) -> bool:
    """Is a seat free from that day on?"""
    return seats_taken(course, since) < course.capacity


@transaction.atomic
def enrol(course: Course, volunteer: Volunteer, *, since: dt.date, by: Any, note: str = "") -> Participation:
    """Give her a seat from that day on; where the course is full, she goes on the waiting list."""
    locked = lock(course)
    enrolment, _made = Enrolment.objects.get_or_create(course=locked, volunteer=volunteer)
    status = Participation.Status.ENROLLED if has_seat(locked, since) else Participation.Status.WAITING
    return Participation.record(by=by, enrolment=enrolment, status=status, started_on=since, note=note)


@transaction.atomic
def give_seat(waiting: Participation, *, since: dt.date, by: Any, reason: str) -> Participation:
    """One who waits gets a seat from that day on. Raises `CourseIsFull` where there is none."""
    locked = lock(waiting.enrolment.course)
    if not has_seat(locked, since):
        raise CourseIsFull
    return _take_seat(waiting.enrolment, waiting, since=since, by=by, reason=reason)


def _take_seat(
    enrolment: Enrolment, waiting: Participation | None, *, since: dt.date, by: Any, reason: str
) -> Participation:
    """She has a seat from that day on, and waits no longer."""
    if waiting and since <= waiting.started_on:
        return waiting.supersede(
            by=by, reason=reason, status=Participation.Status.ENROLLED, started_on=since, end_reason=""
        )
    if waiting:
        waiting.supersede(by=by, reason=reason, ended_on=since - DAY, end_reason=Participation.Reason.GOT_A_SEAT)
    return Participation.record(by=by, enrolment=enrolment, status=Participation.Status.ENROLLED, started_on=since)


def end_participation(
    held: Participation, *, ended_on: dt.date, end_reason: str, by: Any, reason: str
) -> Participation:
    """She takes part, or waits, until that day: the version without an end is superseded by one with it."""
    return held.supersede(by=by, reason=reason, ended_on=ended_on, end_reason=end_reason)


@transaction.atomic
def transfer(held: Participation, course: Course, *, since: dt.date, by: Any, reason: str) -> Participation:
    """She goes on in another course of the same training from that day: what she attended until then counts there, and
    so does what was carried over to the first one. Where she waited for a seat there, she waits no longer. Raises
    `CourseIsFull` where no seat is free: she stays where she is."""
    locked = lock(course)
    if not has_seat(locked, since):
        raise CourseIsFull
    until = since - DAY
    end_participation(held, ended_on=until, end_reason=Participation.Reason.TRANSFERRED, by=by, reason=reason)
    source = held.enrolment
    goes_on, _made = Enrolment.objects.get_or_create(course=locked, volunteer=source.volunteer)
    earlier = Transfer.objects.current().filter(enrolment=source).exclude(source=goes_on)
    carried = [(one.source, one.happened_on) for one in earlier.select_related("source")]
    for origin, day in [*carried, (source, until)]:
        _carry(origin, goes_on, day, by=by, reason=reason)
    waits = Participation.objects.current().filter(
        enrolment=goes_on, status=Participation.Status.WAITING, ended_on=None
    )
    return _take_seat(goes_on, waits.first(), since=since, by=by, reason=reason)


def _carry(source: Enrolment, goes_on: Enrolment, day: dt.date, *, by: Any, reason: str) -> None:
    """What she attended in the first course up to that day counts in the second: also where she has come from there
    before, and has been back since."""
    known = Transfer.objects.current().filter(enrolment=goes_on, source=source).first()
    if known is None:
        Transfer.record(by=by, enrolment=goes_on, source=source, happened_on=day)
    elif known.happened_on < day:
        known.supersede(by=by, reason=reason, happened_on=day)
