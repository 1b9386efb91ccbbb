"""Give a volunteer a role: a page of hers that asks what she has learnt."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from training.forms import RoleForm
from volunteers.models import Volunteer


def membership(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Record that a volunteer holds a role in an association."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    is_secretariat = request.standing.within(volunteer.programme).is_secretariat
    return enter(
        request,
        partial(RoleForm, volunteer=volunteer, user=request.user, may_make_exceptions=is_secretariat),
        save=lambda form: form.record(by=request.user, programme=volunteer.programme),
        title=_("Record a role"),
        intro=str(volunteer),
        submit_label=_("Record the role"),
        back_url=volunteer.get_absolute_url(),
    )
