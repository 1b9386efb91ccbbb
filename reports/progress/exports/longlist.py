"""A frozen report as one long table for Danish Excel: a line for each number and each word, with where it stands.

Pure. Each line says of which report it is, so that several can be put under each other and compared.
"""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bydelsmoedre.moment import COPENHAGEN
from bydelsmoedre.spreadsheets import unformulated
from reports.progress.exports import words
from reports.progress.exports.parts import Cell, Content, Part, parts_of, plain

Line = tuple[str, int, str, str, Cell, str]
#: A line with its own day; None where that is the report's cut-off.
Dated = tuple[dt.date | None, Line]


def csv_of(content: Content, *, sha256: str, code: str, address: str) -> str:
    """UTF-8's byte order mark, semicolons, decimal commas and Danish dates; an unknown value is empty."""
    report = content["report"]
    title, cut_off, version = plain(report["title"]), dt.date.fromisoformat(report["cut_off"]), report["number"]
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(words.LONG_HEAD)
    for part in parts_of(content, sha256=sha256, code=code, address=address):
        writer.writerows(
            [written(value) for value in (title, day or cut_off, version, *line)] for day, line in lines(part)
        )
    return "\ufeff" + target.getvalue()


def lines(part: Part) -> Iterator[Dated]:
    """The day, and part, row, subject, what, value and unit of each cell that says something."""
    if not part.rows and not part.total:
        yield None, (part.title, 1, "", "", part.otherwise, "")
    for number, row in enumerate([*part.rows, *([part.total] if part.total else ())], 1):
        if not part.named_by:
            yield _day(part, row), (part.title, number, "", str(row[0]), row[1], _unit(part, row))
            continue
        subject = named(row[: part.named_by])
        for column, value in list(zip(part.columns, row, strict=True))[part.named_by :]:
            if value != "":
                yield None, (part.title, number, subject, column.title, value, column.unit)


def _day(part: Part, row: Sequence[Cell]) -> dt.date | None:
    found = None if part.dated_by is None else row[part.dated_by]
    return found if isinstance(found, dt.date) else None


def _unit(part: Part, row: Sequence[Cell]) -> str:
    """Of a name with its value: the row's own unit, else the column's."""
    return str(row[2]) if len(row) > 2 else part.columns[1].unit


def named(cells: Sequence[Cell]) -> str:
    """“1. Lokale foreninger · Tæller med”."""
    first, *others = cells
    rest = [written(one) for one in others if one not in (None, "")]
    if isinstance(first, int) and rest:
        rest[0] = f"{first}. {rest[0]}"
        return words.BETWEEN.join(rest)
    return words.BETWEEN.join([written(first), *rest] if first is not None else rest)


def written(value: Cell) -> str:
    """As a Danish spreadsheet reads it; no text is computed."""
    if value is None:
        return ""
    if isinstance(value, str):
        return unformulated(value)
    if isinstance(value, dt.datetime):
        return f"{value.astimezone(COPENHAGEN):%d.%m.%Y %H:%M}"
    if isinstance(value, dt.date):
        return f"{value:%d.%m.%Y}"
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)
