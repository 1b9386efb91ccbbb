"""Telling the participants: once when a day of a course is moved or cancelled or its place is another, and the day
before it is held.

What is sent is a message as all others are (`volunteers.messages`): each person gets it once at most. A reminder's
identity follows from the session, its day, its time and its place, so that it is written once however often it is asked
for; a session that was moved is reminded of on its new day, and what waits to be sent about the old plan is called off,
whether the participants are told of the change or not. Before each reminder is sent it is asked again whether it is
still true (`is_overtaken`): the plan may have been changed in any way.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bydelsmoedre.moment import today
from programme.models import Programme
from training.attendance import expected
from training.models import Course, Session
from volunteers.invitations import when
from volunteers.messages.recipients import recipients
from volunteers.messages.writing import Text, call_off, write
from volunteers.models import Message, Volunteer


@dataclass(frozen=True, slots=True)
class Plan:
    """When and where a session is to be held."""

    held_on: dt.date
    starts_at: dt.time | None
    is_cancelled: bool
    place: str

    @classmethod
    def of(cls, session: Session) -> Self:
        return cls(session.held_on, session.starts_at, session.is_cancelled, session.course.place)

    @property
    def words(self) -> str:
        return when(self.held_on, self.starts_at, self.place)


def _texts(words: Callable[[], Text]) -> dict[str, Text]:
    """In each of the interface's languages."""
    found = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found[code] = words()
    return found


# --- Moved or cancelled


@transaction.atomic
def tell_of_change(session: Session, before: Plan, *, by: Any, is_told: bool = True) -> Message | None:
    """Call off what waits to be sent of the old plan and, where it `is_told`, write to whoever was expected that the
    session is moved, cancelled or held after all: in the transaction that saves it. None where nothing is written."""
    now = Plan.of(session)
    if now == before:
        return None
    call_off(_reminder(session, before), by=by)
    if not is_told:
        return None
    programme = session.course.curriculum.programme
    texts = _texts(lambda: _changed(session, before, now))
    return _write(programme, _people([session]), texts, _change_of(session), by=by, last_day=session.held_on)


def _change_of(row: Any) -> UUID:
    """The identity of what is told of the latest change to a session or a course."""
    return uuid5(row.uuid, f"change {row.events.latest('pgh_id').pk}")


def _changed(session: Session, before: Plan, now: Plan) -> Text:
    course = session.course.name
    if now.is_cancelled:
        subject, body = _("%(course)s: cancelled"), _("The session of “%(course)s” on %(was)s is cancelled.")
    elif before.is_cancelled:
        subject, body = _("%(course)s: held after all"), _("The session of “%(course)s” is held after all: %(now)s.")
    else:
        subject, body = _("%(course)s: moved"), _("The session of “%(course)s” on %(was)s is moved. It is now %(now)s.")
    told = {"course": course, "was": before.words, "now": now.words}
    return Text((subject % told)[:120], body % told)


def to_come(course: Course) -> list[Session]:
    """The sessions that are still to be held, the next one first."""
    coming = Session.objects.filter(course=course, held_on__gte=today(), is_cancelled=False)
    return list(coming.select_related("course__curriculum__programme").order_by("held_on", "starts_at", "pk"))


@transaction.atomic
def tell_of_place(course: Course, before: str, *, by: Any, is_told: bool) -> Message | None:
    """The same where the course is held in another place from now on: one message to whoever is expected at any session
    to come."""
    coming = to_come(course)
    if course.place == before or not coming:
        return None
    for session in coming:
        call_off(_reminder(session, replace(Plan.of(session), place=before)), by=by)
    if not is_told:
        return None
    texts = _texts(lambda: _elsewhere(course, coming[0]))
    programme = course.curriculum.programme
    return _write(programme, _people(coming), texts, _change_of(course), by=by, last_day=coming[0].held_on)


def _elsewhere(course: Course, first: Session) -> Text:
    told = {
        "course": course.name,
        "place": course.place or _("not settled yet"),
        "when": when(first.held_on, first.starts_at, ""),
    }
    return Text(
        (_("%(course)s: another place") % told)[:120],
        _("“%(course)s” is held in another place. The place is now: %(place)s. We meet there next on %(when)s.") % told,
    )


# --- The day before


def remind(on: dt.date, *, is_trial: bool = False) -> list[tuple[Session, int]]:
    """Write the reminders of tomorrow's sessions, and give each session with how many are written to. What is
    cancelled is never announced."""
    sessions = Session.objects.filter(held_on=on + dt.timedelta(1), is_cancelled=False)
    found = sessions.select_related("course__curriculum__programme").order_by("course", "pk")
    return [(one, reached) for one in found if (reached := _remind(one.pk, is_trial=is_trial))]


@transaction.atomic
def _remind(pk: int, *, is_trial: bool) -> int:
    """Of one session, as it stands now: whoever cancels or moves it waits, or has done so and is heeded."""
    session = Session.objects.select_for_update(of=("self",)).select_related("course__curriculum__programme").get(pk=pk)
    if session.is_cancelled:
        return 0
    people = _people([session])
    if is_trial:
        return sum(not one.skipped for one in recipients(people, dict(settings.LANGUAGES)))
    identity = _reminder(session, Plan.of(session))
    if Message.objects.filter(uuid=identity).exists():
        return 0
    texts, programme = _texts(lambda: _reminded(session)), session.course.curriculum.programme
    message = _write(programme, people, texts, identity, by=None, last_day=session.held_on)
    return message.deliveries.waiting().count() if message else 0


def _reminded(session: Session) -> Text:
    told = {"course": session.course.name, "when": Plan.of(session).words}
    return Text(
        (_("%(course)s: we meet tomorrow") % told)[:120],
        _("We meet tomorrow for “%(course)s”: %(when)s. Write or call if you cannot come.") % told,
    )


def _reminder(session: Session, plan: Plan) -> UUID:
    return uuid5(session.uuid, f"reminder {plan.held_on} {plan.starts_at} {plan.place}")


def is_overtaken(message: Message) -> bool:
    """Is it a reminder of a session that is no longer held as the reminder says? Asked of each before it is sent.
    Reminders are what the system itself writes that is not sent after a day, and each names one plan of one session."""
    if message.sent_by_id is not None or message.last_day is None:
        return False
    held = Session.objects.filter(
        held_on=message.last_day, is_cancelled=False, course__curriculum__programme=message.programme_id
    )
    return message.uuid not in {_reminder(one, Plan.of(one)) for one in held.select_related("course")}


# --- Both


def _people(sessions: Sequence[Session]) -> Any:
    """Whoever is expected on one of these days; at a make-up session those who need it."""
    return Volunteer.objects.filter(pk__in={who.enrolment.volunteer_id for one in sessions for who in expected(one)})


def _write(
    programme: Programme, people: Any, texts: dict[str, Text], identity: UUID, *, by: Any, last_day: dt.date
) -> Message | None:
    listed = recipients(people, texts)
    return write(programme, texts, listed, by=by, identity=identity, last_day=last_day) if listed else None
