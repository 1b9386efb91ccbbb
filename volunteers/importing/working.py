"""Working on an import: in a thread of the web process that was asked, with its progress told to all of them.

The work is one transaction; how far it has come is written by a second connection, which commits at once. The
transaction holds the import's lock, so that any process can ask PostgreSQL whether somebody is at work. Where the
process is killed, PostgreSQL takes the transaction back and lets go of the lock: the import is broken off, nothing is
stored, and it can be begun again.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, connections, transaction
from django.utils import timezone
from django.utils.translation import get_language, override

from volunteers.importing.content import Content, only_rejected, packed, unpacked
from volunteers.importing.storing import Report, run
from volunteers.models import Import
from volunteers.models.imports import LOCK

logger = logging.getLogger(__name__)

#: Progress is written so often at most, in seconds.
EVERY = 0.25
#: So long a page waits for the work to begin, and for a short one to end.
BEGINS, ENDS = 5.0, 1.5


@dataclass
class Worker:
    """The thread that works on one import."""

    pk: int
    by: Any
    accept_good: bool
    language: str
    begun: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def __call__(self) -> None:
        try:
            with override(self.language):
                work(self.pk, by=self.by, accept_good=self.accept_good, begun=self.begun.set)
        except Exception as error:  # the log gets no words of the error: PostgreSQL puts the row's data into them
            logger.error("Import %s broke off: %s", self.pk, type(error).__name__)  # noqa: TRY400 (the same)
        finally:
            connections.close_all()
            self.begun.set()
            self.ended.set()


def start(pk: int, *, by: Any, accept_good: bool) -> None:
    """Begin the import in a thread, and wait until it has begun; a small one until it has ended."""
    worker = Worker(pk, by, accept_good, get_language() or "da")
    threading.Thread(target=worker, name=f"import-{pk}").start()
    worker.begun.wait(BEGINS)
    worker.ended.wait(ENDS)


def work(pk: int, *, by: Any, accept_good: bool, begun: Callable[[], None] = lambda: None) -> None:
    """Import the file that was uploaded, unless somebody else is doing so, or it is done or deleted."""
    apart = connection.copy()
    try:
        with transaction.atomic():
            if not take(pk):
                return
            waiting = Import.objects.select_related("programme").get(pk=pk)
            if waiting.is_finished or waiting.is_expired:
                return
            _tell(apart, pk, began_at=timezone.now(), done=0)
            begun()
            _import(waiting, apart, by=by, accept_good=accept_good)
    finally:
        apart.close()


def _import(waiting: Import, apart: Any, *, by: Any, accept_good: bool) -> None:
    content = unpacked(bytes(waiting.content or b""))

    def keep(report: Report) -> None:
        left = only_rejected(Content(content.name, content.table, report))
        Import.objects.filter(pk=waiting.pk).update(
            finished_at=timezone.now(),
            rows=report.rows,
            done=report.rows,
            persons=report.persons,
            roles=report.roles,
            languages=report.languages,
            rejected=len(report.bad),
            content=packed(left) if report.bad else None,
        )

    progress = Progress(apart, waiting.pk)
    report = run(content.table, waiting.programme, by=by, accept_good=accept_good, progress=progress, finish=keep)
    if not report.is_stored:  # something has come in between since the trial: back to the preview, which says so
        stored = packed(Content(content.name, content.table, report))
        Import.objects.filter(pk=waiting.pk).update(content=stored, began_at=None, done=0, rejected=len(report.bad))


@dataclass
class Progress:
    """Writes how far the import has come, now and then."""

    apart: Any
    pk: int
    written: float = 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.written >= EVERY and done < total:
            self.written = now
            _tell(self.apart, self.pk, done=done)


def take(pk: int) -> bool:
    """Hold the import's lock until the transaction ends; False where somebody else holds it."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_try_advisory_xact_lock(%s, %s)", [LOCK, pk])
        return bool(cursor.fetchone()[0])


def _tell(apart: Any, pk: int, **values: Any) -> None:
    """Write to the import's row beside the transaction."""
    columns = ", ".join(f"{name} = %s" for name in values)
    with apart.cursor() as cursor:
        cursor.execute(f"update volunteers_import set {columns} where id = %s", [*values.values(), pk])
