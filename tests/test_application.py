"""The public application: through the door that anybody takes."""

import datetime as dt
import time

import pytest
from django.core import signing
from django.urls import reverse

from bydelsmoedre.moment import today
from programme.models import Attempt
from tests import factories as make
from tests.people import steps
from volunteers.models import Candidacy, Declaration, LanguageSkill, StageEvent, Volunteer
from volunteers.notice import VERSION, notice

pytestmark = pytest.mark.django_db

WHO = {"name": "Amina Hassan", "phone": "20 12 34 56", "languages": ["so", "da"]}


@pytest.fixture
def page(programme):
    return reverse("volunteers:apply", args=[programme.uuid])


def opened(seconds):
    """As if the page had been opened so many seconds ago."""
    return signing.dumps(time.time() - seconds, salt="volunteers.application")


def send(client, page, **values):
    given = {"opened_at": 30, "website": ""} | WHO | values
    if isinstance(given["opened_at"], int):
        given["opened_at"] = opened(given["opened_at"])
    return client.post(page, given)


def test_an_application_begins_a_candidacy_with_the_version_of_what_she_was_told(client, page, programme):
    shown = client.get(page).context["notice"]

    answer = send(client, page)

    person = Volunteer.objects.get()
    assert (answer.url, person.name, person.programme) == (page + "tak/", "Amina Hassan", programme)
    (step,) = StageEvent.objects.filter(candidacy__volunteer=person)
    assert (step.stage, step.happened_on, step.recorded_by) == ("applied", today(), None)
    told = Declaration.objects.get(volunteer=person)
    assert (told.kind, told.version, shown) == ("privacy_information", VERSION, notice(VERSION))
    assert {one.language for one in LanguageSkill.objects.filter(volunteer=person)} == {"so", "da"}


def test_the_page_speaks_english_too(client, page):
    client.cookies["sprog"] = "en"

    told = client.get(page)

    assert told.context["notice"][0].startswith("We store your name")
    assert "Become a neighbourhood mother" in told.content.decode()


@pytest.mark.parametrize("again", [{}, {"phone": "+4520123456"}, {"name": "A. Hassan"}], ids=["same", "number", "name"])
def test_who_applies_twice_has_one_candidacy_and_gets_the_same_answer(client, page, again):
    first = send(client, page)
    second = send(client, page, **again)

    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert (Volunteer.objects.count(), Candidacy.objects.count()) == (1, 1)


def test_who_works_already_is_not_interested_anew(client, page, programme):
    mother = make.VolunteerFactory(programme=programme, phone="20123456")
    make.membership(mother, make.founded_association(programme), role="mother")

    send(client, page)

    assert (Volunteer.objects.filter(phone__contains="123456").count(), Candidacy.objects.count()) == (1, 0)


def test_who_got_a_no_may_apply_again_and_is_the_same_person(client, page, programme):
    person = make.VolunteerFactory(programme=programme, phone="20123456")
    day = today() - dt.timedelta(100)
    steps(make.CandidacyFactory(volunteer=person), ("applied", day), ("withdrawn", day))

    send(client, page)

    assert [one.volunteer for one in Candidacy.objects.all()] == [person, person]


@pytest.mark.parametrize("machine", [{"website": "http://example.org"}, {"opened_at": 0}], ids=["trap", "quick"])
def test_a_machine_gets_the_same_thanks_and_nothing_is_stored(client, page, machine):
    answer = send(client, page, **machine)

    assert (answer.url, Volunteer.objects.count()) == (page + "tak/", 0)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "Amina 010170-1234"}, "name"),
        ({"phone": ""}, "phone"),
        ({"phone": "ring"}, "phone"),
        ({"email": "amina"}, "email"),
        ({"languages": ["xx"]}, "languages"),
        ({"opened_at": ""}, "opened_at"),
        ({"opened_at": "x:y"}, "opened_at"),
        ({"opened_at": 2 * 24 * 60 * 60}, "opened_at"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_is_kept(client, page, values, field):
    answer = send(client, page, **values)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors), Volunteer.objects.count()) == (200, [field], 0)
    assert form["name"].value() == values.get("name", WHO["name"])


def test_a_phone_number_that_looks_like_a_date_is_no_cpr_number(client, page):
    send(client, page, phone="01 01 70 12")

    assert Volunteer.objects.get().phone == "01 01 70 12"


def test_the_eleventh_from_one_address_within_an_hour_is_asked_to_wait_and_no_address_is_kept(client, page):
    answers = [send(client, page, phone=f"20 12 34 {number}") for number in range(10, 21)]

    assert [one.status_code for one in answers] == [302] * 10 + [200]
    assert answers[-1].context["form"].non_field_errors()
    assert Volunteer.objects.count() == 10
    assert not Attempt.objects.filter(who__contains="127.0.0.1").exists()


def test_an_application_of_another_programme_is_another_person(client, page, twin):
    send(client, page)
    send(client, reverse("volunteers:apply", args=[twin.uuid]))

    assert Volunteer.objects.filter(phone=WHO["phone"]).count() == 2
