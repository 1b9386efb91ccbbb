"""Spot checks: the municipality asks on a report, the Foundation looks at those that were drawn, and the municipality
is told how many were in order, never who."""

import datetime as dt
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from programme.models import Programme, SuccessCriterion
from reports.check_forms import SpotCheckForm, SpotCheckResultForm
from reports.lacks import labelled
from reports.looked_at import WHERE_TO_LOOK
from reports.models import FrozenReport, Outcome, SpotCheck, SpotCheckResult
from reports.progress.drawing import drawn
from reports.progress.readers import FROZEN, is_contact


@dataclass(frozen=True, slots=True)
class SpotLine:
    """A spot check as it is told to everybody: how many, and when; never who."""

    criterion: str
    report: str
    asked_on: dt.date
    count: int
    looked_at: int
    in_order: int
    latest_on: dt.date | None
    url: str  #: where staff sees who was drawn; "" for the municipality

    @property
    def is_over(self) -> bool:
        return self.looked_at >= self.count


def spot_lines(asked: QuerySet[SpotCheck], request: StandingRequest, programme: Programme) -> list[SpotLine]:
    """One query, whatever there is."""
    standing = Q(results__retracted_at=None)
    found = (
        asked.select_related("criterion", "frozen__report")
        .defer("frozen__canonical", "frozen__pdf")
        .annotate(
            looked_at=Count("results", filter=standing),
            in_order=Count("results", filter=standing & Q(results__outcome=Outcome.IN_ORDER)),
            latest_on=Max("results__happened_on", filter=standing),
        )
    )
    may_see = request.standing.within(programme).may_see_persons
    return [
        SpotLine(
            criterion=str(one.criterion),
            report=str(one.frozen),
            asked_on=one.asked_at.astimezone().date(),
            count=one.count,
            looked_at=one.looked_at,
            in_order=one.in_order,
            latest_on=one.latest_on,
            url=one.get_absolute_url() if may_see else "",
        )
        for one in found.order_by("-asked_at", "-pk")
    ]


def checks_context(frozen: FrozenReport, request: StandingRequest) -> dict[str, Any]:
    """What `reports/frozen_checks.html` needs on the page of a frozen report: its spot checks in numbers, and for the
    municipality where to ask for one, while there is something that could be drawn. Two queries at most."""
    asked = SpotCheck.objects.filter(frozen=frozen)
    may_ask = is_contact(request.standing.within(frozen.programme))
    return {
        "spot_checks": spot_lines(asked, request, frozen.programme),
        "ask_spot_check": url("reports:ask_spot_check", frozen.uuid) if may_ask and _left(frozen).exists() else "",
    }


def counting_in(frozen: FrozenReport) -> dict[int, int]:
    """By its number, how many count toward each criterion that is a number, in the report as it was frozen."""
    told = frozen.content["criteria"]
    return {one["number"]: one["value"] for one in told if one["target"] is not None and one["value"]}


def _left(frozen: FrozenReport) -> QuerySet[SuccessCriterion]:
    """The criteria of which a spot check can be asked for still: once each, whoever is drawn."""
    return SuccessCriterion.objects.filter(programme=frozen.programme_id, number__in=counting_in(frozen)).exclude(
        spot_checks__frozen=frozen
    )


def ask_spot_check(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The municipality asks that some of what counts in a report is looked at."""
    frozen: FrozenReport = fetch(FROZEN.defer("pdf"), request.user, uuid)
    if not is_contact(request.standing.within(frozen.programme)):
        raise PermissionDenied
    criteria = _left(frozen)
    if request.method != "POST" and not criteria.exists():
        raise Http404(_("Nothing is left in the report that could be drawn."))
    return enter(
        request,
        partial(SpotCheckForm, frozen=frozen, criteria=criteria, counting=counting_in(frozen)),
        save=lambda form: form.ask(by=request.user),
        title=_("Ask for a spot check"),
        intro=_("The Foundation looks at the documentation of those that are drawn, and tells how many were in order."),
        submit_label=_("Ask for a spot check"),
        back_url=url("reports:frozen", frozen.uuid),
        success=_("Asked. The Foundation sees it among its documentation."),
    )


def _spot_check(request: StandingRequest, uuid: UUID) -> SpotCheck:
    """What was asked for, for the staff: who was drawn is not for the municipality."""
    rows = SpotCheck.objects.select_related("criterion__programme", "frozen__report").defer(
        "frozen__canonical", "frozen__pdf"
    )
    asked: SpotCheck = fetch(rows, request.user, uuid)
    request.standing = request.standing.within(asked.criterion.programme)
    if not request.standing.may_see_persons:
        raise PermissionDenied
    return asked


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One that was drawn, and what came of looking at it."""

    label: str
    detail: str
    url: str
    outcome: str
    is_in_order: bool
    looked_on: dt.date | None
    result_url: str
    retract_url: str


@require_safe
def spot_check(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Who was drawn, and what came of each."""
    asked = _spot_check(request, uuid)
    found = drawn(asked)
    results = {one.thing: one for one in asked.results.current()}
    may_record = request.standing.may_check
    lines = [
        _drawn_line(one, asked, results.get(one.row.uuid), may_record=may_record)
        for one in labelled(found, request, is_present=True)
    ]
    looked_at = [line for line in lines if line.outcome]
    context = {
        "asked": asked,
        "asked_on": asked.asked_at.astimezone().date(),
        "frozen_url": url("reports:frozen", asked.frozen.uuid),
        "lines": lines,
        "looked_at": len(looked_at),
        "in_order": sum(line.is_in_order for line in looked_at),
    }
    return render(request, "reports/spot_check.html", context)


def _drawn_line(line: Any, asked: SpotCheck, result: SpotCheckResult | None, *, may_record: bool) -> DrawnLine:
    thing = line.row.uuid
    return DrawnLine(
        label=line.label,
        detail=line.detail,
        url=line.url,
        outcome=capfirst(result.get_outcome_display()) if result else "",
        is_in_order=result is not None and result.outcome == Outcome.IN_ORDER,
        looked_on=result.happened_on if result else None,
        result_url=url("reports:spot_result", asked.uuid, thing) if may_record and not result else "",
        retract_url=url("reports:retract", "stikproevesvar", result.uuid) if may_record and result else "",
    )


def spot_result(request: StandingRequest, uuid: UUID, thing: UUID) -> HttpResponse:
    """The Foundation records what came of one that was drawn; 403 for who stands as the secretariat too."""
    asked = _spot_check(request, uuid)
    if not request.standing.may_check:
        raise PermissionDenied
    row = next((row for row in drawn(asked) if row.uuid == thing), None)
    if row is None:
        raise Http404(_("It was not drawn."))
    (line,) = labelled([row], request, is_present=True)
    return enter(
        request,
        partial(SpotCheckResultForm, spot_check=asked, thing=thing),
        save=lambda form: form.record(by=request.user, programme=asked.criterion.programme),
        title=_("Spot check"),
        submit_label=_("Record a look"),
        back_url=asked.get_absolute_url(),
        template="reports/check.html",
        line=line,
        criterion=asked.criterion,
        where=WHERE_TO_LOOK[row.kind],
        earlier=[],
    )
