"""The overviews are sent: each once at most, by as many workers at once as there are.

The row is written before the mail server is asked. What is killed in between stays begun, and is never sent again: next
week there is another one.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from associations.models import Association, AssociationGrant
from bydelsmoedre.addresses import url
from bydelsmoedre.mails import Handed, answers, hand_over, message_id
from bydelsmoedre.tokens import Tokens
from programme.access import STAFF
from programme.models import Digest, RoleGrant
from reports.digest import Addressee, letter_to

#: So long after its deadline a programme still sends overviews: its accounts and its last report fall due then.
AFTERWARDS = dt.timedelta(183)

_TOKENS = Tokens("reports.digests")


@dataclass
class Tally:
    """What a run did."""

    sent: int = 0
    failed: int = 0
    uncertain: int = 0
    is_server_away: bool = False  #: nothing was begun after that


def addressees(on: dt.date) -> list[Addressee]:
    """Who is to have an overview of the day's week or month: secretariat and Foundation of each programme that runs,
    and local coordinators. Not the municipality, which is sent reports; nobody who has switched it off."""
    found = [*_staff(on), *_local(on)]
    sent = set(
        Digest.objects.filter(starts_on__in={one.days(on)[0] for one in found}).values_list(
            "user", "programme", "starts_on"
        )
    )
    return [one for one in found if (one.user.pk, one.programme.pk, one.days(on)[0]) not in sent]


def _staff(on: dt.date) -> list[Addressee]:
    grants = RoleGrant.objects.filter(role__in=STAFF, user__is_active=True, user__wants_digest=True)
    running = grants.filter(programme__deadline__gte=on - AFTERWARDS, programme__starts_on__lte=on)
    found = [(one.user, one.programme) for one in running.select_related("user", "programme").order_by("pk")]
    # Whoever stands in today is on the staff, and so told already: of the same programme.
    return [Addressee(user, programme) for user, programme in dict.fromkeys(found)]


def _local(on: dt.date) -> list[Addressee]:
    """Each local coordinator with her associations; who has a role in a programme is told of all of it already."""
    grants = AssociationGrant.objects.filter(user__is_active=True, user__wants_digest=True, user__role_grants=None)
    running = grants.filter(
        association__programme__deadline__gte=on - AFTERWARDS, association__programme__starts_on__lte=on
    )
    hers: dict[tuple[User, Any], list[Association]] = defaultdict(list)
    for one in running.select_related("user", "association__programme").order_by("pk"):
        hers[one.user, one.association.programme].append(one.association)
    return [Addressee(user, programme, tuple(places)) for (user, programme), places in hers.items()]


def send_digests(on: dt.date) -> Tally:
    """Send what has not been sent yet of the day's week and month."""
    tally, server = Tally(), get_connection()
    try:
        for one in addressees(on):
            if not answers(server):
                tally.is_server_away = True
                break
            if begun := _begin(one, on):
                _send(begun, one, on, server, tally)
    finally:
        server.close()
    return tally


def _begin(one: Addressee, on: dt.date) -> Digest | None:
    """The row of this overview, made by this worker; None where another has made it."""
    with transaction.atomic():
        told = {"user": one.user, "programme": one.programme, "starts_on": one.days(on)[0]}
        row, is_new = Digest.objects.get_or_create(**told)
    return row if is_new else None


def _send(row: Digest, one: Addressee, on: dt.date, server: Any, tally: Tally) -> None:
    match hand_over(mail_of(row, one, on, server), server):
        case Handed.SENT:
            tally.sent += 1
            _came_to(row, Digest.Outcome.SENT)
        case Handed.UNCERTAIN:
            tally.uncertain += 1
        case _:
            tally.failed += 1
            _came_to(row, Digest.Outcome.FAILED)


def _came_to(row: Digest, outcome: str) -> None:
    row.outcome = outcome
    row.save(update_fields=["outcome"])


def mail_of(row: Digest, one: Addressee, on: dt.date, server: Any = None) -> EmailMessage:
    """The e-mail in Danish, with its own link to get no more."""
    stop = settings.SITE_URL.rstrip("/") + url("reports:stop_digest", token_of(one.user))
    with translation.override(settings.LANGUAGE_CODE):
        letter = letter_to(one, on)
        foot = _("You get this because you work with %(programme)s. If you want no more of them: %(address)s")
        body = f"{letter.body}\n\n-- \n{foot % {'programme': one.programme, 'address': stop}}\n"
    return EmailMessage(
        letter.subject,
        body,
        to=[one.user.email],
        connection=server,
        headers={
            "Message-ID": message_id(row.uuid),
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def token_of(user: Any) -> str:
    """What stands in the link by which a user switches the overview off: whoever holds it may do that, and no more."""
    return _TOKENS.of(user.uuid)


def user_of(token: str) -> User | None:
    """Whose link it is; None where somebody has made it up, or the login is closed."""
    named = _TOKENS.identity(token)
    return User.objects.filter(uuid=named, is_active=True).first() if named else None
