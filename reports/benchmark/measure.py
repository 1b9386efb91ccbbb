"""How a page is measured: SQL count, Python's CPU time and the time spent waiting for PostgreSQL, through WSGI."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.test.utils import override_settings

from bydelsmoedre.remembering import forget

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
class Cost:
    """What one request cost, in seconds."""

    sql: int
    cpu: float
    pg: float


@dataclass(frozen=True)
class Reading:
    """What a page costs: the median of many requests, in milliseconds; and how many bare pages that is, of those that
    were asked for in between, so that a machine that is slow for a while is slow for both."""

    sql: int
    cpu_ms: float
    pg_ms: float
    ratio: float


@dataclass
class Browser:
    """Asks for pages as one logged-in user, without a network; through other middleware than ours, if asked."""

    user: Any
    middleware: list[str] = field(default_factory=lambda: settings.MIDDLEWARE)
    cookie: str = ""

    def __post_init__(self) -> None:
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(self.user.pk)
        session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        session[HASH_SESSION_KEY] = self.user.get_session_auth_hash()
        session.save()
        self.cookie = session.session_key
        with override_settings(MIDDLEWARE=self.middleware):
            self.handler: Any = WSGIHandler()

    def get(self, address: str) -> Cost:
        """Fetch the page whole. Raises `RuntimeError` where it does not answer 200."""
        asked = RequestFactory().get(address)
        asked.environ["HTTP_COOKIE"] = f"{settings.SESSION_COOKIE_NAME}={self.cookie}"
        status: list[str] = []
        meter = Meter()
        with connection.execute_wrapper(meter):
            started = time.process_time()
            answer = self.handler(asked.environ, lambda line, *rest: status.append(line))
            body = b"".join(answer)
            answer.close()
            cpu = time.process_time() - started
        if not status[0].startswith("200") or not body:
            raise RuntimeError(f"{address}: {status[0]}")
        return Cost(meter.sql, cpu, meter.pg_seconds)


@dataclass(frozen=True)
class Bare:
    """The yardstick: the bare page, asked for by its browser."""

    browser: Browser
    address: str


def read(browser: Browser, address: str, bare: Bare, *, anew: bool = False) -> Reading:
    """Measure one page beside the bare one. `anew`: with nothing recalled, as after something has been recorded."""
    for _ in range(WARM_UP):
        browser.get(address)
        bare.browser.get(bare.address)
    costs: list[Cost] = []
    yardsticks: list[Cost] = []
    for _ in range(RUNS):
        yardsticks.append(bare.browser.get(bare.address))
        if anew:
            forget()
        costs.append(browser.get(address))
    sql = {cost.sql for cost in costs}
    if anew and len(sql) != 1:  # else PostgreSQL's own upkeep may make the page forget in between
        raise RuntimeError(f"{address}: the number of statements varies: {sorted(sql)}")
    cpu = statistics.median(cost.cpu for cost in costs)
    pg = statistics.median(cost.pg for cost in costs)
    return Reading(
        statistics.mode(cost.sql for cost in costs),
        cpu * 1000,
        pg * 1000,
        cpu / statistics.median(cost.cpu for cost in yardsticks),
    )
