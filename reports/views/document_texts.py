"""A version of a document: its text, the hearings of it and what was answered; and two versions held against each
other."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Case, Exists, OuterRef, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import kort_dato
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest, fetch
from programme.models import Adoption, Document, DocumentVersion, Hearing, HearingComment, Organisation
from programme.texts import blocks, required_parts
from programme.wording import Change, compared
from reports.facts import FactLine, fact_line
from reports.moments import ask


@dataclass(frozen=True, slots=True)
class AskedLine:
    """Who was asked in a hearing, and whether an answer has come from there."""

    name: str
    has_answered: bool


@dataclass(frozen=True, slots=True)
class HearingLine:
    """A hearing of a version as its page tells it."""

    hearing: Hearing
    fact: FactLine
    is_open: bool
    asked: list[AskedLine]
    others: str  #: in words, for those who may read what is written about persons
    edit_url: str


@dataclass(frozen=True, slots=True)
class CommentLine:
    """An answer in a hearing as its page tells it; the municipality is told from whom and what came of it, no words."""

    fact: FactLine
    sender: str
    heading: str
    text: str
    answer: str  #: what came of it by the day, in words; "" where nothing has yet
    is_taken_in: bool
    because: str
    answered_on: dt.date | None
    is_late: bool
    answer_url: str


@require_safe
def version_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One version: its text, what it must hold, its hearings with the answers, and what was decided on it."""
    rows = DocumentVersion.objects.select_related("document__programme", "document__adopted_by")
    settled, laid_open = (
        Exists(of.filter(pk=OuterRef("pk")))
        for of in (DocumentVersion.objects.settled(), DocumentVersion.objects.laid_open())
    )
    version = fetch(rows.annotate(is_settled=settled, is_laid_open=laid_open), request.user, uuid)
    standing: Any = request.standing.within(version.document.programme)
    request.standing = standing
    asked = ask(request, version.document.programme)
    may_change = standing.is_secretariat and asked.is_present
    is_told = version.is_laid_open or standing.may_see_persons
    comments = _comments(request, version, asked.moment, may_change=may_change)
    hearings = _hearings(request, version, asked.moment, [fact for fact, _line in comments], may_change=may_change)
    is_open = any(line.is_open for line in hearings)
    context = {
        "version": version,
        "document": version.document,
        "is_told": is_told,
        "blocks": blocks(version.text) if is_told else [],
        "parts": required_parts(version.document.kind, version.text) if is_told else [],
        "hearings": hearings,
        "comments": [line for _fact, line in comments],
        "unanswered": sum(not line.answer for _fact, line in comments),
        "decisions": _decisions(request, version, asked.moment, may_change=may_change),
        "is_open": is_open,
        "text_url": url("programme:version_text", uuid) if may_change and not version.is_settled else "",
        "hearing_url": url("programme:hearing", uuid) if may_change and not is_open else "",
        "comment_url": url("programme:hearing_comment", uuid)
        if may_change and (hearings or _was_sent(version))
        else "",
        "version_url": f"{url('programme:version', version.document.uuid)}?fra={uuid}" if may_change else "",
    }
    return render(request, "programme/version.html", asked.context() | context)


def _was_sent(version: DocumentVersion) -> bool:
    """Has a body sent the version to hearing, without saying until when?"""
    sent = Adoption.objects.current().filter(version=version, outcome=Adoption.Outcome.HEARING)
    return sent.exists()


def _decisions(
    request: StandingRequest, version: DocumentVersion, moment: Moment, *, may_change: bool
) -> list[FactLine]:
    facts = Adoption.objects.at(moment).filter(version=version).select_related("body", "evidence")
    return [
        fact_line(
            fact, f"{capfirst(fact.get_outcome_display())}, {fact.body}", "vedtagelse", request, may_change=may_change
        )
        for fact in facts.order_by("happened_on", "pk")
    ]


def _hearings(
    request: StandingRequest,
    version: DocumentVersion,
    moment: Moment,
    comments: Sequence[HearingComment],
    *,
    may_change: bool,
) -> list[HearingLine]:
    """The hearings that had begun, the newest first; two queries."""
    known = Hearing.objects.known(moment.known_at).filter(version=version, started_on__lte=moment.on)
    facts = list(known.select_related("evidence").order_by("-started_on"))
    wanted = {uuid for fact in facts for uuid in fact.asked}
    names = dict(Organisation.objects.filter(uuid__in=wanted).values_list("uuid", "name")) if wanted else {}
    answered = _answered(facts, comments)
    may_read = request.standing.may_see_persons
    return [
        HearingLine(
            hearing=fact,
            fact=fact_line(fact, _("Sent to hearing"), "hoering", request, may_change=may_change),
            is_open=fact.is_active(moment.on),
            asked=[AskedLine(names[one], (fact.pk, one) in answered) for one in fact.asked if one in names],
            others=fact.others if may_read else "",
            edit_url=url("programme:hearing_edit", fact.uuid) if may_change and fact.is_current else "",
        )
        for fact in facts
    ]


