"""Every figure of a programme at a Moment as one table: for the file that Overblik sends and for the administration.

The same figures as `manage.py status` prints, without the rows behind them.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato, tidspunkt
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import ZERO
from bydelsmoedre.spreadsheets import Cell, Sheet
from bydelsmoedre.suppression import small_count
from programme.models import Programme
from reports.figure_words import PLACE_WORDS, STAGE_WORDS
from reports.figures.conversations import released
from reports.figures.counts import counts
from reports.figures.criteria import counting_coordinators, figures, measures, running
from reports.figures.finances import budget
from reports.figures.formerly_paid import formerly_paid
from reports.figures.funnel import STAGES, funnel
from reports.figures.residence import GROUPS, PLACES, residence
from reports.figures.shapes import BudgetFigure, CountsFigure, CriterionFigure, TransitionFigure
from reports.municipality import (
    Answers,
    answers_released,
    answers_told,
    certificates_told,
    conversations_released,
    counting_at,
)
from reports.told_persons import funnel_told, living_told, paid_told

#: What is counted besides the criteria, the answers of the formerly paid apart.
COUNTS = ("associations_running", "certificates", "new_mothers", "conversations", "meetings")
#: What the municipality is told four times a year.
RELEASED = ("conversations", "transition.", "recruitment.", "residence.", "active_after.")


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure: a code that never changes, what it is called, and what it says."""

    code: str
    label: str
    value: Cell
    target: Cell = None
    unit: str = ""
    #: Where it is not of the day asked about, but of the last one that the municipality is told of.
    as_of: dt.date | None = None


def figure_lines(programme: Programme, moment: Moment, *, may_see_persons: bool) -> list[FigureLine]:
    """All figures, in the order in which Overblik tells them; few persons are told as such to the municipality."""
    criteria = figures(measures(programme, moment))
    counted = counts(programme, moment, running=running(criteria))
    told = {name: getattr(counted, name) for name in COUNTS} | _answers(counted.transition)
    if not may_see_persons:
        told |= _suppressed(counted, programme, moment, counting_coordinators(criteria))
    persons = _persons(programme, moment) if may_see_persons else _persons_told(programme, released(moment))
    lines = [*_criteria(criteria), *_counts(told), *_person_lines(persons), *_budget(budget(programme, moment))]
    if may_see_persons:
        return lines
    day = released(moment).on
    return [replace(line, as_of=day) if line.code.startswith(RELEASED) else line for line in lines]


def _persons(programme: Programme, moment: Moment) -> dict[str, Cell]:
    """The figures of persons, by code: recruitment, where they live, who of the formerly paid is active."""
    living = residence(programme, moment)
    reached = funnel(programme, moment).total.reached
    return (
        {f"recruitment.{stage}": number for stage, number in zip(STAGES, reached, strict=True)}
        | {f"residence.{who}.{place}": getattr(living, who).counts[place] for who in GROUPS for place in PLACES}
        | {f"active_after.{one.months}": one.active for one in formerly_paid(programme, moment).milestones}
    )


def _persons_told(programme: Programme, moment: Moment) -> dict[str, Cell]:
    """The same in words for the municipality, at the Moment that is released."""
    living = residence(programme, moment)
    counting = {"mothers": counting_at(programme, moment)}
    places = {who: living_told(getattr(living, who), counting.get(who)).counts for who in GROUPS}
    reached = funnel_told(funnel(programme, moment)).reached
    active = paid_told(formerly_paid(programme, moment)).milestones
    told: dict[str, Cell] = {f"recruitment.{stage}": word for stage, word in zip(STAGES, reached, strict=True)}
    told |= {f"residence.{who}.{place}": places[who][place] for who in GROUPS for place in PLACES}
    return told | {f"active_after.{months}": words[0] for months, words in active}


def _person_lines(told: dict[str, Cell]) -> Iterator[FigureLine]:
    groups = {"candidates": _("Candidates"), "mothers": _("Mothers and coordinators")}
    for code, value in told.items():
        figure, _point, of = code.partition(".")
        if figure == "recruitment":
            label = _("Recruitment: %(stage)s") % {"stage": STAGE_WORDS[of]}
        elif figure == "residence":
            who, _point, place = of.partition(".")
            label = f"{groups[who]}: {PLACE_WORDS[place]}"
        else:
            label = _("Formerly paid who goes on: active after %(months)s months") % {"months": of}
        yield FigureLine(code, label, value)


def _suppressed(counted: CountsFigure, programme: Programme, moment: Moment, counting: int | None) -> dict[str, Cell]:
    return {
        "certificates": certificates_told(counted.certificates, counting),
        "new_mothers": small_count(counted.new_mothers),
        "conversations": conversations_released(programme, moment),
    } | _answers(answers_told(answers_released(programme, moment)))


def _answers(told: TransitionFigure | Answers) -> dict[str, Cell]:
    return {f"transition.{name}": getattr(told, name) for name in ("yes", "no", "undecided")}


def figures_sheet(programme: Programme, moment: Moment, *, may_see_persons: bool) -> Sheet:
    """The figures as a file."""
    lines = figure_lines(programme, moment, may_see_persons=may_see_persons)
    known = _("now") if moment.is_known_now else tidspunkt(moment.known_at)
    return Sheet(
        title=_("Figures"),
        headings=[_("Figure"), _("Value"), _("Target"), _("Unit"), _("Code"), _("As of")],
        rows=[(line.label, line.value, line.target, line.unit, line.code, line.as_of or moment.on) for line in lines],
        about=[(_("Programme"), programme.name), (_("As of"), dato(moment.on)), (_("As we knew it on"), known)],
    )


def _criteria(criteria: list[CriterionFigure]) -> Iterator[FigureLine]:
    for figure in criteria:
        code = f"criterion.{figure.key}"
        if figure.is_number:
            yield FigureLine(code, figure.name, figure.value, figure.target)
        yield FigureLine(f"{code}.met", _("%(criterion)s: met") % {"criterion": figure.name}, figure.is_met)


def _counts(told: dict[str, Cell]) -> Iterator[FigureLine]:
    labels = {
        "associations_running": _("Associations in operation"),
        "certificates": _("Valid course certificates"),
        "new_mothers": _("New mothers with a diploma"),
        "conversations": _("Conversations"),
        "meetings": _("Meetings of the steering group"),
        "transition.yes": _("Formerly paid: go on"),
        "transition.no": _("Formerly paid: do not go on"),
        "transition.undecided": _("Formerly paid: undecided"),
    }
    for name, label in labels.items():
        yield FigureLine(name, label, told[name])


def _budget(figure: BudgetFigure | None) -> Iterator[FigureLine]:
    if figure is None:
        return
    amounts = {"budgeted": _("Budget"), "spent": _("Spent"), "committed": _("Committed"), "rest": _("Rest")}
    stages = {"proposed": _("Applied for / proposed"), "promised": _("Promised")}
    stages |= {"granted": _("Granted"), "paid": _("Paid")}
    for name, label in amounts.items():
        yield FigureLine(f"budget.{name}", label, getattr(figure, name), unit="kr.")
    for number, line in enumerate(figure.lines, 1):
        for name, label in amounts.items():
            yield FigureLine(f"line.{number}.{name}", f"{line.name}: {label}", getattr(line, name), unit="kr.")
    for number, funder in enumerate(figure.funding, 1):
        for name, label in stages.items():
            amount = getattr(funder, name) or ZERO
            yield FigureLine(f"funder.{number}.{name}", f"{funder.funder}: {label}", amount, unit="kr.")
