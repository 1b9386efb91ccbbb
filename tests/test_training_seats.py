"""Seats of a course: never more than there are, whoever asks at once; who comes too late waits."""

import datetime as dt
import threading
from html import unescape

import pytest
from django.db import connections
from django.urls import reverse
from django.utils.translation import gettext

from bydelsmoedre.entry import Overtaken
from tests import factories as make
from tests.doors import hidden_of
from tests.training import FIRST, WEEK, planned_course, publish, take_part
from training.enrolment import enrol, give_seat, seats_taken
from training.models import Participation
from volunteers.models import Volunteer

D = dt.date
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def course(programme):
    basic = programme.curricula.get(kind="basic")
    publish(basic)
    return planned_course(basic, capacity=2)


def statuses(course):
    return sorted(Participation.objects.current().filter(enrolment__course=course).values_list("status", flat=True))


def newcomer(course):
    return make.VolunteerFactory(programme=course.curriculum.programme)


def test_last_seat_is_given_and_the_next_one_waits(course):
    take_part(course)

    got, waits = (enrol(course, newcomer(course), since=FIRST, by=None) for _ in range(2))

    assert (got.status, waits.status) == ("enrolled", "waiting")


def test_seat_is_free_from_the_day_after_somebody_left(course):
    take_part(course)
    take_part(course, until=FIRST + WEEK, end_reason="dropped_out")

    assert [seats_taken(course, day) for day in (FIRST + WEEK, FIRST + WEEK + DAY)] == [2, 1]


def test_seat_that_somebody_has_from_a_later_day_is_not_given_away(course):
    take_part(course, since=FIRST + WEEK)
    take_part(course, since=FIRST + WEEK)

    assert enrol(course, newcomer(course), since=FIRST, by=None).status == "waiting"


def test_retracted_participation_takes_no_seat(course):
    for _ in range(2):
        take_part(course).retract(by=None, reason="Forkert hold")

    assert seats_taken(course, FIRST) == 0


def test_whoever_left_can_come_again_as_a_second_stint(course):
    left = take_part(course, until=FIRST + WEEK, end_reason="dropped_out")

    again = enrol(course, left.enrolment.volunteer, since=FIRST + WEEK * 2, by=None)

    assert again.enrolment == left.enrolment
    assert statuses(course) == ["enrolled", "enrolled"]


def test_one_who_waits_gets_the_seat_from_a_day_and_waited_until_the_day_before(course):
    waits = take_part(course, status="waiting")

    seat = give_seat(waits, since=FIRST + WEEK, by=None, reason="Plads")

    before, after = Participation.objects.current().filter(enrolment=waits.enrolment)
    assert (before.ended_on, before.end_reason, before.uuid) == (FIRST + WEEK - DAY, "got_a_seat", waits.uuid)
    assert (after, after.status, after.started_on) == (seat, "enrolled", FIRST + WEEK)


def test_seat_on_the_day_on_which_she_came_on_the_list_leaves_no_day_of_waiting(course):
    waits = take_part(course, status="waiting")

    seat = give_seat(waits, since=FIRST, by=None, reason="Plads")

    assert list(Participation.objects.current().filter(enrolment=waits.enrolment)) == [seat]
    assert (seat.status, seat.started_on) == ("enrolled", FIRST)


def test_full_course_gives_no_seat_to_one_who_waits(course):
    take_part(course)
    take_part(course)

    with pytest.raises(Overtaken):
        give_seat(take_part(course, status="waiting"), since=FIRST, by=None, reason="Plads")


# --- Through the doors


def test_page_says_that_she_is_on_the_waiting_list(course, secretary):
    take_part(course)
    take_part(course)
    person = newcomer(course)
    url = reverse("training:enrol", args=[course.uuid])

    response = secretary.post(url, {"volunteer": person.pk, "started_on": "2011-03-07"}, follow=True)

    said = gettext("The course is full. %(name)s is on the waiting list.") % {"name": person}
    assert said in unescape(response.content.decode())
    assert [line.name for line in response.context["waiting"]] == [person.name]


