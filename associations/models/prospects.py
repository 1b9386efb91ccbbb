"""Housing areas where an association may start: who talks with whom, what happens next, and how it ended."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.models.associations import Association
from associations.models.places import HousingArea
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact
from programme.models import Programme


@tracked()
class Prospect(models.Model):
    """A housing area where an association may start: who is interested, and what happens next. Offices, no persons."""

    class Financing(models.TextChoices):
        """Will the area's housing plan pay for an association or its mothers?"""

        UNASKED = "unasked", _("not asked yet")
        NO = "no", _("no")
        PERHAPS = "perhaps", _("perhaps")
        YES = "yes", _("yes")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="prospects", verbose_name=_("programme"))
    housing_area = models.ForeignKey(
        HousingArea, models.PROTECT, related_name="prospects", verbose_name=_("housing area")
    )
    interest = models.TextField(_("interest"), blank=True, max_length=2000, validators=[refuse_cpr])
    contact = models.CharField(_("whom we talk with"), max_length=200, blank=True, validators=[refuse_cpr])
    spoken_to_by = models.CharField(_("who talks with them"), max_length=200, blank=True, validators=[refuse_cpr])
    financing = models.CharField(
        _("the housing plan will help to pay"), max_length=10, choices=Financing, default=Financing.UNASKED
    )
    next_step = models.CharField(_("next step"), max_length=300, blank=True, validators=[refuse_cpr])
    next_step_on = models.DateField(_("date of the next step"), null=True, blank=True)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("prospect")
        verbose_name_plural = _("prospects")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "housing_area"],
                name="associations_prospect_once",
                violation_error_code="housing_area",
                violation_error_message=_("The area is among the prospects already."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.housing_area)


class ProspectOutcome(DatedFact):
    """A prospect has become an association, or is given up. Retracted, it is a prospect again."""

    anchor = "prospect"
    erasable = ()

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("became an association")
        CLOSED = "closed", _("given up")

    prospect = models.ForeignKey(Prospect, models.PROTECT, related_name="outcomes", verbose_name=_("prospect"))
    kind = models.CharField(_("outcome"), max_length=20, choices=Kind)
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="origins", verbose_name=_("association")
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True, default="", validators=[refuse_cpr])

    class Meta(DatedFact.Meta):
        verbose_name = _("outcome of a prospect")
        verbose_name_plural = _("outcomes of prospects")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["prospect"],
                condition=Q(retracted_at=None),
                name="associations_prospect_ends_once",
                violation_error_code="happened_on",
                violation_error_message=_("How the prospect ended is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(kind="association", association__isnull=False) | Q(kind="closed", association=None),
                name="associations_prospect_becomes_one",
            ),
            models.CheckConstraint(
                condition=~Q(kind="closed") | ~Q(reason=""),
                name="associations_prospect_given_up_for",
                violation_error_code="reason",
                violation_error_message=_("Say why it is given up."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.prospect}: {self.get_kind_display()}"
