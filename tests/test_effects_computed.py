"""Computed effect indicators: the same numbers as other pages, in parts that add up, and none of few for the
municipality."""

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.utils.translation import gettext

from associations.models import Closing
from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.models.effects import Computed
from reports.effects import lines_of, question_of
from reports.figures.effects import UNITS, Question, Way, computed
from reports.told_effects import Teller
from tests import factories as make
from tests.effects import computed as an_indicator
from tests.effects import target
from tests.roles import clock

D = dt.date
pytestmark = pytest.mark.django_db

FEW, WITHHELD = gettext("Fewer than 5"), gettext("Not shown")


def value(programme, on, **asked):
    (found,) = computed(programme.pk, Moment(on), [Question(**asked)])
    return found.number


def test_every_figure_that_can_be_chosen_can_be_computed():
    assert set(UNITS) == set(Computed)


@pytest.fixture
def places(programme):
    """In one district two associations, in another a third."""
    areas = [make.HousingAreaFactory(programme=programme) for _ in range(2)]
    areas[1].district = make.DistrictFactory(programme=programme, name="Vanløse")
    areas[1].save()
    return [
        make.AssociationFactory(programme=programme, name=name, housing_area=areas[place])
        for name, place in (("A", 0), ("B", 0), ("C", 1))
    ]


def talk(place, number, on=D(2011, 5, 2), **values):
    with clock(dt.datetime(2011, 7, 1, tzinfo=COPENHAGEN)):
        for _ in range(number):
            make.conversation(place, on, **values)


def test_period_is_counted_from_its_first_day_to_its_last(programme, places):
    for day in (D(2011, 3, 31), D(2011, 4, 1), D(2011, 6, 30), D(2011, 7, 1)):
        make.conversation(places[0], day)
    one = an_indicator(programme, is_cumulative=False)
    goal = target(one, 2, D(2011, 4, 1), D(2011, 6, 30))

    told = {
        day: lines_of(programme, Moment(day), [one], may_see=True)[0]
        for day in (D(2011, 3, 31), D(2011, 4, 1), D(2011, 6, 30), D(2011, 12, 31))
    }

    assert [(line.number, line.way) for line in told.values()] == [
        (1, Way.NOT_BEGUN),
        (1, Way.ON_WAY),
        (2, Way.REACHED),
        (2, Way.REACHED),
    ]
    assert told[D(2011, 12, 31)].until == goal.ended_on
    assert question_of(one, None, D(2011, 5, 1)).since is None


def running(programme, on):
    """An association in operation from that day on."""
    place = make.founded_association(programme, on)
    for kind in make.RUNNING_KINDS:
        make.step(place, kind, on)
    return place


@pytest.mark.parametrize("may_see", [True, False], ids=["secretariat", "municipality"])
def test_what_there_is_on_a_day_is_judged_at_the_period_s_end(programme, may_see):
    place = running(programme, D(2011, 5, 26))
    Closing.record(by=None, association=place, money="Givet videre", happened_on=D(2011, 8, 31))
    for _ in range(2):
        running(programme, D(2011, 8, 1))
    early, whole = (an_indicator(programme, "associations_running", grouping="association") for _ in range(2))
    target(early, 2, D(2011, 1, 1), D(2011, 6, 30))
    target(whole, 2)

    told = lines_of(programme, Moment(D(2011, 11, 15)), [early, whole], may_see=may_see)

    assert [(line.number, line.until, line.way) for line in told] == [
        (1, D(2011, 6, 30), Way.MISSED),
        (2, D(2011, 11, 15), Way.REACHED),
    ]


def test_parts_and_curve_of_a_period_that_is_over_are_those_of_its_number(programme, secretary):
    place = running(programme, D(2011, 5, 26))
    Closing.record(by=None, association=place, money="Givet videre", happened_on=D(2011, 8, 31))
    running(programme, D(2011, 8, 1))
    one = an_indicator(programme, "associations_running", grouping="association")
    target(one, 2, D(2011, 1, 1), D(2011, 6, 30))

    page = secretary.get(one.get_absolute_url(), {"on": "2011-11-15"})

    assert page.context["line"].words == "1"
    assert page.context["parts"] == [(place.name, "1")]
    assert page.context["chart"].rows == [("26.05.2011", ["1"])]


def test_coordinators_of_a_period_that_is_over_are_those_of_its_last_day(programme):
    place = make.founded_association(programme, D(2011, 5, 26))
    make.counting_coordinator(place)
    left = make.VolunteerFactory(programme=programme)
    make.certificate(left)
    make.membership(left, place, until=D(2011, 6, 30))
    one = an_indicator(programme, "coordinators")
    target(one, 2, D(2011, 1, 1), D(2011, 6, 30))

    told = {
        day: lines_of(programme, Moment(day), [one], may_see=True)[0].number
        for day in (D(2011, 6, 30), D(2011, 7, 1), D(2011, 12, 31))
    }

    assert told == {D(2011, 6, 30): 2, D(2011, 7, 1): 2, D(2011, 12, 31): 2}


