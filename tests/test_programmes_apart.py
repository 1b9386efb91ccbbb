"""A programme that is begun on the site stands apart: its pages work from the first day, and none tells of another."""

import pytest
from django.test import Client

from accounts.models import User
from tests.factories import CANARY
from tests.test_programmes import NATIONAL, begin
from tests.world import ELSEWHERE, PERSONAL, crawl, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun(world):
    """Aarhus, begun by the Foundation of the world's programme."""
    begin(world.client("foundation"))
    return world


def logged_in(email):
    client = Client()
    client.force_login(User.objects.get(email=email))
    return client


@pytest.mark.parametrize("email", ["aarhus@example.org", "kommunen-aarhus@example.org"])
def test_its_own_people_meet_nothing_of_another_programme_and_no_fault(begun, email):
    pages = crawl(logged_in(email), "/")
    foreign = (CANARY, ELSEWHERE, PERSONAL, "Tingbjerg", "København")
    told = {path: words_of(page).replace(path, "") for path, page in pages.items()}

    assert len(pages) > 20
    assert {path: page.status_code for path, page in pages.items() if page.status_code >= 400} == {}
    met = {(path, word) for path, words in told.items() for word in foreign if word.lower() in words.lower()}
    # where anybody may apply, wherever she lives
    assert {(path, word) for path, word in met if not path.startswith("/bliv-bydelsmor/")} == set()


def test_people_of_the_model_meet_nothing_of_the_new_one(begun):
    for role in ("secretariat", "caseworker", "local"):
        pages = crawl(begun.client(role), "/")
        public = {path for path in pages if path.startswith("/bliv-bydelsmor/")}
        assert {path for path, page in pages.items() if "aarhus" in words_of(page).lower()} - public == set()


def test_the_twins_programme_is_not_in_the_country_of_the_foundation(begun):
    page = begun.client("foundation").get(NATIONAL).content.decode()

    assert "Aarhus" in page
    assert CANARY not in page
