"""The overview of the districts: what is where at a Moment, and what the municipality is told of few."""

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from associations.models import Closing, HousingPlan, Prospect, ProspectOutcome
from bydelsmoedre.moment import ALWAYS, Moment
from reports.figures.districts import districts
from reports.municipality import coordinators_told
from tests import factories as make
from tests.doors import html_of

D = dt.date
pytestmark = pytest.mark.django_db

LIST = reverse("associations:list")
HEADING = [
    "Bydel",
    "I drift",
    "Stiftet",
    "Under dannelse",
    "Mulige foreninger",
    "Aktive bydelsmødre",
    "Lokale koordinatorer",
]


@pytest.fixture
def area(programme):
    district = make.DistrictFactory(programme=programme, name="Nørrebro")
    return make.HousingAreaFactory(programme=programme, district=district, name="Mjølnerparken")


def figure(programme, on, known_at=ALWAYS, name="Nørrebro"):
    return next(one for one in districts(programme.pk, Moment(on, known_at)) if one.name == name)


def numbers(one):
    return (one.running, one.founded, one.forming, one.prospects, one.mothers, one.coordinators)


def table(client, **asked):
    """The table of districts as it is fetched for a spreadsheet, but for its headings: name → numbers."""
    answer = client.get(LIST, {"tabel": "bydele", "format": "csv"} | asked)
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert heading == HEADING
    return {name: rest for name, *rest in rows}


def test_district_counts_what_is_there_on_the_day(programme, area):
    association = make.founded_association(programme, D(2011, 5, 26), housing_area=area)
    make.AssociationFactory(programme=programme, housing_area=area, opened_on=D(2011, 9, 1))
    person = make.VolunteerFactory(programme=programme)
    make.membership(person, association, role="mother", since=D(2011, 6, 1), until=D(2011, 8, 31))
    make.membership(person, association, role="coordinator", since=D(2011, 8, 31))
    Closing.record(by=None, association=association, money="Ingen", happened_on=D(2011, 9, 30))

    days = [D(2011, 5, 25), D(2011, 5, 26), D(2011, 8, 31), D(2011, 9, 1), D(2011, 9, 30), D(2011, 10, 1)]
    assert [numbers(figure(programme, day)) for day in days] == [
        (0, 0, 1, 0, 0, 0),
        (0, 1, 0, 0, 0, 0),
        (0, 1, 0, 0, 1, 1),  # both ends of a role are included
        (0, 1, 1, 0, 0, 1),
        (0, 1, 1, 0, 0, 1),  # its last day
        (0, 0, 1, 0, 0, 0),
    ]


def test_prospect_stands_in_its_district_until_it_ends(programme, area):
    prospect = Prospect.objects.create(programme=programme, housing_area=area)
    ProspectOutcome.record(by=None, prospect=prospect, kind="closed", reason="Ingen", happened_on=D(2011, 9, 1))

    assert [figure(programme, day).prospects for day in (D(2011, 8, 31), D(2011, 9, 1))] == [1, 0]


def test_person_counts_once_in_a_district_also_if_recorded_twice(programme, area):
    places = [make.founded_association(programme, housing_area=area) for _ in range(2)]
    person = make.VolunteerFactory(programme=programme)
    for place in places:
        make.membership(person, place, role="mother", since=D(2011, 6, 1))
    duplicate = make.same_person(person, since=D(2011, 7, 1)).duplicate
    make.membership(duplicate, places[0], role="mother", since=D(2011, 6, 1))

    assert figure(programme, D(2011, 8, 1)).mothers == 1


def test_list_counts_who_was_recorded_twice_once(programme, area, secretary):
    place = make.founded_association(programme, housing_area=area)
    person = make.VolunteerFactory(programme=programme)
    duplicate = make.same_person(person, since=D(2011, 7, 1)).duplicate
    for one in (person, duplicate):
        make.membership(one, place, role="mother", since=D(2011, 6, 1))

    (line,) = secretary.get(LIST, {"on": "2011-08-01"}).context["listing"].page.object_list

    assert line.mothers == 1


# --- What the municipality is told


