"""The formerly paid: each person's own dated answer to going on as a volunteer.

Who signed the protest is never stored (domain.md, trap 5); the protest is a total on the programme.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from programme.access import PersonQuerySet
from programme.facts import DatedFact
from volunteers.models.people import Volunteer


class TransitionQuerySet(PersonQuerySet):
    """Reached as persons are in the programme."""

    programme_path = "volunteer__programme"


@tracked()
class Transition(models.Model):
    """A person who was paid in one of the four projects that ended as the programme began."""

    class Project(models.TextChoices):
        AKACIEPARKEN = "akacieparken", _("Akacieparken/Bispebjerg")
        NOERREBRO = "noerrebro", _("Nørrebro")
        SJAELOER = "sjaeloer", _("Sjælør/Kgs. Enghave")
        TINGBJERG = "tingbjerg", _("Tingbjerg")

    #: What erasing empties: nothing stands here, but what refers to it is about a person.
    personal = ()
    #: What figures rest on: never edited once made.
    fixed = ("volunteer_id", "project")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    volunteer = models.OneToOneField(Volunteer, models.PROTECT, related_name="transition", verbose_name=_("volunteer"))
    project = models.CharField(_("project"), max_length=20, choices=Project)

    objects = TransitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("formerly paid mother")
        verbose_name_plural = _("formerly paid mothers")

    def __str__(self) -> str:
        return str(self.volunteer)


class TransitionAnswer(DatedFact):
    """What she has answered. The latest answer on a day is the one that holds."""

    class Answer(models.TextChoices):
        CONTINUES = "continues", _("goes on as a volunteer")
        UNDECIDED = "undecided", _("undecided")
        NO = "no", _("does not go on")

    anchor = "transition"

    transition = models.ForeignKey(
        Transition, models.PROTECT, related_name="answers", verbose_name=_("formerly paid mother")
    )
    answer = models.CharField(_("answer"), max_length=10, choices=Answer)

    class Meta(DatedFact.Meta):
        verbose_name = _("answer of a formerly paid mother")
        verbose_name_plural = _("answers of formerly paid mothers")
        ordering = ["happened_on"]
        indexes = [*DatedFact.Meta.indexes, models.Index(fields=["transition"], name="volunteers_answer_of")]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["transition", "happened_on"],
                condition=Q(retracted_at=None),
                name="volunteers_answer_once_a_day",
                violation_error_code="happened_on",
                violation_error_message=_("An answer on that day is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} {self.happened_on:%d.%m.%Y}"
