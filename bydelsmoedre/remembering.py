"""Answers that stay true until something is written.

A figure follows from the question and from what is recorded, and PostgreSQL says in one word what a question would see:
`pg_current_snapshot()`. While that word is the same, so is every answer. Each process therefore keeps the answers that
it has found beside that word, and throws them all away at the first request that is given another one: nothing expires,
nothing has to be told of a change, and what has just been recorded is always seen.

One thing is written at nearly every page and changes no answer: the log of who has read about whom. Its row carries the
number of the transaction that wrote it and nothing else (`settings.WRITTEN_ASIDE`). Where all that has been committed
since the answers were found are such transactions, one by one, the answers stay.

Only answers without a person's words are kept (identities, days, codes, sums): a name that is erased shall be gone from
memory too. Within a transaction, and in requests that write, nothing is kept or recalled.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

#: So many answers are kept at most in a process, and none with more rows than this.
MOST, LONGEST = 1000, 2000

#: So many transactions since an answer was found are looked at; after more, it is found anew.
FURTHEST = 1000

SAFE = ("GET", "HEAD")

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class State:
    """What a question would see: of which database, every transaction before `following` but those `running`."""

    database: str
    following: int
    running: frozenset[int] = frozenset()
    #: The transactions, among those since the state before, that wrote the log's row and nothing else.
    aside: frozenset[int] = frozenset()

    def is_as(self, before: "State") -> bool:
        """Has nothing but the log been written since? (What was rolled back counts as written.)"""
        passed = self.following - before.following
        if self.database != before.database or not 0 <= passed <= FURTHEST:
            return False
        since = set(range(before.following, self.following)) | before.running
        return since - self.running <= self.aside


@dataclass(slots=True)
class _Memory:
    """What has been answered in one state of the database."""

    state: State | None
    answers: dict[Hashable, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Request:
    """A request that only reads; its memory is found when it first asks."""

    memory: _Memory | None = None


#: The request that this thread serves, where it only reads.
_served: ContextVar[_Request | None] = ContextVar("bydelsmoedre_served", default=None)

#: The newest state that this process has met. Threads replace it whole, so none meets half of another's.
_newest = _Memory(None)


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
    _newest = _Memory(None)


def _memory() -> _Memory | None:
    """The answers that are true in this request; None where nothing may be recalled."""
    global _newest
    request = _served.get() if is_recalling() else None
    if request is None:
        return None
    if request.memory is None:
        before = _newest
        state = _state(before.state)
        is_same = before.state is not None and state.is_as(before.state)
        request.memory = _newest = _Memory(state, before.answers if is_same else {})
    return request.memory


def _is_within_a_transaction() -> bool:
    """It sees what it has written itself, which nobody else may be told."""
    return bool(connection.in_atomic_block)


def _state(before: State | None) -> State:
    """What a question would see now, and which of it was written aside since `before`. One query."""
    since, running = (before.following, sorted(before.running)) if before else (None, [])
    with connection.cursor() as cursor:
        cursor.execute(_look(), [since, running])
        database, snapshot, aside = cursor.fetchone()
    _, following, still = snapshot.split(":")
    return State(database, int(following), frozenset(map(int, filter(None, still.split(",")))), frozenset(aside))


@cache
def _look() -> str:
    table = connection.ops.quote_name(apps.get_model(settings.WRITTEN_ASIDE)._meta.db_table)
    return (
        "select current_database()::text, pg_current_snapshot()::text, array("
        f"(select alone_in from {table} where alone_in >= %s::bigint order by alone_in limit {FURTHEST})"
        f" union all select alone_in from {table} where alone_in = any(%s::bigint[]))"
    )
