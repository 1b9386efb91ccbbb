"""What must never be stored: a CPR number, wherever somebody tries to write it."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# Six digits and four, or a date and, after a hyphen, four digits ("01.02.70-1234"). A date with a year, a postcode
# or a time after it is no CPR number, nor is a case number such as 2011-123456.
_TOGETHER = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?:[-–.\s]|\s[-–]\s)?\d{4}(?!\d)")
_AS_A_DATE = re.compile(r"(?<!\d)(\d\d)(?P<between>[-./\s])(\d\d)(?P=between)(\d\d)\s?[-–]\s?\d{4}(?!\d)")

# What a program has numbered may hold ten digits in a row by chance; nobody writes a person's number in it.
_UUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", re.IGNORECASE)


def refuse_cpr(text: str) -> None:
    """Raise `ValidationError` where `text` seems to hold a CPR number: a possible date and four digits."""
    words = _UUID.sub("", text or "")
    found = _TOGETHER.findall(words)
    found += [(day, month, year) for day, _between, month, year in _AS_A_DATE.findall(words)]
    for day, month, year in found:
        if _is_possible_date(int(day), int(month), int(year)):
            raise ValidationError(_("It looks like a CPR number. We may not store that."), code="cpr")


def hide_cpr(text: str) -> tuple[str, bool]:
    """The text without what seems to be a CPR number, and whether there was one."""
    is_hidden = False

    def hide(found: re.Match[str]) -> str:
        nonlocal is_hidden
        day, month, year = (part for part in found.groups() if part.isdigit() and len(part) == 2)
        if not _is_possible_date(int(day), int(month), int(year)):
            return found[0]
        is_hidden = True
        return "(…)"

    for pattern in (_TOGETHER, _AS_A_DATE):
        text = pattern.sub(hide, text)
    return text, is_hidden


def _is_possible_date(day: int, month: int, year: int) -> bool:
    try:
        dt.date(2000 + year, month, day)
    except ValueError:
        return False
    return True
