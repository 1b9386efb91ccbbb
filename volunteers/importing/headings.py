"""The columns of a file, by their Danish headings: in any order, in any case, æ, ø and å however they are written."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _


class Unreadable(Exception):
    """The file cannot be imported at all; the message says why and what to do."""


class Field(StrEnum):
    """What can be imported, by the heading that the template has."""

    NAME = "Navn"
    FIRST_NAME = "Fornavn"
    LAST_NAME = "Efternavn"
    EMAIL = "E-mail"
    PHONE = "Telefon"
    POSTCODE = "Postnr"
    AREA = "Boligområde"
    LANGUAGES = "Sprog"
    ROLE = "Rolle"
    ASSOCIATION = "Forening"
    STARTED_ON = "Startdato"
    ENDED_ON = "Slutdato"


#: The column that a file of rejected rows has besides; it is never read.
REASON = "Afvist fordi"

#: Other headings that offices use for the same.
_ALSO = {
    Field.NAME: ("fulde navn", "navne"),
    Field.FIRST_NAME: ("fornavne",),
    Field.LAST_NAME: ("efternavne",),
    Field.EMAIL: ("mail", "mailadresse", "e-mailadresse", "e-post"),
    Field.PHONE: ("tlf", "telefonnr", "telefonnummer", "tlfnr", "mobil", "mobilnr", "mobilnummer", "mobiltelefon"),
    Field.POSTCODE: ("postnummer",),
    Field.AREA: (),
    Field.LANGUAGES: (),
    Field.ROLE: (),
    Field.ASSOCIATION: (),
    Field.STARTED_ON: ("start",),
    Field.ENDED_ON: ("slut",),
}

#: What is never stored (domain.md), and what the law guards besides. A part of a heading is enough.
_FORBIDDEN_PARTS = (
    "personnr", "personnummer", "nationalit", "statsborger", "etnicitet", "etnisk", "oprindelse", "herkomst",
    "hudfarve", "religi", "trosretning", "livssyn", "foedeland", "foedested", "foedselsland", "foedtiland",
    "opholdsgrundlag", "opholdstillad", "opholdsstatus", "opholdskort", "flygtning", "indvandrer", "asyl",
    "straffeattest", "helbred", "sygdom", "diagnose", "seksuel", "politisk", "fagforening",
)  # fmt: skip
#: Short words count only where they stand alone, or first for “cpr”.
_FORBIDDEN_WORDS = {"race", "tro", "religion", "visum", "hjemland", "protest", "underskrev"}

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "é": "e"})


def fold(text: str) -> str:
    """A heading or a name of ours without case, spaces and signs, and with æ, ø and å spelled out."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    return "".join(letter for letter in plain if letter.isalnum())


FIELDS = {fold(spelling): one for one in Field for spelling in (one.value, *_ALSO[one])}


def recognised(headings: Sequence[str]) -> int:
    """How many of a row's cells are headings of ours."""
    return len({fold(heading) for heading in headings} & FIELDS.keys())


@dataclass
class Columns:
    """Where each field stands, and the headings that mean nothing here."""

    places: dict[Field, int] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)


def refuse_forbidden(headings: Sequence[str]) -> None:
    """Raise `Unreadable` where a column names what is never stored."""
    if forbidden := [shown(heading) for heading in headings if is_forbidden(heading)]:
        raise Unreadable(
            _(
                "The file has columns that we may not store: %(columns)s. CPR number, nationality, ethnicity, "
                "religion, country of birth, grounds for residence, health and the like do not belong here. "
                "Delete the columns from the file, and try again. Nothing was stored."
            )
            % {"columns": ", ".join(forbidden)}
        )


def understand(headings: Sequence[str]) -> Columns:
    """The file's columns. Raises `Unreadable` where one is forbidden, two mean the same, or nobody has a name."""
    refuse_forbidden(headings)
    found = Columns()
    for place, heading in enumerate(headings):
        one = FIELDS.get(fold(heading))
        if one is None:
            if heading.strip():
                found.ignored.append(shown(heading))
        elif one in found.places:
            first = shown(headings[found.places[one]])
            raise Unreadable(
                _("Two columns mean the same: %(first)s and %(second)s. Delete one of them, and try again.")
                % {"first": first, "second": shown(heading)}
            )
        else:
            found.places[one] = place
    if Field.NAME not in found.places and not {Field.FIRST_NAME, Field.LAST_NAME} <= found.places.keys():
        raise Unreadable(
            _("No column has the heading “Navn” (or “Fornavn” and “Efternavn”). The headings stand in the first row.")
        )
    return found


def is_forbidden(heading: str) -> bool:
    """Does the heading name what is never stored?"""
    whole = fold(heading)
    words = {fold(word) for word in heading.replace("-", " ").replace("/", " ").split()}
    return (
        whole.startswith("cpr")
        or any(word.startswith("cpr") for word in words)
        or any(part in whole for part in _FORBIDDEN_PARTS)
        or bool((words | {whole}) & _FORBIDDEN_WORDS)
    )


def shown(heading: str) -> str:
    text = " ".join(heading.split())
    return f"»{text[:60]}…«" if len(text) > 60 else f"»{text}«"
