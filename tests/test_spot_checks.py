"""Who is drawn in a spot check nobody decides; the municipality is told how many were in order, never who."""

import datetime as dt
import hashlib
from types import SimpleNamespace
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from programme.access import Standing
from reports.figures.shapes import Row
from reports.models import SpotCheck, SpotCheckResult
from reports.progress.drawing import draw, drawn
from reports.views.spot_checks import checks_context
from tests import factories as make
from tests.checks import result, spot_check
from tests.reports import frozen, locked

D = dt.date
pytestmark = pytest.mark.django_db
THINGS = st.lists(st.uuids(), unique=True, max_size=30)


@pytest.fixture
def places(programme):
    with make.clock(dt.datetime(2011, 9, 1, tzinfo=dt.UTC)):
        return [make.founded_association(programme, name=f"Forening {number}") for number in range(4)]


@pytest.fixture
def persons(programme, places):
    with make.clock(dt.datetime(2011, 9, 1, tzinfo=dt.UTC)):
        return [make.counting_coordinator(places[0], name=f"Fatima {number}") for number in range(3)]


def log_in(client, programme, role):
    user = make.user_with_role(programme, role)
    client.force_login(user)
    return user


def ask(client, report, number, count):
    address = reverse("reports:ask_spot_check", args=[report.uuid])
    return client.post(address, {"criterion": report.programme.criteria.get(number=number).pk, "count": count})


@given(THINGS, st.integers(0, 2**256 - 1).map("{:064x}".format), st.uuids(), st.integers(1, 10))
def test_lowest_hashes_are_drawn_whatever_the_order(things, sha256, asked, count):
    found = [row.uuid for row in draw(sha256, asked, [Row("association", one) for one in things], count)]
    lots = sorted(things, key=lambda one: hashlib.sha256(f"{sha256}{asked}{one}".encode()).hexdigest())

    assert found == lots[:count]
    assert found == [
        row.uuid for row in draw(sha256, asked, [Row("association", one) for one in reversed(things)], count)
    ]


def test_whoever_locks_the_report_cannot_know_who_is_drawn():
    counting = [Row("association", UUID(int=number)) for number in range(5)]
    first = {draw("a" * 64, UUID(int=asked), counting, 1)[0].uuid for asked in range(100)}

    assert first == {row.uuid for row in counting}


@given(THINGS, st.uuids(), st.integers(1, 9))
def test_who_asks_for_more_is_given_the_same_and_more(things, asked, count):
    counting = [Row("volunteer", one) for one in things]

    assert draw("a" * 64, asked, counting, count + 1)[:count] == draw("a" * 64, asked, counting, count)


def test_draw_is_of_what_counted_in_the_report(programme, places):
    report = frozen(programme)
    asked = spot_check(report, count=2)
    before = [row.uuid for row in drawn(asked)]
    for number in range(6):
        make.founded_association(programme, on=D(2011, 6, 1), name=f"Senere {number}")
    places[0].steps.get(kind="meeting").retract(by=None, reason="Fejl")

    assert [row.uuid for row in drawn(SpotCheck.objects.get())] == before
    assert set(before) <= {one.uuid for one in places}


def test_municipality_asks_and_is_told_in_numbers(client, programme, persons):
    report = frozen(programme)
    log_in(client, programme, "caseworker")
    response = ask(client, report, 2, 2)
    asked = SpotCheck.objects.get()
    first, _second = drawn(asked)
    result(asked, first.uuid)

    assert response.status_code == 302
    request = SimpleNamespace(user=asked.asked_by, standing=Standing(asked.asked_by))
    context = checks_context(report, request)
    (line,) = context["spot_checks"]
    assert (line.count, line.looked_at, line.in_order, line.latest_on) == (2, 1, 1, D(2011, 10, 14))
    assert line.url == ""
    assert context["ask_spot_check"] == reverse("reports:ask_spot_check", args=[report.uuid])