def _answered(hearings: Sequence[Hearing], comments: Sequence[HearingComment]) -> set[tuple[int, UUID]]:
    """Who has answered in which hearing: an answer is in the latest that had begun when it came (the newest first)."""
    return {
        (hearing.pk, one.organisation.uuid)
        for one in comments
        if one.organisation and (hearing := next((h for h in hearings if h.started_on <= one.happened_on), None))
    }


def _comments(
    request: StandingRequest, version: DocumentVersion, moment: Moment, *, may_change: bool
) -> list[tuple[HearingComment, CommentLine]]:
    """What had been answered, as it came; one query."""
    facts = HearingComment.objects.at(moment).filter(version=version)
    late = Hearing.objects.known(moment.known_at).filter(
        version=OuterRef("version"), started_on__lte=OuterRef("happened_on")
    )
    in_time = late.filter(ended_on__gte=OuterRef("happened_on"))
    told = facts.annotate(
        is_late=Case(When(Exists(late) & ~Exists(in_time), then=Value(True)), default=Value(False)),
    )
    rows = told.select_related("organisation", "evidence").order_by("happened_on", "pk")
    return [(fact, _comment(request, fact, moment, may_change=may_change)) for fact in rows]


def _comment(request: StandingRequest, fact: Any, moment: Moment, *, may_change: bool) -> CommentLine:
    may_read = request.standing.may_see_persons
    is_answered = bool(fact.answer) and fact.answered_on <= moment.on
    sender = str(fact.organisation or (fact.sender if may_read else _("Another sender")))
    return CommentLine(
        fact=fact_line(fact, sender, "hoeringssvar", request, may_change=may_change),
        sender=sender,
        heading=fact.heading if may_read else "",
        text=fact.text if may_read else "",
        answer=capfirst(fact.get_answer_display()) if is_answered else "",
        is_taken_in=is_answered and fact.answer == HearingComment.Answer.TAKEN_IN,
        because=fact.because if may_read and is_answered else "",
        answered_on=fact.answered_on if is_answered else None,
        is_late=fact.is_late,
        answer_url=url("programme:hearing_answer", fact.uuid) if may_change and fact.is_current else "",
    )


class TwoVersionsForm(forms.Form):
    """Which two versions are held against each other."""

    fra = forms.ChoiceField(label=gettext_lazy("From version"))
    til = forms.ChoiceField(label=gettext_lazy("To version"))

    def __init__(self, *args: Any, versions: Sequence[DocumentVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.uuid), _named(one)) for one in versions]
        for name in ("fra", "til"):
            field: Any = self.fields[name]
            field.choices = choices


def _named(version: DocumentVersion) -> str:
    if version.dated_on is None:
        return version.label
    return _("%(label)s, dated %(day)s") % {"label": version.label, "day": kort_dato(version.dated_on)}


@require_safe
def compare_versions(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """What changed from one version's text to another's. A draft is shown to the programme's staff only."""
    document = fetch(Document.objects.select_related("programme"), request.user, uuid)
    standing: Any = request.standing.within(document.programme)
    request.standing = standing
    versions = _comparable(document, is_staff=standing.may_see_persons)
    form = TwoVersionsForm(_chosen(request, versions), versions=versions)
    lines, texts = [], {}
    if len(versions) > 1 and form.is_valid():
        pair = [form.cleaned_data["fra"], form.cleaned_data["til"]]
        texts = {
            str(one): text for one, text in DocumentVersion.objects.filter(uuid__in=pair).values_list("uuid", "text")
        }
        if all(texts.values()):
            lines = compared(texts[pair[0]], texts[pair[1]])
    context = {
        "document": document,
        "form": form,
        "versions": versions,
        "lines": lines,
        "without_text": [_named(one) for one in versions if texts.get(str(one.uuid)) == ""],
        "labels": {str(one.uuid): one.label for one in versions},
        "counts": {change.value: sum(line.change == change for line in lines) for change in Change},
    }
    return render(request, "programme/compare_versions.html", context)


def _comparable(document: Document, *, is_staff: bool) -> list[DocumentVersion]:
    """The versions that this reader may hold against each other, the oldest first; without their texts."""
    rows = DocumentVersion.objects.filter(document=document)
    rows = rows if is_staff else rows.laid_open()
    return sorted(rows.defer("text"), key=lambda one: (str(one.dated_on or ""), one.pk))


def _chosen(request: StandingRequest, versions: Sequence[DocumentVersion]) -> dict[str, str]:
    """The two in the address; where none are, the last two."""
    last = [str(one.uuid) for one in versions[-2:]]
    fallback = dict(zip(("fra", "til"), last, strict=False))
    return {name: request.GET.get(name) or fallback.get(name, "") for name in ("fra", "til")}
