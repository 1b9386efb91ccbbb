"""The programme's documents at a Moment: how far each is, its versions, and what bodies have decided on them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from budget.models import Scenario
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import dato, kort_dato
from bydelsmoedre.fields import FilterField, FilterForm
from bydelsmoedre.listing import Column, Listing
from programme.access import StandingRequest, fetch
from programme.models import Adoption, Document, DocumentVersion, Hearing
from programme.texts import REQUIRED, RequiredPart, required_parts
from reports.facts import FactLine, fact_line
from reports.figures.documents import DocumentFigure, DocumentStanding, documents
from reports.moments import Asked, ask
from reports.views.adopted import adopted_in

#: Where a document stands, in words and with the shape beside them.
WORDS = {
    DocumentStanding.MISSING: gettext_lazy("Not received"),
    DocumentStanding.DRAFT: gettext_lazy("Draft"),
    DocumentStanding.HEARING: gettext_lazy("In hearing"),
    DocumentStanding.HEARD: gettext_lazy("Hearing over, not decided"),
    DocumentStanding.REJECTED: gettext_lazy("Sent back"),
    DocumentStanding.ELSEWHERE: gettext_lazy("Adopted by another body"),
    DocumentStanding.ADOPTED: gettext_lazy("Adopted"),
}
SHAPES = {
    DocumentStanding.MISSING: "not_yet",
    DocumentStanding.DRAFT: "proposed",
    DocumentStanding.HEARING: "clock",
    DocumentStanding.HEARD: "near",
    DocumentStanding.REJECTED: "waived",
    DocumentStanding.ELSEWHERE: "near",
    DocumentStanding.ADOPTED: "met",
}


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document as a page tells it."""

    figure: DocumentFigure
    url: str

    @property
    def kind(self) -> str:
        return str(capfirst(Document.Kind(self.figure.kind).label))

    @property
    def standing(self) -> str:
        return str(WORDS[self.figure.standing])

    @property
    def shape(self) -> str:
        return SHAPES[self.figure.standing]

    @property
    def until(self) -> str:
        """Until when it is in hearing, or since when, where nobody has said until when."""
        if self.figure.answers_by:
            return _("until %(day)s") % {"day": kort_dato(self.figure.answers_by)}
        return _("since %(day)s") % {"day": kort_dato(self.figure.since)}

    @property
    def dated(self) -> str:
        """When the latest version is dated."""
        return _("dated %(day)s") % {"day": kort_dato(self.figure.dated_on)} if self.figure.dated_on else ""


def document_lines(figures: Sequence[DocumentFigure], asked: Asked) -> list[DocumentLine]:
    """Documents as a page tells them, with the address of each."""
    return [DocumentLine(one, url("programme:document", one.uuid) + asked.query) for one in figures]


