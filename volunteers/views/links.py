"""The page of a volunteer's own link to record conversations by: made, shown to be sent on, closed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import back_to
from programme.access import StandingRequest, fetch
from volunteers.invitations import to_conversations
from volunteers.links import close_links, make_link, talks_in, token_of
from volunteers.models import ConversationLink, Volunteer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation_link(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Her link for each association in which she has conversations, with what can be sent to her phone."""
    volunteer = fetch(Volunteer.objects.select_related("programme"), request.user, uuid, change=True)
    places = list(talks_in(volunteer, request.user))
    if request.method == "POST":
        return _changed(request, volunteer, places)
    links = {
        one.association_id: one
        for one in ConversationLink.objects.open().filter(volunteer=volunteer).select_related("association")
    }
    context = {
        "volunteer": volunteer,
        "lines": [(place, _sent(request, links[place.pk]) if place.pk in links else None) for place in places],
        "back_url": back_to(request, volunteer.get_absolute_url()),
    }
    return render(request, "volunteers/link.html", context)


def _changed(request: StandingRequest, volunteer: Volunteer, places: list[Association]) -> HttpResponse:
    wanted = request.POST.get("forening", "")
    place = next((one for one in places if str(one.uuid) == wanted), None)
    if place is None:
        raise Http404
    if request.POST.get("handling") == "luk":
        close_links(volunteer, place)
        messages.success(request, _("The link is closed. It no longer opens anything."))
    else:
        make_link(volunteer, place)
        messages.success(request, _("The link is ready. A former one no longer opens anything."))
    return redirect(request.get_full_path())


def _sent(request: StandingRequest, link: ConversationLink) -> dict[str, Any]:
    """The invitation with the address, for an SMS or WhatsApp."""
    address = request.build_absolute_uri(url("volunteers:own_conversation", token_of(link)))
    invitations = to_conversations(link.association.name, address)
    return {"address": address, "invitations": invitations, "made_at": link.made_at}
