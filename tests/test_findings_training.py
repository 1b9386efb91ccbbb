"""Findings about attendance at make-up sessions: only where somebody is expected, as on the page that records it."""

import datetime as dt

import pytest

from bydelsmoedre.moment import Moment
from reports.findings import found
from tests import factories as make
from training.attendance import expected
from training.models import Attendance, Course, Enrolment, Participation, Session

D = dt.date
PLANNED, MAKE_UP, AGAIN = D(2011, 3, 7), D(2011, 3, 14), D(2011, 3, 21)
pytestmark = pytest.mark.django_db


@pytest.fixture
def course(programme):
    made = Course.objects.create(
        curriculum=programme.curricula.get(kind="basic"), name="Hold 1", starts_on=PLANNED, ends_on=AGAIN
    )
    for day in (PLANNED, MAKE_UP):
        Session.objects.create(course=made, module=1, held_on=day, is_make_up=day != PLANNED)
    return made


@pytest.fixture
def participants(programme, course):
    people = [make.VolunteerFactory(programme=programme) for _ in range(2)]
    enrolled = [Enrolment.objects.create(volunteer=person, course=course) for person in people]
    for enrolment in enrolled:
        Participation.record(by=None, enrolment=enrolment, started_on=PLANNED)
    return enrolled


def attend(session, enrolment, mark):
    return Attendance.record(by=None, enrolment=enrolment, session=session, mark=mark, happened_on=session.held_on)


def missing(course, on):
    """The days whose attendance is missing; each is one on which somebody is expected."""
    programme = course.curriculum.programme
    days = [one.since for one in found(programme, Moment(on), codes=["attendance_missing"])]
    assert all(expected(course.sessions.get(held_on=day)) for day in days)
    return days


def test_make_up_session_at_which_nobody_is_expected_is_no_finding(course, participants):
    for enrolment in participants:
        attend(course.sessions.get(held_on=PLANNED), enrolment, "present")

    assert expected(course.sessions.get(held_on=MAKE_UP)) == []
    assert missing(course, D(2011, 4, 1)) == []


@pytest.mark.parametrize("mark", ["excused", "absent", None])
def test_make_up_session_is_a_finding_where_one_who_was_not_there_is_expected(course, participants, mark):
    planned = course.sessions.get(held_on=PLANNED)
    attend(planned, participants[0], "present")
    if mark:
        attend(planned, participants[1], mark)

    assert [one.enrolment for one in expected(course.sessions.get(held_on=MAKE_UP))] == [participants[1]]
    assert missing(course, MAKE_UP) == []
    assert missing(course, MAKE_UP + dt.timedelta(1)) == [MAKE_UP]


def test_presence_that_is_retracted_or_of_another_module_leaves_the_make_up_session_a_finding(course, participants):
    other = Session.objects.create(course=course, module=2, held_on=PLANNED + dt.timedelta(1))
    for enrolment in participants:
        attend(other, enrolment, "present")
        attend(course.sessions.get(module=1, held_on=PLANNED), enrolment, "present").retract(by=None, reason="Fejl")

    assert len(expected(course.sessions.get(held_on=MAKE_UP))) == 2
    assert MAKE_UP in missing(course, D(2011, 4, 1))


def test_presence_that_came_later_did_not_yet_excuse_from_the_make_up_session(course, participants):
    again = Session.objects.create(course=course, module=1, held_on=AGAIN, is_make_up=True)
    attend(course.sessions.get(held_on=PLANNED), participants[0], "present")
    attend(course.sessions.get(held_on=PLANNED), participants[1], "absent")
    before = AGAIN - dt.timedelta(1)
    told = missing(course, before)
    attend(again, participants[1], "present")
    programme = course.curriculum.programme

    assert told == [MAKE_UP]
    assert [one.since for one in found(programme, Moment(before), codes=["attendance_missing"])] == [MAKE_UP]
    assert missing(course, D(2011, 4, 1)) == []
