"""Overblik: Where are we? What is missing? What do I do next?"""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.remembering import recall
from bydelsmoedre.spreadsheets import FORMATS
from bydelsmoedre.suppression import small_count
from programme.access import StandingRequest
from programme.models import Programme
from reports import findings, happenings, labels
from reports.charts import budget_chart, criterion_chart
from reports.figure_lines import figures_sheet
from reports.figures.conversations import released
from reports.figures.counts import counts
from reports.figures.criteria import counting_coordinators, figures, measures, running
from reports.figures.curves import Chart
from reports.figures.finances import budget
from reports.figures.shapes import BudgetFigure, CriterionFigure
from reports.labels import Named, names_for
from reports.lacks import LabelledRow, labelled, next_steps
from reports.moments import Asked, ask
from reports.municipality import answers_released, answers_told, certificates_told, conversations_released

#: How many near misses the overview shows for each criterion, and findings of each kind.
NEAR, FOUND = 3, 2
FILES = (("Excel", "xlsx"), ("CSV", "csv"))


@require_safe
def dashboard(request: StandingRequest) -> HttpResponseBase:
    """The programme at a Moment. A local coordinator, who has no programme, is led to her association."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        return _home(request)
    asked = ask(request, programme)
    moment = asked.moment
    if make := FORMATS.get(request.GET.get("format", "")):
        sheet = figures_sheet(programme, moment, may_see_persons=standing.may_see_persons)
        return make(sheet, f"tal-{moment.on.isoformat()}")
    criteria = figures(measures(programme, moment), near=NEAR)
    found = budget(programme, moment)
    money = found if found and not found.is_empty else None
    context = {
        "programme": programme,
        "files": [(name, f"?{urlencode(asked.kept | {'format': kind})}") for name, kind in FILES],
        "criteria": criteria,
        "charts": recall(
            ("charts", programme.pk, moment, get_language()), lambda: _charts(programme, moment, criteria, money)
        ),
        "budget": money,
        "counts": _counts_shown(programme, moment, criteria, may_see=standing.may_see_persons),
        "answers_on": None if standing.may_see_persons else released(moment).on,
    }
    return render(request, "reports/dashboard.html", asked.context() | context | _to_do(request, asked, criteria))


def _charts(
    programme: Programme, moment: Moment, criteria: list[CriterionFigure], money: BudgetFigure | None
) -> list[Chart]:
    """The curves of the criteria that are numbers, and of the money."""
    drawn = [criterion_chart(figure, programme, moment) for figure in criteria]
    drawn += [budget_chart(money, programme, moment)] if money else []
    return [chart for chart in drawn if chart]


def _to_do(request: StandingRequest, asked: Asked, criteria: list[CriterionFigure]) -> dict[str, Any]:
    """What is missing, what needs attention and what has happened: found first, then named in one query."""
    standing: Any = request.standing
    codes = findings.overview_codes(standing)
    found = findings.found(standing.programme, asked.moment, codes=codes, measured=criteria, most=FOUND)
    latest = happenings.latest(standing.programme, asked.moment, request)
    rows = [row for figure in criteria for row in _near(figure, standing)]
    named = names_for(
        [*labels.wanted(rows), *findings.wanted(found), *((line.about, line.uuid) for line in latest)], request
    )
    near = _labelled_near(request, criteria, asked, named)
    is_begun = any(figure.tallies for figure in criteria if figure.rule == "associations_founded")
    lines = [line for _, ours in near for line in ours]
    return {
        "near": near,
        "next_steps": next_steps(lines, request, is_begun=is_begun, is_present=asked.is_present),
        "findings": findings.in_words(found, request, is_present=asked.is_present, named=named),
        "findings_total": findings.total(found),
        "happenings": happenings.in_words(latest, request, named),
        "last_visit": happenings.last_visit(request),
    }


def _home(request: StandingRequest) -> HttpResponse:
    mine = list(Association.objects.visible_to(request.user).select_related("programme")[:2])
    query = ask(request, mine[0].programme).query if mine else ""
    if len(mine) == 1:
        return redirect(mine[0].get_absolute_url() + query)
    return redirect(url("associations:list") + query)


def _counts_shown(
    programme: Programme, moment: Moment, criteria: list[CriterionFigure], *, may_see: bool
) -> list[tuple[str, Any]]:
    """The counts in the order in which the page tells them; to the municipality as they are released, few of them as
    such. One query, three for the municipality."""
    figure = counts(programme, moment, running=running(criteria))
    answers = figure.transition if may_see else answers_released(programme, moment)
    told = answers if may_see else answers_told(answers)
    certificates = str(figure.certificates)
    if not may_see:
        certificates = certificates_told(figure.certificates, counting_coordinators(criteria))
    yes, no, undecided = (None if one is None else str(one) for one in (told.yes, told.no, told.undecided))
    return [
        ("new_mothers", str(figure.new_mothers) if may_see else small_count(figure.new_mothers)),
        ("certificates", certificates),
        ("conversations", str(figure.conversations) if may_see else conversations_released(programme, moment)),
        ("meetings", str(figure.meetings)),
        ("yes", yes),
        ("no", no),
        ("undecided", undecided),
        ("formerly_paid", answers.total),
    ]


def _near(figure: CriterionFigure, standing: Any) -> list[Any]:
    """The nearest misses that this reader may meet: of persons only for who may see persons."""
    return [row for row in figure.near if row.kind != "volunteer" or standing.may_see_persons]


def _labelled_near(
    request: Any, criteria: list[CriterionFigure], asked: Asked, named: Named
) -> list[tuple[CriterionFigure, list[LabelledRow]]]:
    shown = {figure.number: _near(figure, request.standing) for figure in criteria}
    rows = [row for ours in shown.values() for row in ours]
    lines = iter(labelled(rows, request, is_present=asked.is_present, named=named))
    near = [(figure, [next(lines) for _ in shown[figure.number]]) for figure in criteria]
    return [(figure, ours) for figure, ours in near if ours]
