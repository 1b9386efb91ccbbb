"""Effect indicators: what is measured is a fact, 0 is not "not measured", no target contradicts its baseline."""

import datetime as dt
from decimal import Decimal
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.models import EffectIndicator, IndicatorTarget
from reports.effects import lines_of
from reports.figures.effects import Way, target_on, way
from tests.doors import says
from tests.effects import computed, indicator, measurement, target
from tests.meanwhile import while_waiting
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db


def line(one, on, *, may_see=True, known_at=None):
    moment = Moment(on) if known_at is None else Moment(on, known_at)
    (found,) = lines_of(one.programme, moment, [one], may_see=may_see)
    return found


# --- Targets and baselines

WRONG = {
    "up": "More is better, so the target cannot be below the baseline.",
    "down": "Less is better, so the target cannot be above the baseline.",
}


@pytest.mark.parametrize(
    ("direction", "value", "is_refused"),
    [("up", "9.99", True), ("up", "10", False), ("down", "10.01", True), ("down", "10", False)],
    ids=["below", "at, upwards", "above", "at, downwards"],
)
def test_target_on_the_wrong_side_of_the_baseline_is_refused_by_the_database(programme, direction, value, is_refused):
    one = indicator(programme, direction=direction, baseline=Decimal(10))

    if is_refused:
        with pytest.raises(IntegrityError, match="wrong side"), transaction.atomic():
            target(one, value)
        with pytest.raises(ValidationError, match=str(says(WRONG[direction]))):
            IndicatorTarget(
                indicator=one, started_on=D(2011, 1, 1), ended_on=D(2011, 12, 31), value=Decimal(value)
            ).full_clean()
    else:
        assert target(one, value).pk


def test_baseline_that_is_not_known_contradicts_no_target_and_a_baseline_of_0_does(programme):
    unknown, zero = indicator(programme), indicator(programme, baseline=Decimal(0))

    target(unknown, -5)
    with pytest.raises(IntegrityError, match="wrong side"), transaction.atomic():
        target(zero, -5)


@pytest.mark.parametrize("changed", [{"baseline": Decimal(21)}, {"direction": "down"}], ids=["baseline", "direction"])
def test_indicator_cannot_be_changed_so_that_a_target_contradicts_it(programme, changed):
    one = indicator(programme, baseline=Decimal(10))
    target(one, 20)

    with pytest.raises(IntegrityError, match="wrong side"), transaction.atomic():
        EffectIndicator.objects.filter(pk=one.pk).update(**changed)


def test_periods_of_an_indicator_s_targets_do_not_overlap_but_may_meet(programme):
    one, other = indicator(programme), indicator(programme)
    target(one, 5, D(2011, 1, 1), D(2011, 6, 30))

    assert target(one, 5, D(2011, 7, 1), D(2011, 12, 31)).pk
    assert target(other, 5, D(2011, 1, 1), D(2011, 6, 30)).pk
    with pytest.raises(IntegrityError), transaction.atomic():
        target(one, 5, D(2010, 1, 1), D(2011, 1, 1))


@pytest.mark.django_db(transaction=True)
def test_who_sets_a_target_waits_for_who_moves_the_baseline(elsewhere):
    from tests import factories as make

    programme = make.plan("København")
    user, one = make.user_with_role(programme, "secretariat"), indicator(programme, baseline=Decimal(10))
    with elsewhere.cursor() as cursor:
        cursor.execute("update programme_effectindicator set baseline = 30 where id = %s", [one.pk])

    given = {"started_on": "2011-01-01", "ended_on": "2011-12-31", "value": "20"}
    response = while_waiting(user, reverse("programme:target", args=[one.uuid]), given, elsewhere)

    assert response.status_code == 200
    assert IndicatorTarget.objects.count() == 0


# --- Measurements


def test_not_measured_is_told_as_such_and_0_is_0(programme):
    never, zero = indicator(programme), indicator(programme)
    measurement(zero, 0)

    told = [line(one, D(2011, 12, 31)) for one in (never, zero)]

    assert [(one.number, one.words) for one in told] == [(None, str(says("Not measured"))), (Decimal(0), "0")]
    assert [one.way for one in told] == [Way.UNMEASURED, Way.NO_TARGET]


