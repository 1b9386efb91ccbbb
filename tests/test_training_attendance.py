"""Attendance recorded on a phone: what is chosen becomes facts, what is not touched stays, and two at once see it."""

import datetime as dt
from html import unescape

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext

from associations.models import AssociationGrant
from bydelsmoedre.moment import calendar_today
from tests import factories as make
from tests.doors import hidden_of
from tests.meanwhile import while_waiting
from tests.training import FIRST, WEEK, attend, planned_course, publish, take_part
from training.models import Attendance, Session
from volunteers.models import Declaration

pytestmark = pytest.mark.django_db
STALE = "Somebody has made changes here meanwhile. See the difference before you save."


@pytest.fixture
def course(programme):
    basic = programme.curricula.get(kind="basic")
    publish(basic)
    association = make.AssociationFactory(programme=programme)
    return planned_course(basic, association=association)


@pytest.fixture
def session(course):
    return course.sessions.get(module=2)


@pytest.fixture
def anna(course):
    return take_part(course, make.VolunteerFactory(programme=course.curriculum.programme, name="Anna"))


@pytest.fixture
def berit(course):
    return take_part(course, make.VolunteerFactory(programme=course.curriculum.programme, name="Berit"))


def at(session):
    return reverse("training:attendance", args=[session.uuid])


def name_of(seat):
    return f"mark-{seat.enrolment.uuid}"


def shown(response, **chosen):
    """What the browser sends of the page as it stands, but for what was chosen."""
    form = response.context["form"]
    return {field.html_name: field.value() or "" for field in form} | chosen


def choose(secretary, session, marks, **more):
    """Open the page, choose marks for participants, send it."""
    opened = secretary.get(at(session))
    return secretary.post(at(session), shown(opened, **{name_of(seat): mark for seat, mark in marks.items()}) | more)


def marks(session):
    facts = Attendance.objects.current().filter(session=session)
    return {fact.enrolment.volunteer.name: fact.mark for fact in facts.select_related("enrolment__volunteer")}


def versions(session):
    return Attendance.objects.filter(session=session).count()


def test_what_is_chosen_is_recorded_as_facts_of_the_day(secretary, session, anna, berit, secretariat):
    choose(secretary, session, {anna: "present"})

    fact = Attendance.objects.get()
    assert (fact.enrolment, fact.mark, fact.happened_on) == (anna.enrolment, "present", session.held_on)
    assert fact.recorded_by == secretariat


def test_everybody_came_but_those_marked_otherwise(secretary, session, anna, berit):
    choose(secretary, session, {berit: "excused"}, alle="1")

    assert marks(session) == {"Anna": "present", "Berit": "excused"}


def test_what_did_not_change_is_left_untouched_and_what_did_is_superseded(secretary, session, anna, berit):
    choose(secretary, session, {anna: "present", berit: "present"})
    first = {fact.enrolment_id: fact.pk for fact in Attendance.objects.all()}

    choose(secretary, session, {berit: "absent"})

    now = {fact.enrolment_id: fact for fact in Attendance.objects.current()}
    assert now[anna.enrolment_id].pk == first[anna.enrolment_id]
    assert now[berit.enrolment_id].pk != first[berit.enrolment_id]
    assert (marks(session), versions(session)) == ({"Anna": "present", "Berit": "absent"}, 3)
    assert Attendance.objects.get(pk=first[berit.enrolment_id]).retraction_reason == gettext(
        "The attendance was corrected."
    )


def test_set_back_to_not_recorded_is_retracted_with_a_reason(secretary, session, anna):
    choose(secretary, session, {anna: "absent"})

    choose(secretary, session, {anna: ""})

    fact = Attendance.objects.get()
    assert (fact.is_current, bool(fact.retraction_reason), fact.mark) == (False, True, "absent")


