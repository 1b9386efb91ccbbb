"""The log of who reads about whom is only ever added to, and throws nobody's memory away."""

import uuid
from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from bydelsmoedre import remembering
from bydelsmoedre.owner import as_owner, has_two_logins
from programme.models import Reading
from tests import factories as make

pytestmark = pytest.mark.django_db


def added(programme, user, **values):
    return Reading.objects.create(
        programme=programme, user=user, how="page", page="volunteers:detail", persons=[uuid.uuid4()], **values
    )


@pytest.mark.parametrize("sql", ["update programme_reading set page = ''", "delete from programme_reading"])
def test_log_is_neither_changed_nor_deleted_by_the_owner(programme, secretariat, sql):
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        added(make.plan("Et sted"), make.UserFactory())
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            cursor.execute(sql)
        transaction.set_rollback(True)


@pytest.mark.skipif(not has_two_logins(), reason="with a single login the site owns the tables")
@pytest.mark.parametrize("sql", ["update programme_reading set page = ''", "delete from programme_reading"])
def test_site_has_no_right_to_change_the_log(programme, sql):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert error.value.__cause__.sqlstate == "42501"


@pytest.mark.skipif(not has_two_logins(), reason="with a single login the site owns the tables")
def test_site_cannot_date_the_log(programme, secretariat):
    row = added(programme, secretariat, read_at="2001-01-01T00:00Z")

    row.refresh_from_db()
    assert row.read_at.year > 2001


# --- The log throws nobody's memory away


@pytest.fixture
def visits(transactional_db, client_of):
    """A person, and how many answers are kept in memory after a visit to her page; each visit writes to the log."""
    remembering.forget()
    programme = make.plan("København")
    person = make.VolunteerFactory(programme=programme)
    client = client_of(make.user_with_role(programme, "secretariat"))

    def visit():
        assert client.get(person.get_absolute_url()).status_code == 200
        return remembering._newest.answers

    visit.person, visit.programme = person, programme
    yield visit
    remembering.forget()


def test_reading_keeps_what_is_remembered(visits):
    """Asked of the transaction itself: whoever else writes in the cluster meanwhile makes pages forget."""
    before = remembering._state(None)

    assert visits()
    (reading,) = Reading.objects.all()
    state = remembering._state(before)
    number = reading.alone_in
    assert number in state.aside
    now = replace(state, following=number + 1, running=frozenset())
    assert now.is_as(replace(before, following=number, running=frozenset()))
    assert not replace(now, aside=frozenset()).is_as(replace(before, following=number, running=frozenset()))


def test_anything_else_that_is_written_is_noticed(visits):
    first = visits()
    make.membership(visits.person, make.AssociationFactory(programme=visits.programme))

    assert visits() is not first


def test_what_is_written_together_with_a_reading_is_noticed(visits):
    first = visits()
    with transaction.atomic():
        added(visits.programme, make.UserFactory())

    assert visits() is not first


def test_a_writer_who_commits_late_is_noticed():
    State = remembering.State
    before = State("db", 10, frozenset({7}))

    assert State("db", 12, frozenset({7}), frozenset({10, 11})).is_as(before)
    assert not State("db", 12, frozenset(), frozenset({10, 11})).is_as(before)  # 7 has committed meanwhile
    assert not State("db", 12, frozenset({7}), frozenset({10})).is_as(before)  # 11 wrote something else
    assert State("db", 12, frozenset({7, 11}), frozenset({10})).is_as(before)  # 11 has not committed yet
    assert not State("db", 13, frozenset(), frozenset({12})).is_as(State("db", 12, frozenset({7, 11})))
    assert not State("other", 10, frozenset({7})).is_as(before)
    assert not State("db", 9, frozenset()).is_as(before)
    assert not State("db", 10 + remembering.FURTHEST + 1, frozenset(), frozenset(range(2000))).is_as(before)
