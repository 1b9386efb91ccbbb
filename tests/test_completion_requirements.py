"""What completes besides modules: hours, the welcome sheet, what was attended in a course that she was moved from; and
what always holds of it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.urls import reverse
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bydelsmoedre.danish import dato
from bydelsmoedre.moment import Moment
from tests import factories as make
from tests.doors import hidden_of, html_of, says
from tests.training import FIRST, WEEK, attend, modules, planned_course, publish, take_part
from training.attendance import expected
from training.completion import completions
from training.enrolment import transfer
from training.models import CurriculumVersion, Enrolment, Participation, Transfer
from training.progress import in_words
from volunteers.declarations import REQUIRED
from volunteers.models import Declaration

D, DAY = dt.date, dt.timedelta(1)
pytestmark = pytest.mark.django_db
LATER = Moment(D(2011, 12, 31))


def asking(curriculum, count=4, required=2, since=D(2011, 1, 1), listed=None, **values):
    """A version that asks for more than modules."""
    return CurriculumVersion.record(
        by=None,
        curriculum=curriculum,
        label="2011",
        modules=listed or modules(count),
        required_modules=required,
        started_on=since,
        **values,
    )


@pytest.fixture
def basic(programme):
    return programme.curricula.get(kind="basic")


def day(module, first=FIRST):
    return first + WEEK * (module - 1)


def far(participation, moment=LATER):
    course = participation.enrolment.course
    found = completions(course.curriculum.programme_id, moment, courses=[course])
    return found.get(participation.enrolment_id)


def declare(volunteer, *kinds, on=FIRST):
    return [Declaration.record(by=None, volunteer=volunteer, kind=kind, started_on=on) for kind in kinds]


# --- Hours (each module has two)


def test_completes_on_the_day_that_reaches_the_hours(basic):
    asking(basic, required=1, required_hours=5)
    seat = attend(attend(take_part(planned_course(basic, count=4)), 1, 2), 3, mark="partly")

    assert [far(seat, Moment(on)).completed_on for on in (day(3) - DAY, day(3))] == [None, day(3)]


def test_half_an_hour_too_few_does_not_complete(basic):
    asking(basic, required=1, required_hours=Decimal("5.5"))
    seat = attend(attend(take_part(planned_course(basic, count=4)), 1, 2), 3, mark="partly")

    with translation.override("en"):
        told = in_words(far(seat))
    assert (far(seat).completed_on, far(seat).lacks_hours) == (None, Decimal("0.5"))
    assert told == "2 of 4 modules; lacks 0,5 hour"


def test_module_that_she_was_partly_at_and_then_at_all_of_counts_its_hours_once(basic):
    asking(basic, required=1, required_hours=4)
    course = planned_course(basic, count=4)
    seat = attend(attend(take_part(course), 1), 2, mark="partly")
    make.attendance(seat.enrolment, make.SessionFactory(course=course, module=2, held_on=day(9), is_make_up=True))

    assert far(seat).hours == 4
    assert far(seat).completed_on == day(9)


def test_hours_are_not_counted_where_they_are_not_asked_about(basic):
    asking(basic, required=1)
    seat = attend(take_part(planned_course(basic, count=4)), 1)

    assert (far(seat).hours, far(seat).lacks_hours, far(seat).completed_on) == (None, 0, day(1))


# --- The welcome sheet


def test_completes_when_the_last_declaration_is_made(basic):
    asking(basic, required=1, requires_contract=True)
    seat = attend(take_part(planned_course(basic, count=4)), 1)
    declare(seat.enrolment.volunteer, *REQUIRED[:-1])
    before = far(seat)
    declare(seat.enrolment.volunteer, REQUIRED[-1], on=day(3))

    with translation.override("en"):
        assert in_words(before) == "1 of 4 modules; lacks the declarations of the welcome sheet"
    assert (before.completed_on, far(seat).completed_on) == (None, day(3))


def test_declaration_of_another_record_of_hers_counts(basic):
    asking(basic, required=1, requires_contract=True)
    seat = attend(take_part(planned_course(basic, count=4)), 1)
    merge = make.same_person(seat.enrolment.volunteer, name="Dublet")
    declare(merge.duplicate, *REQUIRED)

    assert not far(seat).lacks_contract


# --- Moved to another course


@pytest.fixture
def two(basic):
    """Two courses of one training: four modules, three are required, module 4 among them."""
    publish(basic, count=4, required=3, compulsory=[4])
    return planned_course(basic, count=4), planned_course(basic, count=4, first=FIRST + WEEK * 2)


def moved(seat, course, since):
    return transfer(seat, course, since=since, by=None, reason="Hun går videre på et andet hold.")


def test_what_was_attended_before_she_was_moved_counts(two):
    first, second = two
    seat = attend(take_part(first), 1, 2)
    goes_on = attend(moved(seat, second, since=day(3)), 4)

    assert far(seat) is None
    assert (far(goes_on).attended, far(goes_on).completed_on) == ((1, 2, 4), day(4, second.starts_on))


def test_what_was_recorded_in_the_first_course_for_days_after_does_not_count(two):
    first, second = two
    seat = attend(take_part(first), 1, 2, 3)
    goes_on = moved(seat, second, since=day(3))

    assert far(goes_on).attended == (1, 2)


def test_two_courses_do_not_mix_without_a_transfer(two):
    seats = [attend(take_part(two[0]), 1, 2)]
    seats.append(attend(take_part(two[1], seats[0].enrolment.volunteer), 4))

    assert [far(one).attended for one in seats] == [(1, 2), (4,)]


def test_whoever_is_moved_twice_takes_all_along(two, basic):
    first, second = two
    third = planned_course(basic, count=4, first=FIRST + WEEK * 4)
    seat = attend(take_part(first), 1)
    seat = attend(moved(seat, second, since=day(2)), 2)
    seat = attend(moved(seat, third, since=day(3, second.starts_on)), 4)

    assert far(seat).attended == (1, 2, 4)


def test_moved_back_she_is_where_she_was_with_all_of_it(two):
    first, second = two
    seat = attend(take_part(first), 1)
    there = attend(moved(seat, second, since=day(2)), 1, 2)
    back = moved(there, first, since=day(3, second.starts_on))

    assert far(back).attended == (1, 2)


def test_moved_to_and_fro_she_takes_all_along(two):
    first, second = two
    there = moved(attend(take_part(first), 1), second, since=day(1) + 4 * DAY)
    back = attend(moved(there, first, since=day(1) + 5 * DAY), 2)
    again = attend(moved(back, second, since=day(2) + 3 * DAY), 3)

    assert far(again).attended == (1, 2, 3)
    assert Transfer.objects.current().filter(enrolment=again.enrolment).count() == 1


@pytest.mark.parametrize(
    ("waits_since", "was"), [(FIRST, [("waiting", day(2) - DAY), ("enrolled", None)]), (day(3), [("enrolled", None)])]
)
def test_whoever_is_moved_to_where_she_waits_waits_no_longer(two, waits_since, was):
    seat = attend(take_part(two[0]), 1)
    take_part(two[1], seat.enrolment.volunteer, status="waiting", since=waits_since)

    goes_on = moved(seat, two[1], since=day(2))

    held = Participation.objects.current().filter(enrolment=goes_on.enrolment).order_by("started_on")
    assert [(one.status, one.ended_on) for one in held] == was


def send_on(client, seat, course, since):
    url = reverse("training:transfer", args=[seat.uuid])
    hidden = hidden_of(client.get(url))
    return client.post(url, hidden | {"course": str(course.pk), "started_on": f"{since}"})


@pytest.mark.parametrize("mark", ["present", "absent"])
def test_nobody_is_moved_before_what_is_recorded_of_her(secretary, two, mark):
    seat = attend(take_part(two[0]), 2, mark=mark)

    refused, allowed = (send_on(secretary, seat, two[1], day(2) + days * DAY) for days in (0, 1))

    said = says("Attendance is recorded in the first course on %(day)s. Choose a day after that.", day=dato(day(2)))
    assert refused.context["form"].errors == {"started_on": [said]}
    assert allowed.status_code == 302


def test_course_where_she_only_waits_can_be_chosen(secretary, two):
    seat = attend(take_part(two[0]), 1)
    take_part(two[1], seat.enrolment.volunteer, status="waiting")

    assert send_on(secretary, seat, two[1], day(2)).status_code == 302


def test_transfer_is_retracted_from_the_page_of_the_course(secretary, two):
    goes_on = moved(attend(take_part(two[0]), 1), two[1], since=day(2))
    transfer = Transfer.objects.get()
    url = reverse("reports:retract", args=["overflytning", transfer.uuid])

    before = html_of(secretary.get(two[1].get_absolute_url()))
    hidden = hidden_of(secretary.get(url))
    secretary.post(url, hidden | {"reason": "Fejl"})
    after = html_of(secretary.get(two[1].get_absolute_url()))

    assert [url in page for page in (before, after)] == [True, False]
    assert two[0].name in before
    assert far(goes_on).attended == ()


def test_make_up_session_is_not_for_who_has_brought_the_module_along(two):
    """The one definition: what counts for completing is not made up for."""
    first, second = two
    goes_on = moved(attend(take_part(first), 1), second, since=day(2))
    make_up = {
        number: make.SessionFactory(course=second, module=number, held_on=day(8), is_make_up=True) for number in (1, 2)
    }

    assert far(goes_on).attended == (1,)
    assert {number: [one.enrolment for one in expected(session)] for number, session in make_up.items()} == {
        1: [],
        2: [goes_on.enrolment],
    }


def test_retracted_transfer_carries_nothing(two):
    seat = attend(take_part(two[0]), 1, 2)
    goes_on = moved(seat, two[1], since=day(3))
    Transfer.objects.get().retract(by=None, reason="Fejl")

    assert far(goes_on).attended == ()


def test_module_that_is_another_under_the_new_version_does_not_count(basic):
    publish(basic, count=4, required=2, until=day(3) - DAY)
    renamed = [
        module | {"title": f"Nyt {module['number']}"} if module["number"] == 2 else module for module in modules(3)
    ]
    asking(basic, required=2, since=day(3), listed=renamed)
    first, second = planned_course(basic, count=4), planned_course(basic, count=3, first=day(3))
    seat = attend(take_part(first), 1, 2)
    goes_on = moved(seat, second, since=day(3))

    assert far(goes_on).attended == (1,)


def test_module_that_was_taken_out_counts_in_no_course_of_the_new_version(basic):
    publish(basic, count=3, required=2)
    course = planned_course(basic, count=4)  # a fourth day that the version does not know
    seat = attend(take_part(course), 1, 4)

    assert (far(seat).attended, far(seat).completed_on) == ((1,), None)


def test_transfer_between_two_persons_or_trainings_is_refused_by_the_database(two, programme):
    seat = take_part(two[0])
    hers = make.EnrolmentFactory(course=two[1])
    other = planned_course(programme.curricula.get(kind="coordinator"), count=1)
    elsewhere = make.EnrolmentFactory(course=other, volunteer=seat.enrolment.volunteer)

    for target in (hers, elsewhere, seat.enrolment):
        with pytest.raises(Error), transaction.atomic():
            Transfer.record(by=None, enrolment=target, source=seat.enrolment, happened_on=FIRST)


def test_full_course_takes_nobody_and_she_stays(secretary, two):
    first, second = two
    second.capacity = 1
    second.save()
    take_part(second)
    seat = take_part(first)
    url = f"/uddannelse/deltagelse/{seat.uuid}/flyt/"
    hidden = hidden_of(secretary.get(url))

    answer = secretary.post(url, hidden | {"course": second.pk, "started_on": day(4).isoformat()})

    assert list(answer.context["form"].errors) == ["course"]
    assert Participation.objects.current().get(enrolment__course=first).ended_on is None
    assert not Transfer.objects.exists()


# --- What always holds

MARKS = st.dictionaries(st.integers(1, 5), st.sampled_from(["present", "partly", "excused"]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_more_attendance_never_takes_completion_away(programme, data):
    """Whatever is asked for, and whichever course it was attended in."""
    curriculum = make.CurriculumFactory(programme=programme)
    asking(
        curriculum,
        count=5,
        required=data.draw(st.integers(1, 5), label="required"),
        required_hours=data.draw(st.none() | st.decimals("0.5", 10, places=1), label="hours"),
        requires_contract=data.draw(st.booleans(), label="contract"),
    )
    first = planned_course(curriculum, count=5)
    second = planned_course(curriculum, count=5, first=FIRST + WEEK * 6)
    seat = take_part(first)
    if data.draw(st.booleans(), label="signed"):
        declare(seat.enrolment.volunteer, *REQUIRED)
    for module, mark in data.draw(MARKS, label="in the first").items():
        attend(seat, module, mark=mark)
    goes_on = moved(seat, second, since=second.starts_on)
    given_marks = data.draw(MARKS, label="in the second")
    for module, mark in given_marks.items():
        attend(goes_on, module, mark=mark)

    before = far(goes_on)
    attend(goes_on, *data.draw(st.sets(st.integers(1, 5).filter(lambda one: one not in given_marks)), label="more"))
    after = far(goes_on)

    assert before.completed_on is None or after.completed_on is not None
    assert before.completed_on is None or after.completed_on <= before.completed_on
    assert after.lacks <= before.lacks
    assert after.lacks_hours <= before.lacks_hours
    is_enough = not (after.lacks or after.lacks_hours or after.lacks_contract)
    assert is_enough == (after.completed_on is not None)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(mine=MARKS, other=MARKS)
def test_two_parallel_courses_never_mix(programme, mine, other):
    curriculum = make.CurriculumFactory(programme=programme)
    asking(curriculum, count=5, required=2, required_hours=3)
    seat = take_part(planned_course(curriculum, count=5))
    for module, mark in mine.items():
        attend(seat, module, mark=mark)
    alone = far(seat)

    beside = take_part(planned_course(curriculum, count=5, name="Ved siden af"), seat.enrolment.volunteer)
    for module, mark in other.items():
        attend(beside, module, mark=mark)

    assert far(seat) == alone
    assert Enrolment.objects.filter(volunteer=seat.enrolment.volunteer).count() == 2
