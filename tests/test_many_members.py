"""An association with very many members: committed and analysed, since PostgreSQL plans by what it knows of a table."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from associations.models import associations
from bydelsmoedre import remembering
from bydelsmoedre.owner import as_owner
from programme import access
from tests import factories as make
from tests.boards import FULL, seats
from training.models import Dispensation
from volunteers.models import Membership, Volunteer

pytestmark = pytest.mark.django_db(transaction=True)


def with_members(programme, count):
    """A founded association with so many mothers, and a full board; and a monthly meeting of theirs."""
    association = make.founded_association(programme)
    people = Volunteer.objects.bulk_create(
        Volunteer(programme=programme, name=f"Mor {n}", email=f"{association.pk}.{n}@example.org") for n in range(count)
    )
    since = dt.date(2011, 5, 26)
    Dispensation.objects.bulk_create(Dispensation(volunteer=one, started_on=since, note="Prøve") for one in people)
    Membership.objects.bulk_create(
        Membership(volunteer=person, association=association, role="mother", started_on=since) for person in people
    )
    seats(association, *FULL)
    return association, make.GatheringFactory(association=association, planned_on=dt.date(2011, 10, 4))


def test_association_with_ten_thousand_members_takes_as_many_statements_as_one_with_five(client_of, monkeypatch):
    monkeypatch.setattr(remembering, "is_recalling", lambda: False)
    for module in (access, associations):
        monkeypatch.setattr(module, "is_recalling", lambda: False)
    programme = make.plan("København")
    few, many = with_members(programme, 5), with_members(programme, 10_000)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("analyze")
    client = client_of(make.user_with_role(programme, "secretariat"))

    def statements(page, about):
        association, meeting = about
        url = reverse(page, args=[meeting.uuid if page == "volunteers:presence" else association.uuid])
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        return len(queries)

    pages = ("associations:detail", "volunteers:elect", "volunteers:presence")
    assert [statements(page, few) for page in pages] == [statements(page, many) for page in pages]
    assert min(statements(page, many) for page in pages) > 0
