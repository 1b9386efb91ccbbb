"""Certificates that persons have been issued: a diploma for mothers, a course certificate for coordinators."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from programme.facts import PeriodFact, SecretariatChanges
from training.models.curricula import Curriculum
from training.numbers import grouped, number_of
from volunteers.models import Volunteer

#: PostgreSQL's own number of a certificate: to find one by what stands on the paper.
NUMBER = Func(F("uuid"), function="certificate_number", output_field=models.CharField())


class Certificate(PeriodFact):
    """A person has been issued a certificate. A renewal, or a new paper in the place of another, is a new identity and
    so has a number of its own."""

    class Basis(models.TextChoices):
        """Why it was issued: a course was completed, or earlier training is recognised (merit)."""

        COURSE = "course", _("course completed")
        MERIT = "merit", _("earlier training recognised")

    anchor = "volunteer"

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="certificates", verbose_name=_("volunteer"))
    curriculum = models.ForeignKey(
        Curriculum, models.PROTECT, related_name="certificates", verbose_name=_("curriculum")
    )
    basis = models.CharField(_("basis"), max_length=10, choices=Basis, default=Basis.COURSE)

    objects = SecretariatChanges.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(PeriodFact.Meta):
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        ordering = ["started_on"]
        indexes = [
            *PeriodFact.Meta.indexes,
            models.Index(fields=["curriculum"], name="training_certificate_of"),
        ]
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="training_one_certificate",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    ("curriculum", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None),
                violation_error_code="started_on",
                violation_error_message=_("She holds that certificate already in that period."),
            ),
            # the versions of one certificate share its number, no other ever has it; the index to find it by, too
            ExclusionConstraint(
                name="training_number_of_one",
                expressions=[(NUMBER, RangeOperators.EQUAL), ("uuid", RangeOperators.NOT_EQUAL)],
                violation_error_message=_("That number is taken. Send the form again."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum} {self.started_on:%d.%m.%Y}"

    @property
    def number(self) -> str:
        """As it is stored nowhere and follows from the identity, without its hyphen."""
        return number_of(self.uuid)

    @property
    def printed_number(self) -> str:
        return grouped(self.number)
