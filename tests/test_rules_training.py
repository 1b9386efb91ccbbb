"""Training: attendance on a day of one's own course, one seat at a time, and versions that follow each other."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from bydelsmoedre.owner import as_owner
from tests import factories as make
from tests.refusing import refused_by
from tests.training import publish, seat

D = dt.date

CHECKED = "23514"  # check_violation


@pytest.fixture
def enrolment(db):
    return make.EnrolmentFactory()


def test_attendance_is_recorded_on_a_day_of_the_course(enrolment):
    session = make.SessionFactory(course=enrolment.course)

    assert make.attendance(enrolment, session).is_current


def test_attendance_on_a_day_of_another_course_is_refused(enrolment):
    session = make.SessionFactory(course=make.CourseFactory(curriculum=enrolment.course.curriculum))

    with pytest.raises(DatabaseError, match="another course") as error, transaction.atomic():
        make.attendance(enrolment, session)

    assert error.value.__cause__.sqlstate == CHECKED


def test_attendance_on_a_day_of_another_course_is_refused_to_the_owner(db):
    with as_owner(), transaction.atomic():
        enrolment = make.EnrolmentFactory()

        with pytest.raises(DatabaseError, match="another course"), transaction.atomic():
            make.attendance(enrolment, make.SessionFactory())

        transaction.set_rollback(True)


def test_attendance_is_recorded_once_a_session(enrolment):
    session = make.attendance(enrolment).session

    assert refused_by(make.attendance, enrolment, session, mark="absent") == "training_attendance_once"


def test_attendance_is_corrected_by_a_new_version(enrolment):
    first = make.attendance(enrolment, mark="absent")

    second = first.supersede(by=None, reason="Hun kom sent", mark="present")

    assert list(enrolment.attendances.current()) == [second]


def test_person_is_enrolled_in_a_course_once(enrolment):
    refused = refused_by(make.EnrolmentFactory, volunteer=enrolment.volunteer, course=enrolment.course)

    assert refused == "training_enrolled_once"


def test_participant_waits_and_then_gets_a_seat(enrolment):
    seat(enrolment, D(2011, 2, 1), D(2011, 2, 28), status="waiting", end_reason="got_a_seat")

    seat(enrolment, D(2011, 3, 1))

    assert list(enrolment.participations.values_list("status", flat=True)) == ["waiting", "enrolled"]


def test_participant_has_one_seat_at_a_time(enrolment):
    seat(enrolment, D(2011, 2, 1))

    assert refused_by(seat, enrolment, D(2011, 3, 1)) == "training_one_participation"


@pytest.mark.parametrize(
    ("until", "reason"), [(D(2011, 3, 1), ""), (None, "dropped_out")], ids=["end-without-reason", "reason-without-end"]
)
def test_participation_that_ends_says_why(enrolment, until, reason):
    refused = refused_by(seat, enrolment, D(2011, 2, 1), until, end_reason=reason)

    assert refused == "training_participation_end_has_reason"


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"ends_on": D(2011, 2, 28)}, "training_course_ends_after_start"),
        ({"capacity": 0}, "training_course_has_seats"),
    ],
    ids=["ends-before-it-starts", "without-seats"],
)
def test_course_that_cannot_be_held_is_refused(db, values, name):
    assert refused_by(make.CourseFactory, **values) == name


def test_module_is_planned_once(db):
    session = make.SessionFactory()

    again = {"course": session.course, "module": session.module, "held_on": D(2011, 3, 8)}

    assert refused_by(make.SessionFactory, **again) == "training_module_once"


@pytest.mark.parametrize("mark", ["is_make_up", "is_cancelled"])
def test_module_is_planned_again_where_one_makes_up_for_the_other_or_is_cancelled(db, mark):
    session = make.SessionFactory(**{mark: True})

    make.SessionFactory(course=session.course, module=session.module, held_on=D(2011, 3, 8))

    assert session.course.sessions.count() == 2


def test_one_version_of_a_training_holds_at_a_time(db):
    curriculum = make.CurriculumFactory()
    publish(curriculum, since=D(2011, 1, 1))

    assert refused_by(publish, curriculum, since=D(2011, 7, 1), label="2.0") == "training_one_version"


@pytest.mark.parametrize("values", [{"count": 0}, {"required": 0}], ids=["no-modules", "none-required"])
def test_version_without_modules_is_refused(db, values):
    curriculum = make.CurriculumFactory()

    assert refused_by(publish, curriculum, **values) == "training_version_has_modules"


def test_enrolment_across_programmes_is_refused(enrolment):
    stranger = make.VolunteerFactory()

    with pytest.raises(DatabaseError, match="another programme") as error, transaction.atomic():
        make.EnrolmentFactory(volunteer=stranger, course=enrolment.course)

    assert error.value.__cause__.sqlstate == CHECKED
