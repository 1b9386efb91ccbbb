"""Who has been invited to log in as the municipality's contact, and what came of it."""

import datetime as dt
import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import STAFF, ReachQuerySet, Role
from programme.models.programme import Programme

#: So long a link works.
LIFE = dt.timedelta(days=7)


class InvitationQuerySet(ReachQuerySet):
    """Read by the programme's staff, written by the Foundation: whoever is measured does not appoint who approves."""

    readers = STAFF
    writers = (Role.FOUNDATION,)

    def standing(self) -> Self:
        """Neither withdrawn nor followed by another one."""
        return self.filter(closed_at=None)

    def open(self) -> Self:
        """Whose link works: not used, not withdrawn, not too old, and of somebody who may log in."""
        return self.standing().filter(used_at=None, invited_at__gt=timezone.now() - LIFE, user__is_active=True)


@tracked()
class Invitation(models.Model):
    """An address was invited. `user` is whoever was given the role by it; nobody, where the address has a login with
    another role already: that is told to its owner alone. `gave_role`: the role was made by the invitation, or by one
    that it follows, and not given her otherwise. The link in the e-mail holds the row's identity, signed; nothing that
    is stored opens it."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="invitations", verbose_name=_("programme"))
    email = models.EmailField(_("e-mail"))
    office = models.CharField(_("office"), max_length=200, validators=[refuse_cpr])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        editable=False,
        related_name="invitations",
        verbose_name=_("user"),
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("invited by")
    )
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    gave_role = models.BooleanField(
        _("gave the role"),
        default=False,
        editable=False,
        help_text=_("She had not got it otherwise; it goes if the invitation is withdrawn."),
    )
    used_at = models.DateTimeField(_("used at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-invited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "email"],
                condition=Q(used_at=None, closed_at=None),
                name="programme_invited_once",
            ),
            models.CheckConstraint(condition=~Q(email__regex=r"[A-Z]"), name="programme_invited_in_lower_case"),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(user__isnull=False), name="programme_invitation_used_by_somebody"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def expires_at(self) -> dt.datetime:
        return self.invited_at + LIFE

    @property
    def is_expired(self) -> bool:
        return self.used_at is None and timezone.now() >= self.expires_at
