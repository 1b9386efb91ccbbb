"""The access log: who read about whom, when and how. Identities only, so that erasing a person needs nothing here."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import STAFF, PersonQuerySet, ReachQuerySet
from programme.models.programme import Programme


class ReadingQuerySet(PersonQuerySet):
    """Secretariat and Foundation read the log; it is changed by nobody."""

    writers = ()


class Reading(models.Model):
    """Somebody has been shown persons' words: one row for a page, however many persons stand on it.

    Only ever added, by `programme.readings`. Whatever later binds the rows together (a chain of
    hashes) may hang on `id` and the columns as they are.
    """

    class How(models.TextChoices):
        PAGE = "page", _("seen on a page")
        EXPORT = "export", _("fetched as a file")
        COPY = "copy", _("copy handed out to the person")

    #: A log: its rows are neither changed nor deleted by any login (rights, and the trigger `a_kept`), and PostgreSQL
    #: writes this column.
    logged_at = "read_at"

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="+", verbose_name=_("programme"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user"))
    read_at = models.DateTimeField(_("read at"), db_default=Now(), editable=False)
    how = models.CharField(_("how"), max_length=10, choices=How)
    page = models.CharField(_("page"), max_length=100)
    persons = ArrayField(models.UUIDField(), verbose_name=_("persons"))
    #: The transaction, where it wrote this row and nothing else: what was found before is then true still
    #: (`bydelsmoedre.remembering`).
    alone_in = models.BigIntegerField(null=True, unique=True, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-id"]
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["programme", "read_at"], name="programme_reading_at"),
            GinIndex(fields=["persons"], name="programme_reading_of"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(persons__len__gte=1), name="programme_reading_of_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.read_at:%d.%m.%Y %H.%M}"


class ReadingCheckQuerySet(ReachQuerySet):
    """Reached with the reading that was checked; secretariat and Foundation check."""

    programme_path = "reading__programme"
    readers = STAFF
    writers = STAFF


@tracked()
class ReadingCheck(models.Model):
    """A reading of the monthly sample has been looked at by somebody else than the one who read."""

    reading: Any = models.OneToOneField(
        Reading, models.PROTECT, related_name="check_of", verbose_name=_("reading"), editable=False
    )
    is_in_order = models.BooleanField(_("in order"))
    note = models.CharField(_("note"), max_length=300, blank=True, default="", validators=[refuse_cpr])
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("checked by")
    )
    checked_at = models.DateTimeField(_("checked at"), auto_now_add=True)

    objects = ReadingCheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check of a reading")
        verbose_name_plural = _("checks of readings")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_in_order=True) | ~Q(note=""),
                name="programme_check_says_why",
                violation_error_code="note",
                violation_error_message=_("Write what is not in order, and what has been done about it."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.reading)
