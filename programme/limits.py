"""How often something may be done without a login: counted in the database, so that all web processes count as one.

No address is stored: a count hangs on a keyed digest of it that is another every day, and goes after a day.
"""

import datetime as dt

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from programme.models import Attempt, Programme

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def is_too_often(programme: Programme, what: str, who: str, *, most: int, within: dt.timedelta = HOUR) -> bool:
    """Note an attempt; have there been more than `most` of them lately? Old ones are thrown away on the way."""
    now = timezone.now()
    digest = _digest(what, who, now)
    Attempt.objects.filter(at__lt=now - DAY).delete()
    Attempt.objects.create(programme=programme, what=what, who=digest, at=now)
    lately = Attempt.objects.filter(programme=programme, what=what, who=digest, at__gt=now - within)
    return lately.count() > most


def is_used_up(programme: Programme, what: str, who: str, *, most: int, within: dt.timedelta = HOUR) -> bool:
    """Has it been done so often lately that it may not be done now? Else note that it is. What is refused is not
    counted: a phone that tries again and again by itself is let in when its time comes."""
    now = timezone.now()
    digest = _digest(what, who, now)
    Attempt.objects.filter(at__lt=now - DAY).delete()
    if Attempt.objects.filter(programme=programme, what=what, who=digest, at__gt=now - within).count() >= most:
        return True
    Attempt.objects.create(programme=programme, what=what, who=digest, at=now)
    return False


def _digest(what: str, who: str, now: dt.datetime) -> str:
    return salted_hmac("programme.limits", f"{what} {who} {now.date()}").hexdigest()


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the server is told: the proxy in front sets it (docs/operations.md)."""
    return str(request.META.get("REMOTE_ADDR", ""))
