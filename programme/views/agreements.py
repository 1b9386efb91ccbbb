"""Record a party to an agreement, its term, a signature."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.forms import PartyForm, SignatureForm, TermForm
from programme.models import Agreement


def _agreement_to_change(request: HttpRequest, uuid: UUID) -> Agreement:
    return fetch(Agreement.objects.select_related("programme"), request.user, uuid, change=True)


def signature(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that a party has signed an agreement."""
    agreement = _agreement_to_change(request, uuid)
    return enter(
        request,
        partial(SignatureForm, agreement=agreement, part=request.GET.get("part", "")),
        save=lambda form: form.record(by=request.user, programme=agreement.programme),
        title=_("Record a signature"),
        intro=agreement.title,
        submit_label=_("Record the signature"),
        back_url=agreement.get_absolute_url(),
    )


def party(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that an organisation must sign an agreement."""
    agreement = _agreement_to_change(request, uuid)
    return enter(
        request,
        partial(PartyForm, agreement=agreement),
        save=lambda form: form.record(by=request.user, programme=agreement.programme),
        title=_("Add a party"),
        intro=_("The agreement is in force when every party has signed it."),
        submit_label=_("Add the party"),
        back_url=agreement.get_absolute_url(),
    )


def term(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record from when to when an agreement is meant to hold."""
    agreement = _agreement_to_change(request, uuid)
    return enter(
        request,
        partial(TermForm, agreement=agreement),
        save=lambda form: form.record(by=request.user, programme=agreement.programme),
        title=_("Record the term"),
        intro=_("Without a term the agreement holds from the last signature on."),
        submit_label=_("Record the term"),
        back_url=agreement.get_absolute_url(),
    )
