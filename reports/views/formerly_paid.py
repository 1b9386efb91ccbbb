"""The transition of the formerly paid: what they answer, who is active, against what was expected."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest
from reports.figure_words import ANSWER_WORDS, percent
from reports.figures.conversations import released
from reports.figures.formerly_paid import ANSWERS, FormerlyPaid, formerly_paid
from reports.moments import Asked, ask
from reports.told_persons import paid_told
from reports.views.behind import PAID
from reports.views.funnel import Number, people_url
from volunteers.models import Transition


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the bar of all: an answer."""

    answer: str
    label: str
    number: Number
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Expected:
    """The span that was expected to go on, on the same scale as the bar, in per cent."""

    low: int
    high: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class MonthLine:
    """So many months after the yes: active, not active, the day has not come; and the share of those due."""

    months: int
    numbers: list[Number]
    share: str


@require_safe
def formerly_paid_page(request: StandingRequest) -> HttpResponse:
    """The formerly paid at a Moment; for the municipality totals as they are released."""
    standing: Any = request.standing
    if standing.programme is None:
        raise PermissionDenied
    asked = ask(request, standing.programme)
    may_see = standing.may_see_persons
    moment = asked.moment if may_see else released(asked.moment)
    figure = formerly_paid(standing.programme, moment)
    shown = _shown(asked, figure) if may_see else _told(figure, moment)
    return render(request, "volunteers/formerly_paid.html", asked.context() | {"figure": figure} | shown)


def _shown(asked: Asked, figure: FormerlyPaid) -> dict[str, Any]:
    of = max(figure.total or 0, figure.persons)
    counts = {answer: figure.count(answer) for answer in ANSWERS}
    numbers = {
        answer: Number(str(count), people_url(asked, f"{PAID}-answer-{answer}") if count else "")
        for answer, count in counts.items()
    }
    return {
        "parts": _parts(counts | {"unanswered": counts["unanswered"] + figure.unrecorded}, numbers, of),
        "expected": _expected(figure, of),
        "verdict": _verdict(figure),
        # a programme that had no paid mothers has no such projects
        "projects": _projects(figure) if figure.total is not None or figure.persons else [],
        "active": [
            Number(str(count), people_url(asked, f"{PAID}-active-{answer}") if count else "")
            for answer, count in figure.active.items()
        ],
        "months": [_month(asked, one) for one in figure.milestones],
        "headings": [capfirst(str(ANSWER_WORDS[answer])) for answer in ANSWERS],
        "released_until": None,
    }


def _parts(counts: dict[str, int], numbers: dict[str, Number], of: int) -> list[Part]:
    parts, start = [], 0.0
    for answer, count in counts.items():
        width = round(100 * count / of, 2) if of else 0
        parts.append(Part(answer, capfirst(str(ANSWER_WORDS[answer])), numbers[answer], start, width))
        start += width
    return parts


def _expected(figure: FormerlyPaid, of: int) -> Expected | None:
    if figure.expected is None or not of:
        return None
    low, high = figure.expected
    return Expected(low, high, round(100 * low / of, 2), round(100 * (high - low) / of, 2))


def _verdict(figure: FormerlyPaid) -> str:
    """How many go on, seen against the span: below, within or above."""
    if figure.expected is None:
        return ""
    low, high = figure.expected
    going_on = figure.count("continues")
    words = {"count": going_on, "low": low, "high": high, "more": low - going_on}
    if going_on < low:
        return _("%(count)s go on. %(low)s–%(high)s were expected, so %(more)s are missing.") % words
    if going_on > high:
        return _("%(count)s go on: more than the %(low)s–%(high)s who were expected.") % words
    return _("%(count)s go on: as many as expected (%(low)s–%(high)s).") % words


def _projects(figure: FormerlyPaid) -> list[tuple[str, list[int]]]:
    """The four projects in Danish order: their persons by answer, and all."""
    names = dict(Transition.Project.choices)
    rows = [
        (str(names[project]), [*(counted[one] for one in ANSWERS), sum(counted.values())])
        for project, counted in figure.projects.items()
    ]
    return sorted(rows, key=lambda row: danish_key(row[0]))


def _month(asked: Asked, one: Any) -> MonthLine:
    active = people_url(asked, f"{PAID}-active-after-{one.months}") if one.active else ""
    inactive = people_url(asked, f"{PAID}-inactive-after-{one.months}") if one.inactive else ""
    numbers = [Number(str(one.active), active), Number(str(one.inactive), inactive), Number(str(one.coming))]
    return MonthLine(one.months, numbers, percent(one.share))


# --- For the municipality


def _told(figure: FormerlyPaid, moment: Moment) -> dict[str, Any]:
    """Totals in words. A bar is drawn only where every part of it is told."""
    told = paid_told(figure)
    answers = figure.answers
    is_whole = answers.undecided is not None and (told.answers.yes, told.answers.no, told.answers.undecided) == (
        str(answers.yes),
        str(answers.no),
        str(answers.undecided),
    )
    counts = {"continues": answers.yes, "undecided": answers.undecided or 0, "no": answers.no}
    words = {"continues": told.answers.yes, "undecided": told.answers.undecided or "?", "no": told.answers.no}
    of = (figure.total or 0) if is_whole else 0
    return {
        "parts": _parts(counts, {answer: Number(text) for answer, text in words.items()}, of),
        "expected": _expected(figure, of),
        "verdict": _verdict(figure) if told.answers.yes == str(answers.yes) else "",
        "projects": [],
        "active": [],
        "months": [MonthLine(months, [Number(text) for text in texts], "") for months, texts in told.milestones],
        "headings": [],
        "released_until": moment.on,
    }
