"""A user's private calendar address: made, closed, and told from one that somebody has made up."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import CalendarAddress, User
from bydelsmoedre.tokens import Tokens

_TOKENS = Tokens("accounts.calendars")


def token_of(address: CalendarAddress) -> str:
    """What stands in the address: whoever holds it reads the calendar."""
    return _TOKENS.of(address.uuid)


def owner_of(token: str) -> User | None:
    """Whose calendar it is, where the address works; one query, and none for a token that was made up."""
    if (named := _TOKENS.identity(token)) is None:
        return None
    found = CalendarAddress.objects.open().filter(uuid=named).select_related("user").first()
    return found.user if found else None


@transaction.atomic
def make_address(user: Any) -> CalendarAddress:
    """A new address; the one there is works no more."""
    User.objects.select_for_update().get(pk=user.pk)
    close_address(user)
    return CalendarAddress.objects.create(user=user)


def close_address(user: Any) -> int:
    """Close the user's address; gives how many were open (0 or 1)."""
    return CalendarAddress.objects.filter(user=user, closed_at=None).update(closed_at=timezone.now())
