"""The training's pages: courses in a list, one course with its days and participants, a volunteer's own courses."""

import datetime as dt
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext

from bydelsmoedre.moment import Moment
from reports.views.training import enrolment_lines
from tests import factories as make
from tests.doors import hidden_of
from tests.roles import clock
from tests.training import FIRST, WEEK, attend, planned_course, publish, take_part

D = dt.date
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def basic(programme):
    curriculum = programme.curricula.get(kind="basic")
    with clock(dt.datetime(2011, 1, 1, tzinfo=dt.UTC)):
        publish(curriculum)
    return curriculum


@pytest.fixture
def association(programme):
    return make.AssociationFactory(programme=programme, name="Bydelsmødre i Tingbjerg")


@pytest.fixture
def course(basic, association):
    return planned_course(basic, name="Hold A", association=association, capacity=18)


def row(response, name):
    """The cells of a course in the list, by their headings."""
    (found,) = [cells for cells in response.context["listing"].table if cells[0].text == name]
    return {cell.label: cell.text for cell in found}


def listed(client, query=""):
    response = client.get(reverse("training:list") + query)
    return [cells[0].text for cells in response.context["listing"].table]


@pytest.mark.parametrize(
    ("on", "state"),
    [
        (FIRST - DAY, "Planned"),
        (FIRST, "1/3"),
        (FIRST + WEEK - DAY, "1/3"),
        (FIRST + WEEK, "2/3"),
        (FIRST + WEEK * 2, "3/3"),
        (FIRST + WEEK * 2 + DAY, "Finished"),
    ],
    ids=["day-before", "first-day", "before-second", "second", "last-day", "day-after"],
)
def test_state_of_a_course_on_a_day(secretary, course, on, state):
    number, _slash, all_of_them = state.partition("/")
    words = gettext("session %(number)s of %(all)s") % {"number": number, "all": all_of_them}

    shown = row(secretary.get(reverse("training:list") + f"?on={on}"), "Hold A")[gettext("Standing")]

    assert shown.lower() == (words.lower() if all_of_them else gettext(state).lower())


def test_list_counts_seats_the_waiting_list_and_certificates(secretary, course):
    seats = [take_part(course) for _ in range(3)]
    take_part(course, status="waiting")
    take_part(course, until=FIRST + WEEK, end_reason="dropped_out")
    make.certificate(seats[0].enrolment.volunteer, course.curriculum, since=D(2011, 6, 27))
    make.certificate(make.VolunteerFactory(programme=course.curriculum.programme), course.curriculum)

    told = row(secretary.get(reverse("training:list") + "?on=2011-12-31"), "Hold A")

    assert told[gettext("Seats taken")] == gettext("%(taken)s of %(capacity)s") % {"taken": 3, "capacity": 18}
    assert (told[gettext("On the waiting list")], told[gettext("Certificates")]) == ("1", "1")


def test_certificate_is_counted_in_the_latest_course_that_had_begun(secretary, course, basic):
    later = planned_course(basic, name="Hold B", first=FIRST + WEEK * 10)
    person = take_part(course).enrolment.volunteer
    take_part(later, person, since=later.starts_on)
    make.certificate(person, basic, since=later.ends_on)

    answer = secretary.get(reverse("training:list") + "?on=2011-12-31")

    assert [row(answer, name)[gettext("Certificates")] for name in ("Hold A", "Hold B")] == ["0", "1"]
    assert [page(secretary, one, "?on=2011-12-31").context["issued"] for one in (course, later)] == [0, 1]


def test_a_small_course_is_not_told_by_the_others_whatever_is_filtered(client_of, caseworker, course, basic):
    other = planned_course(basic, name="Hold B")
    for one, count in ((course, 2), (other, 11)):
        for _ in range(count):
            take_part(one)
    client, hidden = client_of(caseworker), gettext("Not shown")

    answers = [client.get(reverse("training:list") + query) for query in ("", "?q=hold+b")]

    seats = gettext("%(taken)s of %(capacity)s") % {"taken": hidden, "capacity": other.capacity}
    assert [row(one, "Hold B")[gettext("Seats taken")] for one in answers] == [seats] * 2
    assert page(client, other).context["taken"] == hidden


