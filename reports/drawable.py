"""What people write, as a paper may hold it: without what cannot be drawn, and as a part of a file's name."""

import re
import unicodedata

_PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})

#: Control characters, halves of pairs, private and unassigned characters, ends of lines and paragraphs.
_NOT_DRAWN = ("Cc", "Cs", "Co", "Cn", "Zl", "Zp")
#: Marks that turn the direction of whatever follows (letters know theirs by themselves), and the mark of byte order,
#: which PDF/UA forbids.
_MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"


def on_one_line(words: str) -> str:
    """On one line, without what cannot be drawn, is private (PDF/A forbids it) or turns the direction of the rest."""
    return " ".join(drawable(words).split())


def drawable(words: str) -> str:
    """The letters where they stand, with a blank for each that is left out."""
    return "".join(" " if _is_left_out(one) else one for one in words)


def is_seen(words: str) -> bool:
    """Is there any letter or sign in it?"""
    return any(unicodedata.category(one)[0] in "LNPS" for one in words)


def shortened(words: str, most: int) -> str:
    """At most so many letters, for what the file holds besides what is drawn: PDF/A bounds how long such a text is."""
    return words if len(words) <= most else f"{words[: most - 1]}…"


def _is_left_out(letter: str) -> bool:
    return unicodedata.category(letter) in _NOT_DRAWN or letter in _MARKS


def in_a_name(words: str, otherwise: str) -> str:
    """In plain letters, for the name of a file."""
    folded = unicodedata.normalize("NFKD", words.translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "_", folded).strip("_")[:60] or otherwise
