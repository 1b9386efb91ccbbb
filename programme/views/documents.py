"""A new document, a version of one and its text, and what a body has decided on one."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, programme_to_change
from programme.forms import AdoptionForm, DocumentForm, DraftForm, VersionForm
from programme.models import Document, DocumentVersion


def create(request: StandingRequest) -> HttpResponse:
    """A document that the programme is to have."""
    return enter(
        request,
        partial(DocumentForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("New document"),
        submit_label=_("Create the document"),
        back_url=url("programme:documents"),
        done_url=lambda document: document.get_absolute_url(),
    )


def adoption(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what a body has decided on a document."""
    document = fetch(Document.objects.select_related("programme", "adopted_by"), request.user, uuid, change=True)
    return enter(
        request,
        partial(AdoptionForm, document=document, initial={"label": request.GET.get("version", "")}),
        save=lambda form: form.record(by=request.user, programme=document.programme),
        title=_("Record a decision"),
        intro=document.title,
        submit_label=_("Record the decision"),
        back_url=document.get_absolute_url(),
    )


def version(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that a version of a document has been received, or begin one; from another one's text if asked."""
    document = fetch(Document.objects.all(), request.user, uuid, change=True)
    return enter(
        request,
        partial(VersionForm, document=document, initial=_begun_from(document, request.GET.get("fra", ""))),
        save=lambda form: form.save(),
        title=_("Record a version"),
        intro=document.title,
        submit_label=_("Record the version"),
        back_url=document.get_absolute_url(),
    )


def _begun_from(document: Document, asked: str) -> dict[str, Any]:
    """The text that a new version begins with: that of the version named in the address."""
    try:
        found = DocumentVersion.objects.filter(document=document, uuid=UUID(asked)).first()
    except ValueError:
        found = None
    return {"text": found.text} if found else {}


def draft(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write on the text of a version that has not been put before anybody."""
    found = fetch(DocumentVersion.objects.select_related("document"), request.user, uuid, change=True)
    return enter(
        request,
        partial(DraftForm, instance=found),
        save=lambda form: form.save(),
        title=_("Write the text"),
        intro=str(found),
        submit_label=_("Save the text"),
        back_url=found.get_absolute_url(),
    )
