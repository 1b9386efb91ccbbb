"""What the web role may do, derived from the models, in one place. Applied by the owner after every migrate.

Starts from nothing, so that a right once given by hand or by an older version goes away. Safe to repeat.
"""

from collections.abc import Iterator
from itertools import chain

import pghistory.models
from django.apps import apps
from django.conf import settings
from django.db import connections, models, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from bydelsmoedre.owner import has_two_logins
from programme.facts import Fact, fact_models

#: SQL functions that the web role may call. An app adds its own as `web_functions` of its AppConfig.
FUNCTIONS = ("fact_time()", "danish_key(text)", "search_key(text)", "sound_key(text)", "_pgtrigger_should_ignore(name)")

#: Rows that are only ever added.
APPEND_ONLY = {
    "admin.LogEntry",
    "programme.Evidence",
    "training.EvaluationAnswer",
    "volunteers.Message",
    "volunteers.MessageText",
}

RETRACTION = ("retracted_at", "retracted_by_id", "retraction_reason")


def rights(model: type[models.Model]) -> str:
    """The web role's rights on the table of `model`."""
    if issubclass(model, Fact):
        if not model.is_retractable:
            return "select, insert"
        return f"select, insert, update ({', '.join(RETRACTION)})"
    if issubclass(model, (pghistory.models.Event, pghistory.models.Context)):
        return "select, insert"
    if model._meta.label in APPEND_ONLY or hasattr(model, "logged_at"):
        return "select, insert"
    return "select, insert, update, delete"


def tables() -> Iterator[tuple[str, str]]:
    """Each managed table with the web role's rights on it."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model._meta.db_table, rights(model)
    yield MigrationRecorder.Migration._meta.db_table, "select"  # runserver and a readiness check read it


def functions() -> list[str]:
    """Every SQL function that the web role may call, as PostgreSQL writes its signature."""
    added = (getattr(config, "web_functions", ()) for config in apps.get_app_configs())
    return [*FUNCTIONS, *chain.from_iterable(added)]


def guard_arguments(model: type[Fact]) -> list[str]:
    """What the guard is told about a kind of fact: its erasable columns, and whether it is reversed, not retracted."""
    return [",".join(model.erasable)] + ([] if model.is_retractable else ["reversed"])


def guard_facts(cursor: CursorWrapper, there: set[str]) -> None:
    """Put the guard on every fact's table; leave tables alone that have it as it should be."""
    cursor.execute(
        "select c.relname, encode(t.tgargs, 'escape') from pg_trigger t join pg_class c on c.oid = t.tgrelid "
        "where t.tgname = 'a_guard' and c.relnamespace = 'public'::regnamespace and t.tgenabled = 'A' "
        # 31: before each row, on insert, update and delete
        "and t.tgfoid = 'public.guard_fact'::regproc and t.tgtype = 31 and t.tgqual is null and t.tgattr = ''"
    )
    guarded = dict(cursor.fetchall())
    for model in fact_models():
        table, arguments = model._meta.db_table, guard_arguments(model)
        if table not in there:
            continue  # its app is not migrated yet
        if guarded.get(table) != "".join(f"{argument}\\000" for argument in arguments):
            told = ", ".join(f"'{argument}'" for argument in arguments)
            cursor.execute(
                f'create or replace trigger a_guard before insert or update or delete on "{table}" '
                f"for each row execute function guard_fact({told})"
            )
            # "always": fires under session_replication_role = replica too
            cursor.execute(f'alter table "{table}" enable always trigger a_guard')


def guard_anchors(cursor: CursorWrapper, there: set[str]) -> None:
    """Keep the columns that figures rest on (`fixed` of a model) as they were made."""
    for model in apps.get_models():
        columns, table = getattr(model, "fixed", ()), model._meta.db_table
        if columns and table in there:
            told = ", ".join(f"'{column}'" for column in columns)
            cursor.execute(
                f'create or replace trigger a_fixed before update on "{table}" '
                f"for each row execute function guard_anchor({told})"
            )
            cursor.execute(f'alter table "{table}" enable always trigger a_fixed')


def guard_logs(cursor: CursorWrapper, there: set[str]) -> None:
    """Nobody, the owner neither, changes or deletes a row of a log (`logged_at` of a model), or dates it."""
    for model in apps.get_models():
        column, table = getattr(model, "logged_at", ""), model._meta.db_table
        if column and table in there:
            cursor.execute(
                f'create or replace trigger a_kept before insert or update or delete on "{table}" '
                f"for each row execute function guard_log('{column}')"
            )
            cursor.execute(f'alter table "{table}" enable always trigger a_kept')


def keep_history(cursor: CursorWrapper) -> None:
    """No setting switches history off: its triggers ask this function whether to be quiet, and it says no.

    A migration that changes history brings the library's own function back, so it is replaced after each.
    """
    cursor.execute(
        "create or replace function public._pgtrigger_should_ignore(trigger_name name) returns boolean "
        "language sql immutable parallel safe set search_path = pg_catalog, public, pg_temp as 'select false'"
    )


def own_functions(cursor: CursorWrapper) -> list[str]:
    """The functions in our schema that no extension brought."""
    cursor.execute(
        "select p.oid::regprocedure::text from pg_proc p where p.pronamespace = 'public'::regnamespace "
        "and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid "
        "and d.deptype = 'e') order by 1"
    )
    return [signature for (signature,) in cursor.fetchall()]


def apply_privileges(using: str = "default") -> None:
    """Guard the facts and give the web role its rights. Run as the owner."""
    connection = connections[using]
    quote = connection.ops.quote_name
    with transaction.atomic(using=using), connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        guard_facts(cursor, there)
        guard_anchors(cursor, there)
        guard_logs(cursor, there)
        keep_history(cursor)
        if not has_two_logins():
            return
        web, database = quote(settings.WEB_ROLE), quote(connection.settings_dict["NAME"])
        statements = [
            f"revoke create, temporary on database {database} from public",
            f"revoke all on database {database} from {web}",
            "revoke create on schema public from public",
            f"revoke all on schema public from {web}",
            f"revoke all on all tables in schema public from public, {web}",
            f"revoke all on all sequences in schema public from public, {web}",
            # PostgreSQL lets everybody call a new function; ours are called by whoever is named here.
            *(f"revoke all on function {one} from public, {web}" for one in own_functions(cursor)),
            f"grant connect on database {database} to {web}",
            f"grant usage on schema public to {web}",
        ]
        for table, what in tables():
            if table in there:
                statements.append(f"grant {what} on {quote(table)} to {web}")
        for function in functions():
            cursor.execute("select to_regprocedure(%s)", [function])
            if cursor.fetchone()[0]:
                statements.append(f"grant execute on function {function} to {web}")
        cursor.execute(";\n".join(statements))
