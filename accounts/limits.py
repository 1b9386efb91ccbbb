"""How often somebody may do something without a login: counted in the database, so that all web processes count as one.

No address is stored: a count hangs on a keyed digest of it that is another every day, and goes after a day.
"""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import Attempt

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def is_too_often(what: str, about: Any, *, most: int, within: dt.timedelta = HOUR) -> bool:
    """Note an attempt; have there been more than `most` of them lately? Old ones are thrown away on the way."""
    now = timezone.now()
    who = salted_hmac("accounts.limits", f"{what} {about} {now.date()}").hexdigest()
    Attempt.objects.filter(at__lt=now - DAY).delete()
    Attempt.objects.create(what=what, who=who, at=now)
    return Attempt.objects.filter(what=what, who=who, at__gt=now - within).count() > most


def address_of(request: HttpRequest) -> str:
    """Where the request comes from, as the server is told: the proxy in front sets it (docs/operations.md)."""
    return str(request.META.get("REMOTE_ADDR", ""))
