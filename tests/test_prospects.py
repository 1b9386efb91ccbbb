"""Prospects: an area where an association may start, until it does or is given up."""

import datetime as dt

import pytest
from django.urls import reverse

from associations.models import Association, OwnRegime, Prospect, ProspectOutcome
from bydelsmoedre.moment import Moment
from reports.figures.criteria import criteria
from reports.findings import found
from reports.views.prospects import own_regimes, prospects_at
from tests import factories as make
from tests.doors import html_of, retract, says

pytestmark = pytest.mark.django_db

D = dt.date


@pytest.fixture
def prospect(programme):
    area = make.HousingAreaFactory(programme=programme, name="Titanparken")
    return Prospect.objects.create(programme=programme, housing_area=area, next_step="Ring", next_step_on=D(2011, 6, 1))


def ours(programme, day, prospect):
    return [one.is_open for one in prospects_at(programme, Moment(day)) if one.prospect == prospect]


def door(name, prospect):
    return reverse(f"associations:{name}", args=[prospect.uuid])


def give_up(prospect, on=D(2011, 9, 1)):
    return ProspectOutcome.record(by=None, prospect=prospect, kind="closed", reason="Ingen", happened_on=on)


def test_new_prospect_is_added_with_what_is_known_of_it(programme, secretary):
    area = make.HousingAreaFactory(programme=programme, name="Mjølnerparken")
    typed = {
        "housing_area": area.pk,
        "contact": "Helhedsplanen i Mjølnerparken",
        "spoken_to_by": "Sekretariatet",
        "financing": "perhaps",
    }

    secretary.post(reverse("associations:new_prospect"), typed)
    page = html_of(secretary.get("/foreninger/"))

    assert Prospect.objects.get(housing_area=area).financing == "perhaps"
    assert says("We talk with %(contact)s.", contact="Helhedsplanen i Mjølnerparken") in page
    assert says("The housing plan will help to pay: %(answer)s.", answer=says("perhaps")) in page


def test_area_is_a_prospect_once(prospect, secretary):
    response = secretary.post(
        reverse("associations:new_prospect"), {"housing_area": prospect.housing_area_id, "financing": "no"}
    )

    assert list(response.context["form"].errors) == ["housing_area"]


def test_prospect_becomes_an_association_in_its_area(programme, prospect, secretary):
    response = secretary.post(door("form", prospect), {"name": "Bydelsmødre i Titanparken", "opened_on": "2011-09-01"})

    association = Association.objects.get(name="Bydelsmødre i Titanparken")
    assert response["Location"] == association.get_absolute_url()
    assert (association.housing_area, association.opened_on) == (prospect.housing_area, D(2011, 9, 1))
    assert [ours(programme, D(2011, 8, 31), prospect), ours(programme, D(2011, 9, 1), prospect)] == [[True], [False]]


def test_only_one_association_comes_of_a_prospect(prospect, secretary):
    secretary.post(door("form", prospect), {"name": "Den første", "opened_on": "2011-09-01"})

    response = secretary.post(door("form", prospect), {"name": "Den anden", "opened_on": "2011-09-01"})

    assert response.status_code == 200
    assert b"Den anden" in response.content
    assert not Association.objects.filter(name="Den anden").exists()


def test_prospect_is_given_up_for_a_reason(programme, prospect, secretary):
    without = secretary.post(door("give_up", prospect), {"happened_on": "2011-09-01"})
    secretary.post(door("give_up", prospect), {"happened_on": "2011-09-01", "reason": "Boligforeningen vil ikke"})

    assert list(without.context["form"].errors) == ["reason"]
    assert ours(programme, D(2011, 9, 1), prospect) == [False]
    assert "Boligforeningen vil ikke" in html_of(secretary.get("/foreninger/"))


def test_prospect_that_was_given_up_by_mistake_is_one_again(programme, prospect, secretary):
    outcome = give_up(prospect)

    retract(secretary, "mulighed", outcome)

    assert ours(programme, D(2011, 12, 31), prospect) == [True]


def test_prospect_that_is_over_waits_for_nothing(programme, prospect):
    give_up(prospect, D(2011, 6, 10))

    waiting = [
        [one.uuid for one in found(programme, Moment(day), codes=["prospect_waits"]) if one.uuid == prospect.uuid]
        for day in (D(2011, 6, 9), D(2011, 6, 10))
    ]

    assert waiting == [[prospect.uuid], []]


def test_caseworker_learns_where_and_not_with_whom(prospect, caseworker, client_of):
    Prospect.objects.filter(pk=prospect.pk).update(contact="Helhedsplanen", interest="Har spurgt", financing="yes")

    page = html_of(client_of(caseworker).get("/foreninger/"))

    assert "Titanparken" in page
    assert "Har spurgt" not in page
    assert "Helhedsplanen" not in page


# --- Mothers in a housing plan's own regime


@pytest.fixture
def area(programme):
    return make.HousingAreaFactory(programme=programme, name="Mjølnerparken")


def told(programme, day):
    return [(line.area, line.fact.mothers) for line in own_regimes(programme, Moment(day))]


def test_own_regime_is_told_from_its_day_until_there_are_none(programme, area, secretary):
    for day, mothers in (("2011-05-01", "12"), ("2011-09-01", "0")):
        secretary.post(
            reverse("associations:own_regime"), {"housing_area": area.pk, "mothers": mothers, "happened_on": day}
        )

    days = [D(2011, 4, 30), D(2011, 5, 1), D(2011, 8, 31), D(2011, 9, 1)]
    assert [told(programme, day) for day in days] == [[], [("Mjølnerparken", 12)], [("Mjølnerparken", 12)], []]


def test_own_regime_counts_in_no_criterion(programme, area):
    before = [one.value for one in criteria(programme, Moment(D(2011, 12, 31)))]
    OwnRegime.record(by=None, housing_area=area, mothers=12, happened_on=D(2011, 5, 1))

    assert [one.value for one in criteria(programme, Moment(D(2011, 12, 31)))] == before
    assert told(programme, D(2011, 12, 31)) == [("Mjølnerparken", 12)]
