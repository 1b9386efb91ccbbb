"""“After 2011”: the scenarios, one of them step by step, and up to four side by side. These pages only show."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from budget.forms.scenarios import CompareForm, ExtraForm
from budget.models import Scenario
from budget.scenario_chart import LETTERS, bars
from budget.scenario_words import Told, paid_model_estimate, year_columns
from bydelsmoedre.addresses import url
from programme.access import StandingRequest, fetch
from programme.models import Programme


@require_safe
def scenario_list(request: StandingRequest) -> HttpResponse:
    """All that this reader may see, with what each comes to. A local coordinator has no part in it."""
    programme = _programme(request)
    told = _told(request, programme)
    context = {
        "told": told,
        "may_write": request.standing.is_secretariat,
        "is_staff": request.standing.may_see_persons,
        "estimate": paid_model_estimate(programme),
    }
    return render(request, "budget/scenarios.html", context)


@require_safe
def scenario(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One scenario: each figure with the steps that it came about by, and what one change does."""
    rows = Scenario.objects.select_related("programme", "version__document").prefetch_related("sources")
    found = fetch(rows.decided(), request.user, uuid)
    standing: Any = request.standing.within(found.programme)
    request.standing = standing
    extra = ExtraForm(request.GET)
    told = Told(found, is_staff=standing.may_see_persons)
    amount = extra.cleaned_data.get("ekstra") if extra.is_valid() else None
    estimate = paid_model_estimate(found.programme)
    context = {
        "told": told,
        "columns": year_columns(),
        "scenario": found,
        "extra": extra,
        "effects": told.effects(amount),
        "estimate": estimate,
        "chart": bars([told.outcome], estimate),
        "may_write": standing.is_secretariat,
        "document_url": url("programme:document", found.version.document.uuid) if found.version else "",
    }
    return render(request, "budget/scenario.html", context)


@require_safe
def compare(request: StandingRequest) -> HttpResponse:
    """Up to four scenarios side by side, chosen in the address."""
    programme = _programme(request)
    told = _told(request, programme)
    form = CompareForm(request.GET, scenarios=[one.scenario for one in told])
    chosen = form.cleaned_data["valg"] if form.is_valid() else []
    side_by_side = [one for one in told if one.scenario in chosen]
    estimate = paid_model_estimate(programme)
    years = sorted({year.year for one in side_by_side for year in one.outcome.years})
    by_year = {year: [one.outcome.of_year(year) for one in side_by_side] for year in years}
    context = {
        "form": form,
        "told": list(zip(LETTERS, side_by_side, strict=False)),
        "by_year": by_year,
        "columns": year_columns(),
        "estimate": estimate,
        "chart": bars([one.outcome for one in side_by_side], estimate) if side_by_side else None,
        "is_any": bool(told),
    }
    return render(request, "budget/scenario_compare.html", context)


def _programme(request: StandingRequest) -> Programme:
    programme: Programme | None = request.standing.programme
    if programme is None:
        raise PermissionDenied
    return programme


def _told(request: StandingRequest, programme: Programme) -> list[Told]:
    rows = Scenario.objects.visible_to(request.user).filter(programme=programme).decided()
    found = rows.select_related("version").prefetch_related("sources").order_by("first_year", "pk")
    return [Told(one, is_staff=request.standing.may_see_persons) for one in found]
