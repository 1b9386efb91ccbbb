"""When a training is completed: at the boundaries, and one thing that always holds."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bydelsmoedre.moment import ALWAYS, Moment
from tests import factories as make
from tests.roles import clock
from tests.training import FIRST, WEEK, attend, planned_course, publish, take_part
from training.completion import completions, version_of
from training.progress import in_words

D = dt.date
pytestmark = pytest.mark.django_db
LATER = Moment(D(2011, 12, 31))


@pytest.fixture
def basic(programme):
    return programme.curricula.get(kind="basic")


@pytest.fixture
def course(basic):
    """Four modules a week apart; three are required, module 4 among them."""
    publish(basic, count=4, required=3, compulsory=[4])
    return planned_course(basic, count=4)


def day(module):
    return FIRST + WEEK * (module - 1)


def far(participation, moment=LATER):
    course = participation.enrolment.course
    found = completions(course.curriculum.programme_id, moment, courses=[course])
    return found.get(participation.enrolment_id)


def test_completes_on_the_day_that_reaches_the_requirement_and_not_the_day_before(course):
    seat = attend(take_part(course), 1, 2, 4)

    before, on = far(seat, Moment(day(4) - dt.timedelta(days=1))), far(seat, Moment(day(4)))

    assert (before.completed_on, on.completed_on) == (None, day(4))


def test_the_day_of_the_last_needed_module_counts_when_the_compulsory_one_came_first(basic):
    publish(basic, count=4, required=3, compulsory=[1])
    seat = attend(take_part(planned_course(basic, count=4)), 1, 2, 3, 4)

    assert far(seat).completed_on == day(3)


def test_one_module_too_few_does_not_complete(course):
    seat = attend(take_part(course), 1, 4)

    assert (far(seat).completed_on, far(seat).lacks, far(seat).missing) == (None, 1, ())


def test_all_but_the_compulsory_module_does_not_complete(course):
    seat = attend(take_part(course), 1, 2, 3)

    assert (far(seat).completed_on, far(seat).lacks, far(seat).missing) == (None, 1, (4,))


def test_a_module_counts_once_however_often_she_was_there(course):
    seat = attend(take_part(course), 1, 4)
    make.SessionFactory(course=course, module=4, held_on=day(5), is_make_up=True)
    attend_again = course.sessions.get(module=4, is_make_up=True)
    make.attendance(seat.enrolment, attend_again)

    assert (far(seat).attended, far(seat).completed_on) == ((1, 4), None)


def test_a_make_up_session_completes_on_its_own_day(course):
    seat = attend(take_part(course), 1, 2)
    make.attendance(seat.enrolment, make.SessionFactory(course=course, module=4, held_on=day(9), is_make_up=True))

    assert (far(seat, Moment(day(8))).completed_on, far(seat).completed_on) == (None, day(9))


@pytest.mark.parametrize("mark", ["excused", "absent"])
def test_neither_an_apology_nor_staying_away_is_attendance(course, mark):
    seat = attend(attend(take_part(course), 1, 2), 4, mark=mark)

    assert (far(seat).attended, far(seat).completed_on) == ((1, 2), None)


def test_whoever_waits_completes_nothing(course):
    assert far(take_part(course, status="waiting")) is None


def test_whoever_has_left_is_asked_about_while_she_had_a_seat_only(course):
    seat = attend(take_part(course, until=day(4), end_reason="dropped_out"), 1, 2, 4)

    assert far(seat, Moment(day(4))).completed_on == day(4)
    assert far(seat, Moment(day(4) + dt.timedelta(days=1))) is None


def test_attendance_that_is_recorded_later_was_not_known_before(basic):
    with clock(dt.datetime(2011, 4, 1, tzinfo=dt.UTC)):
        publish(basic, count=4, required=3, compulsory=[4])
        seat = attend(take_part(planned_course(basic, count=4)), 1, 2)
    with clock(dt.datetime(2011, 5, 1, tzinfo=dt.UTC)):
        attend(seat, 4)

    known = [far(seat, Moment(D(2011, 12, 31), dt.datetime(2011, month, 15, tzinfo=dt.UTC))) for month in (4, 5)]

    assert [one.completed_on for one in known] == [None, day(4)]


def test_a_certificate_ends_the_proposal(course):
    seat = attend(take_part(course), 1, 2, 4)
    before = far(seat).is_proposed
    make.certificate(seat.enrolment.volunteer, course.curriculum, since=D(2011, 6, 1))

    assert (before, far(seat).is_proposed, far(seat).certified_on) == (True, False, D(2011, 6, 1))


def test_a_new_version_changes_nothing_for_a_course_that_began_under_the_old(basic):
    publish(basic, count=2, required=1, until=FIRST)
    publish(basic, count=2, required=2, since=FIRST + dt.timedelta(days=1), label="2012")
    old = attend(take_part(planned_course(basic, count=2)), 1)
    new = attend(take_part(planned_course(basic, count=2, first=FIRST + WEEK)), 1)

    assert (far(old).required, far(old).completed_on) == (1, FIRST)
    assert (far(new).required, far(new).completed_on) == (2, None)


@pytest.mark.parametrize(
    ("first", "required"),
    [(D(2010, 6, 1), 1), (D(2011, 1, 1), 1), (D(2011, 6, 30), 1), (D(2011, 8, 1), 1), (D(2011, 9, 1), 2)],
    ids=["before-all", "first-day", "last-day", "in-a-gap", "under-the-next"],
)
def test_the_version_is_chosen_alike_in_sql_and_in_python(basic, first, required):
    publish(basic, count=2, required=1, since=D(2011, 1, 1), until=D(2011, 6, 30))
    publish(basic, count=2, required=2, since=D(2011, 9, 1), label="2")
    seat = take_part(planned_course(basic, count=2, first=first), since=first)

    chosen = version_of(basic.pk, first, ALWAYS)

    assert (chosen.required_modules, far(seat).required) == (required, required)


def test_without_a_version_nobody_completes(basic):
    seat = attend(take_part(planned_course(basic, count=2)), 1, 2)

    assert (far(seat).required, far(seat).completed_on) == (0, None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_adding_attendance_never_makes_a_complete_person_incomplete(programme, data):
    count = data.draw(st.integers(1, 5), label="modules")
    numbers = st.sets(st.integers(1, count))
    curriculum = make.CurriculumFactory(programme=programme)
    publish(
        curriculum, count, data.draw(st.integers(1, count), label="required"), data.draw(numbers, label="compulsory")
    )
    first, added = data.draw(numbers, label="attended"), data.draw(numbers, label="added")
    seat = attend(take_part(planned_course(curriculum, count)), *first)

    before = far(seat)
    attend(seat, *(added - first))
    after = far(seat)

    assert before.completed_on is None or after.completed_on is not None
    assert before.completed_on is None or after.completed_on <= before.completed_on
    assert after.lacks <= before.lacks
    assert (after.lacks == 0) == (after.completed_on is not None)


@pytest.mark.parametrize(
    ("attended", "words"),
    [
        ([1, 2, 4], "3 of 4 modules"),
        ([1, 2, 3], "3 of 4 modules; lacks module 4"),
        ([1, 4], "2 of 4 modules; lacks 1 module"),
        ([1], "1 of 4 modules; lacks module 4 and 1 more"),
        ([], "0 of 4 modules; lacks module 4 and 2 more"),
    ],
    ids=["completed", "compulsory", "any", "both", "nothing"],
)
def test_what_she_lacks_is_told_in_words(course, attended, words):
    seat = attend(take_part(course), *attended)

    with translation.override("en"):
        assert in_words(far(seat)) == words
