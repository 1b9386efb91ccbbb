"""Where candidates and mothers live, held against the lists of the day; the form in which a list is recorded."""

import datetime as dt

import pytest
from django.urls import reverse

from associations.models import AreaListing
from bydelsmoedre.moment import COPENHAGEN, Moment, end_of_day
from reports.figures.residence import PLACES, residence
from tests import factories as make
from tests.doors import Fields, says
from tests.people import steps
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def areas(programme):
    """One that is on a list from 1 March, one in the same district, one in another."""
    district = make.DistrictFactory(programme=programme, name="Nørrebro")
    listed, near = (
        make.HousingAreaFactory(programme=programme, district=district, name=name)
        for name in ("På listen", "Ved siden")
    )
    outside = make.HousingAreaFactory(programme=programme, name="Et andet sted")
    listing(listed, D(2011, 3, 1))
    return {"listed": listed, "near": near, "outside": outside, "unknown": None}


def listing(area, on, status="listed", name="Liste 2010"):
    return AreaListing.record(by=None, housing_area=area, name=name, status=status, happened_on=on)


def candidate(programme, area):
    volunteer = make.VolunteerFactory(programme=programme, housing_area=area)
    steps(make.CandidacyFactory(volunteer=volunteer), ("applied", D(2011, 2, 1)))
    return volunteer


def mother(programme, area, **values):
    volunteer = make.VolunteerFactory(programme=programme, housing_area=area)
    make.membership(volunteer, make.AssociationFactory(programme=programme), role="mother", since=D(2011, 2, 1))
    return volunteer


def lives(programme, on=D(2011, 12, 31), known_at=None):
    moment = Moment(on, end_of_day(known_at)) if known_at else Moment(on)
    return residence(programme, moment).candidates.counts


def counts(*numbers):
    return dict(zip(PLACES, numbers, strict=True))


def test_each_place_is_a_class_and_unknown_is_never_outside(programme, twin, areas):
    for area in areas.values():
        candidate(programme, area)
    for _ in range(2):
        mother(programme, areas["listed"])
    candidate(twin, None)

    found = residence(programme, Moment(D(2011, 12, 31)))

    assert (found.candidates.counts, found.mothers.counts) == (counts(1, 1, 1, 1), counts(2, 0, 0, 0))
    assert (found.candidates.share("listed"), found.candidates.mainly) == (1 / 4, 2 / 3)
    assert [(one.area, one.district, one.name) for one in found.listed] == [("På listen", "Nørrebro", "Liste 2010")]


def test_a_list_holds_from_its_day_until_it_says_otherwise(programme, areas):
    candidate(programme, areas["listed"])
    listing(areas["listed"], D(2011, 9, 1), "removed")
    listing(areas["outside"], D(2011, 9, 1))

    days = [D(2011, 2, 28), D(2011, 3, 1), D(2011, 8, 31), D(2011, 9, 1)]
    assert [lives(programme, day) for day in days] == [
        counts(0, 0, 0, 1),  # no list is known: not outside
        counts(1, 0, 0, 0),
        counts(1, 0, 0, 0),
        counts(0, 0, 1, 0),
    ]


def test_an_area_is_listed_as_long_as_one_list_names_it(programme, areas):
    candidate(programme, areas["listed"])
    listing(areas["listed"], D(2011, 5, 1), name="Liste 2011")
    listing(areas["listed"], D(2011, 9, 1), "removed")

    assert lives(programme) == counts(1, 0, 0, 0)


def test_a_list_recorded_late_or_taken_back_counts_as_it_was_known(programme):
    area = make.HousingAreaFactory(programme=programme)
    with clock(dt.datetime(2011, 3, 1, 12, tzinfo=COPENHAGEN)):
        candidate(programme, area)
    with clock(dt.datetime(2011, 6, 1, 12, tzinfo=COPENHAGEN)):
        fact = listing(area, D(2011, 3, 1))
    with clock(dt.datetime(2011, 7, 1, 12, tzinfo=COPENHAGEN)):
        fact.retract(by=None, reason="Et andet område")

    days = [D(2011, 5, 31), D(2011, 6, 1), D(2011, 6, 30), D(2011, 7, 1)]
    known = [lives(programme, D(2011, 4, 1), day)["listed"] for day in days]
    assert known == [0, 1, 1, 0]


