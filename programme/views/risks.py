"""Write of a risk: new, or as it stands now."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch, programme_to_change
from programme.forms.risks import RiskForm
from programme.models import Risk


def create(request: StandingRequest) -> HttpResponse:
    """A new risk."""
    return enter(
        request,
        partial(RiskForm, programme=programme_to_change(request)),
        save=lambda form: form.save(),
        title=_("New risk"),
        submit_label=_("Save the risk"),
        back_url=url("programme:risks"),
    )


def edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What is known of the risk now: rated anew, looked at next, or closed."""
    risk = fetch(Risk.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(RiskForm, programme=risk.programme, instance=risk),
        save=lambda form: form.save(),
        title=_("Look at the risk"),
        intro=risk.text,
        submit_label=_("Save the risk"),
        back_url=url("programme:risks"),
    )
