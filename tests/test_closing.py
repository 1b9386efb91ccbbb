"""An association is dissolved: from the day after its last it counts no longer, and nothing before is changed."""

import datetime as dt

import pytest
from django.urls import reverse

from associations.founding import Standing, founding_of
from associations.models import Closing
from bydelsmoedre.moment import Moment, end_of_day
from reports.figures.counts import counts
from reports.figures.criteria import criteria
from reports.figures.curves import steps
from tests import factories as make
from tests.doors import retract, says
from tests.roles import clock

pytestmark = pytest.mark.django_db

D = dt.date
LAST = D(2011, 9, 30)
AROUND = [LAST - dt.timedelta(1), LAST, LAST + dt.timedelta(1)]


@pytest.fixture
def association(programme):
    return make.founded_association(programme, D(2011, 5, 26))


def close(association, on=LAST):
    return Closing.record(by=None, association=association, money="Givet til lektiecaféen", happened_on=on)


def figure(programme, number, on, **known):
    return next(one for one in criteria(programme, Moment(on, **known)) if one.number == number)


def test_association_is_dissolved_from_the_day_after_its_last(association):
    close(association)

    standings = [founding_of(association, Moment(day)).standing for day in AROUND]

    assert standings == [Standing.FOUNDED, Standing.FOUNDED, Standing.CLOSED]


def test_dissolved_association_counts_until_its_last_day(programme, association):
    make.founded_association(programme, D(2011, 6, 1))
    close(association)

    assert [figure(programme, 1, day).value for day in AROUND] == [2, 2, 1]


def test_dissolved_association_is_no_near_miss(programme):
    forming = make.AssociationFactory(programme=programme)
    make.step(forming, "notice", D(2011, 4, 1))
    before = figure(programme, 1, LAST).near_count
    close(forming)

    assert (before, figure(programme, 1, AROUND[2]).near_count) == (1, 0)


def test_curve_falls_on_the_day_after_the_last(programme, association):
    close(association)

    known = steps(figure(programme, 1, D(2011, 12, 31)).changes)

    assert list(known)[-2:] == [(D(2011, 5, 26), 1), (D(2011, 10, 1), 0)]


def test_coordinator_counts_as_long_as_her_association_exists(programme, association):
    make.counting_coordinator(association)
    close(association)

    values = [figure(programme, 2, day).value for day in AROUND]
    after = figure(programme, 2, AROUND[2])

    assert values == [1, 1, 0]
    assert steps(after.changes)[-1] == (D(2011, 10, 1), 0)


def test_dissolved_association_is_not_in_operation(programme, association):
    for kind in make.RUNNING_KINDS:
        make.step(association, kind, D(2011, 6, 1))
    close(association)

    assert [counts(programme, Moment(day)).associations_running for day in AROUND] == [1, 1, 0]


def test_closing_that_was_recorded_later_changes_nothing_that_was_known_before(programme):
    with clock(dt.datetime(2011, 5, 26, 20, tzinfo=dt.UTC)):
        association = make.founded_association(programme, D(2011, 5, 26))
    with clock(dt.datetime(2011, 11, 1, 12, tzinfo=dt.UTC)):
        close(association)

    before = figure(programme, 1, D(2011, 10, 15), known_at=end_of_day(D(2011, 10, 31)))
    after = figure(programme, 1, D(2011, 10, 15), known_at=end_of_day(D(2011, 11, 1)))

    assert (before.value, after.value) == (1, 0)


def test_secretariat_dissolves_and_takes_it_back(association, secretary):
    url = reverse("associations:close", args=[association.uuid])
    secretary.post(url, {"happened_on": "2011-09-30", "money": "Der var ingen"})
    closing = Closing.objects.get()
    page = secretary.get(association.get_absolute_url(), {"on": "2011-10-01"})
    retract(secretary, "lukning", closing)

    assert b"Der var ingen" in page.content
    assert founding_of(association, Moment(D(2011, 12, 31))).standing == Standing.FOUNDED


@pytest.mark.parametrize(("day", "status"), [("2011-05-25", 200), ("2011-05-26", 302)])
def test_association_is_not_dissolved_before_what_it_has_done(association, secretary, day, status):
    url = reverse("associations:close", args=[association.uuid])

    assert secretary.post(url, {"happened_on": day, "money": "Der var ingen"}).status_code == status


@pytest.mark.parametrize(("day", "status"), [("2011-09-30", 302), ("2011-10-01", 200)])
def test_no_step_is_taken_after_the_last_day(association, secretary, day, status):
    close(association)
    url = reverse("associations:step", args=[association.uuid, "bank"])

    assert secretary.post(url, {"happened_on": day}).status_code == status


def test_what_happened_to_the_money_is_asked(association, secretary):
    response = secretary.post(reverse("associations:close", args=[association.uuid]), {"happened_on": "2011-09-30"})

    assert list(response.context["form"].errors) == ["money"]


def test_association_is_dissolved_once(association, secretary):
    close(association)

    response = secretary.post(
        reverse("associations:close", args=[association.uuid]), {"happened_on": "2011-10-30", "money": "Der var ingen"}
    )

    assert says("The closing is recorded already.") in str(response.context["form"].errors)
    assert Closing.objects.count() == 1
