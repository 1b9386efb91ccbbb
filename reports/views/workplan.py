"""The work plan: activities and milestones at a Moment, as a drawing and as a list; one milestone with its facts."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, kort_dato
from bydelsmoedre.listing import Column, Listing
from programme.access import StandingRequest, fetch
from programme.models import Milestone, MilestoneReached
from reports.facts import FactLine, fact_line
from reports.figures.criteria import criteria
from reports.findings import found, in_words
from reports.moments import Asked, ask
from reports.workplan_words import WORDS, MilestoneLine, described, drawing, plan

CODES = ("milestone_overdue",)


def _columns(asked: Asked) -> list[Column]:
    return [
        Column("nr", gettext_lazy("No."), lambda line: line.number, can_sort=False),
        Column(
            "milepael",
            gettext_lazy("Milestone"),
            lambda line: line.milestone.title,
            url=lambda line: line.milestone.get_absolute_url() + asked.query,
            detail=lambda line: line.count,
        ),
        Column("aktivitet", gettext_lazy("Activity"), _activity, on_page=False),
        Column("ejer", gettext_lazy("Owner"), lambda line: line.milestone.owner_office),
        Column("begynder", gettext_lazy("Work begins"), lambda line: line.milestone.starts_on, on_page=False),
        Column(
            "frist",
            gettext_lazy("Due on"),
            lambda line: line.milestone.due_on,
            shown=lambda line: kort_dato(line.milestone.due_on),
            detail=lambda line: line.moved_words,
        ),
        Column("flyttet", gettext_lazy("Moved"), lambda line: line.moved_words, on_page=False, can_sort=False),
        Column("dato-fra", gettext_lazy("Where the day is from"), lambda line: line.milestone.dated_by, on_page=False),
        Column("venter", gettext_lazy("Waits for"), _needs, shown=lambda line: _needs(line) or "–", can_sort=False),
        Column("status", gettext_lazy("Standing"), lambda line: line.words, shape=lambda line: line.shape),
        Column(
            "naaet",
            gettext_lazy("Reached on"),
            lambda line: line.figure.reached_on,
            shown=lambda line: kort_dato(line.figure.reached_on) or "–",
            detail=lambda line: line.late,
        ),
        Column("maales", gettext_lazy("Reached when"), lambda line: line.measured_by, on_page=False),
        Column("antal", gettext_lazy("Reached so far"), lambda line: line.count, on_page=False, can_sort=False),
    ]


def _activity(line: MilestoneLine) -> str:
    return str(line.milestone.activity or _("Around the activities"))


def _needs(line: MilestoneLine) -> str:
    return ", ".join(number for number, _one in line.needs)


@require_safe
def work_plan(request: StandingRequest) -> HttpResponseBase:
    """The plan at a Moment."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    asked = ask(request, programme)
    shown = plan(programme, asked.moment, criteria(programme, asked.moment))
    listing = Listing(
        request=request,
        rows=shown.lines,
        columns=_columns(asked),
        title=_("Work plan"),
        about=[(_("Programme"), str(programme)), (_("As of"), dato(asked.moment.on))],
        moment_query=asked.query,
    )
    if file := listing.file(f"arbejdsplan-{asked.moment.on.isoformat()}"):
        return file
    context = {
        "plan": shown,
        "gantt": drawing(shown, programme, asked.moment.on),
        "described": described(shown),
        "states": list(WORDS.items()),
        "listing": listing,
        "can_create": standing.is_secretariat and asked.is_present,
    }
    return render(request, "programme/workplan.html", asked.context() | context)


@require_safe
def milestone_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One milestone at a Moment: how it stands, what measures it, what it waits for, how its day was moved."""
    milestone = fetch(Milestone.objects.select_related("programme"), request.user, uuid)
    standing: Any = request.standing.within(milestone.programme)
    request.standing = standing
    asked = ask(request, milestone.programme)
    may_change = standing.is_secretariat and asked.is_present
    measured = criteria(milestone.programme, asked.moment)
    shown = plan(milestone.programme, asked.moment, measured)
    line = next(one for one in shown.lines if one.milestone.uuid == uuid)
    reached = _reached(request, milestone, asked, may_change=may_change)
    findings = found(milestone.programme, asked.moment, about=uuid, codes=CODES, measured=measured)
    context = {
        "line": line,
        "needed_by": [one for one in shown.lines if uuid in one.figure.needs],
        "reached": reached,
        "measured_url": _measured_url(line.milestone, asked),
        "findings": in_words(findings, request, is_present=asked.is_present),
        "may_change": may_change,
        "may_mark": may_change and milestone.is_by_hand and not reached,
    }
    return render(request, "programme/milestone.html", asked.context() | context)


def _reached(request: Any, milestone: Milestone, asked: Asked, *, may_change: bool) -> FactLine | None:
    """That it is reached, where that is recorded by hand; one query."""
    facts = MilestoneReached.objects.at(asked.moment).filter(milestone=milestone).select_related("evidence")
    if fact := facts.first():
        return fact_line(fact, str(_("Reached")), "milepael", request, may_change=may_change)
    return None


def _measured_url(milestone: Milestone, asked: Asked) -> str:
    """The page of what measures it."""
    of = milestone.measured_of
    if milestone.criterion_id:
        return url("reports:criterion", of.uuid) + asked.query
    if milestone.document_id or milestone.agreement_id:
        return of.get_absolute_url() + asked.query
    return ""
