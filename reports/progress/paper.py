"""A progress report as PDF: tagged (PDF/UA-1) and lasting (PDF/A-2a), drawn by `reports/texts/rapport.typ`.

Pure: the same content gives the same bytes. The file's date is when the content was known; nothing is asked of the
database, of the clock or of the net, and whatever is written in the content is text and never markup.
"""

import datetime as dt
import unicodedata
from collections.abc import Callable, Set
from pathlib import Path
from typing import Any

from django.utils import translation

from associations.papers_pdf import NotInOurFonts, lasting, letters
from reports.drawable import drawable, in_a_name
from reports.progress import words
from reports.progress.telling import told_of

TEMPLATE = Path(__file__).resolve().parent.parent / "texts" / "rapport.typ"

#: Letters that always have a shape of their own: those of European languages, and the signs of our own words.
_PLAIN = frozenset({*range(0x20, 0x250), *map(ord, "–—…−•»«”“’‘")})


def paper_of(content: dict[str, Any], *, sha256: str, code: str, address: str) -> bytes:
    """The report on paper. `sha256` is of the frozen content; `code` and `address` are where it is verified.

    A letter that our typefaces lack is written by its number, so that the file always follows the standards.
    """
    known_at = dt.datetime.fromisoformat(content["report"]["known_at"]).replace(microsecond=0)
    with translation.override("da"):
        told = told_of(as_drawn(content), sha256=sha256, code=code, address=address)
    try:
        return lasting(TEMPLATE, told, at=known_at)
    except NotInOurFonts:
        return _spelled(told, known_at)


def _spelled(told: dict[str, Any], known_at: dt.datetime) -> bytes:
    """Signs put together may lack a shape where each of them has one: then all but plain letters are spelled."""
    try:
        return lasting(TEMPLATE, _each_text(told, _spelling(letters())), at=known_at)
    except NotInOurFonts:
        return lasting(TEMPLATE, _each_text(told, _spelling(letters() & _PLAIN)), at=known_at)


def file_name(content: dict[str, Any]) -> str:
    """`2011-09-30_Statusrapport_Bydelsmoedre_v1.pdf`."""
    report = content["report"]
    parts = (report["cut_off"], in_a_name(report["kind_name"], "rapport"), in_a_name(words.BRAND, ""))
    return f"{'_'.join(parts)}_v{report['number']}.pdf"


def as_drawn(content: dict[str, Any]) -> dict[str, Any]:
    """The content without what cannot be drawn."""
    found: dict[str, Any] = _each_text(content, _drawn)
    return found


def _each_text(content: Any, change: Callable[[str], str]) -> Any:
    """The same content with each text changed."""
    if isinstance(content, str):
        return change(content)
    if isinstance(content, dict):
        return {key: _each_text(value, change) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_each_text(value, change) for value in content]
    return content


def _drawn(text: str) -> str:
    """A text line by line, without what cannot be drawn."""
    return "\n".join(drawable(line) for line in text.splitlines())


def _spelling(known: Set[int]) -> Callable[[str], str]:
    def one(letter: str) -> str:
        if ord(letter) in known or letter == "\n":
            return letter
        if unicodedata.category(letter) == "Cf" or "\ufe00" <= letter <= "\ufe0f":
            return ""  # it only says how its neighbours are put together
        return words.LETTER.format(number=f"{ord(letter):04X}")

    return lambda text: text if text.isascii() else "".join(map(one, text))
