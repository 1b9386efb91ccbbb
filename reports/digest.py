"""The overview by e-mail: what a user's I dag and Overblik say, as a letter. It names no person: a mail lies about in
inboxes, so what is about persons is counted, and the page that names them is a login away."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, klokken, kort_dato, kroner, maaned, ugedag
from bydelsmoedre.moment import Moment
from programme.access import Standing
from programme.models import Programme
from reports import agenda, findings
from reports.calendars import entries
from reports.figures.counts import counts
from reports.figures.criteria import criteria, running
from reports.figures.finances import budget
from reports.figures.shapes import CriterionFigure
from reports.labels import Named, names_for

#: What is called by its name in a letter: nothing about persons, and no words that somebody has written of them.
NAMED = frozenset(
    [
        "association",
        "document",
        "agreement",
        "organisation",
        "meeting",
        "indicator",
        "risk",
        "milestone",
        "criterion",
        "line",
        "curriculum",
        "course",
        "session",
        "gathering",
        "prospect",
    ]
)
#: So many of a kind are named; all are counted.
MOST = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail's subject and its text, in lines."""

    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who gets the overview, and of what: a programme, or within one the associations that she coordinates."""

    user: Any
    programme: Programme
    associations: tuple[Association, ...] | None = None

    @property
    def is_monthly(self) -> bool:
        return self.associations is not None

    def days(self, on: dt.date) -> tuple[dt.date, dt.date]:
        """The first and the last day of the week, or of a local coordinator's month."""
        if self.is_monthly:
            return on.replace(day=1), on.replace(day=calendar.monthrange(on.year, on.month)[1])
        monday = on - dt.timedelta(on.weekday())
        return monday, monday + dt.timedelta(6)


def letter_to(one: Addressee, on: dt.date) -> Letter:
    """The overview as of the day; its language is the one that is active."""
    first, _last = one.days(on)
    moment = Moment(on)
    request = SimpleNamespace(user=one.user, standing=Standing(one.user, one.programme.pk))
    measured = [] if one.is_monthly else criteria(one.programme, moment)
    listed = [] if one.is_monthly else agenda.agenda(one.programme, moment, measured)
    sections = [
        (_("Where we are"), [] if one.is_monthly else [*_figures(one.programme, moment, measured)]),
        (_("This month") if one.is_monthly else _("This week"), [*_planned(one, on)]),
        (_("Due within a fortnight"), [*_due(listed, request)]),
        (_("Waiting"), [*_waiting(listed)]),
        (_("Needs attention"), [*_findings(one, moment, measured, request)]),
    ]
    told = [f"{title}\n" + "\n".join(lines) for title, lines in sections if lines]
    if one.is_monthly:
        subject = _("Overview of %(month)s: %(programme)s") % {"month": maaned(first), "programme": one.programme}
    else:
        week = first.isocalendar().week
        subject = _("Overview of week %(week)s: %(programme)s") % {"week": week, "programme": one.programme}
    opening = _("As of %(day)s.") % {"day": dato(on)}
    nothing = [] if told else [_("Nothing is planned, and nothing needs attention.")]
    see = _("See more and do something about it: %(address)s") % {"address": _site("reports:today")}
    # A name may hold more than one line; a subject is one.
    return Letter(" ".join(subject.split()), "\n\n".join([opening, *told, *nothing, see]))


