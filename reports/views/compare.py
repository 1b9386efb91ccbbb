"""Sammenlign datoer: two Moments side by side, with exactly the facts that lie between them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from bydelsmoedre.danish import kort_dato, tidspunkt
from bydelsmoedre.fields import DanishDateField, keep_what_was_typed
from bydelsmoedre.moment import ALWAYS, COPENHAGEN, Moment, end_of_day
from programme.access import StandingRequest
from programme.models import Programme
from reports.asking import opening_day
from reports.changed import Changed, changed, in_words
from reports.comparing import CriterionPair, budget_pair, criterion_pairs, sum_words
from reports.figures.classification import Rule
from reports.figures.criteria import figures, measures, rows
from reports.figures.finances import budget
from reports.figures.shapes import Row
from reports.labels import Named, names_for
from reports.moments import KnownAtField, MomentForm

#: So many lines of facts stand on a page.
PAGE = 50


class TwoMomentsForm(MomentForm):
    """A Moment and another one."""

    on2 = DanishDateField(label=_("Compared with"), required=False, may_be_future=True)
    known_at2 = KnownAtField(label=_("As we knew it on"), required=False)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two Moments, in words and as an address."""

    moment: Moment
    label: str
    known: str
    query: str


@dataclass(frozen=True, slots=True)
class PairLine:
    """One criterion's pair, with the names of what came and went for this reader."""

    pair: CriterionPair
    came: list[str]
    went: list[str]


@require_safe
def compare(request: StandingRequest) -> HttpResponse:
    """The criteria's and the budget's figures at two Moments, and what changed and why."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    form, first, second = _asked(request, programme)
    pairs = _pairs(programme, first, second, may_see=standing.may_see_persons)
    facts = facts_between(request, programme, first, second)
    wanted = [(row.kind, row.uuid) for pair in pairs for row in (*pair.came, *pair.went)]
    shown: list[Changed] = facts.object_list  # type: ignore[assignment]
    named = names_for([*wanted, *(line.key for line in shown if line.about)], request)
    context = {
        "form": form,
        "sides": [_side(first), _side(second)],
        "pairs": [PairLine(pair, _names(pair.came, named), _names(pair.went, named)) for pair in pairs],
        "budget": budget_pair(budget(programme, first), budget(programme, second)),
        "words": sum_words(),
        "facts": facts,
        "lines": in_words(shown, named),
        "is_same": first == second,
    }
    return render(request, "reports/compare.html", context)


def _asked(request: StandingRequest, programme: Programme) -> tuple[TwoMomentsForm, Moment, Moment]:
    """The two Moments in the address, the earlier one first; where one cannot be read, its default, with the error
    beside its field. Without any: a month ago, and the day that pages open at."""
    names = tuple(TwoMomentsForm.base_fields)
    given = {name: request.GET.get(name, "") for name in names}
    form = TwoMomentsForm(given)
    form.is_valid()
    said = form.cleaned_data
    last = said.get("on2") or opening_day(programme)
    on = said.get("on") or max(programme.starts_on, opening_day(programme) - dt.timedelta(30))
    moments = [Moment(on, said.get("known_at") or ALWAYS), Moment(last, said.get("known_at2") or ALWAYS)]
    shown = {
        name: value for one, end in zip(moments, ("", "2"), strict=True) for name, value in _shown(one, end).items()
    }
    form.data = {name: given[name] if name in form.errors else shown[name] for name in names}
    keep_what_was_typed(form)
    first, second = sorted(moments, key=lambda one: (one.on, one.known_at))
    return form, first, second


def _shown(moment: Moment, end: str) -> dict[str, str]:
    return {f"on{end}": moment.on.isoformat(), f"known_at{end}": _known_text(moment)}


def _known_text(moment: Moment) -> str:
    """As an address says it: a day where a whole day is meant, else the instant."""
    if moment.is_known_now:
        return ""
    day = moment.known_at.astimezone(COPENHAGEN).date()
    return day.isoformat() if moment.known_at == end_of_day(day) else moment.known_at.isoformat()


def _side(moment: Moment) -> Side:
    known = _known_text(moment)
    kept = {"on": moment.on.isoformat()} | ({"known_at": known} if known else {})
    return Side(moment, kort_dato(moment.on), tidspunkt(moment.known_at) if known else "", f"?{urlencode(kept)}")


def _pairs(programme: Programme, first: Moment, second: Moment, *, may_see: bool) -> list[CriterionPair]:
    """The criteria at both; the rows of persons only for who may see them. Six queries."""
    asked = [measures(programme, moment) for moment in (first, second)]
    told = [[one for one in some if may_see or one.version.rule != Rule.COORDINATORS_TRAINED] for some in asked]
    before, after = (rows(some, counting=True) for some in told)
    return criterion_pairs(figures(asked[0]), figures(asked[1]), (before, after))


class _Lines:
    """The lines of facts: asked a page at a time, and how many there are with the first of them."""

    def __init__(self, ask: Any) -> None:
        self.ask = ask
        self.first, self.count_ = ask(0)

    def __len__(self) -> int:
        return int(self.count_)

    def __getitem__(self, span: slice) -> list[Changed]:
        return self.first if not span.start else self.ask(span.start)[0]


def facts_between(request: StandingRequest, programme: Programme, first: Moment, second: Moment) -> Page:
    """A page of the facts that lie between two Moments, for whoever asks; one query."""
    may_see = request.standing.may_see_persons

    def ask(offset: int) -> tuple[list[Changed], int]:
        return changed(programme, first, second, may_see_persons=may_see, limit=PAGE, offset=offset)

    lines: Any = _Lines(ask)
    return Paginator(lines, PAGE).get_page(request.GET.get("side"))


def _names(found: tuple[Row, ...], named: Named) -> list[str]:
    return sorted(name for row in found if (name := named.get((row.kind, row.uuid))))
