"""Courses: when a training is held, for whom, and on which days."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from associations.models import Association, OwnReachQuerySet
from bydelsmoedre.addresses import url
from bydelsmoedre.history import tracked
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.personal import refuse_cpr
from training.models.curricula import Curriculum
from training.models.teachers import Teacher


class CourseQuerySet(OwnReachQuerySet):
    """Seen in the programme, and by the local coordinator of the association that it is held for."""

    programme_path = "curriculum__programme"


@tracked()
class Course(models.Model):
    """A course (hold): a training held once, for an association or for all."""

    #: What figures rest on: never edited once made.
    fixed = ("curriculum_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    curriculum = models.ForeignKey(Curriculum, models.PROTECT, related_name="courses", verbose_name=_("training"))
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("association")
    )
    name = models.CharField(_("name"), max_length=120, validators=[refuse_cpr])
    place = models.CharField(_("place"), max_length=120, blank=True, validators=[refuse_cpr])
    language = models.CharField(_("language"), max_length=3, choices=LANGUAGES, default="da")
    capacity = models.PositiveSmallIntegerField(_("seats"), default=20, validators=[MinValueValidator(1)])
    teacher = models.ForeignKey(
        Teacher, models.PROTECT, null=True, blank=True, related_name="courses", verbose_name=_("teacher")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        ordering = ["starts_on", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["curriculum", "name"],
                name="training_course_once",
                violation_error_code="name",
                violation_error_message=_("There is a course with that name already."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="training_course_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="training_course_has_seats",
                violation_error_code="capacity",
                violation_error_message=_("A course has one seat at least."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return url("training:course", self.uuid)


class SessionQuerySet(OwnReachQuerySet):
    """Reached through the course."""

    programme_path = "course__curriculum__programme"
    own_path = "course__association"


@tracked()
class Session(models.Model):
    """A day of a course (kursusgang), on which one module is taught: a plan. Who was there is recorded as facts."""

    #: What figures rest on: never edited once made.
    fixed = ("course_id", "module")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, models.PROTECT, related_name="sessions", verbose_name=_("course"))
    module = models.PositiveSmallIntegerField(_("module"), validators=[MinValueValidator(1)])
    held_on = models.DateField(_("date"))
    starts_at = models.TimeField(pgettext_lazy("time of day", "from"), null=True, blank=True)
    ends_at = models.TimeField(pgettext_lazy("time of day", "to"), null=True, blank=True)
    teacher = models.ForeignKey(
        Teacher, models.PROTECT, null=True, blank=True, related_name="sessions", verbose_name=_("teacher")
    )
    is_make_up = models.BooleanField(_("make-up session"), default=False)
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        ordering = ["course", "held_on", "module"]
        indexes = [models.Index(fields=["held_on"], name="training_session_on")]
        constraints = [
            models.UniqueConstraint(
                fields=["course", "module"],
                condition=Q(is_make_up=False, is_cancelled=False),
                name="training_module_once",
                violation_error_code="module",
                violation_error_message=_("The module is planned already. Mark this as a make-up session."),
            ),
            models.UniqueConstraint(
                fields=["course", "held_on", "module"],
                name="training_session_once",
                violation_error_code="held_on",
                violation_error_message=_("The module is planned on that day already."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="training_session_ends_after_start",
                violation_error_code="ends_at",
                violation_error_message=_("The end is before the start."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course}, {self.held_on:%d.%m.%Y}"

    @property
    def is_recorded(self) -> bool:
        """Is attendance recorded, as known now? Then its day stands: the facts say so too."""
        return bool(self.pk) and self.attendances.filter(retracted_at=None).exists()

    def clean(self) -> None:
        if self.is_recorded:
            told = _("Attendance is recorded for this day. Set it to “Not recorded” first.")
            if self.is_cancelled:
                raise ValidationError({"is_cancelled": told})
            if not Session.objects.filter(pk=self.pk, held_on=self.held_on).exists():
                raise ValidationError({"held_on": told})
