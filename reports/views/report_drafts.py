"""A report while it is written: begun, its sections, how it would look, and approved by a second person."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest, fetch, may_change, programme_to_change
from reports.models import ProgressReport, Section
from reports.progress.forms import ApprovalForm, ReportForm, SectionForm
from reports.progress.freezing import Missing, freeze, missing, warnings_of, why_not_by
from reports.progress.kinds import SectionKind, sections_of
from reports.progress.reading import fingerprint, told_so_far
from reports.progress.schedule import begun_from
from reports.progress.sections import narrative
from reports.progress.standing import versions
from reports.progress.suggestions import suggestions

REPORTS = ProgressReport.objects.select_related("programme", "recipient", "agreement")


@dataclass(frozen=True, slots=True)
class SectionLine:
    """A section of the draft: what is asked, what is written, and where it is written."""

    kind: SectionKind
    blocks: list[dict[str, Any]]
    url: str


@dataclass(frozen=True, slots=True)
class MissingLine:
    """Something that is missing, and where it is put right."""

    words: str
    url: str


def moment_of(report: ProgressReport) -> Moment:
    """Its last day, with all that is known now."""
    return Moment(report.period_to, timezone.now())


def report_new(request: StandingRequest) -> HttpResponse:
    """Begin a report; of one that is agreed on (`?plan=`) what it is about is filled in."""
    programme = programme_to_change(request)
    return enter(
        request,
        partial(ReportForm, programme=programme, initial=begun_from(request, programme)),
        save=lambda form: form.write(by=request.user),
        title=_("New report"),
        intro=_("What it is about. Its figures come by themselves; you write the words."),
        submit_label=_("Begin the report"),
        back_url=url("reports:reports"),
        done_url=lambda report: report.get_absolute_url(),
    )


def report_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What the report is about."""
    report = fetch(REPORTS, request.user, uuid, change=True)
    return enter(
        request,
        partial(ReportForm, programme=report.programme, instance=report),
        save=lambda form: form.write(by=request.user),
        title=_("What the report is about"),
        intro=str(report),
        back_url=report.get_absolute_url(),
    )


@require_safe
def report_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The draft: its sections, what is missing before it can be approved, and the versions that are frozen."""
    report = fetch(REPORTS, request.user, uuid)
    standing: Any = request.standing.within(report.programme)
    request.standing = standing
    writes = may_change(report, request.user)
    left = missing(report, moment_of(report))
    found = versions(request.user, report=report)
    context = {
        "report": report,
        "sections": _sections(report, writes=writes),
        "missing": [MissingLine(one.words, _mended_at(report, one) if writes else "") for one in left],
        "warnings": _words(warnings_of(report)),
        "versions": found,
        "why_not": why_not_by(report, request.user) if standing.is_foundation else "",
        "edit_url": url("reports:report_edit", uuid) if writes else "",
        "preview_url": url("reports:report_preview", uuid),
        "approve_url": url("reports:approve", uuid) if standing.is_foundation else "",
        "can_approve": standing.is_foundation,
    }
    return render(request, "reports/report_draft.html", context)


def _sections(report: ProgressReport, *, writes: bool) -> list[SectionLine]:
    written = {one.code: one.text for one in report.sections.all()}
    return [
        SectionLine(
            kind,
            list(narrative(written.get(kind.code, ""))),
            url("reports:section", report.uuid, kind.code) if writes else "",
        )
        for kind in sections_of(report.kind)
    ]


def _mended_at(report: ProgressReport, one: Missing) -> str:
    if one.about:
        return f"{url('budget:explain', one.about)}?{urlencode({'dato': report.period_to.isoformat()})}"
    return "" if one.code == "period" else url("reports:section", report.uuid, one.code)


def section(request: StandingRequest, uuid: UUID, code: str) -> HttpResponse:
    """Write one section."""
    report = fetch(REPORTS, request.user, uuid, change=True)
    request.standing = request.standing.within(report.programme)
    kind = next((one for one in sections_of(report.kind) if one.code == code), None)
    if kind is None:
        raise Http404
    written = Section.objects.filter(report=report, code=code).first()
    return enter(
        request,
        partial(SectionForm, report=report, kind=kind, instance=written),
        save=lambda form: form.write(by=request.user),
        title=kind.title,
        intro=str(report),
        submit_label=_("Save the section"),
        back_url=report.get_absolute_url(),
        template="reports/section.html",
        suggestions=suggestions(report, moment_of(report), code, request),
    )


@require_safe
def report_preview(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The report as it would be frozen now."""
    report = fetch(REPORTS, request.user, uuid)
    request.standing = request.standing.within(report.programme)
    context = {"report": report, "told": told_so_far(report, moment_of(report))}
    return render(request, "reports/report_preview.html", context)


def approve(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The Foundation approves: the report is frozen in the same instant."""
    report = fetch(REPORTS, request.user, uuid)
    standing: Any = request.standing.within(report.programme)
    request.standing = standing
    if not standing.is_foundation:
        raise PermissionDenied
    is_first = not report.frozen.exists()
    moment = moment_of(report)
    hindrances = [one for one in (why_not_by(report, request.user), *_words(missing(report, moment))) if one]
    return enter(
        request,
        partial(ApprovalForm, is_first=is_first, seen=fingerprint(report, moment), hindrances=hindrances),
        save=lambda form: freeze(report, by=request.user, reason=form.cleaned_data.get("reason", ""), seen=form.now),
        title=_("Approve and lock"),
        intro=str(report),
        submit_label=_("Approve and lock"),
        back_url=report.get_absolute_url(),
        done_url=lambda frozen: frozen.get_absolute_url(),
        success=_("The report is approved and locked."),
        template="reports/approve.html",
        hindrances=hindrances,
        warnings=_words(warnings_of(report)),
        preview_url=url("reports:report_preview", uuid),
    )


def _words(left: list[Missing]) -> list[str]:
    return [one.words for one in left]
