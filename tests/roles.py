"""Tests log in as the web role; the owner creates, flushes and drops the test database."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import OperationalError, connection, connections, transaction
from django.test import TransactionTestCase

from bydelsmoedre.owner import as_owner, has_two_logins, owner_connection

# In the test database only, fact_time() can be told the time; the real one stays underneath, unchanged.
CLOCK = """
do $$
begin
  if to_regprocedure('real_fact_time()') is null then
    execute replace(pg_get_functiondef('fact_time()'::regprocedure), 'public.fact_time()', 'public.real_fact_time()');
    revoke execute on function real_fact_time() from public;
  end if;
end $$;
create or replace function fact_time() returns timestamptz language sql volatile security definer
set search_path = pg_catalog, public, pg_temp as
$$ select coalesce(nullif(current_setting('test.clock', true), '')::timestamptz, public.real_fact_time()) $$;
"""


@contextmanager
def clock(at: dt.datetime) -> Iterator[None]:
    """Facts recorded or retracted inside get this time. A block that fails is rolled back, clock and all."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select current_setting('test.clock', true)")
        before = cursor.fetchone()[0] or ""
        cursor.execute("select set_config('test.clock', %s, true)", [at.isoformat()])
        yield
        cursor.execute("select set_config('test.clock', %s, true)", [before])


def make_web_login(*, is_first: bool) -> None:
    """Where DATABASE_URL gives one login and it may make roles, tests make the web role themselves.

    So the guard and the privileges are tested against any PostgreSQL. The first process makes the role; the workers of
    pytest-xdist only log in as it.
    """
    if has_two_logins():
        return
    login = connections["default"].settings_dict
    secret = f"{login['PASSWORD']} {login['USER']} tests".encode()
    web = {"USER": "bm_test_web", "PASSWORD": hashlib.sha256(secret).hexdigest()}
    if is_first:
        with connection.cursor() as cursor:
            cursor.execute("select rolsuper or rolcreaterole from pg_roles where rolname = current_user")
            if cursor.fetchone()[0]:
                cursor.execute("select from pg_roles where rolname = %s", [web["USER"]])
                verb = "alter" if cursor.rowcount else "create"
                name, secret = connection.ops.quote_name(web["USER"]), web["PASSWORD"]
                cursor.execute(f"{verb} role {name} login nosuperuser nocreaterole nocreatedb password '{secret}'")
    connections["default"].close()
    owner = dict(login)
    try:
        login.update(web)
        connections["default"].ensure_connection()
    except OperationalError:
        login.update(owner)  # this server lets nobody else in: the tests that need two logins say so
        return
    finally:
        connections["default"].close()
    settings.DATABASE_OWNER = owner
    settings.WEB_ROLE = web["USER"]


class Logins:
    """Swaps the default connection between owner and web around the life of the test database."""

    def become_owner(self) -> None:
        self.web = connections["default"]
        # A live server's threads let go of the database with each request, so that it can be dropped.
        self.web.settings_dict["CONN_MAX_AGE"] = 0
        self.owner = owner_connection() if has_two_logins() else self.web
        connections["default"] = self.owner

    def become_web(self) -> None:
        """Raises `RuntimeError` where no test database was made: pytest-django makes none for a run in which no test is
        marked `django_db`, and the demonstration's would be changed instead."""
        if not self.owner.settings_dict["NAME"].startswith("test_"):
            raise RuntimeError("There is no test database: a test that uses one is marked django_db.")
        with self.owner.cursor() as cursor:
            cursor.execute(CLOCK)
        if self.owner is self.web:
            return
        self.owner.close()
        connections["default"] = self.web
        self.web.close()

    def end(self) -> None:
        if self.owner is not self.web:
            self.web.close()
            connections["default"] = self.owner


def flush_as_owner() -> None:
    """The web role may not truncate, so transactional tests are flushed by the owner."""
    teardown = TransactionTestCase._fixture_teardown
    setup = TransactionTestCase._fixture_setup.__func__

    def _fixture_teardown(self: TransactionTestCase) -> None:
        with as_owner():
            teardown(self)

    def _fixture_setup(cls: type[TransactionTestCase]) -> None:
        with as_owner():
            setup(cls)

    TransactionTestCase._fixture_teardown = _fixture_teardown
    TransactionTestCase._fixture_setup = classmethod(_fixture_setup)
