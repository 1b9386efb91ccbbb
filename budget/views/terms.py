"""Pages that write of a grant's terms: the terms themselves, the conditions, and that one is met."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from budget.forms.terms import AGREED, ConditionForm, ConditionMetForm, DeleteConditionForm, TermsForm
from budget.granted import facts_of
from budget.models import Budget, ConditionMet, FundingFact, GrantCondition, GrantTerms
from budget.terms import is_met, terms_of, unless_met, unmet_of, was_ever_met
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment, calendar_today
from programme.access import fetch
from programme.models import Organisation


def _budget(request: HttpRequest, uuid: UUID, funder: UUID) -> tuple[Budget, Organisation]:
    """The budget and one of those that have to do with its money."""
    budget: Budget = fetch(Budget.objects.select_related("programme"), request.user, uuid, change=True)
    ours = Organisation.objects.filter(programme=budget.programme_id, funding__budget=budget).distinct()
    return budget, get_object_or_404(ours, uuid=funder)


def terms(request: HttpRequest, uuid: UUID, funder: UUID) -> HttpResponse:
    """Record the terms of a funder's grant, or correct those that hold."""
    budget, whose = _budget(request, uuid, funder)
    holding = terms_of(budget.uuid, Moment(calendar_today())).get(whose.uuid)
    return enter(
        request,
        partial(TermsForm, budget=budget, funder=whose, holding=holding, initial=_initial(budget, whose, holding)),
        save=lambda form: form.record(by=request.user, programme=budget.programme),
        title=_("Terms of the grant: %(funder)s") % {"funder": whose},
        intro=_("As they stand in the letter of the grant. They decide what may be moved without asking the funder."),
        back_url=url("budget:account"),
    )


def _initial(budget: Budget, funder: Organisation, holding: GrantTerms | None) -> dict[str, Any]:
    """What holds; else the day of the first grant, since terms are usually of that day."""
    if holding:
        return {name: getattr(holding, name) for name in ("happened_on", "note", *AGREED)}
    days = [fact.happened_on for fact in facts_of(budget, funder) if fact.stage == FundingFact.Stage.GRANTED]
    return {"happened_on": min(days, default=None)}


def condition(request: HttpRequest, uuid: UUID, funder: UUID) -> HttpResponse:
    """Write down a condition of a grant."""
    budget, whose = _budget(request, uuid, funder)
    return enter(
        request,
        partial(ConditionForm, budget=budget, funder=whose),
        save=lambda form: form.save(),
        title=_("New condition: %(funder)s") % {"funder": whose},
        intro=_("What the funder wants done or shown, such as before it pays an instalment."),
        back_url=url("budget:account"),
    )


def edit_condition(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Correct a condition that is not met yet."""
    wanted = _condition(request, uuid)
    if is_met(wanted):
        return _stays(request)
    return enter(
        request,
        partial(ConditionForm, budget=wanted.budget, funder=wanted.funder, instance=wanted),
        save=lambda form: unless_met(wanted, form.save),
        title=_("Correct the condition"),
        back_url=url("budget:account"),
    )


def delete_condition(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Delete a condition that was never marked as met."""
    wanted = _condition(request, uuid)
    if was_ever_met(wanted):
        return _stays(request)
    return enter(
        request,
        partial(DeleteConditionForm, budget=wanted.budget, funder=wanted.funder, instance=wanted),
        save=lambda form: unless_met(wanted, wanted.delete),
        title=_("Delete the condition"),
        intro=str(wanted),
        submit_label=_("Delete"),
        back_url=url("budget:account"),
        success=_("The condition is deleted."),
        danger=True,
    )


def condition_met(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark a condition as met, with what proves it."""
    wanted = _condition(request, uuid)
    if is_met(wanted):
        messages.info(request, _("The condition is marked as met already."))
        return redirect("budget:account")
    return enter(
        request,
        partial(ConditionMetForm, condition=wanted),
        save=lambda form: form.record(by=request.user, programme=wanted.budget.programme),
        title=_("Mark the condition as met"),
        intro=str(wanted),
        submit_label=_("Mark as met"),
        back_url=url("budget:account"),
        success=partial(_told_of, wanted),
    )


def _told_of(wanted: GrantCondition, met: ConditionMet) -> str:
    """What is no longer held back, or what else holds it back."""
    if wanted.instalment is None:
        return _("The condition is met.")
    held = [one.text for one in unmet_of(wanted.instalment)]
    day = dato(wanted.instalment.due_on)
    if held:
        told = _("The condition is met. The instalment of %(day)s still lacks: %(conditions)s.")
        return told % {"day": day, "conditions": ", ".join(held)}
    return _("The condition is met. The instalment of %(day)s is no longer held back.") % {"day": day}


def _condition(request: HttpRequest, uuid: UUID) -> GrantCondition:
    rows = GrantCondition.objects.select_related("budget__programme", "funder", "instalment")
    found: GrantCondition = fetch(rows, request.user, uuid, change=True)
    return found


def _stays(request: HttpRequest) -> HttpResponse:
    messages.error(request, _("The condition has been marked as met, so it stays as it is."))
    return redirect("budget:account")
