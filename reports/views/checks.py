"""Dokumentation: what counts today, what the Foundation has looked at of it, and where that is recorded."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.fields import FilterField, FilterForm
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.moment import Moment, today
from programme.access import StandingRequest, fetch
from programme.models import Programme, SuccessCriterion
from reports.check_forms import EvidenceCheckForm
from reports.figures.checked import RowCheck, row_checks
from reports.figures.criteria import measures, rows
from reports.figures.shapes import Row
from reports.lacks import labelled
from reports.looked_at import WHERE_TO_LOOK
from reports.models import EvidenceCheck, Outcome, SpotCheck
from reports.views.spot_checks import spot_lines

#: How far the look at a row is, in words and with the shape beside them; what is to be done comes first.
STATES = {
    "unchecked": (gettext_lazy("Not looked at yet"), "not_yet"),
    "older": (gettext_lazy("Recorded anew since"), "near"),
    "missing": (gettext_lazy("Something is missing"), "missed"),
    "in_order": (gettext_lazy("In order"), "met"),
}


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A row that counts, and what came of looking at it. Its name is joined for the page's rows alone."""

    criterion: SuccessCriterion
    row: Row
    check: RowCheck | None
    may_record: bool
    label: str = ""
    detail: str = ""
    url: str = ""

    @property
    def state(self) -> str:
        if self.check is None:
            return "unchecked"
        if not self.check.holds:
            return "older"
        return "in_order" if self.check.is_in_order else "missing"

    @property
    def looked_on(self) -> dt.date | None:
        return self.check.happened_on if self.check else None

    @property
    def outcome(self) -> str:
        """In words; where something is missing, what."""
        if self.check and self.state == "missing":
            return str(capfirst(Outcome(self.check.outcome).label))
        return str(STATES[self.state][0])

    @property
    def about(self) -> str:
        return f"{self.detail} · {self.criterion}" if self.detail else str(self.criterion)

    @property
    def check_url(self) -> str:
        return url("reports:check", self.criterion.uuid, self.row.uuid) if self.may_record else ""


class CheckFilter(FilterForm):
    """What is asked of the list: a criterion, how far the look at it is."""

    maal = FilterField(label=gettext_lazy("Criterion"))
    status = FilterField(label=gettext_lazy("Looked at"))

    def __init__(self, *args: Any, criteria: list[SuccessCriterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        maal: Any = self.fields["maal"]
        status: Any = self.fields["status"]
        maal.offer((str(one.number), str(one)) for one in criteria)
        status.offer((code, words) for code, (words, _shape) in STATES.items())

    def filter(self, lines: list[CheckLine]) -> list[CheckLine]:
        number, state = self.cleaned_data["maal"], self.cleaned_data["status"]
        return [
            line
            for line in lines
            if (not number or str(line.criterion.number) == number) and (not state or line.state == state)
        ]


COLUMNS = [
    Column("hvad", gettext_lazy("What counts"), lambda line: line.label, url=lambda line: line.url,
           detail=lambda line: line.about, can_sort=False),
    Column("maal", gettext_lazy("Criterion"), lambda line: str(line.criterion), on_page=False),
    Column("siden", gettext_lazy("Counts since"), lambda line: line.row.since),
    Column("status", gettext_lazy("Looked at"), lambda line: line.outcome, shape=lambda line: STATES[line.state][1]),
    Column("dag", gettext_lazy("Looked at on"), lambda line: line.looked_on),
]  # fmt: skip
ACTION = Column(
    "registrer", gettext_lazy("Next step"), lambda line: _("Record a look"), url=lambda line: line.check_url,
    in_file=False, can_sort=False,
)  # fmt: skip


@require_safe
def check_list(request: StandingRequest) -> HttpResponseBase:
    """Everything that counts today, with what was looked at; what is to be looked at comes first."""
    standing: Any = request.standing
    if standing.programme is None or not standing.may_see_persons:
        raise PermissionDenied
    found = _lines(standing.programme, may_record=standing.may_check)
    criteria = list(dict.fromkeys(line.criterion for line in sorted(found, key=lambda line: line.criterion.number)))
    listing = Listing(
        request,
        found,
        [*COLUMNS, ACTION] if standing.may_check else COLUMNS,
        title=_("Documentation"),
        form=CheckFilter(request.GET, criteria=criteria),
        lines=partial(_named, request=request),
    )
    if answer := listing.file("dokumentation"):
        return answer
    left = sum(line.state != "in_order" for line in found)
    asked = SpotCheck.objects.visible_to(request.user).filter(frozen__programme=standing.programme)
    context = {
        "listing": listing,
        "left": left,
        "count": len(found),
        "spot_checks": spot_lines(asked, request, standing.programme),
    }
    return render(request, "reports/checks.html", context)


def _lines(programme: Programme, *, may_record: bool) -> list[CheckLine]:
    """Two queries, whatever there is."""
    asked = measures(programme, Moment(today()))
    counting, checks = rows(asked, counting=True), row_checks(asked)
    found = [
        CheckLine(one.version.criterion, row, checks.get((one.number, row.uuid)), may_record)
        for one in asked
        for row in counting[one.number]
    ]
    order = list(STATES)
    return sorted(found, key=lambda line: order.index(line.state))


def _named(lines: list[CheckLine], request: StandingRequest) -> list[CheckLine]:
    named = labelled([line.row for line in lines], request, is_present=True)
    return [
        replace(line, label=one.label, detail=one.detail, url=one.url) for line, one in zip(lines, named, strict=True)
    ]


def check(request: StandingRequest, uuid: UUID, thing: UUID) -> HttpResponse:
    """The Foundation records that it has looked at the documentation of something that counts today; 403 for who stands
    as the secretariat too."""
    criterion = fetch(SuccessCriterion.objects.select_related("programme"), request.user, uuid, change=True)
    request.standing = request.standing.within(criterion.programme)
    if not request.standing.may_check:
        raise PermissionDenied
    row = _counting(criterion, thing)
    (line,) = labelled([row], request, is_present=True)
    return enter(
        request,
        partial(EvidenceCheckForm, criterion=criterion, thing=thing),
        save=lambda form: form.record(by=request.user, programme=criterion.programme),
        title=_("Look at the documentation"),
        submit_label=_("Record a look"),
        back_url=url("reports:checks"),
        template="reports/check.html",
        line=line,
        criterion=criterion,
        where=WHERE_TO_LOOK[row.kind],
        earlier=earlier(EvidenceCheck.objects.filter(criterion=criterion), thing, "dokumentationskontrol"),
    )


def _counting(criterion: SuccessCriterion, thing: UUID) -> Row:
    """The row that counts today; 404 where it does not."""
    asked = [one for one in measures(criterion.programme, Moment(today())) if one.version.criterion_id == criterion.pk]
    found = rows(asked, counting=True)
    row = next((row for some in found.values() for row in some if row.uuid == thing), None)
    if row is None:
        raise Http404(_("It does not count today."))
    return row


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was recorded about the same before, and where it is retracted."""

    outcome: str
    happened_on: dt.date
    retract_url: str


def earlier(checks: Any, thing: UUID, kind: str) -> list[Earlier]:
    """The newest first; one query."""
    found = checks.current().filter(thing=thing).order_by("-happened_on", "-pk")
    return [
        Earlier(capfirst(one.get_outcome_display()), one.happened_on, url("reports:retract", kind, one.uuid))
        for one in found
    ]
