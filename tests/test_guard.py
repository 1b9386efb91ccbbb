"""What a fact withstands: the site is stopped by privileges and by the guard, the owner by the guard alone."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, connection, transaction

from bydelsmoedre.owner import as_owner, has_two_logins
from programme.facts import AlreadyRetracted, FactTime, fact_models
from tests.factories import AssociationFactory, BudgetLineFactory, VolunteerFactory, membership, step
from tests.factories import posting as booked
from tests.roles import clock
from volunteers.models import Membership

D = dt.date
LONG_AGO = dt.datetime(2011, 1, 1, tzinfo=dt.UTC)

DENIED = "42501"  # insufficient_privilege
RESTRICTED = "23001"  # restrict_violation: the guard
CHECKED = "23514"  # check_violation

#: How the site is refused what neither it nor the owner may do. With a single login the site is the owner.
DENIED_TO_SITE = DENIED if has_two_logins() else RESTRICTED

needs_two_logins = pytest.mark.skipif(not has_two_logins(), reason="with a single login the site owns the tables")


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def rows():
    """The facts as the database holds them."""
    with connection.cursor() as cursor:
        cursor.execute("select to_jsonb(m) from volunteers_membership m order by id")
        return [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]


def refusal(attempt, *arguments):
    """The code with which the database refuses the attempt."""
    with pytest.raises(DatabaseError) as error, transaction.atomic():
        attempt(*arguments)
    return error.value.__cause__.sqlstate


def made():
    association = AssociationFactory()
    return membership(VolunteerFactory(programme=association.programme), association)


@pytest.fixture
def fact(db):
    return made()


@pytest.fixture
def retracted(fact):
    fact.retract(by=None, reason="Forkert forening")
    return fact


@pytest.fixture
def owner(db):
    """The owner at work; all that she does is rolled back."""
    with as_owner(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def without_guard():
    sql("set constraints all immediate")
    sql("alter table volunteers_membership disable trigger a_guard")


# --- Editing


def save(fact):
    fact.role = "chair"
    fact.save()


def bulk_update(fact):
    fact.role = "chair"
    Membership.objects.bulk_update([fact], ["role"])


def upsert(fact):
    fact.role = "chair"
    Membership.objects.bulk_create([fact], update_conflicts=True, update_fields=["role"], unique_fields=["id"])


MERGE = """
merge into volunteers_membership m using (select 1) as x on true when matched then update set role = 'chair'
"""

EDITS = {
    "save": save,
    "update": lambda fact: Membership.objects.filter(pk=fact.pk).update(role="chair"),
    "bulk_update": bulk_update,
    "upsert": upsert,
    "sql": lambda fact: sql("update volunteers_membership set role = 'chair'"),
    "merge": lambda fact: sql(MERGE),
    "back_date": lambda fact: Membership.objects.update(recorded_at=LONG_AGO),
    "identity": lambda fact: sql("update volunteers_membership set uuid = gen_random_uuid()"),
    "move_the_day": lambda fact: sql("update volunteers_membership set started_on = '2011-01-02'"),
    "new_words": lambda fact: sql("update volunteers_membership set note = 'Nyt'"),
}
DELETIONS = {
    "instance": lambda fact: fact.delete(),
    "queryset": lambda fact: Membership.objects.all().delete(),
    "raw_delete": lambda fact: Membership.objects.all()._raw_delete("default"),
    "sql": lambda fact: sql("delete from volunteers_membership"),
    "cte": lambda fact: sql("with gone as (delete from volunteers_membership returning 1) select * from gone"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_fact_edit_is_refused(fact, edit):
    before = rows()

    code = refusal(edit, fact)

    assert (code, rows()) == (DENIED_TO_SITE, before)


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_fact_deletion_is_refused(fact, delete):
    before = rows()

    code = refusal(delete, fact)

    assert (code, rows()) == (DENIED_TO_SITE, before)


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_fact_edit_by_the_owner_is_refused(owner, edit):
    fact = made()

    assert refusal(edit, fact) == RESTRICTED


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_fact_deletion_by_the_owner_is_refused(owner, delete):
    fact = made()

    assert refusal(delete, fact) == RESTRICTED


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_fact_edit_passes_where_the_guard_is_off(owner, edit):
    fact, before = made(), rows()
    without_guard()

    edit(fact)

    assert rows() != before


@pytest.mark.parametrize("delete", DELETIONS.values(), ids=DELETIONS)
def test_fact_deletion_passes_where_the_guard_is_off(owner, delete):
    fact = made()
    without_guard()

    delete(fact)

    assert rows() == []


# --- Getting around the guard

DETOURS = {
    "truncate": "truncate volunteers_membership",
    "truncate_cascade": "truncate volunteers_volunteer cascade",
    "disable_trigger": "alter table volunteers_membership disable trigger a_guard",
    "disable_all_triggers": "alter table volunteers_membership disable trigger all",
    "drop_trigger": "drop trigger a_guard on volunteers_membership",
    "another_trigger": "create trigger b before update on volunteers_membership for each row "
    "execute function guard_fact()",
    "drop_table": "drop table volunteers_membership",
    "rule": "create rule r as on delete to volunteers_membership do instead nothing",
    "replica_role": "set session_replication_role = replica",
    "set_role": "set role bm_owner",
    "session_authorization": "set session authorization bm_owner",
    "shadow_pg_class": "create temporary table pg_class (oid oid, relowner oid)",
    "replace_clock": "create or replace function fact_time() returns timestamptz language sql as 'select now()'",
    "replace_guard": "create or replace function guard_fact() returns trigger language plpgsql as "
    "'begin return new; end'",
    "write_clock": "insert into fact_clock values (pg_current_xact_id(), '2011-01-01')",
    "update_clock": "update fact_clock set at = '2011-01-01'",
    "read_clock": "select * from fact_clock",
    "own_schema": "create schema mine",
}


@needs_two_logins
@pytest.mark.parametrize("statement", DETOURS.values(), ids=DETOURS)
def test_guard_detour_is_denied(fact, settings, statement):
    statement = statement.replace("bm_owner", settings.DATABASE_OWNER["USER"])

    assert refusal(sql, statement) == DENIED


def test_guard_stands_on_every_fact_also_for_a_replica(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "select c.relname, pg_get_triggerdef(t.oid), t.tgenabled from pg_trigger t "
            "join pg_class c on c.oid = t.tgrelid where t.tgname = 'a_guard'"
        )
        found = {table: (definition.split("EXECUTE")[1], mode) for table, definition, mode in cursor.fetchall()}

    reversed_not_retracted = {True: "", False: ", 'reversed'"}
    assert found == {
        model._meta.db_table: (
            f" FUNCTION guard_fact('{','.join(model.erasable)}'{reversed_not_retracted[model.is_retractable]})",
            "A",
        )
        for model in fact_models()
    }


@needs_two_logins
def test_guard_cannot_be_reset_by_a_search_path(fact):
    sql("set local search_path = pg_temp, pg_catalog, public")

    assert refusal(EDITS["sql"], fact) == DENIED


# --- Recording


def test_fact_recorded_at_is_the_databases_when_inserted_with_another(fact):
    before = fact.recorded_at

    Membership.objects.bulk_create([_copy(fact, recorded_at=LONG_AGO)])

    assert Membership.objects.latest("pk").recorded_at == (before if has_two_logins() else LONG_AGO)


@needs_two_logins
def test_fact_inserted_as_retracted_is_current(fact):
    copy = _copy(fact, retracted_at=LONG_AGO, retraction_reason="Slet ikke sket")

    copy.save(force_insert=True)

    copy.refresh_from_db()
    assert (copy.retracted_at, copy.retraction_reason) == (None, "")


def test_fact_back_dated_by_the_owner_keeps_its_time(owner):
    copy = _copy(made(), recorded_at=LONG_AGO)

    copy.save(force_insert=True)

    copy.refresh_from_db()
    assert copy.recorded_at == LONG_AGO


def _copy(fact, **values):
    return Membership(
        volunteer_id=fact.volunteer_id,
        association_id=fact.association_id,
        role="chair",
        started_on=fact.started_on,
        **values,
    )


def test_fact_that_happens_after_the_day_it_is_recorded_is_refused(db):
    with clock(dt.datetime(2011, 6, 1, 21, 59, tzinfo=dt.UTC)):
        code = refusal(step, AssociationFactory(), "meeting", D(2011, 6, 2))

    assert code == CHECKED


def test_fact_may_happen_on_the_day_it_is_recorded_in_copenhagen(db):
    with clock(dt.datetime(2011, 6, 1, 22, 0, tzinfo=dt.UTC)):
        recorded = step(AssociationFactory(), "meeting", D(2011, 6, 2))

    assert recorded.is_current


# --- Retracting


def retract(fact, **values):
    Membership.objects.filter(pk=fact.pk).update(**values)


def test_retraction_is_given_the_databases_time(fact):
    with clock(dt.datetime(2035, 7, 1, tzinfo=dt.UTC)):
        retract(fact, retracted_at=fact.recorded_at, retraction_reason="Fejl")

    fact.refresh_from_db()
    assert fact.retracted_at == (dt.datetime(2035, 7, 1, tzinfo=dt.UTC) if has_two_logins() else fact.recorded_at)


def test_retraction_before_the_fact_was_recorded_is_refused(owner):
    fact = made()

    assert refusal(lambda: retract(fact, retracted_at=LONG_AGO, retraction_reason="Fejl")) == CHECKED


@pytest.mark.parametrize("reason", ["", "   "])
def test_retraction_without_a_reason_is_refused(fact, reason):
    assert refusal(lambda: retract(fact, retracted_at=FactTime(), retraction_reason=reason)) == CHECKED


def test_retraction_reason_without_a_retraction_is_refused(fact):
    assert refusal(lambda: retract(fact, retraction_reason="Fejl")) == CHECKED


def test_retraction_happens_once(retracted):
    first = retracted.retracted_at

    with pytest.raises(AlreadyRetracted):
        retracted.retract(by=None, reason="Igen")

    retracted.refresh_from_db()
    assert (retracted.retracted_at, retracted.retraction_reason) == (first, "Forkert forening")


@needs_two_logins
def test_retraction_of_a_fact_recorded_since_the_transaction_took_its_time_leaves_it_known_never(fact):
    with clock(fact.recorded_at - dt.timedelta(seconds=1)):
        fact.retract(by=None, reason="Fejl")

    assert (fact.retracted_at, fact.known.isempty) == (fact.recorded_at, True)


AFTERWARDS = {
    "second_retraction": {"retracted_at": FactTime(), "retraction_reason": "Forkert forening"},
    "un_retraction": {"retracted_at": None, "retraction_reason": ""},
    "back_dated": {"retracted_at": LONG_AGO},
    "another_reason": {"retraction_reason": "Noget andet"},
}


@pytest.mark.parametrize("values", AFTERWARDS.values(), ids=AFTERWARDS)
def test_retracted_fact_is_never_changed(retracted, values):
    before = rows()

    with clock(dt.datetime(2035, 7, 1, tzinfo=dt.UTC)):
        code = refusal(lambda: retract(retracted, **values))

    assert (code, rows()) == (RESTRICTED, before)


@pytest.mark.parametrize("values", AFTERWARDS.values(), ids=AFTERWARDS)
def test_retracted_fact_is_never_changed_by_the_owner(owner, values):
    fact = made()
    fact.retract(by=None, reason="Forkert forening")

    with clock(dt.datetime(2035, 7, 1, tzinfo=dt.UTC)):
        code = refusal(lambda: retract(fact, **values))

    assert code == RESTRICTED


@needs_two_logins
def test_retraction_reason_is_not_erased_by_the_site(retracted):
    assert refusal(lambda: retract(retracted, retraction_reason="")) == RESTRICTED


def test_money_is_never_retracted(db):
    posting = booked(line=BudgetLineFactory(), amount="100.00", text="Kaffe", happened_on=D(2011, 3, 1))

    code = refusal(lambda: posting.retract(by=None, reason="Fejl"))

    posting.refresh_from_db()
    assert (code, posting.is_current) == (DENIED_TO_SITE, True)
