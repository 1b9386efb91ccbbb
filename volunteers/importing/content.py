"""What is kept of an uploaded file while it waits: its rows and what was said of them, packed, in the import's own row.

A file beside the database would have to be cleared away after every crash; here it goes with the import, in the same
transaction. CPR numbers are taken out before anything is kept.
"""

import json
import zlib
from dataclasses import asdict, dataclass, replace
from pathlib import PurePath

from bydelsmoedre.personal import hide_cpr
from bydelsmoedre.spreadsheets import Sheet
from volunteers.importing.headings import REASON, Field
from volunteers.importing.rows import Issue, Outcome
from volunteers.importing.source import Table
from volunteers.importing.storing import Report


@dataclass(frozen=True)
class Content:
    """A file's name and table, and the last report on it."""

    name: str
    table: Table
    report: Report


def packed(content: Content) -> bytes:
    told = {"name": content.name, "table": asdict(content.table), "report": asdict(content.report)}
    return zlib.compress(json.dumps(told, ensure_ascii=False).encode(), 6)


def unpacked(stored: bytes) -> Content:
    told = json.loads(zlib.decompress(stored))
    table, report = told["table"], told["report"]
    for issues in ("errors", "warnings"):
        report[issues] = [Issue(**issue) for issue in report[issues]]
    rows = [(line, cells) for line, cells in table["rows"]]
    cpr = {int(line): column for line, column in table["cpr"].items()}
    return Content(told["name"], Table(table["headings"], rows, cpr), Report(**report))


def stem(name: str) -> str:
    """The file's name without folder and ending, and without what might be a CPR number."""
    plain = PurePath(hide_cpr(name.replace("\\", "/"))[0]).stem
    return "".join(letter for letter in plain if letter.isprintable())[:100].strip(". ") or "import"


def only_rejected(content: Content) -> Content:
    """The same without the rows that were stored."""
    rows = _rejected(content.table, content.report)
    report = replace(content.report, bad=list(range(len(rows))))
    return Content(content.name, Table(content.table.headings, rows, content.table.cpr), report)


def _rejected(table: Table, outcome: Outcome) -> list[tuple[int, list[str]]]:
    bad = set(outcome.bad)
    return [row for at, row in enumerate(table.rows) if at in bad]


def rejected_sheet(table: Table, outcome: Outcome) -> Sheet:
    """The rejected rows as a file: the same columns, and why. It can be mended and imported again."""
    reasons: dict[int, list[str]] = {}
    for issue in outcome.errors:
        told = f"{issue.column}: {issue.reason}" if issue.column else issue.reason
        reasons.setdefault(issue.line, []).append(told)
    headings = table.headings
    rows = (
        [*cells, *[""] * (len(headings) - len(cells)), " ".join(reasons.get(line, []))]
        for line, cells in _rejected(table, outcome)
    )
    return Sheet(REASON, [*headings, REASON], rows)


def template_sheet(areas: list[str]) -> Sheet:
    """A file to begin with: the headings, and one row as an example."""
    example = {
        Field.NAME: "Amina Eksempel",
        Field.EMAIL: "amina@example.org",
        Field.PHONE: "20 12 34 56",
        Field.POSTCODE: "2200",
        Field.AREA: next(iter(areas), ""),
        Field.LANGUAGES: "arabisk; dansk (B2)",
    }
    columns = [one for one in Field if one not in (Field.FIRST_NAME, Field.LAST_NAME)]
    return Sheet("Frivillige", [one.value for one in columns], [[example.get(one, "") for one in columns]])
