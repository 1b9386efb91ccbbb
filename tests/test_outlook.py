"""The outlook for the deadline: what is certain, what the plans add, and when that is enough."""

import datetime as dt

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from associations.models import StepPlan
from bydelsmoedre.moment import ALWAYS, Moment
from programme.models import SuccessCriterion
from reports.figures.criteria import measures
from reports.figures.outlook import Way, completes_on, outlook
from tests import factories as make
from tests.doors import html_of
from tests.roles import clock
from tests.training import attend, planned_course, publish, take_part
from training.completion import Completion
from training.models import Curriculum
from volunteers.models import SamePerson

D = dt.date
TODAY = D(2011, 11, 15)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def then():
    """Everything is recorded in time: known on the day that is asked of."""
    with clock(dt.datetime(2011, 11, 15, 12, tzinfo=dt.UTC)):
        yield


@pytest.fixture
def programme():
    return make.plan("København")


def asked(programme, number=1, on=TODAY, known_at=ALWAYS):
    (measure,) = (one for one in measures(programme, Moment(on, known_at)) if one.number == number)
    return outlook(measure)


def planned(association, **days):
    for kind, day in days.items():
        StepPlan.objects.create(association=association, kind=kind, planned_on=day)
    return association


def forming(programme, **days):
    return planned(make.AssociationFactory(programme=programme), **days)


def numbers(found):
    return found.certain, found.expected, found.open


# --- Associations


def test_what_counts_is_certain_and_a_planned_meeting_is_expected(programme):
    make.founded_association(programme, D(2011, 5, 26))
    place = forming(programme, meeting=D(2011, 12, 12))
    make.step(place, "notice", D(2011, 11, 1))

    found = asked(programme)

    assert numbers(found) == (1, 2, 0)
    (coming,) = found.coming
    assert (coming.way, coming.on, coming.uuid, coming.step) == (Way.FOUNDING, D(2011, 12, 12), place.uuid, "meeting")
    assert coming.undated == ("statutes", "board", "minutes", "constitution")
    assert found.steps == ((TODAY, 1), (D(2011, 12, 12), 2))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(D(2011, 11, 14), 0), (TODAY, 1), (D(2011, 12, 31), 1), (D(2012, 1, 1), 0)],
    ids=["passed", "today", "on the deadline", "after it"],
)
def test_a_plan_counts_from_today_to_the_deadline(programme, day, expected):
    forming(programme, meeting=day)

    assert asked(programme).expected == expected


def test_a_step_planned_after_the_deadline_keeps_the_association_out(programme):
    forming(programme, meeting=D(2011, 12, 12), board=D(2012, 1, 9))

    assert asked(programme).expected == 0


def test_once_the_meeting_is_held_every_step_needs_a_date(programme):
    place = forming(programme, minutes=D(2011, 12, 1))
    for kind in ("notice", "statutes", "meeting", "board"):
        make.step(place, kind, D(2011, 11, 1))

    without = asked(programme)
    planned(place, constitution=D(2011, 12, 8))
    whole = asked(programme)

    assert numbers(without) == (0, 0, 1)
    assert numbers(whole) == (0, 1, 0)
    assert (whole.coming[0].on, whole.coming[0].step) == (D(2011, 12, 8), "constitution")


def test_a_board_that_is_too_small_needs_a_new_election_with_a_date(programme):
    place = make.AssociationFactory(programme=programme)
    for kind in ("notice", "statutes", "meeting", "minutes", "constitution"):
        make.step(place, kind, D(2011, 11, 1))
    make.step(place, "board", D(2011, 11, 1), board_members=4)

    before = asked(programme).expected
    planned(place, board=D(2011, 12, 8))

    assert (before, asked(programme).expected) == (0, 1)


def test_what_is_recorded_later_is_not_known_today(programme):
    with clock(dt.datetime(2011, 12, 20, 12, tzinfo=dt.UTC)):
        make.founded_association(programme, D(2011, 12, 12))

    found = asked(programme)

    assert (numbers(found), found.coming) == ((0, 0, 0), ())


def test_there_is_no_outlook_of_a_decision_nor_once_the_deadline_has_come(programme):
    assert asked(programme, 3) is None
    assert asked(programme, 1, D(2011, 12, 31)) is None
    assert asked(programme, 1, D(2011, 12, 30)) is not None


# --- Coordinators


@pytest.fixture
def curriculum(programme):
    found = Curriculum.objects.get(programme=programme, kind="coordinator")
    publish(found, count=3, required=2, compulsory=(3,))
    return found


