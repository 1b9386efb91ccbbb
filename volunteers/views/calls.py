"""Record that somebody was called."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from volunteers.forms import CallForm
from volunteers.models import Call, Volunteer


def call(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """What came of calling a person. The list of those who wait sends the same form with one tap."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(CallForm, volunteer=volunteer),
        save=lambda form: form.record_once(by=request.user, programme=volunteer.programme),
        title=_("Record a call"),
        intro=str(volunteer),
        submit_label=_("Record the call"),
        back_url=volunteer.get_absolute_url(),
        success=partial(_said, volunteer),
    )


def _said(volunteer: Volunteer, recorded: Call) -> str:
    words = {"name": volunteer, "day": dato(recorded.call_again_on)}
    if recorded.outcome == Call.Outcome.AGAIN:
        return _("Saved: %(name)s is to be called again on %(day)s.") % words
    if recorded.outcome == Call.Outcome.NO_ANSWER:
        return _("Saved: %(name)s did not answer. She stands in the list again tomorrow.") % words
    return _("Saved: %(name)s is called.") % words
