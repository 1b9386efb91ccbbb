"""Pages of the programme: record a decision, record a signature."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.forms import AdoptionForm, SignatureForm
from programme.models import Agreement, Document, Programme


@require_POST
def choose(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Look at another programme, until one logs out."""
    request.session["programme"] = fetch(Programme.objects, request.user, uuid).pk
    return redirect("reports:dashboard")


def adoption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what a body has decided on a document."""
    document = fetch(Document.objects.select_related("programme", "adopted_by"), request.user, uuid, change=True)
    return enter(
        request,
        partial(AdoptionForm, document=document),
        save=lambda form: form.record(by=request.user, programme=document.programme),
        title=_("Record a decision"),
        intro=document.title,
        submit_label=_("Record the decision"),
        back_url=reverse("reports:dashboard"),
    )


def signature(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that a party has signed an agreement."""
    agreement = fetch(Agreement.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(SignatureForm, agreement=agreement, part=request.GET.get("part", "")),
        save=lambda form: form.record(by=request.user, programme=agreement.programme),
        title=_("Record a signature"),
        intro=agreement.title,
        submit_label=_("Record the signature"),
        back_url=reverse("reports:dashboard"),
    )
