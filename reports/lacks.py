"""What a near miss lacks, in words, and where to mend it. The codes come from the figures; nothing is decided here."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.models import StepKind
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import here
from bydelsmoedre.suppression import breakdown, small_count
from programme.models import Document
from reports.figures.shapes import Row, Tally
from reports.labels import Named, names_for, wanted

TEXTS = {
    StepKind.NOTICE: gettext_lazy("The notice of the general meeting is missing"),
    StepKind.STATUTES: gettext_lazy("Statutes are not adopted"),
    StepKind.MEETING: gettext_lazy("The founding general meeting is not held"),
    StepKind.BOARD: gettext_lazy("No board is elected"),
    "board_size": gettext_lazy("The board has fewer than five members"),
    StepKind.MINUTES: gettext_lazy("The minutes are not signed"),
    StepKind.CONSTITUTION: gettext_lazy("The board is not constituted"),
    "certificate": gettext_lazy("No valid course certificate"),
    "coordinator_role": gettext_lazy("No role as local coordinator on that day"),
    "founded_association": gettext_lazy("The association is not founded"),
    "adoption": gettext_lazy("Not adopted yet"),
    "adoption_by_right_body": gettext_lazy("Adopted, but not by the body that must"),
    "anchoring_model": gettext_lazy("No anchoring model is adopted"),
    "signature_municipality": gettext_lazy("The municipality has not signed"),
    "signature_foundation": gettext_lazy("The Foundation has not signed"),
    "parties": gettext_lazy("The agreement has fewer than two parties"),
    "party_foundation": gettext_lazy("The Foundation is not a party to the agreement"),
    "term": gettext_lazy("The agreement is not in its term"),
}

ACTIONS = {
    "certificate": gettext_lazy("Issue a course certificate"),
    "coordinator_role": gettext_lazy("Record a role"),
    "founded_association": gettext_lazy("See the founding steps"),
    "adoption": gettext_lazy("Record the decision"),
    "adoption_by_right_body": gettext_lazy("Record the decision"),
    "anchoring_model": gettext_lazy("Record the decision"),
    "signature": gettext_lazy("Record the signature"),
    "board_size": gettext_lazy("Record a new election"),
    "step": gettext_lazy("Mark as done"),
}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing, and the page that mends it (empty where this reader may not)."""

    code: str
    text: str
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A figure's row with its label for one reader."""

    row: Row
    label: str
    detail: str
    url: str
    lacks: list[Lack]

    @property
    def since(self) -> dt.date | None:
        return self.row.since

    @property
    def is_date_unknown(self) -> bool:
        return self.row.is_date_unknown


def text_of(code: str) -> str:
    """A code of what is lacking, in words."""
    if code.startswith("signature_") and code not in TEXTS:
        return _("A party has not signed")
    return str(TEXTS.get(code, code))


def labelled(rows: Iterable[Row], request: Any, *, is_present: bool, named: Named | None = None) -> list[LabelledRow]:
    """The rows with labels for whoever asks, and with mending links for who may mend what is lacking at present; two
    queries at most, however many rows, and one less where the page has asked for the names already."""
    rows = list(rows)
    known = names_for(wanted(rows), request) if named is None else named
    may_mend = request.standing.is_secretariat and is_present
    anchoring = _anchoring_model(rows, request) if may_mend else None
    came_from = here(request)
    return [_labelled(row, known, may_mend, anchoring, came_from) for row in rows]


def _anchoring_model(rows: list[Row], request: Any) -> UUID | None:
    """The document whose adoption a near miss of the partnership waits for."""
    if not any("anchoring_model" in row.lacks for row in rows):
        return None
    documents = Document.objects.visible_to(request.user).filter(
        programme=request.standing.programme, kind=Document.Kind.ANCHORING_MODEL
    )
    return documents.order_by("pk").values_list("uuid", flat=True).first()


def _labelled(row: Row, named: Named, may_mend: bool, anchoring: UUID | None, came_from: str) -> LabelledRow:
    lacks = [_lack(code, row, _mending(code, row, anchoring) if may_mend else "", came_from) for code in row.lacks]
    detail = named.get(("association", row.association), "") if row.association else ""
    return LabelledRow(row, named.get((row.kind, row.uuid)) or _("Erased person"), detail, _page(row), lacks)


def _page(row: Row) -> str:
    if row.kind == "association":
        return url("associations:detail", row.uuid)
    if row.kind == "volunteer":
        return url("volunteers:detail", row.uuid)
    if row.kind in ("document", "agreement"):
        return url(f"programme:{row.kind}", row.uuid)
    return ""


def _lack(code: str, row: Row, url: str, came_from: str) -> Lack:
    if not url:
        return Lack(code, text_of(code))
    stays = code == "founded_association"
    kind = "signature" if code.startswith("signature_") else code if code in ACTIONS else "step"
    asked = {"next": came_from} | ({"part": code.removeprefix("signature_")} if kind == "signature" else {})
    return Lack(code, text_of(code), url if stays else f"{url}?{urlencode(asked)}", str(ACTIONS[kind]))


def _mending(code: str, row: Row, anchoring: UUID | None) -> str:
    """The address of the page that mends the lack."""
    if row.kind == "association":
        kind = StepKind.BOARD if code == "board_size" else code
        return url("associations:step", row.uuid, kind)
    if row.kind == "document":
        return url("programme:adoption", row.uuid)
    if code.startswith("signature_"):
        return url("programme:signature", row.uuid)
    if code == "anchoring_model":
        return url("programme:adoption", anchoring) if anchoring else ""
    if code == "founded_association" and row.association:
        return url("associations:detail", row.association)
    names = {"certificate": "training:certificate", "coordinator_role": "volunteers:membership"}
    return url(names[code], row.uuid) if code in names else ""


@dataclass(frozen=True, slots=True)
class TallyLine:
    """How many lack just this, for a reader who may not see who."""

    text: str
    count_text: str


def tally_lines(tallies: Iterable[Tally]) -> list[TallyLine]:
    """Near misses as totals, so that nobody can be recognised. Those who hold a certificate are parts of a total: what
    the certificates are more than the criterion's figure."""
    near = [tally for tally in tallies if tally.lacks]
    holders = [tally.count for tally in near if "certificate" not in tally.lacks]
    told = iter(breakdown(holders))
    return [
        TallyLine(
            ", ".join(text_of(code) for code in tally.lacks),
            small_count(tally.count) if "certificate" in tally.lacks else next(told),
        )
        for tally in near
    ]


def next_steps(near: Iterable[LabelledRow], request: Any, *, is_begun: bool, is_present: bool) -> list["Step"]:
    """What this reader can do now: mend the nearest misses, or begin."""
    steps = [
        Step(text=f"{line.label}: {lack.text}", url=lack.url, action=lack.action)
        for line in near
        for lack in line.lacks[:1]
        if lack.url
    ]
    if request.standing.is_secretariat and is_present and not is_begun:
        begin = Step(
            _("No association has taken its first founding step yet."),
            url("associations:list"),
            _("Go to the associations"),
        )
        steps.insert(0, begin)
    return steps[:5]


@dataclass(frozen=True, slots=True)
class Step:
    """A next step: what, and where."""

    text: str
    url: str
    action: str
