"""Users log in by e-mail. What they may do stands in programme (RoleGrant) and associations (AssociationGrant)."""

import uuid
from typing import Any, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail; an address is held in lower case, so that it is found however it is typed."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can log in. Office and organisation are what reports name; the person's name stays here."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("A user with this e-mail exists already.")}
    )
    name = models.CharField(_("name"), max_length=200, blank=True)
    office = models.CharField(_("office"), max_length=200, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    wants_digest = models.BooleanField(_("gets the overview by e-mail"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(
                # Plain ASCII folding is all that an address needs, whatever the database's locale.
                condition=~Q(email__regex=r"[A-Z]"),
                name="accounts_user_email_in_lower_case",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def clean(self) -> None:
        super().clean()
        self.email = self.__class__.objects.normalize_email(self.email)


class CalendarAddressQuerySet(models.QuerySet):
    """A user's own alone."""

    def open(self) -> Self:
        """Addresses that work: not closed, and of somebody who may log in."""
        return self.filter(closed_at=None, user__is_active=True)


@tracked()
class CalendarAddress(models.Model):
    """A user's private address of a calendar that her calendar program fetches without a login. The address holds the
    row's identity, signed; nothing that is stored opens it."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="calendar_addresses", verbose_name=_("user"))
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(closed_at=None), name="accounts_one_open_calendar_address"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}"
