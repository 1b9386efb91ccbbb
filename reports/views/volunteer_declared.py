"""What a person has declared and been told, as her page shows it: what is recorded, and plainly what is missing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from volunteers.declarations import CHECKS, REQUIRED, Lack, lacks
from volunteers.models import Declaration
from volunteers.recruitment import Standing

Kind = Declaration.Kind
#: Such a person acts for the programme, or will again after a pause.
ACTIVE = (Standing.MOTHER, Standing.COORDINATOR, Standing.PAUSED)


@dataclass(frozen=True, slots=True)
class DeclarationLine:
    """A kind of declaration: since when it stands, or that it does not."""

    words: Any
    shape: str  #: "met", "missed", "not_yet" or "waived"
    state: str
    declared: Declaration | None = None
    retract_url: str = ""
    withdraw_url: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """The declarations of one person on a day, as they are known then."""

    declared: Sequence[Declaration]
    on: dt.date
    stands: Standing | None
    takes_part: bool  #: in a course whose first day has come
    may_change: bool

    def lines(self) -> list[DeclarationLine]:
        """Every kind that matters for who stands so, in the order of the welcome's sheet."""
        latest = {one.kind: one for one in sorted(self.declared, key=lambda one: one.started_on)}
        lacking = self._lacking()
        lines = [self._line(kind, latest.get(kind), bool(lacking & Lack[kind.name])) for kind in REQUIRED]
        lines.append(self._line(Kind.PHOTO_CONSENT, latest.get(Kind.PHOTO_CONSENT)))
        checks = [self._check(latest[kind], lacking) for kind in CHECKS if kind in latest]
        return lines + (checks or [_absent(_("child-protection check"), is_asked=bool(lacking & Lack.CHECK))])

    def _lacking(self) -> Lack:
        acts = self.stands in ACTIVE
        return lacks(self.declared, self.on, acts=acts) if acts or self.takes_part else Lack(0)

    def _line(self, kind: Kind, declared: Declaration | None, is_lacking: bool = False) -> DeclarationLine:
        if declared is None:
            return _absent(kind.label, is_asked=is_lacking)
        if declared.ended_on and declared.ended_on <= self.on:
            return DeclarationLine(kind.label, "waived", _("Withdrawn"), declared, self._retract_url(declared))
        is_photo = kind == Kind.PHOTO_CONSENT and declared.ended_on is None
        may = self.may_change and declared.is_current and is_photo
        withdraw_url = url("volunteers:withdraw_photos", declared.uuid) if may else ""
        return DeclarationLine(
            kind.label, "met", self._state(kind), declared, self._retract_url(declared), withdraw_url
        )

    def _state(self, kind: Kind) -> str:
        """Confidentiality is kept for good."""
        if kind == Kind.CONFIDENTIALITY and self.stands == Standing.LEFT:
            return _("Recorded; holds after she left, too")
        return _("Recorded")

    def _check(self, declared: Declaration, lacking: Lack) -> DeclarationLine:
        state, shape = _("Recorded"), "met"
        if declared.kind == Kind.CHECK_ASSESSED and lacking & Lack.CHECK_OLD:
            state, shape = _("Too old: ask for a new one"), "missed"
        elif declared.kind == Kind.CHECK_ASKED and lacking & Lack.CHECK_UNANSWERED:
            state, shape = _("Not assessed yet"), "missed"
        return DeclarationLine(declared.get_kind_display(), shape, state, declared, self._retract_url(declared))

    def _retract_url(self, declared: Declaration) -> str:
        may = self.may_change and declared.is_current
        return url("reports:retract", "erklaering", declared.uuid) if may else ""


def _absent(words: Any, *, is_asked: bool) -> DeclarationLine:
    return (
        DeclarationLine(words, "missed", _("Missing"))
        if is_asked
        else DeclarationLine(words, "not_yet", _("Not recorded"))
    )
