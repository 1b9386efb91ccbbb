"""Tables as files, as Danish offices expect them: XLSX with numbers as numbers, and CSV for a Danish Excel.

Text is never taken for a formula, whoever wrote it.
"""

import csv
import datetime as dt
import io
import re
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from bydelsmoedre.moment import COPENHAGEN

#: A cell: text, a number, kroner, a day, a time, yes or no, or unknown.
Cell = str | int | Decimal | dt.date | dt.datetime | bool | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: What a spreadsheet would take for the beginning of a formula; a phone number is none.
_FORMULA = re.compile(r"^[\s]*[=+\-@]")
_PHONE = re.compile(r"^\+?[\d ]+$")
#: What may not stand in the name of a sheet, or in XML.
_NOT_IN_A_TITLE = re.compile(r"[\[\]:*?/\\']")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOST_IN_A_CELL = 32_000
_WIDEST = 60


@dataclass(frozen=True)
class Sheet:
    """A table with a heading for each column, and what it shows: `about` says of when and by whom it was asked."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    about: Sequence[tuple[str, str]] = field(default_factory=tuple)


def xlsx_response(sheet: Sheet, file_name: str) -> FileResponse:
    """The sheet as a workbook to be saved; row by row through a temporary file, so that memory stays small."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it)
    write_xlsx(sheet, target)
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename=f"{file_name}.xlsx", content_type=XLSX)


def csv_response(sheet: Sheet, file_name: str) -> HttpResponse:
    """The sheet as CSV: UTF-8 with a byte order mark, semicolons and decimal commas."""
    response = HttpResponse(write_csv(sheet), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return response


def write_xlsx(sheet: Sheet, target: Any) -> None:
    """Write a workbook: headings that stay in view, Danish dates, a print that fits the page's width."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(target, options | {"default_date_format": "dd.mm.yyyy"})
    styles = {
        "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
        dt.date: book.add_format({"num_format": "dd.mm.yyyy", "align": "left"}),
        dt.datetime: book.add_format({"num_format": "dd.mm.yyyy hh:mm", "align": "left"}),
    }
    page = book.add_worksheet(_NOT_IN_A_TITLE.sub(" ", sheet.title)[:31].strip() or "1")
    widths = [len(heading) for heading in sheet.headings]
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, cell_text(heading), styles["heading"])
    last = 0
    for last, row in enumerate(sheet.rows, 1):
        for column, value in enumerate(row):
            _write(page, last, column, value, styles)
            if last <= 200 and column < len(widths):
                widths[column] = max(widths[column], len(_in_csv(value)))
    for column, width in enumerate(widths):
        page.set_column(column, column, min(width, _WIDEST) + 2)
    page.freeze_panes(1, 0)
    page.autofilter(0, 0, last, max(len(sheet.headings) - 1, 0))
    page.repeat_rows(0)
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(1, 0)
    page.set_footer("&L" + cell_text(sheet.title).replace("&", "&&")[:200] + "&R&P / &N")
    _write_about(book, sheet)
    book.close()


def _write_about(book: Any, sheet: Sheet) -> None:
    """A second page that says what the table shows."""
    page = book.add_worksheet(_("About"))
    made = (_("Made at"), timezone.now().astimezone(COPENHAGEN).strftime("%d.%m.%Y %H.%M"))
    for row, (label, value) in enumerate([*sheet.about, made]):
        page.write_string(row, 0, cell_text(label))
        page.write_string(row, 1, cell_text(value))
    page.set_column(0, 0, 30)
    page.set_column(1, 1, _WIDEST)


def _write(page: Any, row: int, column: int, value: Cell, styles: dict[Any, Any]) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        page.write_string(row, column, _in_csv(value))
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), styles[Decimal])
    elif isinstance(value, int):
        page.write_number(row, column, value)
    elif isinstance(value, dt.datetime):
        local = value.astimezone(COPENHAGEN).replace(tzinfo=None) if value.tzinfo else value
        page.write_datetime(row, column, local, styles[dt.datetime])
    elif isinstance(value, dt.date):
        page.write_datetime(row, column, dt.datetime.combine(value, dt.time()), styles[dt.date])
    else:
        page.write_string(row, column, cell_text(value))


def cell_text(value: Any) -> str:
    """What a cell of a workbook can hold of a text."""
    return _NOT_IN_XML.sub("", str(value))[:_MOST_IN_A_CELL]


def write_csv(sheet: Sheet) -> str:
    """The text of a CSV file."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow([unformulated(str(heading)) for heading in sheet.headings])
    for row in sheet.rows:
        writer.writerow([unformulated(value) if isinstance(value, str) else _in_csv(value) for value in row])
    return "\ufeff" + target.getvalue()


def unformulated(text: str) -> str:
    """Text that a spreadsheet would compute is marked as text."""
    return f"'{text}" if _FORMULA.match(text) and not _PHONE.match(text) else text


def _in_csv(value: Cell) -> str:
    """A value as a Danish spreadsheet reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    if isinstance(value, dt.datetime):
        return (value.astimezone(COPENHAGEN) if value.tzinfo else value).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    return str(value)


#: How a sheet is sent, by what the address asks for.
FORMATS: dict[str, Callable[[Sheet, str], HttpResponseBase]] = {"xlsx": xlsx_response, "csv": csv_response}
