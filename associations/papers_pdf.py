"""Papers as PDF: tagged (PDF/UA-1) and lasting (PDF/A-2a), drawn by Typst; those of a founding by `texts/papir.typ`."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typst
from fontTools.ttLib import TTFont

from associations.papers import TEXTS, Paper

STANDARDS: Any = ["a-2a", "ua-1"]

#: Where the typefaces lie.
PACKAGES = ("fontpkg_ibm_plex_sans", "fontpkg_ibm_plex_sans_arabic")


@cache
def letters() -> frozenset[int]:
    """The letters that our typefaces have, by their numbers."""
    files = [path for folder in _folders() for path in folder.glob("*.ttf")]
    return frozenset(number for path in files for number in TTFont(path, lazy=True).getBestCmap())


def _folders() -> list[Path]:
    found = [package for name in PACKAGES if (package := find_spec(name))]
    return [Path(where) / "files" for package in found for where in package.submodule_search_locations or []]


@cache
def _fonts(*, system: bool = False) -> typst.Fonts:
    """IBM Plex Sans, its Arabic letters, and those that come with Typst; if asked, the machine's as well."""
    return typst.Fonts(include_system_fonts=system, include_embedded_fonts=True, font_paths=_folders())


def as_pdf(papers: Sequence[Paper], *, name: str, title: str, author: str, footer: str, on: dt.date) -> bytes:
    """The papers one after another."""
    told = {"papers": [asdict(paper) for paper in papers], "name": name, "title": title, "author": author}
    return drawn(TEXTS / "papir.typ", told | {"footer": footer}, on=on)


class NotInOurFonts(Exception):
    """A letter is in none of our typefaces."""


def drawn(template: Path, told: dict[str, Any], *, on: dt.date) -> bytes:
    """What is told as data (plain, never read as markup), drawn by a template. A name in letters that our typefaces
    lack is drawn with the machine's, and then the file does not claim to follow the standards."""
    at = dt.datetime.combine(on, dt.time(), tzinfo=dt.UTC)
    try:
        return lasting(template, told, at=at)
    except NotInOurFonts:
        return typst.compile(**_options(template, told, at), font_paths=_fonts(system=True))


def lasting(template: Path, told: dict[str, Any], *, at: dt.datetime) -> bytes:
    """As `drawn`, but by the standards or not at all: raises `NotInOurFonts`."""
    try:
        return typst.compile(**_options(template, told, at), font_paths=_fonts(), pdf_standards=STANDARDS)
    except typst.TypstError as refused:
        if "could not be displayed" not in refused.message:
            raise
        raise NotInOurFonts from refused


def _options(template: Path, told: dict[str, Any], at: dt.datetime) -> dict[str, Any]:
    return {
        "input": template,
        "root": template.parent,
        "sys_inputs": {"data": json.dumps(told)},
        "ignore_system_fonts": True,
        "timestamp": at,
    }
