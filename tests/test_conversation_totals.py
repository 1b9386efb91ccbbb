"""What the municipality is told of conversations: released by quarter, no number under five, none that tells one."""

import datetime as dt

import pytest
from django.urls import reverse

from bydelsmoedre.moment import COPENHAGEN, Moment, end_of_day
from reports.figures.conversations import conversation_totals, released
from tests import factories as make
from tests.doors import says
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db


def at(*day):
    return dt.datetime(*day, 12, tzinfo=COPENHAGEN)


@pytest.fixture
def place(programme):
    """Six conversations in the second quarter, recorded in it; one of the third, and one recorded in September."""
    place = make.AssociationFactory(programme=programme, name="Bydelsmødre A")
    with clock(at(2011, 7, 1)):
        for number in range(6):
            make.conversation(place, D(2011, 6, 20) + dt.timedelta(number), topics=["school", "health"])
        make.conversation(place, D(2011, 7, 1))
    with clock(at(2011, 9, 29)):
        make.conversation(place, D(2011, 6, 1), topics=["money"])
    return place


@pytest.mark.parametrize(
    ("moment", "until", "known"),
    [
        (Moment(D(2011, 7, 31)), D(2011, 3, 31), D(2011, 5, 1)),
        (Moment(D(2011, 8, 1)), D(2011, 6, 30), D(2011, 8, 1)),
        (Moment(D(2011, 11, 15), end_of_day(D(2011, 9, 28))), D(2011, 6, 30), D(2011, 8, 1)),
        (Moment(D(2012, 1, 31)), D(2011, 9, 30), D(2011, 11, 1)),
    ],
    ids=["day before", "day of release", "as known then", "january"],
)
def test_latest_release_at_the_moment_is_told(moment, until, known):
    at_midnight = dt.datetime.combine(known, dt.time(), tzinfo=COPENHAGEN)

    assert released(moment) == Moment(until, at_midnight)


def test_a_quarter_is_told_when_it_is_released(programme, place):
    before, after = (conversation_totals(programme, Moment(day)) for day in (D(2011, 7, 31), D(2011, 8, 1)))

    assert (before.by_association.rows, before.count) == ([], "0")
    assert after.by_association.cells == [["0", "6", "6"]]
    assert (after.by_topic.rows, after.by_topic.cells) == (["health", "school"], [["0", "6", "6"]] * 2)


@pytest.mark.parametrize("door", ["volunteers:conversations", "reports:dashboard"])
def test_two_days_between_releases_tell_the_municipality_the_same(programme, place, caseworker, client_of, door):
    client, shown = client_of(caseworker), []
    for on, known_at in (
        ("2011-10-31", ""),
        ("2011-08-01", ""),
        ("2011-11-15", "2011-09-28"),
        ("2011-11-15", "2011-09-29"),
    ):
        context = client.get(reverse(door), {"on": on, "known_at": known_at}).context
        shown.append(context["tables"] if "tables" in context else dict(context["counts"])["conversations"])

    assert shown[0]
    assert shown == [shown[0]] * 4


def test_a_later_release_tells_no_sum_with_a_hidden_quarter(programme, place):
    with clock(at(2011, 10, 1)):
        for number in range(9):
            make.conversation(place, D(2011, 8, 1) + dt.timedelta(number), topics=["school"])
        make.conversation(make.AssociationFactory(programme=programme, name="Bydelsmødre B"), D(2011, 8, 3))

    told = conversation_totals(programme, Moment(D(2011, 11, 1)))

    hidden = says("Not shown")
    assert told.by_association.rows == ["Bydelsmødre A", "Bydelsmødre B"]
    assert told.by_association.cells == [["0", "7", hidden, hidden], ["0", "0", hidden, hidden]]
    assert told.total == ["0", "7", "11", "18"]


def test_all_conversations_are_not_told_where_a_quarter_of_them_is_small(programme, place):
    with clock(at(2011, 3, 1)):
        make.conversation(place, D(2011, 2, 1))

    told = conversation_totals(programme, Moment(D(2011, 8, 1)))

    assert told.total == [says("Fewer than 5"), "6", says("At least %(count)s", count=6)]


def test_the_municipality_reads_totals_and_the_secretariat_rows(programme, place, caseworker, secretariat, client_of):
    url = reverse("volunteers:conversations")

    told, listed = (client_of(user).get(url, {"on": "2011-12-31"}) for user in (caseworker, secretariat))

    assert dict(told.context["tables"][0].rows)["Bydelsmødre A"][1] == "7"
    assert told.context["released_until"] == D(2011, 9, 30)
    assert listed.context["listing"].count == 8


def test_the_municipality_s_file_of_figures_says_what_is_released(place, caseworker, client_of):
    answer = client_of(caseworker).get(reverse("reports:dashboard"), {"on": "2011-10-31", "format": "csv"})
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")

    (line,) = (line.split(";") for line in text.splitlines() if ";conversations;" in line)
    assert (line[1], line[-1]) == ("6", "30.06.2011"), "and of which day it is"
