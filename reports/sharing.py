"""One frozen report for a reader without a login: links made, closed, opened, and told of on the report's page.

A link's address holds its identity, signed (`bydelsmoedre.tokens`): nothing that is stored opens it, and it can be
shown again. It opens one version, until its last day or until it is closed, and every opening leaves a row. That
version's code, and the hash before it, lead on to `/kontrol/`: docs/security.md says what is told there.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import today
from bydelsmoedre.tokens import Tokens
from programme.access import STAFF, Standing
from reports.models import FrozenReport, ShareLink, ShareOpening

_TOKENS = Tokens("reports.sharing")
#: So often may one link be opened in an hour.
MOST_AN_HOUR = 300


def token_of(link: ShareLink) -> str:
    """What stands in the link's address: whoever holds it may read the report."""
    return _TOKENS.of(link.uuid)


def link_of(token: str) -> ShareLink | None:
    """The link, where it works today; no query for a token that was made up."""
    if (named := _TOKENS.identity(token)) is None:
        return None
    return ShareLink.objects.open().filter(uuid=named).first()


def is_opened_too_often(link: ShareLink) -> bool:
    """The log is of people who read; a program that fetches again and again has to wait."""
    since = timezone.now() - dt.timedelta(hours=1)
    return link.openings.filter(at__gt=since).count() >= MOST_AN_HOUR


def log_opening(link: ShareLink, what: str) -> None:
    """That it was opened now: PostgreSQL says when, and nothing says by whom."""
    ShareOpening.objects.create(link=link, what=what)


@transaction.atomic
def close_link(link: ShareLink, *, by: Any) -> None:
    """Its address opens nothing from now on; who is second changes nothing."""
    current = ShareLink.objects.select_for_update().get(pk=link.pk)
    if current.revoked_at is None:
        current.revoked_at, current.revoked_by = timezone.now(), by
        current.save(update_fields=["revoked_at", "revoked_by"])


def may_share(standing: Standing) -> bool:
    """The staff shares a report; the municipality's contact has a login, and fetches it for her own journal."""
    return standing.has(*STAFF)


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link as the staff is told of it, with how often it was opened."""

    link: ShareLink
    pages: int
    papers: int
    latest: dt.datetime | None
    #: The address, for who may copy it again; "" for others, and of a link that does not work any more.
    address: str = ""
    close_url: str = ""


def sharing_context(frozen: FrozenReport, request: Any) -> dict[str, Any]:
    """What `reports/frozen_sharing.html` is given, as `sharing`: None for whoever does not share reports."""
    standing: Standing = request.standing
    if not may_share(standing):
        return {"sharing": None}
    rows = ShareLink.objects.visible_to(request.user).filter(frozen=frozen).select_related("created_by", "revoked_by")
    counted = rows.annotate(
        pages=Count("openings", filter=Q(openings__what=ShareOpening.What.PAGE)),
        papers=Count("openings", filter=Q(openings__what=ShareOpening.What.PDF)),
        latest=Max("openings__at"),
    )
    lines = [_line(one, request, standing) for one in counted.order_by("-created_on", "-pk")]
    return {
        "sharing": {
            "open": [one for one in lines if one.link.is_open],
            "ended": [one for one in lines if not one.link.is_open],
            "new_url": url("reports:share", frozen.uuid),
            "today": today(),
        }
    }


def _line(link: Any, request: Any, standing: Standing) -> LinkLine:
    may_copy = link.is_open and (standing.is_secretariat or link.created_by_id == request.user.pk)
    address = request.build_absolute_uri(url("reports:shared", token_of(link))) if may_copy else ""
    close_url = url("reports:unshare", link.uuid) if link.is_open else ""
    return LinkLine(link, link.pages, link.papers, link.latest, address, close_url)