def test_who_takes_a_pause_or_has_left_is_in_neither_group(programme, areas):
    left, paused = candidate(programme, areas["near"]), candidate(programme, areas["near"])
    steps(left.candidacies.get(), ("withdrawn", D(2011, 4, 1)))
    day = D(2011, 4, 1)
    steps(paused.candidacies.get(), ("interviewed", day), ("accepted", day), ("paused", D(2011, 4, 2)))

    assert lives(programme, D(2011, 3, 31)) == counts(0, 2, 0, 0)
    assert lives(programme, D(2011, 4, 2)) == counts(0, 0, 0, 0)


def test_the_page_says_that_ethnicity_is_not_recorded_and_leads_to_the_persons(programme, areas, secretary):
    for area in areas.values():
        candidate(programme, area)
        mother(programme, area)

    response = secretary.get(reverse("volunteers:residence"), {"on": "2011-12-31"})

    assert "Etnicitet registreres ikke" in response.content.decode()
    for group in response.context["groups"]:
        assert [line.number.text for line in group.lines] == ["1"] * 4
        for line in group.lines:
            assert secretary.get(line.number.url).context["listing"].count == 1


def test_the_municipality_reads_no_small_number_of_either_group(programme, areas, caseworker, client_of):
    with clock(dt.datetime(2011, 3, 1, 12, tzinfo=COPENHAGEN)):
        for _ in range(7):
            candidate(programme, areas["listed"])
        candidate(programme, areas["near"])
        listing(areas["listed"], D(2011, 3, 1), name="Anden liste")
        for _ in range(3):
            mother(programme, areas["near"])

    response = client_of(caseworker).get(reverse("volunteers:residence"), {"on": "2011-05-01"})

    mothers, candidates = response.context["groups"]
    assert (mothers.total, [line.number.text for line in mothers.lines]) == (
        says("Fewer than 5"),
        ["0", says("Fewer than 5"), "0", "0"],
    )
    assert (candidates.total, [line.number.text for line in candidates.lines]) == (
        "8",
        [says("Not shown")] * 4,
    )
    assert {line.share for group in response.context["groups"] for line in group.lines} == {""}
    assert "tal=" not in response.content.decode()


# --- Recording what a list says

FORM = {"name": "Liste 2010", "status": "listed", "happened_on": "2011-03-01"}


def test_a_list_is_recorded_once_a_day_and_what_was_typed_is_kept(programme, areas, secretary):
    url = reverse("associations:area_listing")
    typed = FORM | {"housing_area": areas["near"].pk}

    first, again = secretary.post(url, typed), secretary.post(url, typed)

    assert first.status_code == 302
    assert dict(again.context["form"].errors) == {
        "happened_on": [says("What the list says of the area is recorded for that day already.")]
    }
    shown = Fields(again.content.decode()).values
    assert {name: shown[name] for name in FORM} == FORM
    assert AreaListing.objects.filter(housing_area=areas["near"]).count() == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name", "0101701234"),
        ("name", ""),
        ("status", "måske"),
        ("happened_on", "2999-01-01"),
        ("happened_on", "31.02"),
    ],
)
def test_what_cannot_be_a_list_is_refused_beside_its_field(programme, areas, secretary, field, typed):
    before = AreaListing.objects.count()

    response = secretary.post(
        reverse("associations:area_listing"), FORM | {"housing_area": areas["near"].pk, field: typed}
    )

    assert set(response.context["form"].errors) == {field}
    assert AreaListing.objects.count() == before


def test_another_programme_s_area_cannot_be_listed(programme, twin, secretary):
    response = secretary.post(
        reverse("associations:area_listing"), FORM | {"housing_area": twin.housing_areas.first().pk}
    )

    assert set(response.context["form"].errors) == {"housing_area"}
