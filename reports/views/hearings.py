"""Send a version to hearing, and correct the hearing: never over a day on which an association has adopted it."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from associations.models import AssociationAdoption
from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.forms import CorrectHearingForm, HearingForm
from programme.models import DocumentVersion, Hearing


def hearing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Send a version to hearing."""
    version = fetch(DocumentVersion.objects.select_related("document__programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(HearingForm, version=version, adopted=_adopted_on(version)),
        save=lambda form: form.record(by=request.user, programme=version.document.programme),
        title=_("Send to hearing"),
        intro=str(version),
        submit_label=_("Record the hearing"),
        back_url=version.get_absolute_url(),
    )


def correct_hearing(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give a hearing another last day, or ask others too: its next version, known from now on."""
    found: Any = fetch(Hearing.objects.current().select_related("version__document"), request.user, uuid, change=True)
    by: Any = request.user

    def save(form: CorrectHearingForm) -> Any:
        given = form.cleaned_data
        changes = {name: given[name] for name in ("ended_on", "asked", "others")}
        return found.supersede(by=by, reason=given["reason"], **changes)

    return enter(
        request,
        partial(CorrectHearingForm, fact=found, adopted=_adopted_on(found.version)),
        save=save,
        title=_("Correct the hearing"),
        intro=str(found.version),
        back_url=found.version.get_absolute_url(),
    )


def _adopted_on(version: DocumentVersion) -> Iterable[dt.date]:
    """The days on which associations have adopted the version."""
    facts = AssociationAdoption.objects.current().filter(version=version)
    return facts.values_list("happened_on", flat=True).distinct()
