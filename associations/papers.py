"""Papers to fill in: their Danish words, read from `texts/`, with what is known of an association written in.

A text is read before anything is written into it, so that a name is never taken for a mark. One line, one mark:

    # title                        1. point of a numbered list       | head | head |   a table, row by row
    ! what the template is         - point of a list                 |+ 3 first        three rows to fill in
    ## heading                     [ ] box to tick                   ~ 3               three lines to write on
    > advice to who fills it in    : label = what is known           signature: who | who
    @ other                        the points of another text        numbers: Stk.     what stands before a number

All else is a paragraph. What is indented belongs to the point above. `{word}` is what is known; unknown in a sentence
is a line to write on, beside a label the rest of the line.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path

TEXTS = Path(__file__).resolve().parent / "texts"

#: What one writes on where a sentence lacks a word.
BLANK = "_" * 16

_MARKS = {
    "# ": "title",
    "## ": "heading",
    "! ": "note",
    "> ": "hint",
    "- ": "bullets",
    "[ ] ": "choices",
    ": ": "fields",
    "~ ": "lines",
    "@ ": "points of",
    "|+ ": "more rows",
    "| ": "table",
    "signature: ": "signatures",
    "numbers: ": "numbers",
}
_POINT = re.compile(r"\d+\. ")
_WORD = re.compile(r"\{(\w+)\}")

#: Kinds whose neighbours make one list, grid or table.
_GATHERED = {"bullets", "choices", "fields", "points", "table"}


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a paper: a paragraph, a list, a table, lines to write on."""

    kind: str
    text: str = ""
    value: str = ""  #: what is known beside a label
    count: str | int = 0  #: how many lines or rows
    items: "tuple[Block, ...]" = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper, to be drawn as PDF or written as a document."""

    title: str
    blocks: tuple[Block, ...]
    numbers: str = ""  #: what stands before the number of a point


@cache
def read(name: str) -> Paper:
    """The text of that name, with nothing written in yet."""
    blocks = list(_blocks((TEXTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()))
    told = {block.kind: block.text for block in blocks if block.kind in ("title", "numbers")}
    rest = tuple(block for block in blocks if block.kind not in told)
    return Paper(told["title"], rest, f"{told['numbers']} " if "numbers" in told else "")


def _blocks(lines: Iterable[str]) -> Iterable[Block]:
    """The parts of a text; neighbours of a kind are gathered."""
    found: list[Block | None] = []
    for line in lines:
        if not line.strip():
            found.append(None)
        elif line.startswith(" ") and found and (owner := found[-1]):
            found[-1] = replace(owner, items=(*owner.items, _block(line.strip())))
        else:
            found.append(_block(line))
    return _gathered(found)


def _gathered(blocks: Iterable[Block | None]) -> Iterable[Block]:
    for kind, group in groupby(blocks, key=lambda block: block.kind if block else ""):
        alike = [replace(block, items=tuple(_gathered(block.items))) for block in group if block]
        if kind == "points of":
            yield from (_points_of(block.text) for block in alike)
        elif kind in _GATHERED:
            yield Block(kind, items=tuple(alike))
        else:
            yield from alike


def _points_of(name: str) -> Block:
    """The points of another text, without what is said about each."""
    points = next(block for block in read(name).blocks if block.kind == "points")
    return replace(points, items=tuple(replace(point, items=()) for point in points.items))


def _block(line: str) -> Block:
    if _POINT.match(line):
        return Block("points", _POINT.sub("", line, count=1))
    mark = next((mark for mark in _MARKS if line.startswith(mark)), "")
    kind, words = _MARKS.get(mark, "text"), line.removeprefix(mark)
    if kind == "fields":
        label, _, value = words.partition(" = ")
        return Block(kind, label, value)
    if kind == "lines":
        return Block(kind, count=int(words))
    if kind == "more rows":
        count, _, first = words.partition(" ")
        return Block("table", count=count, rows=((first,),))
    if kind in ("table", "signatures"):
        return Block(kind, rows=(tuple(cell.strip() for cell in words.rstrip("| ").split("|")),))
    return Block(kind, words)


def fill(paper: Paper, known: Mapping[str, str]) -> Paper:
    """The paper with what is known written in."""
    return Paper(_words(paper.title, known), tuple(_filled(one, known) for one in paper.blocks), paper.numbers)


def _filled(block: Block, known: Mapping[str, str]) -> Block:
    if block.kind == "table":
        return replace(block, items=(), rows=tuple(_rows(block, known)))
    return replace(
        block,
        text=_words(block.text, known),
        value=_words(block.value, known, unknown=""),
        items=tuple(_filled(one, known) for one in block.items),
    )


def _rows(table: Block, known: Mapping[str, str]) -> Iterable[tuple[str, ...]]:
    """Heading and rows, each as wide as the heading."""
    width = len(table.items[0].rows[0])
    for item in table.items:
        times = int(_words(str(item.count), known)) if item.count else 1
        (cells,) = item.rows
        for _ in range(times):
            yield (*cells, *[""] * (width - len(cells)))


def _words(text: str, known: Mapping[str, str], unknown: str = BLANK) -> str:
    return _WORD.sub(lambda found: known[found[1]] or unknown, text)
