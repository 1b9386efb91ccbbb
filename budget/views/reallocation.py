"""Pages that write of the reallocations: asking for one, and a funder's answer."""

from decimal import Decimal
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from budget.forms.reallocation import ReallocationDecisionForm, ReallocationForm
from budget.models import Budget, Reallocation
from budget.reallocation import ReallocationFigure, reallocations
from budget.rest import rest_of
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment, calendar_today, today
from programme.access import fetch


def reallocate(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Ask for money to be moved between lines. Whether the funders must say yes first follows from the terms of their
    grants; whoever asks is told at once."""
    budget = fetch(Budget.objects.select_related("programme"), request.user, uuid, change=True)

    def save(form: ReallocationForm) -> Reallocation:
        asked: Reallocation = form.save()
        rest = rest_before(asked)
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
        intro=_(
            "The terms of the grants say whether the funders must be asked. If they must, the amount is moved from the "
            "day of the last yes; else at once."
        ),
        submit_label=_("Ask for the reallocation"),
        back_url=url("budget:account"),
        success=_told_of,
    )


def rest_before(asked: Reallocation) -> Decimal:
    """What the line had left before the amount was moved from it, which may have happened at once."""
    rest = rest_of(asked.from_line, Moment(max(today(), asked.asked_on)))
    return rest + asked.amount if _figure_of(asked).in_force_on else rest


def _told_of(asked: Reallocation) -> str:
    """What asking has led to, in words."""
    figure = _figure_of(asked)
    if figure.state == "allowed":
        moved = _("The terms of the grants allow it: the amount is moved from %(day)s.") % {"day": dato(asked.asked_on)}
        return " ".join([moved, *figure.why()])
    if figure.state == "unanswerable":
        return _("Saved. No funder had granted money on that day, so nobody can say yes, and nothing is moved.")
    return " ".join([_("Saved. Nothing is moved until the funders that must be asked have said yes."), *figure.why()])


def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what a funder has answered to a reallocation."""
    asked = Reallocation.objects.select_related("budget__programme", "from_line", "to_line")
    reallocation = fetch(asked, request.user, uuid, change=True)
    back = url("budget:account")
    figure = _figure_of(reallocation)
    if not figure.must_ask:
        messages.error(request, _why_nobody(figure))
        return redirect(back)
    told = {
        "amount": kroner(reallocation.amount),
        "from": reallocation.from_line.name,
        "to": reallocation.to_line.name,
        "day": dato(reallocation.asked_on),
    }
    return enter(
        request,
        partial(ReallocationDecisionForm, reallocation=reallocation, answers=figure.must_ask),
        save=lambda form: form.record(by=request.user, programme=reallocation.budget.programme),
        title=_("Record a funder's answer"),
        intro=_("%(amount)s from “%(from)s” to “%(to)s”, asked for on %(day)s.") % told,
        submit_label=_("Record the answer"),
        back_url=back,
    )


def _why_nobody(figure: ReallocationFigure) -> str:
    if figure.answers:
        return _("By the terms of the grants nobody need be asked, so there is no answer to record.")
    return _("No funder had granted money when it was asked for, so nobody can answer.")


def _now(reallocation: Reallocation) -> Moment:
    return Moment(max(calendar_today(), reallocation.asked_on))


def _figure_of(reallocation: Reallocation) -> ReallocationFigure:
    """The reallocation as it stands now."""
    budget = reallocation.budget
    asked = reallocations(budget.programme_id, budget.uuid, _now(reallocation))
    return next(one for one in asked if one.uuid == reallocation.uuid)
