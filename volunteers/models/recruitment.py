"""How a person comes to the programme: her candidacy, the steps that it has taken, and what was seen in her."""

import uuid
from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from programme.access import PersonQuerySet, Role, programmes_of
from programme.facts import DatedFact, FactQuerySet
from volunteers.models.people import Volunteer


class CandidacyQuerySet(PersonQuerySet):
    """Recruiting is the secretariat's; the Foundation reads."""

    programme_path = "volunteer__programme"


@tracked()
class Candidacy(models.Model):
    """A person's wish to become a neighbourhood mother or a coordinator. Who comes back later has a second one."""

    #: What erasing empties: nothing stands here, but what refers to a candidacy is about a person.
    personal = ()
    #: What figures rest on: never edited once made.
    fixed = ("volunteer_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="candidacies", verbose_name=_("volunteer"))

    objects = CandidacyQuerySet.as_manager()

    class Meta:
        verbose_name = _("candidacy")
        verbose_name_plural = _("candidacies")

    def __str__(self) -> str:
        return str(self.volunteer)


class StageEvent(DatedFact):
    """A step in a candidacy. The stage that a person is at is derived from these dates, never typed in."""

    class Stage(models.TextChoices):
        APPLIED = "applied", _("interested")
        INTERVIEWED = "interviewed", _("interview held")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not accepted")
        WITHDRAWN = "withdrawn", _("withdrawn")
        PAUSED = "paused", _("paused")
        RESUMED = "resumed", _("back from a pause")
        LEFT = "left", _("left")

    anchor = "candidacy"

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="stages", verbose_name=_("candidacy"))
    stage = models.CharField(_("stage"), max_length=12, choices=Stage)

    class Meta(DatedFact.Meta):
        verbose_name = _("step of a candidacy")
        verbose_name_plural = _("steps of candidacies")
        ordering = ["happened_on"]
        indexes = [*DatedFact.Meta.indexes, models.Index(fields=["candidacy"], name="volunteers_stage_of")]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["candidacy", "stage"],
                condition=Q(retracted_at=None) & ~Q(stage__in=["paused", "resumed"]),
                name="volunteers_stage_once",
                violation_error_code="stage",
                violation_error_message=_("The step is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["candidacy"],
                condition=Q(retracted_at=None, stage__in=["accepted", "declined"]),
                name="volunteers_one_answer",
                violation_error_code="stage",
                violation_error_message=_("An answer is recorded already."),
            ),
            models.UniqueConstraint(
                fields=["candidacy", "stage", "happened_on"],
                condition=Q(retracted_at=None, stage__in=["paused", "resumed"]),
                name="volunteers_pause_once_a_day",
                violation_error_code="happened_on",
                violation_error_message=_("The step is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.happened_on:%d.%m.%Y}"


class AssessmentQuerySet(FactQuerySet):
    """What was seen in a person is the secretariat's alone."""

    def _through(self, question: str, user: Any) -> Self:
        if user.is_superuser:
            return super()._through(question, user)
        mine = programmes_of(user, (Role.SECRETARIAT,))
        return super()._through(question, user).filter(candidacy__volunteer__programme__in=mine)


class Assessment(DatedFact):
    """One of the three things that recruitment looks at (the proposal's): languages, resources, network."""

    class Aspect(models.TextChoices):
        LANGUAGES = "languages", _("language skills")
        RESOURCES = "resources", _("resourceful background")
        NETWORK = "network", _("network in the area")

    class Level(models.IntegerChoices):
        SOME = 1, _("some")
        GOOD = 2, _("good")
        STRONG = 3, _("strong")

    anchor = "candidacy"

    candidacy = models.ForeignKey(Candidacy, models.PROTECT, related_name="assessments", verbose_name=_("candidacy"))
    aspect = models.CharField(_("aspect"), max_length=10, choices=Aspect)
    level = models.PositiveSmallIntegerField(
        _("level"), choices=Level, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )

    objects = AssessmentQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["aspect"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["candidacy", "aspect"],
                condition=Q(retracted_at=None),
                name="volunteers_assessed_once",
                violation_error_code="aspect",
                violation_error_message=_("The assessment is recorded already."),
            ),
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="volunteers_assessment_level"),
        ]

    def __str__(self) -> str:
        return f"{self.get_aspect_display()} {self.happened_on:%d.%m.%Y}"
