"""How often something may be done without a login: counted in the database, so that all web processes count as one.

No address is stored: a count hangs on a keyed digest of it that is another every day, and goes after a day.
"""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from programme.models import Attempt, Programme

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def is_spent(programme: Programme, what: str, who: str, *, most: int, within: dt.timedelta = HOUR) -> bool:
    """Has it been done `most` times lately? Notes nothing: for what is noted only where it fails (`is_too_often`)."""
    now = timezone.now()
    mine = Attempt.objects.filter(programme=programme, what=what, who=_digest(what, who, now))
    return mine.filter(at__gt=now - within).count() >= most


def is_too_often(
    programme: Programme, what: str, who: str, *, most: int, within: dt.timedelta = HOUR, counts_refused: bool = True
) -> bool:
    """Has it been done `most` times lately, so that it may not be done now? Notes the attempt; old ones go.

    Where what is refused is not counted, a phone that tries again and again by itself is let in when its time comes."""
    now = timezone.now()
    Attempt.objects.filter(at__lt=now - DAY).delete()
    is_refused = is_spent(programme, what, who, most=most, within=within)
    if counts_refused or not is_refused:
        Attempt.objects.create(programme=programme, what=what, who=_digest(what, who, now), at=now)
    return is_refused


def _digest(what: str, who: str, now: dt.datetime) -> str:
    return salted_hmac("programme.limits", f"{what} {who} {now.date()}").hexdigest()


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the server is told: the proxy in front sets it (docs/operations.md)."""
    return str(request.META.get("REMOTE_ADDR", ""))
