"""Mål og aftaler: the criteria, documents, agreement, meetings and plan at a Moment, and what the programme states of
itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.remembering import recall
from programme.access import StandingRequest
from programme.models import Activity, Agreement, Programme, StatedNumber
from reports.figures.agreements import AgreementFigure, agreements
from reports.figures.conversations import released
from reports.figures.counts import counts
from reports.figures.criteria import Measure, counting_coordinators, figures, measures, running
from reports.figures.documents import DocumentFigure, documents
from reports.figures.literal import LiteralFigure, literal
from reports.figures.shapes import CriterionFigure, TransitionFigure
from reports.findings import found, in_words
from reports.meetings import SHAPES, WORDS, meetings_at, state_of
from reports.moments import Asked, ask
from reports.municipality import answers_released, answers_told, may_tell_certificates
from reports.partnership import versions_at
from reports.views.agreements import PartyLine, agreement_lacks, party_lines
from reports.views.documents import document_lines

#: Findings of goals and agreements.
CODES = (
    "signature_missing",
    "renewal_missing",
    "obligation_overdue",
    "meeting_passed",
    "minutes_missing",
    "action_overdue",
)


@dataclass(frozen=True, slots=True)
class AgreementLine:
    """An agreement with its parties."""

    agreement: Agreement
    url: str
    figure: AgreementFigure
    lacks: list[str]
    parties: list[PartyLine]


@require_safe
def goals(request: StandingRequest) -> HttpResponse:
    """What is to be reached, by what it is measured, and what is agreed on."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    asked = ask(request, programme)
    measured = measures(programme, asked.moment)
    criteria = figures(measured)
    papers = documents(programme, asked.moment)
    agreed = agreements(programme, asked.moment)
    counted = counts(programme, asked.moment, running=running(criteria))
    counting = counting_coordinators(criteria)
    may_tell = standing.may_see_persons or may_tell_certificates(counted.certificates, counting)
    context = {
        "criteria": beside(measured, criteria, papers, agreed, counted.certificates if may_tell else None),
        "documents": document_lines(papers, asked),
        "agreements": _agreements(request, agreed, asked),
        "meetings": _meetings(programme, asked),
        "meetings_held": counted.meetings,
        "activities": recall(("activities", programme.pk), lambda: list(Activity.objects.filter(programme=programme))),
        "stated": recall(("stated", programme.pk, asked.moment), lambda: _stated(programme, asked.moment)),
        "answers": _answers(programme, asked.moment, counted.transition, may_see=standing.may_see_persons),
        "findings": _findings(request, programme, asked),
        "new_agreement_url": url("programme:agreement_new") if standing.is_secretariat and asked.is_present else "",
    }
    return render(request, "programme/goals.html", asked.context() | context)


def beside(
    measured: Sequence[Measure],
    criteria: Sequence[CriterionFigure],
    papers: Sequence[DocumentFigure],
    agreed: Sequence[AgreementFigure],
    certificates: int | None,
) -> list[tuple[CriterionFigure, LiteralFigure | None]]:
    """Each criterion with the literal reading of its own words."""
    return [
        (
            figure,
            literal(
                figure,
                document_kind=measure.version.document_kind,
                documents=papers,
                agreements=agreed,
                certificates=certificates,
            ),
        )
        for measure, figure in zip(measured, criteria, strict=True)
    ]


def _agreements(request: StandingRequest, agreed: Sequence[AgreementFigure], asked: Asked) -> list[AgreementLine]:
    """The agreements with their parties; four queries."""
    figure_of = {one.uuid: one for one in agreed}
    found_ = list(Agreement.objects.filter(uuid__in=figure_of).order_by("pk"))
    standing: Any = request.standing
    may_change = standing.is_secretariat and asked.is_present
    texts = versions_at(found_, asked.moment)
    parties = party_lines(found_, texts, asked.moment, request, may_change=may_change)
    return [
        AgreementLine(
            one,
            one.get_absolute_url() + asked.query,
            figure_of[one.uuid],
            agreement_lacks(figure_of[one.uuid]),
            parties[one.pk],
        )
        for one in found_
    ]


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting as this page tells it."""

    meeting: Any
    url: str
    words: Any
    shape: str


def _meetings(programme: Programme, asked: Asked) -> dict[str, MeetingLine]:
    """The latest that was held, and the next to come; two queries."""
    chosen = recall(("latest and next", programme.pk, asked.moment), lambda: _latest_and_next(programme, asked.moment))
    return {name: _meeting(one, asked) for name, one in chosen.items() if one}


def _latest_and_next(programme: Programme, moment: Moment) -> dict[str, Any]:
    rows = meetings_at(programme, moment).defer("agenda")
    return {
        "latest": rows.filter(held_on__isnull=False).order_by("-held_on", "-pk").first(),
        "next": rows.filter(held_on=None, planned_on__gte=moment.on).order_by("planned_on", "pk").first(),
    }


def _meeting(meeting: Any, asked: Asked) -> MeetingLine:
    state = state_of(meeting.planned_on, meeting.held_on, asked.moment.on)
    return MeetingLine(meeting, meeting.get_absolute_url() + asked.query, WORDS[state], SHAPES[state])


def _stated(programme: Programme, moment: Moment) -> dict[str, Decimal]:
    """What the programme states of itself, by kind: the latest of each; one query."""
    found_ = StatedNumber.objects.at(moment).filter(programme=programme).order_by("happened_on", "pk")
    return {one.kind: one.number for one in found_}


def _answers(programme: Programme, moment: Moment, figure: TransitionFigure, *, may_see: bool) -> dict[str, Any]:
    """The answers of the formerly paid; to the municipality those of the latest quarter that is released."""
    told: Any = figure if may_see else answers_told(answers_released(programme, moment))
    names = ("yes", "no", "undecided")
    shown = {name: None if (one := getattr(told, name)) is None else str(one) for name in names}
    return shown | {"on": None if may_see else released(moment).on}


def _findings(request: StandingRequest, programme: Programme, asked: Asked) -> list[Any]:
    standing: Any = request.standing
    codes = CODES if standing.may_see_persons else CODES[:-1]
    return in_words(found(programme, asked.moment, codes=codes), request, is_present=asked.is_present)
