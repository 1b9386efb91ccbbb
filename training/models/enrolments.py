"""Who takes part in a course, from when to when, and on which days she was there.

Enrolment is not attendance, and "not recorded" is not "absent".
"""

import uuid
from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.models import associations_of
from bydelsmoedre.history import tracked
from programme.access import PersonQuerySet, Role, kept_out
from programme.facts import DatedFact, PeriodFact, SecretariatChanges
from training.models.courses import Course, Session
from volunteers.models import Volunteer


def wordless(name: str) -> models.CheckConstraint:
    """Nothing is written about such a fact: there is nothing to erase."""
    return models.CheckConstraint(
        condition=Q(note="", evidence=None), name=name, violation_error_message=_("Nothing is written about it.")
    )


class EnrolmentQuerySet(PersonQuerySet):
    """Seen by secretariat and Foundation, and by the local coordinator of the association that the course is for."""

    programme_path = "course__curriculum__programme"

    def reach(self, user: Any, roles: tuple[Role, ...]) -> Q:
        own = Q(course__association__in=associations_of(user)) & ~kept_out(user, self.programme_path)
        return super().reach(user, roles) | own


@tracked()
class Enrolment(models.Model):
    """A person and a course: what participation and attendance are facts about."""

    #: What erasing empties: nothing stands here, but what refers to an enrolment is about a person.
    personal = ()
    #: What figures rest on: never edited once made.
    fixed = ("volunteer_id", "course_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    volunteer = models.ForeignKey(Volunteer, models.PROTECT, related_name="enrolments", verbose_name=_("volunteer"))
    course = models.ForeignKey(Course, models.PROTECT, related_name="enrolments", verbose_name=_("course"))

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        constraints = [
            models.UniqueConstraint(
                fields=["volunteer", "course"],
                name="training_enrolled_once",
                violation_error_code="volunteer",
                violation_error_message=_("She is enrolled in the course already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer}, {self.course}"


class Participation(PeriodFact):
    """A person has a seat in the course, or waits for one, from one day to another."""

    class Status(models.TextChoices):
        ENROLLED = "enrolled", _("enrolled")
        WAITING = "waiting", _("on the waiting list")

    class Reason(models.TextChoices):
        """Why it ended before the course did."""

        DROPPED_OUT = "dropped_out", _("dropped out")
        TRANSFERRED = "transferred", _("moved to another course")
        GOT_A_SEAT = "got_a_seat", _("got a seat")

    anchor = "enrolment"

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="participations", verbose_name=_("enrolment"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.ENROLLED)
    end_reason = models.CharField(_("reason for the end"), max_length=15, choices=Reason, blank=True, default="")

    objects = SecretariatChanges.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(PeriodFact.Meta):
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["started_on"]
        constraints = [
            *PeriodFact.Meta.constraints,
            ExclusionConstraint(
                name="training_one_participation",
                expressions=[("enrolment", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(retracted_at=None),
                violation_error_code="started_on",
                violation_error_message=_("She takes part already in that period."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, end_reason="") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="training_participation_end_has_reason",
                violation_error_code="end_reason",
                violation_error_message=_("Say why it ended."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment}: {self.get_status_display()}"


class Attendance(DatedFact):
    """Whether a participant was there on a day of the course. That the day belongs to her course is kept by the
    trigger `attendance_in_course`."""

    class Mark(models.TextChoices):
        PRESENT = "present", _("present")
        #: Where a grant is settled in hours: half the module's hours, and no module attended.
        PARTLY = "partly", _("partly there")
        EXCUSED = "excused", _("sent an apology")
        ABSENT = "absent", _("stayed away")

    anchor = "enrolment"

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="attendances", verbose_name=_("enrolment"))
    session = models.ForeignKey(Session, models.PROTECT, related_name="attendances", verbose_name=_("session"))
    mark = models.CharField(_("attendance"), max_length=10, choices=Mark)

    class Meta(DatedFact.Meta):
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["happened_on"]
        indexes = [*DatedFact.Meta.indexes, models.Index(fields=["session"], name="training_attendance_on")]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["enrolment", "session"],
                condition=Q(retracted_at=None),
                name="training_attendance_once",
                violation_error_code="mark",
                violation_error_message=_("The attendance is recorded already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_mark_display()} {self.happened_on:%d.%m.%Y}"


class Transfer(DatedFact):
    """A participant goes on in another course of the same training: what she attended in the first one up to that day
    counts in the second. Without it, two courses never mix. That both are hers, and of one training, is kept by the
    trigger `transfer_of_one`.
    """

    anchor = "enrolment"
    erasable = ()

    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="transfers", verbose_name=_("goes on in"))
    source = models.ForeignKey(Enrolment, models.PROTECT, related_name="transfers_out", verbose_name=_("comes from"))

    objects = SecretariatChanges.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["enrolment", "source"],
                condition=Q(retracted_at=None),
                name="training_transferred_once",
                violation_error_message=_("She has been moved there already."),
            ),
            wordless("training_transfer_wordless"),
        ]

    def __str__(self) -> str:
        return f"{self.source.course} → {self.enrolment.course}"
