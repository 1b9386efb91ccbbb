"""Papers as a document to edit (.docx): real headings, lists, tables and tab stops with a line to write on."""

import datetime as dt
import io
from collections.abc import Callable, Sequence
from itertools import product, zip_longest
from typing import Any

import docx
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from associations.papers import Block, Paper

FONT = "Calibri"
QUIET = RGBColor(0x54, 0x5E, 0x5C)
INK = RGBColor(0x1D, 0x28, 0x27)
ACCENT, TINT, RULE = "0D5257", "E9F1EF", "858A83"
WIDTH, MARGIN = Mm(210 - 2 * 24), Mm(24)
STEP = Mm(9)

#: Neighbours that stay on one page.
_TOGETHER = set(product(("text", "hint", "choices", "fields"), ("hint", "choices", "fields", "table", "signatures")))

#: What may follow borders and shading among a paragraph's properties.
_AFTER_SHADE = ("w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:rPr")


def as_docx(papers: Sequence[Paper], *, name: str, title: str, author: str, footer: str, on: dt.date) -> bytes:
    """The papers one after another, each from a page of its own."""
    document = docx.Document()
    _set_up(document, title, author, on)
    _running(document, "header", name)
    _running(document, "footer", f"{footer}\tSide ", "PAGE", " af ", "NUMPAGES")
    for number, paper in enumerate(papers):
        heading = document.add_heading(paper.title, 1)
        heading.paragraph_format.page_break_before = number > 0
        for block, following in zip_longest(paper.blocks, paper.blocks[1:]):
            _DRAWN[block.kind](_Writer(document, paper.numbers), block)
            if following and (block.kind, following.kind) in _TOGETHER:
                document.paragraphs[-1].paragraph_format.keep_with_next = True
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _set_up(document: Any, title: str, author: str, on: dt.date) -> None:
    """A4, Danish, our sizes; the properties that a reader is told."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = MARGIN
    section.top_margin, section.bottom_margin = Mm(25), Mm(22)
    for style, size, space in (("Normal", 11, 4), ("Heading 1", 22, 12), ("Heading 2", 13, 4)):
        drawn = document.styles[style]
        drawn.font.name, drawn.font.size, drawn.font.color.rgb = FONT, Pt(size), INK
        fonts = drawn.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        drawn.paragraph_format.space_after, drawn.paragraph_format.line_spacing = Pt(space), 1.05
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    speak_danish(document)
    told = document.core_properties
    told.title, told.author, told.last_modified_by, told.language = title[:255], author[:255], author[:255], "da-DK"
    told.comments = ""
    told.created = told.modified = dt.datetime.combine(on, dt.time())


def speak_danish(document: Any) -> None:
    """The language in which a program reads the document aloud and spells it."""
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    for script in ("val", "eastAsia"):
        language.set(qn(f"w:{script}"), "da-DK")


def _running(document: Any, place: str, text: str, *fields: str) -> None:
    """A quiet line at the top or bottom of every page; every other part after the first is a field of Word's."""
    style = document.styles[place.title()]
    style.font.size, style.font.color.rgb = Pt(9), QUIET
    style.paragraph_format.tab_stops.clear_all()
    style.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph = getattr(document.sections[0], place).paragraphs[0]
    for number, part in enumerate((text, *fields)):
        if number % 2:
            field_in(paragraph, part)
        else:
            paragraph.add_run(part)


def field_in(paragraph: Any, code: str) -> None:
    """A number that Word counts."""
    field = OxmlElement("w:fldSimple", {qn("w:instr"): code})
    field.append(paragraph.add_run("1")._r)
    paragraph._p.append(field)


class _Writer:
    """A document that is being written, and how deep in it: what belongs to a point is indented."""

    def __init__(self, document: Any, numbers: str, indent: Any = 0) -> None:
        self.document, self.numbers, self.indent = document, numbers, indent

    def paragraph(self, text: str = "", style: str | None = None) -> Any:
        paragraph = self.document.add_paragraph(text, style)
        if self.indent:
            paragraph.paragraph_format.left_indent = self.indent
        return paragraph

    def quiet(self, text: str) -> Any:
        paragraph = self.paragraph()
        run = paragraph.add_run(text)
        run.font.size, run.font.color.rgb = Pt(10), QUIET
        return paragraph


def _note(writer: _Writer, block: Block) -> None:
    paragraph = writer.paragraph(block.text)
    paragraph.paragraph_format.space_after = Pt(12)
    _border(paragraph, "left", "24", ACCENT)
    shade = OxmlElement("w:shd", {qn("w:val"): "clear", qn("w:color"): "auto", qn("w:fill"): TINT})
    paragraph._p.get_or_add_pPr().insert_element_before(shade, *_AFTER_SHADE)


def _border(paragraph: Any, side: str, eighths: str, colour: str) -> None:
    """A line along one side of the paragraph, so many eighths of a point thick."""
    borders = OxmlElement("w:pBdr")
    told = {"val": "single", "sz": eighths, "space": "4", "color": colour}
    borders.append(OxmlElement(f"w:{side}", {qn(f"w:{key}"): value for key, value in told.items()}))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", *_AFTER_SHADE)


def _heading(writer: _Writer, block: Block) -> None:
    writer.document.add_heading(block.text, 2)


def _text(writer: _Writer, block: Block) -> None:
    writer.paragraph(block.text)


def _hint(writer: _Writer, block: Block) -> None:
    writer.quiet(block.text)


