"""Erasing a person: her personal words go, here, in the history and in every fact about her. That something
happened, and when, stays and is counted as before.

The web role may neither edit a fact nor touch history, so it is done by a SQL function of the owner's. The
function is derived from the models after every migrate: apps to the right are reached through the models that
refer to a person, never by import.
"""

from collections.abc import Iterator
from typing import Any

import pghistory
import pghistory.core
import pghistory.models
from django.contrib.auth import get_user_model
from django.db import connection, connections, models, transaction
from django.utils.text import capfirst

from bydelsmoedre.moment import Moment
from programme.facts import Fact, fact_models
from programme.models import Evidence, RoleGrant
from volunteers.merging import together
from volunteers.models import Volunteer

ERASE_PERSON = """
drop function if exists erase_person(bigint);
create function erase_person(who bigint) returns text[] language plpgsql security definer
set search_path = pg_catalog, public, pg_temp as $$
declare
  files text[] := '{{}}';
  login bigint := (select user_id from {person} where id = who);
begin
  update {person} set {emptied}, erased_at = coalesce(erased_at, now()) where id = who;
  if not found then
    raise exception 'There is no such person.' using errcode = 'no_data_found';
  end if;
  {statements}
  {login}
  return files;
end $$;
revoke execute on function erase_person(bigint) from public;
"""

Model = type[models.Model]


@transaction.atomic
def erase(volunteer: Volunteer, *, by: Any) -> None:
    """Erase the person for good, also where she was recorded again (`SamePerson`), and once that is certain the files
    that show only facts about her.

    The history says who did it; whether `by` may is the caller's question.
    """
    for merge in together(volunteer, Moment()).merges:
        _erase(merge.duplicate, by=by)
    _erase(volunteer, by=by)


def _erase(volunteer: Volunteer, *, by: Any) -> None:
    with pghistory.context(user=by.pk if by else None), connection.cursor() as cursor:
        # "with": the history's context is not attached to a statement that begins with "select"
        cursor.execute("with erasing as (select erase_person(%s) as files) select files from erasing", [volunteer.pk])
        (files,) = cursor.fetchone()
    for name in files:
        _delete_once_committed(name)
    volunteer.refresh_from_db()


def _delete_once_committed(name: str) -> None:
    """Robust: a file that cannot be deleted is logged, and holds back no other. (The log asks for a function's name,
    so no `partial`.)"""

    def delete_file() -> None:
        Evidence._meta.get_field("file").storage.delete(name)

    transaction.on_commit(delete_file, robust=True)


def derive_erasing(using: str) -> None:
    """Make `erase_person(bigint)` anew from the models. Run as the owner."""
    with connections[using].cursor() as cursor:
        cursor.execute(erasing_sql())


def erasing_sql(person: Model = Volunteer) -> str:
    """The erasing function as SQL."""
    _, *reached = about(person)
    facts = facts_about(person)
    statements = [_evidence_emptied(facts)] if facts else []
    for model, where in reached:
        if _words(model):
            statements.append(f"update {_table(model)} set {_emptied(model)} where {where};")
    return ERASE_PERSON.format(
        person=_table(person), emptied=_emptied(person), statements="\n  ".join(statements), login=_login_closed(person)
    )


def about(person: Model) -> Iterator[tuple[Model, str]]:
    """Every model whose rows are about a person, with the condition that finds one person's (`who`).

    Facts and histories end the search. Any other model is about a person, and so is what refers to it, where
    it names its `personal` columns, if only as `()`.
    """
    waiting: list[tuple[Model, str]] = [(person, "id = who")]
    seen: set[tuple[Model, str]] = set()
    while waiting:
        model, where = waiting.pop(0)
        yield model, where
        if issubclass(model, (Fact, pghistory.models.Event)):
            continue
        mine = "= who" if model is person else f"in (select id from {_table(model)} where {where})"
        for other, column in _referring(model):
            if (other, column) not in seen:
                seen.add((other, column))
                waiting.append((other, f'"{column}" {mine}'))


