"""Questions in SQL that are asked again and again: PostgreSQL reads and plans them once per connection, not at every page.

Each text becomes a prepared statement under a name made from it; asking it again sends that name and the values.
(psycopg can prepare too, but then takes a long text apart anew at every page.) Prepared statements live as long as their
connection, so a pooler between that gives each transaction another connection will not do.
"""

import hashlib
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.backends.utils import CursorWrapper

_PARAMETER = re.compile(r"%\((\w+)\)s")

#: The connection's attribute that remembers which statements it has prepared.
_KNOWN = "bydelsmoedre_prepared"


class _Statement(NamedTuple):
    """How a text is prepared, and how it is then executed."""

    name: str
    prepare: str
    execute: str


def ask(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of the answer to a text with named parameters, as Django's cursors take them."""
    statement = _statement(sql)
    with connection.cursor() as cursor:
        _ensure_prepared(cursor, statement)
        cursor.execute(statement.execute, values)
        return cursor.fetchall()


@lru_cache(maxsize=500)
def _statement(sql: str) -> _Statement:
    """Parameters are numbered in the order in which they first appear."""
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
