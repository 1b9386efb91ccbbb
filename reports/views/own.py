"""What a local coordinator's pages are about: her own associations, and the programme that they are in."""

from associations.models import Association
from programme.access import StandingRequest
from programme.models import Programme


def in_view(request: StandingRequest) -> tuple[Programme | None, list[Association] | None]:
    """The programme that a page is about, and of a local coordinator her associations in it; None for whoever is told
    of the whole programme."""
    mine = own_associations(request)
    programme = mine[0].programme if mine else request.standing.programme
    if not request.standing.is_local:
        return programme, None
    return programme, [one for one in mine if one.programme == programme]


def own_associations(request: StandingRequest) -> list[Association]:
    """Her associations with their programme; none for whoever is no local coordinator."""
    if not request.standing.is_local:
        return []
    return list(Association.objects.visible_to(request.user).select_related("programme"))