def test_retracted_result_is_not_counted(programme, places):
    asked = spot_check(frozen(programme))
    one = result(asked, drawn(asked)[0].uuid, outcome="no_evidence")
    request = SimpleNamespace(user=asked.asked_by, standing=Standing(asked.asked_by))
    (line,) = checks_context(asked.frozen, request)["spot_checks"]
    assert (line.looked_at, line.in_order) == (1, 0)

    one.retract(by=None, reason="Fejl")
    (line,) = checks_context(asked.frozen, request)["spot_checks"]
    assert (line.looked_at, line.in_order, line.latest_on) == (0, 0, None)


@pytest.mark.parametrize("count", ["0", "11", "5", "to"])
def test_more_than_count_in_the_report_or_than_ten_are_not_drawn(client, programme, places, count):
    report = frozen(programme)
    log_in(client, programme, "caseworker")
    response = ask(client, report, 1, count)

    assert list(response.context["form"].errors) == ["count"]
    assert not SpotCheck.objects.exists()


def test_yes_and_no_is_not_drawn_from(client, programme, places):
    report = frozen(programme)
    log_in(client, programme, "caseworker")

    assert list(ask(client, report, 3, 1).context["form"].errors) == ["criterion"]


def test_asked_once_of_each(client, programme, places):
    report = frozen(programme)
    spot_check(report)
    log_in(client, programme, "caseworker")

    assert ask(client, report, 1, 1).status_code == 200
    assert SpotCheck.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        spot_check(report)


def test_only_the_municipality_asks_and_only_of_what_was_sent(client, programme, places):
    address = reverse("reports:ask_spot_check", args=[frozen(programme).uuid])
    kept = reverse("reports:ask_spot_check", args=[locked(programme, to=D(2011, 12, 31)).uuid])
    for role, expected in (("secretariat", 403), ("foundation", 403), ("caseworker", 200)):
        log_in(client, programme, role)
        assert client.get(address).status_code == expected
    assert client.get(kept).status_code == 404


def test_who_was_drawn_is_for_the_staff_alone(client, programme, persons):
    asked = spot_check(frozen(programme), 2, 3)
    address = asked.get_absolute_url()
    log_in(client, programme, "foundation")
    page = client.get(address).content.decode()
    assert all(one.name in page for one in persons)

    log_in(client, programme, "caseworker")
    answers = [client.get(address), client.get(reverse("reports:spot_result", args=[asked.uuid, persons[0].uuid]))]
    assert [one.status_code for one in answers] == [403, 403]


def test_foundation_records_what_came_of_those_that_were_drawn_alone(client, programme, places):
    asked = spot_check(frozen(programme))
    (chosen,) = drawn(asked)
    other = next(one for one in places if one.uuid != chosen.uuid)
    log_in(client, programme, "foundation")
    given = {"outcome": "in_order", "happened_on": "2011-10-14"}
    answers = [
        client.post(reverse("reports:spot_result", args=[asked.uuid, thing]), given).status_code
        for thing in (other.uuid, chosen.uuid)
    ]

    assert answers == [404, 302]
    assert [one.thing for one in SpotCheckResult.objects.all()] == [chosen.uuid]
    again = client.post(reverse("reports:spot_result", args=[asked.uuid, chosen.uuid]), given)
    assert again.status_code == 200
    assert SpotCheckResult.objects.count() == 1


def test_what_was_asked_for_is_changed_by_nobody(programme, places):
    asked = spot_check(frozen(programme))
    for change in ({"count": 2}, {"asked_by": make.UserFactory()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            SpotCheck.objects.filter(pk=asked.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        SpotCheck.objects.all().delete()


def test_another_programmes_criterion_is_refused_by_the_database(programme, places):
    report = frozen(programme)
    with pytest.raises(DatabaseError, match="another programme"), transaction.atomic():
        SpotCheck.objects.create(
            frozen=report, criterion=make.twin().criteria.get(number=1), count=1, asked_by=report.approved_by
        )


def test_result_about_nothing_in_the_programme_is_refused_by_the_database(programme, places):
    asked = spot_check(frozen(programme))
    with pytest.raises(DatabaseError, match="no such thing"), transaction.atomic():
        result(asked, UUID(int=1))
