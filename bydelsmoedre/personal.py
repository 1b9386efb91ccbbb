"""What must never be stored: a CPR number, wherever somebody tries to write it."""

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

_CPR = re.compile(r"(?<!\d)(\d{2})(\d{2})(\d{2})[-\s.]?\d{4}(?!\d)")


def refuse_cpr(text: str) -> None:
    """Raise `ValidationError` where `text` holds what looks like a CPR number (a possible date and four digits)."""
    for day, month, year in _CPR.findall(text or ""):
        if _is_possible_date(int(day), int(month), int(year)):
            raise ValidationError(_("It looks like a CPR number. We may not store that."), code="cpr")


def _is_possible_date(day: int, month: int, year: int) -> bool:
    try:
        dt.date(2000 + year, month, day)
    except ValueError:
        return False
    return True
