"""Pages that write of the funding: what a funder has done, planned instalments, the approval of the budget."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from budget.forms.funding import ApprovalForm, DeleteInstalmentForm, FundingForm, InstalmentForm
from budget.instalments import has_conditions, is_paid, unless_paid
from budget.models import Budget, Instalment
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import fetch


def _budget(request: HttpRequest, uuid: UUID) -> Budget:
    found: Budget = fetch(Budget.objects.select_related("programme"), request.user, uuid, change=True)
    return found


def fund(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what a funder has proposed, promised, granted or paid."""
    budget = _budget(request, uuid)
    return enter(
        request,
        partial(FundingForm, budget=budget),
        save=lambda form: form.record(by=request.user, programme=budget.programme),
        title=_("Record funding"),
        intro=_("Proposed, promised, granted and paid are four different things; each is recorded on its own day."),
        back_url=url("budget:account"),
    )


def approve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that a body has approved the budget; until then it is proposed."""
    budget = _budget(request, uuid)
    return enter(
        request,
        partial(ApprovalForm, budget=budget),
        save=lambda form: form.record(by=request.user, programme=budget.programme),
        title=_("Record the approval"),
        intro=_("The budget of %(year)s is proposed until a body has approved it.") % {"year": budget.year},
        submit_label=_("Record the approval"),
        back_url=url("budget:account"),
    )


def instalment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Plan an instalment of a grant."""
    budget = _budget(request, uuid)
    return enter(
        request,
        partial(InstalmentForm, budget=budget),
        save=lambda form: form.save(),
        title=_("Plan an instalment"),
        intro=_("When a funder is to pay, and how much. A payment is recorded when it has come."),
        back_url=url("budget:account"),
    )


def edit_instalment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct an instalment that is not paid yet."""
    planned = _instalment(request, uuid)
    if is_paid(planned):
        return _stays(request)
    return enter(
        request,
        partial(InstalmentForm, budget=planned.budget, instance=planned),
        save=lambda form: unless_paid(planned, form.save),
        title=_("Correct the instalment"),
        back_url=url("budget:account"),
    )


def delete_instalment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an instalment that is not paid yet out of the plan."""
    planned = _instalment(request, uuid)
    if is_paid(planned):
        return _stays(request)
    if has_conditions(planned):
        messages.error(request, _("A condition holds the instalment back. Delete or change the condition first."))
        return redirect("budget:account")
    return enter(
        request,
        partial(DeleteInstalmentForm, budget=planned.budget, instance=planned),
        save=lambda form: unless_paid(planned, planned.delete),
        title=_("Delete the instalment"),
        intro=str(planned),
        submit_label=_("Delete"),
        back_url=url("budget:account"),
        success=_("The instalment is deleted."),
        danger=True,
    )


def _instalment(request: HttpRequest, uuid: UUID) -> Instalment:
    planned = Instalment.objects.select_related("budget__programme", "funder")
    found: Instalment = fetch(planned, request.user, uuid, change=True)
    return found


def _stays(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("Something is paid of the instalment already, so it stays as it is."))
    return redirect("budget:account")
