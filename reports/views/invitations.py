"""The Foundation invites the municipality's contact; she chooses her password by the link in her e-mail."""

from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.mails import Handed
from bydelsmoedre.personal import refuse_cpr
from programme.access import StandingRequest, fetch
from programme.models import Invitation
from reports.inviting import invitation_of, invite, send, use, withdraw


class InvitationForm(forms.Form):
    """Who is invited: an address, and the office that reports name."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("Her own, at the municipality. She gets a link by which she chooses her password."),
    )
    office = forms.CharField(
        label=gettext_lazy("Office"),
        max_length=200,
        help_text=gettext_lazy("Such as “Contact person, Employment and Integration”. It stands beside her answers."),
        validators=[refuse_cpr],
    )


def invitations(request: StandingRequest) -> HttpResponse:
    """Invite somebody, and see who has been."""
    programme = request.standing.programme
    if programme is None or not request.standing.is_foundation:
        raise PermissionDenied
    standing = Invitation.objects.visible_to(request.user).standing().filter(programme=programme)
    return enter(
        request,
        InvitationForm,
        save=lambda form: invite(programme=programme, by=request.user, **form.cleaned_data),
        title=_("Invite the municipality’s contact"),
        intro=_("She reads the reports and answers for the municipality. She never meets a person’s data."),
        submit_label=_("Send the invitation"),
        back_url=url("reports:settings"),
        done_url=lambda _invitation: url("reports:invitations"),
        success=partial(_said, request=request),
        template="reports/invite.html",
        invitations=standing,
    )


def _said(invitation: Invitation, request: HttpRequest) -> str:
    """The same whether the address is known or not; and where the e-mail did not leave us, that it did not."""
    match send(invitation):
        case Handed.SENT | Handed.UNCERTAIN:
            return _("The invitation is on its way to %(email)s.") % {"email": invitation.email}
        case Handed.BAD_ADDRESS | Handed.REFUSED:
            messages.warning(request, _("The mail server does not take that address. Is it written right?"))
        case _:
            messages.warning(request, _("The mail server does not answer. Send the invitation again in a while."))
    return _("The invitation is recorded.")


@require_POST
def invite_again(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One tap: a new link, and the old one dies."""
    before = fetch(Invitation.objects.filter(used_at=None).standing(), request.user, uuid, change=True)
    again = invite(programme=before.programme, email=before.email, office=before.office, by=request.user)
    messages.success(request, _said(again, request))
    return redirect("reports:invitations")


@require_POST
def withdraw_invitation(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The address was wrong, or she is not to have it after all."""
    withdraw(fetch(Invitation.objects.filter(used_at=None).standing(), request.user, uuid, change=True))
    messages.success(request, _("The invitation is withdrawn. Its link works no more."))
    return redirect("reports:invitations")


@sensitive_post_parameters()
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """She chooses her password. Opening the link uses nothing up: mail programs open links by themselves."""
    invitation = invitation_of(token)
    if invitation is None or invitation.user is None:
        return _dead(request)
    form: Any = SetPasswordForm(invitation.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not use(token, form.cleaned_data["new_password1"]):
            return _dead(request)
        logout(request)  # whoever else is logged in on this computer
        messages.success(request, _("Your password is chosen. Log in with your e-mail and the password."))
        return redirect("accounts:login")
    return render(request, "reports/invitation.html", {"is_dead": False, "form": form, "email": invitation.email})


def _dead(request: HttpRequest) -> HttpResponse:
    """The same page whatever the link died of."""
    return render(request, "reports/invitation.html", {"is_dead": True}, status=404)
