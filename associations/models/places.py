"""Copenhagen's ten districts, the housing areas in them, and the housing plans that cover some of those."""

import uuid

from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import DatedFact
from programme.models import Programme


@tracked()
class District(models.Model):
    """A district (bydel) of the municipality."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="districts", verbose_name=_("programme"))
    name = models.CharField(_("name"), max_length=100)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="associations_district_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class HousingPlan(models.Model):
    """A housing plan (helhedsplan): the effort of the housing associations in one area or several that lie together.
    It may help to pay for an association, or run mothers by itself (`OwnRegime`)."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="housing_plans", verbose_name=_("programme"))
    name = models.CharField(_("name"), max_length=100)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("housing plan")
        verbose_name_plural = _("housing plans")
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="associations_housing_plan_once"),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class HousingArea(models.Model):
    """A housing area (boligområde), with the district that it lies in, its postcode, and the housing plan that covers
    it, if one does."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="housing_areas", verbose_name=_("programme"))
    district = models.ForeignKey(District, models.PROTECT, related_name="housing_areas", verbose_name=_("district"))
    name = models.CharField(_("name"), max_length=100)
    postcode = models.CharField(
        _("postcode"), max_length=4, validators=[RegexValidator(r"^\d{4}$", _("A postcode has four digits."))]
    )
    housing_plan = models.ForeignKey(
        HousingPlan,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="housing_areas",
        verbose_name=_("housing plan"),
        help_text=_("Leave empty where no housing plan covers the area."),
    )

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("housing area")
        verbose_name_plural = _("housing areas")
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="associations_area_once"),
        ]

    def __str__(self) -> str:
        return self.name


class OwnRegime(DatedFact):
    """So many mothers a housing plan runs in its own regime (eget regi), from that day on; none any more is 0. They
    belong to no association, and are counted apart: never in a success criterion."""

    anchor = "housing_area"
    erasable = ()

    housing_area = models.ForeignKey(
        HousingArea, models.PROTECT, related_name="own_regimes", verbose_name=_("housing area")
    )
    mothers = models.PositiveSmallIntegerField(_("number of mothers"), validators=[MaxValueValidator(500)])

    class Meta(DatedFact.Meta):
        verbose_name = _("mothers in a housing plan's own regime")
        verbose_name_plural = _("mothers in housing plans' own regime")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["housing_area", "happened_on"],
                condition=Q(retracted_at=None),
                name="associations_own_regime_once",
                violation_error_code="happened_on",
                violation_error_message=_("A number is recorded for that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.housing_area}: {self.mothers}"


class AreaListing(DatedFact):
    """An official list names the housing area as vulnerable (udsat) from that day on, or names it no longer."""

    class Status(models.TextChoices):
        LISTED = "listed", _("is on the list")
        REMOVED = "removed", _("is no longer on the list")

    anchor = "housing_area"
    erasable = ()

    housing_area = models.ForeignKey(
        HousingArea, models.PROTECT, related_name="listings", verbose_name=_("housing area")
    )
    name = models.CharField(_("list"), max_length=120, validators=[refuse_cpr])
    status = models.CharField(_("what the list says"), max_length=10, choices=Status, default=Status.LISTED)

    class Meta(DatedFact.Meta):
        verbose_name = _("listing of a housing area")
        verbose_name_plural = _("listings of housing areas")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["housing_area", "name", "happened_on"],
                condition=Q(retracted_at=None),
                name="associations_listed_once_a_day",
                violation_error_code="happened_on",
                violation_error_message=_("What the list says of the area is recorded for that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.housing_area}: {self.name}, {self.get_status_display()}"
