"""Telling the participants: once when a day of a course is moved or cancelled, and the day before it is held.

What is sent is a message as all others are (`volunteers.messages`): each person gets it once at most. A reminder's
identity follows from the session, its day and its time, so that it is written once however often it is asked for; a
session that was moved is reminded of on its new day, and what waits to be sent about the old one is called off.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from training.attendance import expected
from training.models import Session
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
def tell_of_change(session: Session, before: Plan, *, by: Any) -> Message | None:
    """Write to whoever was expected that the session is moved, cancelled or held after all, in the transaction that
    saves it; None where nothing that concerns them has changed. Reminders of the old plan are called off."""
    now = Plan.of(session)
    if now == before:
        return None
    _call_off(session, before, by=by)
    identity = uuid5(session.uuid, f"change {session.events.latest('pgh_id').pk}")  # type: ignore[attr-defined]
    return _write(session, _texts(lambda: _changed(session, before, now)), identity, by=by)


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


# --- The day before


def remind(today: dt.date, *, is_trial: bool = False) -> list[tuple[Session, int]]:
    """Write the reminders of tomorrow's sessions, and give each session with how many are written to. What is
    cancelled is never announced."""
    sessions = Session.objects.filter(held_on=today + dt.timedelta(1), is_cancelled=False)
    found = sessions.select_related("course__curriculum__programme").order_by("course", "pk")
    return [(one, reached) for one in found if (reached := _remind(one.pk, is_trial=is_trial))]


@transaction.atomic
def _remind(pk: int, *, is_trial: bool) -> int:
    """Of one session, as it stands now: whoever cancels or moves it waits, or has done so and is heeded."""
    session = Session.objects.select_for_update(of=("self",)).select_related("course__curriculum__programme").get(pk=pk)
    if session.is_cancelled:
        return 0
    people = _people(session)
    if is_trial:
        return sum(not one.skipped for one in recipients(people, dict(settings.LANGUAGES)))
    identity = _reminder(session, Plan.of(session))
    if Message.objects.filter(uuid=identity).exists():
        return 0
    message = _write(session, _texts(lambda: _reminded(session)), identity, by=None)
    return message.deliveries.waiting().count() if message else 0


def _reminded(session: Session) -> Text:
    told = {"course": session.course.name, "when": Plan.of(session).words}
    return Text(
        (_("%(course)s: we meet tomorrow") % told)[:120],
        _("We meet tomorrow for “%(course)s”: %(when)s. Write or call if you cannot come.") % told,
    )


def _reminder(session: Session, plan: Plan) -> UUID:
    return uuid5(session.uuid, f"reminder {plan.held_on} {plan.starts_at}")


def _call_off(session: Session, before: Plan, *, by: Any) -> None:
    call_off(_reminder(session, before), by=by)


# --- Both


def _people(session: Session) -> Any:
    """Whoever is expected that day; at a make-up session those who need it."""
    return Volunteer.objects.filter(pk__in=[one.enrolment.volunteer_id for one in expected(session)])


def _write(session: Session, texts: dict[str, Text], identity: UUID, *, by: Any) -> Message | None:
    listed = recipients(_people(session), texts)
    if not listed:
        return None
    programme = session.course.curriculum.programme
    return write(programme, texts, listed, by=by, identity=identity, last_day=session.held_on)
