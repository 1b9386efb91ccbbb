"""What the web role may do, compared with PostgreSQL's own catalogue."""

import re
from itertools import chain

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from bydelsmoedre.owner import as_owner, has_two_logins
from programme import privileges
from programme.checks import check_demonstration_is_off, check_two_logins
from programme.facts import fact_models

pytestmark = pytest.mark.skipif(not has_two_logins(), reason="with a single login nothing is granted")

TABLES = """
select c.relname, array(
    select lower(privilege)
    from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) as privilege
    where has_table_privilege(%(web)s, c.oid, privilege)
    union all
    select lower(privilege) || ' ' || attname
    from pg_attribute, unnest(array['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']) as privilege
    where attrelid = c.oid and attnum > 0 and not attisdropped
    and has_column_privilege(%(web)s, c.oid, attnum, privilege)
    and not has_table_privilege(%(web)s, c.oid, privilege)
)
from pg_class c
where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
"""

OWN_FUNCTIONS = """
select p.oid::regprocedure::text, has_function_privilege(%(web)s, p.oid, 'execute'),
    p.prosqlbody is not null or coalesce(p.proconfig::text like '%%search_path=%%', false),
    coalesce(p.proacl::text ~ '[{,]=', p.proacl is null)
from pg_proc p
where p.pronamespace = 'public'::regnamespace
and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
"""

CATALOGUE = """
select 'table', relname, relacl::text from pg_class where relnamespace = 'public'::regnamespace
union all select 'column', attrelid::regclass || '.' || attname, attacl::text from pg_attribute where attacl is not null
union all select 'function', oid::regprocedure::text, proacl::text from pg_proc
    where pronamespace = 'public'::regnamespace
union all select 'schema', nspname, nspacl::text from pg_namespace where nspname = 'public'
union all select 'database', datname, datacl::text from pg_database where datname = current_database()
order by 1, 2
"""


def ask(query):
    with connection.cursor() as cursor:
        cursor.execute(query, {"web": settings.WEB_ROLE})
        return cursor.fetchall()


def declared(rights):
    """A declaration such as "select, update (a, b)" as the catalogue would tell it."""
    told = set()
    for right, listed in re.findall(r"(\w+)(?: \(([^)]*)\))?", rights):
        told |= {f"{right} {column.strip()}" for column in listed.split(",")} if listed else {right}
    return told