def test_list_is_filtered_and_ordered_by_the_first_day(secretary, course, basic):
    planned_course(basic, name="Hold Å", first=D(2011, 9, 5), place="Ørestad")

    lists = [listed(secretary, query) for query in ("", "?q=oerestad", "?q=ørestad", "?state=finished&on=2011-06-30")]
    by_association = listed(secretary, f"?association={course.association.uuid}")

    assert lists == [["Hold Å", "Hold A"], ["Hold Å"], ["Hold Å"], ["Hold A"]]
    assert by_association == ["Hold A"]


def test_list_shows_local_coordinator_the_courses_of_her_association_only(client_of, course, basic, association):
    planned_course(basic, name="Hold B", association=make.AssociationFactory(programme=basic.programme))
    planned_course(basic, name="Hold C")

    assert listed(client_of(make.local_coordinator(association))) == ["Hold A"]


def test_list_suppresses_small_numbers_for_the_municipality_also_in_the_file(client_of, caseworker, course):
    take_part(course)
    client = client_of(caseworker)

    told = row(client.get(reverse("training:list")), "Hold A")
    file = client.get(reverse("training:list") + "?format=csv")
    text = b"".join(file.streaming_content if file.streaming else [file.content]).decode("utf-8-sig")

    few = gettext("Fewer than 5")
    assert told[gettext("Seats taken")] == gettext("%(taken)s of %(capacity)s") % {"taken": few, "capacity": 18}
    assert few in text


def test_empty_list_says_what_to_do(secretary, programme):
    html = unescape(secretary.get(reverse("training:list")).content.decode())

    assert gettext("Plan the first course: its days follow from the training's modules.") in html


def test_findings_are_counted_though_only_some_are_listed(secretary, client_of, caseworker, course):
    for _ in range(4):
        attend(take_part(course), 1, 2)
    query = "?on=2011-12-31"

    groups = secretary.get(reverse("training:list") + query).context["findings"]
    theirs = client_of(caseworker).get(reverse("training:list") + query).context["findings"]

    found = {group.findings[0].code: (len(group.findings), group.total) for group in groups}
    assert found == {"attendance_missing": (1, 1), "certificate_proposed": (3, 4)}
    assert theirs == []


# --- One course


def page(client, course, query=""):
    return client.get(course.get_absolute_url() + query)


def participant(response, seat):
    (found,) = [line for line in response.context["participants"] if line.held.enrolment_id == seat.enrolment_id]
    return found


def test_matrix_tells_what_is_known_of_each_module(secretary, course):
    seat = attend(attend(take_part(course), 1), 2, mark="excused")
    late = attend(take_part(course, since=FIRST + WEEK), 2, mark="absent")
    before_the_last = f"?on={FIRST + WEEK * 2}"

    cells = [participant(page(secretary, course, query), seat).cells for query in (before_the_last, "?on=2011-12-31")]

    assert cells == [["present", "excused", "not_yet"], ["present", "excused", "unrecorded"]]
    assert participant(page(secretary, course, "?on=2011-12-31"), late).cells == ["outside", "absent", "unrecorded"]


def test_make_up_session_fills_the_module_in_the_matrix(secretary, course):
    seat = attend(take_part(course), 1, mark="absent")
    make.attendance(
        seat.enrolment, make.SessionFactory(course=course, module=1, held_on=FIRST + WEEK * 5, is_make_up=True)
    )

    assert participant(page(secretary, course, "?on=2011-12-31"), seat).cells[0] == "present"


def test_search_for_whom_to_enrol_survives_a_nul(secretary, course):
    make.VolunteerFactory(programme=course.curriculum.programme, name="Åse Æbelø")

    page = secretary.get(reverse("training:enrol", args=[course.uuid]), {"q": "Åse\x00"})

    assert (page.status_code, page.context["form"].offered) == (200, 1)


def test_completed_leads_to_the_certificate_and_issued_tells_its_day(secretary, course):
    done, issued = attend(take_part(course), 1, 2), attend(take_part(course), 1, 2)
    make.certificate(issued.enrolment.volunteer, course.curriculum, since=D(2011, 6, 27))

    shown = page(secretary, course, "?on=2031-12-31")

    line = participant(shown, done)
    assert (line.state, line.issue_url) == (
        "proposed",
        reverse("training:certificate", args=[done.enrolment.volunteer.uuid]),
    )
    assert (participant(shown, issued).state, participant(shown, issued).since) == ("certified", D(2011, 6, 27))


def test_whoever_left_stands_last_with_day_and_reason(secretary, course):
    gone = take_part(course, until=FIRST + DAY, end_reason="dropped_out")
    take_part(course)

    last = page(secretary, course, "?on=2011-12-31").context["participants"][-1]

    assert (last.held, last.state, last.since) == (gone, "left", FIRST + DAY)


