"""Årsafslutning: the year's end as a list, and what each funder gets back."""

from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.forms.year_end import SettleForm, YearStepForm
from budget.models import Budget
from budget.year_end import KEPT_YEARS, Kind, done_of, steps_of, why_stays
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment, today
from programme.access import StandingRequest, fetch
from programme.models import Organisation
from reports.account import fact_lines
from reports.figures.finances import budget as figure
from reports.figures.funders import by_funder


def _budget(request: StandingRequest, uuid: UUID) -> Budget:
    found: Budget = fetch(Budget.objects.select_related("programme"), request.user, uuid)
    if not request.standing.within(found.programme).may_see_persons:
        raise PermissionDenied
    return found


def _unused(budget: Budget) -> list[tuple[Organisation, Decimal]]:
    """Each funder's part of what is not spent at the year's end, as the account says."""
    moment = Moment(budget.last_day)
    found = figure(budget.programme, moment)
    parts = {one.uuid: one.unused for one in by_funder(found, moment).funders if one.unused > 0} if found else {}
    return [(one, parts[one.uuid]) for one in Organisation.objects.filter(uuid__in=parts).order_by("pk")]


@require_safe
def year_end(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """What is done of the year's end, what is left, and where."""
    budget = _budget(request, uuid)
    may_write = request.standing.within(budget.programme).is_secretariat
    done = done_of(budget)
    locked = (Kind.LOCK, None) in done
    context = {
        "budget": budget,
        "steps": steps_of(budget, done, _unused(budget), may_write=may_write),
        "facts": [
            line
            for one in done.values()
            for line in fact_lines([one], "aarsafslutning", may_write=not why_stays(one, request.user, locked=locked))
        ],
        "is_over": budget.last_day < today(),
        "is_locked": locked,
        "kept_until": budget.last_day.replace(year=budget.year + KEPT_YEARS),
        "last_day": budget.last_day,
    }
    return render(request, "budget/year_end.html", context)


def year_step(request: StandingRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Record that a point is done; the lock comes last."""
    budget = _budget(request, uuid)
    if kind not in (Kind.DECLARATION, Kind.AUDIT, Kind.LOCK):
        raise Http404
    chosen = Kind(kind)
    left: list[str] = []
    if chosen == Kind.LOCK:
        steps = steps_of(budget, done_of(budget), _unused(budget), may_write=False)
        left = [step.name for step in steps[:-1] if not step.is_done]
    return enter(
        request,
        partial(YearStepForm, budget=budget, kind=chosen, left=left),
        save=lambda form: form.record(by=request.user, programme=budget.programme),
        title=_("Lock %(year)s") % {"year": budget.year} if chosen == Kind.LOCK else str(chosen.label).capitalize(),
        intro=_("Nothing more can be booked in the year until another person opens it again.")
        if chosen == Kind.LOCK
        else "",
        back_url=url("budget:year_end", uuid),
        danger=chosen == Kind.LOCK,
        submit_label=_("Lock the year") if chosen == Kind.LOCK else "",
    )


def settle(request: StandingRequest, uuid: UUID, funder: UUID) -> HttpResponse:
    """Say what became of a funder's part of the unused money."""
    budget = _budget(request, uuid)
    found = next(((one, amount) for one, amount in _unused(budget) if one.uuid == funder), None)
    if found is None:
        raise Http404
    one, amount = found
    form: Any = partial(SettleForm, budget=budget, funder=one, unused=amount, initial={"amount": amount})
    return enter(
        request,
        form,
        save=lambda form: form.record(by=request.user, programme=budget.programme),
        title=_("Unused money of %(funder)s") % {"funder": one.name},
        back_url=url("budget:year_end", uuid),
    )
