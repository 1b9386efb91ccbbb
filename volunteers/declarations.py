"""Which declarations are asked of whom, and from which day. The one definition, in SQL for many and in Python for one;
a test holds them together.

Confidentiality, the duty to report and the privacy information are asked of whoever takes part in a training, once its
first module has been held, and of whoever holds a role as a mother or coordinator, from the role's first day. Of the
latter the child-protection check too, since the law of today came (`CHILD_CHECK_FROM`): not required, or asked for and
assessed. It is assessed anew after `CHILD_CHECK_MONTHS`. Consent to photos is hers to give or not, and asked of nobody.
"""

import calendar
import datetime as dt
from collections.abc import Iterable
from enum import IntFlag
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from volunteers.models import Declaration

Kind = Declaration.Kind

#: Asked of everybody, in the order of the welcome's sheet.
REQUIRED = (Kind.CONFIDENTIALITY, Kind.DUTY_TO_REPORT, Kind.PRIVACY_INFORMATION)
#: What a welcome at the first module records.
AT_WELCOME = (*REQUIRED, Kind.PHOTO_CONSENT)
#: What is known of the child-protection check: never its content.
CHECKS = (Kind.CHECK_NOT_REQUIRED, Kind.CHECK_ASKED, Kind.CHECK_ASSESSED)

#: A check that was asked for so many days ago and is not assessed is asked about.
ANSWER_WITHIN = 60

#: What each is about, in a word.
ABOUT: dict[str, Any] = {
    Kind.CONFIDENTIALITY: pgettext_lazy("declaration", "Confidentiality"),
    Kind.DUTY_TO_REPORT: pgettext_lazy("declaration", "Duty to report"),
    Kind.PRIVACY_INFORMATION: pgettext_lazy("declaration", "Personal data"),
    Kind.PHOTO_CONSENT: pgettext_lazy("declaration", "Photos"),
}
#: What each says, on the screen and on the paper that is signed.
WORDS: dict[str, Any] = {
    Kind.CONFIDENTIALITY: gettext_lazy(
        "I keep to myself what families tell me and what I see at their homes, also after I have left."
    ),
    Kind.DUTY_TO_REPORT: gettext_lazy(
        "I have been told of the duty to report: where I learn that a child or a young person lives in conditions that "
        "are harmful, the municipality is to know. The coordinator helps me."
    ),
    Kind.PRIVACY_INFORMATION: gettext_lazy(
        "I have been given the information on what is stored about me, why, for how long, and which rights I have."
    ),
    Kind.PHOTO_CONSENT: gettext_lazy(
        "I consent to photos of me being taken and used by the neighbourhood mothers. I can withdraw it at any time, "
        "and nothing depends on it."
    ),
}


class Lack(IntFlag):
    """What somebody lacks on a day."""

    CONFIDENTIALITY = 1
    DUTY_TO_REPORT = 2
    PRIVACY_INFORMATION = 4
    CHECK = 8
    CHECK_UNANSWERED = 16
    CHECK_OLD = 32


_OF: dict[str, Lack] = {
    Kind.CONFIDENTIALITY: Lack.CONFIDENTIALITY,
    Kind.DUTY_TO_REPORT: Lack.DUTY_TO_REPORT,
    Kind.PRIVACY_INFORMATION: Lack.PRIVACY_INFORMATION,
}
_CHECKED_SINCE = f"(%(on)s::date - interval '{settings.CHILD_CHECK_MONTHS} months')::date"
_DAY = "%(on)s::date"


def _declared(who: str, kind: str, more: str = "") -> str:
    """Of her, or of somebody who was merged into her. Asked apart, so that PostgreSQL finds the one by the index."""
    such = f"d.kind = '{kind}' and holds(d) and known(d){more}"
    return (
        f"(exists (select from volunteers_declaration d where d.volunteer_id = {who} and {such}) "
        "or exists (select from volunteers_sameperson k "
        f"join volunteers_declaration d on d.volunteer_id = k.duplicate_id where k.kept_id = {who} and known(k) "
        f"and {such}))"
    )


def required_sql(who: str) -> str:
    """What the person whose id stands in the column `who` lacks of what is asked of everybody, as a number of `Lack`.
    Parameters: `on`, `known_at`."""
    return " + ".join(f"case when {_declared(who, kind)} then 0 else {lack.value} end" for kind, lack in _OF.items())


def check_sql(who: str) -> str:
    """The same of the child-protection check."""
    is_new = f" and d.started_on > {_CHECKED_SINCE}"
    is_awaited = f" and d.started_on >= {_DAY} - {ANSWER_WITHIN}"
    return f"""case when {_DAY} < date '{settings.CHILD_CHECK_FROM}' then 0
      when {_declared(who, Kind.CHECK_NOT_REQUIRED)} or {_declared(who, Kind.CHECK_ASSESSED, is_new)}
        or {_declared(who, Kind.CHECK_ASKED, is_awaited)} then 0
      when {_declared(who, Kind.CHECK_ASSESSED)} then {Lack.CHECK_OLD.value}
      when {_declared(who, Kind.CHECK_ASKED)} then {Lack.CHECK_UNANSWERED.value}
      else {Lack.CHECK.value} end"""


def lacks(declared: Iterable[Declaration], on: dt.date, *, acts: bool) -> Lack:
    """What one person lacks on a day, of her known declarations; `acts`: does she hold a role?"""
    holding = [one for one in declared if one.is_active(on)]
    kinds = {one.kind for one in holding}
    lacking = Lack(0)
    for kind, lack in _OF.items():
        if kind not in kinds:
            lacking |= lack
    return lacking | _check_lacks(holding, on) if acts else lacking


def _check_lacks(holding: list[Declaration], on: dt.date) -> Lack:
    kinds = {one.kind for one in holding}
    since = [one.started_on for one in holding if one.kind == Kind.CHECK_ASSESSED]
    asked = [one.started_on for one in holding if one.kind == Kind.CHECK_ASKED]
    is_assessed = any(day > _checked_since(on) for day in since)
    is_awaited = any(day >= on - dt.timedelta(ANSWER_WITHIN) for day in asked)
    if on < settings.CHILD_CHECK_FROM or Kind.CHECK_NOT_REQUIRED in kinds or is_assessed or is_awaited:
        return Lack(0)
    return Lack.CHECK_OLD if since else Lack.CHECK_UNANSWERED if asked else Lack.CHECK


def _checked_since(on: dt.date) -> dt.date:
    """So many months before, as PostgreSQL reckons: 31 March less one month is the last day of February."""
    year, month = divmod(on.year * 12 + on.month - 1 - settings.CHILD_CHECK_MONTHS, 12)
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))


def in_words(lacking: int) -> str:
    """“Lacks: confidentiality, privacy information. The child-protection check …”."""
    named = {
        Lack.CONFIDENTIALITY: _("confidentiality"),
        Lack.DUTY_TO_REPORT: _("duty to report"),
        Lack.PRIVACY_INFORMATION: _("privacy information"),
        Lack.CHECK: _("child-protection check"),
    }
    words = ", ".join(words for lack, words in named.items() if lacking & lack)
    told = [_("Declarations missing: %(kinds)s") % {"kinds": words}] if words else []
    if lacking & Lack.CHECK_UNANSWERED:
        told.append(_("The child-protection check was asked for and is not assessed"))
    if lacking & Lack.CHECK_OLD:
        months = settings.CHILD_CHECK_MONTHS
        said = ngettext(
            "The child-protection check is more than %(months)s month old",
            "The child-protection check is more than %(months)s months old",
            months,
        )
        told.append(said % {"months": months})
    return ". ".join(told)
