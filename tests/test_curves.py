"""Curves: what a line shows on a day is the figure asked of that day (reports/figures/curves.py)."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from bydelsmoedre.moment import Moment
from programme.models import SuccessCriterion
from reports.charts import criterion_chart
from reports.figures.curves import BOTTOM, TOP, WIDTH, Series, chart, steps, value_on
from tests import factories as make
from tests.figures import figure

D = dt.date
FIRST, LAST = D(2011, 1, 1), D(2011, 12, 31)
DAYS = st.dates(FIRST, LAST)


@pytest.fixture
def year(programme):
    """Three associations; coordinators who begin before and after theirs is founded, end, come back, hold two roles."""
    may, september = (make.founded_association(programme, day) for day in (D(2011, 5, 26), D(2011, 9, 15)))
    make.found(make.AssociationFactory(programme=programme), D(2011, 11, 10), but={"minutes"})
    early = make.VolunteerFactory(programme=programme)
    make.certificate(early, since=D(2011, 3, 1), until=D(2011, 10, 31))
    make.membership(early, may, since=D(2011, 3, 1), until=D(2011, 7, 31))
    make.membership(early, september, since=D(2011, 8, 15), until=D(2011, 11, 30))
    again = make.VolunteerFactory(programme=programme)
    make.certificate(again, since=D(2011, 6, 27), until=D(2011, 8, 31))
    make.certificate(again, since=D(2011, 9, 1))
    make.membership(again, may, since=D(2011, 6, 1), until=D(2011, 6, 30))
    make.membership(again, may, since=D(2011, 7, 1))
    make.membership(again, september, since=D(2011, 9, 15), until=D(2011, 10, 15))
    make.counting_coordinator(september, since=D(2011, 11, 21))
    return programme


@pytest.mark.parametrize("number", [1, 2])
def test_curve_shows_on_each_day_what_the_criterion_says_of_that_day(year, number):
    known = steps(figure(year, number, Moment(LAST)).changes)
    days = [FIRST + dt.timedelta(after) for after in range(0, 366, 3)]
    days += [day + dt.timedelta(away) for day, _ in known for away in (-1, 0)]

    shown = {day: value_on(known, day) for day in days}
    asked = {day: figure(year, number, Moment(day)).value for day in days}

    assert len({*asked.values()}) > 1
    assert shown == asked


@given(st.dictionaries(DAYS, st.integers(-3, 5), max_size=12), DAYS)
def test_line_is_drawn_at_the_value_of_each_day(changes, on):
    known = steps(sorted(changes.items()))

    drawn = chart(
        key="k",
        title="t",
        description="d",
        series=[Series("s", known, on)],
        first=FIRST,
        deadline=LAST,
        on=on,
        target=4,
    )

    corners = [tuple(map(float, corner.split(","))) for corner in drawn.lines[0].points.split()]
    values = [float(value) for _, value in known] + [0.0, 4.0]
    scale = (BOTTOM - TOP) / (max(values) - min(values))
    for day in (FIRST + dt.timedelta(after) for after in range((on - FIRST).days)):
        x = (day - FIRST).days / (LAST - FIRST).days * WIDTH
        height = next(top for left, top in reversed(corners) if left <= x + 0.06)
        assert height == pytest.approx(BOTTOM - (float(value_on(known, day)) - min(values)) * scale, abs=0.06)
    assert drawn.lines[0].last == str(value_on(known, on))


def test_days_on_which_nothing_came_of_it_are_no_steps():
    changes = [(D(2011, 2, 1), 0), (D(2011, 3, 1), 2), (D(2011, 3, 1), -2), (D(2011, 4, 1), 3)]

    assert steps(changes) == [(D(2011, 4, 1), 3)]


def test_chart_after_the_deadline_goes_on_to_the_day_asked_of(year):
    later = Moment(D(2012, 3, 1))

    drawn = criterion_chart(figure(year, 1, later), year, later)

    assert (drawn.now.at, drawn.now.label, drawn.deadline.label) == (WIDTH, "01.03.2012", "31.12.2011")
    assert 0 < drawn.deadline.at < WIDTH
    assert len(drawn.months) <= 13


def test_chart_of_forty_years_names_no_more_months_than_there_is_room_for(year):
    later = Moment(D(2051, 3, 1))

    assert len(criterion_chart(figure(year, 1, later), year, later).months) <= 13


def test_there_is_no_chart_of_a_decision(year):
    assert criterion_chart(figure(year, 3, Moment(LAST)), year, Moment(LAST)) is None


def test_table_beside_the_curve_tells_the_days_of_change(year, secretariat, client_of):
    one = SuccessCriterion.objects.get(programme=year, number=1)

    page = client_of(secretariat).get(reverse("reports:criterion", args=[one.uuid]), {"on": "2011-10-01"})

    assert page.context["chart"].rows == [("26.05.2011", ["1"]), ("15.09.2011", ["2"])]
    assert b"15.09.2011" in page.content
