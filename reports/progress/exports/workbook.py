"""The workbook of a frozen report: a sheet for each part, as Danish offices read and print them.

Pure: the same content gives the same bytes. The file is dated when the content was known, and no text in it is ever a
formula or an address, whoever wrote it.
"""

import datetime as dt
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import xlsxwriter

from bydelsmoedre.moment import COPENHAGEN
from bydelsmoedre.spreadsheets import cell_text
from reports.drawable import on_one_line, shortened
from reports.progress import words as paper_words
from reports.progress.exports import words
from reports.progress.exports.parts import Cell, Column, Content, Part, parts_of

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_A4 = 9
#: A sheet that is wider than this many letters is printed across.
_UPRIGHT = 120
#: A workbook holds so many letters of a property.
_LONGEST_PROPERTY = 255


def workbook_of(content: Content, *, sha256: str, code: str, address: str) -> bytes:
    """The report as XLSX."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, _OPTIONS)
    _describe(book, content["report"], sha256)
    styles = _Styles(book)
    footer = words.FOOTER_LEFT.format(
        kind=shortened(on_one_line(content["report"]["kind_name"]), paper_words.LONGEST_RUNNING),
        version=content["report"]["number"],
        sha=sha256[: paper_words.SHORT],
    )
    for part in parts_of(content, sha256=sha256, code=code, address=address):
        page = book.add_worksheet(part.title)
        _fill(page, part, styles)
        _lay_out(page, part, footer)
    book.close()
    return target.getvalue()


def _describe(book: Any, report: Content, sha256: str) -> None:
    """The file's own properties: what a journal asks for."""
    known_at = dt.datetime.fromisoformat(report["known_at"]).astimezone(dt.UTC)
    book.set_properties(
        {
            "title": _property(report["title"]),
            "subject": _property(report["kind_name"]),
            "author": _property(report["sender"]["name"]) or paper_words.BRAND,
            "company": _property(report["sender"]["name"]),
            "category": _property(report["kind_name"]),
            "keywords": _property(f"{report['case_number']} {report['document_number']}".strip()),
            "comments": f"SHA-256 {sha256}",
            "created": known_at.replace(microsecond=0, tzinfo=None),
        }
    )
    told = {
        paper_words.FACTS["programme"]: report["programme"],
        paper_words.FACTS["recipient"]: report["recipient"],
        paper_words.FACTS["case_number"]: report["case_number"],
        paper_words.FACTS["version"]: report["number"],
        "SHA-256": sha256,
    }
    for name, value in told.items():
        if value:
            book.set_custom_property(name, value if isinstance(value, int) else _property(value))


def _property(text: str) -> str:
    return shortened(on_one_line(cell_text(text)), _LONGEST_PROPERTY)


class _Styles:
    """How the cells look; each style is made once."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.made: dict[tuple[Any, ...], Any] = {}
        self.heading = book.add_format(
            {"bold": True, "bottom": 1, "bg_color": "#E8EEF1", "text_wrap": True, "valign": "top"}
        )
        self.quiet = book.add_format({"italic": True, "valign": "top"})

    def of(self, value: Cell, column: Column, *, is_total: bool) -> Any:
        """By what the value is, and in which column."""
        look = {"valign": "top"} | ({"bold": True, "top": 1} if is_total else {}) | _looks(value, column)
        key = tuple(sorted(look.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(look)
        return self.made[key]


def _looks(value: Cell, column: Column) -> dict[str, Any]:
    if isinstance(value, str):
        return {"text_wrap": True}
    if isinstance(value, dt.datetime):
        return {"num_format": "dd.mm.yyyy hh:mm", "align": "left"}
    if isinstance(value, dt.date):
        return {"num_format": "dd.mm.yyyy", "align": "left"}
    if isinstance(value, Decimal):
        return {"num_format": "0.0" if column.unit == words.PER_CENT else "#,##0.00"}
    return {"num_format": "#,##0"} if column.is_counted else {"num_format": "0", "align": "left"}


def _fill(page: Any, part: Part, styles: _Styles) -> None:
    rows = [*part.rows, *([part.total] if part.total else ())]
    for place, column in enumerate(part.columns):
        page.write_string(0, place, column.title, styles.heading)
        page.set_column(place, place, max(column.width, *(_wide(row[place]) for row in rows), 0))
    for number, row in enumerate(rows, 1):
        for place, (value, column) in enumerate(zip(row, part.columns, strict=True)):
            _write(page, number, place, value, styles.of(value, column, is_total=row is part.total))
    if not rows:
        page.write_string(1, 0, part.otherwise, styles.quiet)


def _wide(value: Cell) -> int:
    """How wide a number must stand: one that does not fit is shown as ####."""
    return len(f"{value:,.2f}") + 2 if isinstance(value, Decimal) else 0


def _write(page: Any, row: int, place: int, value: Cell, style: Any) -> None:
    if value is None or value == "":
        page.write_blank(row, place, None, style)
    elif isinstance(value, dt.datetime):
        page.write_datetime(row, place, value.astimezone(COPENHAGEN).replace(tzinfo=None, microsecond=0), style)
    elif isinstance(value, dt.date):
        page.write_datetime(row, place, dt.datetime.combine(value, dt.time()), style)
    elif isinstance(value, int | Decimal):
        page.write_number(row, place, float(value), style)
    else:
        page.write_string(row, place, cell_text(value), style)


def _lay_out(page: Any, part: Part, footer: str) -> None:
    """What stays in view, what can be filtered, and how it is printed: A4, as wide as the page, headings on each."""
    page.freeze_panes(1, 0)
    if len(part.rows) > 1 and part.named_by:
        page.autofilter(0, 0, len(part.rows), len(part.columns) - 1)  # the total stays outside
    page.repeat_rows(0)
    page.set_paper(_A4)
    if _letters(part.columns) > _UPRIGHT:
        page.set_landscape()
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.8)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L&8{footer.replace('&', '&&')}&R&8{words.FOOTER_RIGHT}")


def _letters(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns)
