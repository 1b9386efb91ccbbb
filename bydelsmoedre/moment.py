"""When a question is asked: a day, and what was known of it."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

#: "As we know it now": later than any fact can have been recorded, so that one and the same query serves
#: both "now" and "as known then", and no clock of a web server is compared with the database's.
ALWAYS = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)


def today() -> dt.date:
    """The day that pages open at: Copenhagen's calendar, or the demonstration's fixed day."""
    return settings.DEMO_TODAY or timezone.localdate(timezone=COPENHAGEN)


def calendar_today() -> dt.date:
    """The real day in Copenhagen: no fact may have happened after it."""
    return timezone.localdate(timezone=COPENHAGEN)


def end_of_month(day: dt.date) -> dt.date:
    """The last day of the day's month."""
    following = (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return following - dt.timedelta(days=1)


def end_of_day(day: dt.date) -> dt.datetime:
    """The first instant after `day` in Copenhagen less one microsecond: a `known_at` given as a date."""
    following = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), tzinfo=COPENHAGEN)
    return following.astimezone(dt.UTC) - dt.timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Moment:
    """What was true on the day `on`, as it was known at `known_at` (`ALWAYS`: as we know it now)."""

    on: dt.date = field(default_factory=today)
    known_at: dt.datetime = ALWAYS

    def __post_init__(self) -> None:
        if isinstance(self.on, dt.datetime) or not isinstance(self.on, dt.date):
            raise TypeError("Moment.on is a date, without a time of day.")
        if self.known_at.tzinfo is None:
            raise ValueError("Moment.known_at needs a time zone.")

    @property
    def is_known_now(self) -> bool:
        """Is the question asked with everything that we know now?"""
        return self.known_at == ALWAYS

    def on_day(self, day: dt.date) -> "Moment":
        """The same knowledge, asked of another day."""
        return Moment(day, self.known_at)
