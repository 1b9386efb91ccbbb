"""A progress report while it is written: what it is about, and the words of each section. Its figures are asked for."""

import datetime as dt
import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import STAFF, ReachQuerySet
from programme.models import Agreement, Organisation, Programme

#: So many letters a section may have; some two hundred pages.
MOST = 600_000


class Kind(models.TextChoices):
    """What kind of report it is; each has its own sections (`reports.progress.kinds`)."""

    STATUS = "status", _("progress report (statusrapport)")
    MIDWAY = "midway", _("midway report")
    FINAL = "final", _("final report")


class ReportQuerySet(ReachQuerySet):
    """A report is written by the secretariat; until it is sent, it exists for the staff alone."""

    readers = STAFF

    def written_by(self, user: Any) -> Self:
        """Those that the user has begun, or at any time written words of or said what they are about: the history
        remembers who wrote before."""
        wrote = Q(begun_by=user) | Q(events__edited_by=user) | Q(sections__events__written_by=user)
        return self.filter(wrote).distinct()


@tracked()
class ProgressReport(models.Model):
    """A report to a funder for a period. What is sent are its frozen versions (`FrozenReport`), which never change."""

    #: What frozen versions rest on: never edited once made.
    fixed = ("programme_id", "kind")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="reports", verbose_name=_("programme"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STATUS)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("recipient"))
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reports",
        verbose_name=_("partnership agreement"),
    )
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("to and including"))
    case_number = models.CharField(
        _("case number"), max_length=40, blank=True, validators=[refuse_cpr], help_text=_("The municipality’s own.")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    begun_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("begun by")
    )
    #: Who last wrote what it is about; None where nobody has since it was begun.
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("edited by"),
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-period_to", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_to")),
                name="reports_period",
                violation_error_code="period_to",
                violation_error_message=_("The end is before the start."),
            ),
            models.UniqueConstraint(
                fields=["programme", "kind", "period_to"],
                name="reports_report_once",
                violation_error_code="period_to",
                violation_error_message=_("There is a report of that kind to that day already."),
            ),
        ]

    def get_absolute_url(self) -> str:
        return url("reports:report", self.uuid)

    def __str__(self) -> str:
        return title_of(self.kind, self.period_to)


#: As the paper calls itself, in Danish whatever the reader's language.
KIND_NAMES = {Kind.STATUS: "Statusrapport", Kind.MIDWAY: "Midtvejsrapport", Kind.FINAL: "Slutrapport"}


def title_of(kind: str, day: dt.date) -> str:
    """What a report of that kind to that day is called."""
    return f"{KIND_NAMES[Kind(kind)]} pr. {dato(day)}"


class SectionQuerySet(ReportQuerySet):
    """Reached through the report."""

    programme_path = "report__programme"


@tracked()
class Section(models.Model):
    """The words of one section of a report, in limited Markdown."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    report = models.ForeignKey(ProgressReport, models.CASCADE, related_name="sections", verbose_name=_("report"))
    code = models.CharField(_("section"), max_length=20)
    text = models.TextField(_("text"), blank=True, max_length=MOST, validators=[refuse_cpr])
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("written by")
    )

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("section of a report")
        verbose_name_plural = _("sections of reports")
        ordering = ["report", "pk"]
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="reports_section_once")]

    def __str__(self) -> str:
        return f"{self.report}: {self.code}"
