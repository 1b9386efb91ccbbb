"""The reports that are agreed on: of which period, to whom, by when."""

import uuid
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.danish import dato
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.models import Agreement, Organisation, Programme
from reports.models.progress import KIND_NAMES, Kind


class ScheduleQuerySet(ReachQuerySet):
    """Everybody in the programme reads what is agreed on; the secretariat writes it down."""

    def in_order(self) -> Self:
        """As they are due."""
        return self.order_by("due_on", "period_to", "pk")


@tracked()
class ReportSchedule(models.Model):
    """A report that is agreed on. A plan: it is moved when another day is agreed on. Whether it was sent is told by the
    report of that kind to that day."""

    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="schedule", verbose_name=_("programme"))
    agreement = models.ForeignKey(
        Agreement,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="schedule",
        verbose_name=_("partnership agreement"),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.STATUS)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("to and including"))
    due_on = models.DateField(_("due on"))
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+", verbose_name=_("recipient"))
    dated_by = models.CharField(
        _("where the day is from"),
        max_length=200,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("Such as “The terms of the grant”."),
    )

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreed report")
        verbose_name_plural = _("agreed reports")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_to")),
                name="reports_schedule_period",
                violation_error_code="period_to",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("period_to")),
                name="reports_schedule_due",
                violation_error_code="due_on",
                violation_error_message=_("The period is not over by then."),
            ),
            models.UniqueConstraint(
                fields=["programme", "kind", "period_to"],
                name="reports_schedule_once",
                violation_error_code="period_to",
                violation_error_message=_("A report of that kind to that day is agreed on already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{KIND_NAMES[Kind(self.kind)]} pr. {dato(self.period_to)}"
