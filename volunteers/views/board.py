"""The page on which an election to an association's board is recorded."""

from functools import partial
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter, here
from programme.access import StandingRequest, fetch
from volunteers.board import Elected
from volunteers.forms import ElectionForm


def elect(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """Who was elected to the board, at a meeting on a day."""
    association = fetch(Association.objects.select_related("programme"), request.user, uuid, change=True)
    query = urlencode({"forening": association.uuid, "next": here(request)})
    return enter(
        request,
        partial(ElectionForm, association=association, user=request.user),
        save=lambda form: form.record(by=request.user),
        title=_("Election to the board"),
        intro=association.name,
        submit_label=_("Record the election"),
        back_url=association.get_absolute_url(),
        template="volunteers/elect.html",
        success=_in_numbers,
        add_person_url=f"{url('volunteers:create')}?{query}",
    )


def _in_numbers(done: Elected) -> str:
    """What the election changed; in numbers, since the message is kept in the browser."""
    return _("Saved: %(elected)s elected, %(kept)s go on, %(ended)s have left the board.") % {
        "elected": done.elected,
        "kept": done.kept,
        "ended": done.ended,
    }
