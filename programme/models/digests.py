"""The overview that is sent by e-mail: to whom, for which week or month, what came of it; not its words."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from programme.models.programme import FoundationOnly, Programme


@tracked()
class Digest(models.Model):
    """One e-mail. The row is there before the mail server is asked, so that nobody is sent the same twice; one that is
    broken off stays begun, since it may have left us."""

    class Outcome(models.TextChoices):
        BEGUN = "begun", _("begun")
        SENT = "sent", _("sent")
        FAILED = "failed", _("not sent")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digests", verbose_name=_("user"))
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="digests", verbose_name=_("programme"))
    starts_on = models.DateField(_("first day of the week or month"))
    begun_at = models.DateTimeField(_("begun at"), auto_now_add=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, default=Outcome.BEGUN)

    objects = FoundationOnly.as_manager()

    class Meta:
        verbose_name = _("overview by e-mail")
        verbose_name_plural = _("overviews by e-mail")
        ordering = ["-starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "programme", "starts_on"], name="programme_digest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on:%d.%m.%Y}"
