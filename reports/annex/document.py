"""The committee's two pages as a document to edit (DOCX): real headings, tables whose heads are repeated, Danish."""

import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from associations.papers_docx import FONT, INK, QUIET, field_in, speak_danish
from bydelsmoedre.moment import COPENHAGEN

DEEP, FINDING = RGBColor(0x08, 0x3A, 0x3E), RGBColor(0x98, 0x29, 0x1F)
ACCENT, RULE, TINT = "0D5257", "B9C4C1", "E9F1EF"
MARGIN, WIDTH = 20, 170  #: in millimetres
MILLIMETRES = 25.4 / 72  #: of a point
#: In millimetres: what the four texts have of the first page, and the height of the second.
ROOM, PAGE = 178, 255
#: The sizes of the texts' letters in points, and of the tables', the largest first.
TEXT_SIZES = (10.5, 10, 9.5, 9, 8.5, 8, 7, 6, 5, 4, 3, 2)
TABLE_SIZES = (9.5, 9, 8.5, 8, 7.5, 7, 6, 5)


def as_docx(told: dict[str, Any], *, known_at: dt.datetime) -> bytes:
    """What `reports.annex.telling` tells, as a document; dated when the report's content was known."""
    document = docx.Document()
    _set_up(document, told["document"], known_at)
    _footer(document, told)
    _head(document, told)
    _texts(document, told["texts"])
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)
    _figures(document, told)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document: Any, told: dict[str, str], known_at: dt.datetime) -> None:
    """A4, Danish, our sizes and colours; the properties that a reader is told."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(MARGIN)
    section.top_margin, section.bottom_margin = Mm(17), Mm(17)
    section.footer_distance = Mm(9)
    for style, size, colour, before, after in (
        ("Normal", 10, INK, 0, 2),
        ("Title", 24, DEEP, 0, 0),
        ("Subtitle", 13, QUIET, 0, 6),
        ("Heading 1", 12, DEEP, 9, 3),
    ):
        drawn = document.styles[style]
        drawn.font.name, drawn.font.size, drawn.font.color.rgb = FONT, Pt(size), colour
        drawn.font.italic = False
        drawn.paragraph_format.space_before, drawn.paragraph_format.space_after = Pt(before), Pt(after)
        drawn.paragraph_format.line_spacing = 1.0
        fonts = drawn.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
    for borders in document.styles["Title"].element.findall(f".//{qn('w:pBdr')}"):
        borders.getparent().remove(borders)
    speak_danish(document)
    properties = document.core_properties
    properties.title, properties.subject = told["title"][:255], told["subject"][:255]
    properties.author = properties.last_modified_by = told["author"][:255]
    properties.language, properties.comments = "da-DK", ""
    properties.created = properties.modified = known_at.astimezone(COPENHAGEN).replace(tzinfo=None, microsecond=0)


def _footer(document: Any, told: dict[str, Any]) -> None:
    style = document.styles["Footer"]
    style.font.size, style.font.color.rgb = Pt(8), QUIET
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{told['footer']} · {told['sha']} · {told['page']} ")
    field_in(paragraph, "PAGE")
    paragraph.add_run(f" {told['of']} ")
    field_in(paragraph, "NUMPAGES")


def _head(document: Any, told: dict[str, Any]) -> None:
    """What it is, the facts in a line each, and the answer in three numbers."""
    brand = document.add_paragraph().add_run(told["brand"])
    brand.bold, brand.font.color.rgb = True, RGBColor.from_string(ACCENT)
    document.add_paragraph(told["title"], "Title")
    document.add_paragraph(told["subtitle"], "Subtitle")
    paragraph = document.add_paragraph()
    for number, fact in enumerate(told["facts"]):
        _run(paragraph, f"{' · ' if number else ''}{fact['label']}: ", size=9, colour=QUIET)
        _run(paragraph, fact["value"], size=9)
    if told["keys"]:
        paragraph = document.add_paragraph()
        _shaded(paragraph)
        for number, key in enumerate(told["keys"]):
            _run(paragraph, f"{'   ·   ' if number else ''}{key['value']} ", size=12, colour=DEEP, bold=True)
            _run(paragraph, key["label"], size=9, colour=QUIET)


def _texts(document: Any, texts: Sequence[dict[str, Any]]) -> None:
    size = size_of_texts(texts)
    for one in texts:
        document.add_heading(one["heading"], 1)
        for line in one["lines"]:
            _run(document.add_paragraph(), line, size=size)


def _figures(document: Any, told: dict[str, Any]) -> None:
    """The second page: the three tables, and where the numbers come from."""
    tables = [_criteria(told["criteria"]), _money(told["money"]), _risks(told["risks"])]
    check = told["check"]
    last = (check["intro"], f"{check['how']} {check['address']}", check["code"])
    size = size_of_tables(tables, last)
    for table in tables:
        _drawn(document, table, size)
    document.add_heading(check["heading"], 1)
    for text in last:
        _run(document.add_paragraph(), text, size=size)


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the second page; without rows, what is said instead."""

    heading: str
    widths: Sequence[int]  #: in millimetres
    rows: Sequence[Sequence[str]]  #: the first is the head
    otherwise: str = ""
    note: str = ""
    numbers: range = range(0)  #: the columns of numbers
    has_total: bool = False
    warned: frozenset[int] = frozenset()  #: rows whose last cell stands out