class DocumentFilter(FilterForm):
    """What is asked of the list: a kind, how far it is."""

    art = FilterField(label=gettext_lazy("Kind"))
    status = FilterField(label=gettext_lazy("Standing"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds: Any = self.fields["art"]
        status: Any = self.fields["status"]
        kinds.offer((value, capfirst(label)) for value, label in Document.Kind.choices)
        status.offer((one.value, words) for one, words in WORDS.items())

    def filter(self, rows: list[DocumentLine]) -> list[DocumentLine]:
        kind, status = self.cleaned_data["art"], self.cleaned_data["status"]
        return [
            line
            for line in rows
            if (not kind or line.figure.kind == kind) and (not status or line.figure.standing == status)
        ]


COLUMNS = [
    Column(
        "titel",
        gettext_lazy("Document"),
        lambda line: line.figure.title,
        url=lambda line: line.url,
        detail=lambda line: line.kind,
    ),
    Column("art", gettext_lazy("Kind"), lambda line: line.kind, on_page=False),
    Column("bilag", gettext_lazy("Annex"), lambda line: line.figure.annex),
    Column("version", gettext_lazy("Latest version"), lambda line: line.figure.version, detail=lambda line: line.dated),
    Column("dateret", gettext_lazy("Dated"), lambda line: line.figure.dated_on, on_page=False),
    Column("status", gettext_lazy("Standing"), lambda line: line.standing, shape=lambda line: line.shape),
    Column("siden", gettext_lazy("Since"), lambda line: line.figure.since),
    Column("besluttet-af", gettext_lazy("Decided by"), lambda line: line.figure.body, on_page=False),
    Column("vedtages-af", gettext_lazy("Must be adopted by"), lambda line: line.figure.decider),
]


@require_safe
def document_list(request: StandingRequest) -> HttpResponseBase:
    """Every document of the programme, with where it stands."""
    programme = request.standing.programme
    if programme is None:
        raise PermissionDenied
    asked = ask(request, programme)
    listing = Listing(
        request=request,
        rows=document_lines(documents(programme, asked.moment), asked),
        columns=COLUMNS,
        title=_("Documents"),
        form=DocumentFilter(request.GET),
        about=[(_("Programme"), str(programme)), (_("As of"), dato(asked.moment.on))],
        moment_query=asked.query,
    )
    if file := listing.file(f"dokumenter-{asked.moment.on.isoformat()}"):
        return file
    may_create = asked.is_present and request.standing.is_secretariat
    context = {
        "listing": listing,
        "new_url": url("programme:document_new") if may_create else "",
        "matrix_url": url("programme:document_matrix") + asked.query,
    }
    return render(request, "programme/documents.html", asked.context() | context)


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version with what was decided on it."""

    version: DocumentVersion
    decisions: list[FactLine]
    url: str
    decide_url: str
    scenario_url: str  #: the scenario that it is; "" where it is none, or is not told to this reader
    answers_by: dt.date | None  #: the last day of the hearing that it is in; None where it is in none


@require_safe
def document_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One document: its versions, the newest first, and each decision with its evidence."""
    document = fetch(Document.objects.select_related("programme", "adopted_by"), request.user, uuid)
    standing: Any = request.standing.within(document.programme)
    request.standing = standing
    asked = ask(request, document.programme)
    figure = next(one for one in documents(document.programme, asked.moment) if one.uuid == uuid)
    (line,) = document_lines([figure], asked)
    may_change = standing.is_secretariat and asked.is_present
    context = {
        "document": document,
        "line": line,
        "versions": _versions(request, document, asked, may_change=may_change),
        "adopted_in": adopted_in(request, document, asked.moment),
        "adoption_url": url("programme:adoption", uuid) if may_change else "",
        "version_url": url("programme:version", uuid) if may_change else "",
        "compare_url": url("programme:document_compare", uuid),
        "parts": _latest_parts(document, line.figure.version, request),
    }
    return render(request, "programme/document.html", asked.context() | context)


def _versions(request: StandingRequest, document: Document, asked: Asked, *, may_change: bool) -> list[VersionLine]:
    """The versions that there were on the day, the newest first, without their texts; three or four queries."""
    told: dict[int, list[FactLine]] = {}
    facts = Adoption.objects.at(asked.moment).filter(version__document=document).select_related("body", "evidence")
    for fact in facts.order_by("happened_on", "pk"):
        text = f"{capfirst(fact.get_outcome_display())}, {fact.body}"
        told.setdefault(fact.version_id, []).append(fact_line(fact, text, "vedtagelse", request, may_change=may_change))
    hearings = Hearing.objects.known(asked.moment.known_at).filter(
        version__document=document, started_on__lte=asked.moment.on
    )
    heard = dict(hearings.order_by("started_on").values_list("version", "ended_on"))  # the latest of each version
    decided = Exists(Adoption.objects.filter(version=OuterRef("pk")))
    scenarios = _scenario_urls(request, document)
    lines = [
        VersionLine(
            version,
            told.get(version.pk, []),
            version.get_absolute_url() + asked.query,
            _decide_url(version, document) if may_change else "",
            scenarios.get(version.pk, ""),
            until if (until := heard.get(version.pk)) and asked.moment.on <= until else None,
        )
        for version in document.versions.defer("text").annotate(is_decided=decided)
        if version.pk in told or version.pk in heard or _is_there(version, asked.moment.on)
    ]
    return sorted(lines, key=_newest, reverse=True)


def _is_there(version: Any, on: dt.date) -> bool:
    """Is the version there on that day, whatever was said on it? As the figure of documents asks."""
    return version.dated_on <= on if version.dated_on else not version.is_decided


def _latest_parts(document: Document, label: str, request: StandingRequest) -> list[RequiredPart]:
    """What the latest version must hold, and whether its text does, for who may read the text; one query, or none where
    nothing is asked of the kind. Nothing where no text is written: nobody can see what that version holds."""
    if document.kind not in REQUIRED or not label:
        return []
    rows = document.versions.filter(label=label).exclude(text="")
    version = (rows if request.standing.may_see_persons else rows.laid_open()).first()
    return required_parts(document.kind, version.text) if version else []


def _scenario_urls(request: StandingRequest, document: Document) -> dict[int | None, str]:
    """Version → the page of the scenario that it is, of an anchoring model; one query."""
    if document.kind != Document.Kind.ANCHORING_MODEL:
        return {}
    found = Scenario.objects.visible_to(request.user).filter(version__document=document)
    return {one.version_id: one.get_absolute_url() for one in found}


def _decide_url(version: DocumentVersion, document: Document) -> str:
    query = urlencode({"version": version.label})
    return f"{url('programme:adoption', document.uuid)}?{query}"


def _newest(line: VersionLine) -> tuple[str, int]:
    first = line.decisions[0].happened_on if line.decisions else None
    return str(line.version.dated_on or first or ""), line.version.pk