def _choices(writer: _Writer, block: Block) -> None:
    for choice in block.items:
        paragraph = writer.paragraph()
        paragraph.paragraph_format.left_indent = (writer.indent or 0) + Mm(8)
        paragraph.paragraph_format.first_line_indent = -Mm(8)
        paragraph.paragraph_format.tab_stops.add_tab_stop((writer.indent or 0) + Mm(8))
        box = paragraph.add_run("☐")
        box.font.size = Pt(12)
        _letters(box, "Segoe UI Symbol")
        paragraph.add_run(f"\t{choice.text}")
        paragraph.paragraph_format.keep_with_next = choice is not block.items[-1]


def _letters(run: Any, font: str) -> None:
    run.font.name = font
    for script in ("eastAsia", "cs"):
        run._r.rPr.rFonts.set(qn(f"w:{script}"), font)


def _fields(writer: _Writer, block: Block) -> None:
    """Label, and what is known; where nothing is, a tab with a line under it."""
    for field in block.items:
        paragraph = writer.paragraph()
        paragraph.paragraph_format.space_before = Pt(6)
        label = paragraph.add_run(f"{field.text}: ")
        label.bold = True
        if field.value:
            paragraph.add_run(field.value)
        else:
            _line(paragraph)


def _line(paragraph: Any) -> None:
    paragraph.paragraph_format.tab_stops.add_tab_stop(WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.LINES)
    paragraph.add_run("\t")


def _lines(writer: _Writer, block: Block) -> None:
    for _number in range(int(block.count)):
        paragraph = writer.paragraph()
        paragraph.paragraph_format.space_before = Pt(8)
        _line(paragraph)


def _table(writer: _Writer, block: Block) -> None:
    """A heading that is repeated, and rows to write in, kept on one page."""
    table = writer.document.add_table(len(block.rows), len(block.rows[0]), "Table Grid")
    for row, cells in zip(table.rows, block.rows, strict=True):
        is_head, is_last = cells is block.rows[0], cells is block.rows[-1]
        row.height = None if is_head else STEP
        for cell, text in zip(row.cells, cells, strict=True):
            cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
            shape = cell.paragraphs[0].paragraph_format
            shape.space_before = shape.space_after = Pt(2)
            shape.keep_with_next = not is_last
            cell.paragraphs[0].add_run(text).bold = is_head
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    writer.paragraph().paragraph_format.space_after = Pt(0)


def _signatures(writer: _Writer, block: Block) -> None:
    """A line for each, side by side."""
    (names,) = block.rows
    table = writer.document.add_table(1, len(names))
    for cell, text in zip(table.rows[0].cells, names, strict=True):
        above, below = cell.paragraphs[0], cell.add_paragraph()
        above.paragraph_format.space_before, above.paragraph_format.space_after = Pt(30), Pt(2)
        above.paragraph_format.right_indent = Mm(8)
        above.paragraph_format.keep_with_next = True
        _border(above, "bottom", "4", RULE)
        run = below.add_run(text)
        run.font.size, run.font.color.rgb = Pt(10), QUIET


def _bullets(writer: _Writer, block: Block) -> None:
    for item in block.items:
        paragraph = writer.document.add_paragraph(item.text, "List Bullet")
        paragraph.paragraph_format.space_after = Pt(2)
        if writer.indent:
            paragraph.paragraph_format.left_indent = writer.indent + Mm(6)
            paragraph.paragraph_format.first_line_indent = -Mm(6)


def _points(writer: _Writer, block: Block) -> None:
    """A list that Word numbers, from 1."""
    indent = Mm(15) if writer.numbers else Mm(9)
    number = _numbering(writer.document, f"{writer.numbers}%1.", indent)
    for point in block.items:
        paragraph = writer.document.add_paragraph(style="List Number")
        paragraph.add_run(point.text).bold = not writer.numbers and bool(point.items)
        paragraph.paragraph_format.space_after = Pt(3)
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = number
        properties.get_or_add_ilvl().val = 0
        for part in point.items:
            _DRAWN[part.kind](_Writer(writer.document, writer.numbers, indent), part)


def _numbering(document: Any, pattern: str, indent: Any) -> int:
    """A new list with numbers of that pattern; its id."""
    numbering = document.part.numbering_part.element
    known = numbering.findall(qn("w:abstractNum"))
    kind = str(1 + max(int(one.get(qn("w:abstractNumId"))) for one in known))
    abstract = OxmlElement("w:abstractNum", {qn("w:abstractNumId"): kind})
    level = OxmlElement("w:lvl", {qn("w:ilvl"): "0"})
    abstract.append(level)
    for tag, value in (("start", "1"), ("numFmt", "decimal"), ("lvlText", pattern), ("lvlJc", "left")):
        level.append(OxmlElement(f"w:{tag}", {qn("w:val"): value}))
    properties = OxmlElement("w:pPr")
    twips = str(round(indent.pt * 20))
    properties.append(OxmlElement("w:ind", {qn("w:left"): twips, qn("w:hanging"): twips}))
    level.append(properties)
    known[-1].addnext(abstract)
    found: int = numbering.add_num(int(kind)).numId
    return found


_DRAWN: dict[str, Callable[[_Writer, Block], None]] = {
    "note": _note,
    "heading": _heading,
    "text": _text,
    "hint": _hint,
    "choices": _choices,
    "fields": _fields,
    "lines": _lines,
    "table": _table,
    "signatures": _signatures,
    "bullets": _bullets,
    "points": _points,
}
