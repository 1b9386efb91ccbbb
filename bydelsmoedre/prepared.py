"""Questions in SQL that are asked again and again: PostgreSQL plans them once per connection, not at every page.

Their parameters are bound by the server, so the statement is the same whatever is asked. (Django's own cursor writes
the values into the text; bound by the server everywhere, pghistory's context would break.)
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor



class PreparedCursor(ServerBindingCursor):
    """Prepares each statement the first time that it is executed on a connection."""

    def execute(self, query: Any, params: Any = None, **more: Any) -> Any:
        return super().execute(query, params, prepare=True, **more)


def ask(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of the answer. Counted, measured and wrapped as every other statement is."""
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    cursor: Any = connection._prepare_cursor(PreparedCursor(connection.connection))  # type: ignore[attr-defined]
    with cursor as asked:
        asked.execute(sql, values)
        return asked.fetchall()
