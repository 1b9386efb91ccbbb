"""A file as rows of text, whatever it is called: CSV in the encodings of Danish offices, or XLSX.

What looks like a CPR number is taken out before anything else is done with the file.
"""

import codecs
import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from bydelsmoedre.personal import hide_cpr
from volunteers.importing import workbook
from volunteers.importing.headings import REASON, Unreadable, fold, recognised

LARGEST = 10 * 1024 * 1024  #: of a file, in bytes
MOST_ROWS, MOST_COLUMNS = 25_000, 200
MOST_CELLS = 1_000_000
MOST_LINES = 500_000  #: of a text, most of them empty
MOST_UNPACKED = 300 * 1024 * 1024  #: what an archive may say that it holds
SECONDS = 40  #: until the unpacking of a workbook is given up
DELIMITERS = (";", ",", "\t")
#: The headings stand in the first rows; offices put a title above them.
TITLES = 10

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
#: No text holds this character, so a row that ends with it is the end and nothing else.
_END = "\x1e"
#: A cell that a spreadsheet would compute, marked as text by `spreadsheets.write_csv`.
_MARKED = re.compile(r"'(?=\s*[=+\-@])")


@dataclass
class Table:
    """The rows under the headings, each with its line in the file; and where something like a CPR number stood."""

    headings: list[str]
    rows: list[tuple[int, list[str]]]
    cpr: dict[int, str] = field(default_factory=dict)


#: How many of a row's cells are headings.
Recognise = Callable[[Sequence[str]], int]


def read(content: bytes, recognise: Recognise = recognised) -> Table:
    """The file's table; its headings are the row that holds most of them. Raises `Unreadable` with the reason."""
    if len(content) > LARGEST:
        raise Unreadable(_("The file is too large: 10 MB at most. Divide it into several."))
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    if content.startswith(_OLD_EXCEL):
        raise Unreadable(_("This is an old Excel file, or one with a password. Save it as .xlsx without a password."))
    rows = _workbook_rows(content) if content.startswith(b"PK") else _text_rows(content, recognise)
    return _table(list(_limited(rows)), recognise)


def _limited(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold anything, without the empty cells at their ends."""
    count = filled = 0
    for line, cells in rows:
        while cells and not cells[-1].strip():
            cells.pop()
        if len(cells) > MOST_COLUMNS:
            raise _too_wide()
        if cells:
            count, filled = count + 1, filled + len(cells)
            if count > MOST_ROWS + TITLES or filled > MOST_CELLS:
                raise _too_long()
            yield line, cells


def _too_wide() -> Unreadable:
    return Unreadable(
        _("There are more than %(number)s columns. Keep those that are imported.") % {"number": MOST_COLUMNS}
    )


def _too_long() -> Unreadable:
    return Unreadable(_("There are more than %(number)s rows. Divide the file into several.") % {"number": MOST_ROWS})


def _table(rows: list[tuple[int, list[str]]], recognise: Recognise) -> Table:
    """Headings and rows, without CPR numbers and without the column of reasons that a rejected file has."""
    if not rows:
        raise Unreadable(_("The file is empty."))
    place = max(range(min(TITLES, len(rows))), key=lambda number: (recognise(rows[number][1]), -number))
    cpr: dict[int, str] = {}
    hidden: list[tuple[int, list[str]]] = []
    headings = [hide_cpr(heading)[0].strip() for heading in rows[place][1]]
    reasons = {number for number, heading in enumerate(headings) if fold(heading) == fold(REASON)}
    for line, cells in rows[place + 1 :]:
        kept = []
        for number, cell in enumerate(cells):
            text, is_hidden = hide_cpr(_MARKED.sub("", cell, count=1) if cell.startswith("'") else cell)
            if is_hidden:
                cpr[line] = headings[number] if number < len(headings) else ""
            if number not in reasons:
                kept.append(text)
        if any(cell.strip() for cell in kept):
            hidden.append((line, kept))
    named = [heading for number, heading in enumerate(headings) if number not in reasons]
    return Table(named, hidden, cpr)


# --- CSV


def _text_rows(content: bytes, recognise: Recognise) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(content)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Unreadable(
            _("Line %(line)s holds signs that are no text. Save the list as XLSX or CSV, and try again.")
            % {"line": line}
        )
    if marked := _SEPARATOR.match(text):  # Excel's own line that names the separator
        return _csv_rows(text[marked.end() :], marked[1], 2)
    return _csv_rows(text, max(DELIMITERS, key=lambda one: _fits(text, one, recognise)))


def _decoded(content: bytes) -> str:
    """UTF-8, with a mark or without; UTF-16 where a mark says so ("Unicode text"); else as Windows writes Danish."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig"] if content.startswith(codecs.BOM_UTF8) else ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(_("The file's letters cannot be read. Save it as “CSV UTF-8” or XLSX, and try again."))


def _fits(text: str, delimiter: str, recognise: Recognise) -> int:
    """How many headings are recognised with that delimiter."""
    rows = csv.reader(io.StringIO(text[:100_000], newline=""), delimiter=delimiter)
    try:
        return max((recognise(row) for row in islice(rows, TITLES)), default=0)
    except csv.Error:
        return 0


def _csv_rows(text: str, delimiter: str, first: int = 1) -> Iterator[tuple[int, list[str]]]:
    """The rows with the line that each begins on; a quoted cell may hold several lines."""
    reader = csv.reader(chain(_lines(text, delimiter), [_END]), delimiter=delimiter)
    line = first
    try:
        for row in reader:
            if row and row[-1].endswith(_END):
                if row != [_END]:
                    raise Unreadable(
                        _("From line %(line)s on, a quotation mark is missing its fellow.") % {"line": line}
                    )
                return
            yield line, row
            line = reader.line_num + first
    except csv.Error as error:
        raise Unreadable(_("Line %(line)s cannot be read: a cell is too long.") % {"line": line}) from error


def _lines(text: str, delimiter: str) -> Iterator[str]:
    for number, line in enumerate(io.StringIO(text, newline="")):
        if number > MOST_LINES:
            raise _too_long()
        if line.count(delimiter) > 50 * MOST_COLUMNS:
            raise _too_wide()
        yield line


# --- XLSX


def _workbook_rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    _check_archive(content)
    program = [sys.executable, "-I", str(Path(workbook.__file__)), str(MOST_ROWS + TITLES), str(MOST_COLUMNS)]
    try:
        done = subprocess.run(program, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603 (our own)
    except subprocess.TimeoutExpired as error:
        raise _broken() from error
    if done.returncode:
        raise _broken()
    for told in done.stdout.splitlines():
        answer = json.loads(told)
        if isinstance(answer, dict):
            raise {"columns": _too_wide, "rows": _too_long}.get(answer["refused"], _locked)()
        line, cells = answer
        yield line, cells


def _check_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except Exception as error:  # a broken archive fails in any way
        raise _broken() from error
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        raise Unreadable(_("This is neither XLSX nor CSV. Save the list as one of them, and try again."))
    if sum(part.file_size for part in parts) > MOST_UNPACKED or len(parts) > 2000:
        raise _too_long()


def _broken() -> Unreadable:
    return Unreadable(_("The workbook is damaged or far too large. Open it, save it anew as .xlsx, and try again."))


def _locked() -> Unreadable:
    return Unreadable(_("The workbook has a password. Save it without one."))
