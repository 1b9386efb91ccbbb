"""Who has adopted what: each document with the bodies that decide on it, and each association with what it adopts."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from associations.models import Association, AssociationAdoption, Closing
from bydelsmoedre.listing import Pages
from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_order
from programme.access import StandingRequest
from programme.models import Programme
from reports.figures.adopted import BodyFigure, words_of_bodies
from reports.figures.documents import documents
from reports.moments import ask
from reports.views.adopted import AdoptedLine, documents_to_adopt
from reports.views.documents import DocumentLine, document_lines


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document, with the word of each body in the order of the columns; None where it has nothing to do with it."""

    line: DocumentLine
    words: list[BodyFigure | None]


@dataclass(frozen=True, slots=True)
class AssociationCell:
    """What an association has adopted of a document, and which version it lacks."""

    title: str
    version: str  #: the newest that it has adopted; "" for none
    happened_on: dt.date | None
    is_date_unknown: bool
    lacks: str  #: a newer version that is adopted for all; "" for none
    is_open: bool  #: it has adopted none, and may: each association decides for itself


@dataclass(frozen=True, slots=True)
class AssociationRow:
    association: Association
    cells: list[AssociationCell]


@require_safe
def adoption_matrix(request: StandingRequest) -> HttpResponse:
    """Every document with whom it must be adopted by and whom it is; every association with what it has adopted."""
    programme = request.standing.programme
    if programme is None:
        raise PermissionDenied
    asked = ask(request, programme)
    words = words_of_bodies(programme, asked.moment)
    lines = document_lines(documents(programme, asked.moment), asked)
    page = _associations(request, programme, asked.moment)
    to_adopt = documents_to_adopt(programme.pk, asked.moment, asked.query)
    context = {
        "bodies": list({one.body: one.name for one in words}.values()),
        "documents": _document_rows(lines, words),
        "to_adopt": [line.title for line in to_adopt.values()],
        "associations": page,
        "rows": _association_rows(page.object_list, to_adopt, asked.moment) if to_adopt else [],
    }
    return render(request, "programme/adoptions.html", asked.context() | context)


def _document_rows(lines: Sequence[DocumentLine], words: Iterable[BodyFigure]) -> list[DocumentRow]:
    said = {(one.document, one.body): one for one in words}
    bodies = list({body: None for _document, body in said})
    return [DocumentRow(line, [said.get((line.figure.uuid, body)) for body in bodies]) for line in lines]


def _associations(request: StandingRequest, programme: Programme, moment: Moment) -> Page:
    """The associations that there were on the day, by name, a page at a time; two queries."""
    closed = Closing.objects.known(moment.known_at).filter(happened_on__lt=moment.on)
    rows = Association.objects.visible_to(request.user).filter(programme=programme)
    there = rows.exclude(opened_on__gt=moment.on).exclude(pk__in=closed.values("association"))
    question = "adoption_matrix", programme.pk, request.user.pk, moment
    return Pages(there.order_by(danish_order("name"), "pk"), question).get_page(request.GET.get("foreninger"))


def _association_rows(
    associations: Iterable[Association], to_adopt: dict[UUID, AdoptedLine], moment: Moment
) -> list[AssociationRow]:
    """What each has adopted of each document; one query."""
    there = list(associations)
    facts = AssociationAdoption.objects.at(moment).filter(association__in=there)
    held: dict[tuple[int, UUID], AssociationAdoption] = {}
    for fact in facts.select_related("version__document").order_by("happened_on", "pk"):
        document = fact.version.document.uuid
        before = held.get((fact.association_id, document))
        ages = to_adopt[document].ages
        if before is None or ages[before.version_id] <= ages[fact.version_id]:
            held[fact.association_id, document] = fact
    return [
        AssociationRow(one, [_cell(line, held.get((one.pk, document))) for document, line in to_adopt.items()])
        for one in there
    ]


def _cell(line: AdoptedLine, fact: AssociationAdoption | None) -> AssociationCell:
    return AssociationCell(
        title=line.title,
        version=fact.version.label if fact else "",
        happened_on=fact.happened_on if fact else None,
        is_date_unknown=bool(fact and fact.is_date_unknown),
        lacks=line.newer_than(line.ages[fact.version_id]) if fact else line.newer,
        is_open=fact is None and line.is_own and bool(line.ages),
    )
