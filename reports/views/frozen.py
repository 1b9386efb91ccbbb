"""A frozen report as it is read in the browser: its words and figures, and what became of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from programme.access import Standing, StandingRequest, fetch
from reports.models import FrozenReport, ReportStep
from reports.progress.readers import FROZEN, is_contact
from reports.progress.reading import sections_told, told_by
from reports.progress.standing import State, Version, What, versions
from reports.sharing import sharing_context
from reports.views.committee import committee_context
from reports.views.compare_reports import changes_context
from reports.views.fetching import files_context
from reports.views.spot_checks import checks_context

_STEPS = ("send", "remind", "receive", "accept", "return", "ask")


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step as it is told: what, when, and by whom; and where a question is answered."""

    step: ReportStep
    words: str
    by: str
    about: str  #: the heading of its section
    answers: tuple["StepLine", ...] = ()
    answer_url: str = ""


@require_safe
def frozen(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One version, for whoever may read it."""
    report: FrozenReport = fetch(FROZEN.defer("pdf"), request.user, uuid)
    standing: Any = request.standing.within(report.programme)
    request.standing = standing
    told = told_by(report)
    all_of_it = versions(request.user, report=report.report_id)
    version = next(one for one in all_of_it if one.frozen.pk == report.pk)
    headings = dict(sections_told(told))
    context = {
        "frozen": report,
        "told": told,
        "approved_by": report.content["report"]["approved_by"]["office"],
        "version": version,
        "others": [one for one in all_of_it if one.frozen.pk != report.pk],
        "dialogue": _dialogue(version, headings, may_answer=standing.may_see_persons),
        "log": [_line(one, headings) for one in version.steps if one.what not in (What.QUESTION, What.ANSWER)],
        "urls": _urls(version, standing),
        "draft_url": report.report.get_absolute_url() if standing.may_see_persons else "",
        "files": files_context(report, request),
        **changes_context(report, request),
        **committee_context(report, request),
        **sharing_context(report, request),
        **checks_context(report, request),
    }
    return render(request, "reports/frozen.html", context)


def _urls(version: Version, standing: Standing) -> dict[str, str]:
    """What this reader may do about the version now, and where."""
    names = []
    if standing.is_secretariat and version.replaced_by is None:
        if version.state == State.LOCKED:
            names.append("send")
        elif not version.is_answered:
            names.append("remind")
    if is_contact(standing) and version.state != State.LOCKED:
        names += [] if version.at(What.RECEIVED) or version.is_answered else ["receive"]
        names += [] if version.is_answered or version.replaced_by else ["accept", "return"]
        names.append("ask")
    return {name: url(f"reports:frozen_{name}", version.frozen.uuid) if name in names else "" for name in _STEPS}


def _dialogue(version: Version, headings: dict[str, str], *, may_answer: bool) -> list[StepLine]:
    """Each question with its answers."""
    found = []
    for one in version.steps:
        if one.what != What.QUESTION:
            continue
        answers = tuple(_line(step, headings) for step in version.steps if step.question_id == one.pk)
        found.append(_line(one, headings, answers, url("reports:answer", one.uuid) if may_answer else ""))
    return found


def _line(
    step: ReportStep, headings: dict[str, str], answers: tuple[StepLine, ...] = (), answer_url: str = ""
) -> StepLine:
    return StepLine(
        step,
        str(step.get_what_display()),
        step.office or _("No office"),
        headings.get(step.section, ""),
        answers,
        answer_url,
    )
