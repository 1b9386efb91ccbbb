"""Boards that meet too seldom, and monthly meetings that nobody has recorded: from which day, and for whom."""

import datetime as dt

import pytest
from django.urls import reverse

from bydelsmoedre.moment import ALWAYS, COPENHAGEN, Moment
from reports.agenda import WEEK, agenda
from reports.findings import found
from tests import factories as make
from tests.gatherings import held
from tests.roles import clock
from volunteers.models import GatheringHeld

D = dt.date
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db

TOO_FEW, PASSED = "too_few_board_meetings", "monthly_meeting_passed"


def on(day, programme, code, known_at=ALWAYS):
    listed = found(programme, Moment(day, known_at), codes=[code])
    return [(one.uuid, one.since, one.number) for one in listed]


@pytest.mark.parametrize(
    ("founded", "days", "expected"),
    [
        (D(2010, 6, 1), 364, False),
        (D(2010, 6, 1), 365, True),
        (D(2010, 6, 1), 366, True),
        (D(2011, 5, 26), 365, False),  # 29 February 2012 lies between
        (D(2011, 5, 26), 366, True),
    ],
)
def test_board_is_asked_about_when_a_year_has_passed_since_the_founding(programme, founded, days, expected):
    association = make.founded_association(programme, on=founded)

    listed = on(founded + days * DAY, programme, TOO_FEW)

    assert listed == ([(association.uuid, founded.replace(year=founded.year + 1), 0)] if expected else [])


def test_association_that_is_not_founded_is_not_asked_about(programme):
    make.AssociationFactory(programme=programme)

    assert on(D(2013, 1, 1), programme, TOO_FEW) == []


@pytest.mark.parametrize(("count", "expected"), [(3, 1), (4, 0), (5, 0)])
def test_four_board_meetings_are_enough(programme, count, expected):
    association = make.founded_association(programme, on=D(2010, 6, 1))
    for month in range(count):
        held(association, "board", on=D(2011, 1 + month, 10))

    assert len(on(D(2011, 8, 1), programme, TOO_FEW)) == expected


@pytest.mark.parametrize(("days", "expected"), [(364, []), (365, [D(2011, 1, 10)]), (366, [D(2011, 1, 10)])], ids=str)
def test_meeting_counts_for_twelve_months(programme, days, expected):
    association = make.founded_association(programme, on=D(2008, 6, 1))
    first = D(2010, 1, 10)
    for day in (first, D(2010, 4, 10), D(2010, 7, 10), D(2010, 10, 10)):
        held(association, "board", on=day)

    listed = on(first + days * DAY, programme, TOO_FEW)

    assert [(since, number) for _, since, number in listed] == [(day, 3) for day in expected]


def test_meeting_counts_from_its_day(programme):
    association = make.founded_association(programme, on=D(2010, 6, 1))
    for month in (8, 9, 10):
        held(association, "board", on=D(2010, month, 10))
    held(association, "board", on=D(2011, 7, 10))

    assert [len(on(D(2011, 7, day), programme, TOO_FEW)) for day in (9, 10, 11)] == [1, 0, 0]


def test_other_meetings_plans_and_other_boards_do_not_count(programme):
    association = make.founded_association(programme, on=D(2010, 6, 1))
    other = make.AssociationFactory(programme=programme)
    for month in (1, 2, 3, 4):
        held(association, "monthly", on=D(2011, month, 10))
        held(other, "board", on=D(2011, month, 10))
        make.GatheringFactory(association=association, kind="board", planned_on=D(2011, month, 10))

    assert [number for _, _, number in on(D(2011, 7, 1), programme, TOO_FEW)] == [0]


def test_meeting_counts_as_it_was_known(programme):
    with clock(dt.datetime(2011, 1, 3, 12, tzinfo=COPENHAGEN)):
        association = make.founded_association(programme, on=D(2010, 6, 1))
    for month in (1, 2, 3, 4):
        with clock(dt.datetime(2011, month + 4, 1, 12, tzinfo=COPENHAGEN)):
            held(association, "board", on=D(2011, month, 10))
    with clock(dt.datetime(2011, 9, 1, 12, tzinfo=COPENHAGEN)):
        GatheringHeld.objects.get(happened_on=D(2011, 4, 10)).retract(by=None, reason="Blev ikke holdt")

    def known(month, day):
        return dt.datetime(2011, month, day, 13, tzinfo=COPENHAGEN)

    asked = [known(7, 31), known(8, 1), known(8, 31), known(9, 1)]
    assert [len(on(D(2011, 7, 1), programme, TOO_FEW, known_at)) for known_at in asked] == [1, 0, 0, 1]


