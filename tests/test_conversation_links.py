"""A mother's own link: it records conversations without a login, opens nothing else, and ends with her role."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.urls import reverse

from associations.models import Closing
from bydelsmoedre.moment import today
from tests import factories as make
from volunteers.links import make_link, token_of
from volunteers.models import Conversation, ConversationLink
from volunteers.privacy import erase

pytestmark = pytest.mark.django_db

TALK = {"contact": "school", "topics": ["school", "health"], "next_step": "again", "happened_on": "2011-10-05"}
TODAY, DAY = today(), dt.timedelta(1)


@pytest.fixture
def association(programme):
    return make.founded_association(programme)


@pytest.fixture
def link(association):
    return make.conversation_link(association)


def address(link):
    return reverse("volunteers:own_conversation", args=[token_of(link)])


def talk(**values):
    return TALK | {"uuid": str(uuid.uuid4())} | values


def test_a_conversation_is_recorded_without_a_login_and_says_nothing_of_who_had_it(client, link):
    answer = client.post(address(link), talk(with_municipality="yes"), follow=True)

    told = Conversation.objects.get()
    assert (told.association, told.recorded_by, told.with_municipality) == (link.association, None, True)
    assert answer.redirect_chain == [(address(link), 302)]
    assert str(link.volunteer) not in answer.content.decode()
    columns = {field.attname for field in Conversation._meta.concrete_fields}
    assert not {name for name in columns if "volunteer" in name or "link" in name}


def test_the_same_conversation_sent_twice_by_the_script_is_stored_once(client, link):
    sent = talk()

    answers = [client.post(address(link), sent, headers={"Accept": "application/json"}) for _ in range(2)]

    assert [(one.status_code, one.json()) for one in answers] == [(200, {"saved": True})] * 2
    assert Conversation.objects.count() == 1


def test_the_script_is_told_that_a_conversation_is_refused(client, link):
    answer = client.post(address(link), talk(minutes="601"), headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json(), Conversation.objects.count()) == (422, {"saved": False}, 0)


@pytest.mark.parametrize(("until", "status"), [(TODAY - DAY, 404), (TODAY, 200), (None, 200)])
def test_a_link_works_to_the_last_day_of_her_role(client, association, until, status):
    mother = make.VolunteerFactory(programme=association.programme)
    make.membership(mother, association, role="mother", until=until)
    link = ConversationLink.objects.create(volunteer=mother, association=association)

    assert (client.get(address(link)).status_code, client.post(address(link), talk()).status_code == 302) == (
        status,
        status == 200,
    )


def test_a_seat_on_the_board_alone_opens_no_link(client, association):
    chair = make.VolunteerFactory(programme=association.programme)
    make.membership(chair, association, role="chair")
    link = ConversationLink.objects.create(volunteer=chair, association=association)

    assert client.get(address(link)).status_code == 404


@pytest.mark.parametrize(("closed_on", "status"), [(TODAY - DAY, 404), (TODAY, 200)])
def test_a_link_works_to_the_last_day_of_its_association(client, link, closed_on, status):
    Closing.record(by=None, association=link.association, money="Givet videre", happened_on=closed_on)

    assert client.get(address(link)).status_code == status


def test_a_link_ends_when_she_is_erased(client, link, secretariat):
    erase(link.volunteer, by=secretariat)

    assert client.get(address(link)).status_code == 404


def test_a_new_link_ends_the_former_one(client, link):
    new = make_link(link.volunteer, link.association)

    assert (client.get(address(link)).status_code, client.get(address(new)).status_code) == (404, 200)


@pytest.mark.parametrize("token", ["x", "a.b", "é", "A" * 3000, "AAAAAAAAAAAAAAAAAAAAAA.x", "%00"])
def test_a_token_that_was_made_up_opens_nothing_and_costs_no_query(client, token):
    with connection.execute_wrapper(_refuse):
        answer = client.get(reverse("volunteers:own_conversation", args=["t"]).replace("/t/", f"/{token}/"))

    assert answer.status_code == 404


def _refuse(execute, sql, *rest):
    assert "volunteers_conversationlink" not in sql
    return execute(sql, *rest)


def test_a_link_is_not_kept_in_any_cache_nor_told_to_another_site(client, link):
    answer = client.get(address(link))

    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"


def test_the_coordinator_makes_shows_and_closes_a_link(client_of, client, association):
    mother = make.VolunteerFactory(programme=association.programme, phone="20 12 34 56")
    make.membership(mother, association, role="mother")
    coordinator = client_of(make.local_coordinator(association))
    page = reverse("volunteers:conversation_link", args=[mother.uuid])

    coordinator.post(page, {"forening": str(association.uuid), "handling": "nyt"})
    [(_place, sent)] = coordinator.get(page).context["lines"]
    opened = client.get(sent["address"].removeprefix("http://testserver")).status_code
    coordinator.post(page, {"forening": str(association.uuid), "handling": "luk"})

    assert sent["address"] in sent["invitations"][0].text
    assert (opened, client.get(sent["address"].removeprefix("http://testserver")).status_code) == (200, 404)
    assert coordinator.get(page).context["lines"] == [(association, None)]


def test_no_link_is_made_to_an_association_out_of_reach(client_of, association):
    elsewhere = make.founded_association(association.programme)
    mother = make.VolunteerFactory(programme=association.programme)
    for place in (association, elsewhere):
        make.membership(mother, place, role="mother")
    coordinator = client_of(make.local_coordinator(association))
    page = reverse("volunteers:conversation_link", args=[mother.uuid])

    answer = coordinator.post(page, {"forening": str(elsewhere.uuid), "handling": "nyt"})

    assert (answer.status_code, ConversationLink.objects.count()) == (404, 0)
    assert [place for place, _ in coordinator.get(page).context["lines"]] == [association]
