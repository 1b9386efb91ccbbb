"""A frozen report before the municipal committee: its annex is written and fetched, and the decision recorded."""

from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from programme.access import StandingRequest, fetch
from programme.files import OFFICE
from reports.annex.document import as_docx
from reports.annex.forms import AnnexForm, DecisionForm
from reports.annex.pdf import as_pdf
from reports.annex.suggesting import suggested
from reports.annex.telling import annex_name, annex_of
from reports.meeting_papers import Paper
from reports.models import CommitteeAnnex, CommitteeDecision, FrozenReport, ReportStep
from reports.models.committee import RECORDERS, TEXTS
from reports.progress.freezing import address_of
from reports.progress.paper import as_drawn
from reports.progress.readers import FROZEN
from reports.views.meeting_papers import sent

#: How each file of the annex is made, and what it is to a browser.
MADE = {"pdf": (as_pdf, "application/pdf"), "docx": (as_docx, OFFICE["word/document.xml"])}


def annex(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The secretariat writes the annex's texts, until the committee has decided; the first ones are drawn from the
    report."""
    frozen: FrozenReport = fetch(FROZEN.defer("pdf"), request.user, uuid)
    if not request.standing.within(frozen.programme).is_secretariat:
        raise PermissionDenied
    if request.method != "POST" and CommitteeDecision.objects.stands_on(
        frozen
    ):  # who posts has the form open, and keeps what was typed
        raise PermissionDenied
    written = CommitteeAnnex.objects.filter(frozen=frozen).first()
    first = {} if written else suggested(frozen.content)
    return enter(
        request,
        partial(AnnexForm, instance=written or CommitteeAnnex(frozen=frozen), initial=first),
        save=lambda form: form.write(by=request.user),
        title=_("Committee annex (udvalgsbilag)"),
        intro=_(
            "Two pages for the committee: your four texts, and the criteria, the money and the risks as the report "
            "says. They are read by everybody who reads the report. Nobody’s name."
        ),
        submit_label=_("Save the annex"),
        back_url=f"{frozen.get_absolute_url()}#udvalg",
        success=_("Saved. The annex can be fetched as PDF and DOCX."),
        template="reports/annex_form.html",
        is_first=not written,
        frozen=frozen,
    )


@require_safe
def annex_file(request: StandingRequest, uuid: UUID, kind: str) -> FileResponse:
    """The annex as PDF or DOCX, for whoever reads the report; it does not exist before its texts are written."""
    frozen: FrozenReport = fetch(FROZEN.defer("pdf"), request.user, uuid)
    written = CommitteeAnnex.objects.filter(frozen=frozen).values(*TEXTS).first()
    if written is None:
        raise Http404
    make, media_type = MADE[kind]
    content = as_drawn(frozen.content)
    with translation.override("da"):
        told = annex_of(content, written, sha256=frozen.sha256, code=frozen.code, address=address_of(frozen.sha256))
        data = make(told, known_at=frozen.known_at)
    return sent(Paper(f"{annex_name(content)}.{kind}", data), media_type)


def decide(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The municipality's contact, or the secretariat, records what the committee decided."""
    frozen: FrozenReport = fetch(FROZEN.without_files(), request.user, uuid)
    if not request.standing.within(frozen.programme).has(*RECORDERS):
        raise PermissionDenied
    return enter(
        request,
        partial(DecisionForm, frozen=frozen),
        save=lambda form: form.record(by=request.user, programme=frozen.programme),
        title=_("The committee’s decision"),
        intro=str(frozen),
        submit_label=_("Record the decision"),
        back_url=f"{frozen.get_absolute_url()}#udvalg",
    )


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision as the report's page tells it; `retract_url` is "" for who may not."""

    decision: CommitteeDecision
    retract_url: str


@dataclass(frozen=True, slots=True)
class Committee:
    """What a report's page tells about the committee; an address is "" where it is not this reader's."""

    has_annex: bool
    pdf_url: str
    docx_url: str
    annex_url: str
    decisions: list[DecisionLine]
    decide_url: str


def committee_context(frozen: FrozenReport, request: Any) -> dict[str, Committee]:
    """For `reports/frozen_committee.html`: the annex's files, and what the committee decided; four queries at most. The
    request's standing is that in the report's programme."""
    standing, place = request.standing, frozen.uuid
    may_record = standing.has(*RECORDERS)
    has_annex = CommitteeAnnex.objects.filter(frozen=frozen).exists()
    is_sent = ReportStep.objects.filter(frozen=frozen, what=ReportStep.What.SENT).exists()
    found = CommitteeDecision.objects.current().filter(frozen=frozen)
    decisions = list(found.order_by("happened_on", "pk"))
    hers = set(found.changeable_by(request.user).values_list("pk", flat=True)) if decisions else set()
    may_write = standing.is_secretariat and not decisions
    return {
        "committee": Committee(
            has_annex=has_annex,
            pdf_url=url("reports:annex_pdf", place) if has_annex else "",
            docx_url=url("reports:annex_docx", place) if has_annex else "",
            annex_url=url("reports:annex", place) if may_write else "",
            decisions=[
                DecisionLine(one, url("reports:retract", "udvalgsbeslutning", one.uuid) if one.pk in hers else "")
                for one in decisions
            ],
            decide_url=url("reports:committee", place) if may_record and is_sent else "",
        )
    }
