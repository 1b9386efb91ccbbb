"""Planning a course: the days on which its modules are taught, and what follows when a day is moved.

One module a week on the first day's weekday, in the order of the curriculum's version, but for the days left out.
"""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from training.completion import version_of
from training.models import Course, Session

WEEK = dt.timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """From when to when a course is taught on its days; either may be open."""

    starts_at: dt.time | None = None
    ends_at: dt.time | None = None


def teaching_days(first: dt.date, count: int, skipped: Collection[dt.date] = ()) -> list[dt.date]:
    """So many days, one a week from the first one, but for those left out."""
    found: list[dt.date] = []
    on = first
    while len(found) < count:
        if on not in skipped:
            found.append(on)
        on += WEEK
    return found


def module_numbers(version: Any) -> list[int]:
    """The version's modules, in the order in which they are taught."""
    return sorted(int(module["number"]) for module in version.modules)


@transaction.atomic
def plan_course(course: Course, *, hours: Hours, skipped: Collection[dt.date] = ()) -> Course:
    """Save a new course with a session for every module of the version in force on its first day."""
    version = version_of(course.curriculum_id, course.starts_on)
    if version is None:
        raise ValueError("The curriculum has no version.")
    modules = module_numbers(version)
    days = teaching_days(course.starts_on, len(modules), skipped)
    course.ends_on = days[-1]
    course.save()
    Session.objects.bulk_create(
        Session(course=course, module=module, held_on=day, starts_at=hours.starts_at, ends_at=hours.ends_at)
        for module, day in zip(modules, days, strict=True)
    )
    return course


@transaction.atomic
def plan_session(session: Session) -> Session:
    """Save a new or moved session; the course lasts until its last module is taught. Make-up days may come later."""
    session.save()
    if not (session.is_make_up or session.is_cancelled):
        Course.objects.filter(pk=session.course_id, ends_on__lt=session.held_on).update(ends_on=session.held_on)
    return session
