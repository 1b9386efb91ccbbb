"""What is taught: trainings with a name, their adopted versions of modules and requirements, and the drafts of them."""

import uuid
from decimal import Decimal
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.models import Association, associations_of
from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.facts import PeriodFact
from programme.models import Programme


class CurriculumQuerySet(ReachQuerySet):
    """Read also by the local coordinators of the programme's associations: their courses are taught by it."""

    def visible_to(self, user: Any) -> Self:
        if not user.is_active or user.is_superuser:
            return super().visible_to(user)
        own = Association.objects.filter(pk__in=associations_of(user)).values("programme")
        return self.filter(self.reach(user, self.readers) | Q(**{f"{self.programme_path}__in": own}))


@tracked()
class Curriculum(models.Model):
    """A training with a name: the basic training of mothers, the training of local coordinators, supervision."""

    class Kind(models.TextChoices):
        BASIC = "basic", _("basic training")
        COORDINATOR = "coordinator", _("coordinator training")
        SUPERVISION = "supervision", _("supervision")
        OTHER = "other", _("other training")

    #: What figures rest on: never edited once made.
    fixed = ("kind", "programme_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="curricula", verbose_name=_("programme"))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    name = models.CharField(_("name"), max_length=200, validators=[refuse_cpr])

    objects = CurriculumQuerySet.as_manager()

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curricula")
        ordering = ["programme", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "name"],
                name="training_curriculum_once",
                violation_error_code="name",
                violation_error_message=_("There is a training with that name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url("training:curriculum", self.uuid)

    @property
    def certificate_name(self) -> Any:
        """Mothers get a diploma, coordinators a course certificate (vocabulary.md)."""
        return _("diploma") if self.kind == self.Kind.BASIC else _("course certificate")


class Syllabus(models.Model):
    """What a version of a training says, as adopted or as a draft: its modules, and what completes it."""

    class ModuleKind(models.TextChoices):
        METHOD = "method", _("method module")
        SUBJECT = "subject", _("subject module")

    class TeacherKind(models.TextChoices):
        """Who teaches a module."""

        COORDINATOR = "coordinator", _("coordinator")
        GUEST = "guest", _("guest teacher")

    label = models.CharField(_("version"), max_length=40, validators=[refuse_cpr])
    modules = models.JSONField(
        _("modules"),
        help_text=_(
            "A list of modules: number, title, kind (method or subject), hours, teacher (coordinator or guest) and "
            "compulsory (true or false)."
        ),
    )
    required_modules = models.PositiveSmallIntegerField(
        _("modules required"),
        validators=[MinValueValidator(1)],
        help_text=_("How many modules complete the training, the compulsory ones among them."),
    )
    required_hours = models.DecimalField(
        _("hours required"),
        max_digits=5,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5"))],
        help_text=_("How many hours of attendance are needed besides. Empty: hours are not asked about."),
    )
    requires_contract = models.BooleanField(
        _("asks for the declarations"),
        default=False,
        help_text=_("Whoever completes has signed the welcome sheet of module 1: confidentiality and the rest."),
    )
    requires_evaluation = models.BooleanField(
        _("asks for the evaluation"),
        default=False,
        help_text=_("Whoever completes has evaluated the course. What each has answered nobody is told."),
    )
    valid_months = models.PositiveSmallIntegerField(
        _("months valid"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("How long a certificate of this version is valid. Empty: it does not expire."),
    )
    counts_hours = models.BooleanField(
        _("counts hours"),
        default=False,
        help_text=_(
            "A grant is settled in hours of attendance: participants can be marked as partly there, which is half the "
            "module's hours and never a module attended."
        ),
    )

    class Meta:
        abstract = True

    @property
    def hours(self) -> Decimal:
        """Of all modules together."""
        return sum((Decimal(str(one.get("hours") or 0)) for one in self.modules), Decimal())

    @property
    def compulsory(self) -> list[int]:
        """The numbers of the modules that nobody completes without."""
        return sorted(int(one["number"]) for one in self.modules if one.get("compulsory"))


def _syllabus_constraints(table: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            condition=Q(modules__0__isnull=False, required_modules__gte=1), name=f"training_{table}_has_modules"
        ),
        models.CheckConstraint(
            condition=Q(valid_months=None) | Q(valid_months__range=(1, 240)),
            name=f"training_{table}_valid_months",
            violation_error_code="valid_months",
            violation_error_message=_("A certificate is valid for 1 to 240 months, or it does not expire."),
        ),
        models.CheckConstraint(
            condition=Q(required_hours=None) | Q(required_hours__gt=0),
            name=f"training_{table}_required_hours",
            violation_error_code="required_hours",
            violation_error_message=_("Hours are above 0, or not asked about."),
        ),
    ]


class CurriculumVersion(Syllabus, PeriodFact):
    """An adopted version of a training.

    A course is taught by the version of its first day, so a new version never changes what was taught under the old.
    """

    anchor = "curriculum"
    erasable = ()

    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="versions", verbose_name=_("curriculum"))

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
            *_syllabus_constraints("version"),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum} {self.label}"

    def clean(self) -> None:
        super().clean()
        kinds = set(self.ModuleKind.values)
        if any(module.get("kind") not in kinds or not module.get("number") for module in self.modules):
            raise ValidationError({"modules": _("Each module needs a number and a kind.")})


class DraftQuerySet(ReachQuerySet):
    """Reached through the training."""

    programme_path = "curriculum__programme"


@tracked()
class CurriculumDraft(Syllabus):
    """A version that is being written. Nothing rests on it: adopting it makes a `CurriculumVersion`, and it goes."""

    #: What figures rest on: never edited once made.
    fixed = ("curriculum_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="drafts", verbose_name=_("curriculum"))

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("draft of a version")
        verbose_name_plural = _("drafts of versions")
        ordering = ["curriculum", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["curriculum", "label"],
                name="training_draft_once",
                violation_error_code="label",
                violation_error_message=_("There is a draft with that name already."),
            ),
            *_syllabus_constraints("draft"),
        ]

    def __str__(self) -> str:
        return f"{self.curriculum} {self.label}"


class Cover(PeriodFact):
    """Who holds a certificate of another training need not take this one: it can be recognised in its place. Nobody
    is recognised by that alone: a certificate is issued on the ground of the other."""

    anchor = "curriculum"
    erasable = ()

    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="covers", verbose_name=_("training"))
    by = models.ForeignKey(Curriculum, models.PROTECT, related_name="covering", verbose_name=_("covered by"))

    class Meta(PeriodFact.Meta):
        verbose_name = _("recognised training")
        verbose_name_plural = _("recognised trainings")
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="training_one_cover",
                expressions=[
                    ("curriculum", RangeOperators.EQUAL),
                    ("by", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=Q(retracted_at=None),
                violation_error_code="by",
                violation_error_message=_("It is recognised in that period already."),
            ),
            models.CheckConstraint(
                condition=~Q(curriculum=models.F("by")),
                name="training_cover_of_another",
                violation_error_code="by",
                violation_error_message=_("Choose another training."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by} → {self.curriculum}"
