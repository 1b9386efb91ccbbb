"""A page per criterion that explains itself: wording beside rule, what counts, what nearly counts and what it lacks."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from programme.access import StandingRequest, fetch
from programme.models import Programme, SuccessCriterion
from reports import looked_at
from reports.charts import criterion_chart
from reports.facts import decisions
from reports.figures.agreements import agreements
from reports.figures.checked import CheckedFigure, RowCheck, checked, row_checks
from reports.figures.counts import counts
from reports.figures.criteria import Measure, figures, measures, rows
from reports.figures.documents import documents
from reports.figures.literal import LiteralFigure, Rule, literal
from reports.figures.outlook import outlook
from reports.figures.shapes import CriterionFigure, Row
from reports.lacks import LabelledRow, Lack, labelled, tally_lines
from reports.moments import ask
from reports.municipality import may_tell_certificates
from reports.outlook_words import told
from reports.rule_versions import rule_lines
from reports.trained import with_progress

PAGE = 50


class Counted:
    """A list whose length is known from the figure and whose rows are fetched a page at a time."""

    def __init__(
        self, measure: Measure, count: int, *, counting: bool, label: Callable[[list[Row]], list[Any]]
    ) -> None:
        self.measure, self.count_, self.counting, self.label = measure, count, counting, label

    def __len__(self) -> int:
        return self.count_

    def __getitem__(self, span: slice) -> list[Any]:
        found = rows([self.measure], counting=self.counting, limit=span.stop - span.start, offset=span.start)
        return self.label(found[self.measure.number])


@require_safe
def criterion(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One criterion at a Moment."""
    chosen = fetch(SuccessCriterion.objects.select_related("programme"), request.user, uuid)
    standing: Any = request.standing.within(chosen.programme)
    request.standing = standing
    asked = ask(request, chosen.programme)
    measured = measures(chosen.programme, asked.moment)
    measure = next((one for one in measured if one.version.criterion_id == chosen.pk), None)
    if measure is None:
        raise Http404(_("No rule was in force on that day."))
    (figure,) = figures([measure])
    ahead = outlook(measure) if asked.is_present else None  # plans have no past
    tallies_only = figure.rule == Rule.COORDINATORS_TRAINED and not standing.may_see_persons
    context = {
        "figure": figure,
        "criteria": [one.version.criterion for one in measured],
        "create": _create(figure) if standing.is_secretariat and asked.is_present else None,
        "tallies_only": tallies_only,
        "literal": _literal(chosen.programme, measure, figure, may_see=standing.may_see_persons),
        "accepted_on": measure.version.accepted_on,
        "versions": rule_lines(chosen, asked, request),
        "outlook": told(ahead, figure.rule, request) if ahead else None,
        "chart": criterion_chart(figure, chosen.programme, asked.moment, None if tallies_only else ahead),
    }
    if not figure.is_number:
        context["facts"] = decisions(measure.version, asked, request)
    if tallies_only:
        context["tally_lines"] = tally_lines(figure.tallies)
        context["looked_at"] = looked_at.in_numbers(checked([measure])[measure.number])
    else:
        lists = _lists(request, measure, figure, is_present=asked.is_present)
        context |= lists | _looked_at(figure, lists["counting"], row_checks([measure]))
    return render(request, "reports/criterion.html", asked.context() | context)


def _literal(programme: Programme, measure: Measure, figure: CriterionFigure, *, may_see: bool) -> LiteralFigure | None:
    """What the criterion's own words give; one query, none where they ask for as much as the rule. None for the
    municipality where the certificates would tell how few do not count."""
    moment, rule = measure.moment, figure.rule
    held = counts(programme, moment, running=0).certificates if rule == Rule.COORDINATORS_TRAINED else None
    may_tell = may_see or held is None or may_tell_certificates(held, figure.value)
    return literal(
        figure,
        document_kind=measure.version.document_kind,
        documents=documents(programme, moment) if rule == Rule.DOCUMENT_ADOPTED else (),
        agreements=agreements(programme, moment) if rule == Rule.PARTNERSHIP_ANCHORED else (),
        certificates=held if may_tell else None,
    )


def _lists(request: StandingRequest, measure: Measure, figure: CriterionFigure, *, is_present: bool) -> dict[str, Page]:
    plain = partial(labelled, request=request, is_present=is_present)

    def label(rows: Any) -> list[LabelledRow]:
        lines = plain(rows)
        if figure.rule != Rule.COORDINATORS_TRAINED:
            return lines
        return with_progress(lines, measure.version.criterion.programme, measure.moment)

    count = sum(tally.count for tally in figure.tallies if not tally.lacks)
    counting: Any = Counted(measure, count, counting=True, label=label)
    near: Any = Counted(measure, figure.near_count, counting=False, label=label)
    return {
        "counting": Paginator(counting, PAGE).get_page(request.GET.get("side")),
        "near": Paginator(near, PAGE).get_page(request.GET.get("taet_side")),
    }


def _looked_at(figure: CriterionFigure, counting: Page, checks: dict[tuple[int, UUID], RowCheck]) -> dict[str, Any]:
    """What the Foundation has looked at: in numbers, and of each row on the page."""
    figures_of = CheckedFigure.of_rows(counting.paginator.count, checks.values())
    things = [line.row.uuid for line in counting.object_list]
    return {
        "looked_at": looked_at.in_numbers(figures_of),
        "looked_at_of": looked_at.lines(checks, figure.number, things),
    }


def _create(figure: CriterionFigure) -> Lack | None:
    """The one primary action of the page: to add what may come to count."""
    if figure.rule == "associations_founded":
        return Lack("new", "", url("associations:create"), _("New association"))
    if figure.rule == "coordinators_trained":
        return Lack("new", "", url("volunteers:create"), _("New volunteer"))
    return None
