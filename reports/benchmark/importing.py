"""What importing ten thousand rows takes: seconds, and memory beside an idle process.

The file is a workbook as an office would make it, read and stored as `manage.py import_volunteers` and the pages do.
"""

import io
import os
import resource
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from associations.models import Association
from bydelsmoedre.spreadsheets import Sheet, write_xlsx
from programme.models import Programme
from volunteers.importing.headings import Field
from volunteers.importing.source import read
from volunteers.importing.storing import run

ROWS = 10_000
_COLUMNS = [
    Field.NAME, Field.EMAIL, Field.PHONE, Field.POSTCODE, Field.AREA, Field.LANGUAGES, Field.ROLE, Field.ASSOCIATION,
    Field.STARTED_ON,
]  # fmt: skip


@dataclass
class Memory:
    """The most memory that this process held inside the block, in MB more than before it; and what its children, which
    unpack workbooks, held at most."""

    peak: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> "Memory":
        self.before = self.peak = _resident()
        self.watcher = threading.Thread(target=self._watch)
        self.watcher.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.ended.set()
        self.watcher.join()

    def _watch(self) -> None:
        while not self.ended.wait(0.01):
            self.peak = max(self.peak, _resident())

    @property
    def more(self) -> float:
        return (self.peak - self.before) / 2**20

    @property
    def children(self) -> float:
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**10


def _resident() -> int:
    """Bytes of this process that lie in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def import_rows(programme: Programme, scale: int) -> dict[str, Any]:
    """Import the file into the programme and take the time. Raises `RuntimeError` where a row was refused."""
    content = _workbook(programme)
    with Memory() as memory:
        began = time.perf_counter()
        report = run(read(content), programme, by=None)
        seconds = time.perf_counter() - began
    if report.persons != ROWS or not report.is_stored:
        raise RuntimeError(f"Not all rows were imported: {report.errors[:3]}")
    return {
        "scale": scale,
        "rows": ROWS,
        "roles": report.roles,
        "languages": report.languages,
        "seconds": round(seconds, 2),
        "memory_mb": round(memory.more + memory.children, 1),
    }


def _workbook(programme: Programme) -> bytes:
    associations = list(Association.objects.filter(programme=programme).order_by("pk")[:50])
    area = programme.housing_areas.order_by("pk")[:1].get()

    def rows() -> Iterator[list[str]]:
        for number in range(ROWS):
            place = associations[number % len(associations)].name
            yield [
                f"Importeret Person {number:05}", f"importeret{number}@example.org", f"7{number:07}", area.postcode,
                area.name, "arabisk; dansk (B2)", "koordinator", place, "31-12-2011",
            ]  # fmt: skip

    target = io.BytesIO()
    write_xlsx(Sheet("Frivillige", [one.value for one in _COLUMNS], rows()), target)
    return target.getvalue()
