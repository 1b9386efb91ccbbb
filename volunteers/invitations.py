"""Invitations that are copied into an SMS or WhatsApp, beside what they invite to: mothers do not read e-mail.

The words are written in Danish, and in English too for who works in English: the languages that the interface has.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from bydelsmoedre.danish import klokken, ugedag
from volunteers.models import Gathering, Volunteer

DANISH = "da"


@dataclass(frozen=True, slots=True)
class Invitation:
    """A message in one language, ready to be copied."""

    language: str
    text: str


def written(words: Callable[[], str], spoken: Iterable[str] = ()) -> list[Invitation]:
    """The words in Danish, and in those other languages of ours that she works in."""
    offered = [DANISH, *(code for code, _name in settings.LANGUAGES if code != DANISH and code in set(spoken))]
    found = []
    for code in offered:
        with translation.override(code):
            # a phone counts letters: a space that does not break makes an SMS twice as long
            found.append(Invitation(code, words().replace("\u00a0", " ")))
    return found


def to_interview(volunteer: Volunteer, spoken: Iterable[str] = ()) -> list[Invitation]:
    """She is interested, and is invited to a talk."""

    def words() -> str:
        return _(
            "Hello %(name)s. Thank you for wanting to be a neighbourhood mother. We would like to meet you and tell "
            "you more. When does it suit you? Answer here, or call. Kind regards, %(programme)s"
        ) % {"name": first_name(volunteer), "programme": volunteer.programme.name}

    return written(words, spoken)


def to_talk(volunteer: Volunteer, spoken: Iterable[str] = ()) -> list[Invitation]:
    """She did not answer, or was promised another call."""

    def words() -> str:
        return _(
            "Hello %(name)s. We would like to talk with you. When may we call? Answer here, or call. Kind regards, "
            "%(programme)s"
        ) % {"name": first_name(volunteer), "programme": volunteer.programme.name}

    return written(words, spoken)


def to_course(
    name: str, day: dt.date, starts_at: dt.time | None, place: str, spoken: Iterable[str] = ()
) -> list[Invitation]:
    """To a day of a course, its first or another."""

    def words() -> str:
        told = {"course": name, "when": when(day, starts_at, place)}
        return _("Hello. We meet for the course “%(course)s” on %(when)s. Write if you cannot come.") % told

    return written(words, spoken)


def to_gathering(gathering: Gathering) -> list[Invitation]:
    """To a meeting of an association."""

    def words() -> str:
        told = {
            "meeting": gathering.get_kind_display(),
            "association": gathering.association.name,
            "when": when(gathering.planned_on, gathering.starts_at, gathering.place),
        }
        return (
            _("Hello. You are invited to the %(meeting)s of %(association)s on %(when)s. We look forward to it.") % told
        )

    return written(words)


def to_conversations(association: str, address: str) -> list[Invitation]:
    """To record conversations by her own link."""

    def words() -> str:
        told = {"association": association, "address": address}
        return _("Hello. Here you record your conversations for %(association)s. The link is yours: %(address)s") % told

    return written(words)


def when(day: dt.date, at: dt.time | None, place: str) -> str:
    """`mandag 7. marts kl. 17.00, Biblioteket`, as far as it is known."""
    told = ugedag(day)
    if at:
        told = _("%(day)s at %(time)s") % {"day": told, "time": klokken(at)}
    return f"{told}, {place}" if place else told


def first_name(volunteer: Volunteer) -> str:
    return (volunteer.name.split() or [""])[0]
