"""Training: what is taught, and the certificates that a person has issued."""

import uuid
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from programme.access import ReachQuerySet
from programme.facts import FactQuerySet, PeriodFact
from programme.models import Programme
from volunteers.models import Volunteer


@tracked()
class Curriculum(models.Model):
    """A training with a name: the basic training of mothers, the training of local coordinators, supervision."""

    class Kind(models.TextChoices):
        BASIC = "basic", _("basic training")
        COORDINATOR = "coordinator", _("coordinator training")
        SUPERVISION = "supervision", _("supervision")

    #: What figures rest on: never edited once made.
    fixed = ("kind", "programme_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="curricula", verbose_name=_("programme"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        ordering = ["programme", "name"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "name"], name="training_curriculum_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def certificate_name(self) -> Any:
        """Mothers get a diploma, coordinators a course certificate (vocabulary.md)."""
        return _("diploma") if self.kind == self.Kind.BASIC else _("course certificate")


class CertificateQuerySet(FactQuerySet):
    """Certificates are seen with the person, but only the secretariat issues and retracts them."""

    def changeable_by(self, user: Any) -> Self:
        return self.filter(volunteer__programme__in=Programme.objects.changeable_by(user))


class Certificate(PeriodFact):
    """A person has been issued a certificate. A renewal or a correction is a new row."""

    anchor = "volunteer"

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="certificates", verbose_name=_("volunteer"))
    curriculum = models.ForeignKey(
        Curriculum, models.PROTECT, related_name="certificates", verbose_name=_("curriculum")
    )

    objects = CertificateQuerySet.as_manager()  # type: ignore[misc]

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
        ]

    def __str__(self) -> str:
        return f"{self.curriculum} {self.started_on:%d.%m.%Y}"
