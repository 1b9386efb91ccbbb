"""Make an agreement; record a party to it, its term, a version of its text, an annex, a signature."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, programme_to_change
from programme.forms import AgreementForm, AgreementVersionForm, AnnexForm, PartyForm, SignatureForm, TermForm
from programme.models import Agreement


def create(request: StandingRequest) -> HttpResponse:
    """Make an agreement; parties, term and signatures are recorded on its page."""
    return enter(
        request,
        partial(AgreementForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("Make an agreement"),
        submit_label=_("Make the agreement"),
        back_url=url("programme:goals"),
        done_url=lambda agreement: agreement.get_absolute_url(),
    )


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


def version(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record a version of an agreement's text, which the parties are then to sign."""
    agreement = _agreement_to_change(request, uuid)
    return enter(
        request,
        partial(AgreementVersionForm, agreement=agreement),
        save=lambda form: form.record(by=request.user, programme=agreement.programme),
        title=_("Record a version of the text"),
        intro=_(
            "Signatures from before are not on it. The version before it holds until all parties have signed this one."
        ),
        submit_label=_("Record the version"),
        back_url=agreement.get_absolute_url(),
    )


def annex(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Annex a document of the programme to an agreement."""
    agreement = _agreement_to_change(request, uuid)
    return enter(
        request,
        partial(AnnexForm, agreement=agreement),
        save=lambda form: form.record(by=request.user, programme=agreement.programme),
        title=_("Add an annex"),
        intro=agreement.title,
        submit_label=_("Add the annex"),
        back_url=agreement.get_absolute_url(),
    )