def test_only_the_topic_asked_for_is_counted(programme, places):
    talk(places[0], 2, topics=["health"])
    talk(places[0], 3, topics=["health", "school"])

    told = [
        value(programme, D(2011, 12, 31), figure="conversations", topic=one) for one in ("school", "health", "work")
    ]

    assert told == [3, 5, 0]


# --- For the municipality

ON = Moment(D(2011, 11, 15))


def parts(programme, code, grouping):
    return dict(Teller(programme, ON).parts(Question(code), grouping))


def test_district_with_a_small_association_is_not_told_so_that_it_cannot_be_subtracted(programme, places):
    for place, number in zip(places, (7, 2, 3), strict=True):
        talk(place, number)

    assert parts(programme, "conversations", "association") == {"A": "7", "B": WITHHELD, "C": WITHHELD}
    assert set(parts(programme, "conversations", "area").values()) == {WITHHELD}


def test_district_of_associations_that_are_told_is_their_sum(programme, places):
    for place, number in zip(places, (7, 6, 5), strict=True):
        talk(place, number)

    told = parts(programme, "conversations", "area")

    assert Counter(told.values()) == {"13": 1, "5": 1}
    assert told["Vanløse"] == "5"


def test_languages_of_conversations_hide_the_small(programme, places):
    talk(places[0], 9, language="ar")
    talk(places[0], 2, language="so")
    talk(places[0], 3)

    assert parts(programme, "conversations", "language") == {"ar": "9", "so": WITHHELD, "": WITHHELD}


def mothers(place, number, since=D(2011, 6, 27)):
    programme = place.programme
    basic = programme.curricula.filter(kind="basic").first() or make.CurriculumFactory(programme=programme)
    with clock(dt.datetime(2011, 7, 1, tzinfo=COPENHAGEN)):
        for _ in range(number):
            who = make.VolunteerFactory(programme=programme)
            make.certificate(who, basic, since=since)
            make.membership(who, place, role="mother", since=since)


def test_mothers_of_one_association_are_their_cell_of_the_breakdown(programme, places):
    for place, number in zip(places, (9, 1, 6), strict=True):
        mothers(place, number)
    asked = [Question("new_mothers"), *(Question("new_mothers", association=place.uuid) for place in places)]

    told = [one.words for one in Teller(programme, ON).values(asked)]

    assert told[0] == "16"
    assert told[1:] == [parts(programme, "new_mothers", "association")[place.name] for place in places]
    assert told[2] == WITHHELD
    assert told.count(WITHHELD) >= 2, "one alone is the rest of the total"


def test_mothers_are_told_as_they_were_when_they_were_released(programme, places):
    mothers(places[0], 6)
    mothers(places[0], 1, since=D(2011, 10, 3))

    (told,) = Teller(programme, ON).values([Question("new_mothers")])

    assert (told.number, told.day) == (Decimal(6), D(2011, 9, 30))
    assert value(programme, ON.on, figure="new_mothers") == 7


def test_mothers_of_a_period_that_ends_within_a_quarter_are_not_told(programme, places):
    """Eighteen until 15 August and twenty until September's end would tell of two."""
    mothers(places[0], 18)
    mothers(places[0], 2, since=D(2011, 8, 20))
    ends = [D(2011, 6, 30), D(2011, 8, 15), D(2011, 9, 30)]

    told = Teller(programme, ON).values([Question("new_mothers", until=day) for day in ends])

    assert [one.words for one in told] == ["18", WITHHELD, "20"]


@pytest.mark.parametrize("figure", ["coordinators", "attended_hours"])
@pytest.mark.parametrize("grouping", ["association", "area", "language"])
def test_coordinators_and_hours_are_not_broken_down_for_the_municipality(programme, figure, grouping):
    assert Teller(programme, ON).parts(Question(figure), grouping) is None


def test_filtered_number_is_not_broken_down_for_the_municipality(programme, places):
    asked = Question("conversations", association=places[0].uuid)

    assert Teller(programme, ON).parts(asked, "language") is None
    assert Teller(programme, ON).parts(Question("conversations", topic="health"), "association") is None


def test_number_that_is_withheld_has_no_standing_and_no_curve(programme, places, caseworker, client_of):
    talk(places[0], 3)
    one = an_indicator(programme)
    target(one, 3)

    page = client_of(caseworker).get(one.get_absolute_url(), {"on": "2011-11-15"})

    line = page.context["line"]
    assert (line.words, line.number, line.way, page.context["chart"]) == (FEW, None, Way.NOT_TOLD, None)
