"""Write down what the parties have promised each other, and mark it as met."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import fetch
from programme.forms import NewObligationForm, ObligationForm, ObligationMetForm
from programme.models import Agreement, Obligation


def create(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Add an obligation of a party."""
    agreement = fetch(Agreement.objects.all(), request.user, uuid, change=True)
    return enter(
        request,
        partial(NewObligationForm, agreement=agreement),
        save=lambda form: form.save(),
        title=_("Add an obligation"),
        intro=agreement.title,
        submit_label=_("Add the obligation"),
        back_url=agreement.get_absolute_url(),
    )


def _obligation_to_change(request: HttpRequest, uuid: UUID) -> Obligation:
    rows = Obligation.objects.select_related("agreement__programme", "organisation")
    return fetch(rows, request.user, uuid, change=True)


def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change how an obligation is worded, or by when it is due, until it is met."""
    obligation = _obligation_to_change(request, uuid)
    return enter(
        request,
        partial(ObligationForm, instance=obligation),
        save=lambda form: form.save(),
        title=_("Correct the obligation"),
        intro=str(obligation.organisation),
        back_url=obligation.agreement.get_absolute_url(),
    )


def met(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Record that an obligation is met, or that one that lasts is kept."""
    obligation = _obligation_to_change(request, uuid)
    return enter(
        request,
        partial(ObligationMetForm, obligation=obligation),
        save=lambda form: form.record(by=request.user, programme=obligation.agreement.programme),
        title=_("Mark the obligation as met") if obligation.due_on else _("Confirm that the obligation is kept"),
        intro=f"{obligation.organisation}: {obligation.text}",
        submit_label=_("Mark as met") if obligation.due_on else _("Confirm"),
        back_url=obligation.agreement.get_absolute_url(),
    )
