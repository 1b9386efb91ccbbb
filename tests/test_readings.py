"""Who reads about whom is logged: every page that shows a person, before it is shown, by identities alone."""

import re

import pytest
from django.db import DatabaseError
from django.test import Client

from programme.models import Reading
from tests import factories as make
from tests.permissions import matrix
from tests.world import PERSONAL, words_of

pytestmark = pytest.mark.django_db

READERS = ("secretariat", "foundation", "caseworker", "local")
#: What somebody has uploaded: names on a list, not persons of the programme.
UPLOADED = ("volunteers:import_detail", "volunteers:import_rejected")
SHOWN = [door for door, roles in matrix().items() if "200" in roles["secretariat"][0] and door not in UPLOADED]


def readings(client, address):
    """What a visit says, and the log's rows of it."""
    last = Reading.objects.order_by("id").values_list("id", flat=True).last() or 0
    response = client.get(address)
    return response, list(Reading.objects.filter(id__gt=last))


@pytest.fixture
def names(world):
    """Of each person in the first programme, a word that stands nowhere but in her name."""
    people = {world.rows["volunteer"]: "Amina", world.rows["other_volunteer"]: "Birgit"}
    return {person.uuid: f"{PERSONAL} {word}" if word == "Amina" else word for person, word in people.items()}


@pytest.mark.parametrize("role", READERS)
def test_whoever_is_named_on_a_page_is_in_the_log(world, names, role):
    client, shown, missed = world.client(role), set(), []
    for door in SHOWN:
        response, logged = readings(client, world.url(door))
        words = words_of(response) if response.status_code == 200 else ""
        told = {uuid for uuid, name in names.items() if name in words}
        shown |= told
        if not told <= {person for reading in logged for person in reading.persons} or len(logged) > 1:
            missed.append(door)
        assert {reading.user_id for reading in logged} <= {world.users[role].pk}

    assert missed == []
    assert shown == (set() if role == "caseworker" else {world.rows["volunteer"].uuid} if role == "local" else {*names})


def test_municipality_reads_about_nobody(world):
    """But for what anybody is told who holds a paper or a link."""
    client = world.client("caseworker")
    closed = [door for door in SHOWN if matrix()[door]["anonymous"][0] != "200"]

    assert [door for door in closed if readings(client, world.url(door))[1]] == []


def test_administration_is_logged_too(world, names):
    client = world.client("foundation")
    missed = []
    for address in re.findall(r'href="(/admin/\w+/\w+/)"', client.get("/admin/").content.decode()):
        response, logged = readings(client, address)
        told = {uuid for uuid, name in names.items() if name in response.content.decode()}
        if not told <= {person for reading in logged for person in reading.persons}:
            missed.append(address)

    assert missed == []
    assert readings(client, "/admin/volunteers/volunteer/")[1][0].page == "admin:volunteers_volunteer_changelist"


def test_log_says_who_when_and_how_and_nothing_else(world, visitor):
    person = world.rows["volunteer"]
    _, (page,) = readings(visitor, person.get_absolute_url())
    _, (file,) = readings(visitor, "/frivillige/?format=csv")

    assert (page.user, page.how, page.page) == (world.users["secretariat"], "page", "volunteers:detail")
    assert (person.uuid in page.persons, page.programme) == (True, world.programme)
    assert (file.how, file.page, len(file.persons) > 1) == ("export", "volunteers:list", True)


def test_file_that_proves_something_about_a_person_is_logged(world, visitor):
    held = make.membership(make.VolunteerFactory(programme=world.programme), world.association)
    held = held.supersede(by=None, reason="Bevis", evidence=world.rows["stiftelsestrin"].evidence)

    _, logged = readings(visitor, f"/dokumentation/rolle/{held.uuid}/")

    assert [(one.how, one.persons) for one in logged] == [("export", [held.volunteer.uuid])]


def test_page_that_cannot_be_logged_is_not_shown(world, visitor, monkeypatch):
    def fail(**values):
        raise DatabaseError("the log is full")

    monkeypatch.setattr(Reading.objects, "create", fail)

    with pytest.raises(DatabaseError, match="full"):
        visitor.get(world.rows["volunteer"].get_absolute_url())


def test_page_that_is_refused_is_no_reading(world):
    person = world.rows["volunteer"]

    assert readings(Client(), person.get_absolute_url())[1] == []
    assert readings(world.client("twin_secretariat"), person.get_absolute_url())[1] == []
