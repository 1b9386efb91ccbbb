"""Pages of a person: contact data, roles. What a page shows of other apps is composed in reports."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.translation import gettext as _

from associations.models import Association
from bydelsmoedre.addresses import is_uuid, url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from programme.models import Programme
from volunteers.forms import EndMembershipForm, NewVolunteerForm, VolunteerForm
from volunteers.models import Membership, Volunteer


def create(request: StandingRequest) -> HttpResponse:
    """A new volunteer. A local coordinator adds one to her own association; the secretariat to the programme."""
    standing: Any = request.standing
    mine = Association.objects.changeable_by(request.user).select_related("programme")
    if standing.is_secretariat:
        programme: Programme = standing.programme
    elif standing.is_local and (first := mine.first()):
        programme = first.programme
    else:
        raise PermissionDenied
    wanted = request.GET.get("forening", "")
    initial = {"association": mine.filter(uuid=wanted).first()} if is_uuid(wanted) else {}
    return enter(
        request,
        partial(
            NewVolunteerForm,
            programme=programme,
            user=request.user,
            needs_association=standing.is_local,
            initial=initial,
        ),
        save=lambda form: form.save_with_role(by=request.user),
        title=_("New volunteer"),
        submit_label=_("Create the volunteer"),
        template="volunteers/create.html",
        back_url=url("volunteers:list") if standing.may_see_persons else url("reports:dashboard"),
        done_url=lambda volunteer: volunteer.get_absolute_url(),
    )


def edit(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Correct a volunteer's contact data."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    return enter(
        request,
        partial(VolunteerForm, programme=volunteer.programme, instance=volunteer, user=request.user),
        save=lambda form: form.save(),
        title=_("Correct contact data"),
        back_url=volunteer.get_absolute_url(),
    )


def end_membership(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """End a role: the version without an end is superseded by one with it."""
    held = fetch(
        Membership.objects.current().select_related("volunteer", "association"), request.user, uuid, change=True
    )

    def save(form: EndMembershipForm) -> None:
        held.supersede(by=request.user, reason=_("The role has ended."), ended_on=form.cleaned_data["ended_on"])

    return enter(
        request,
        partial(EndMembershipForm, fact=held),
        save=save,
        title=_("End the role"),
        intro=f"{held.volunteer}: {held}",
        submit_label=_("End the role"),
        back_url=held.volunteer.get_absolute_url(),
    )
