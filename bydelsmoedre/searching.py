"""How text is matched, everywhere that something is looked for: search, and the text filters of lists.

Both sides are folded to plain small letters, so that nothing depends on the database's collation: å is aa, æ and ä are
ae, ø and ö are oe, other marks are left out, and whatever separates words is a space. The folding is an immutable SQL
function with this module's `fold` as its twin. A second one leaves out what is spelt in many ways when names are
written with Latin letters (vowels, doubled letters, kh and q): Mohamed and Muhammed, Fatima and Fatma sound alike.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat

#: No query is longer, and no more of its words are looked for.
LONGEST, MOST_WORDS = 200, 8

#: A shorter word is looked for where words begin: a trigram has three letters.
WHOLE = 3
#: So many digits are a part of a telephone number.
DIGITS = 4

#: Letters that are not a letter with a mark; separators; the marks (of letters taken apart) that are left out.
LETTERS = ("ØÆĐđŁłıðÐþÞß", "øæddlliddtts")
SEPARATORS = "\t\n\r.,;:_%'’´`\"()[]{}<>=@$^~/\\|+*?!&#-–—"
MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u031b\u0323\u0326\u0327\u0328\u0331"
SPELT = (("a\u030a", "aa"), ("a\u0308", "ae"), ("o\u0308", "oe"), ("ø", "oe"), ("æ", "ae"))

_CAPITALS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_PLAIN = str.maketrans(LETTERS[0] + SEPARATORS, LETTERS[1] + " " * len(SEPARATORS))
_UNMARKED = str.maketrans("", "", MARKS)

#: What a word sounds like, step by step, on folded text: PostgreSQL's pattern (whose \\m, \\M and \\Y are where a word
#: begins, ends, and does neither), and what is written instead.
SOUNDS = (
    ("(kh|gh|ck|ch|q|c)", "k"),
    ("(sh|z)", "s"),
    ("ph", "f"),
    ("dj", "j"),
    ("th", "t"),
    ("dh", "d"),
    ("w", "v"),
    (r"([a-z])\1+", r"\1"),
    (r"\my", "j"),
    (r"\m[aeiou]+", "a"),
    (r"\Y[aeiouy]+", ""),
    (r"\Yh\M", ""),
)
_SOUNDS = [
    (re.compile(sql.replace(r"\m", r"\b(?=\w)").replace(r"\M", r"\b(?!\w)").replace(r"\Y", r"\B"), re.ASCII), sound)
    for sql, sound in SOUNDS
]

_NUMBER = re.compile(r"[+\d\s().,/-]+", re.ASCII)
_DENMARK = re.compile(r"(?:00)?45(?=\d{8}$)", re.ASCII)


def fold(value: str) -> str:
    """The words of `value` as they are compared, each with a space before it: `search_key(value)` in SQL."""
    text = unicodedata.normalize("NFKD", value).translate(_CAPITALS).translate(_PLAIN)
    for written, spelt in SPELT:
        text = text.replace(written, spelt)
    return " " + text.translate(_UNMARKED)


def sound(value: str) -> str:
    """What each word of `value` sounds like: `sound_key(value)` in SQL."""
    text = fold(value)
    for pattern, written in _SOUNDS:
        text = pattern.sub(written, text)
    return text


class SearchKey(Func):
    """`fold(value)` in SQL; of several columns, one after the other."""

    function = "search_key"
    output_field = TextField()

    def __init__(self, *columns: str | Combinable, **extra: Any) -> None:
        first, *others = columns
        joined: list[Any] = [F(first) if isinstance(first, str) else first]
        for one in others:
            joined += [Value(" "), F(one) if isinstance(one, str) else one]
        super().__init__(Concat(*joined, output_field=TextField()) if others else joined[0], **extra)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody looks for."""

    words: tuple[str, ...]  #: folded
    is_number: bool = False  #: a telephone number or a part of one, then the only word

    @property
    def letters(self) -> int:
        return sum(len(word) for word in self.words)

    @property
    def beginning(self) -> str:
        """All of it, as the key of a name begins."""
        return " " + " ".join(self.words)


def wanted(text: str) -> Wanted:
    """The words that are looked for."""
    return Wanted(tuple(fold(text[:LONGEST]).split()[:MOST_WORDS]))


def wanted_of_persons(text: str) -> Wanted:
    """The same where telephone numbers may be asked for: in any format, without Denmark's 45 if eight digits follow, or
    some of the digits."""
    digits = re.sub(r"[^0-9]", "", text)
    if len(digits) >= DIGITS and _NUMBER.fullmatch(text):
        return Wanted((_DENMARK.sub("", digits)[:20],), is_number=True)
    return wanted(text)


def holds(field: str, word: str) -> Q:
    """A key holds the word: anywhere, but a short one, or too few digits to be of a number, where a word begins."""
    is_whole = len(word) >= WHOLE and (len(word) >= DIGITS or not word.isdigit())
    return Q(**{f"{field}__contains": word if is_whole else f" {word}"})


def holds_all(field: str, asked: Wanted) -> Q:
    """A list's text filter: the key holds every word; where signs are asked for that are no word, none does."""
    found = Q() if asked.words else Q(pk__in=())
    for word in asked.words:
        found &= holds(field, word)
    return found
