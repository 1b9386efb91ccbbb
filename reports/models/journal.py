"""Under which numbers the municipality has filed a frozen report in its own journal."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import EVERYBODY, ReachQuerySet, Role
from reports.models.frozen import FrozenReport, sent_to


class JournalQuerySet(ReachQuerySet):
    """The municipality writes its own numbers; whoever reads the report reads them."""

    programme_path = "frozen__programme"
    readers = EVERYBODY
    writers = (Role.CASEWORKER,)

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        return super().reach(user, roles) & sent_to(user, "frozen__")


@tracked()
class JournalNumber(models.Model):
    """The municipality's own case and document number of a frozen report: they stand beside it, never in it."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    frozen = models.OneToOneField(
        FrozenReport, models.PROTECT, related_name="journal_number", verbose_name=_("frozen report")
    )
    case_number = models.CharField(_("case number"), max_length=40, validators=[refuse_cpr])
    document_number = models.CharField(_("document number"), max_length=40, blank=True, validators=[refuse_cpr])
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("written by")
    )

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("journal number")
        verbose_name_plural = _("journal numbers")
        ordering = ["-frozen__place"]

    def __str__(self) -> str:
        return f"{self.frozen}: {self.case_number}"
