"""Vouchers: entered by the secretariat, approved by another person, corrected in one step."""

from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.forms.outlays import TakeOverForm
from budget.forms.vouchers import ApproveForm, CorrectionForm, SendBackForm, VoucherForm, token
from budget.models import BudgetLine, Outlay, Posting, Voucher
from budget.periods import closed_months
from budget.views.ledger import initial_of, lines_to_change, warn
from budget.vouchers import (
    book,
    corrected_by,
    overspent_by,
    said_of,
    send_back,
    together,
    total,
    why_not,
    why_not_hers,
    why_stays,
)
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import today
from programme.access import StandingRequest, fetch, may_change
from programme.files import file_answer


def _vouchers() -> Any:
    return Voucher.objects.select_related("budget__programme", "evidence", "entered_by", "approved_by")


def post(request: StandingRequest) -> HttpResponse:
    """Enter a voucher; with “save and write another” the same line and day stand ready."""
    lines = lines_to_change(request)
    answer = enter(
        request,
        partial(VoucherForm, lines=lines, initial=initial_of(request, lines)),
        save=partial(_write, request),
        title=_("New voucher"),
        intro=_("Write it as it stands on the voucher. It counts once another person has approved it."),
        submit_label=_("Save the voucher"),
        another_label=_("Save and write another"),
        back_url=url("budget:account"),
        done_url=lambda voucher: voucher.get_absolute_url(),
        success=_("The voucher is saved, and waits for another person's approval."),
        template="budget/post.html",
    )
    if answer.status_code == 302 and "another" in request.POST:
        kept = {"post": lines.get(pk=request.POST["line"]).uuid, "dato": request.POST["happened_on"]}
        return redirect(f"{url('budget:post')}?{urlencode(kept)}")
    return answer


def _write(request: HttpRequest, form: VoucherForm) -> Voucher:
    return form.write(by=request.user, programme=form.instance.budget.programme)


@require_safe
def voucher(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One voucher: its parts, how far it is, and what may be done with it."""
    found: Voucher = fetch(_vouchers(), request.user, uuid)
    context = {
        "voucher": found,
        "parts": found.shares.select_related("line", "funder", "course", "association"),
        "postings": found.postings.select_related("line").order_by("pk"),
        "takes_back": corrected_by(found),
        "may_change": not found.is_booked and may_change(found, request.user),
        "why_not": "" if found.is_booked else why_not(found, request.user),
        "token": token(found),
    }
    return render(request, "budget/voucher.html", context)


@require_safe
def voucher_file(request: StandingRequest, uuid: UUID) -> HttpResponseBase:
    """The file of a voucher, also while it is a draft."""
    return file_answer(fetch(_vouchers(), request.user, uuid).evidence)


def edit_voucher(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Change a draft. Whoever writes last has entered it."""
    found: Voucher = fetch(_vouchers(), request.user, uuid, change=True)
    if found.is_booked:
        messages.error(request, _("It is booked, and stays as it is. Correct it instead."))
        return redirect(found.get_absolute_url())
    return enter(
        request,
        partial(_form_of(found), lines=BudgetLine.objects.filter(budget=found.budget), instance=found),
        save=partial(_write, request),
        title=_("Change the voucher"),
        intro=_("Sent back: %(reason)s") % {"reason": found.returned_reason} if found.returned_reason else "",
        submit_label=_("Save the voucher"),
        back_url=found.get_absolute_url(),
    )


def _form_of(draft: Voucher) -> Any:
    """The form that the draft was written in: a correction's, an outlay's, or a voucher's."""
    if draft.corrects:
        return partial(CorrectionForm, posting=_postings().get(uuid=draft.corrects))
    if outlay := Outlay.objects.filter(voucher=draft).select_related("association", "evidence").first():
        return partial(TakeOverForm, outlay=outlay)
    return VoucherForm


def _postings() -> Any:
    return Posting.objects.select_related("line__budget__programme", "booked_from")


def delete_voucher(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away."""
    found: Voucher = fetch(_vouchers(), request.user, uuid, change=True)
    if found.is_booked:
        messages.error(request, _("It is booked, and stays as it is. Correct it instead."))
        return redirect(found.get_absolute_url())
    return enter(
        request,
        forms.Form,
        save=lambda form: found.delete(),
        title=_("Throw the voucher away"),
        intro=str(found),
        submit_label=_("Throw it away"),
        back_url=url("budget:waiting"),
        danger=True,
        success=_("The draft is gone."),
    )


def waiting(request: StandingRequest) -> HttpResponse:
    """What waits for approval, and what has been sent back; approved in one sitting by somebody else than who entered
    it."""
    programme = request.standing.programme
    if programme is None or not request.standing.may_see_persons:
        raise PermissionDenied
    drafts = list(_vouchers().drafts().filter(budget__programme=programme).prefetch_related("shares__line__budget"))
    mine = [one for one in drafts if not one.returned_reason and one.entered_by_id == request.user.pk]
    open_ones = [one for one in drafts if not one.returned_reason and one.entered_by_id != request.user.pk]
    closed = closed_months(one.budget_id for one in open_ones)

    def save(form: ApproveForm) -> list[Voucher]:
        booked = book(form.cleaned_data["chosen"], by=request.user)
        warn(request, overspent_by(booked))
        return booked

    return enter(
        request,
        partial(ApproveForm, vouchers=open_ones, by=request.user),
        save=save,
        title=_("Vouchers that wait"),
        submit_label=_("Approve and book"),
        back_url=url("budget:waiting"),
        success=said_of,
        template="budget/waiting.html",
        open_ones=[(token(one), one, why_not(one, request.user, closed)) for one in open_ones],
        total=total(open_ones),
        mine=mine,
        returned=[one for one in drafts if one.returned_reason],
        may_write=request.standing.is_secretariat,
    )


def send_voucher_back(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Say what is to be mended before it is approved."""
    found: Voucher = fetch(_vouchers(), request.user, uuid)
    if why := why_not_hers(found, request.user):
        messages.error(request, why)
        return redirect(found.get_absolute_url())
    return enter(
        request,
        SendBackForm,
        save=lambda form: send_back(found, reason=form.cleaned_data["reason"]),
        title=_("Send the voucher back"),
        intro=str(found),
        submit_label=_("Send it back"),
        back_url=url("budget:waiting"),
        success=_("Sent back to whoever entered it."),
    )


def correct(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Take a posting back and book it anew, in one step, which another person approves."""
    asked: Posting = fetch(_postings(), request.user, uuid, change=True)
    page = url("budget:posting", uuid)
    if why := why_stays(asked):
        messages.error(request, why)
        return redirect(page)
    posting = together(asked)[0]  # one for all that was booked from its voucher
    return enter(
        request,
        partial(
            CorrectionForm,
            posting=posting,
            lines=BudgetLine.objects.filter(budget=posting.line.budget),
            initial={"happened_on": max(today(), posting.happened_on)},
        ),
        save=partial(_write, request),
        title=_("Correct a voucher"),
        intro=_("Nothing is overwritten: what is booked is taken back, and booked anew as it should have been."),
        submit_label=_("Save the correction"),
        back_url=page,
        done_url=lambda voucher: voucher.get_absolute_url(),
        success=_("The correction is saved, and waits for another person's approval."),
        template="budget/correct.html",
        posting=posting,
    )
