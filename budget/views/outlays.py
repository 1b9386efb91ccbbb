"""Outlays: sent by a local coordinator from her phone, followed until they are paid back."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.models import Association
from budget.forms.outlays import OutlayForm, PayBackForm, RefuseForm, TakeOverForm
from budget.models import BudgetLine, Outlay, Voucher
from budget.outlays import pay_back, refuse
from bydelsmoedre.entry import enter
from bydelsmoedre.listing import Pages
from bydelsmoedre.moment import today
from programme.access import StandingRequest, fetch, only_secretariat
from programme.files import file_answer


def _outlays() -> Any:
    return Outlay.objects.select_related("association__programme", "voucher__budget", "evidence", "asked_by")


def new_outlay(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Send an outlay to the secretariat."""
    association: Association = fetch(
        Association.objects.select_related("programme"), request.user, uuid, change=True
    )  # fmt: skip
    return enter(
        request,
        partial(OutlayForm, association=association, by=request.user),
        save=lambda form: form.record_once(by=request.user, programme=association.programme),
        title=_("New outlay"),
        intro=association.name,
        submit_label=_("Send"),
        back_url=association.get_absolute_url(),
        done_url=lambda outlay: outlay.get_absolute_url(),
        success=_("Sent. You can follow it here."),
    )


@require_safe
def outlays(request: StandingRequest) -> HttpResponse:
    """What has been sent, the latest first: a local coordinator sees her own association's."""
    standing = request.standing
    if standing.is_caseworker and not standing.is_local:
        raise PermissionDenied
    found: QuerySet[Outlay] = _outlays().visible_to(request.user)
    if standing.programme is not None:
        found = found.filter(association__programme=standing.programme)
    page: Any = Pages(found.order_by("-asked_at", "-pk"), ("outlays", request.user.pk)).get_page(
        request.GET.get("side")
    )  # fmt: skip
    mine = Association.objects.visible_to(request.user) if standing.is_local else Association.objects.none()
    return render(request, "budget/outlays.html", {"page": page, "own": mine})


@require_safe
def outlay(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One outlay: how far it is, and what the secretariat can do next."""
    found: Outlay = fetch(_outlays(), request.user, uuid)
    standing = request.standing.within(found.association.programme)
    context = {
        "outlay": found,
        "may_decide": standing.is_secretariat and found.state == "sent",
        "may_pay": standing.is_secretariat and found.state == "booked",
        "may_see_voucher": standing.may_see_persons,
    }
    return render(request, "budget/outlay.html", context)


@require_safe
def outlay_file(request: StandingRequest, uuid: UUID) -> HttpResponseBase:
    """The photo of the receipt."""
    return file_answer(fetch(_outlays(), request.user, uuid).evidence)


def _to_decide(request: StandingRequest, uuid: UUID, state: str) -> Outlay | HttpResponse:
    """The outlay if the secretariat can do this with it now; else the way back to its page, with the reason."""
    found: Outlay = fetch(_outlays(), request.user, uuid, change=True)
    only_secretariat(request.user, found.association.programme_id)
    if found.state == state:
        return found
    messages.error(request, _("The outlay is: %(state)s.") % {"state": found.state_in_words})
    return redirect(found.get_absolute_url())


def take_outlay(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Make a voucher of it, which another person approves."""
    found = _to_decide(request, uuid, "sent")
    if isinstance(found, HttpResponse):
        return found
    lines = BudgetLine.objects.filter(budget__programme=found.association.programme)
    return enter(
        request,
        partial(TakeOverForm, outlay=found, lines=lines),
        save=partial(_write, request),
        title=_("Take the outlay over as a voucher"),
        intro=str(found),
        submit_label=_("Save the voucher"),
        back_url=found.get_absolute_url(),
        success=_("The voucher is saved, and waits for another person's approval."),
    )


def _write(request: StandingRequest, form: TakeOverForm) -> Voucher:
    return form.write(by=request.user, programme=form.instance.budget.programme)


def refuse_outlay(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Say no, and why."""
    found = _to_decide(request, uuid, "sent")
    if isinstance(found, HttpResponse):
        return found
    return enter(
        request,
        RefuseForm,
        save=lambda form: refuse(found, reason=form.cleaned_data["reason"]),
        title=_("Refuse the outlay"),
        intro=str(found),
        submit_label=_("Refuse"),
        back_url=found.get_absolute_url(),
        danger=True,
    )


def pay_outlay(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Say that it is paid back."""
    found = _to_decide(request, uuid, "booked")
    if isinstance(found, HttpResponse):
        return found
    return enter(
        request,
        partial(PayBackForm, initial={"paid_on": today()}),
        save=lambda form: pay_back(found, on=form.cleaned_data["paid_on"]),
        title=_("The outlay is paid back"),
        intro=str(found),
        back_url=found.get_absolute_url(),
    )
