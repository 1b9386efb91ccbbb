"""Sammenlign rapporter: two frozen reports side by side as they were sent, and the facts that made the difference."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import kort_dato, tidspunkt
from bydelsmoedre.fields import keep_what_was_typed
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest
from reports.changed import Changed, in_words
from reports.comparing import sum_words
from reports.labels import names_for
from reports.models import FrozenReport, Kind
from reports.models.progress import KIND_NAMES
from reports.progress.differences import Change, changes_since, differences
from reports.views.compare import facts_between


class TwoReportsForm(forms.Form):
    """Two frozen versions of one programme."""

    fra = forms.ChoiceField(label=gettext_lazy("Report"))
    til = forms.ChoiceField(label=gettext_lazy("Compared with"))

    def __init__(self, *args: Any, frozen: list[FrozenReport], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("fra", "til"):
            self.fields[name].choices = [(str(one.uuid), str(one)) for one in frozen]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two reports: its name in short, and the time at which its figures were known."""

    frozen: FrozenReport
    label: str
    known: str

    @property
    def moment(self) -> Moment:
        return Moment(self.frozen.cut_off, self.frozen.known_at)


@require_safe
def compare_reports(request: StandingRequest) -> HttpResponse:
    """What each of two reports says, as it was frozen, and the facts between their Moments. The earlier one first."""
    rows = FrozenReport.objects.visible_to(request.user).without_files().select_related("report", "programme")
    found = _in_programme(request, list(rows.order_by("cut_off", "known_at", "place")))
    form = TwoReportsForm(_asked(request, found), frozen=found[::-1])
    chosen = [one for one in found if form.is_valid() and str(one.uuid) in form.cleaned_data.values()]
    keep_what_was_typed(form)
    context: dict[str, Any] = {"form": form, "found": found, "sides": [], "is_same": len(chosen) == 1}
    if len(chosen) == 2:
        context |= _compared(request, chosen)
    return render(request, "reports/compare_reports.html", context)


def _in_programme(request: StandingRequest, found: list[FrozenReport]) -> list[FrozenReport]:
    """Those of the programme that one of the asked is of, else of the one in view; the request stands in it then."""
    asked = {request.GET.get(name) for name in ("fra", "til")}
    of = next((one.programme for one in found if str(one.uuid) in asked), request.standing.programme)
    if of is None:
        raise PermissionDenied
    request.standing = request.standing.within(of)
    return [one for one in found if one.programme_id == of.pk]


def _asked(request: StandingRequest, found: list[FrozenReport]) -> dict[str, str]:
    """What is asked for; without it, the last two."""
    last = [str(one.uuid) for one in found[-2:]]
    first, second = (last[0], last[-1]) if last else ("", "")
    return {"fra": request.GET.get("fra", first), "til": request.GET.get("til", second)}


def _sides(chosen: list[FrozenReport]) -> list[Side]:
    """Told apart by cut-off and version, and by what kind of report they are where that differs too."""
    is_one_kind = len({one.report.kind for one in chosen}) == 1
    sides = []
    for one in chosen:
        name = "" if is_one_kind else f"{KIND_NAMES[Kind(one.report.kind)]} "
        label = f"{name}{kort_dato(one.cut_off)}, version {one.number}"
        sides.append(Side(one, label, tidspunkt(one.known_at)))
    return sides


def _compared(request: StandingRequest, chosen: list[FrozenReport]) -> dict[str, Any]:
    kept = FrozenReport.objects.filter(pk__in=[one.pk for one in chosen]).only("pk", "canonical")
    contents = {one.pk: one.content for one in kept}
    sides = _sides(chosen)
    facts = facts_between(request, chosen[0].programme, sides[0].moment, sides[1].moment)
    shown: list[Changed] = facts.object_list  # type: ignore[assignment]
    told = differences(*(contents[one.pk] for one in chosen))
    return {
        "sides": sides,
        "criteria": told.criteria,
        "figures": [one for one in told.figures if one.is_changed],
        "same_figures": sum(not one.is_changed for one in told.figures),
        "sums": told.sums,
        "lines_of_money": [one for one in (*told.lines, *told.funding) if one.is_changed],
        "words": sum_words(),
        "facts": facts,
        "lines": in_words(shown, names_for([line.key for line in shown if line.about], request)),
    }


@dataclass(frozen=True, slots=True)
class Since:
    """What a report's page tells of the report before it."""

    before: FrozenReport
    changes: list[Change]
    compare_url: str


def changes_context(frozen: FrozenReport, request: Any) -> dict[str, Since | None]:
    """For `reports/frozen_changes.html`: what has changed since the report before, None where this reader sees none;
    one query besides the report's own content."""
    before = report_before(frozen, request.user)
    if before is None:
        return {"since": None}
    return {"since": Since(before, changes_since(before, frozen), compare_url(before.uuid, frozen.uuid))}


def report_before(frozen: FrozenReport, user: Any) -> FrozenReport | None:
    """The version that this one replaces; of a first version the last report that was frozen before it, about a day no
    later than its own."""
    rows = FrozenReport.objects.visible_to(user).filter(programme=frozen.programme_id, place__lt=frozen.place)
    if frozen.number > 1:
        rows = rows.filter(report=frozen.report_id)
    found = rows.filter(cut_off__lte=frozen.cut_off).select_related("report").defer("pdf").order_by("-place")
    before: FrozenReport | None = found.first()
    return before


def compare_url(first: UUID, second: UUID) -> str:
    return f"{url('reports:compare_reports')}?{urlencode({'fra': first, 'til': second})}"
