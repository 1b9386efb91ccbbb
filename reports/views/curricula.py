"""What is taught as pages show it: the trainings, their versions and what is new in each, and what is recognised."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest, fetch
from reports.facts import FactLine, fact_line
from reports.moments import Asked, ask
from training.completion import version_of
from training.models import Course, Cover, Curriculum, CurriculumDraft, CurriculumVersion
from training.models.curricula import Syllabus
from training.progress import requirement_in_words
from training.syllabus import Change, changes

#: The shape beside a version's standing.
IN_FORCE, COMING, EARLIER = "met", "not_yet", "founded"


@dataclass(frozen=True, slots=True)
class TrainingLine:
    """A training in the list, with the version that holds on the day."""

    curriculum: Any
    version: CurriculumVersion | None
    requirement: str
    drafts: int


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version or draft as the page of its training shows it."""

    syllabus: Any
    shape: str
    standing: str
    requirement: str
    courses: list[Course]
    before: Any = None  #: the version before it
    new: list[Change] | None = None  #: None where there is none before it
    fact: FactLine | None = None


@require_safe
def curricula(request: StandingRequest) -> HttpResponse:
    """The trainings within reach, and the version of each that holds on the day; three queries."""
    standing: Any = request.standing
    asked = ask(request, standing.programme)
    rows = Curriculum.objects.visible_to(request.user)
    if standing.programme:
        rows = rows.filter(programme=standing.programme)
    listed = list(rows.annotate(held=Count("courses")).order_by(danish_order("name"), "pk"))
    in_force = CurriculumVersion.objects.at(asked.moment).filter(curriculum__in=listed)
    holding = {one.curriculum_id: one for one in in_force}
    may_write = standing.is_secretariat and asked.is_present
    found = CurriculumDraft.objects.filter(curriculum__in=listed) if may_write else CurriculumDraft.objects.none()
    drafts = list(found.values_list("curriculum", flat=True))
    lines = [
        TrainingLine(one, holding.get(one.pk), requirement_in_words(holding.get(one.pk)), drafts.count(one.pk))
        for one in listed
    ]
    return render(request, "training/curricula.html", asked.context() | {"lines": lines, "may_write": may_write})


@require_safe
def curriculum(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One training: its versions as known at the Moment, the latest first, what is new in each, and the courses that
    are taught by it."""
    found: Curriculum = fetch(Curriculum.objects.select_related("programme"), request.user, uuid)
    asked = ask(request, found.programme)
    moment = asked.moment
    known = CurriculumVersion.objects.known(moment.known_at).filter(curriculum=found)
    versions = list(known.select_related("evidence").order_by("started_on"))
    may_write = request.standing.within(found.programme).is_secretariat and asked.is_present
    recognised = Cover.objects.at(moment).filter(curriculum=found).select_related("by", "evidence")
    context = {
        "curriculum": found,
        "versions": _version_lines(found, versions, asked, request),
        "drafts": [_draft_line(one, versions) for one in found.drafts.all()] if may_write else [],
        "recognised": [_recognised(one, asked, request) for one in recognised.order_by("started_on", "pk")],
        "may_write": may_write,
        "latest": versions[-1] if versions else None,
        "kinds": dict(Syllabus.ModuleKind.choices),
        "teachers": dict(Syllabus.TeacherKind.choices),
    }
    return render(request, "training/curriculum.html", asked.context() | context)


def _version_lines(
    found: Curriculum, versions: list[CurriculumVersion], asked: Asked, request: StandingRequest
) -> list[VersionLine]:
    courses = list(Course.objects.visible_to(request.user).filter(curriculum=found).order_by("-starts_on", "pk"))
    governing = {one.pk: version_of(found.pk, one.starts_on, among=versions) for one in courses}
    lines = []
    for before, version in zip([None, *versions], versions, strict=False):
        shape, standing = _standing(version, asked.moment)
        line = VersionLine(
            version,
            shape,
            standing,
            requirement_in_words(version),
            [one for one in courses if governing[one.pk] == version],
            before,
            changes(before, version) if before else None,
            fact_line(version, _("Adopted"), "uddannelsesversion", request, may_change=asked.is_present),
        )
        lines.append(line)
    return lines[::-1]


def _standing(version: CurriculumVersion, moment: Moment) -> tuple[str, str]:
    if version.is_active(moment.on):
        return IN_FORCE, _("In force")
    return (COMING, _("Coming")) if version.started_on > moment.on else (EARLIER, _("Earlier"))


def _draft_line(draft: CurriculumDraft, versions: list[CurriculumVersion]) -> VersionLine:
    before = versions[-1] if versions else None
    new = changes(before, draft) if before else None
    return VersionLine(draft, COMING, _("Draft"), requirement_in_words(draft), [], before, new)


def _recognised(cover: Cover, asked: Asked, request: StandingRequest) -> FactLine:
    return fact_line(cover, cover.by.name, "anerkendelse", request, may_change=asked.is_present)
