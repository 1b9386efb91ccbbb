"""Pages that write of the reallocations: asking for one, and a funder's answer."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from budget.forms.reallocation import ReallocationDecisionForm, ReallocationForm
from budget.models import Budget, Reallocation
from budget.reallocation import Answer, reallocations
from budget.rest import rest_of
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment, calendar_today, today
from programme.access import fetch


def reallocate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for money to be moved between lines. Nothing is moved until every funder has said yes."""
    budget = fetch(Budget.objects.select_related("programme"), request.user, uuid, change=True)

    def save(form: ReallocationForm) -> Reallocation:
        asked: Reallocation = form.save()
        rest = rest_of(asked.from_line, Moment(max(today(), asked.asked_on)))
        if asked.amount > rest:
            told = {"line": asked.from_line.name, "rest": kroner(rest), "amount": kroner(asked.amount)}
            messages.warning(
                request, _("“%(line)s” has %(rest)s left, and %(amount)s is asked to be moved from it.") % told
            )
        return asked

    return enter(
        request,
        partial(ReallocationForm, budget=budget),
        save=save,
        title=_("Ask for a reallocation"),
        intro=_("Every funder that has granted money must say yes. The amount is moved from the day of the last yes."),
        submit_label=_("Ask for the reallocation"),
        back_url=url("budget:account"),
    )


def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what a funder has answered to a reallocation."""
    asked = Reallocation.objects.select_related("budget__programme", "from_line", "to_line")
    reallocation = fetch(asked, request.user, uuid, change=True)
    back = url("budget:account")
    answers = answers_to(reallocation)
    if not answers:
        messages.error(request, _("No funder had granted money when it was asked for, so nobody can answer."))
        return redirect(back)
    told = {
        "amount": kroner(reallocation.amount),
        "from": reallocation.from_line.name,
        "to": reallocation.to_line.name,
        "day": dato(reallocation.asked_on),
    }
    return enter(
        request,
        partial(ReallocationDecisionForm, reallocation=reallocation, answers=answers),
        save=lambda form: form.record(by=request.user, programme=reallocation.budget.programme),
        title=_("Record a funder's answer"),
        intro=_("%(amount)s from “%(from)s” to “%(to)s”, asked for on %(day)s.") % told,
        submit_label=_("Record the answer"),
        back_url=back,
    )


def answers_to(reallocation: Reallocation) -> list[Answer]:
    """Whoever must answer, with what is answered by now."""
    budget = reallocation.budget
    now = Moment(max(calendar_today(), reallocation.asked_on))
    asked = reallocations(budget.programme_id, budget.uuid, now)
    return [answer for one in asked if one.uuid == reallocation.uuid for answer in one.answers]
