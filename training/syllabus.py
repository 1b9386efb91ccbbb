"""From a draft to an adopted version of a training: when it may begin, and what is then known. The one definition.

A course keeps the version that it began with. So nothing is done by which a course with attendance would come under
another one: no version is adopted or retracted, and no first day is moved (`disturbed`).
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bydelsmoedre.danish import dato, tal
from bydelsmoedre.entry import Overtaken
from programme.versions import DAY, ends_before, later, put_in_place
from training.completion import version_of
from training.models import Attendance, Course, Curriculum, CurriculumDraft, CurriculumVersion
from training.models.curricula import Syllabus

#: What a draft and a version have in common, as columns.
COLUMNS = tuple(field.name for field in Syllabus._meta.get_fields())


def said_by(syllabus: Syllabus) -> dict[str, Any]:
    """What it says, to be said again by another."""
    return {name: getattr(syllabus, name) for name in COLUMNS}


def versions_of(curriculum: Curriculum) -> list[CurriculumVersion]:
    """The adopted versions as known now, the first one first."""
    return list(CurriculumVersion.objects.current().filter(curriculum=curriculum).order_by("started_on"))


def disturbed(curriculum: Curriculum, after: Sequence[CurriculumVersion]) -> Course | None:
    """The latest course with attendance that would be taught by another version than now, were these the training's
    versions, the first one first. The one question."""
    before = versions_of(curriculum)
    begun = Attendance.objects.current().filter(enrolment__course=OuterRef("pk"))
    courses = Course.objects.filter(Exists(begun), curriculum=curriculum).order_by("-starts_on", "-pk")

    def governs(versions: Sequence[CurriculumVersion], day: dt.date) -> UUID | None:
        found = version_of(curriculum.pk, day, among=versions)
        return found.uuid if found else None

    return next((one for one in courses if governs(before, one.starts_on) != governs(after, one.starts_on)), None)


def _keeps(course: Course) -> str:
    return _("%(course)s began on %(day)s with attendance recorded, and keeps the version that it began with.") % {
        "course": course.name,
        "day": dato(course.starts_on),
    }


def why_not_from(curriculum: Curriculum, day: dt.date) -> str:
    """Why no version can be adopted from that day; "" where one can."""
    known = versions_of(curriculum)
    if day in {one.started_on for one in known}:
        return _("A version holds from that day already.")
    if course := disturbed(curriculum, [*_made_room(known, day), *later(known, day)]):
        return " ".join([_keeps(course), _("Choose another day.")])
    return ""


def _made_room(known: Sequence[CurriculumVersion], day: dt.date) -> list[CurriculumVersion]:
    """The versions up to a new one from that day, which the last of them is."""
    earlier = [copy(one) for one in known if one.started_on < day]
    for one in earlier:
        if one.is_active(day):
            one.ended_on = day - DAY
    return [*earlier, CurriculumVersion(started_on=day, ended_on=ends_before(known, day))]


def why_not_retracted(version: CurriculumVersion) -> str:
    """Why a version stands; "" where it can be retracted. The training is locked: nobody adopts meanwhile."""
    Curriculum.objects.select_for_update().get(pk=version.curriculum_id)
    left = [one for one in versions_of(version.curriculum) if one.uuid != version.uuid]
    course = disturbed(version.curriculum, left)
    return _keeps(course) if course else ""


def why_not_first(course: Course, day: dt.date) -> str:
    """Why the course cannot begin on that day instead; "" where it can."""
    if not Attendance.objects.current().filter(enrolment__course=course).exists():
        return ""
    known = versions_of(course.curriculum)
    now, then = (version_of(course.curriculum_id, on, among=known) for on in (course.starts_on, day))
    return "" if now == then else " ".join([_keeps(course), _("Another one holds on that day.")])


@transaction.atomic
def adopt(draft: CurriculumDraft, version: CurriculumVersion, *, by: Any, reason: str) -> CurriculumVersion:
    """Record the version (unsaved, with its first day and evidence) in the place of its draft. The version before it
    ends the day before, which is known for that `reason`; itself it ends where a later one begins. Raises `Overtaken`
    where the draft is gone, or the day has been taken meanwhile."""
    Curriculum.objects.select_for_update().get(pk=draft.curriculum_id)
    locked = CurriculumDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None or why_not_from(draft.curriculum, version.started_on):
        raise Overtaken
    for name, value in said_by(locked).items():
        setattr(version, name, value)
    put_in_place(version, versions_of(draft.curriculum), by=by, reason=reason)
    locked.delete()
    return version


def planned_otherwise(version: CurriculumVersion) -> list[Course]:
    """Courses that the version governs, whose days were planned from another one: their modules differ."""
    numbers = {int(module["number"]) for module in version.modules}
    until = version.ended_on or dt.date.max
    governed = Course.objects.filter(curriculum=version.curriculum_id, starts_on__range=(version.started_on, until))
    found = governed.prefetch_related("sessions").order_by("starts_on")
    return [one for one in found if {session.module for session in one.sessions.all()} != numbers]


# --- What is new in a version


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version says otherwise than the one before it."""

    where: str  #: the module, or what completes the training
    was: str  #: "" where it is new
    now: str  #: "" where it is gone


def changes(old: Syllabus, new: Syllabus) -> list[Change]:
    """What is new: module by module, and then what completes the training."""
    before, after = _by_number(old), _by_number(new)
    named = [(_("Module %(number)s") % {"number": number}, number) for number in sorted({*before, *after})]
    pairs = [(name, _module(before.get(number)), _module(after.get(number))) for name, number in named]
    pairs += [(name, was, _asked(new).get(name, "")) for name, was in _asked(old).items()]
    return [Change(*pair) for pair in pairs if pair[1] != pair[2]]


def _by_number(syllabus: Syllabus) -> dict[int, Mapping[str, Any]]:
    return {int(one["number"]): one for one in syllabus.modules}


def _module(module: Mapping[str, Any] | None) -> str:
    return "" if module is None else f"{module.get('title', '')} ({', '.join(_about(module))})"


def _about(module: Mapping[str, Any]) -> Iterator[str]:
    kinds: dict[Any, Any] = dict(Syllabus.ModuleKind.choices)
    teachers: dict[Any, Any] = dict(Syllabus.TeacherKind.choices)
    yield str(kinds.get(module.get("kind"), module.get("kind")))
    if hours := module.get("hours"):
        yield ngettext("%(hours)s hour", "%(hours)s hours", 1 if hours == 1 else 2) % {"hours": tal(hours)}
    if teacher := module.get("teacher"):
        yield str(teachers.get(teacher, teacher))
    if module.get("compulsory"):
        yield _("compulsory")


def module_in_words(module: Mapping[str, Any]) -> str:
    """“7. Sundhed (fagmodul, 2 timer, obligatorisk)”."""
    return f"{module.get('number', '')}. {_module(module)}"


def _asked(syllabus: Syllabus) -> dict[str, str]:
    """What completes the training, and what a certificate is, by label."""
    yes, no = _("yes"), _("no")
    return {
        _("Modules required"): str(syllabus.required_modules),
        _("Hours required"): tal(syllabus.required_hours) if syllabus.required_hours else _("not asked about"),
        _("Declarations of the welcome sheet"): yes if syllabus.requires_contract else no,
        _("Evaluation of the course"): yes if syllabus.requires_evaluation else no,
        _("Months that a certificate is valid"): str(syllabus.valid_months or _("does not expire")),
        _("Counts hours"): yes if syllabus.counts_hours else no,
    }
