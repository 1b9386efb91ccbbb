"""What a local coordinator's pages are about: her own associations, and the programme that they are in."""

from associations.models import Association
from programme.access import StandingRequest


def own_associations(request: StandingRequest) -> list[Association]:
    """Her associations with their programme; none for whoever is no local coordinator."""
    if not request.standing.is_local:
        return []
    return list(Association.objects.visible_to(request.user).select_related("programme"))