def test_too_few_board_meetings_are_told_to_the_staff_and_not_to_the_coordinator(
    programme, client_of, secretary, reader, caseworker
):
    association = make.founded_association(programme, on=D(2010, 6, 1))
    local = client_of(make.local_coordinator(association))
    clients = {"secretariat": secretary, "foundation": reader, "local": local, "municipality": client_of(caseworker)}

    def told(client, address):
        page = client.get(address, {"on": "2011-12-31"})
        return TOO_FEW in {one.code for one in page.context.get("findings", [])} if page.status_code == 200 else None

    assert {role: told(client, association.get_absolute_url()) for role, client in clients.items()} == {
        "secretariat": True, "foundation": True, "local": False, "municipality": False,
    }  # fmt: skip
    assert {role: told(client, reverse("reports:today")) for role, client in clients.items()} == {
        "secretariat": True, "foundation": True, "local": False, "municipality": None,
    }  # fmt: skip


# --- The monthly meeting


@pytest.fixture
def monthly(programme):
    association = make.AssociationFactory(programme=programme)
    return make.GatheringFactory(association=association, planned_on=D(2011, 10, 4))


def test_monthly_meeting_is_asked_about_from_the_day_after_until_it_is_recorded(programme, monthly):
    before = [on(D(2011, 10, day), programme, PASSED) for day in (3, 4, 5)]
    GatheringHeld.record(by=None, gathering=monthly, happened_on=D(2011, 10, 4))

    assert before == [[], [], [(monthly.uuid, D(2011, 10, 4), None)]]
    assert on(D(2011, 10, 5), programme, PASSED) == []


def test_cancelled_meeting_and_other_kinds_are_not_asked_about(programme, monthly):
    make.GatheringFactory(association=monthly.association, kind="board")
    monthly.is_cancelled = True
    monthly.save()

    assert on(D(2011, 12, 31), programme, PASSED) == []


def test_local_coordinator_mends_it_on_the_screen_of_who_came(programme, monthly, client_of):
    mine = client_of(make.local_coordinator(monthly.association))
    other = client_of(make.local_coordinator(make.AssociationFactory(programme=programme)))

    told, untold = (client.get(reverse("reports:today")).context["findings"] for client in (mine, other))

    assert [one.url.partition("?")[0] for one in told] == [reverse("volunteers:presence", args=[monthly.uuid])]
    assert told[0].what == f"{monthly.association}, 04.10.2011"
    assert untold == []


# --- I dag


def test_week_tells_the_meetings_of_the_associations_but_not_those_cancelled(programme):
    association = make.AssociationFactory(programme=programme)
    for day in (D(2011, 11, 13), D(2011, 11, 14), D(2011, 11, 20), D(2011, 11, 21)):
        make.GatheringFactory(association=association, planned_on=day)
    make.GatheringFactory(association=association, planned_on=D(2011, 11, 16), is_cancelled=True)

    told = [(one.code, one.day) for one in agenda(programme, Moment(D(2011, 11, 15))) if one.part == WEEK]

    assert told == [("gathering", D(2011, 11, 14)), ("gathering", D(2011, 11, 20))]


def test_local_coordinator_s_week_tells_her_own_association_s_meetings(programme, client_of):
    mine, other = (make.AssociationFactory(programme=programme) for _ in range(2))
    for association in (mine, other):
        make.GatheringFactory(association=association, kind="general", planned_on=D(2011, 11, 17))

    page = client_of(make.local_coordinator(mine)).get(reverse("reports:today"), {"on": "2011-11-15"})

    lines = [line for _day, lines in page.context["week"] for line in lines]
    assert [line.what for line in lines] == [f"{mine}, 17.11.2011"]
    assert client_of(make.local_coordinator(mine)).get(lines[0].url).status_code == 200
