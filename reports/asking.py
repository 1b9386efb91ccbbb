"""Reading a Moment from what somebody wrote: an address, a form or a command."""

import datetime as dt
import re

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from bydelsmoedre.moment import ALWAYS, COPENHAGEN, Moment, end_of_day, today
from programme.models import Programme

_DANISH_DATE = re.compile(r"^(\d{1,2})[.\-/](\d{1,2})[.\-/](\d{4})$")


def read_date(text: str) -> dt.date:
    """A date as `2011-12-31`, `31.12.2011` or `31-12-2011`. Raises `ValueError` with a Danish message."""
    cleaned = text.strip()
    try:
        if found := _DANISH_DATE.match(cleaned):
            day, month, year = map(int, found.groups())
            return dt.date(year, month, day)
        return dt.date.fromisoformat(cleaned)
    except ValueError as error:
        raise ValueError(_("“%(text)s” is not a date.") % {"text": cleaned[:40]}) from error


def opening_day(programme: Programme | None) -> dt.date:
    """The day that pages open at: today, but a finished programme opens at its deadline."""
    day = today()
    return min(day, programme.deadline) if programme else day


def read_on(text: str, programme: Programme | None) -> dt.date:
    """The day asked of; empty means the opening day."""
    return read_date(text) if text.strip() else opening_day(programme)


def read_known_at(text: str) -> dt.datetime:
    """The time of knowledge: empty means now, a date means the end of that day in Copenhagen."""
    if not text.strip():
        return ALWAYS
    if "T" not in text and ":" not in text:
        day = read_date(text)
        return ALWAYS if day.year > 9998 else end_of_day(day)
    try:
        found = parse_datetime(text.strip().replace(" ", "+") if "T" in text else text.strip())
    except ValueError:
        found = None
    if found is None:
        raise ValueError(_("“%(text)s” is not a date and time.") % {"text": text[:40]})
    return _in_range(found if found.tzinfo else found.replace(tzinfo=COPENHAGEN), text)


def _in_range(found: dt.datetime, text: str) -> dt.datetime:
    """The same instant; the last year is ever after, and what falls before the calendar begins is no time."""
    if found.year > 9998:
        return ALWAYS
    try:
        return found.astimezone(dt.UTC)
    except OverflowError as error:
        raise ValueError(_("“%(text)s” is not a date and time.") % {"text": text[:40]}) from error


def is_present(moment: Moment, programme: Programme | None) -> bool:
    """Does what lacks at this Moment lack still? Of an earlier day, or as known then, it may be done long ago."""
    return moment.is_known_now and moment.on >= opening_day(programme)


def is_default(moment: Moment, programme: Programme | None) -> bool:
    """Is this the Moment that pages open at?"""
    return moment.is_known_now and moment.on == opening_day(programme)