def _referring(model: Model) -> Iterator[tuple[Model, str]]:
    """What has a foreign key to the model and may hold words about a person, in any app."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):
            continue
        other: Any = relation.related_model
        is_about = issubclass(other, (Fact, pghistory.models.Event)) or hasattr(other, "personal")
        if is_about and other._meta.managed:
            yield other, relation.field.column


def _words(model: Model) -> list[models.Field]:
    """What is emptied in a row about a person: her words, and the link to her login.

    What stands in the user's own row belongs to `accounts`.
    """
    if issubclass(model, Fact):
        names = {*model.erasable, "retraction_reason"}
    else:
        source: Any = getattr(model, "pgh_tracked_model", model)
        names = {*getattr(source, "personal", ())}
        names |= {field.name for field in source._meta.concrete_fields if _is_login(field)}
    return [field for field in model._meta.concrete_fields if field.name in names]


def _login_closed(person: Model) -> str:
    """Her login is closed and emptied with her, in its history too. One that is also a member of the staff's is hers in
    another capacity, and stays."""
    if not any(_is_login(field) for field in person._meta.concrete_fields):
        return ""
    user: Any = get_user_model()
    history = pghistory.core.event_models(tracks_model=user)[0]
    nobody = "email = 'slettet-' || login || '@example.invalid', name = '', office = ''"
    return (
        f"if exists (select from {_table(user)} where id = login and not is_staff and not is_superuser) "
        f"and not exists (select from {_table(RoleGrant)} where user_id = login) then\n"
        f"    update {_table(user)} set {nobody}, is_active = false, password = '!', last_login = null\n"
        f"    where id = login;\n"
        f"    update {_table(history)} set {nobody} where pgh_obj_id = login;\n"
        f"  end if;"
    )


def stays(volunteer: Volunteer) -> list[tuple[str, int]]:
    """What stays of a person who is erased: how many facts of each kind, in words; one query."""
    facts = facts_about(Volunteer)
    counts = ", ".join(f"(select count(*) from {_table(model)} where {where})" for model, where in facts.items())
    with connection.cursor() as cursor:
        cursor.execute(f"select {counts} from (select %s::bigint as who) person", [volunteer.pk])
        found = cursor.fetchone()
    named = [str(capfirst(model._meta.verbose_name_plural)) for model in facts]
    return [(name, number) for name, number in zip(named, found, strict=True) if number]


def _is_login(field: models.Field) -> bool:
    return isinstance(field, models.OneToOneField) and field.related_model is get_user_model()


def _emptied(model: Model) -> str:
    empty = {True: "null", False: "''"}
    return ", ".join(f'"{field.column}" = {empty[field.null]}' for field in _words(model))


def _evidence_emptied(facts: dict[Model, str]) -> str:
    """Evidence for nothing but facts about this person may say who she is; evidence shared with others stays.

    What is left is a tombstone: that there was a file, how large it was, and its SHA-256.
    """
    whole, evidence = of_hers_alone(facts), f"{_table(Evidence)} e"
    return (
        f"select coalesce(array_agg(e.file), files) into files from {evidence} where e.file <> '' and {whole};\n  "
        f"update {evidence} set description = '', file_name = '', file = '' where {whole};"
    )


def of_hers_alone(facts: dict[Model, str]) -> str:
    """The condition that finds the evidence `e` that shows facts about one person (`who`) and nothing else."""
    hers = " union all ".join(
        f"select evidence_id from {_table(model)} where {where}" for model, where in facts.items()
    )
    others = " or ".join(
        f"exists (select from {_table(model)} where evidence_id = e.id and ({where}) is not true)"
        for model in fact_models()
        for where in [facts.get(model, "false")]
    )
    return f"e.id in ({hers}) and not ({others})"


def conditions(person: Model = Volunteer) -> dict[Model, str]:
    """Every model whose rows are about a person, with one condition for all the ways in which they are."""
    found: dict[Model, str] = {}
    for model, where in about(person):
        found[model] = f"{found[model]} or {where}" if model in found else where
    return found


def facts_about(person: Model) -> dict[Model, str]:
    """The facts among them."""
    return {model: where for model, where in conditions(person).items() if issubclass(model, Fact)}


def _table(model: Model) -> str:
    return f'public."{model._meta.db_table}"'