def test_two_who_record_at_once_are_told_of_each_other_and_nothing_is_overwritten(secretary, session, anna, berit):
    mine = secretary.get(at(session))
    choose(secretary, session, {anna: "absent"})

    response = secretary.post(at(session), shown(mine, **{name_of(anna): "present", name_of(berit): "present"}))

    assert marks(session) == {"Anna": "absent"}
    assert response.context["form"].non_field_errors() == [gettext(STALE)]
    words = [gettext(word) for word in ("Not recorded", "Stayed away", "Present")]
    assert [(one.label, one.opened, one.theirs, one.yours) for one in response.context["difference"]] == [
        ("Anna", *words)
    ]
    assert "Anna" in unescape(response.content.decode())


def test_sent_once_more_it_keeps_what_the_other_recorded_where_she_chose_nothing(secretary, session, anna, berit):
    mine = secretary.get(at(session))
    choose(secretary, session, {anna: "absent"})
    response = secretary.post(at(session), shown(mine, **{name_of(berit): "present"}))

    secretary.post(at(session), shown(response))

    assert marks(session) == {"Anna": "absent", "Berit": "present"}
    assert versions(session) == 2


def test_sent_once_more_her_own_choice_replaces_the_others(secretary, session, anna):
    mine = secretary.get(at(session))
    choose(secretary, session, {anna: "absent"})
    response = secretary.post(at(session), shown(mine, **{name_of(anna): "present"}))

    secretary.post(at(session), shown(response))

    assert (marks(session), versions(session)) == ({"Anna": "present"}, 2)


def test_memory_of_the_form_that_is_tampered_with_is_refused(secretary, session, anna):
    choose(secretary, session, {anna: "absent"})

    response = choose(secretary, session, {anna: "present"}, opened_as="snyd")

    assert response.context["form"].non_field_errors() == [gettext(STALE)]
    assert marks(session) == {"Anna": "absent"}


@pytest.mark.parametrize("days", [1, 400])
def test_day_that_has_not_come_cannot_be_recorded(secretary, course, anna, days):
    later = make.SessionFactory(course=course, module=9, held_on=calendar_today() + dt.timedelta(days=days))

    response = choose(secretary, later, {anna: "present"})

    assert "attend-marks" not in response.content.decode()
    assert marks(later) == {}


def test_today_can_be_recorded(secretary, course, anna):
    session = make.SessionFactory(course=course, module=9, held_on=calendar_today())

    choose(secretary, session, {anna: "present"})

    assert marks(session) == {"Anna": "present"}


def test_cancelled_session_cannot_be_recorded(secretary, course, anna):
    session = make.SessionFactory(course=course, module=9, held_on=FIRST, is_cancelled=True)

    response = choose(secretary, session, {anna: "present"}, alle="1")

    assert gettext("The session is cancelled.") in unescape(response.content.decode())
    assert marks(session) == {}


def test_only_those_with_a_seat_on_the_day_are_asked_about(secretary, session, course, anna):
    take_part(course, status="waiting")
    take_part(course, until=session.held_on - dt.timedelta(days=1), end_reason="dropped_out")
    take_part(course, since=session.held_on + dt.timedelta(days=1))
    last = take_part(course, until=session.held_on, end_reason="dropped_out")

    asked = secretary.get(at(session)).context["form"].people

    assert {one.enrolment for one in asked} == {anna.enrolment, last.enrolment}


def test_make_up_session_is_for_those_who_were_not_there(secretary, course, session, anna, berit):
    attend(anna, 2)
    attend(berit, 2, mark="excused")
    make_up = make.SessionFactory(course=course, module=2, held_on=FIRST + WEEK * 6, is_make_up=True)

    choose(secretary, make_up, {}, alle="1")

    assert marks(make_up) == {"Berit": "present"}


def test_local_coordinator_records_for_her_own_association(client_of, session, anna, course):
    local = client_of(make.local_coordinator(course.association))

    choose(local, session, {anna: "present"})

    assert marks(session) == {"Anna": "present"}


