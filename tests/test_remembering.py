"""What has been answered is recalled until something is written, and not a page longer."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bydelsmoedre import remembering
from programme.models import RoleGrant
from tests import factories as make


@pytest.fixture(autouse=True)
def _nothing_recalled():
    remembering.forget()
    yield
    remembering.forget()


@pytest.fixture
def overview(transactional_db, client_of):
    """A programme with an association on its way, and the overview of it as the secretariat asks for it."""
    programme = make.plan("København")
    association = make.AssociationFactory(programme=programme)
    client = client_of(make.user_with_role(programme, "secretariat"))

    def look():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.get("/", {"on": "2011-12-31"})
        return response, len(asked)

    look.programme, look.association, look.client = programme, association, client
    return look


def founded(response):
    return next(figure.value for figure in response.context["criteria"] if figure.number == 1)


def test_second_look_asks_for_less(overview, monkeypatch):
    monkeypatch.setattr(remembering, "_state", lambda before: remembering.State("nobody writes", 1))
    _, first = overview()
    _, again = overview()

    assert again < first / 2


def test_what_is_recorded_is_seen_at_the_next_look(overview):
    before = founded(overview()[0])
    make.founded_association(overview.programme)

    assert (before, founded(overview()[0])) == (0, 1)


def test_what_is_not_committed_yet_is_not_seen_nor_kept(overview):
    overview()
    with transaction.atomic():
        make.founded_association(overview.programme)
        within = founded(overview()[0])
        transaction.set_rollback(True)

    assert (within, founded(overview()[0])) == (1, 0)


def test_reach_that_is_taken_away_ends_at_the_next_page(overview):
    address = overview.association.get_absolute_url()
    before = overview.client.get(address).status_code
    RoleGrant.objects.all().delete()

    assert (before, overview.client.get(address).status_code) == (200, 404)


def test_request_that_writes_recalls_nothing(overview, monkeypatch):
    overview()
    kept = len(remembering._newest.answers)

    overview.client.post("/sprog/", {"language": "en"})

    assert kept
    assert len(remembering._newest.answers) == kept


def test_memory_is_bounded(overview, monkeypatch):
    monkeypatch.setattr(remembering, "MOST", 3)

    overview()

    assert len(remembering._newest.answers) == 3
