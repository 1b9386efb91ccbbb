"""What is taught: trainings with a name, and their published versions of modules and requirements."""

import uuid
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from programme.access import ReachQuerySet
from programme.facts import PeriodFact
from programme.models import Programme


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


class CurriculumVersion(PeriodFact):
    """A published version of a training: its modules, and how many of them complete it.

    A course is taught by the version of its first day, so a new version never changes what was taught under the old.
    """

    class ModuleKind(models.TextChoices):
        METHOD = "method", _("method module")
        SUBJECT = "subject", _("subject module")

    anchor = "curriculum"
    erasable = ()

    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="versions", verbose_name=_("curriculum"))
    label = models.CharField(_("version"), max_length=40)
    modules = models.JSONField(
        _("modules"),
        help_text=_(
            "A list of modules: number, title, kind (method or subject), hours and compulsory (true or false)."
        ),
    )
    required_modules = models.PositiveSmallIntegerField(
        _("modules required"),
        validators=[MinValueValidator(1)],
        help_text=_("How many modules complete the training, the compulsory ones among them."),
    )

    counts_hours = models.BooleanField(
        _("counts hours"),
        default=False,
        help_text=_(
            "A grant is settled in hours of attendance: participants can be marked as partly there, which is half the "
            "module's hours and never a module attended."
        ),
    )

    class Meta(PeriodFact.Meta):
        verbose_name = _("version of a curriculum")
        verbose_name_plural = _("versions of curricula")
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="training_one_version",
                expressions=[("curriculum", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_message=_("Another version holds in that period."),
            ),
            models.CheckConstraint(
                condition=Q(modules__0__isnull=False, required_modules__gte=1),
                name="training_version_has_modules",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum} {self.label}"

    def clean(self) -> None:
        super().clean()
        kinds = set(self.ModuleKind.values)
        if any(module.get("kind") not in kinds or not module.get("number") for module in self.modules):
            raise ValidationError({"modules": _("Each module needs a number and a kind.")})
