"""What of the training is the secretariat's alone: planning, enrolling, issuing certificates."""

from typing import Any

from django.core.exceptions import PermissionDenied

from programme.models import Programme


def only_secretariat(user: Any, programme_id: int) -> None:
    """403 for who sees it but is not the programme's secretariat, such as the local coordinator."""
    if not Programme.objects.changeable_by(user).filter(pk=programme_id).exists():
        raise PermissionDenied
