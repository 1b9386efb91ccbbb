"""The monthly sample of the access log: which readings are looked at by somebody, drawn by lot and always the same."""

import datetime as dt
import hashlib

from django.conf import settings
from django.db.models import QuerySet

from bydelsmoedre.moment import COPENHAGEN
from programme.models import Programme, Reading


def month_before(day: dt.date) -> dt.date:
    """The first day of the month before the one that `day` lies in."""
    return (day.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


def readings_in(programme: Programme, month: dt.date) -> QuerySet[Reading]:
    """The programme's readings in the calendar month that begins on `month`, as Copenhagen counts days."""
    following = (month.replace(day=1) + dt.timedelta(days=32)).replace(day=1)
    begins, ends = (dt.datetime.combine(day, dt.time(), tzinfo=COPENHAGEN) for day in (month.replace(day=1), following))
    return Reading.objects.filter(programme=programme, read_at__gte=begins, read_at__lt=ends)


def sample(programme: Programme, month: dt.date) -> list[Reading]:
    """The lot: `READINGS_SAMPLED` of the month's readings, those whose hash with the month is lowest. Nobody can choose
    what is drawn, and everybody who draws gets the same."""
    numbers = readings_in(programme, month).values_list("pk", "uuid").iterator()
    drawn = sorted((hashlib.sha256(f"{month:%Y-%m} {uuid}".encode()).digest(), pk) for pk, uuid in numbers)
    chosen = [pk for _lot, pk in drawn[: settings.READINGS_SAMPLED]]
    return list(Reading.objects.filter(pk__in=chosen).select_related("user", "check_of__checked_by").order_by("pk"))
