"""Risks, and what is found of them and of effect indicators: from which day, until when, and for whom."""

import datetime as dt
from decimal import Decimal
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from bydelsmoedre.moment import Moment, today
from reports.findings import found
from tests.doors import says
from tests.effects import computed, indicator, measurement, risk, target

D = dt.date
pytestmark = pytest.mark.django_db


def since(programme, code, on):
    return [one.since for one in found(programme, Moment(on), codes=[code])]


@pytest.mark.parametrize(
    ("on", "expected"), [(D(2011, 6, 1), []), (D(2011, 6, 2), [D(2011, 6, 1)])], ids=["on the day", "the day after"]
)
def test_risk_is_to_be_looked_at_after_its_day(programme, on, expected):
    risk(programme, next_look_on=D(2011, 6, 1))
    risk(programme)

    assert since(programme, "risk_to_look_at", on) == expected


def test_risk_that_is_closed_is_not_looked_at_from_that_day_on(programme):
    risk(programme, next_look_on=D(2011, 6, 1), closed_on=D(2011, 7, 1))

    assert since(programme, "risk_to_look_at", D(2011, 6, 30)) == [D(2011, 6, 1)]
    assert since(programme, "risk_to_look_at", D(2011, 7, 1)) == []


@pytest.mark.parametrize("look", [None, D(2011, 5, 31), D(2011, 6, 1)], ids=["no day", "the day before", "the day"])
@pytest.mark.parametrize(
    "closed", [None, D(2011, 5, 31), D(2011, 6, 1), D(2011, 6, 2)], ids=["open", "yesterday", "today", "tomorrow"]
)
def test_risk_says_what_its_finding_says(programme, look, closed):
    one, on = risk(programme, next_look_on=look, closed_on=closed), D(2011, 6, 1)

    assert one.is_to_be_looked_at(on) == bool(since(programme, "risk_to_look_at", on))
    assert one.is_closed(on) == (closed is not None and closed <= on)


@pytest.mark.parametrize(
    ("on", "expected"), [(D(2011, 6, 30), []), (D(2011, 7, 1), [D(2011, 7, 1)])], ids=["last day", "the day after"]
)
def test_measurement_is_due_once_the_period_is_over(programme, on, expected):
    target(indicator(programme), 5, D(2011, 1, 1), D(2011, 6, 30))

    assert since(programme, "measurement_due", on) == expected


@pytest.mark.parametrize(
    ("until", "is_due"),
    [(D(2011, 3, 31), True), (D(2011, 6, 29), True), (D(2011, 6, 30), False), (D(2011, 7, 1), True)],
    ids=["before the period", "before its last day", "its last day", "after it"],
)
def test_measurement_at_the_period_s_end_is_what_is_due_and_0_is_one(programme, until, is_due):
    one = indicator(programme)
    target(one, 5, D(2011, 4, 1), D(2011, 6, 30))
    measurement(one, 0, until=until)

    assert bool(since(programme, "measurement_due", D(2011, 12, 31))) == is_due


def test_retracted_measurement_is_due_again_and_a_computed_one_never_is(programme):
    one = indicator(programme)
    target(one, 5, D(2011, 4, 1), D(2011, 6, 30))
    target(computed(programme), 5, D(2011, 4, 1), D(2011, 6, 30))
    measurement(one, 3).retract(by=None, reason="Forkert")

    assert [one.total for one in found(programme, Moment(D(2011, 12, 31)), codes=["measurement_due"])] == [1]


def test_form_proposes_the_period_that_the_finding_names(programme, secretary):
    one = indicator(programme)
    first = target(one, 5, D(2011, 1, 1), D(2011, 3, 31))
    second = target(one, 5, D(2011, 4, 1), D(2011, 6, 30))
    target(one, 5, today(), today() + dt.timedelta(30))
    address = reverse("programme:measure", args=[one.uuid])

    def named():
        """The first day after the period, by the finding; the last day of the period, by the form."""
        proposed = secretary.get(address).context["form"]
        return since(programme, "measurement_due", today()), proposed["covers_to"].initial

    assert named() == ([D(2011, 4, 1)], first.ended_on)
    measurement(one, 3, until=first.ended_on)
    assert named() == ([D(2011, 7, 1)], second.ended_on)
    measurement(one, 3, D(2011, 4, 1), second.ended_on)
    assert named() == ([], None)


def test_nothing_is_proposed_to_measure_on_the_last_day_of_a_period(programme, secretary):
    one = indicator(programme)
    target(one, 5, today() - dt.timedelta(30), today())

    form = secretary.get(reverse("programme:measure", args=[one.uuid])).context["form"]

    assert (since(programme, "measurement_due", today()), form["covers_to"].initial) == ([], None)


@pytest.mark.parametrize("values", [{"likelihood": 0}, {"likelihood": 6}, {"impact": 0}, {"impact": 6}])
def test_risk_is_rated_from_1_to_5(programme, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        risk(programme, **values)


def test_size_is_likelihood_times_impact_and_none_where_it_is_not_rated(programme):
    rated, not_rated = risk(programme), risk(programme, likelihood=None)

    assert (rated.size, not_rated.size) == (12, None)


def test_list_begins_with_the_greatest_and_ends_with_what_is_closed(programme, caseworker, client_of):
    small, great = risk(programme, likelihood=1), risk(programme, likelihood=5)
    closed = risk(programme, likelihood=5, impact=5, closed_on=D(2011, 7, 1))
    not_rated = risk(programme, likelihood=None, impact=None)

    page = client_of(caseworker).get(reverse("programme:risks"))

    listed = [one.text for one in page.context["listing"].page.object_list]
    assert listed == [great.text, small.text, not_rated.text, closed.text]
    assert says("Not rated") in unescape(page.content.decode())
    assert reverse("programme:risk_edit", args=[small.uuid]) not in page.content.decode()


def test_risk_that_is_to_be_looked_at_says_so_from_the_day_after(programme, secretary):
    risk(programme, next_look_on=today())
    risk(programme, next_look_on=today() - dt.timedelta(1))

    html = unescape(secretary.get(reverse("programme:risks")).content.decode())

    assert html.count(f"{says('Look at it now')}</span>") == 1


def test_risk_that_is_closed_from_tomorrow_is_open_today(programme, secretary):
    risk(programme, next_look_on=today() - dt.timedelta(1), closed_on=today() + dt.timedelta(1))

    html = unescape(secretary.get(reverse("programme:risks")).content.decode())

    assert f"{says('Look at it now')}</span>" in html


def test_programme_of_others_is_neither_listed_nor_found(programme, twin, secretary):
    other = risk(twin, text="KANARIE", next_look_on=D(2011, 1, 1))
    indicator(twin, name="KANARIE mål", baseline=Decimal(1))

    pages = [secretary.get(reverse(f"programme:{name}")).content.decode() for name in ("risks", "effects")]

    assert not any("KANARIE" in page for page in pages)
    assert secretary.get(reverse("programme:risk_edit", args=[other.uuid])).status_code == 404
