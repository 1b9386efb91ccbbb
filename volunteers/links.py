"""Personal links to record conversations by: made, closed, and told from one that somebody has made up.

Closing a link, ending her role or dissolving the association ends it at once; another one has another address
(`bydelsmoedre.tokens`).
"""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from associations.models import Association
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.tokens import Tokens
from volunteers.models import ConversationLink, Membership, Volunteer
from volunteers.models.links import TALKING

_TOKENS = Tokens("volunteers.links")


def token_of(link: ConversationLink) -> str:
    """What stands in the link's address: whoever holds it may use it."""
    return _TOKENS.of(link.uuid)


def link_of(token: str) -> ConversationLink | None:
    """The link, where it works today; one query, and none for a token that was made up."""
    if (named := _TOKENS.identity(token)) is None:
        return None
    return ConversationLink.objects.open().filter(uuid=named).select_related("association__programme").first()


def talks_in(volunteer: Volunteer, user: Any) -> QuerySet[Association]:
    """The associations within the user's reach in which the volunteer has conversations today."""
    held = Membership.objects.at(Moment(today())).filter(volunteer=volunteer, role__in=TALKING)
    return Association.objects.changeable_by(user).filter(pk__in=held.values("association")).order_by("pk")


@transaction.atomic
def make_link(volunteer: Volunteer, association: Association) -> ConversationLink:
    """A new link; one that she has is closed, so that a lost phone's can be replaced."""
    Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    close_links(volunteer, association)
    return ConversationLink.objects.create(volunteer=volunteer, association=association)


def close_links(volunteer: Volunteer, association: Association) -> int:
    """Close her link to the association; gives how many were open (0 or 1)."""
    mine = ConversationLink.objects.filter(volunteer=volunteer, association=association, closed_at=None)
    return mine.update(closed_at=timezone.now())
