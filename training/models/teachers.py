"""Who teaches: known by function and workplace, not by name."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.access import ReachQuerySet
from programme.models import Programme
from training.models.curricula import Syllabus


@tracked()
class Teacher(models.Model):
    """Somebody who teaches at courses or holds supervision. What a course needs is the function: no name is stored, so
    none has to be erased."""

    #: What figures rest on: never edited once made.
    fixed = ("programme_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="teachers", verbose_name=_("programme"))
    office = models.CharField(
        _("function and workplace"),
        max_length=120,
        validators=[refuse_cpr],
        help_text=_("Not a name: such as “Health visitor, Nørrebro”."),
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Syllabus.TeacherKind, default=Syllabus.TeacherKind.GUEST)

    objects = ReachQuerySet.as_manager()

    class Meta:
        verbose_name = _("teacher")
        verbose_name_plural = _("teachers")
        ordering = ["programme", "office"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "office"],
                name="training_teacher_once",
                violation_error_code="office",
                violation_error_message=_("That teacher is written down already."),
            ),
        ]

    def __str__(self) -> str:
        return self.office