def _criteria(told: dict[str, Any]) -> Table:
    rows = [
        [row["name"], " ".join(one for one in (row["standing"], row["since"]) if one), row["result"], row["deadline"]]
        for row in told["rows"]
    ]
    return Table(told["heading"], (66, 60, 22, 22), [told["head"], *rows], told["otherwise"])


def _money(told: dict[str, Any]) -> Table:
    """The lines with their total, and a column of remarks where there are any."""
    columns = len(told["head"])
    rows = [told["head"], *(row["cells"] for row in told["rows"]), *([told["total"]] if told["total"] else ())]
    return Table(
        told["heading"],
        (WIDTH - 4 * 22 - (columns - 5) * 26, *[22] * 4, 26)[:columns],
        rows,
        told["otherwise"],
        note=told["note"],
        numbers=range(1, 5),
        has_total=bool(told["total"]),
        warned=frozenset(place for place, row in enumerate(told["rows"], 1) if row["is_overspent"]),
    )


def _risks(told: dict[str, Any]) -> Table:
    return Table(told["heading"], (74, 24, 72), [told["head"], *told["rows"]], told["otherwise"], note=told["note"])


def _drawn(document: Any, one: Table, size: float) -> None:
    document.add_heading(one.heading, 1)
    if len(one.rows) == 1:
        _run(document.add_paragraph(), one.otherwise, size=size, colour=QUIET)
        return
    table = document.add_table(rows=0, cols=len(one.widths))
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.LEFT
    for place, words in enumerate(one.rows):
        is_total = one.has_total and place + 1 == len(one.rows)
        for column, (cell, text) in enumerate(zip(table.add_row().cells, words, strict=True)):
            is_warned = place in one.warned and column + 1 == len(words)
            colour = FINDING if is_warned else None if place else DEEP
            cell.width = Mm(one.widths[column])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(1)
            if column in one.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            _run(paragraph, text, size=size, colour=colour, bold=is_warned or is_total or not place)
            _ruled(cell, RULE if place else ACCENT)
    _repeat(table.rows[0])
    if one.note:
        _run(document.add_paragraph(), one.note, size=size - 1, colour=QUIET)


# --- How much fits: a document has no measure of its own, so the letters' widths are reckoned, rather too wide


def size_of_texts(texts: Sequence[dict[str, Any]]) -> float:
    """The size in points at which the four texts stay on the first page."""

    def high(size: float) -> float:
        lines = sum(_lines(line, WIDTH, size) for one in texts for line in one["lines"])
        return lines * _line(size) + sum(len(one["lines"]) for one in texts) * 0.7 + len(texts) * 10.5

    return next((size for size in TEXT_SIZES if high(size) <= ROOM), TEXT_SIZES[-1])


def size_of_tables(tables: Sequence[Table], last: Sequence[str]) -> float:
    """The size in points at which the tables, and what is said after them, stay on the second page."""

    def high(size: float) -> float:
        rows = [(row, table.widths) for table in tables for row in table.rows]
        lines = sum(
            max(_lines(text, width - 4, size) for text, width in zip(row, widths, strict=True)) for row, widths in rows
        )
        words = [*last, *(table.note for table in tables)]
        lines += sum(_lines(text, WIDTH, size) for text in words)
        return lines * _line(size) + (len(rows) + len(words)) * 0.7 + (len(tables) + 1) * 10.5

    return next((size for size in TABLE_SIZES if high(size) <= PAGE), TABLE_SIZES[-1])


def _line(size: float) -> float:
    """The height of a line in millimetres."""
    return size * MILLIMETRES * 1.3


def _lines(text: str, width: float, size: float) -> int:
    return math.ceil(sum(map(_wide, text)) * size * MILLIMETRES / width)


def _wide(letter: str) -> float:
    """A letter's width by its size, at most: a phrase may be one letter in Arabic."""
    if "\ufb50" <= letter <= "\ufdff":
        return 8
    is_narrow = letter in " .,;:-'()" or letter.isdecimal() or (letter.islower() and letter not in "mwæœ")
    return 0.54 if is_narrow and letter < "\u0250" else 1.05


def _repeat(row: Any) -> None:
    """The head stands again where the table goes on, and is read aloud as such."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader", {qn("w:val"): "true"}))


def _ruled(cell: Any, colour: str) -> None:
    borders = OxmlElement("w:tcBorders")
    told = {"val": "single", "sz": "4", "space": "0", "color": colour}
    borders.append(OxmlElement("w:bottom", {qn(f"w:{key}"): value for key, value in told.items()}))
    cell._tc.get_or_add_tcPr().append(borders)


def _shaded(paragraph: Any) -> None:
    shade = OxmlElement("w:shd", {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): TINT})
    paragraph._p.get_or_add_pPr().append(shade)


def _run(
    paragraph: Any, text: str, *, size: float = 10, colour: RGBColor | None = None, bold: bool | None = None
) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    if colour is not None:
        run.font.color.rgb = colour
