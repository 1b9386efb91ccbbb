"""What is taught from: files and links for a module of a version."""

import uuid

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bydelsmoedre.history import tracked
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.personal import refuse_cpr
from programme.models import Evidence
from training.models.curricula import Curriculum, CurriculumQuerySet


class MaterialQuerySet(CurriculumQuerySet):
    """Reached through the training."""

    programme_path = "curriculum__programme"


@tracked()
class Material(models.Model):
    """A file or a link that belongs to a module. Withdrawn, it is no longer offered and stays."""

    #: What it belongs to is never edited.
    fixed = ("curriculum_id", "version", "module")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="materials", verbose_name=_("training"))
    #: The identity of the version; a fact is referred to by no foreign key.
    version = models.UUIDField(_("version"), editable=False)
    module = models.PositiveSmallIntegerField(_("module"))
    title = models.CharField(_("title"), max_length=120, validators=[refuse_cpr])
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES, default="da")
    link = models.CharField(
        _("link"), max_length=500, blank=True, validators=[URLValidator(["http", "https"]), refuse_cpr]
    )
    file = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("file")
    )
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["module", "title", "pk"]
        indexes = [models.Index(fields=["version"], name="training_material_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None) ^ Q(link=""),
                name="training_material_is_something",
                violation_error_code="link",
                violation_error_message=_("Choose a file, or write a link: one of them."),
            ),
        ]

    def __str__(self) -> str:
        return self.title
