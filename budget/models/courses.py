"""Which line of the budget a course is paid from."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from budget.models.plan import BudgetLine
from bydelsmoedre.history import tracked
from programme.access import ReachQuerySet
from training.models import Course


class CourseLineQuerySet(ReachQuerySet):
    """Reached through the line."""

    programme_path = "line__budget__programme"


@tracked()
class CourseLine(models.Model):
    """A course is paid from that line: a plan, which what is booked on the course is held against."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    course = models.OneToOneField(Course, models.PROTECT, related_name="paid_from", verbose_name=_("course"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="courses", verbose_name=_("budget line"))

    objects = CourseLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("course's budget line")
        verbose_name_plural = _("courses' budget lines")

    def __str__(self) -> str:
        return f"{self.course}: {self.line}"