def participant(course, association=None, modules=(), **values):
    """Somebody with a seat who was there at the modules, and is coordinator where an association is given."""
    person = make.VolunteerFactory(programme=course.curriculum.programme, **values)
    seat = take_part(course, person, since=course.starts_on)
    attend(seat, *modules)
    if association:
        make.membership(person, association, since=D(2011, 10, 1))
    return person


def test_course_that_ends_before_the_deadline_tells_who_is_on_track(programme, curriculum):
    place = make.founded_association(programme, D(2011, 5, 26))
    course = planned_course(curriculum, first=D(2011, 11, 7))  # the 7th, 14th and 21st
    participant(course, place, modules=(1,))
    participant(course, modules=(1, 2))

    found = asked(programme, 2)

    (coming,) = found.coming
    assert (coming.way, coming.uuid, coming.on) == (Way.COURSE, course.uuid, D(2011, 11, 21))
    assert (coming.on_track, coming.count) == (2, 1), "one of them has no role yet"
    assert numbers(found) == (0, 1, 0)
    assert found.steps == ((TODAY, 0), (D(2011, 11, 21), 1))


def test_who_can_no_longer_complete_the_course_is_not_on_track(programme, curriculum):
    place = make.founded_association(programme, D(2011, 5, 26))
    course = planned_course(curriculum, first=D(2011, 11, 7))
    participant(course, place)  # missed both days so far, and two modules are required

    found = asked(programme, 2)

    assert (numbers(found), found.coming) == ((0, 0, 1), ())


@pytest.mark.parametrize("first", [TODAY, D(2011, 11, 16), D(2011, 12, 17)], ids=["today", "tomorrow", "at the last"])
def test_course_to_come_tells_who_is_on_track_in_it(programme, curriculum, first):
    place = make.founded_association(programme, D(2011, 5, 26))
    course = planned_course(curriculum, first=first)  # three days with a week between: the last on the deadline
    participant(course, place)

    found = asked(programme, 2)

    (coming,) = found.coming
    last = first + dt.timedelta(14)
    assert (coming.way, coming.uuid, coming.on, coming.on_track, coming.count) == (Way.COURSE, course.uuid, last, 1, 1)
    assert numbers(found) == (0, 1, 0)


def test_who_has_a_seat_in_two_courses_is_expected_by_the_first_that_she_can_complete(programme, curriculum):
    place = make.founded_association(programme, D(2011, 5, 26))
    later = planned_course(curriculum, first=D(2011, 12, 12), name="Later")
    person = participant(later, place)
    sooner = planned_course(curriculum, first=D(2011, 11, 21), name="Sooner")
    take_part(sooner, person, since=sooner.starts_on)

    found = asked(programme, 2)

    assert [(one.uuid, one.on_track, one.count) for one in found.coming] == [(sooner.uuid, 1, 1)]
    assert found.steps == ((TODAY, 0), (D(2011, 12, 5), 1))


@pytest.mark.parametrize("seat", [D(2011, 11, 1), D(2011, 12, 26)], ids=["seat held today", "seat to come"])
def test_course_that_ends_after_the_deadline_adds_nobody(programme, curriculum, seat):
    place = make.founded_association(programme, D(2011, 5, 26))
    course = planned_course(curriculum, first=D(2011, 12, 26))
    person = make.VolunteerFactory(programme=programme)
    take_part(course, person, since=seat)
    make.membership(person, place, since=D(2011, 10, 1))

    assert numbers(asked(programme, 2)) == (0, 0, 1)


def test_coordinator_of_an_association_to_be_founded_counts_from_then(programme, curriculum):
    place = forming(programme, meeting=D(2011, 12, 12))
    course = planned_course(curriculum, first=D(2011, 11, 7))
    participant(course, place, modules=(1,))

    found = asked(programme, 2)

    assert found.steps == ((TODAY, 0), (D(2011, 12, 12), 1))
    assert [(one.way, one.on, one.count, one.on_track) for one in found.coming] == [
        (Way.COURSE, D(2011, 11, 21), 0, 1),
        (Way.FOUNDING, D(2011, 12, 12), 1, 0),
    ]


