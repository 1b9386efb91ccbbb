"""What each course came to: who completed and left, hours and cost, who was there at each module; as of any Moment."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from budget.ledger import reverse as reverse_posting
from budget.models import CourseLine
from bydelsmoedre.moment import Moment
from reports.figures.courses import attended_hours, course_figures, unassigned
from reports.views.course_figures import MOST
from reports.views.training import counted
from tests import factories as make
from tests.doors import html_of
from tests.training import FIRST, WEEK, attend, planned_course, publish, take_part
from training.models import Course, Participation

D, DAY = dt.date, dt.timedelta(1)
pytestmark = pytest.mark.django_db
LATER = Moment(D(2011, 12, 31))


@pytest.fixture
def basic(programme):
    found = programme.curricula.get(kind="basic")
    publish(found, count=3, required=2)
    return found


@pytest.fixture
def course(basic):
    return planned_course(basic, name="Hold 1")


@pytest.fixture
def line(programme):
    return programme.budgets.first().lines.first()


def of(course, moment=LATER):
    (figures,) = course_figures(course.curriculum.programme_id, [course], moment)
    return figures


def spend(line, amount, course=None, on=D(2011, 4, 1)):
    return make.posting(line=line, amount=amount, text="Lokale", course=course, happened_on=on)


def test_who_left_is_told_by_why_and_from_the_day_after(course):
    take_part(course)
    take_part(course, until=FIRST + WEEK, end_reason=Participation.Reason.DROPPED_OUT)
    take_part(course, until=FIRST + WEEK, end_reason=Participation.Reason.TRANSFERRED)

    on, after = (of(course, Moment(FIRST + WEEK + days * DAY)) for days in (0, 1))

    assert (on.here, on.dropped_out, on.transferred, on.begun) == (3, 0, 0, 3)
    assert (after.here, after.dropped_out, after.transferred, after.begun) == (1, 1, 1, 3)


def test_whoever_waits_has_not_begun(course):
    take_part(course, status="waiting")

    assert of(course).begun == 0


def test_completed_and_certified_are_counted_apart(course):
    first, second = (attend(take_part(course), 1, 2) for _ in range(2))
    make.certificate(first.enrolment.volunteer, course.curriculum, since=D(2011, 6, 1))

    assert second
    assert (of(course).completed, of(course).certified) == (2, 1)


def test_certificate_is_counted_once_in_the_latest_course_begun_by_its_day(basic, course):
    second = planned_course(basic, name="Hold 2", first=D(2011, 9, 5))
    anna = attend(take_part(course), 1, 2).enrolment.volunteer
    make.certificate(anna, basic, since=D(2011, 6, 1))
    take_part(second, anna, since=D(2011, 9, 5))

    told = course_figures(basic.programme_id, [course, second], LATER)

    assert [one.certified for one in told] == [1, 0]
    assert {one.name: one.issued for one in counted(Course.objects.all(), LATER)} == {"Hold 1": 1, "Hold 2": 0}


def test_cost_is_divided_by_the_certificates_and_no_other_course(secretary, basic, course, line):
    second = planned_course(basic, name="Hold 2", first=D(2011, 5, 2))
    anna = attend(take_part(course), 1, 2).enrolment.volunteer
    make.certificate(anna, basic, since=D(2011, 4, 1))
    take_part(second, anna, since=D(2011, 5, 2))
    spend(line, 1000, course)

    totals = secretary.get(reverse("training:figures")).context["totals"]

    assert (totals["certified"], totals["cost_each"]) == (1, 1000)


def test_who_has_left_since_still_counts_where_she_was_trained(course):
    held = attend(take_part(course, until=D(2011, 6, 30), end_reason="dropped_out"), 1, 2)
    make.certificate(held.enrolment.volunteer, course.curriculum, since=D(2011, 6, 1))

    assert (of(course).here, of(course).certified) == (0, 1)


@pytest.mark.parametrize("more", [0, 1], ids=["as-many-as-fit", "one-more"])
def test_all_courses_are_settled_however_many_have_a_row(secretary, basic, more):
    for number in range(MOST + more):
        one = planned_course(basic, count=1, name=f"Hold {number}", first=FIRST + number * DAY)
        attend(take_part(one, since=one.starts_on), 1)

    shown = secretary.get(reverse("training:figures"))
    hours = secretary.get(reverse("training:hours")).context

    assert (len(shown.context["figures"]), shown.context["totals"]["begun"]) == (MOST, MOST + more)
    assert ('class="note"' in html_of(shown)) == bool(more)
    assert (hours["total"], len(hours["listing"].rows)) == (2 * (MOST + more), MOST + more)


def test_hours_are_settled_by_the_day_that_was_recorded(course):
    attend(take_part(course), 2)

    (settled,) = attended_hours([course], LATER)

    assert (settled.happened_on, settled.hours) == (FIRST + WEEK, 2)


def test_hours_are_the_modules_half_where_she_was_partly_there(course):
    attend(attend(attend(take_part(course), 1), 2, mark="partly"), 3, mark="excused")

    assert of(course).hours == 3


def test_every_session_counts_in_the_settlement_also_one_taken_again(course):
    seat = attend(take_part(course), 1)
    make.attendance(
        seat.enrolment, make.SessionFactory(course=course, module=1, held_on=D(2011, 9, 1), is_make_up=True)
    )

    assert of(course).hours == 4
    assert [one.hours for one in attended_hours([course], LATER)] == [2, 2]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(marks=st.lists(st.dictionaries(st.integers(1, 3), st.sampled_from(["present", "partly", "absent"])), max_size=3))
def test_sum_of_the_settlement_is_the_courses_hours(programme, marks):
    curriculum = make.CurriculumFactory(programme=programme)
    publish(curriculum)
    course = planned_course(curriculum)
    for hers in marks:
        seat = take_part(course)
        for module, mark in hers.items():
            attend(seat, module, mark=mark)

    expected = sum(
        Decimal(2) if mark == "present" else 1 for hers in marks for mark in hers.values() if mark != "absent"
    )
    assert sum(one.hours for one in attended_hours([course], LATER)) == of(course).hours == expected


def test_course_costs_what_is_booked_on_it_less_what_is_reversed(course, line):
    wrong = spend(line, Decimal("1000.50"), course)
    spend(line, 500, course)
    spend(line, 70)
    reverse_posting(wrong, by=None, on=D(2011, 5, 1), reason="Fejl")

    assert [of(course, Moment(day)).cost for day in (D(2011, 4, 30), D(2011, 5, 1))] == [Decimal("1500.50"), 500]


def test_cost_is_divided_by_those_who_were_trained(course, line):
    spend(line, 1000, course)
    for _ in range(3):
        make.certificate(attend(take_part(course), 1, 2).enrolment.volunteer, course.curriculum, since=D(2011, 6, 1))

    assert of(course).cost_each == Decimal("333.33")
    assert of(course).hours_each == 4


def test_nobody_trained_costs_nothing_each(course, line):
    spend(line, 1000, course)

    assert (of(course).cost_each, of(course).hours_each) == (None, None)


def test_what_is_booked_on_no_course_is_told_apart(course, line):
    spend(line, 70)
    spend(line, 30, course)
    before = unassigned([course], LATER)
    CourseLine.objects.create(course=course, line=line)

    assert (before, unassigned([course], LATER)) == (0, 70)


def test_module_tells_how_many_of_those_marked_were_there(course):
    attend(take_part(course), 1)
    attend(take_part(course), 1, mark="absent")
    take_part(course)

    assert of(course).modules == {1: (1, 2)}


def test_what_was_recorded_later_was_not_known_before(course):
    attend(take_part(course), 1)

    assert of(course, Moment(LATER.on, dt.datetime(2011, 1, 1, tzinfo=dt.UTC))).hours == 0


def test_hours_are_fetched_as_a_file_with_names_for_the_foundation(client, programme, course):
    seat = attend(take_part(course, make.VolunteerFactory(programme=programme, name="Anna")), 1)
    client.force_login(make.user_with_role(programme, "foundation"))

    file = client.get(reverse("training:hours"), {"format": "csv"}).content.decode("utf-8-sig")

    assert "Anna" in file
    assert "2" in file.splitlines()[-1]
    assert seat


def test_local_coordinator_sees_her_own_courses_and_no_money(client, programme, basic, line):
    mine, other = (make.founded_association(programme) for _ in range(2))
    own = planned_course(basic, name="Vores hold", association=mine)
    planned_course(basic, name="Deres hold", association=other)
    spend(line, 1234, own)
    client.force_login(make.local_coordinator(mine))

    shown = html_of(client.get(reverse("training:figures")))

    assert "Vores hold" in shown
    assert "Deres hold" not in shown
    assert "1.234" not in shown


def test_near_miss_of_the_second_criterion_says_how_far_she_is(secretary, programme):
    training = programme.curricula.get(kind="coordinator")
    publish(training, count=10, required=10, compulsory=range(1, 11))
    person = make.VolunteerFactory(programme=programme, name="Tahira")
    make.membership(person, make.founded_association(programme), since=D(2011, 6, 1))
    attend(take_part(planned_course(training, count=10), person), 1, 2, 3, 4, 5, 6, 8, 9, 10)
    criterion = programme.criteria.get(number=2)

    shown = html_of(secretary.get(reverse("reports:criterion", args=[criterion.uuid])))

    assert "Intet gyldigt kursusbevis: 9 af 10 moduler; mangler modul 7" in shown
