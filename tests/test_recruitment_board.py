"""The board of recruitment: where everybody stands, as the funnel counts; who is stuck from which day, and why; the
steps that a card leads to."""

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from bydelsmoedre.moment import Moment
from reports.figures.funnel import STANDS, funnel
from reports.figures.recruiting import COLUMNS, PATIENCE, Stuck, board, places
from reports.findings import found
from tests import factories as make
from tests.people import steps
from tests.training import take_part
from volunteers.recruitment import FOLLOWING, Stage

D = dt.date
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db

APPLIED, INTERVIEWED, ACCEPTED = D(2011, 2, 1), D(2011, 2, 11), D(2011, 2, 21)
ON = {"on": "2011-12-31"}


@pytest.fixture
def basic(programme):
    return programme.curricula.get(kind="basic")


@pytest.fixture
def course(basic):
    """From 1 March to 30 June."""
    return make.CourseFactory(curriculum=basic)


def candidate(programme, last="accepted", **values):
    """Somebody who has taken the steps up to the last one."""
    taken = [("applied", APPLIED), ("interviewed", INTERVIEWED), ("accepted", ACCEPTED)]
    volunteer = make.VolunteerFactory(programme=programme, **values)
    steps(make.CandidacyFactory(volunteer=volunteer), *taken[: [one for one, _day in taken].index(last) + 1])
    return volunteer


def of(volunteer, on):
    (place,) = [
        one for one in places(volunteer.programme, Moment(on), stands=COLUMNS) if one.volunteer_id == volunteer.pk
    ]
    return place


def stuck_from(volunteer, first, reason, stands):
    """She is stuck from that day on, and not the day before."""
    before, after = of(volunteer, first - DAY), of(volunteer, first)
    assert (before.stands, before.is_stuck) == (stands, False)
    assert (after.stands, after.stuck_on, after.waits_for) == (stands, first, reason)


def days(reason):
    """So long she waits, and the day after she is stuck."""
    return dt.timedelta(PATIENCE[reason] + 1)


def test_who_waits_for_an_interview(programme):
    stuck_from(candidate(programme, "applied"), APPLIED + days(Stuck.INTERVIEW), Stuck.INTERVIEW, "applied")


def test_who_waits_for_an_answer(programme):
    stuck_from(candidate(programme, "interviewed"), INTERVIEWED + days(Stuck.ANSWER), Stuck.ANSWER, "interviewed")


def test_who_is_accepted_and_has_no_seat(programme):
    stuck_from(candidate(programme), ACCEPTED + days(Stuck.SEAT), Stuck.SEAT, "accepted")


def test_who_is_on_a_waiting_list_only(programme, basic):
    later = make.CourseFactory(curriculum=basic, starts_on=D(2011, 9, 1), ends_on=D(2011, 12, 1))
    person = candidate(programme)
    take_part(later, person, since=ACCEPTED, status="waiting")

    stuck_from(person, ACCEPTED + days(Stuck.WAITING_LIST), Stuck.WAITING_LIST, "accepted")


def test_who_has_a_seat_in_a_course_to_come_is_not_stuck(programme, basic):
    later = make.CourseFactory(curriculum=basic, starts_on=D(2011, 9, 1), ends_on=D(2011, 12, 1))
    person = candidate(programme)
    take_part(later, person, since=ACCEPTED)

    assert not of(person, D(2011, 8, 31)).is_stuck
    assert of(person, D(2011, 9, 1)).stands == "training"


def test_who_is_in_training_is_not_stuck_and_is_when_it_is_long_over(programme, course):
    person = candidate(programme)
    take_part(course, person, since=course.starts_on)

    assert [of(person, day).stands for day in (course.ends_on, course.ends_on + DAY)] == ["training", "accepted"]
    stuck_from(person, course.ends_on + days(Stuck.COURSE_OVER), Stuck.COURSE_OVER, "accepted")


def test_who_has_her_diploma_and_no_role(programme, course):
    person = candidate(programme)
    take_part(course, person, since=course.starts_on)
    make.certificate(person, course.curriculum, course.ends_on)

    stuck_from(person, course.ends_on + days(Stuck.ROLE), Stuck.ROLE, "diploma")


