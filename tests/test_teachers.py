"""Who teaches: known by function, noticed where she would be in two places; and which budget line a course is paid
from."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from budget.models import CourseLine, Posting, Voucher
from budget.vouchers import book
from tests import factories as make
from tests.doors import hidden_in
from tests.training import WEEK, planned_course, publish
from training.clashes import taught_by_the_same
from training.models import Teacher

D, T = dt.date, dt.time
pytestmark = pytest.mark.django_db
MONDAY = D(2011, 5, 2)


@pytest.fixture
def basic(programme):
    found = programme.curricula.get(kind="basic")
    publish(found)
    return found


@pytest.fixture
def midwife(programme):
    return Teacher.objects.create(programme=programme, office="Jordemoder, Hvidovre")


def taught(basic, teacher, first=MONDAY, starts=None, ends=None, **values):
    course = planned_course(basic, first=first, teacher=teacher, **values)
    course.sessions.update(starts_at=starts, ends_at=ends)
    return course


def clashing(course):
    return [one.held_on for one in taught_by_the_same(course.sessions.select_related("course"))]


def test_teacher_in_two_places_at_once_is_noticed(basic, midwife):
    taught(basic, midwife, starts=T(17), ends=T(19))
    other = taught(basic, midwife, first=MONDAY + WEEK, starts=T(18), ends=T(20))

    assert clashing(other) == [MONDAY + WEEK, MONDAY + 2 * WEEK]


def test_one_after_the_other_is_no_clash(basic, midwife):
    taught(basic, midwife, starts=T(15), ends=T(17))

    assert clashing(taught(basic, midwife, starts=T(17), ends=T(19))) == []


def test_guest_of_one_session_stands_in_for_the_course_s_own_teacher(basic, midwife, programme):
    own = Teacher.objects.create(programme=programme, office="Koordinator", kind="coordinator")
    taught(basic, midwife)
    other = taught(basic, own)
    other.sessions.filter(module=2).update(teacher=midwife)

    assert clashing(other) == [MONDAY + WEEK]


def test_whoever_moves_a_session_is_told_of_the_clash(secretary, basic, midwife):
    taught(basic, midwife, name="Hold 1")
    other = taught(basic, midwife, first=MONDAY + dt.timedelta(1))
    session = other.sessions.get(module=1)
    url = reverse("training:edit_session", args=[session.uuid])
    opened = secretary.get(url).context["form"]["opened_as"].value()

    answer = secretary.post(url, {"opened_as": opened, "held_on": f"{MONDAY + WEEK}"})

    said = " ".join(str(one) for one in get_messages(answer.wsgi_request))
    assert "09.05.2011 (Hold 1)" in said


def test_teacher_of_another_programme_cannot_be_chosen(secretary, basic):
    stranger = Teacher.objects.create(programme=make.plan("Aarhus"), office="Fremmed")
    course = planned_course(basic)
    url = reverse("training:edit", args=[course.uuid])

    answer = secretary.post(url, {"name": course.name, "teacher": stranger.pk})

    assert "teacher" in answer.context["form"].errors


def test_course_is_paid_from_one_line_that_can_be_changed(secretary, basic, programme):
    course = planned_course(basic)
    lines = list(programme.budgets.first().lines.order_by("number")[:2])
    url = reverse("budget:course_line", args=[course.uuid])
    for line in lines:
        form = secretary.get(url).context["form"]
        hidden = hidden_in(form)
        assert secretary.post(url, hidden | {"line": line.pk}).status_code == 302

    assert [(one.course, one.line) for one in CourseLine.objects.all()] == [(course, lines[1])]


def test_reversal_is_booked_on_the_same_course(secretary, basic, programme):
    other = make.user_with_role(programme, "foundation")
    course = planned_course(basic)
    line = programme.budgets.first().lines.first()
    typed = {"line": line.pk, "happened_on": "2011-05-26", "amount": "250", "text": "Lokale", "course": course.pk}
    secretary.post(reverse("budget:post"), typed)
    book(Voucher.objects.all(), by=other)
    posting = Posting.objects.get(course=course)

    typed = {"happened_on": "2011-06-01", "note": "Fejl", "only_back": "on"}
    secretary.post(reverse("budget:correct", args=[posting.uuid]), typed)
    book(Voucher.objects.drafts(), by=other)

    assert sum(one.amount for one in Posting.objects.filter(course=course)) == 0