@pytest.fixture
def owner(db):
    """The owner at work; all that she does is rolled back."""
    with as_owner(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def test_privileges_on_tables_are_exactly_the_declared_ones(db):
    expected = {table: declared(rights) for table, rights in privileges.tables()}

    found = {table: set(rights) for table, rights in ask(TABLES)}

    assert {table for table in expected if table not in found} == set()
    assert found == {table: expected.get(table, set()) for table in found}


@pytest.mark.parametrize("model", fact_models(), ids=lambda model: model._meta.label)
def test_privileges_on_a_fact_are_to_read_record_and_retract(model):
    retraction = {"update retracted_at", "update retracted_by_id", "update retraction_reason"}

    assert declared(privileges.rights(model)) == {"select", "insert"} | (retraction if model.is_retractable else set())


def test_privileges_on_sequences_are_none(db):
    found = ask(
        "select sequencename from pg_sequences where schemaname = 'public' and has_sequence_privilege("
        "%(web)s, quote_ident(schemaname) || '.' || quote_ident(sequencename), 'usage, select, update')"
    )

    assert found == []


def test_privileges_on_functions_are_exactly_the_declared_ones(db):
    found = {signature for signature, may_call, *_ in ask(OWN_FUNCTIONS) if may_call}

    assert found == set(privileges.functions())


def test_privileges_on_functions_are_nobodys_by_default(db):
    assert [signature for signature, _, _, is_public in ask(OWN_FUNCTIONS) if is_public] == []


def test_functions_of_ours_fix_their_search_path(db):
    loose = [signature for signature, _, is_fixed, _ in ask(OWN_FUNCTIONS) if not is_fixed]

    # The history's triggers are the library's; they run with the rights of whoever writes.
    assert [one for one in loose if not re.match(r"pgtrigger_|_pgh_attach_context\(", one)] == []


def test_privileges_on_the_database_are_to_connect_and_use(db):
    (found,) = ask(
        "select has_database_privilege(%(web)s, current_database(), 'create'), "
        "has_database_privilege(%(web)s, current_database(), 'temporary'), "
        "has_schema_privilege(%(web)s, 'public', 'create'), "
        "has_schema_privilege(%(web)s, 'public', 'usage'), "
        "(select rolsuper or rolcreaterole or rolcreatedb or rolreplication or rolbypassrls from pg_roles "
        " where rolname = %(web)s), "
        "exists (select from pg_auth_members where member = %(web)s::regrole)"
    )

    assert found == (False, False, False, True, False, False)


FORBIDDEN = {
    "table": "create table mine ()",
    "temporary_table": "create temporary table mine ()",
    "schema": "create schema mine",
    "function": "create function mine() returns int language sql as 'select 1'",
    "migrations": "delete from django_migrations",
    "context": "delete from pghistory_context",
    "file": "copy volunteers_volunteer to program 'true'",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN)
def test_site_is_denied(db, statement):
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert error.value.__cause__.sqlstate == "42501"


def test_applying_privileges_again_changes_nothing(owner):
    before = ask(CATALOGUE)

    privileges.apply_privileges()
    privileges.apply_privileges()

    assert ask(CATALOGUE) == before


BY_HAND = {
    "table": "grant update, delete, truncate on volunteers_membership to {who}",
    "column": "grant update (role) on volunteers_membership to {who}",
    "clock": "grant insert on fact_clock to {who}",
    "function": "grant execute on function guard_fact() to {who}",
    "schema": "grant create on schema public to {who}",
    "database": "grant temporary on database {database} to {who}",
}


@pytest.mark.parametrize("who", ["web", "public"])
@pytest.mark.parametrize("grant", BY_HAND.values(), ids=BY_HAND)
def test_right_given_by_hand_goes_away(owner, grant, who):
    before = ask(CATALOGUE)
    quote = connection.ops.quote_name
    whom = quote(settings.WEB_ROLE) if who == "web" else "public"
    with connection.cursor() as cursor:
        cursor.execute(grant.format(who=whom, database=quote(connection.settings_dict["NAME"])))
    given = ask(CATALOGUE)

    privileges.apply_privileges()

    assert (given != before, ask(CATALOGUE)) == (True, before)


def test_guard_changed_by_hand_comes_back(owner):
    query = "select pg_get_triggerdef(oid), tgenabled from pg_trigger where tgname = 'a_guard' order by 1"
    before = ask(query)
    with connection.cursor() as cursor:
        cursor.execute("alter table volunteers_membership disable trigger a_guard")
        cursor.execute("drop trigger a_guard on training_certificate")
        cursor.execute(
            "create or replace trigger a_guard before insert on budget_posting "
            "for each row when (false) execute function guard_fact('note')"
        )

    privileges.apply_privileges()

    assert ask(query) == before


def test_single_login_keeps_its_rights(owner, settings):
    settings.DATABASE_OWNER = None
    before = ask(CATALOGUE)

    privileges.apply_privileges()

    assert ask(CATALOGUE) == before


def test_two_urls_of_one_login_are_a_single_login(settings):
    settings.DATABASE_OWNER = settings.DATABASE_OWNER | {"USER": settings.WEB_ROLE}

    assert not has_two_logins()


# --- System checks


def in_production(settings, **values):
    safe = {
        "IS_LOCAL": False,
        "DEMO": False,
        "DEMO_TODAY": None,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
    }
    for name, value in (safe | values).items():
        setattr(settings, name, value)


def found_by_our_checks():
    ours = (check_two_logins(None), check_demonstration_is_off(None))
    return [message.id for message in chain.from_iterable(ours)]


def test_checks_find_nothing_in_a_safe_production(settings):
    in_production(settings)

    assert found_by_our_checks() == []


def test_checks_warn_of_a_single_login(settings):
    in_production(settings, DATABASE_OWNER=None)

    assert found_by_our_checks() == ["bydelsmoedre.W001"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"DEMO": True}, "bydelsmoedre.E001"),
        ({"DEMO_TODAY": "2011-11-15"}, "bydelsmoedre.E001"),
        ({"SESSION_COOKIE_SECURE": False}, "bydelsmoedre.E002"),
        ({"CSRF_COOKIE_SECURE": False}, "bydelsmoedre.E002"),
        ({"IS_LOCAL": True, "ALLOWED_HOSTS": ["*"]}, "bydelsmoedre.E003"),
    ],
)
def test_checks_refuse_what_the_demonstration_relaxes(settings, values, expected):
    in_production(settings, **values)

    assert found_by_our_checks() == [expected]
