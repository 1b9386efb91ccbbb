"""`manage.py bench`: what each page costs at 1 × and 100 × a year's data, beside a bare Django page in the same run.

Each page is measured twice: *first*, with nothing recalled, as after something has been recorded; and *again*, while
nothing is recorded in between (`bydelsmoedre.remembering`).

1 × is the story of 2011; 100 × has 100,000 persons. Works in a database of its own, made and dropped by the owner.
Prints a table and writes build/bench.json.
"""

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, connections
from django.test.utils import override_settings
from django.urls import reverse

from accounts.models import User
from associations.models import Association
from budget.models import Posting
from bydelsmoedre.moment import calendar_today
from bydelsmoedre.owner import as_owner, has_two_logins, owner_connection
from programme.models import Document, Meeting, Programme, RoleGrant, SuccessCriterion
from reports.benchmark import bare
from reports.benchmark.importing import import_rows
from reports.benchmark.many import load_many
from reports.benchmark.measure import Bare, Browser, Reading, read
from reports.benchmark.throughput import pages_a_second
from reports.loading import load_plan
from reports.story.telling import load_story
from training.models import Course
from volunteers.models import Conversation, Volunteer

DATABASE = "bench_bydelsmoedre"
#: The day that pages open at: as the demonstration's.
TODAY = dt.date(2011, 11, 15)

#: What a search may cost, in ms of server time: Python's and PostgreSQL's.
SEARCH_TARGET = 50

#: What is looked for, each hard in its own way: a name that thousands have, two letters, one that nobody has so spelt,
#: one that nothing is like, a number in another format, a part of one that many have, a part of everybody's e-mail.
SEARCHES = {
    "common name": "mohamed",
    "two words": "hassan fat",
    "two letters": "li",
    "spelt otherwise": "mohamud hasan",
    "nothing like it": "xylofonspiller",
    "number": "+45 20 01 23 45",
    "part of a number": "2000",
    "part of an e-mail": "@example",
}


@contextmanager
def own_database() -> Iterator[None]:
    """A migrated database that lives as long as the block; inside, the connection is the web role's."""
    web, before = connections["default"], connection.settings_dict["NAME"]
    web.close()
    web.settings_dict.setdefault("TEST", {})["NAME"] = DATABASE
    web.settings_dict["CONN_MAX_AGE"] = None  # a connection that is made anew in between would prepare anew
    owner = owner_connection() if has_two_logins() else web
    connections["default"] = owner
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    web.settings_dict["NAME"] = DATABASE
    connections["default"] = web
    try:
        yield
    finally:
        web.close()
        connections["default"] = owner
        owner.settings_dict["NAME"] = DATABASE
        owner.creation.destroy_test_db(before, verbosity=0)
        owner.close()
        connections["default"] = web
        web.settings_dict["NAME"] = before


class Command(BaseCommand):
    help = "Measure every page at 1 x and 100 x a year's data."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--scales", type=int, nargs="+", default=[1, 100])
        parser.add_argument("--only", nargs="+", metavar="PAGE", help="only these pages, by their names in the table")
        parser.add_argument("--no-throughput", action="store_true", help="leave out how many a second are served")
        parser.add_argument("--no-import", action="store_true", help="leave out importing ten thousand rows")

    def handle(self, *args: Any, **options: Any) -> None:
        found: list[dict[str, Any]] = []
        rates: dict[str, float] = {}
        imports: list[dict[str, Any]] = []
        self.only: list[str] = options["only"] or []
        for scale in options["scales"]:
            with own_database(), override_settings(DEBUG=False, DEMO_TODAY=TODAY):
                found += self._measure(scale)
                if scale == 1 and not options["no_throughput"]:
                    rates["overview"] = round(pages_a_second(reverse("reports:dashboard"), self.cookie), 1)
                if not options["no_import"]:  # last: it adds ten thousand persons
                    imports.append(import_rows(self.programme, scale))
        target = settings.BUILD_DIR / "bench.json"
        target.parent.mkdir(exist_ok=True)
        target.write_text(json.dumps({"pages": found, "pages_a_second": rates, "imports": imports}, indent=2) + "\n")
        self._print(found)
        self._print_searches(found)
        for name, rate in rates.items():
            self.stdout.write(f"\n{name}: {rate} a second over HTTP, two processes, the client beside them")
        for one in imports:
            self.stdout.write(
                "\nimport at {scale} x: {rows} rows of a workbook in {seconds} s, {memory_mb} MB more than idle".format(
                    **one
                )
            )
        self.stdout.write(f"\nWritten to {target.relative_to(settings.BASE_DIR)}")

    def _measure(self, scale: int) -> list[dict[str, Any]]:
        programme = self.programme = _fill(scale)
        user = User.objects.create_user("bench@example.org")
        with as_owner():
            RoleGrant.objects.create(user=user, programme=programme, role="secretariat")
        plain = Browser(user, bare.MIDDLEWARE)
        yardstick = Bare(plain, "/bare/")
        browser = Browser(user)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={browser.cookie}"
        alone = read(plain, yardstick.address, yardstick)
        found = [_row("bare 50-row page", scale, 50, alone, alone)]
        for name, rows, address in _pages(programme):
            if self.only and name not in self.only:
                continue
            first, again = (read(browser, address, yardstick, anew=anew) for anew in (True, False))
            found.append(_row(name, scale, rows, first, again))
        return found

    def _print_searches(self, found: list[dict[str, Any]]) -> None:
        """The slowest search at each scale, asked for the first time."""
        for scale in dict.fromkeys(row["scale"] for row in found):
            searches = [row for row in found if row["scale"] == scale and row["name"].startswith("search: ")]
            if not searches:
                continue
            row = max(searches, key=_server_ms)
            words = f"{row['name']}, {_server_ms(row):.0f} ms of server time (target {SEARCH_TARGET})"
            self.stdout.write(f"\nslowest of {len(searches)} searches among {row['rows']} people: {words}")

    def _print(self, found: list[dict[str, Any]]) -> None:
        columns = f"{'SQL':>6}{'CPU ms':>9}{'PG ms':>9}{'ratio':>7}"
        self.stdout.write(f"{'':<39}{'first':>31}{'again':>31}")
        self.stdout.write(f"{'page':<27}{'x':>5}{'rows':>7}{columns}{columns}")
        for row in found:
            costs = (
                f"{cost['sql']:>6}{cost['cpu_ms']:>9.2f}{cost['pg_ms']:>9.2f}{cost['ratio_to_bare']:>7.2f}"
                for cost in (row["first"], row["again"])
            )
            self.stdout.write(f"{row['name']:<27}{row['scale']:>5}{row['rows']:>7}{''.join(costs)}")


