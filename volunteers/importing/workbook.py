"""Unpacks one XLSX workbook, in a process of its own whose memory and time are limited.

A small archive can hold gigabytes, and two cells at opposite corners of a sheet are asked for as seventeen thousand
million. What cannot be unpacked within the limits ends this process, and never the web server. Started by `source.py`
with the file's path: it imports nothing of the project. Reads the workbook from standard input and writes JSON lines:
one for each row that holds anything, `[line, [cell, …]]`, or `{"refused": "why"}`.
"""

import datetime as dt
import io
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

MEMORY = 400 * 1024 * 1024  #: of addresses; what is resident is less
SECONDS = 20
#: Of a cell and of all cells together, in characters. What is longer is cut, and refused as too long later.
LONGEST, MOST = 1001, 40_000_000


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    most_rows, most_columns = int(sys.argv[1]), int(sys.argv[2])
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read()))
        for answer in _answers(book, most_rows, most_columns):
            sys.stdout.write(json.dumps(answer) + "\n")
    except PasswordError:
        sys.stdout.write('{"refused": "password"}\n')


def _answers(book: CalamineWorkbook, most_rows: int, most_columns: int) -> Iterator[Any]:
    """The rows of the first sheet in view that holds anything."""
    total = count = 0
    for sheet in _sheets(book):
        if sheet.total_width > most_columns:
            yield {"refused": "columns"}
            return
        for line, cells in enumerate(sheet.iter_rows(), sheet.start[0] + 1 if sheet.start else 1):
            told = [_text(cell) for cell in cells]
            if not any(told):
                continue
            count, total = count + 1, total + sum(map(len, told))
            if count > most_rows or total > MOST:
                yield {"refused": "rows"}
                return
            yield [line, told]
        if count:
            return


def _sheets(book: CalamineWorkbook) -> Iterator[CalamineSheet]:
    for sheet in book.sheets_metadata:
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible:
            yield book.get_sheet_by_name(sheet.name)


def _text(cell: Any) -> str:
    """A cell as somebody would type it: whole numbers without decimals, days as 2011-12-31."""
    if isinstance(cell, str):
        return cell[:LONGEST]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, float):
        return f"{cell:.10f}".rstrip("0").replace(".", ",")  # as Danes write it: a dot would be read as thousands
    if isinstance(cell, dt.datetime):
        return str(cell.date() if cell.time() == dt.time() else cell)
    return str(cell)


if __name__ == "__main__":
    main()
