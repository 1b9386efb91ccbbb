"""Supervision of the local coordinators: meetings that are planned, and who was there. No word is about a person."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.facts import DatedFact, SecretariatChanges
from programme.models import Programme
from training.models.curricula import CurriculumQuerySet
from training.models.enrolments import wordless
from training.models.teachers import Teacher
from volunteers.models import Volunteer


class SupervisionQuerySet(CurriculumQuerySet):
    """Read as trainings are: also by the local coordinators, whom it is for."""

    programme_path = "programme"


@tracked()
class Supervision(models.Model):
    """A meeting of supervision as it is planned, and what it is about."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="supervision", verbose_name=_("programme"))
    planned_on = models.DateField(_("planned for"))
    starts_at = models.TimeField(pgettext_lazy("time of day", "from"), null=True, blank=True)
    place = models.CharField(
        _("place"), max_length=120, blank=True, validators=[refuse_cpr], help_text=_("Not a private address.")
    )
    teacher = models.ForeignKey(
        Teacher, models.PROTECT, null=True, blank=True, related_name="supervision", verbose_name=_("supervisor")
    )
    themes = models.CharField(
        _("themes"),
        max_length=300,
        blank=True,
        validators=[refuse_cpr],
        help_text=_("What it is about, never about whom: such as “Boundaries in the conversation”."),
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("supervision")
        verbose_name_plural = _("supervision")
        ordering = ["planned_on", "starts_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "planned_on", "place"],
                name="training_supervision_once",
                violation_error_code="planned_on",
                violation_error_message=_("Supervision is planned there on that day already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Supervision')} {self.planned_on:%d.%m.%Y}"

    def get_absolute_url(self) -> str:
        return url("training:supervision", self.uuid)


class Supervised(DatedFact):
    """A coordinator was at the supervision. Of who did not come nothing is stored."""

    anchor = "volunteer"
    erasable = ()

    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="supervised", verbose_name=_("volunteer"))
    supervision = models.ForeignKey(
        Supervision, models.PROTECT, related_name="participations", verbose_name=_("supervision")
    )

    objects = SecretariatChanges.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("participation in supervision")
        verbose_name_plural = _("participations in supervision")
        ordering = ["happened_on"]
        indexes = [*DatedFact.Meta.indexes, models.Index(fields=["volunteer"], name="training_supervised_who")]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["supervision", "volunteer"],
                condition=Q(retracted_at=None),
                name="training_supervised_once",
                violation_error_code="volunteer",
                violation_error_message=_("She is recorded as present already."),
            ),
            wordless("training_supervised_wordless"),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.happened_on:%d.%m.%Y}"
