"""Who reads about whom is logged: one row for each page, before it leaves the server.

Nobody has to remember to log. A person's row tells that it was loaded (`Volunteer.from_db`), names that are asked for
in SQL tell the same (`reports.labels`), and the middleware writes down for whom, when the page is done. A page that
cannot be logged is not shown. A request of nobody who is logged in meets no person and leaves nothing.
"""

from collections import defaultdict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import Func
from django.http import HttpRequest, HttpResponse

from programme.models import Reading


@dataclass(slots=True)
class _Seen:
    """The persons of whom this request has loaded any words, by programme."""

    persons: dict[int, set[UUID]] = field(default_factory=lambda: defaultdict(set))
    how: str = ""


#: What the request that this thread serves has loaded.
_seen: ContextVar[_Seen | None] = ContextVar("bydelsmoedre_seen", default=None)


def saw(programme_id: int, person: UUID) -> None:
    """The request being served has loaded this person's words."""
    if (seen := _seen.get()) is not None:
        seen.persons[programme_id].add(person)


def handed_out() -> None:
    """The request being served hands out a copy of all that is known of a person."""
    if (seen := _seen.get()) is not None:
        seen.how = Reading.How.COPY


class ReadingMiddleware:
    """Writes down who has been shown whom."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seen = _Seen()
        token = _seen.set(seen)
        try:
            response = self.get_response(request)
        finally:
            _seen.reset(token)
        if seen.persons and response.status_code == 200 and request.user.is_authenticated:
            _write(request, response, seen)
        return response


def _write(request: Any, response: HttpResponse, seen: _Seen) -> None:
    is_file = response.get("Content-Disposition", "").startswith("attachment")
    for programme_id, persons in sorted(seen.persons.items()):
        Reading.objects.create(
            programme_id=programme_id,
            user=request.user,
            how=seen.how or (Reading.How.EXPORT if is_file else Reading.How.PAGE),
            page=request.resolver_match.view_name if request.resolver_match else "",
            persons=sorted(persons),
            alone_in=_this_transaction(),
        )


def _this_transaction() -> Any:
    """The number of the statement's own transaction; null where it stands in a larger one."""
    if connection.in_atomic_block:
        return None
    return Func(template="pg_current_xact_id()::text::bigint", output_field=models.BigIntegerField())
