"""What was answered in a hearing, and what came of it."""

from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.forms import AnsweredForm, CommentForm
from programme.models import DocumentVersion, HearingComment


def comment(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record an answer that has come."""
    version = fetch(DocumentVersion.objects.select_related("document__programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(CommentForm, version=version),
        save=lambda form: form.record(by=request.user, programme=version.document.programme),
        title=_("Record an answer"),
        intro=str(version),
        submit_label=_("Record the answer"),
        back_url=version.get_absolute_url(),
    )


def answer(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record what came of an answer: its next version, known from now on."""
    rows = HearingComment.objects.current().select_related("version__document", "organisation")
    found: Any = fetch(rows, request.user, uuid, change=True)
    by: Any = request.user
    return enter(
        request,
        partial(AnsweredForm, fact=found),
        save=lambda form: found.supersede(
            by=by,
            reason=str(_("It is written what came of it.")),
            answer=form.cleaned_data["answer"],
            because=form.cleaned_data["because"],
            answered_on=form.cleaned_data["answered_on"],
        ),
        title=_("What came of the answer"),
        intro=f"{found.organisation or found.sender}: {found.text}",
        back_url=found.version.get_absolute_url(),
    )
