"""A frozen report is sent to the municipality's contacts: it is on their page, and an e-mail says so, with its hash and
that of the one before it, so that a history written anew shows in anybody's mailbox."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.mail import EmailMessage, get_connection
from django.utils import translation

from accounts.models import User
from bydelsmoedre.danish import dato
from bydelsmoedre.mails import Handed, answers, hand_over, message_id
from programme.access import Role
from programme.models import RoleGrant
from reports.models import FrozenReport
from reports.progress import words


@dataclass(frozen=True, slots=True)
class Told:
    """To how many the e-mail went, and to how many it did not."""

    sent: int
    failed: int


def contacts(frozen: FrozenReport) -> list[User]:
    """Who reads the report for the municipality; who was invited and has not come yet cannot."""
    grants = RoleGrant.objects.filter(programme=frozen.programme_id, role=Role.CASEWORKER, user__is_active=True)
    grants = grants.exclude(user__password__startswith=UNUSABLE_PASSWORD_PREFIX).select_related("user")
    return list(dict.fromkeys(grant.user for grant in grants.order_by("user__email")))


def tell(frozen: FrozenReport, *, is_reminder: bool = False) -> Told:
    """Write to each of the municipality's contacts. What cannot be sent is counted, and the report is there still."""
    to, server = contacts(frozen), get_connection()
    sent = 0
    try:
        for one in to:
            if not answers(server):
                break
            sent += hand_over(mail_to(one, frozen, is_reminder=is_reminder, server=server), server) == Handed.SENT
    finally:
        server.close()
    return Told(sent, len(to) - sent)


def mail_to(user: Any, frozen: FrozenReport, *, is_reminder: bool = False, server: Any = None) -> EmailMessage:
    """The e-mail, in Danish; it names nobody and holds no figure."""
    with translation.override("da"):
        values = {
            "title": str(frozen.report),
            "number": frozen.number,
            "programme": frozen.programme.name,
            "cut_off": dato(frozen.cut_off),
            "address": settings.SITE_URL.rstrip("/") + frozen.get_absolute_url(),
            "sha256": frozen.sha256,
            "previous": frozen.previous or words.CHECK_FIRST,
            "code": frozen.code,
        }
        subject = words.MAIL_REMINDER if is_reminder else words.MAIL_SUBJECT
        body = words.MAIL_BODY.format(**values)
        if frozen.reason:
            body = words.MAIL_REPLACES.format(reason=frozen.reason) + body
        subject = subject.format(**values)
    return EmailMessage(
        subject,
        body,
        to=[user.email],
        connection=server,
        headers={"Message-ID": message_id(uuid.uuid4()), "Auto-Submitted": "auto-generated"},
    )
