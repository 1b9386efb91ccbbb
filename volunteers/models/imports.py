"""A file of volunteers on its way in: tried, then imported; what it made is kept, the file itself is not."""

import datetime as dt
import uuid
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from programme.access import PersonQuerySet
from programme.models import Programme

#: An import holds this lock, with its key, for as long as it is worked on. PostgreSQL lets go of it at once where the
#: process ends, however it ends: so nobody has to guess whether an import is still running.
LOCK = 20110612

#: So long a file waits to be imported, or its rejected rows to be fetched.
KEPT = dt.timedelta(hours=24)


@tracked(exclude=("content", "done"))
class Import(models.Model):
    """One file: when it was uploaded, begun and finished, and how much it added. Where it stands is derived."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="imports", verbose_name=_("programme"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)
    began_at = models.DateTimeField(_("began at"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True, editable=False)
    rows = models.PositiveIntegerField(_("rows"), default=0)
    done = models.PositiveIntegerField(_("rows done"), default=0)
    persons = models.PositiveIntegerField(_("new persons"), default=0)
    roles = models.PositiveIntegerField(_("roles"), default=0)
    languages = models.PositiveIntegerField(_("languages"), default=0)
    rejected = models.PositiveIntegerField(_("rows rejected"), default=0)
    #: The file's rows and what was said of them (`importing.content`); null once they are no longer needed.
    content = models.BinaryField(null=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("import of volunteers")
        verbose_name_plural = _("imports of volunteers")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return str(_("Import of %(day)s") % {"day": timezone.localtime(self.uploaded_at).strftime("%d.%m.%Y %H.%M")})

    def get_absolute_url(self) -> str:
        return url("volunteers:import_detail", self.uuid)

    @property
    def is_finished(self) -> bool:
        return self.finished_at is not None

    @property
    def is_expired(self) -> bool:
        """Has the file waited too long? It is then as if it were deleted, and soon is."""
        return self.content is None or (self.finished_at or self.uploaded_at) < timezone.now() - KEPT

    def is_running(self) -> bool:
        """Does somebody work on it at this moment, over another connection than this?"""
        with connection.cursor() as cursor:
            cursor.execute(
                "select exists (select from pg_locks where locktype = 'advisory' and granted "
                "and database = (select oid from pg_database where datname = current_database()) "
                "and classid = %s and objid = %s and objsubid = 2 and pid <> pg_backend_pid())",
                [LOCK, self.pk],
            )
            return bool(cursor.fetchone()[0])


def delete_old_content() -> int:
    """Delete the files that have waited too long. Returns how many there were."""
    old = timezone.now() - KEPT
    waiting = Import.objects.exclude(content=None)
    too_old: Any = models.Q(finished_at__lt=old) | models.Q(finished_at=None, uploaded_at__lt=old)
    return waiting.filter(too_old).update(content=None)
