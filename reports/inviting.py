"""The municipality's contact is invited by the Foundation: she is given the role, and chooses her own password. Nobody
else does. The secretariat, whose reports she answers, does not choose who she is.

Whoever invites is told the same whether the address is known or not, and finds the same in the list. Somebody who has
another role is never made the municipality's contact: whoever is that meets no person (`programme.access.kept_out`).
"""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from associations.models import AssociationGrant
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.mails import Handed, answers, hand_over, message_id
from bydelsmoedre.tokens import Tokens
from programme.access import Role
from programme.models import Invitation, Programme, RoleGrant
from volunteers.models import Volunteer

_TOKENS = Tokens("programme.invitations")


@transaction.atomic
def invite(*, programme: Programme, email: str, office: str, by: Any) -> Invitation:
    """Invite the address, or invite it again: the link that was sent before works no more."""
    email = User.objects.normalize_email(email)
    user = User.objects.select_for_update().filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, office=office)  # without a password
    before = Invitation.objects.standing().filter(programme=programme, email=email, used_at=None)
    gave_role = before.filter(gave_role=True).exists()
    before.update(closed_at=timezone.now())
    is_given = may_be_contact(user, programme)
    if is_given:
        _grant, is_new = RoleGrant.objects.get_or_create(user=user, programme=programme, role=Role.CASEWORKER)
        gave_role = gave_role or is_new
    return Invitation.objects.create(
        programme=programme,
        email=email,
        office=office,
        user=user if is_given else None,
        gave_role=is_given and gave_role,
        invited_by=by,
    )


def may_be_contact(user: User, programme: Programme) -> bool:
    """Has she no other role anywhere, and no volunteer's login?"""
    other = RoleGrant.objects.filter(user=user).exclude(programme=programme, role=Role.CASEWORKER)
    return (
        user.is_active
        and not (user.is_staff or user.is_superuser)
        and not other.exists()
        and not AssociationGrant.objects.filter(user=user).exists()
        and not Volunteer.objects.filter(user=user).exists()
    )


@transaction.atomic
def withdraw(invitation: Invitation) -> None:
    """The link works no more, and the role that she was given by it goes; one that she was given otherwise stays."""
    row = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if row.used_at is None and row.gave_role:
        RoleGrant.objects.filter(user=row.user, programme=row.programme_id, role=Role.CASEWORKER).delete()
    row.closed_at = timezone.now()
    row.save(update_fields=["closed_at"])


def token_of(invitation: Invitation) -> str:
    """What stands in the link: whoever holds it chooses the password."""
    return _TOKENS.of(invitation.uuid)


def invitation_of(token: str) -> Invitation | None:
    """The invitation whose link works; None where it is dead, whatever it died of. Somebody who has a password already
    keeps it."""
    named = _TOKENS.identity(token)
    found = Invitation.objects.open().filter(uuid=named).select_related("user").first() if named else None
    return found if found and found.user and not found.user.has_usable_password() else None


@transaction.atomic
def use(token: str, password: str) -> bool:
    """Choose the password, once; False where the link has died meanwhile."""
    found = invitation_of(token)
    if found is None or found.user is None:
        return False
    user = User.objects.select_for_update().get(pk=found.user.pk)  # whoever comes second waits, and asks again
    invitation = invitation_of(token)
    if invitation is None:
        return False
    user.set_password(password)
    user.save(update_fields=["password"])
    invitation.used_at = timezone.now()
    invitation.save(update_fields=["used_at"])
    return True


def send(invitation: Invitation) -> Handed | None:
    """Hand the e-mail over, and say what came of it; None where the mail server is away."""
    server = get_connection()
    try:
        return hand_over(mail_of(invitation, server), server) if answers(server) else None
    finally:
        server.close()


def mail_of(invitation: Invitation, server: Any = None) -> EmailMessage:
    """In Danish, to whoever owns the address: it alone says whether it was known."""
    with translation.override(settings.LANGUAGE_CODE):
        told = {
            "programme": invitation.programme,
            "site": settings.SITE_URL.rstrip("/"),
            "link": settings.SITE_URL.rstrip("/") + url("reports:accept_invitation", token_of(invitation)),
            "day": dato(invitation.expires_at.astimezone().date()),
        }
        subject = _("Access to the reports of %(programme)s") % told
        body = _body(invitation) % told
    headers = {"Message-ID": message_id(invitation.uuid), "Auto-Submitted": "auto-generated"}
    return EmailMessage(subject, body, to=[invitation.email], connection=server, headers=headers)


def _body(invitation: Invitation) -> str:
    if invitation.user is None:
        paragraphs = [
            _("The Foundation has invited this address to read the reports of %(programme)s for the municipality."),
            _("You have a login already, with another role. Nothing has been changed in it."),
            _("If you are to have the municipality’s access too, write to the Foundation."),
        ]
    elif invitation.user.has_usable_password():
        paragraphs = [
            _("You have access to the reports of %(programme)s as the municipality’s contact."),
            _("Log in with the password that you have: %(site)s"),
        ]
    else:
        paragraphs = [
            _("You are invited to read the reports of %(programme)s as the municipality’s contact."),
            _("Choose your own password here: %(link)s"),
            _("The link works once, and until %(day)s. If it has died, ask the Foundation to send it again."),
            _("Did you not expect this? Then do nothing."),
        ]
    return "\n\n".join(paragraphs) + "\n"
