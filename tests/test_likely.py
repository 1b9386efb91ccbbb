"""Who resembles a new person is shown before she is created; who is another is created all the same."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils.translation import gettext

from tests import factories as make
from tests.people import steps
from volunteers.matching import Why, resembling
from volunteers.models import DifferentPersons, Volunteer

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def association(programme):
    return make.founded_association(programme, name="Bydelsmødre i Tingbjerg")


@pytest.fixture
def fatima(programme):
    return make.VolunteerFactory(
        programme=programme, name="Fatima Øzgür Hassan", phone="+45 20 12 34 56", email="fatima@example.org"
    )


@pytest.fixture
def enter(secretary):
    return lambda **given: secretary.post(reverse("volunteers:create"), {"email": "", "phone": "", **given})


def likely(response):
    return [(one.volunteer.name, one.why) for one in response.context["form"].likely]


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"name": "Ruth Ravn", "phone": "20123456"}, Why.PHONE),
        ({"name": "Ruth Ravn", "phone": "0045 20 12 34 56"}, Why.PHONE),
        ({"name": "Ruth Ravn", "email": "Fatima@example.org"}, Why.EMAIL),
        ({"name": "Fatima Øzgür Hassan"}, Why.NAME),
        ({"name": "fatma hasan"}, Why.NAME),
        ({"name": "HASSAN, Fatimah"}, Why.NAME),
        ({"name": "Fatma Oezgur Hassan"}, Why.NAME),
    ],
)
def test_who_shares_number_e_mail_or_name_is_shown_and_nothing_is_saved(enter, fatima, given, why):
    response = enter(**given)

    assert likely(response) == [(fatima.name, why)]
    assert (gettext("It is another person") in response.content.decode()) is (why != Why.EMAIL)
    assert fatima.get_absolute_url() in response.content.decode()
    assert response.context["form"]["name"].value() == given["name"]
    assert Volunteer.objects.count() == 1


@pytest.mark.parametrize(
    "given",
    [
        {"name": "Fatima"},
        {"name": "Fatima Olsen", "phone": "20 12 34 57"},
        {"name": "Hassan Hassan Olsen", "email": "fatima@example.com"},
        {"name": "--"},
    ],
)
def test_who_is_not_like_anybody_is_created_at_once(enter, fatima, given):
    assert enter(**given).status_code == 302
    assert Volunteer.objects.count() == 2


def test_who_is_said_to_be_another_is_created_and_not_suggested_as_a_duplicate(enter, secretary, fatima):
    given = {"name": "Fatma Hassan", "phone": "20 12 34 56"}
    shown = enter(**given).context["form"]["shown"].value()

    response = enter(**given, shown=shown, is_another="on")

    new = Volunteer.objects.get(name="Fatma Hassan")
    assert response["Location"] == new.get_absolute_url()
    assert DifferentPersons.objects.filter(first=fatima, second=new).exists()
    assert secretary.get(reverse("volunteers:duplicates")).context["pairs"] == []


def test_only_who_was_shown_is_said_to_be_another(enter, programme, fatima):
    shown = enter(name="Fatma Hassan").context["form"]["shown"].value()
    make.VolunteerFactory(programme=programme, name="Ruth Ravn")

    response = enter(name="Ruth Ravn", shown=shown, is_another="on")

    assert likely(response) == [("Ruth Ravn", Why.NAME)]
    assert not response.context["form"]["is_another"].value()
    assert Volunteer.objects.count() == 2


def test_a_mistake_beside_is_told_at_the_same_time(enter, fatima):
    response = enter(name="Fatma Hassan", phone="abc")

    assert set(response.context["form"].errors) == {"phone", "is_another"}
    assert likely(response) == [(fatima.name, Why.NAME)]


def test_the_empty_form_asks_nothing(secretary):
    assert "is_another" not in secretary.get(reverse("volunteers:create")).context["form"].fields


def test_a_local_coordinator_is_told_of_her_own_only(client_of, association, fatima):
    own = make.VolunteerFactory(programme=association.programme, name="Ruth Ravn")
    make.membership(own, association, role="mother")
    client = client_of(make.local_coordinator(association))
    role = {"association": association.pk, "role": "coordinator", "started_on": "01.06.2011", "email": "", "phone": ""}

    shown = client.post(reverse("volunteers:create"), role | {"name": "Ruth Ravn"})
    created = client.post(reverse("volunteers:create"), role | {"name": fatima.name, "phone": fatima.phone})

    assert likely(shown) == [("Ruth Ravn", Why.NAME)]
    assert created.status_code == 302
    said = {"is_another": "on", "shown": shown.context["form"]["shown"].value()}
    assert client.post(reverse("volunteers:create"), role | {"name": "Ruth Ravn"} | said).status_code == 302
    assert not DifferentPersons.objects.exists()  # the secretariat judges that


def test_another_programme_s_persons_are_none_of_hers(enter, twin):
    make.VolunteerFactory(programme=twin, name="Fatma Hassan")

    assert enter(name="Fatma Hassan").status_code == 302


def test_who_was_merged_is_shown_as_the_one_who_is_kept(programme, fatima):
    make.same_person(fatima, name="Ruth Ravn", phone="51 22 33 44", email="")

    (found,) = resembling(Volunteer.objects.filter(programme=programme), name="Bodil", phone="51223344")

    assert (found.volunteer, found.why, found.found_as) == (fatima, Why.PHONE, "Ruth Ravn")


def test_a_candidate_s_page_says_who_she_may_be_until_that_is_settled(secretary, client_of, foundation, fatima):
    candidate = make.VolunteerFactory(programme=fatima.programme, name="Fatma Hassan", email="")
    steps(make.CandidacyFactory(volunteer=candidate), ("applied", D(2011, 2, 1)))
    page = candidate.get_absolute_url()

    assert [one.volunteer for one in secretary.get(page).context["likely"]] == [fatima]
    assert client_of(foundation).get(page).context["likely"] == []
    assert reverse("volunteers:merge", args=[fatima.uuid, candidate.uuid]) in secretary.get(page).content.decode()
    apart = reverse("volunteers:different", args=[fatima.uuid, candidate.uuid])
    assert secretary.post(f"{apart}?next={page}")["Location"] == page
    assert secretary.get(page).context["likely"] == []


def test_a_mother_s_page_asks_nothing(secretary, association, fatima):
    mother = make.VolunteerFactory(programme=association.programme, name="Fatma Hassan", email="")
    make.membership(mother, association, role="mother")

    assert secretary.get(mother.get_absolute_url()).context["likely"] == []