@pytest.mark.parametrize(("day", "words"), [(D(2011, 6, 29), "Not measured"), (D(2011, 6, 30), "7")])
def test_measurement_is_known_from_the_day_on_which_it_was_made(programme, day, words):
    one = indicator(programme)
    measurement(one, 7)

    assert line(one, day).words == str(says(words))


def test_latest_is_the_one_about_the_latest_period_as_it_was_known(programme):
    one = indicator(programme)
    days = [dt.datetime(2011, 7, day, tzinfo=COPENHAGEN) for day in (1, 2, 3)]
    with clock(days[0]):
        first = measurement(one, 7)
        measurement(one, 5, D(2010, 1, 1), D(2010, 12, 31), on=D(2011, 6, 30))
    with clock(days[2]):
        first.supersede(by=None, reason="Talt om", value=Decimal("7.5"))

    assert line(one, D(2011, 12, 31)).number == Decimal("7.5")
    assert line(one, D(2011, 12, 31), known_at=days[1]).number == Decimal(7)


def test_one_current_measurement_of_a_period_and_none_before_it_is_over(programme):
    one = indicator(programme)
    first = measurement(one, 7)

    with pytest.raises(IntegrityError), transaction.atomic():
        measurement(one, 8)
    with pytest.raises(IntegrityError), transaction.atomic():
        measurement(one, 8, until=D(2011, 7, 31), on=D(2011, 7, 30))
    first.retract(by=None, reason="Forkert")
    assert measurement(one, 8).pk


def test_computed_indicator_is_not_measured_by_hand(programme, secretary):
    one = computed(programme)

    with pytest.raises(IntegrityError, match="computed"), transaction.atomic():
        measurement(one, 5)
    assert secretary.get(reverse("programme:measure", args=[one.uuid])).status_code == 404


# --- The indicator's own form


def test_source_of_an_indicator_stays_as_it_was_made(programme):
    one = indicator(programme)

    with pytest.raises(IntegrityError), transaction.atomic():
        EffectIndicator.objects.filter(pk=one.pk).update(source="computed", computed_figure="conversations")


# --- On the way


@pytest.fixture
def goal():
    return IndicatorTarget(started_on=D(2011, 1, 1), ended_on=D(2011, 4, 10), value=Decimal(200))  # a hundred days


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        (150, D(2011, 2, 19), Way.ON_WAY),
        ("149.99", D(2011, 2, 19), Way.BEHIND),
        (200, D(2011, 1, 1), Way.REACHED),
        (199, D(2011, 4, 9), Way.ON_WAY),
        (199, D(2011, 4, 10), Way.MISSED),
        (200, D(2011, 5, 1), Way.REACHED),
    ],
    ids=["half the way after half", "just less", "at once", "day before the end", "at the end", "after"],
)
def test_way_from_100_to_200_in_a_hundred_days(goal, value, day, expected):
    asked = {"direction": "up", "start": Decimal(100), "target": goal, "day": day, "grows": False}

    assert way(value=Decimal(value), **asked) == expected


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        (50, D(2011, 2, 19), Way.ON_WAY),
        (51, D(2011, 2, 19), Way.BEHIND),
        (101, D(2011, 2, 19), Way.MISSED),
        (100, D(2011, 4, 10), Way.REACHED),
    ],
    ids=["no faster than the days", "faster", "over already", "kept to the end"],
)
def test_total_that_is_to_stay_low_is_not_reached_before_the_end(goal, value, day, expected):
    goal.value = Decimal(100)
    asked = {"direction": "down", "start": Decimal(0), "target": goal, "day": day, "grows": True}

    assert way(value=Decimal(value), **asked) == expected


def test_without_a_baseline_nobody_knows_how_far_it_has_come(goal):
    asked = {"direction": "up", "start": None, "target": goal, "value": Decimal(5), "grows": False}

    assert way(day=D(2011, 2, 1), **asked) == Way.NO_BASELINE
    assert way(day=D(2011, 4, 10), **asked) == Way.MISSED


