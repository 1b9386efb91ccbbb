"""The courses compared: who completed and who left, hours and cost for each who was trained, who was there at each
module; and the hours attended, session by session, for the settlement with a funder."""

import datetime as dt
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.danish import dato, tal, tidspunkt
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.money import ZERO
from programme.access import StandingRequest
from reports.figures.courses import Attended, CourseFigures, attended_hours, course_figures, unassigned
from reports.moments import Asked, ask
from reports.views.own import own_associations
from training.models import Course
from volunteers.models import Volunteer

#: So many courses have a row of their own, the latest first; all are in the totals, and in the settlement.
MOST = 60


def _courses(request: StandingRequest, asked: Asked) -> list[Course]:
    """Those within reach that had begun on the day, the latest first."""
    courses = Course.objects.visible_to(request.user).filter(starts_on__lte=asked.moment.on)
    if request.standing.programme:
        courses = courses.filter(curriculum__programme=request.standing.programme)
    return list(courses.select_related("curriculum", "association").order_by("-starts_on", "-pk"))


def _asked(request: StandingRequest) -> tuple[Asked, int | None]:
    """The Moment, and the programme. For who may know of persons: numbers of few would tell of them."""
    standing: Any = request.standing
    mine: list[Association] = [] if standing.programme else own_associations(request)
    if not (standing.may_see_persons or (standing.is_local and mine)):
        raise PermissionDenied
    programme = standing.programme or mine[0].programme
    return ask(request, programme), programme.pk


@dataclass(frozen=True, slots=True)
class Cell:
    """Of those marked at a module, how many were there; and how dark it is drawn, from 0 to 4."""

    words: str
    level: int


def _cell(told: tuple[int, int] | None) -> Cell:
    if told is None or not told[1]:
        return Cell("–", 0)
    there, marked = told
    return Cell(f"{there}/{marked}", 4 * there // marked)


@require_safe
def course_numbers(request: StandingRequest) -> HttpResponseBase:
    """The courses in a table, and below it courses × modules."""
    asked, programme_id = _asked(request)
    courses = _courses(request, asked)
    figures = course_figures(programme_id, courses, asked.moment) if courses and programme_id else []
    may_see_money = bool(request.standing.may_see_persons)
    shown = figures[:MOST]
    modules = sorted({module for one in shown for module in one.modules})
    context = {
        "figures": shown,
        "in_all": len(figures),
        "totals": _totals(figures, asked.moment.on),
        "modules": modules,
        "matrix": [(one, [_cell(one.modules.get(module)) for module in modules]) for one in shown],
        "may_see_money": may_see_money,
        "unassigned": unassigned(courses, asked.moment) if courses and may_see_money else ZERO,
    }
    return render(request, "reports/course_figures.html", asked.context() | context)


def _totals(figures: list[CourseFigures], on: dt.date) -> dict[str, Any]:
    """Of all courses together. Each who was trained took what was spent on the courses that are over, also on those who
    left them."""
    persons = ("begun", "completed", "certified", "dropped_out", "transferred")
    found: dict[str, Any] = {name: sum(getattr(one, name) for one in figures) for name in persons}
    found |= {name: sum((getattr(one, name) for one in figures), ZERO) for name in ("hours", "cost")}
    over = [one for one in figures if one.course.ends_on < on]
    certified = sum(one.certified for one in over)
    for name in ("hours", "cost"):
        spent = sum((getattr(one, name) for one in over), ZERO)
        found[f"{name}_each"] = (spent / certified).quantize(Decimal("0.01")) if certified else None
    return found


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One participant at one session."""

    attended: Attended
    course: Course
    name: str = ""  #: of those on the page, or in the file


def _named(lines: list[HoursLine]) -> list[HoursLine]:
    """With who it is; one query."""
    people = Volunteer.objects.in_bulk({one.attended.volunteer_id for one in lines})
    return [replace(one, name=str(people[one.attended.volunteer_id])) for one in lines]


def _hours_columns(query: str) -> list[Column]:
    def mark(one: HoursLine) -> str:
        return _("Partly there") if one.attended.is_half else _("Present")

    return [
        Column("dato", _("Date"), lambda one: one.attended.happened_on, is_number=True),
        Column("hold", _("Course"), lambda one: one.course.name, url=lambda one: one.course.get_absolute_url() + query),
        Column("modul", _("Module"), lambda one: one.attended.module, is_number=True),
        Column("navn", _("Participant"), lambda one: one.name, can_sort=False),
        Column("fremmoede", _("Attendance"), mark),
        Column(
            "timer",
            _("Hours"),
            lambda one: one.attended.hours,
            shown=lambda one: tal(one.attended.hours),
            is_number=True,
        ),
    ]


@require_safe
def course_hours(request: StandingRequest) -> HttpResponseBase:
    """Who was at which session, and for how many hours: what a grant is settled by."""
    asked, _programme = _asked(request)
    courses = {one.pk: one for one in _courses(request, asked)}
    rows = attended_hours([*courses.values()], asked.moment)
    total = sum((one.hours for one in rows), ZERO)
    about = [(_("As of"), dato(asked.moment.on)), (_("Hours in all"), tal(total))]
    if not asked.moment.is_known_now:
        about.append((_("As we knew it on"), tidspunkt(asked.moment.known_at)))
    listing = Listing(
        request,
        [HoursLine(one, courses[one.course_id]) for one in rows],
        _hours_columns(asked.query),
        title=_("Hours attended"),
        default="dato",
        lines=_named,
        about=about,
        moment_query=asked.query,
    )
    if file := listing.file("fremmoedetimer"):
        return file
    return render(request, "reports/course_hours.html", asked.context() | {"listing": listing, "total": total})