def test_who_has_taken_a_long_pause(programme):
    person = candidate(programme)
    steps(person.candidacies.get(), ("paused", D(2011, 3, 1)))

    stuck_from(person, D(2011, 3, 1) + days(Stuck.PAUSE), Stuck.PAUSE, "paused")


def test_who_is_stuck_on_the_way_in_is_a_finding_once(programme):
    person = candidate(programme)
    candidate(programme, "applied")

    told = found(programme, Moment(D(2011, 12, 31)), codes=["recruitment_stuck"])

    assert [(one.uuid, one.since) for one in told] == [(person.uuid, ACCEPTED + days(Stuck.SEAT))]


# --- The page


def lanes(response):
    return {lane.code: lane for lane in response.context["lanes"]}


def test_card_leads_to_the_steps_that_may_follow_and_back_to_the_board(secretary, programme):
    person = candidate(programme, "interviewed")

    answer = secretary.get(reverse("volunteers:board"))
    (card,) = lanes(answer)["interviewed"].cards
    assert [move.to for move in card.moves] == list(FOLLOWING[Stage.INTERVIEWED])
    taken = secretary.post(f"{card.moves[0].url}?next={reverse('volunteers:board')}", {"happened_on": "2011-02-21"})

    assert taken["Location"] == reverse("volunteers:board")
    (card,) = lanes(secretary.get(reverse("volunteers:board")))["accepted"].cards
    assert card.volunteer == person


def test_page_of_the_past_leads_to_no_step(secretary, programme):
    candidate(programme, "applied")

    past = secretary.get(reverse("volunteers:board"), {"on": "2011-12-30"})

    assert lanes(past)["applied"].cards[0].moves == []


def test_the_stuck_stand_first_and_a_full_column_leads_to_the_list(secretary, programme, monkeypatch):
    monkeypatch.setattr("reports.views.recruitment.MOST", 1)
    waits, new = candidate(programme, "applied"), make.VolunteerFactory(programme=programme)
    steps(make.CandidacyFactory(volunteer=new), ("applied", D(2011, 12, 30)))

    lane = lanes(secretary.get(reverse("volunteers:board"), ON))["applied"]
    assert ([card.volunteer for card in lane.cards], lane.total, lane.stuck) == ([waits], 2, 1)
    listed = secretary.get(lane.url).context["listing"].page.object_list
    assert [card.volunteer for card in listed] == [waits, new]
    assert parse_qs(urlsplit(lane.url).query) == {"trin": ["applied"]}


def test_list_is_narrowed_to_who_is_stuck_in_an_area(secretary, programme):
    area = make.HousingAreaFactory(programme=programme)
    here, _there = candidate(programme, "applied", housing_area=area), candidate(programme, "applied")
    new = make.VolunteerFactory(programme=programme, housing_area=area)
    steps(make.CandidacyFactory(volunteer=new), ("applied", D(2011, 12, 30)))

    asked = ON | {"omraade": str(area.uuid), "fast": "ja"}
    listed = secretary.get(reverse("volunteers:board_list"), asked).context["listing"].page.object_list

    assert [(card.volunteer, card.place.waits_for) for card in listed] == [(here, Stuck.INTERVIEW)]


def test_list_is_fetched_as_a_file(secretary, programme):
    candidate(programme, "applied", name="Åse Ærø")

    answer = secretary.get(reverse("volunteers:board_list"), ON | {"format": "csv"})

    told = answer.getvalue().decode("utf-8-sig")
    assert "Åse Ærø" in told
    assert "Venter på en ansøgningssamtale" in told


# --- The story, last: its programme bears the name of the others


@pytest.mark.parametrize("on", [D(2011, 3, 31), D(2011, 6, 30), D(2011, 9, 30), D(2011, 12, 31)])
def test_columns_hold_as_many_as_the_funnel_counts(story, on):
    counted = board(story, Moment(on), most=3)

    assert {stands: counted[stands].total for stands in STANDS} == funnel(story, Moment(on)).total.stands
    listed = places(story, Moment(on), stands=COLUMNS, stuck=True)
    assert len(listed) == sum(counted[stands].stuck for stands in COLUMNS)
