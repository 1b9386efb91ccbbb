"""The page on which a conversation is recorded."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from volunteers.forms import ConversationForm


def converse(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """A conversation in an association, on a phone: three taps. Afterwards the association's are listed."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    listed = f"{url('volunteers:conversations')}?{urlencode({'forening': association.uuid})}"
    return enter(
        request,
        partial(ConversationForm, association=association),
        save=lambda form: form.record_once(by=request.user),
        title=_("New conversation"),
        intro=association.name,
        submit_label=_("Save the conversation"),
        back_url=association.get_absolute_url(),
        done_url=lambda conversation: listed,
        template="volunteers/converse.html",
        success=_("The conversation is saved."),
    )
