"""The calendar: courses' sessions, associations' meetings and the bodies' meetings, as far as the reader may see them.

Plans, not facts: they are shown as they stand. No person is named in it.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from bydelsmoedre.moment import COPENHAGEN
from programme.models import Meeting, Programme
from training.models import Session, Supervision
from volunteers.models import Gathering

#: A calendar program is given what lies so many days back and ahead.
BACK, AHEAD = 90, 400
#: How long something without an end lasts.
LASTS = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that is planned."""

    kind: str
    uuid: UUID
    day: dt.date
    title: str
    place: str
    url: str
    starts_at: dt.time | None = None
    ends_at: dt.time | None = None
    is_cancelled: bool = False

    @property
    def words(self) -> str:
        """The title, which says first that it is cancelled."""
        return _("Cancelled: %(title)s") % {"title": self.title} if self.is_cancelled else self.title


def entries(user: Any, first: dt.date, last: dt.date, *, programme: Programme | None = None) -> list[Entry]:
    """What the user may see of what is planned between two days, by day and time; of one programme, or of all. Four
    queries."""
    days = (first, last)
    sessions = Session.objects.visible_to(user).filter(held_on__range=days).select_related("course")
    gatherings = Gathering.objects.visible_to(user).filter(planned_on__range=days).select_related("association")
    meetings = Meeting.objects.visible_to(user).filter(planned_on__range=days)
    supervision = Supervision.objects.visible_to(user).filter(planned_on__range=days)
    if programme:
        supervision = supervision.filter(programme=programme)
        sessions = sessions.filter(course__curriculum__programme=programme)
        gatherings = gatherings.filter(association__programme=programme)
        meetings = meetings.filter(programme=programme)
    found = [*map(_of_session, sessions), *map(_of_gathering, gatherings), *map(_of_meeting, meetings)]
    found += map(_of_supervision, supervision)
    return sorted(found, key=lambda one: (one.day, one.starts_at or dt.time.min, one.title, one.uuid))


def _of_session(one: Session) -> Entry:
    told = {"course": one.course.name, "number": one.module}
    title = (
        _("%(course)s, module %(number)s (make-up session)") if one.is_make_up else _("%(course)s, module %(number)s")
    )
    return Entry(
        "session",
        one.uuid,
        one.held_on,
        title % told,
        one.course.place,
        one.course.get_absolute_url(),
        one.starts_at,
        one.ends_at,
        one.is_cancelled,
    )


def _of_gathering(one: Gathering) -> Entry:
    title = f"{capfirst(one.get_kind_display())}, {one.association.name}"
    address = one.get_absolute_url()
    return Entry(
        "gathering", one.uuid, one.planned_on, title, one.place, address, one.starts_at, is_cancelled=one.is_cancelled
    )


def _of_meeting(one: Meeting) -> Entry:
    return Entry("meeting", one.uuid, one.planned_on, one.title, one.place, one.get_absolute_url(), one.starts_at)


def _of_supervision(one: Supervision) -> Entry:
    title = f"{_('Supervision')}: {one.themes}" if one.themes else _("Supervision")
    address = one.get_absolute_url()
    return Entry(
        "supervision", one.uuid, one.planned_on, title, one.place, address, one.starts_at, is_cancelled=one.is_cancelled
    )


def as_file(found: Iterable[Entry], *, name: str, address: Any) -> bytes:
    """The entries as an iCalendar file (RFC 5545), each at Copenhagen's time. `address` makes a page's path
    an address. Each keeps its identity, so that a program that fetches it again moves what was moved and strikes out
    what was cancelled."""
    calendar = Calendar()
    calendar.add("prodid", "-//Bydelsmødre//DA")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Europe/Copenhagen")
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for one in found:
        calendar.add_component(_event(one, address))
    return bytes(calendar.to_ical())


def _event(one: Entry, address: Any) -> Event:
    event = Event()
    event.add("uid", f"{one.kind}-{one.uuid}")
    event.add("dtstamp", dt.datetime.now(tz=dt.UTC))
    if one.starts_at:
        starts = dt.datetime.combine(one.day, one.starts_at, COPENHAGEN)
        ends = dt.datetime.combine(one.day, one.ends_at, COPENHAGEN) if one.ends_at else starts + LASTS
        event.add(
            "dtstart", starts.astimezone(dt.UTC)
        )  # every program reads this alike; it shows the reader's own time
        event.add("dtend", ends.astimezone(dt.UTC))
    else:
        event.add("dtstart", one.day)
        event.add("dtend", one.day + dt.timedelta(1))
    event.add("summary", one.words)
    if one.place:
        event.add("location", one.place)
    event.add("url", address(one.url))
    event.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    event.add("transp", "TRANSPARENT" if one.is_cancelled else "OPAQUE")
    return event
