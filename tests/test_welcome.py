"""The welcome sheet: what a course's participants declare at its first module, recorded together and once."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from bydelsmoedre.moment import Moment
from reports.findings import found
from tests import factories as make
from tests.meanwhile import while_waiting
from tests.pdf import faults, pdf_text
from tests.training import FIRST, WEEK, planned_course, publish, take_part
from volunteers.models import Declaration

pytestmark = pytest.mark.django_db

ASKED = ["confidentiality", "duty_to_report", "privacy_information"]
DAY = dt.timedelta(1)


def course_in(programme):
    curriculum = programme.curricula.get(kind="basic")
    publish(curriculum)
    return planned_course(curriculum, association=make.founded_association(programme))


@pytest.fixture
def course(programme):
    return course_in(programme)


@pytest.fixture
def anna(course):
    return participant(course, "Anna")


def participant(course, name):
    return take_part(
        course, make.VolunteerFactory(programme=course.curriculum.programme, name=name)
    ).enrolment.volunteer


def at(course, name="welcome", module=1):
    return reverse(f"training:{name}", args=[course.sessions.get(module=module).uuid])


def declared(person):
    facts = Declaration.objects.current().filter(volunteer=person)
    return sorted((one.kind, one.started_on) for one in facts)


def box(person):
    return f"for-{person.uuid}"


def test_what_is_ticked_is_recorded_of_the_day_of_the_module(secretary, course, anna):
    berit = participant(course, "Berit")

    answer = secretary.post(at(course), {box(anna): ["confidentiality", "photo_consent"]})

    assert answer.status_code == 302
    assert declared(anna) == [("confidentiality", FIRST), ("photo_consent", FIRST)]
    assert declared(berit) == []


def test_everybody_has_signed_what_is_asked_of_all_and_consents_to_photos_only_where_ticked(secretary, course, anna):
    berit = participant(course, "Berit")

    secretary.post(at(course), {"alle": "1", box(berit): ["photo_consent"]})

    assert declared(anna) == [(kind, FIRST) for kind in ASKED]
    assert [kind for kind, _day in declared(berit)] == sorted([*ASKED, "photo_consent"])


def test_sent_twice_it_is_recorded_once(secretary, course, anna):
    for _ in range(2):
        secretary.post(at(course), {"alle": "1"})

    assert Declaration.objects.filter(volunteer=anna).count() == len(ASKED)


def test_what_stands_already_is_left_as_it_is(secretary, course, anna):
    before = Declaration.record(by=None, volunteer=anna, kind="confidentiality", started_on=FIRST - WEEK)

    secretary.post(at(course), {"alle": "1"})

    before.refresh_from_db()
    assert before.is_current
    assert declared(anna)[0] == ("confidentiality", FIRST - WEEK)


def test_photos_that_she_withdrew_afterwards_are_refused_beside_her_name(secretary, course, anna):
    until = {"started_on": FIRST - WEEK, "ended_on": FIRST}
    Declaration.record(by=None, volunteer=anna, kind="photo_consent", **until)

    answer = secretary.post(at(course), {box(anna): ["photo_consent", "confidentiality"]})

    form = answer.context["form"]
    assert dict(form.errors) == {box(anna): [gettext("She withdrew an earlier consent on that day or later.")]}
    assert answer.content.decode().count("checked") == 2  # what was ticked stands
    assert [kind for kind, _day in declared(anna)] == ["photo_consent"]


def test_only_whoever_has_a_seat_on_that_day_is_asked(secretary, course, anna):
    late = make.VolunteerFactory(programme=course.curriculum.programme, name="Sen")
    take_part(course, late, since=FIRST + DAY)

    asked = [person.volunteer for person in secretary.get(at(course)).context["form"].people]

    assert asked == [anna]


def test_a_later_module_has_no_welcome(secretary, course, anna):
    assert secretary.get(at(course, module=2)).status_code == 404


@pytest.mark.parametrize(("day", "is_told"), [(FIRST, False), (FIRST + DAY, True)])
def test_a_participant_without_declarations_is_a_finding_from_the_day_after(course, anna, day, is_told):
    told = found(course.curriculum.programme, Moment(day), codes=["welcome_missing"])

    assert [one.number for one in told] == ([1] if is_told else [])


def test_the_finding_goes_when_the_sheet_is_recorded(secretary, course, anna):
    secretary.post(at(course), {"alle": "1"})

    assert found(course.curriculum.programme, Moment(FIRST + DAY), codes=["welcome_missing"]) == []


def test_the_paper_names_the_participants_and_what_they_sign(secretary, course, anna):
    answer = secretary.get(at(course, "welcome_sheet"))

    content = b"".join(answer.streaming_content)
    words = pdf_text(content)
    assert answer["Content-Type"] == "application/pdf"
    assert faults(content) == []
    assert "Anna" in words
    assert "underretningspligten" in words


@pytest.mark.django_db(transaction=True)
def test_two_at_once_record_a_declaration_once(elsewhere):
    programme = make.plan("København")
    course = course_in(programme)
    anna, user = participant(course, "Anna"), make.user_with_role(programme, "secretariat")
    with elsewhere.cursor() as cursor:
        cursor.execute("select from training_session where id = %s for update", [course.sessions.get(module=1).pk])
        cursor.execute(
            "insert into volunteers_declaration (volunteer_id, kind, started_on, uuid, is_date_unknown, note,"
            " retraction_reason, version) values (%s, 'confidentiality', %s, gen_random_uuid(), false, '', '', '')",
            [anna.pk, FIRST],
        )

    answer = while_waiting(user, at(course), {"alle": "1"}, elsewhere)

    assert answer.status_code == 302
    assert declared(anna) == [(kind, FIRST) for kind in ASKED]