@pytest.mark.parametrize("recorded", ["duplicate", "kept"], ids=["seat of the duplicate", "role of the duplicate"])
def test_coordinator_recorded_twice_is_expected_once(programme, curriculum, recorded):
    place = make.founded_association(programme, D(2011, 5, 26))
    course = planned_course(curriculum, first=D(2011, 11, 7))
    seated = participant(course, modules=(1,))
    other = make.VolunteerFactory(programme=programme)
    make.membership(other, place, since=D(2011, 10, 1))
    duplicate, kept = (seated, other) if recorded == "duplicate" else (other, seated)
    SamePerson.record(by=None, duplicate=duplicate, kept=kept, happened_on=D(2011, 11, 10))

    found = asked(programme, 2)

    assert numbers(found) == (0, 1, 0)
    assert [(one.on_track, one.count) for one in found.coming] == [(1, 1)]


def test_a_role_that_is_known_to_end_is_not_certain(programme):
    place = make.founded_association(programme, D(2011, 5, 26))
    make.counting_coordinator(place)
    leaving = make.VolunteerFactory(programme=programme)
    make.certificate(leaving)
    make.membership(leaving, place, until=D(2011, 11, 30))

    found = asked(programme, 2)

    assert (found.value, *numbers(found)) == (2, 1, 1, 1)
    assert [(one.way, one.on, one.count) for one in found.coming] == [(Way.ENDS, D(2011, 12, 1), 1)]
    assert found.steps == ((TODAY, 2), (D(2011, 12, 1), 1))


def test_a_role_that_begins_later_is_expected(programme):
    place = make.founded_association(programme, D(2011, 5, 26))
    person = make.VolunteerFactory(programme=programme)
    make.certificate(person)
    make.membership(person, place, since=D(2011, 12, 1))

    found = asked(programme, 2)

    assert numbers(found) == (0, 1, 0)
    assert [(one.way, one.on) for one in found.coming] == [(Way.RECORDED, D(2011, 12, 1))]


DAY = D(2011, 12, 1)


@given(
    attended=st.sets(st.integers(1, 6)),
    coming=st.sets(st.integers(1, 7)),
    compulsory=st.sets(st.integers(1, 6), max_size=3),
    required=st.integers(1, 6),
)
def test_on_track_is_whoever_completes_by_being_there_from_now_on(attended, coming, compulsory, required):
    modules = {1, 2, 3, 4, 5, 6}
    one = Completion(
        1, 1, tuple(modules), required, tuple(attended), tuple(compulsory - attended), None, None, None,
        lacks_contract=False, lacks_evaluation=False, certified_on=None,
    )  # fmt: skip

    found = completes_on(one, dict.fromkeys(coming, DAY), {}, TODAY)

    total = attended | (coming & modules)
    can = len(total) >= required and compulsory <= total and total != attended
    assert found == (DAY if can else None)


# --- The page


@pytest.fixture
def page_of(programme, client, settings):
    settings.DEMO_TODAY = TODAY

    def page(role, number, **asked):
        client.force_login(make.user_with_role(programme, role))
        criterion = SuccessCriterion.objects.get(programme=programme, number=number)
        return client.get(reverse("reports:criterion", args=[criterion.uuid]), asked)

    return page


def test_page_says_that_it_is_at_risk_and_why(programme, page_of):
    place = forming(programme, meeting=D(2011, 12, 12))

    page = page_of("secretariat", 1)

    told = page.context["outlook"]
    assert (told.outlook.is_on_track, told.outlook.missing) == (False, 2)
    assert [line.name for line in told.lines] == [place.name]
    assert told.sentence.replace("\u00a0", " ") in html_of(page)
    assert [line.css for line in page.context["chart"].lines] == ["curve-line", "curve-second"]


def test_page_says_that_it_is_on_track(programme, page_of):
    for _ in range(2):
        make.founded_association(programme, D(2011, 5, 26))
    forming(programme, meeting=D(2011, 12, 12))

    told = page_of("caseworker", 1).context["outlook"]

    assert (told.outlook.is_on_track, told.outlook.is_certain) == (True, False)


def test_past_day_has_no_outlook(page_of):
    assert page_of("secretariat", 1, on="2011-10-01").context["outlook"] is None


def test_municipality_is_told_no_number_of_persons(programme, curriculum, page_of):
    place = make.founded_association(programme, D(2011, 5, 26))
    participant(planned_course(curriculum, first=D(2011, 11, 7)), place, modules=(1,))

    page = page_of("caseworker", 2)

    told = page.context["outlook"]
    assert [line.adds for line in told.lines] == [""]
    assert not any(character.isdigit() for character in told.lines[0].text)
    assert [line.css for line in page.context["chart"].lines] == ["curve-line"]
