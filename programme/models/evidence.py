"""Evidence: what shows that a fact is so. It has no address of its own; it is read on its fact's page."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.models.programme import Programme


def private_name(evidence: "Evidence", file_name: str) -> str:
    """A file's name on disk says nothing of what it holds, and is never made from what somebody typed."""
    return f"evidence/{evidence.uuid}"


class Evidence(models.Model):
    """Where the proof of a fact lies, such as "Referat, journalnr. 2011-123", or the file itself. The web role can only
    add it."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="evidence", verbose_name=_("programme"))
    description = models.CharField(_("description"), max_length=300, validators=[refuse_cpr])
    file = models.FileField(_("file"), upload_to=private_name, blank=True, max_length=100)
    file_name = models.CharField(_("file name"), max_length=200, blank=True, default="", validators=[refuse_cpr])
    media_type = models.CharField(_("type of file"), max_length=100, blank=True, default="")
    size = models.PositiveIntegerField(_("size in bytes"), null=True, blank=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, default="")
    added_at = models.DateTimeField(_("added at"), auto_now_add=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("added by"),
    )

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["-added_at"]

    def __str__(self) -> str:
        return self.description or str(_("Erased evidence"))