def test_sessions_tell_how_many_of_those_expected_were_there(secretary, course):
    for mark in ("present", "present", "excused"):
        attend(take_part(course), 1, mark=mark)
    course.sessions.filter(module=3).update(is_cancelled=True)

    lines = page(secretary, course, "?on=2011-12-31").context["sessions"]

    assert [(one.state, one.present, one.expected) for one in lines] == [
        ("recorded", 2, 3),
        ("unrecorded", 0, 3),
        ("cancelled", 0, 3),
    ]


def test_at_an_earlier_moment_the_page_tells_what_was_known_then(secretary, course):
    with clock(dt.datetime(2011, 3, 8, tzinfo=dt.UTC)):
        seat = attend(take_part(course), 1)
    with clock(dt.datetime(2011, 4, 1, tzinfo=dt.UTC)):
        attend(seat, 2)
        take_part(course)

    then = page(secretary, course, "?on=2011-03-21&known_at=2011-03-20")
    now = page(secretary, course, "?on=2011-03-21")

    assert [len(one.context["participants"]) for one in (then, now)] == [1, 2]
    assert participant(then, seat).cells == ["present", "unrecorded", "not_yet"]
    assert participant(now, seat).cells == ["present", "present", "not_yet"]
    assert not then.context["reader"].may_plan


def test_municipality_meets_totals_and_no_participant(client_of, caseworker, course):
    seat = attend(take_part(course), 1)
    take_part(course, status="waiting")

    shown = page(client_of(caseworker), course, "?on=2011-12-31")

    html = unescape(shown.content.decode())
    assert "participants" not in shown.context
    assert str(seat.enrolment.volunteer) not in html
    assert (shown.context["taken"], shown.context["waiting_count"]) == (gettext("Fewer than 5"),) * 2


def test_local_coordinator_is_led_to_the_volunteers_that_she_may_see(client_of, course, association):
    mine, other = take_part(course), take_part(course)
    make.membership(mine.enrolment.volunteer, association, role="mother")

    shown = page(client_of(make.local_coordinator(association)), course)

    assert participant(shown, mine).url == mine.enrolment.volunteer.get_absolute_url()
    assert participant(shown, other).url == ""


# --- A volunteer's courses


def test_volunteers_courses_are_told_in_two_queries(course, basic, secretariat):
    person = make.VolunteerFactory(programme=basic.programme)
    attend(take_part(course, person), 1)
    other = planned_course(basic, name="Hold B", first=D(2011, 9, 5))
    take_part(other, person, since=D(2011, 9, 5), until=D(2011, 9, 12), end_reason="dropped_out")

    with CaptureQueriesContext(connection) as queries:
        lines = enrolment_lines(person, [person.pk], Moment(D(2011, 12, 31)), secretariat)

    assert len(queries) == 2
    assert [(one.name, one.attended, one.required) for one in lines] == [("Hold B", None, None), ("Hold A", 1, 2)]
    assert lines[0].state.lower() == gettext("dropped out").lower()


def test_volunteers_courses_are_those_known_at_the_moment(course, secretariat):
    person = make.VolunteerFactory(programme=course.curriculum.programme)
    take_part(course, person)

    assert enrolment_lines(person, [person.pk], Moment(FIRST - DAY), secretariat) == []
    assert [one.name for one in enrolment_lines(person, [person.pk], Moment(FIRST), secretariat)] == ["Hold A"]


def test_local_coordinator_meets_the_courses_of_her_own_associations_alone(client_of, course, basic, association):
    person = make.VolunteerFactory(programme=basic.programme)
    make.membership(person, association)
    theirs = planned_course(basic, name="Hold B", association=make.AssociationFactory(programme=basic.programme))
    for one in (course, theirs):
        take_part(one, person)

    page = client_of(make.local_coordinator(association)).get(person.get_absolute_url())

    assert [one.name for one in page.context["courses"]] == ["Hold A"]
    assert "Hold B" not in page.content.decode()


# --- Correcting


def test_participation_is_retracted_from_its_course(secretary, course):
    seat = take_part(course)
    url = reverse("reports:retract", args=["deltagelse", seat.uuid])
    hidden = hidden_of(secretary.get(url))

    response = secretary.post(url, hidden | {"reason": "Forkert hold"})

    assert response["Location"] == course.get_absolute_url()
    assert page(secretary, course).context["participants"] == []
