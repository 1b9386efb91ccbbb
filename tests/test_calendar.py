"""The calendar: what is planned, as far as the reader may see it; and the file that another program reads alike."""

import datetime as dt

import pytest
import vobject
from django.test import Client
from django.urls import reverse

from accounts.calendars import make_address, token_of
from accounts.models import CalendarAddress
from bydelsmoedre.moment import COPENHAGEN, today
from reports.calendars import BACK, entries
from tests import factories as make
from tests.training import planned_course
from volunteers.models import Gathering

D, T = dt.date, dt.time
WEEK = dt.timedelta(weeks=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def association(programme):
    return make.founded_association(programme, name="Bydelsmødre i Tingbjerg")


@pytest.fixture
def course(programme, association):
    basic = programme.curricula.get(kind="basic")
    return planned_course(
        basic, count=3, first=today() + WEEK, association=association, name="Hold 1", place="Biblioteket, 1. sal"
    )


@pytest.fixture
def monthly(association):
    return Gathering.objects.create(
        association=association, kind="monthly", planned_on=today() + WEEK, starts_at=T(17), place="Huset; gården"
    )


def file_of(user):
    """As a calendar program fetches it: without a login."""
    answer = Client().get(reverse("reports:calendar_file", args=[token_of(make_address(user))]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return vobject.readOne(answer.content.decode())


def told(event):
    """An event as another library reads it: day or time, words, place, status."""
    starts = event.dtstart.value
    at = (starts.date(), starts.astimezone(COPENHAGEN).time()) if isinstance(starts, dt.datetime) else (starts, None)
    place = event.location.value if hasattr(event, "location") else ""
    return (*at, event.summary.value, place, event.status.value == "CANCELLED")


def test_file_read_by_another_library_equals_the_calendar(programme, course, monthly, secretariat):
    session = course.sessions.first()
    session.starts_at, session.ends_at, session.is_cancelled = T(9, 30), T(12), True
    session.save()
    shown = entries(secretariat, today() - dt.timedelta(BACK), today() + dt.timedelta(400))

    read = file_of(secretariat).vevent_list

    assert len(read) == 4
    assert sorted(map(told, read), key=str) == sorted(
        ((one.day, one.starts_at, one.words, one.place, one.is_cancelled) for one in shown), key=str
    )
    lasts = {event.summary.value: event.dtend.value - event.dtstart.value for event in read}
    assert lasts["Aflyst: Hold 1, modul 1"] == dt.timedelta(hours=2.5)


def test_summer_time_and_winter_time_are_copenhagens(association, secretariat):
    for day in (today() + dt.timedelta(number) for number in (30, 210)):
        Gathering.objects.create(association=association, kind="board", planned_on=day, starts_at=T(17))

    read = file_of(secretariat).vevent_list

    assert [event.dtstart.value.astimezone(COPENHAGEN).time() for event in read] == [T(17), T(17)]


def test_what_was_moved_keeps_its_identity(monthly, secretariat):
    before = file_of(secretariat).vevent.uid.value
    Gathering.objects.filter(pk=monthly.pk).update(planned_on=today() + 2 * WEEK)

    event = file_of(secretariat).vevent

    assert (event.uid.value, event.dtstart.value.date()) == (before, today() + 2 * WEEK)


def test_local_coordinator_reads_her_own_associations_and_the_municipality_no_meeting_of_theirs(
    programme, association, course, monthly, caseworker
):
    other = make.founded_association(programme)
    Gathering.objects.create(association=other, kind="board", planned_on=today())
    local = make.local_coordinator(association)

    assert len(file_of(local).vevent_list) == 4
    assert "gathering" not in {
        event.uid.value.partition("-")[0] for event in getattr(file_of(caseworker), "vevent_list", [])
    }


def test_closed_or_replaced_address_opens_nothing(client_of, secretariat):
    client, first = client_of(secretariat), token_of(make_address(secretariat))
    page = reverse("reports:calendar_address")

    client.post(page, {"handling": "ny"})
    second = token_of(CalendarAddress.objects.open().get())
    statuses = [Client().get(reverse("reports:calendar_file", args=[one])).status_code for one in (first, second)]
    assert statuses == [404, 200]
    client.post(page, {"handling": "luk"})
    assert Client().get(reverse("reports:calendar_file", args=[second])).status_code == 404


def test_address_of_who_may_not_log_in_any_more_opens_nothing(secretariat):
    token = token_of(make_address(secretariat))
    secretariat.is_active = False
    secretariat.save()

    assert Client().get(reverse("reports:calendar_file", args=[token])).status_code == 404


@pytest.mark.parametrize("token", ["x", "AAAAAAAAAAAAAAAAAAAAAA.made-up", "æ"])
def test_made_up_address_opens_nothing(token):
    assert Client().get(reverse("reports:calendar_file", args=[token])).status_code == 404


def test_month_shows_each_of_its_days_and_the_list_only_those_with_something(secretary, monthly):
    month = secretary.get(reverse("reports:calendar"), {"maaned": f"{monthly.planned_on:%Y-%m}"}).context["days"]
    listed = secretary.get(reverse("reports:calendar"), {"vis": "liste"}).context["days"]

    assert [day.on.day for day in month][-1] in (28, 29, 30, 31)
    assert [day.on for day in month if day.entries] == [day.on for day in listed] == [monthly.planned_on]


@pytest.mark.parametrize("month", ["2011-13", "nonsens", "0001-01", "9999-12", "２０１１-01"])
def test_month_that_is_none_is_answered_with_one_that_is(secretary, month):
    assert secretary.get(reverse("reports:calendar"), {"maaned": month}).status_code == 200
