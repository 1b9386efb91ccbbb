"""What a person has declared and been told, as her page shows it: what is recorded, and plainly what is missing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from volunteers.models import Declaration
from volunteers.recruitment import Standing

Kind = Declaration.Kind
#: Asked of everybody who acts for the programme; consent to photos is hers to give or not.
REQUIRED = (Kind.CONFIDENTIALITY, Kind.DUTY_TO_REPORT, Kind.PRIVACY_INFORMATION)
CHECKS = (Kind.CHECK_NOT_REQUIRED, Kind.CHECK_ASKED, Kind.CHECK_ASSESSED)
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


def declaration_lines(
    declared: Sequence[Declaration], stands: Standing | None, on: dt.date, may_change: bool
) -> list[DeclarationLine]:
    """Every kind that matters for who stands so, in the order of the welcome's sheet."""
    latest = {one.kind: one for one in sorted(declared, key=lambda one: one.started_on)}
    is_active = stands in ACTIVE
    lines = [_line(kind, latest.get(kind), on, may_change, is_asked=is_active) for kind in REQUIRED]
    lines.append(_line(Kind.PHOTO_CONSENT, latest.get(Kind.PHOTO_CONSENT), on, may_change, is_asked=False))
    checks = [_line(kind, latest[kind], on, may_change, is_asked=is_active) for kind in CHECKS if kind in latest]
    return lines + (checks or [_absent(_("child-protection check"), is_asked=is_active)])


def _line(
    kind: Kind, declared: Declaration | None, on: dt.date, may_change: bool, *, is_asked: bool
) -> DeclarationLine:
    if declared is None:
        return _absent(kind.label, is_asked=is_asked)
    may = may_change and declared.is_current
    retract_url = url("reports:retract", "erklaering", declared.uuid) if may else ""
    if declared.ended_on and declared.ended_on <= on:
        return DeclarationLine(kind.label, "waived", _("Withdrawn"), declared, retract_url)
    is_photo = kind == Kind.PHOTO_CONSENT and declared.ended_on is None
    withdraw_url = url("volunteers:withdraw_photos", declared.uuid) if may and is_photo else ""
    return DeclarationLine(kind.label, "met", _("Recorded"), declared, retract_url, withdraw_url)


def _absent(words: Any, *, is_asked: bool) -> DeclarationLine:
    return (
        DeclarationLine(words, "missed", _("Missing"))
        if is_asked
        else DeclarationLine(words, "not_yet", _("Not recorded"))
    )
