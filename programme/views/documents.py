"""Record a version of a document, and what a body has decided on one."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.forms import AdoptionForm, VersionForm
from programme.models import Document


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
    """Record that a version of a document has been received."""
    document = fetch(Document.objects.all(), request.user, uuid, change=True)
    return enter(
        request,
        partial(VersionForm, document=document),
        save=lambda form: form.save(),
        title=_("Record a version"),
        intro=document.title,
        submit_label=_("Record the version"),
        back_url=document.get_absolute_url(),
    )
