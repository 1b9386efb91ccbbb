"""A page that is recalled is the page that would be found anew, for every reader; and no name is kept to recall it."""

import re

import pytest

from bydelsmoedre import remembering
from tests.permissions import FILES, matrix
from tests.world import PERSONAL

pytestmark = pytest.mark.django_db

READERS = ("secretariat", "foundation", "caseworker", "local", "local_elsewhere", "twin_secretariat")
SHOWN = [door for door, roles in matrix().items() if roles["secretariat"] == ("200", "405")]
#: Pages that count or list visits, and so another one at each.
OF_VISITS = ("volunteers:access", "volunteers:readings")
PAGES = [door for door in SHOWN if not door.startswith((*FILES, *OF_VISITS))]


@pytest.fixture(autouse=True)
def _nothing_recalled():
    remembering.forget()
    yield
    remembering.forget()


@pytest.fixture
def settled(monkeypatch):
    """Recalls as on a real site where nobody writes. (The world is a transaction, and other tests write beside it.)"""
    let_recall(monkeypatch)


def let_recall(monkeypatch):
    monkeypatch.setattr(remembering, "_is_within_a_transaction", lambda: False)
    monkeypatch.setattr(remembering, "_state", lambda before: remembering.State("nobody writes", 1))


def told(response):
    """What a page says, without what is new at each visit, such as the identity of what is recorded from it."""
    return response.status_code, re.sub(
        r'(csrfmiddlewaretoken" value=|name="uuid" value=|nonce=)"[^"]*"', "", response.content.decode()
    )


@pytest.mark.parametrize("door", PAGES)
def test_page_recalled_is_the_page_found_anew_for_every_reader(world, monkeypatch, door):
    clients = {role: world.client(role) for role in READERS}
    address = world.url(door)
    anew = {role: told(client.get(address)) for role, client in clients.items()}
    let_recall(monkeypatch)

    for _visit in ("first", "again"):
        assert {role: told(client.get(address)) for role, client in clients.items()} == anew


def test_no_name_is_kept_in_memory(world, settled):
    client = world.client("secretariat")
    for door in PAGES:
        client.get(world.url(door))

    kept = repr(remembering._newest.answers)
    assert "figures" in kept
    assert PERSONAL not in kept
