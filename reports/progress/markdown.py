"""The limited Markdown of a report's narrative, read into data: paragraphs, `- ` lists, `### ` headings, `**bold**` and
`*italic*`. Whatever else is written is text: there are no links, no HTML, no code, and `\\` means itself.

Pure. No letter is ever lost but the marks that are understood; a mark without its other half stays as it is
written, and so does one within a word, such as `2*3*4`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

HEADING, ITEM = "### ", "- "

_STARS = re.compile(r"(\*+)")


class Kind(StrEnum):
    """What a piece of narrative is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


_MARKS = {Kind.HEADING: HEADING, Kind.LIST: ITEM}


@dataclass(frozen=True, slots=True)
class Run:
    """Words that look alike; a line's end within them is a `\\n`."""

    text: str
    is_bold: bool = False
    is_italic: bool = False


Line = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or a paragraph, which is one entry, or a list's entries."""

    kind: Kind
    entries: tuple[Line, ...]


def read(text: str) -> list[Block]:
    """The narrative, piece by piece."""
    return [Block(kind, tuple(runs(entry) for entry in entries)) for kind, entries in _pieces(text)]


def _pieces(text: str) -> Iterator[tuple[Kind, list[str]]]:
    """Each piece's kind and its entries, their marks taken off; neighbouring items are one list."""
    found = (piece for paragraph in _paragraphs(text) for piece in _of_paragraph(paragraph))
    for kind, pieces in groupby(found, key=lambda piece: piece[0]):
        entries = [entry for _, entry in pieces]
        if kind == Kind.LIST:
            yield kind, entries
        else:
            yield from ((kind, [entry]) for entry in entries)


def _paragraphs(text: str) -> Iterator[list[str]]:
    """The lines that stand together, between empty ones."""
    lines = (line.rstrip() for line in text.splitlines())
    yield from (list(group) for is_written, group in groupby(lines, key=bool) if is_written)


def _of_paragraph(lines: Iterable[str]) -> Iterator[tuple[Kind, str]]:
    """Headings and items begin on a line of their own; an indented line goes on with the item before it."""
    kind: Kind | None = None
    kept: list[str] = []
    for line in lines:
        begins = _begins(line)
        goes_on = begins is None and (kind == Kind.PARAGRAPH or (kind == Kind.LIST and line[:1].isspace()))
        if not goes_on:
            if kind:
                yield kind, "\n".join(kept)
            kind, kept = begins or Kind.PARAGRAPH, []
        kept.append(line.removeprefix(_MARKS[begins] if begins else "").strip())
    if kind:
        yield kind, "\n".join(kept)


def _begins(line: str) -> Kind | None:
    """What a line begins, where it is marked."""
    if line.startswith(HEADING):
        return Kind.HEADING
    return Kind.LIST if line.startswith(ITEM) else None


def runs(text: str) -> Line:
    """The words of an entry: which are bold, which are italic."""
    alike = groupby(_looks(*_pieces_of(_STARS.split(text))), key=lambda piece: piece[1:])
    return tuple(Run("".join(words for words, *_ in pieces), *look) for look, pieces in alike)


def _looks(pieces: list[str], marks: set[int]) -> Iterator[tuple[str, bool, bool]]:
    """Each piece that is no mark: is it bold, is it italic?"""
    is_bold = is_italic = False
    for place, piece in enumerate(pieces):
        if place in marks:
            is_bold, is_italic = is_bold ^ (piece == "**"), is_italic ^ (piece == "*")
        elif piece:
            yield piece, is_bold, is_italic


def _pieces_of(parts: list[str]) -> tuple[list[str], set[int]]:
    """Words and stars as they follow each other (stars stand in every second part), and at which places stars are marks
    that have their other half. At most two marks are open, so the work grows with the text and no faster."""
    pieces: list[str] = []
    opened: list[int] = []
    marks: set[int] = set()
    for number, part in enumerate(parts):
        if number % 2 == 0:
            pieces.append(part)
            continue
        before, after = parts[number - 1][-1:], parts[number + 1][:1]
        opens = bool(after.strip()) and not before.isalnum()
        closes = bool(before.strip()) and not after.isalnum()
        for star in _apart(part, [pieces[at] for at in opened]):
            same = next((at for at in opened if pieces[at] == star), None)
            if closes and same is not None:
                marks |= {same, len(pieces)}
                del opened[opened.index(same) :]
            elif opens and same is None and star in ("*", "**"):
                opened.append(len(pieces))
            pieces.append(star)
    return pieces, marks


def _apart(stars: str, opened: list[str]) -> tuple[str, ...]:
    """Three stars are a mark of each kind: what was opened last is closed first."""
    if stars != "***":
        return (stars,)
    return ("*", "**") if opened[-1:] == ["*"] else ("**", "*")