@given(value=st.decimals(-500, 500, places=2), start=st.decimals(-500, 500, places=2), gone=st.integers(0, 120))
def test_up_and_down_are_each_other_s_mirror(value, start, gone):
    day = D(2011, 1, 1) + dt.timedelta(gone)

    def told(direction, sign):
        goal = IndicatorTarget(started_on=D(2011, 1, 1), ended_on=D(2011, 4, 10), value=sign * Decimal(200))
        return way(direction=direction, start=sign * start, target=goal, value=sign * value, day=day, grows=False)

    assert told("up", 1) == told("down", -1)


@pytest.mark.parametrize(
    ("day", "index"),
    [(D(2010, 12, 31), 0), (D(2011, 3, 31), 0), (D(2011, 5, 1), 0), (D(2011, 7, 1), 1), (D(2012, 1, 1), 1)],
    ids=["before", "last day", "between", "first day", "after"],
)
def test_target_of_the_day_is_the_one_that_holds_else_the_latest_else_the_first(day, index):
    targets = [
        IndicatorTarget(started_on=D(2011, 7, 1), ended_on=D(2011, 12, 31), value=2),
        IndicatorTarget(started_on=D(2011, 1, 1), ended_on=D(2011, 3, 31), value=1),
    ]

    assert target_on(targets, day) is sorted(targets, key=lambda one: one.started_on)[index]
    assert target_on([], day) is None


def test_measurement_of_another_period_does_not_reach_the_target(programme):
    one = indicator(programme)
    target(one, 5, D(2011, 7, 1), D(2011, 12, 31))
    measurement(one, 7)

    assert line(one, D(2011, 6, 30)).way == Way.NOT_BEGUN
    assert line(one, D(2011, 7, 1)).way == Way.NOT_IN_PERIOD


@pytest.mark.parametrize(
    ("on", "until", "expected"),
    [
        (D(2011, 6, 30), D(2011, 6, 29), Way.ON_WAY),
        (D(2011, 7, 1), D(2011, 6, 29), Way.NOT_AT_END),
        (D(2011, 7, 1), D(2011, 6, 30), Way.REACHED),
        (D(2011, 7, 1), D(2010, 12, 31), Way.NOT_IN_PERIOD),
    ],
    ids=["last day", "over, and measured before", "over, and measured at its end", "over, and not measured"],
)
def test_period_that_is_over_is_judged_by_what_was_measured_at_its_end(programme, on, until, expected):
    one = indicator(programme, baseline=Decimal(0))
    target(one, 100, D(2011, 1, 1), D(2011, 6, 30))
    measurement(one, 100 if expected == Way.REACHED else "99.9", D(2010, 1, 1), until)

    assert line(one, on).way == expected


# --- Pages


def test_curve_begins_with_the_first_measurement_where_no_baseline_is_known(programme, secretary):
    one = indicator(programme)
    measurement(one, 7)
    measurement(one, 9, D(2011, 7, 1), D(2011, 9, 30))

    chart = secretary.get(one.get_absolute_url(), {"on": "2011-12-31"}).context["chart"]

    assert [values for _day, values in chart.rows] == [["7"], ["9"]]
    assert chart.lines[0].points.startswith("0,")


def test_never_measured_has_no_curve(programme, secretary):
    page = secretary.get(indicator(programme).get_absolute_url())

    assert page.context["chart"] is None
    assert says("Not measured") in unescape(page.content.decode())


def test_file_tells_what_the_page_tells(programme, secretary):
    one = indicator(programme, name="Trivsel", baseline=Decimal(0))
    indicator(programme, name="Uden tal")
    measurement(one, "12.50")

    text = secretary.get(reverse("programme:effects"), {"format": "csv"}).content.decode("utf-8-sig")

    rows = [row.split(";") for row in text.splitlines()]
    told = {row[0]: row for row in rows if row[0] in ("Trivsel", "Uden tal")}
    assert told["Trivsel"][2:4] == ["0,00", "12,50"]
    assert told["Uden tal"][2:4] == ["", str(says("Not measured"))]
