"""A version's text: its headings, paragraphs and items of lists, and what a document of its kind must hold.

Written plainly: empty lines part paragraphs, a line that begins with # is a heading, one with - an item of a list.
Nothing else is told apart, and nothing is read as HTML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.searching import fold
from programme.models import Document

#: So many headings, paragraphs and items a text has at most: what changed between two texts is found in bounded time.
MOST_BLOCKS = 1000

_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_ITEM = re.compile(r"[-*•]\s+(.*)")


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, a paragraph or an item of a list."""

    kind: BlockKind
    text: str
    level: int = 0  #: of a heading: 1 to 3; else 0


def blocks(text: str) -> list[Block]:
    """The text as headings, paragraphs and items."""
    return list(_blocks(text))


def _blocks(text: str) -> Iterator[Block]:
    waiting: list[str] = []
    for line in [*(one.strip() for one in text.splitlines()), ""]:
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        if waiting and (not line or heading or item):
            yield Block(BlockKind.PARAGRAPH, " ".join(waiting))
            waiting = []
        if heading and heading[2]:
            yield Block(BlockKind.HEADING, heading[2], min(len(heading[1]), 3))
        elif item:
            yield Block(BlockKind.ITEM, item[1])
        elif line:
            waiting.append(line)


def headings(text: str) -> list[str]:
    """The text's headings, in their order, each once."""
    return list(dict.fromkeys(block.text for block in blocks(text) if block.kind == BlockKind.HEADING))


@dataclass(frozen=True, slots=True)
class Required:
    """A part that a document must hold: under a heading in which each of these words stands."""

    label: Any
    words: tuple[str, ...]


#: What documents of a kind must hold. The concept: activity 1 of the plan (a model for the future financing of the
#: training and of the coordinator's pay).
REQUIRED: dict[str, tuple[Required, ...]] = {
    Document.Kind.CONCEPT: (
        Required(_("how the training is financed"), ("uddannelse",)),
        Required(_("how the coordinator's pay is financed"), ("koordinator", "løn")),
    ),
}


@dataclass(frozen=True, slots=True)
class RequiredPart:
    """A part that a document must hold, and whether its text does."""

    label: str
    is_held: bool


def required_parts(kind: str, text: str) -> list[RequiredPart]:
    """Each part that a document of the kind must hold. It is held where something stands under its heading."""
    found = blocks(text)
    return [RequiredPart(str(one.label), _holds(found, one)) for one in REQUIRED.get(kind, ())]


def _holds(found: list[Block], part: Required) -> bool:
    return any(
        block.kind == BlockKind.HEADING and _names(block.text, part.words) and _has_words_below(found, number)
        for number, block in enumerate(found)
    )


def _names(heading: str, words: tuple[str, ...]) -> bool:
    """Do all the words stand in the heading, however it is put: “Koordinatorens løn”, “Løn til koordinatoren”,
    “Koordinatorløn”?"""
    written = fold(heading)
    return all(fold(word).strip() in written for word in words)


def _has_words_below(found: list[Block], number: int) -> bool:
    """Does anything but headings stand under the heading, before one that is as high?"""
    for block in found[number + 1 :]:
        if block.kind != BlockKind.HEADING:
            return True
        if block.level <= found[number].level:
            return False
    return False
