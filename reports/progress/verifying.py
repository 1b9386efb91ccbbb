"""Is a report that somebody holds the one that was frozen? Asked by its code, or with the file itself.

Nothing is called genuine but what has just been computed anew from the bytes that are stored: these may be damaged too,
and then that is the answer. What a version says is told to whoever has its code once it has been sent out. Each paper
prints the hash of the one before it, so a code also reaches those who hold only the next paper: a version that was
locked and never sent is told by its hashes alone, unless the very file is shown.
"""

import enum
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from reports.models import FrozenReport, ReportStep, ShareOpening
from reports.progress.canonical import canonical, sha256
from reports.progress.checking import Fault, faults
from reports.progress.reading import told_by
from reports.progress.sent import FileKind, Marks, content_in, kind_of, marks_of

#: So many letters of the hash are a code.
CODE = 20
#: What is wrong with a report itself, and not with those before it.
_OF_ITSELF = {"hash", "pdf", "canonical", "row"}


class Verdict(enum.StrEnum):
    """What is answered."""

    GENUINE = "genuine"  #: the very bytes that were frozen
    SAME = "same"  #: the content that was frozen, in other bytes
    ALTERED = "altered"  #: says that it is a report of ours, and is not what was frozen
    DAMAGED = "damaged"  #: what is stored here is not what was frozen
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Answer:
    """What is told of a code or a file. `report` is the frozen one that it is, or says that it is."""

    verdict: Verdict
    report: FrozenReport | None = None
    #: Has it been sent, or read by a link?
    is_out: bool = False
    #: The latest version of the report that has been sent, where it is later than this one.
    newest: FrozenReport | None = None
    #: What is wrong with the chain of the programme's reports up to this one.
    faults: Sequence[Fault] = ()
    #: What the file is; None of a code.
    kind: FileKind | None = None

    @property
    def is_told(self) -> bool:
        """May it be told what the report says? It may to whoever has just shown it."""
        is_shown = self.kind is not None and self.verdict in (Verdict.GENUINE, Verdict.SAME)
        return self.is_whole and (self.is_out or is_shown)

    @property
    def is_fetched(self) -> bool:
        """May its content be fetched by its code?"""
        return self.is_whole and self.is_out

    @property
    def is_whole(self) -> bool:
        """Is there a report, stored as it was frozen?"""
        return self.report is not None and self.verdict != Verdict.DAMAGED

    @cached_property
    def told(self) -> dict[str, Any]:
        """The frozen report in words."""
        assert self.report is not None
        return told_by(self.report)


UNKNOWN = Answer(Verdict.UNKNOWN)


def answer_to_code(code: str) -> Answer:
    """Of a code, or of a whole SHA-256 (hexadecimal, small letters)."""
    if len(code) < CODE:
        return UNKNOWN
    found = FrozenReport.objects.filter(sha256__startswith=code).only("pk", "programme", "place").first()
    return _judged(found, Verdict.GENUINE) if found else UNKNOWN


def answer_to_file(data: bytes) -> Answer:
    """Of a file, whatever it is; it is not kept."""
    kind, digest = kind_of(data), sha256(data)
    brief = FrozenReport.objects.only("pk", "programme", "place")
    if found := brief.filter(Q(sha256=digest) | Q(pdf_sha256=digest)).order_by("pk").first():
        return _judged(found, Verdict.GENUINE, kind)
    content = content_in(data) if kind == FileKind.JSON else None
    rewritten = _canonical_hash(content)
    if rewritten and (found := brief.filter(sha256=rewritten).first()):
        return _judged(found, Verdict.SAME, kind)
    if found := _named(marks_of(data, kind, content), kind):
        return _judged(found, Verdict.ALTERED, kind)
    return Answer(Verdict.UNKNOWN, kind=kind)


def _canonical_hash(content: dict[str, Any] | None) -> str:
    """The hash of the same content as we write it; "" where it cannot be written so."""
    if content is None:
        return ""
    try:
        return sha256(canonical(content))
    except (ValueError, RecursionError):
        return ""


def _named(marks: Marks, kind: FileKind) -> FrozenReport | None:
    """The frozen report that a file says it is. A paper bears its own hash. A JSON has the report's identity and
    version, and the hash of the one before it: whoever has one version could make up the next, so only those that are
    out are looked for."""
    rows = FrozenReport.objects.select_related("report")
    rows = rows.only("pk", "programme", "place", "number", "previous", "report__uuid")
    if kind == FileKind.PDF:
        return rows.filter(sha256__in=marks.hashes).order_by("-place").first()

    def likeness(one: FrozenReport) -> tuple[bool, bool, bool, int]:
        is_the_report = str(one.report.uuid) in marks.uuids
        return is_the_report, one.number == marks.number, one.previous in marks.hashes, one.place

    found = rows.filter(is_out(), Q(report__uuid__in=marks.uuids) | Q(previous__in=marks.hashes))
    return max(found, key=likeness, default=None)


def _judged(found: FrozenReport, verdict: Verdict, kind: FileKind | None = None) -> Answer:
    """With the bytes of the whole chain up to it computed anew, and its own paper's."""
    rows = FrozenReport.objects.select_related("report")
    before = rows.filter(programme=found.programme_id, place__lt=found.place).defer("pdf").order_by("place")
    report = rows.get(pk=found.pk)
    wrong = faults([*before, report], papers_from=report.place)
    if any(one.place == report.place and one.code in _OF_ITSELF for one in wrong):
        verdict = Verdict.DAMAGED
    seen = FrozenReport.objects.filter(is_out(), pk=report.pk).exists()
    return Answer(verdict, report, seen, newest_of(report), wrong, kind)


def newest_of(report: FrozenReport) -> FrozenReport | None:
    """The latest version that has been sent, where it is later than this one."""
    later = FrozenReport.objects.filter(_is_sent(), report=report.report_id, number__gt=report.number)
    return later.without_files().order_by("-number").first()


def _is_sent() -> Exists:
    return Exists(ReportStep.objects.filter(frozen=OuterRef("pk"), what=ReportStep.What.SENT))


def is_out() -> Q:
    """The frozen reports that have left the staff: sent to the municipality, or read by a link. One that was made and
    never opened has told nobody anything."""
    return Q(_is_sent()) | Q(Exists(ShareOpening.objects.filter(link__frozen=OuterRef("pk"))))
