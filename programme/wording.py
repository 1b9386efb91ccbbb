"""What changed from one text to another, in plain view: paragraph by paragraph, and in a changed one word by word.

The standard library's `difflib` finds it. It compares every pair of equal words, again for each stretch that it finds,
so a text of the same word over and over could keep it busy for minutes. Its steps are therefore counted, and a page has
one allowance (`ALLOWED`); what would exceed it is shown as taken out and put in as a whole.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from enum import StrEnum
from typing import Any

from programme.texts import Block, blocks

#: Steps of comparing that a page has: less than a second's work.
ALLOWED = 3_000_000
#: Paragraphs are the same one, written anew, where they share so much of their words.
ALIKE = 0.4
#: So many changed paragraphs in a row are held against each other, to see which became which.
MOST_PAIRED = 40

_WORD = re.compile(r"\S+\s*")


class Change(StrEnum):
    SAME = "same"
    PUT_IN = "put_in"
    TAKEN_OUT = "taken_out"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of a changed paragraph."""

    change: Change
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, heading or item, and what became of it."""

    change: Change
    block: Block  #: as it is now; as it was where it is taken out
    pieces: tuple[Piece, ...] = ()  #: of a changed one


class TooMuch(Exception):
    """Comparing these would take too long."""


@dataclass(slots=True)
class Allowance:
    """How many steps of comparing are left."""

    left: int = ALLOWED

    def take(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise TooMuch


class _Counted(SequenceMatcher[Any]):
    """Compares as the standard library does, and counts its steps."""

    # what the library's own stubs leave out
    a: Sequence[Any]
    b2j: dict[Any, list[int]]

    def __init__(self, before: Sequence[Any], after: Sequence[Any], allowance: Allowance) -> None:
        self.allowance = allowance
        super().__init__(None, before, after, autojunk=False)

    def find_longest_match(self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None) -> Match:
        looked_at = self.a[alo:ahi]
        self.allowance.take(sum(len(self.b2j.get(one, "")) + 1 for one in looked_at))
        return super().find_longest_match(alo, ahi, blo, bhi)


def compared(before: str, after: str) -> list[Line]:
    """Every paragraph of both texts, in the order in which it is read."""
    return list(_lines(blocks(before), blocks(after), Allowance()))


def _lines(before: list[Block], after: list[Block], allowance: Allowance) -> Iterator[Line]:
    for change, old, new in _stretches(before, after, allowance):
        if change == Change.SAME:
            yield from (Line(Change.SAME, block) for block in new)
        else:
            yield from _rewritten(old, new, allowance)


def _stretches(
    before: Sequence[Any], after: Sequence[Any], allowance: Allowance
) -> Iterator[tuple[Change, Sequence[Any], Sequence[Any]]]:
    """Stretches that are the same, and those between them: what was there, what is there."""
    first, last = _edges(before, after)
    if first:
        yield Change.SAME, before[:first], after[:first]
    old, new = before[first : len(before) - last], after[first : len(after) - last]
    for is_same, a, b, c, d in _matched(old, new, allowance):
        yield Change.SAME if is_same else Change.CHANGED, old[a:b], new[c:d]
    if last:
        yield Change.SAME, before[len(before) - last :], after[len(after) - last :]


def _matched(old: Sequence[Any], new: Sequence[Any], allowance: Allowance) -> list[tuple[bool, int, int, int, int]]:
    """Whether a stretch is the same, and from where to where it goes in each. All is another where it is too much."""
    whole = [(False, 0, len(old), 0, len(new))] if old or new else []
    if not old or not new:
        return whole
    try:
        return [(tag == "equal", a, b, c, d) for tag, a, b, c, d in _Counted(old, new, allowance).get_opcodes()]
    except TooMuch:
        allowance.left = 0
        return whole


def _edges(before: Sequence[object], after: Sequence[object]) -> tuple[int, int]:
    """How many are the same at the beginning, and at the end."""
    shortest, first, last = min(len(before), len(after)), 0, 0
    while first < shortest and before[first] == after[first]:
        first += 1
    while last < shortest - first and before[-1 - last] == after[-1 - last]:
        last += 1
    return first, last


def _rewritten(old: Sequence[Block], new: Sequence[Block], allowance: Allowance) -> Iterator[Line]:
    """Paragraphs that became others: which became which, what was taken out, what was put in."""
    done, waiting = 0, []
    for block in new:
        found = _origin(block, old, done)
        if found is None:
            waiting.append(Line(Change.PUT_IN, block))
            continue
        yield from (Line(Change.TAKEN_OUT, one) for one in old[done:found])
        yield from waiting
        yield Line(Change.CHANGED, block, tuple(_pieces(old[found].text, block.text, allowance)))
        done, waiting = found + 1, []
    yield from (Line(Change.TAKEN_OUT, one) for one in old[done:])
    yield from waiting


def _origin(block: Block, old: Sequence[Block], done: int) -> int | None:
    """The first paragraph after those that are told already which this one is written anew from."""
    for number in range(done, min(len(old), done + MOST_PAIRED)):
        one = old[number]
        if (one.kind, one.level) == (block.kind, block.level) and _is_alike(one.text, block.text):
            return number
    return None


def _is_alike(before: str, after: str) -> bool:
    one, other = Counter(before.casefold().split()), Counter(after.casefold().split())
    shared = (one & other).total()
    return 2 * shared >= ALIKE * (one.total() + other.total())


def _pieces(before: str, after: str, allowance: Allowance) -> Iterator[Piece]:
    """A changed paragraph word by word."""
    for change, old, new in _stretches(_words(before), _words(after), allowance):
        if change == Change.SAME:
            yield Piece(change, "".join(new))
            continue
        if old:
            yield Piece(Change.TAKEN_OUT, "".join(old))
        if new:
            yield Piece(Change.PUT_IN, "".join(new))


def _words(text: str) -> list[str]:
    """The words with the space after each; the last one with a space too, so that it is the same word where more
    follows."""
    return _WORD.findall(f"{text} ")
