"""Answers that stay true until something is written.

A figure follows from the question and from what is recorded, and PostgreSQL says in one word what a question would see:
`pg_current_snapshot()`. While that word is the same, so is every answer. Each process therefore keeps the answers that
it has found beside that word, and throws them all away at the first request that is given another one: nothing expires,
nothing has to be told of a change, and what has just been recorded is always seen.

Only answers without a person's words are kept (identities, days, codes, sums): a name that is erased shall be gone from
memory too. Within a transaction, and in requests that write, nothing is kept or recalled.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse

#: So many answers are kept at most in a process, and none with more rows than this.
MOST, LONGEST = 1000, 2000

SAFE = ("GET", "HEAD")

Answer = TypeVar("Answer")


@dataclass(slots=True)
class _Memory:
    """What has been answered in one state of the database."""

    state: str
    answers: dict[Hashable, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Request:
    """A request that only reads; its memory is found when it first asks."""

    memory: _Memory | None = None


#: The request that this thread serves, where it only reads.
_served: ContextVar[_Request | None] = ContextVar("bydelsmoedre_served", default=None)

#: The newest state that this process has met. Threads replace it whole, so none meets half of another's.
_newest = _Memory("")


class RememberingMiddleware:
    """Lets pages recall what is still true."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _served.set(_Request() if request.method in SAFE else None)
        try:
            return self.get_response(request)
        finally:
            _served.reset(token)


def recall(question: Hashable, answer: Callable[[], Answer]) -> Answer:
    """What `answer()` gives, or gave while the database was the same. `question` must say all that it depends on, and
    nobody may change what is given."""
    memory = _memory()
    if memory is None:
        return answer()
    if question in memory.answers:
        found: Answer = memory.answers[question]
        return found
    found = answer()
    if len(memory.answers) < MOST and not (isinstance(found, list | tuple) and len(found) > LONGEST):
        memory.answers[question] = found
    return found


def is_recalling() -> bool:
    """Does this request only read, outside a transaction?"""
    return _served.get() is not None and not _is_within_a_transaction()


def forget() -> None:
    """Begin anew, as a process that has just started."""
    global _newest
    _newest = _Memory("")


def _memory() -> _Memory | None:
    """The answers that are true in this request; None where nothing may be recalled."""
    global _newest
    request = _served.get() if is_recalling() else None
    if request is None:
        return None
    if request.memory is None:
        state = _state()
        if _newest.state != state:
            _newest = _Memory(state)
        request.memory = _newest
    return request.memory


def _is_within_a_transaction() -> bool:
    """It sees what it has written itself, which nobody else may be told."""
    return bool(connection.in_atomic_block)


def _state() -> str:
    """The database and what a question would see of it."""
    with connection.cursor() as cursor:
        cursor.execute("select current_database() || ' ' || pg_current_snapshot()")
        row = cursor.fetchone()
    return str(row[0]) if row else ""