def test_who_is_enrolled_already_is_not_offered(course, secretary):
    seated, free = take_part(course).enrolment.volunteer, newcomer(course)
    url = reverse("training:enrol", args=[course.uuid])

    offered = dict(secretary.get(url).context["form"].fields["volunteer"].widget.choices)
    refused = secretary.post(url, {"volunteer": seated.pk, "started_on": "2011-03-07"})

    assert (free.pk in offered, seated.pk in offered) == (True, False)
    assert list(refused.context["form"].errors) == ["volunteer"]


def test_search_finds_a_part_of_a_name_and_keeps_who_was_chosen(course, secretary):
    amina, zoe = (make.VolunteerFactory(programme=course.curriculum.programme, name=name) for name in ("Ámina", "Zoë"))
    url = reverse("training:enrol", args=[course.uuid]) + "?q=AMIN"

    found = secretary.get(url).context["form"].fields["volunteer"].widget.choices
    kept = secretary.post(url, {"volunteer": zoe.pk, "started_on": "31.02.2011"}).context["form"]

    assert [pk for pk, _name in found] == ["", amina.pk]
    assert [pk for pk, _name in kept.fields["volunteer"].widget.choices] == ["", amina.pk, zoe.pk]


def test_volunteer_of_another_programme_cannot_be_enrolled(course, secretary, twin):
    url = reverse("training:enrol", args=[course.uuid])

    response = secretary.post(url, {"volunteer": twin.volunteers.first().pk, "started_on": "2011-03-07"})

    assert list(response.context["form"].errors) == ["volunteer"]
    assert statuses(course) == []


def test_full_course_refuses_the_seat_beside_its_field(course, secretary):
    take_part(course)
    take_part(course)
    url = reverse("training:seat", args=[take_part(course, status="waiting").uuid])
    hidden = hidden_of(secretary.get(url))

    response = secretary.post(url, hidden | {"started_on": "2011-03-14"})

    message = gettext("The course is full on that day: no seat is free.")
    assert dict(response.context["form"].errors) == {"started_on": [message]}
    assert statuses(course) == ["enrolled", "enrolled", "waiting"]


def test_participation_is_ended_with_its_reason(course, secretary):
    seat = take_part(course)
    url = reverse("training:end_participation", args=[seat.uuid])
    hidden = hidden_of(secretary.get(url))

    secretary.post(url, hidden | {"ended_on": "2011-03-21", "end_reason": "transferred"})

    ended = Participation.objects.current().get(uuid=seat.uuid)
    assert (ended.ended_on, ended.end_reason) == (D(2011, 3, 21), "transferred")


def test_course_cannot_be_made_smaller_than_its_seats_are_taken(course, secretary):
    take_part(course)
    take_part(course)
    url = reverse("training:edit", args=[course.uuid])
    shown = {field.html_name: field.value() or "" for field in secretary.get(url).context["form"]}

    response = secretary.post(url, shown | {"capacity": "1"})

    message = gettext("%(count)s hold a seat already. End a participation first.") % {"count": 2}
    assert dict(response.context["form"].errors) == {"capacity": [message]}


# --- Many at once

SEATS, ASKING, AT_ONCE, RUNS = 20, 200, 50, 5


def enrol_apart(course, people, start):
    """One of many who ask at the same time, with a connection of its own, for one person after the other."""
    try:
        for person in people:
            start.wait(30)
            enrol(course, person, since=FIRST, by=None)
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_as_many_as_there_are_seats_get_one_however_many_ask_at_once():
    programme = make.plan("København")
    basic = programme.curricula.get(kind="basic")
    publish(basic)
    people = Volunteer.objects.bulk_create(Volunteer(programme=programme, name=f"Nr {n}") for n in range(ASKING))
    asked = [people[first::AT_ONCE] for first in range(AT_ONCE)]
    courses = [planned_course(basic, capacity=SEATS, name=f"Hold {run}") for run in range(RUNS)]

    for course in courses:
        start = threading.Barrier(AT_ONCE)
        threads = [threading.Thread(target=enrol_apart, args=(course, some, start)) for some in asked]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)

    each = ["enrolled"] * SEATS + ["waiting"] * (ASKING - SEATS)
    assert [statuses(course) for course in courses] == [each] * RUNS
