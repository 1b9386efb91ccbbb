"""What an applicant is told about her data before she sends them (GDPR art. 13), in versions.

A version is a pair of files in `texts/` and is never edited: a change is a new one. Which version she was shown stands
in the fact that she was given it.
"""

from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

#: The version that is shown now.
VERSION = "1"

_TEXTS = Path(__file__).parent / "texts"


def notice(version: str = VERSION) -> list[str]:
    """The paragraphs of a version, in English where the page is, else in Danish."""
    return _read(version, "en" if (get_language() or "da").startswith("en") else "da")


@lru_cache
def _read(version: str, language: str) -> list[str]:
    return (_TEXTS / f"oplysning-{version}.{language}.txt").read_text(encoding="utf-8").strip().split("\n")
