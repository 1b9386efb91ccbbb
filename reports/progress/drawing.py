"""Which are drawn in a spot check: decided by nobody, and found again by everybody who may see what counts."""

import hashlib
from collections.abc import Iterable
from uuid import UUID

from bydelsmoedre.moment import Moment
from reports.figures.criteria import measures, rows
from reports.figures.shapes import Row
from reports.models import SpotCheck


def lot(sha256: str, asked: UUID, thing: UUID) -> str:
    """A row's lot in a draw: the lowest are drawn. `sha256` is of the report's frozen content, and `asked` the spot
    check's identity, made when the municipality asks: whoever locks the report cannot know who will be drawn."""
    return hashlib.sha256(f"{sha256}{asked}{thing}".encode()).hexdigest()


def draw(sha256: str, asked: UUID, counting: Iterable[Row], count: int) -> list[Row]:
    """So many of those that count, by their lots."""
    return sorted(counting, key=lambda row: lot(sha256, asked, row.uuid))[:count]


def drawn(asked: SpotCheck) -> list[Row]:
    """Those of the report's own Moment: what is recorded afterwards changes no draw. Two queries."""
    moment = Moment(asked.frozen.cut_off, asked.frozen.known_at)
    measured = measures(asked.criterion.programme, moment)
    found = rows([one for one in measured if one.version.criterion_id == asked.criterion_id], counting=True)
    return draw(asked.frozen.sha256, asked.uuid, (row for some in found.values() for row in some), asked.count)
