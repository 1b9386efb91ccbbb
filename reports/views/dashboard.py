"""Overblik: Where are we? What is missing? What do I do next?"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from associations.models import Association
from programme.access import StandingRequest
from programme.models import Activity
from reports.figures.criteria import figures, measures, rows
from reports.figures.finances import budget
from reports.figures.shapes import CriterionFigure, Row
from reports.lacks import LabelledRow, labelled, next_steps
from reports.moments import ask

#: How many near misses the overview shows for each criterion.
NEAR = 3


@require_safe
def dashboard(request: StandingRequest) -> HttpResponse:
    """The programme at a Moment. A local coordinator, who has no programme, is led to her association."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        return _home(request)
    asked = ask(request, programme)
    measured = measures(programme, asked.moment)
    criteria = figures(measured)
    near = _near(request, criteria, rows(measured, counting=False, limit=NEAR), is_present=asked.is_present)
    lines = [line for _, found in near for line in found]
    is_begun = any(figure.tallies for figure in criteria if figure.rule == "associations_founded")
    context = {
        "programme": programme,
        "criteria": criteria,
        "budget": budget(programme, asked.moment),
        "near": near,
        "next_steps": next_steps(lines, request, is_begun=is_begun, is_present=asked.is_present),
        "activities": Activity.objects.filter(programme=programme),
    }
    return render(request, "reports/dashboard.html", asked.context() | context)


def _home(request: StandingRequest) -> HttpResponse:
    mine = list(Association.objects.visible_to(request.user)[:2])
    if len(mine) == 1:
        return redirect(mine[0])
    return redirect("associations:list")


def _near(
    request: Any, criteria: list[CriterionFigure], found: dict[int, list[Row]], *, is_present: bool
) -> list[tuple[CriterionFigure, list[LabelledRow]]]:
    """The nearest misses of each criterion that is not met, labelled; of persons only for who may see persons."""
    shown = {
        figure.number: [
            row for row in found[figure.number] if row.kind != "volunteer" or request.standing.may_see_persons
        ]
        for figure in criteria
    }
    lines = iter(labelled([row for rows_ in shown.values() for row in rows_], request, is_present=is_present))
    near = [(figure, [next(lines) for _ in shown[figure.number]]) for figure in criteria]
    return [(figure, ours) for figure, ours in near if ours]
