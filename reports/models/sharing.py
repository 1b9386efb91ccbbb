"""Links by which somebody without a login reads one frozen report, and every time that one was opened."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.moment import today
from bydelsmoedre.personal import refuse_cpr
from programme.access import STAFF, ReachQuerySet
from reports.models.frozen import FrozenReport

#: So many days a link works at most, and usually.
LONGEST, USUAL = 90, 30


class ShareLinkQuerySet(ReachQuerySet):
    """Made and closed by the staff; the municipality has a login, and fetches the report itself."""

    programme_path = "frozen__programme"
    readers = STAFF
    writers = STAFF

    def open(self) -> Self:
        """Links that work today: neither closed nor past their last day."""
        return self.filter(revoked_at=None, expires_on__gte=today())


@tracked()
class ShareLink(models.Model):
    """One frozen report, shown to whoever has the address, until a day. Neither the report nor the last day of a link
    is changed: another link has another address. Closed, it is never opened again (the trigger `b_closed`)."""

    #: Kept as they were made.
    fixed = ("uuid", "frozen_id", "created_on", "expires_on")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    frozen = models.ForeignKey(FrozenReport, models.PROTECT, related_name="links", verbose_name=_("frozen report"))
    label = models.CharField(_("for whom"), max_length=120, validators=[refuse_cpr])
    created_on = models.DateField(_("made on"), default=today, editable=False)
    expires_on = models.DateField(_("works to and including"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("made by")
    )
    revoked_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("closed by"),
    )

    objects = ShareLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to a report")
        verbose_name_plural = _("links to reports")
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("created_on")) & Q(expires_on__lte=F("created_on") + LONGEST),
                name="reports_link_ends",
                violation_error_code="days",
                violation_error_message=_("A link works for 1 to 90 days."),
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None) | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="reports_link_closed_by_somebody",
                violation_error_message=_("Who closed the link is missing."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.frozen}: {self.label}"

    @property
    def is_open(self) -> bool:
        """The twin of `open()`."""
        return self.revoked_at is None and self.expires_on >= today()


class OpeningQuerySet(ReachQuerySet):
    """Reached as the link."""

    programme_path = "link__frozen__programme"
    readers = STAFF
    writers = ()


class ShareOpening(models.Model):
    """That a link was opened, and when; not by whom, nor from where. Only ever added."""

    class What(models.TextChoices):
        PAGE = "page", _("the page")
        PDF = "pdf", "PDF"

    logged_at = "at"

    link = models.ForeignKey(ShareLink, models.PROTECT, related_name="openings", verbose_name=_("link"))
    what = models.CharField(_("what"), max_length=4, choices=What)
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    objects = OpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("opening of a link")
        verbose_name_plural = _("openings of links")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.link}: {self.get_what_display()}"
