"""May a certificate be issued, until when is it valid, and how does one paper take another's place? The one definition.

Completing proposes, a person issues. What rests on a course is issued when the course's requirements are met
(`completion.py`), on that day or later, and once for each completed course: a renewal needs a new course, or earlier
training that is recognised. The form asks this; the database does not: completion is many rows of attendance that may
be retracted any day, and a certificate that came in another way (an import, the story) is none the less a fact.
"""

import calendar
import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from bydelsmoedre.danish import dato
from bydelsmoedre.moment import Moment
from training.completion import Completion, completions, version_of
from training.models import Certificate, Course, Cover, Curriculum, Enrolment
from training.progress import in_words
from volunteers.merging import together
from volunteers.models import Volunteer


@dataclass(frozen=True, slots=True)
class Step:
    """How far a person is in one of her courses."""

    course: Course
    completion: Completion

    @property
    def words(self) -> str:
        return in_words(self.completion)


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a person has learnt, as known now: her courses, the latest first, and what she has been issued."""

    steps: list[Step]
    issued: Mapping[int, dt.date]  #: by curriculum: when the latest certificate was issued

    def _within(self, curriculum_id: int) -> list[Step]:
        return [step for step in self.steps if step.course.curriculum_id == curriculum_id]

    def unrewarded(self, curriculum_id: int) -> list[Step]:
        """Her completed courses of a training that no certificate has been issued for."""
        last = self.issued.get(curriculum_id, dt.date.min)
        return [
            step
            for step in self._within(curriculum_id)
            if (on := step.completion.completed_on) is not None and on > last
        ]

    @property
    def proposed(self) -> Step | None:
        """The course for which a certificate is to be issued."""
        return next((step for step in self.steps if step in self.unrewarded(step.course.curriculum_id)), None)

    def why_not(self, curriculum: Curriculum, on: dt.date) -> tuple[str, str] | None:
        """Why nothing can be issued for a course on that day: the form's field, and the words. None where it can."""
        if completed := self.unrewarded(curriculum.pk):
            first = min(step.completion.completed_on for step in completed if step.completion.completed_on)
            too_early = _("She completed the training on %(day)s. It is issued on that day or later.")
            return ("started_on", too_early % {"day": dato(first)}) if on < first else None
        taken = self._within(curriculum.pk)
        if not taken:
            return "basis", _("She has taken part in no course of this training. Earlier training can be recognised.")
        if any(step.completion.completed_on for step in taken):
            return "basis", _(
                "She has been issued one for that course already. A renewal needs a new course, or earlier training "
                "that is recognised."
            )
        nearest = max(taken, key=lambda step: len(step.completion.attended))
        lacking = _("%(course)s is not completed: %(words)s.")
        return "basis", lacking % {"course": nearest.course.name, "words": nearest.words}


def learnt(volunteer: Volunteer) -> Learnt:
    """What she has learnt, also where she was recorded again; four queries."""
    hers = together(volunteer, Moment()).ids
    mine = Enrolment.objects.filter(volunteer__in=hers).select_related("course__curriculum")
    enrolments = list(mine.order_by("-course__starts_on", "pk"))
    found = completions(volunteer.programme_id, Moment(), courses=[one.course for one in enrolments])
    steps = [Step(one.course, found[one.pk]) for one in enrolments if one.pk in found]
    issued = Certificate.objects.current().filter(volunteer__in=hers).order_by().values_list("curriculum")
    return Learnt(steps, dict(issued.annotate(Max("started_on"))))


def covering(volunteer: Volunteer, curriculum: Curriculum, on: dt.date) -> Certificate | None:
    """A certificate that she holds on the day, of a training that is recognised in the place of that one then."""
    hers = together(volunteer, Moment()).ids
    recognised = Cover.objects.current().filter(curriculum=curriculum, period__contains=on).values("by")
    held = Certificate.objects.current().filter(volunteer__in=hers, curriculum__in=recognised, period__contains=on)
    return held.select_related("curriculum").order_by("-started_on", "pk").first()


def valid_until(curriculum: Curriculum, issued_on: dt.date, course: Course | None) -> dt.date | None:
    """The last day of a certificate, as the version says that the course was taught by (without a course: the version
    of the day); None where it does not expire."""
    version = version_of(curriculum.pk, course.starts_on if course else issued_on)
    return _months_after(issued_on, version.valid_months) if version and version.valid_months else None


def _months_after(day: dt.date, months: int) -> dt.date:
    """The last day of so many months that begin on the day: of 31 January and one month 28 (or 29) February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    last = calendar.monthrange(year, month + 1)[1]
    if day.day > last:
        return dt.date(year, month + 1, last)
    return dt.date(year, month + 1, day.day) - dt.timedelta(1)


def reissue(certificate: Certificate, *, by: Any, reason: str) -> Certificate:
    """A new paper in the place of one: the old number is withdrawn, the new one is valid from the same instant and for
    the same days, so that no figure changes. Raises `AlreadyRetracted`."""
    return certificate.supersede(by=by, reason=reason, uuid=uuid.uuid4())
