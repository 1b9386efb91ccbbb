"""How often something may be done without a login: counted in the database, so that all web processes count as one.

No address is stored: a count hangs on a keyed digest of it that is another every day, and goes after a day.
"""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from programme.models import Attempt, Programme

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def is_too_often(
    programme: Programme, what: str, who: str, *, most: int, within: dt.timedelta = HOUR, counts_refused: bool = True
) -> bool:
    """Has it been done `most` times lately, so that it may not be done now? Notes the attempt; old ones go.

    Where what is refused is not counted, a phone that tries again and again by itself is let in when its time comes."""
    now = timezone.now()
    digest = salted_hmac("programme.limits", f"{what} {who} {now.date()}").hexdigest()
    Attempt.objects.filter(at__lt=now - DAY).delete()
    lately = Attempt.objects.filter(programme=programme, what=what, who=digest, at__gt=now - within)
    is_refused = lately.count() >= most
    if counts_refused or not is_refused:
        Attempt.objects.create(programme=programme, what=what, who=digest, at=now)
    return is_refused


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the server is told: the proxy in front sets it (docs/operations.md)."""
    return str(request.META.get("REMOTE_ADDR", ""))
