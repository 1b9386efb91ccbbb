"""The budget itself: its lines, its approvals, its versions, and the next year's begun from it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.forms.plans import AmountForm, YearForm
from budget.models import Budget, BudgetApproval, BudgetLine
from budget.plans import amounts_of, begin_year, versions_of, why_not_written, write_amount
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.money import ZERO
from programme.access import StandingRequest, fetch


@require_safe
def plan(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The year's lines and amounts as they stand, who has approved them and when, and every version. For everybody who
    reads the account."""
    budget: Budget = fetch(Budget.objects.select_related("programme"), request.user, uuid)
    standing = request.standing.within(budget.programme)
    if standing.is_local:
        raise PermissionDenied
    amounts = {one.line_id: one.amount for one in amounts_of(budget)}
    lines = [(line, amounts.get(line.pk, ZERO)) for line in budget.lines.order_by("number")]
    years = Budget.objects.filter(programme=budget.programme_id).order_by("year")
    total = sum(amounts.values(), ZERO)
    approvals = BudgetApproval.objects.current().filter(budget=budget).select_related("body")
    context = {
        "budget": budget,
        "lines": lines,
        "total": total,
        "difference": budget.stated_total - total if budget.stated_as else ZERO,
        "years": list(years),
        "approvals": approvals.order_by("happened_on"),
        "versions": list(reversed(versions_of(budget))),
        "may_see_names": standing.may_see_persons,
        "may_write": standing.is_secretariat,
        "why_not": why_not_written(budget),
    }
    return render(request, "budget/plan.html", context)


def new_year(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Begin another year's budget as a copy of this one."""
    model: Budget = fetch(Budget.objects.select_related("programme"), request.user, uuid, change=True)

    def save(form: Any) -> Budget:
        told = form.cleaned_data
        return begin_year(
            told["year"],
            model=model,
            by=request.user,
            price_level=told["price_level"],
            stated_total=told["stated_total"],
        )

    return enter(
        request,
        partial(YearForm, budget=model),
        save=save,
        title=_("Begin another year's budget"),
        intro=_("The lines and amounts of %(year)s are copied as a start. Change them until the budget is approved.")
        % {"year": model.year},
        submit_label=_("Begin the budget"),
        back_url=url("budget:plan", uuid),
        done_url=lambda made: url("budget:plan", made.uuid),
        success=_("The budget is begun. It is proposed until the body that may has approved it."),
    )


def amount(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Write another amount for a line of a proposed budget."""
    lines = BudgetLine.objects.select_related("budget__programme")
    line: BudgetLine = fetch(lines, request.user, uuid, change=True)
    page = url("budget:plan", line.budget.uuid)
    if why := why_not_written(line.budget):
        messages.error(request, why)
        return redirect(page)
    standing = {one.line_id: one.amount for one in amounts_of(line.budget)}
    return enter(
        request,
        partial(AmountForm, initial={"amount": standing.get(line.pk)}),
        save=lambda form: write_amount(
            line, form.cleaned_data["amount"], by=request.user, reason=form.cleaned_data["reason"]
        ),
        title=_("Another amount"),
        intro=f"{line.budget.year}: {line.number}. {line.name}",
        back_url=page,
    )
