"""System checks: what a production site must not run with."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register

from bydelsmoedre.owner import has_two_logins

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "testserver"}


@register(Tags.security)
def check_two_logins(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Facts are protected by privileges as well as by the guard only where the site is not their owner."""
    if settings.IS_LOCAL or has_two_logins():
        return []
    return [
        Warning(
            "The site logs in to the database as its owner.",
            hint="Set DATABASE_URL to the site's login and DATABASE_OWNER_URL to the owner's, then migrate.",
            id="bydelsmoedre.W001",
        )
    ]


@register(Tags.security)
def check_demonstration_is_off(app_configs: Any, **kwargs: Any) -> Sequence[CheckMessage]:
    """What the demonstration relaxes is off in production; the demonstration answers this machine only."""
    found = []
    if not settings.IS_LOCAL and (settings.DEMO or settings.DEMO_TODAY):
        found.append(Error("The demonstration's settings are on.", id="bydelsmoedre.E001"))
    if not settings.IS_LOCAL and not (settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE):
        found.append(Error("Cookies are sent over plain http in production.", id="bydelsmoedre.E002"))
    if settings.IS_LOCAL and not LOOPBACK.issuperset(settings.ALLOWED_HOSTS):
        found.append(Error("The demonstration answers to other machines.", id="bydelsmoedre.E003"))
    return found
