"""Risks: what may go wrong, what is done about it, and when it is looked at next."""

import datetime as dt
import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.models.programme import Programme

#: A risk is rated from 1 (low) to 5 (high).
RATED = [MinValueValidator(1), MaxValueValidator(5)]


@tracked()
class Risk(models.Model):
    """Something that may keep the programme from its goals. A plan, changed as one learns; it is closed, not deleted.
    Who stands behind it is never written: of a protest only totals are known."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="risks", verbose_name=_("programme"))
    #: tells the risks that stand in the plan from those that are added
    key = models.CharField(_("key"), max_length=20, blank=True, default="", editable=False)
    text = models.CharField(
        _("risk"), max_length=300, validators=[refuse_cpr], help_text=_("In a sentence. Totals only, nobody's name.")
    )
    consequence = models.TextField(_("consequence"), blank=True, max_length=1000, validators=[refuse_cpr])
    likelihood = models.PositiveSmallIntegerField(
        _("likelihood"), null=True, validators=RATED, help_text=_("From 1, unlikely, to 5, almost certain.")
    )
    impact = models.PositiveSmallIntegerField(
        _("impact"), null=True, validators=RATED, help_text=_("From 1, small, to 5, great.")
    )
    action = models.TextField(_("what is done"), max_length=1000, validators=[refuse_cpr])
    owner_office = models.CharField(
        _("owner"), max_length=120, validators=[refuse_cpr], help_text=_("An office or an organisation.")
    )
    next_look_on = models.DateField(_("next look"), null=True, blank=True)
    closed_on = models.DateField(
        _("closed on"), null=True, blank=True, help_text=_("Where it is no longer a risk; else empty.")
    )

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("risk")
        verbose_name_plural = _("risks")
        ordering = ["programme", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "key"], condition=~Q(key=""), name="programme_risk_of_the_plan"
            ),
            models.CheckConstraint(
                condition=Q(likelihood=None) | Q(likelihood__range=(1, 5)),
                name="programme_risk_likelihood",
                violation_error_code="likelihood",
                violation_error_message=_("Rate it from 1 to 5."),
            ),
            models.CheckConstraint(
                condition=Q(impact=None) | Q(impact__range=(1, 5)),
                name="programme_risk_impact",
                violation_error_code="impact",
                violation_error_message=_("Rate it from 1 to 5."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        return url("programme:risks")

    @property
    def size(self) -> int | None:
        """Likelihood times impact; None where it is not rated."""
        return self.likelihood * self.impact if self.likelihood and self.impact else None

    def is_closed(self, on: dt.date) -> bool:
        """Is it no longer a risk on that day? From the day on which it was closed."""
        return self.closed_on is not None and self.closed_on <= on

    def is_to_be_looked_at(self, on: dt.date) -> bool:
        """Has the day passed on which it was to be looked at next? As the finding `risk_to_look_at`."""
        return self.next_look_on is not None and self.next_look_on < on and not self.is_closed(on)