def _fill(scale: int) -> Programme:
    """The story for one year, else as many years as asked."""
    if scale > 1:
        return load_many(scale)
    load_plan()
    programme = load_story()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("vacuum analyze")
    return programme


def _row(name: str, scale: int, rows: int, first: Reading, again: Reading) -> dict[str, Any]:
    return {"name": name, "scale": scale, "rows": rows, "first": _cost(first), "again": _cost(again)}


def _server_ms(row: dict[str, Any]) -> float:
    return float(row["first"]["cpu_ms"] + row["first"]["pg_ms"])


def _cost(reading: Reading) -> dict[str, Any]:
    return {
        "sql": reading.sql,
        "cpu_ms": round(reading.cpu_ms, 3),
        "pg_ms": round(reading.pg_ms, 3),
        "ratio_to_bare": round(reading.ratio, 2),
    }


def _pages(programme: Programme) -> Iterator[tuple[str, int, str]]:
    """Each page with the number of rows that it is about."""
    associations, persons = Association.objects.count(), Volunteer.objects.count()
    courses, postings, meetings = Course.objects.count(), Posting.objects.count(), Meeting.objects.count()
    yield "overview", persons, reverse("reports:dashboard")
    then = f"?on=2011-09-30&known_at={calendar_today().isoformat()}"
    yield "overview, as known then", persons, reverse("reports:dashboard") + then
    yield "today", persons, reverse("reports:today")
    for criterion in SuccessCriterion.objects.filter(programme=programme):
        rows = {1: associations, 2: persons}.get(criterion.number, 1)
        yield f"criterion {criterion.number}", rows, reverse("reports:criterion", args=[criterion.uuid])
    yield "associations", associations, reverse("associations:list")
    first = Association.objects.order_by("pk")[:1].get()
    yield "association", 1, reverse("associations:detail", args=[first.uuid])
    yield "volunteers", persons, reverse("volunteers:list")
    someone = Volunteer.objects.order_by("pk")[:1].get()
    yield "volunteer", 1, reverse("volunteers:detail", args=[someone.uuid])
    for name, words in SEARCHES.items():
        yield f"search: {name}", persons, f"{reverse('reports:search')}?{urlencode({'q': words})}"
    yield "volunteers, by words", persons, f"{reverse('volunteers:list')}?q=fatima+hassan"
    yield "conversations", Conversation.objects.count(), reverse("volunteers:conversations")
    yield "courses", courses, reverse("training:list")
    yield "course", 1, reverse("training:course", args=[Course.objects.order_by("pk")[:1].get().uuid])
    yield "account", postings, reverse("budget:account")
    yield "account by month", postings, reverse("budget:by_month")
    yield "account by funder", postings, reverse("budget:by_funder")
    yield "forecast", postings, reverse("budget:forecast")
    yield "vouchers", postings, reverse("budget:postings")
    yield "goals", 1, reverse("programme:goals")
    yield "documents", Document.objects.count(), reverse("programme:documents")
    yield "meetings", meetings, reverse("programme:meetings")
    yield "meeting", 1, reverse("programme:meeting", args=[Meeting.objects.order_by("pk")[:1].get().uuid])
    yield "form: founding step", 1, reverse("associations:step", args=[first.uuid, "notice"])
    yield "form: volunteer", 1, reverse("volunteers:edit", args=[someone.uuid])
    yield "form: posting", 1, reverse("budget:post")
    yield "form: conversation", 1, reverse("volunteers:converse", args=[first.uuid])
