"""Questions in SQL that are asked again and again: PostgreSQL plans them once per connection, not at every page.

Each text becomes a prepared statement under a name made from it; asking it again sends that name and the values.
(psycopg can prepare too, but then takes a long text apart anew at every page.) Prepared statements live as long as
their connection, so a pooler between that gives each transaction another connection will not do.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.db.models.expressions import RawSQL

from bydelsmoedre.remembering import recall

#: Short words for what every figure asks of facts, with the columns that the planner has statistics of (a range's
#: `@>` is the same answer, but PostgreSQL cannot guess how many rows it gives, and plans badly):
#: `known(f)`, what was held true at `%(known_at)s`; `holds(f)` or `holds(f, day)`, a period that covers `%(on)s` or the
#: day. That something has happened is plain: `f.happened_on <= %(on)s::date`. `same(f)` is a join, after which
#: `person(f)` is the person for whom the row of `f.volunteer_id` counts: who was recorded twice is one (SamePerson).
#: `hers(f.volunteer_id)` is true, unless the text is asked of one person (`of_one`): then it is her row.
_KNOWN_WORD = re.compile(r"\bknown\((\w+)\)")
_HOLDS_WORD = re.compile(r"\bholds\((\w+)(?:, ([^()]+))?\)")
_SAME_WORD = re.compile(r"\bsame\((\w+)\)")
_PERSON_WORD = re.compile(r"\bperson\((\w+)\)")
_HERS_WORD = re.compile(r"\bhers\(([\w.]+)\)")
#: The ids of the person whose uuid is `%(about)s`, and of those who were merged into her.
_HERS = """array(
  select v.id from volunteers_volunteer v where v.uuid = %(about)s::uuid
  union all select k.duplicate_id from volunteers_sameperson k join volunteers_volunteer v on v.id = k.kept_id
    where v.uuid = %(about)s::uuid and known(k)
)"""
_AT = "%(known_at)s::timestamptz"
_ON = "%(on)s::date"

_PARAMETER = re.compile(r"%\((\w+)\)s")

#: The connection's attribute that remembers which statements it has prepared.
_KNOWN = "bydelsmoedre_prepared"


class _Statement(NamedTuple):
    """How a text is prepared, and how it is then executed."""

    name: str
    prepare: str
    execute: str


def ask(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of the answer to a text with named parameters, as Django's cursors take them. Recalled while nothing is
    written: for answers without a person's words."""
    question = (sql, *(_hashable(values[name]) for name in sorted(values)))
    return recall(question, lambda: ask_anew(sql, values))


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def ask_anew(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The same, always from the database: for answers with names and other words about persons."""
    statement = _statement(sql)
    with connection.cursor() as cursor:
        _ensure_prepared(cursor, statement)
        cursor.execute(statement.execute, values)
        return cursor.fetchall()


def ask_together(questions: Sequence[tuple[str, Mapping[str, Any]]]) -> list[list[tuple[Any, ...]]]:
    """The answer to each of several texts that give the same columns, such as one figure of several programmes: one
    statement, in which each text has its values under names of its own."""
    if not questions:
        return []
    parts: list[str] = []
    given: dict[str, Any] = {}
    for place, (sql, values) in enumerate(questions):
        text = _PARAMETER.sub(rf"%(\1_{place})s", expand(sql))
        parts.append(f"select {place} as place, asked_{place}.* from ({text}) as asked_{place}")
        given |= {f"{name}_{place}": value for name, value in values.items()}
    answers: list[list[tuple[Any, ...]]] = [[] for _ in questions]
    for place, *row in ask(" union all ".join(parts), given):
        answers[place].append(tuple(row))
    return answers


def of_one(sql: str) -> str:
    """The text asked of one person alone: she is the parameter `about`, a uuid."""
    return _HERS_WORD.sub(rf"\1 = any({_HERS})", sql)


def expand(sql: str) -> str:
    """The text with its short words written out."""
    sql = _HERS_WORD.sub("true", sql)
    sql = _PERSON_WORD.sub(r"coalesce(same_\1.kept_id, \1.volunteer_id)", sql)
    sql = _SAME_WORD.sub(
        r"left join volunteers_sameperson same_\1 on same_\1.duplicate_id = \1.volunteer_id and known(same_\1)", sql
    )
    sql = _KNOWN_WORD.sub(
        lambda f: f"({f[1]}.recorded_at <= {_AT} and ({f[1]}.retracted_at is null or {f[1]}.retracted_at > {_AT}))", sql
    )
    return _HOLDS_WORD.sub(
        lambda f: (
            f"({f[1]}.started_on <= {f[2] or _ON} and ({f[1]}.ended_on is null or {f[1]}.ended_on >= {f[2] or _ON}))"
        ),
        sql,
    )


def inside(sql: str, values: Mapping[str, Any]) -> RawSQL:
    """The same text for use inside a query of Django's, as in `filter(pk__in=…)`; such a query is not prepared."""
    sql = expand(sql)
    given = [values[name] for name in _PARAMETER.findall(sql)]
    return RawSQL(_PARAMETER.sub("%s", sql), given)  # noqa: S611 (no text from outside)


@lru_cache(maxsize=500)
def _statement(sql: str) -> _Statement:
    """Parameters are numbered in the order in which they first appear."""
    sql = expand(sql)
    names = list(dict.fromkeys(_PARAMETER.findall(sql)))
    places = {name: f"${number}" for number, name in enumerate(names, 1)}
    text = _PARAMETER.sub(lambda found: places[found[1]], sql)
    name = "bm_" + hashlib.sha256(sql.encode()).hexdigest()[:24]
    given = ", ".join(f"%({name})s" for name in names)
    # Executed without values, a text is taken as it is but for this sign.
    return _Statement(name, f"prepare {name} as {text.replace('%%', '%')}", f"execute {name}({given})")


def _ensure_prepared(cursor: CursorWrapper, statement: _Statement) -> None:
    raw = connection.connection
    known = getattr(raw, _KNOWN, None)
    if known is None:
        known = set()
        setattr(raw, _KNOWN, known)
    if statement.name not in known:
        cursor.execute(statement.prepare)
        known.add(statement.name)
