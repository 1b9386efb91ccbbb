"""The months of the accounts: what each still lacks, closed, and opened again by another person."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.forms.periods import BankForm, CloseForm, ExplainForm, ReopenForm
from budget.models import Budget, BudgetLine, ClosedMonth
from budget.month_end import month_end
from budget.periods import Month, months_of
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import kroner
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import calendar_today, today
from programme.access import StandingRequest, fetch


@require_safe
def months(request: StandingRequest) -> HttpResponse:
    """The year's months, one after the other. For the secretariat and the Foundation."""
    programme = request.standing.programme
    if programme is None or not request.standing.may_see_persons:
        raise PermissionDenied
    budgets = Budget.objects.filter(programme=programme).order_by("-year")
    wanted = request.GET.get("aar", "")
    chosen = next((one for one in budgets if str(one.year) == wanted), None)
    begun = [one for one in budgets if one.year <= today().year]
    budget = chosen or next(iter([*begun, *reversed(budgets)]), None)
    context = {
        "budget": budget,
        "years": [one.year for one in budgets],
        "months": months_of(budget) if budget else [],
        "today": today(),
    }
    return render(request, "budget/months.html", context)


def close_month(request: StandingRequest, uuid: UUID, number: int) -> HttpResponse:
    """Close a month, after a look at what it lacks."""
    budget, month = _month(request, uuid, number)
    if month.closed:
        raise Http404
    end = month_end(budget, month, may_write=request.standing.within(budget.programme).is_secretariat)
    return enter(
        request,
        partial(CloseForm, budget=budget, end=end),
        save=lambda form: form.record(by=request.user, programme=budget.programme),
        title=_("Close %(month)s") % {"month": month.name},
        intro=_("Nothing more can be booked in it, or reversed with a day in it, until another person opens it again."),
        submit_label=_("Close the month"),
        back_url=url("budget:month", uuid, number),
        done_url=lambda closed: url("budget:months"),
        template="budget/close_month.html",
        end=end,
        success=_("The month is closed."),
    )


@require_safe
def month(request: StandingRequest, uuid: UUID, number: int) -> HttpResponse:
    """A month's end as a list: what is done, what is left, and where."""
    budget, found = _month(request, uuid, number)
    may_write = request.standing.within(budget.programme).is_secretariat
    context = {
        "budget": budget,
        "end": month_end(budget, found, may_write=may_write),
    }
    return render(request, "budget/month.html", context)


def bank(request: StandingRequest, uuid: UUID, number: int) -> HttpResponse:
    """Write the bank's balance at the month's end."""
    budget, found = _month(request, uuid, number)
    end = month_end(budget, found, may_write=True)
    if end.balance:
        messages.error(request, _("The bank is reconciled for that month already."))
        return redirect("budget:month", uuid, number)
    return enter(
        request,
        partial(BankForm, budget=budget, end=end),
        save=lambda form: form.record(by=request.user, programme=budget.programme),
        title=_("The bank in %(month)s") % {"month": found.name},
        intro=_("The ledger says %(amount)s: what is paid to us less what is spent.") % {"amount": kroner(end.ledger)},
        back_url=url("budget:month", uuid, number),
    )


def explain(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Say why a line deviates; on the day that a report asks about (`?dato=`), where it leads here."""
    lines = BudgetLine.objects.select_related("budget__programme")
    line: BudgetLine = fetch(lines, request.user, uuid, change=True)
    return enter(
        request,
        partial(ExplainForm, line=line, initial=_day_of(request)),
        save=lambda form: form.record(by=request.user, programme=line.budget.programme),
        title=_("Explain the deviation"),
        intro=f"{line.number}. {line.name}",
        back_url=url("budget:account"),
    )


def _day_of(request: HttpRequest) -> dict[str, Any]:
    """The day that the form is opened with; another than today where one that has been is asked for."""
    try:
        day = dt.date.fromisoformat(request.GET.get("dato", ""))
    except ValueError:
        return {}
    return {"happened_on": day} if day <= calendar_today() else {}


def _month(request: StandingRequest, uuid: UUID, number: int) -> tuple[Budget, Month]:
    budget: Budget = fetch(Budget.objects.select_related("programme"), request.user, uuid)
    if not request.standing.within(budget.programme).may_see_persons:
        raise PermissionDenied
    month = next((one for one in months_of(budget) if one.first.month == number), None)
    if month is None:
        raise Http404
    return budget, month


def reopen_month(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Open a month again: another person than who closed it, with a reason."""
    closed = ClosedMonth.objects.current().select_related("budget__programme", "recorded_by")
    fact: ClosedMonth = fetch(closed, request.user, uuid, change=True)
    by: Any = request.user
    return enter(
        request,
        partial(ReopenForm, fact=fact, by=request.user),
        save=lambda form: fact.retract(by=by, reason=form.cleaned_data["reason"]),
        title=_("Open %(month)s again") % {"month": fact},
        submit_label=_("Open the month"),
        back_url=url("budget:months"),
        success=_("The month is open again."),
        danger=True,
    )
