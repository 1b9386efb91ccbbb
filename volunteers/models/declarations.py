"""What a volunteer has declared or been told, and that a child-protection check was made: dated, without content."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from programme.facts import PeriodFact
from volunteers.models.people import Volunteer

#: A child-protection check is made anew when it has grown old: the next one is a second row.
REPEATED = ("check_not_required", "check_asked", "check_assessed")


class Declaration(PeriodFact):
    """A declaration from one day on. Only consent to photos can be withdrawn (law of today, domain.md)."""

    class Kind(models.TextChoices):
        CONFIDENTIALITY = "confidentiality", _("confidentiality signed")
        DUTY_TO_REPORT = "duty_to_report", _("told of the duty to report")
        PRIVACY_INFORMATION = "privacy_information", _("given privacy information")
        PHOTO_CONSENT = "photo_consent", _("consents to photos")
        CHECK_NOT_REQUIRED = "check_not_required", _("child-protection check not required")
        CHECK_ASKED = "check_asked", _("child-protection check asked for")
        CHECK_ASSESSED = "check_assessed", _("child-protection check assessed")

    anchor = "volunteer"

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="declarations", verbose_name=_("volunteer"))
    kind = models.CharField(_("declaration"), max_length=20, choices=Kind)
    version = models.CharField(
        _("version"),
        max_length=20,
        blank=True,
        default="",
        help_text=_("Of the privacy information: which one it was."),
    )

    class Meta(PeriodFact.Meta):
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["started_on"]
        indexes = [*PeriodFact.Meta.indexes, models.Index(fields=["volunteer", "kind"], name="volunteers_declared")]
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="volunteers_one_declaration",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None) & ~Q(kind__in=REPEATED),
                violation_error_code="kind",
                violation_error_message=_("The declaration is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["volunteer", "kind", "started_on"],
                condition=Q(retracted_at=None, kind__in=REPEATED),
                name="volunteers_check_once_a_day",
                violation_error_code="kind",
                violation_error_message=_("The declaration is recorded already."),
            ),
            models.CheckConstraint(
                condition=Q(version="") | Q(kind="privacy_information"),
                name="volunteers_version_of_information",
                violation_error_code="version",
                violation_error_message=_("Only the privacy information has versions."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(kind="photo_consent"),
                name="volunteers_only_photos_end",
                violation_error_code="ended_on",
                violation_error_message=_("Only consent to photos can be withdrawn."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.started_on:%d.%m.%Y}"
