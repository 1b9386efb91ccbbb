"""What the parties have promised each other in an agreement, and that it was kept."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact
from programme.models.agreements import Agreement
from programme.models.programme import Organisation


class ObligationQuerySet(ReachQuerySet):
    """Reached through the agreement."""

    programme_path = "agreement__programme"


@tracked()
class Obligation(models.Model):
    """What a party has taken upon itself, by a day or, without one, as long as the agreement holds."""

    #: What figures rest on: never edited once made.
    fixed = ("agreement_id", "organisation_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="obligations", verbose_name=_("agreement"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="obligations", verbose_name=_("the party's")
    )
    text = models.CharField(_("what"), max_length=300, validators=[refuse_cpr])
    due_on = models.DateField(_("due on"), null=True, blank=True)
    number = models.PositiveSmallIntegerField(_("order"), default=1)

    objects = ObligationQuerySet.as_manager()

    class Meta:
        verbose_name = _("obligation")
        verbose_name_plural = _("obligations")
        ordering = ["agreement", "number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation", "text"],
                name="programme_obligation_once",
                violation_error_code="text",
                violation_error_message=_("The party has that obligation already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class ObligationMet(DatedFact):
    """The obligation was met on that day. One that lasts is confirmed whenever somebody looks."""

    anchor = "obligation"

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="met", verbose_name=_("obligation"))

    class Meta(DatedFact.Meta):
        verbose_name = _("obligation met")
        verbose_name_plural = _("obligations met")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["obligation", "happened_on"],
                condition=Q(retracted_at=None),
                name="programme_obligation_met_once",
                violation_error_code="happened_on",
                violation_error_message=_("The obligation is marked as met on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False),
                name="programme_obligation_is_proved",
                violation_error_code="evidence_text",
                violation_error_message=_("Say what proves that the obligation is met."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.obligation.text}: {self.happened_on:%d.%m.%Y}"