def test_caseworker_with_a_grant_to_the_association_meets_no_participant(client_of, session, anna, course, caseworker):
    AssociationGrant.objects.create(user=caseworker, association=course.association)
    client = client_of(caseworker)

    answers = client.get(at(session)), client.get(course.get_absolute_url())

    assert [answer.status_code for answer in answers] == [403, 200]
    assert "Anna" not in answers[1].content.decode()


def test_session_with_attendance_is_not_moved(secretary, session, anna):
    attend(anna, 2)
    url = reverse("training:edit_session", args=[session.uuid])
    opened = {field.html_name: field.value() or "" for field in secretary.get(url).context["form"]}

    secretary.post(url, opened | {"held_on": "2011-03-16", "is_cancelled": "", "starts_at": "18.00"})

    session.refresh_from_db()
    assert (str(session.held_on), str(session.starts_at), marks(session)) == (
        "2011-03-14",
        "18:00:00",
        {"Anna": "present"},
    )


def test_session_whose_attendance_is_retracted_is_moved(secretary, session, anna):
    attend(anna, 2)
    Attendance.objects.get().retract(by=None, reason="Fejl")
    url = reverse("training:edit_session", args=[session.uuid])
    opened = {field.html_name: field.value() or "" for field in secretary.get(url).context["form"]}

    secretary.post(url, opened | {"held_on": "2011-03-16", "is_cancelled": ""})

    session.refresh_from_db()
    assert str(session.held_on) == "2011-03-16"


@pytest.mark.parametrize("change", [{"held_on": "2011-03-16"}, {"is_cancelled": True}], ids=["moved", "cancelled"])
def test_database_keeps_the_day_of_a_session_with_attendance(session, anna, change):
    attend(anna, 2)

    with pytest.raises(IntegrityError, match="Attendance is recorded"), transaction.atomic():
        Session.objects.filter(pk=session.pk).update(**change)


def test_administration_keeps_the_day_of_a_session_with_attendance(client, programme, session, anna):
    attend(anna, 2)
    client.force_login(make.user_with_role(programme, "foundation"))
    url = reverse("admin:training_session_change", args=[session.pk])
    form = client.get(url).context["adminform"].form
    values = {bound.html_name: bound.value() for bound in form if bound.value() is not None}

    answer = client.post(url, values | {"held_on": "2011-03-16"})

    assert list(answer.context["adminform"].form.errors) == ["held_on"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", ["attendance", "welcome"])
def test_nothing_is_recorded_of_a_session_that_is_cancelled_meanwhile(elsewhere, door):
    programme = make.plan("København")
    basic, user = programme.curricula.get(kind="basic"), make.user_with_role(programme, "secretariat")
    publish(basic)
    course = planned_course(basic)
    take_part(course)
    first = course.sessions.get(module=1)
    url = reverse(f"training:{door}", args=[first.uuid])
    client = Client()
    client.force_login(user)
    opened = hidden_of(client.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute("update training_session set is_cancelled = true where id = %s", [first.pk])

    answer = while_waiting(user, url, opened | {"alle": "1"}, elsewhere)

    assert answer.context["form"].non_field_errors() == [gettext("The session is cancelled.")]
    assert not Attendance.objects.exists()
    assert not Declaration.objects.exists()


def test_database_takes_no_attendance_of_a_cancelled_session(session, anna):
    Session.objects.filter(pk=session.pk).update(is_cancelled=True)

    with pytest.raises(IntegrityError, match="The session is cancelled"), transaction.atomic():
        attend(anna, 2)


def test_session_with_attendance_cannot_be_cancelled(secretary, session, anna):
    attend(anna, 2)
    url = reverse("training:edit_session", args=[session.uuid])
    opened = {field.html_name: field.value() or "" for field in secretary.get(url).context["form"]}

    response = secretary.post(url, opened | {"is_cancelled": "on"})

    assert list(response.context["form"].errors) == ["is_cancelled"]
