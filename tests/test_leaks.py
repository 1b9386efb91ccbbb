"""What somebody may not see stands on no page that she can reach: by links from the front page, or by any address."""

import re

import pytest

from tests.factories import CANARY
from tests.permissions import matrix
from tests.world import ELSEWHERE, PERSONAL, crawl, shared_world

pytestmark = pytest.mark.django_db
world = pytest.fixture(scope="module")(shared_world)

#: Of the administration, the lists and the rows: their other pages are links from these.
SEEN_BY = ("secretariat", "foundation", "caseworker", "local", "twin_secretariat")


@pytest.fixture(scope="module")
def pages(world):
    """Role → path → response: all that the role can reach by links, and every door tried at its address."""
    doors = [world.url(door) for door in matrix() if door not in ("accounts:logout", "set_language")]
    return {role: crawl(world.client(role), "/", *doors) for role in SEEN_BY}


def where(pages, *words):
    """The paths of the pages whose HTML contains one of the words, in whatever case."""
    found = [word.lower() for word in words]
    return {path for path, page in pages.items() if any(word in page.content.decode().lower() for word in found)}


def identities(rows):
    return [str(row.uuid) for row in rows]


@pytest.mark.parametrize("role", [role for role in SEEN_BY if role != "twin_secretariat"])
def test_nothing_of_another_programme_is_seen(pages, role):
    assert where(pages[role], CANARY) == set()


def test_canary_sings_in_its_own_programme(pages):
    """The twin's names are of every kind, and its own secretariat meets them on every page but the barred ones."""
    told = where({path: page for path, page in pages["twin_secretariat"].items() if page.status_code == 200}, CANARY)

    kinds = {re.sub(r"[0-9a-f-]{36}", "…", path) for path in told}
    assert kinds >= {
        "/", "/foreninger/", "/foreninger/…/", "/foreninger/…/ret/", "/foreninger/…/trin/agreement/", "/frivillige/",
        "/frivillige/…/", "/frivillige/…/ret/", "/frivillige/…/rolle/", "/maal/…/", "/uddannelse/bevis/…/",
    }  # fmt: skip


def test_caseworker_meets_no_person(world, pages):
    persons = [world.rows["volunteer"], world.rows["other_volunteer"]]
    words = [PERSONAL, *identities(persons), *(one.email for one in persons), persons[0].phone]

    assert where(pages["caseworker"], *words) == set()


@pytest.mark.parametrize("kind", ["rolle", "bevis"])
def test_caseworker_meets_no_fact_about_a_person(world, pages, kind):
    uuid = str(world.rows[kind].uuid)
    links = {path: page for path, page in pages["caseworker"].items() if uuid not in path}

    assert where(links, uuid) == set()
    assert where(pages["secretariat"], uuid)


def test_secretariat_does_meet_what_could_leak(world, pages):
    for person in (world.rows["volunteer"], world.rows["other_volunteer"]):
        for word in (person.name, person.email, str(person.uuid)):
            assert where(pages["secretariat"], word), word
    assert where(pages["secretariat"], world.rows["volunteer"].phone)
    for words in ("i et notat", "i et bilag", "skrev under"):
        assert where(pages["secretariat"], f"{PERSONAL} {words}"), words


def test_local_coordinator_sees_nothing_of_another_association(world, pages):
    theirs = [world.elsewhere, world.rows["other_volunteer"]]

    assert where(pages["local"], ELSEWHERE) == set()
    assert where({path: page for path, page in pages["local"].items() if page.status_code == 200}, *identities(theirs)) == set()
    assert where(pages["secretariat"], ELSEWHERE)


def test_local_coordinator_does_see_her_own_association(world, pages):
    member = world.rows["volunteer"]

    assert f"/frivillige/{member.uuid}/" in where(pages["local"], member.email)
    assert where(pages["local"], f"{PERSONAL} skrev under") == {world.association.get_absolute_url()}


@pytest.mark.parametrize("role", SEEN_BY)
def test_no_page_that_links_lead_to_is_missing_or_broken(world, role):
    reached = crawl(world.client(role), "/")

    assert {path: page.status_code for path, page in reached.items() if page.status_code not in (200, 302)} == {}
    assert len(reached) > 2
