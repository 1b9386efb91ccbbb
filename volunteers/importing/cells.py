"""What a cell means. Each function takes a cell's text, and raises `ValidationError` with the reason."""

import datetime as dt
import re
import unicodedata
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import override

from bydelsmoedre.fields import DanishDateField
from bydelsmoedre.languages import LANGUAGES
from volunteers.importing.headings import fold
from volunteers.models import LanguageSkill, Membership

LONGEST = 1000  #: characters of a cell
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")

#: The roles by the words that offices use, besides the program's own.
_ROLES = {
    "bydelsmoder": Membership.Role.MOTHER,
    "koordinator": Membership.Role.COORDINATOR,
    "formand": Membership.Role.CHAIR,
    "forperson": Membership.Role.CHAIR,
    "kasserer": Membership.Role.TREASURER,
    "bestyrelsesmedlem": Membership.Role.BOARD_MEMBER,
    "suppleant": Membership.Role.SUBSTITUTE,
}
#: The words to choose among, as a file has them.
_WANTED = "bydelsmor, koordinator, formand, kasserer, bestyrelsesmedlem, suppleant"
_LANGUAGES = {"farsi": "fa", "somalisk": "so", "kurmandji": "kmr"}

_MIDNIGHT = re.compile(r"[ T]00:00(:00)?(\.0+)?$")
_SERIAL = re.compile(r"\d{5}$")
#: Excel counts days from here (it takes 1900 for a leap year).
_EXCEL_ZERO = dt.date(1899, 12, 30)
_DATE = DanishDateField(may_be_future=True, required=False)


def plain(text: str) -> str:
    """The text on one line, with single spaces."""
    if len(text) > LONGEST:
        raise ValidationError(_("The cell is too long."))
    if _NO_TEXT.search(text):
        raise ValidationError(_("The cell holds signs that are no text."))
    return " ".join(unicodedata.normalize("NFC", text).split())


def name(text: str) -> str:
    found = plain(text)
    if not found:
        raise ValidationError(_("There is no name."))
    if len(found) > 200:
        raise ValidationError(_("The name is too long."))
    if "\n" in text.strip() or "\r" in text.strip():
        raise ValidationError(_("The name goes over several lines. Is a quotation mark missing?"))
    if not any(letter.isalpha() for letter in found):
        raise ValidationError(_("This is no name."))
    return found


def email(text: str) -> str:
    found = plain(text).removeprefix("mailto:").lower()
    if found:
        validate_email(found)
    if len(found) > 254:
        raise ValidationError(_("The e-mail is too long."))
    return found


def digits_of(phone: str) -> str:
    """The eight digits of a Danish number, with or without +45; empty where it is none."""
    bare = re.sub(r"[\s().\-/]", "", phone).replace("\u2013", "")
    bare = bare.removeprefix("+45") if bare.startswith("+45") else bare.removeprefix("0045")
    if len(bare) == 10:
        bare = bare.removeprefix("45")
    return bare if re.fullmatch(r"[0-9]{8}", bare) else ""


def phone(text: str) -> str:
    """As `20 12 34 56`. Any eight digits: number ranges are not judged."""
    found = plain(text)
    if not found:
        return ""
    digits = digits_of(found)
    if not digits:
        raise ValidationError(_("A phone number has eight digits, with or without +45."))
    return " ".join(digits[place : place + 2] for place in range(0, 8, 2))


def postcode(text: str) -> str:
    """Four digits; the name of the town may follow."""
    found = re.fullmatch(r"(?:DK-?)?([0-9]{4})(?:\s+[^\d]*)?", plain(text)) if plain(text) else None
    if plain(text) and not found:
        raise ValidationError(_("A postcode has four digits."))
    return found[1] if found else ""


def day(text: str) -> dt.date | None:
    """`31.12.2011`, `31-12-2011`, `2011-12-31`, or the number that Excel counts days by."""
    found = _MIDNIGHT.sub("", plain(text))
    if _SERIAL.match(found):
        return _DATE.clean((_EXCEL_ZERO + dt.timedelta(int(found))).isoformat())
    return _DATE.clean(found)


def role(text: str) -> str:
    found = plain(text)
    if not found:
        return ""
    try:
        return roles()[fold(found)]
    except KeyError:
        raise ValidationError(_("There is no such role. Choose among %(roles)s.") % {"roles": _WANTED}) from None


def languages(text: str) -> list[tuple[str, str]]:
    """`arabisk; dansk (B2)` as codes with levels, each language once."""
    found: dict[str, str] = {}
    for part in re.split(r"[;,/\n]+", text):
        stated = plain(part)
        if not stated:
            continue
        named = re.fullmatch(r"([^()]+?)\s*(?:\(([^()]*)\))?", stated)
        code = language_names().get(fold(named[1])) if named else None
        if named is None or code is None:
            raise ValidationError(_("The language “%(language)s” is not on the list.") % {"language": stated[:60]})
        level = level_names().get(fold(named[2] or ""))
        if level is None:
            raise ValidationError(
                _("The level “%(level)s” is none of A1 to C2 or “modersmål”.") % {"level": named[2][:30]}
            )
        found[code] = found.get(code) or level
    return list(found.items())


@cache
def roles() -> dict[str, str]:
    with override("da"):
        return {fold(str(one.label)): one.value for one in Membership.Role} | {
            word: one.value for word, one in _ROLES.items()
        }


@cache
def language_names() -> dict[str, str]:
    with override("da"):
        return {fold(str(words)): code for code, words in LANGUAGES} | _LANGUAGES


@cache
def level_names() -> dict[str, str]:
    with override("da"):
        return {"": ""} | {fold(str(one.label)): one.value for one in LanguageSkill.Level}
