"""From a draft to an adopted version of a training: when it may begin, and what is then known. The one definition.

A course keeps the version it started with. So no version is adopted from a day on or before which somebody's attendance
is recorded in a course that it would come to govern.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bydelsmoedre.danish import dato, tal
from bydelsmoedre.entry import Overtaken
from training.models import Attendance, Course, Curriculum, CurriculumDraft, CurriculumVersion
from training.models.curricula import Syllabus

DAY = dt.timedelta(1)

#: What a draft and a version have in common, as columns.
COLUMNS = tuple(field.name for field in Syllabus._meta.get_fields())


def said_by(syllabus: Syllabus) -> dict[str, Any]:
    """What it says, to be said again by another."""
    return {name: getattr(syllabus, name) for name in COLUMNS}


def versions_of(curriculum: Curriculum) -> list[CurriculumVersion]:
    """The adopted versions as known now, the first one first."""
    return list(CurriculumVersion.objects.current().filter(curriculum=curriculum).order_by("started_on"))


def why_not_from(curriculum: Curriculum, day: dt.date) -> str:
    """Why no version can be adopted from that day; "" where one can."""
    starts = [one.started_on for one in versions_of(curriculum)]
    if day in starts:
        return _("A version holds from that day already.")
    until = min((one for one in starts if one > day), default=dt.date.max)
    begun = Attendance.objects.current().filter(enrolment__course=OuterRef("pk"))
    hindering = Course.objects.filter(Exists(begun), curriculum=curriculum, starts_on__gte=day, starts_on__lt=until)
    if course := hindering.order_by("-starts_on").first():
        return _("%(course)s began on %(day)s and keeps its version. Choose a day after that.") % {
            "course": course.name,
            "day": dato(course.starts_on),
        }
    return ""


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
    known = versions_of(draft.curriculum)
    later = [one.started_on for one in known if one.started_on > version.started_on]
    for one in known:
        if one.is_active(version.started_on):
            one.supersede(by=by, reason=reason, ended_on=version.started_on - DAY)
    version.ended_on = min(later) - DAY if later else None
    version.recorded_by = by
    version.save(force_insert=True)
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
