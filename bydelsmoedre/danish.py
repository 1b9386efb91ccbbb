"""How amounts and days are written, in Danish and in English: the filters of the pages."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import gettext

from bydelsmoedre.moment import COPENHAGEN, end_of_day
from bydelsmoedre.money import format_amount

_NO_BREAK = "\u00a0"


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """A point in time as Copenhagen's clock shows it; a day is left alone."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return value.astimezone(COPENHAGEN)
    return value


def kroner(amount: Decimal | None) -> str:
    """`1.370.000 kr.`, never broken over two lines; nothing for an unknown amount, which is not 0."""
    return "" if amount is None else format_amount(amount, f"{_NO_BREAK}kr.")


def beloeb(amount: Decimal | None) -> str:
    """`1.370.000`: for a column whose heading says that it is in kroner."""
    return "" if amount is None else format_amount(amount, "")


def procent(share: Decimal | None) -> str:
    """`−92,6 %`, a share in per cent with one decimal; a dash where there is nothing to hold it against."""
    return "–" if share is None else f"{share:.1f}{_NO_BREAK}%".replace(".", ",").replace("-", "\u2212")


def tal(number: Decimal | float) -> str:
    """“24” and “1,5”: as many decimals as it has."""
    return f"{float(number):g}".replace(".", ",")


def dato(value: dt.date | dt.datetime | None) -> str:
    """`31. december 2011`."""
    if value is None:
        return ""
    day = _local(value)
    point = "." if (translation.get_language() or "da").startswith("da") else ""
    return f"{day.day}{point}{_NO_BREAK}{MONTHS[day.month]}{_NO_BREAK}{day.year}"


def ugedag(value: dt.date) -> str:
    """`mandag 14. november`: a day of this year."""
    point = "." if (translation.get_language() or "da").startswith("da") else ""
    return f"{WEEKDAYS[value.weekday()]} {value.day}{point}{_NO_BREAK}{MONTHS[value.month]}"


def maaned(value: dt.date) -> str:
    """`november 2011`."""
    return f"{MONTHS[value.month]}{_NO_BREAK}{value.year}"


def klokken(value: dt.time | None) -> str:
    """`17.00`; nothing where the time is not known."""
    return "" if value is None else f"{value:%H.%M}"


def kort_dato(value: dt.date | dt.datetime | None) -> str:
    """`31.12.2011`, in both languages."""
    if value is None:
        return ""
    day = _local(value)
    return f"{day.day:02}.{day.month:02}.{day.year}"


def tidspunkt(value: dt.datetime | None) -> str:
    """`31. december 2011 kl. 14.05`; the day alone where the whole day is meant."""
    if value is None:
        return ""
    local = value.astimezone(COPENHAGEN)
    if value == end_of_day(local.date()):
        return dato(local)
    clock = gettext("at %(time)s") % {"time": f"{local:%H.%M}"}
    return f"{dato(local)} {clock}"


def registreret_senere(fact: Any) -> bool:
    """Was the fact recorded on a later day than it happened?"""
    return fact.happened_on is not None and fact.recorded_at.astimezone(COPENHAGEN).date() > fact.happened_on


def antal_opfyldt(criteria: Iterable[Any]) -> int:
    """How many of the criteria are met on the day that is asked about."""
    return sum(figure.is_met for figure in criteria)
