"""Template filters: how amounts and days are written, in Danish and in English."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from bydelsmoedre.moment import COPENHAGEN, end_of_day
from bydelsmoedre.money import format_amount

register = template.Library()

_NO_BREAK = "\u00a0"


def _local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """A point in time as Copenhagen's clock shows it; a day is left alone."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return value.astimezone(COPENHAGEN)
    return value


@register.filter
def kroner(amount: Decimal | None) -> str:
    """`1.370.000 kr.`, never broken over two lines; nothing for an unknown amount, which is not 0."""
    return "" if amount is None else format_amount(amount, f"{_NO_BREAK}kr.")


@register.filter
def beloeb(amount: Decimal | None) -> str:
    """`1.370.000`: for a column whose heading says that it is in kroner."""
    return "" if amount is None else format_amount(amount, "")


@register.filter
def dato(value: dt.date | dt.datetime | None) -> str:
    """`31. december 2011`."""
    if value is None:
        return ""
    day_and_month = "j. F Y" if (translation.get_language() or "da").startswith("da") else "j F Y"
    return date_format(_local(value), day_and_month).replace(" ", _NO_BREAK)


@register.filter
def kort_dato(value: dt.date | dt.datetime | None) -> str:
    """`31.12.2011`, in both languages."""
    return "" if value is None else date_format(_local(value), "d.m.Y")


@register.filter
def tidspunkt(value: dt.datetime | None) -> str:
    """`31. december 2011 kl. 14.05`; the day alone where the whole day is meant."""
    if value is None:
        return ""
    local = value.astimezone(COPENHAGEN)
    if value == end_of_day(local.date()):
        return dato(local)
    clock = gettext("at %(time)s") % {"time": date_format(local, "H.i")}
    return f"{dato(local)} {clock}"


@register.filter
def registreret_senere(fact: Any) -> bool:
    """Was the fact recorded on a later day than it happened?"""
    return fact.happened_on is not None and fact.recorded_at.astimezone(COPENHAGEN).date() > fact.happened_on


@register.filter
def antal_opfyldt(criteria: Iterable[Any]) -> int:
    """How many of the criteria are met on the day that is asked about."""
    return sum(figure.is_met for figure in criteria)


@register.simple_tag(takes_context=True)
def side_link(context: template.Context, parameter: str, number: int) -> str:
    """The address of another page of a list, with everything else that was asked for kept."""
    query = context["request"].GET.copy()
    query[parameter] = str(number)
    return f"?{query.urlencode()}"