def filled(programme, *counts, role="mother"):
    """A district for each count, with an association of so many."""
    for number, count in enumerate(counts):
        district = make.DistrictFactory(programme=programme, name=f"D{number}")
        area = make.HousingAreaFactory(programme=programme, district=district)
        place = make.founded_association(programme, D(2011, 3, 1), housing_area=area)
        for _ in range(count):
            make.membership(make.VolunteerFactory(programme=programme), place, role=role, since=D(2011, 3, 1))


def test_municipality_is_not_told_of_few_nor_what_would_give_them_away(programme, caseworker, client_of, secretary):
    filled(programme, 4, 6, 12, 0)

    told, known = table(client_of(caseworker), on="2011-12-31"), table(secretary, on="2011-12-31")

    assert [known[f"D{number}"][4] for number in range(4)] == ["4", "6", "12", "0"]
    assert [told[f"D{number}"][4] for number in range(4)] == ["Ikke vist", "Ikke vist", "12", "0"]


def test_municipality_s_filter_changes_no_number(programme, caseworker, client_of):
    filled(programme, 6, 7)
    visitor = client_of(caseworker)

    whole = [line.numbers for line in visitor.get(LIST, {"on": "2011-12-31"}).context["districts"]]
    narrow = [line.numbers for line in visitor.get(LIST, {"on": "2011-12-31", "q": "findes ikke"}).context["districts"]]

    assert whole == narrow
    assert [line[4] for line in whole if line[4] != "0"] == ["6", "7"]


@pytest.mark.parametrize(
    ("counts", "counting", "told"),
    [
        ([6, 5, 0], 11, ["6", "5", "0"]),
        ([6, 5, 0], 10, ["Ikke vist", "Ikke vist", "0"]),
        ([6, 5, 0], 7, ["Ikke vist", "Ikke vist", "0"]),
        ([6, 5, 0], 6, ["6", "5", "0"]),
        ([0, 0, 0], 0, ["0", "0", "0"]),
    ],
)
def test_coordinators_do_not_tell_how_few_do_not_count(counts, counting, told):
    assert coordinators_told(counts, counting) == told


def test_local_coordinator_meets_no_overview(programme, area, client_of):
    association = make.founded_association(programme, housing_area=area)

    answer = client_of(make.local_coordinator(association)).get(LIST, {"tabel": "bydele", "format": "csv"})

    assert "Nørrebro" not in answer.content.decode().partition("\n")[0]
    assert answer.content.decode("utf-8-sig").startswith("Forening;")


# --- Housing plans


def test_list_and_prospects_are_filtered_by_housing_plan(programme, area, secretary):
    area.housing_plan = HousingPlan.objects.create(programme=programme, name="Helhedsplanen i Mjølnerparken")
    area.save()
    make.AssociationFactory(programme=programme, housing_area=area, name="Med plan")
    elsewhere = make.AssociationFactory(programme=programme, name="Uden plan").housing_area
    for place in (area, elsewhere):
        Prospect.objects.create(programme=programme, housing_area=place)

    def shown(plan):
        context = secretary.get(LIST, {"helhedsplan": plan}).context
        names = {line.association.name for line in context["listing"].page.object_list}
        return names, {line.prospect.housing_area for line in context["prospects"]}

    both = ({"Med plan", "Uden plan"}, {area, elsewhere})
    assert shown(area.housing_plan_id) == ({"Med plan"}, {area})
    assert shown("ingen") == ({"Uden plan"}, {elsewhere})
    assert [shown(plan) for plan in ("", "999999", "x'\"")] == [both] * 3, "what is no choice asks for nothing"


def test_housing_plan_stands_in_the_list_and_its_file(programme, area, secretary):
    area.housing_plan = HousingPlan.objects.create(programme=programme, name="Helhedsplanen i Mjølnerparken")
    area.save()
    make.AssociationFactory(programme=programme, housing_area=area)

    heading, row = csv.reader(
        io.StringIO(secretary.get(LIST, {"format": "csv"}).content.decode("utf-8-sig")), delimiter=";"
    )

    assert row[heading.index("Helhedsplan")] == "Helhedsplanen i Mjølnerparken"
    assert "· Helhedsplanen i Mjølnerparken" in html_of(secretary.get(LIST))


def test_housing_plan_of_another_programme_is_no_choice(twin, secretary):
    HousingPlan.objects.create(programme=twin, name=f"{make.CANARY} plan")

    assert make.CANARY not in html_of(secretary.get(LIST))
