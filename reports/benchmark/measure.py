"""How a page is measured: SQL count, Python's CPU time and the time spent waiting for PostgreSQL, through WSGI."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory

WARM_UP, RUNS = 5, 25


@dataclass
class Meter:
    """Counts the statements of one request, and the time until PostgreSQL answered them."""

    sql: int = 0
    pg_seconds: float = 0.0

    def __call__(self, execute: Callable[..., Any], *arguments: Any) -> Any:
        self.sql += 1
        started = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.pg_seconds += time.perf_counter() - started


@dataclass(frozen=True)
class Reading:
    """What a page costs: the median of many requests, in milliseconds."""

    sql: int
    cpu_ms: float
    pg_ms: float


@dataclass
class Browser:
    """Asks for pages as one logged-in user, without a network."""

    user: Any
    handler: WSGIHandler = field(default_factory=WSGIHandler)
    cookie: str = ""

    def __post_init__(self) -> None:
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(self.user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session.save()
        self.cookie = session.session_key

    def get(self, address: str) -> None:
        """Fetch the page whole. Raises `RuntimeError` where it does not answer 200."""
        asked = RequestFactory().get(address)
        asked.environ["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={self.cookie}"
        status: list[str] = []
        handler: Any = self.handler
        answer = handler(asked.environ, lambda line, *rest: status.append(line))
        body = b"".join(answer)
        answer.close()
        if not status[0].startswith("200") or not body:
            raise RuntimeError(f"{address}: {status[0]}")


def read(browser: Browser, address: str) -> Reading:
    """Measure one page."""
    for _ in range(WARM_UP):
        browser.get(address)
    costs: list[tuple[int, float, float]] = []
    for _ in range(RUNS):
        meter = Meter()
        with _metered(meter):
            started = time.process_time()
            browser.get(address)
            costs.append((meter.sql, time.process_time() - started, meter.pg_seconds))
    sql = {count for count, _, _ in costs}
    if len(sql) != 1:
        raise RuntimeError(f"{address}: the number of statements varies: {sorted(sql)}")
    cpu, waiting = (statistics.median(column) * 1000 for column in list(zip(*costs, strict=True))[1:])
    return Reading(sql.pop(), cpu, waiting)


@contextmanager
def _metered(meter: Meter) -> Iterator[None]:
    with connection.execute_wrapper(meter):
        yield
