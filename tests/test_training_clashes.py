"""What is told to whoever plans: holidays, a place that is taken, a participant who is elsewhere; and a course like
another."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests import factories as make
from tests.training import WEEK, planned_course, publish, take_part
from training.clashes import holiday, holidays_between
from training.models import Course
from training.planning import teaching_days

D, T = dt.date, dt.time
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("danish")]

MONDAY = D(2011, 4, 11)  # 25 April is Easter Monday, 13 June Whit Monday


@pytest.fixture
def basic(programme):
    found = programme.curricula.get(kind="basic")
    publish(found, count=3)
    return found


def create(secretary, basic, first=MONDAY, **typed):
    sent = {"curriculum": basic.pk, "name": "Nyt hold", "language": "da", "capacity": "20", "starts_on": f"{first}"}
    response = secretary.post(reverse("training:create"), sent | typed)
    assert response.status_code == 302
    return Course.objects.get(name="Nyt hold"), " ".join(str(one) for one in get_messages(response.wsgi_request))


def days(course):
    return list(course.sessions.order_by("held_on").values_list("held_on", flat=True))


def test_course_steps_over_a_holiday_and_says_so(secretary, basic):
    course, said = create(secretary, basic, skips_holidays="on")

    assert days(course) == [MONDAY, D(2011, 4, 18), D(2011, 5, 2)]
    assert "25.04.2011 (Anden påskedag)" in said


def test_course_that_is_taught_on_holidays_steps_over_none(secretary, basic):
    course, said = create(secretary, basic)

    assert days(course) == [MONDAY, MONDAY + WEEK, MONDAY + 2 * WEEK]
    assert "påskedag" not in said


def test_days_without_teaching_are_stepped_over_besides(secretary, basic):
    course, _said = create(secretary, basic, skips_holidays="on", skipped="18.04.2011")

    assert days(course) == [MONDAY, D(2011, 5, 2), D(2011, 5, 9)]


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (D(2011, 5, 20), "Store bededag"),
        (D(2024, 4, 26), ""),  # abolished
        (D(2011, 6, 5), "Grundlovsdag"),
        (D(2011, 12, 24), "Juleaftensdag"),
        (D(2012, 5, 1), ""),
        (D(2011, 4, 26), ""),
    ],
)
def test_holidays_are_those_of_the_year(day, name):
    assert holiday(day) == name


@given(st.dates(D(2011, 1, 1), D(2030, 1, 1)), st.integers(1, 20))
def test_no_day_after_the_first_is_a_holiday_that_was_left_out(first, count):
    left_out = holidays_between(first, first + count * 2 * WEEK, first.weekday())

    planned = teaching_days(first, count, left_out)

    assert len(planned) == len(set(planned)) == count
    assert not [day for day in planned[1:] if day <= first + count * 2 * WEEK and holiday(day)]


def at(course, starts, ends):
    course.sessions.update(starts_at=starts, ends_at=ends)


@pytest.mark.parametrize(
    ("place", "starts", "ends", "is_told"),
    [
        ("medborgerhuset ", "18.00", "20.00", True),
        ("Medborgerhuset", "19.00", "21.00", False),
        ("Medborgerhuset", "15.00", "17.00", False),
        ("Medborgerhuset", "", "", True),
        ("Biblioteket", "18.00", "20.00", False),
        ("", "18.00", "20.00", False),
    ],
)
def test_place_that_is_taken_at_the_same_time_is_told(secretary, basic, place, starts, ends, is_told):
    at(planned_course(basic, first=MONDAY, name="Hold 1", place="Medborgerhuset"), T(17), T(19))

    _course, said = create(secretary, basic, place=place, starts_at=starts, ends_at=ends)

    assert ("11.04.2011 (Hold 1)" in said) == is_told


def test_session_moved_to_a_holiday_is_told_so(secretary, basic):
    session = planned_course(basic, first=MONDAY, name="Hold 1").sessions.get(module=2)
    url = reverse("training:edit_session", args=[session.uuid])
    hidden = {one.html_name: one.value() or "" for one in secretary.get(url).context["form"].hidden_fields()}

    response = secretary.post(url, hidden | {"held_on": "2011-04-22"})

    assert "22.04.2011 er en helligdag: Langfredag." in [str(one) for one in get_messages(response.wsgi_request)]


@pytest.mark.parametrize(
    ("status", "until", "is_told"),
    [("enrolled", None, True), ("waiting", None, False), ("enrolled", MONDAY - dt.timedelta(1), False)],
)
def test_participant_with_a_seat_elsewhere_at_the_same_time_is_told(secretary, basic, status, until, is_told):
    one, other = (planned_course(basic, first=MONDAY, name=f"Hold {number}") for number in (1, 2))
    person = make.VolunteerFactory(programme=basic.programme)
    reason = {"end_reason": "dropped_out"} if until else {}
    take_part(one, person, since=MONDAY - WEEK, until=until, status=status, **reason)

    response = secretary.post(
        reverse("training:enrol", args=[other.uuid]), {"volunteer": person.pk, "started_on": f"{MONDAY}", "note": ""}
    )

    said = " ".join(str(one) for one in get_messages(response.wsgi_request))
    assert response.status_code == 302
    assert ("11.04.2011 (Hold 1)" in said) == is_told


def test_course_is_planned_like_another(secretary, basic):
    model = planned_course(basic, first=MONDAY, name="Hold 1", place="Medborgerhuset", language="ar", capacity=12)
    at(model, T(17), T(19))

    form = secretary.get(reverse("training:create"), {"som": str(model.uuid)}).context["form"]

    shown = {name: form[name].value() for name in ("curriculum", "place", "language", "capacity", "name", "starts_on")}
    assert shown == {
        "curriculum": basic.pk,
        "place": "Medborgerhuset",
        "language": "ar",
        "capacity": 12,
        "name": None,
        "starts_on": None,
    }
    assert (form["starts_at"].value(), form["ends_at"].value()) == (T(17), T(19))


def test_course_that_one_may_not_see_is_no_model(secretary, twin):
    theirs = planned_course(twin.curricula.get(kind="basic"), name="Hold 9", place="Hemmeligt")

    for named in (str(theirs.uuid), "x", ""):
        form = secretary.get(reverse("training:create"), {"som": named}).context["form"]
        assert form["place"].value() in (None, "")