def _figures(programme: Programme, moment: Moment, found: Sequence[CriterionFigure]) -> Iterator[str]:
    """The figures of Overblik, each by its one definition."""
    for one in found:
        met = _("met") if one.is_met else _("not met")
        if one.is_number:
            reached = _("%(number)s of %(target)s") % {"number": one.value, "target": one.target}
            yield f"{one.number}. {one.name}: {reached}, {met}"
        else:
            yield f"{one.number}. {one.name}: {met}"
    counted = counts(programme, moment, running=running(found))
    for label, number in (
        (_("Associations in operation"), counted.associations_running),
        (_("Valid course certificates"), counted.certificates),
        (_("New mothers with a diploma"), counted.new_mothers),
        (_("Conversations"), counted.conversations),
        (_("Meetings of the steering group"), counted.meetings),
    ):
        yield f"{label}: {number}"
    if money := budget(programme, moment):
        labels = {"budgeted": _("Budget"), "spent": _("Spent"), "committed": _("Committed"), "rest": _("Rest")}
        yield ", ".join(f"{label}: {kroner(getattr(money, name))}" for name, label in labels.items())


def _planned(one: Addressee, on: dt.date) -> Iterator[str]:
    """What is planned from today to the end of the week or month."""
    _first, last = one.days(on)
    for found in entries(one.user, on, last, programme=one.programme):
        # Its themes are what somebody has written about the work of persons.
        entry = replace(found, title=_("Supervision")) if found.kind == "supervision" else found
        told = {"day": ugedag(entry.day), "time": klokken(entry.starts_at), "what": entry.words}
        yield "- " + (_("%(day)s at %(time)s: %(what)s") if entry.starts_at else _("%(day)s: %(what)s")) % told


def _due(listed: Iterable[agenda.Entry], request: Any) -> Iterator[str]:
    found = [entry for entry in listed if entry.part == agenda.DUE]
    named = _named([(entry.about, entry.uuid) for entry in found], request)
    for entry in found:
        what = named.get((entry.about, entry.uuid))
        words = str(_DUE_WORDS.get(entry.code) or agenda.words_of(entry))
        yield f"- {kort_dato(entry.day)}: " + (f"{what} ({words})" if what else words)


#: What falls due, where the page tells it in words that somebody has written.
_DUE_WORDS = {
    "action": gettext_lazy("An action point"),
    "prospect": gettext_lazy("The next step"),
    "milestone": gettext_lazy("Milestone"),
}


def _waiting(listed: Iterable[agenda.Entry]) -> Iterator[str]:
    found = [entry for entry in listed if entry.part == agenda.WAITING]
    for code in dict.fromkeys(entry.code for entry in found):
        number = next(entry.total for entry in found if entry.code == code)
        yield "- " + {
            "candidate": ngettext(
                "%(number)s candidate waits for an answer", "%(number)s candidates wait for an answer", number
            ),
            "reallocation": ngettext(
                "%(number)s reallocation waits for the funders’ answer",
                "%(number)s reallocations wait for the funders’ answer",
                number,
            ),
        }[code] % {"number": number}


def _findings(one: Addressee, moment: Moment, measured: Sequence[CriterionFigure], request: Any) -> Iterator[str]:
    """Of each kind how many, and the oldest by name where they are not about persons; without what waits."""
    found = findings.found(
        one.programme,
        moment,
        codes=findings.codes_for(request.standing),
        associations=one.associations,
        measured=measured,
        waiting=findings.Waiting.LEFT_OUT,
    )
    named = _named(findings.wanted(found), request)
    for code in dict.fromkeys(finding.kind.code for finding in found):
        of_kind = [finding for finding in found if finding.kind.code == code]
        kind, total = of_kind[0].kind, of_kind[0].total
        told = [finding for finding in of_kind[:MOST] if (finding.about, finding.uuid) in named]
        for finding in told:
            yield f"- {named[finding.about, finding.uuid]}: {kind.why(finding.number)}"
        if not told:
            yield f"- {kind.action}: {total}"
        elif total > len(told):
            more = total - len(told)
            yield "  " + ngettext("and %(number)s more", "and %(number)s more", more) % {"number": more}


def _named(wanted: list[tuple[str, Any]], request: Any) -> Named:
    return names_for([(about, uuid) for about, uuid in wanted if about in NAMED], request)


def _site(name: str, *arguments: Any) -> str:
    return settings.SITE_URL.rstrip("/") + url(name, *arguments)
