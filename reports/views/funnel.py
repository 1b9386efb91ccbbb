"""Rekruttering: how many have come to each stage, where people fall away, and how long it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import url
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest
from reports.figure_words import STAGE_WORDS, STAND_WORDS, in_days, percent
from reports.figures.conversations import released
from reports.figures.funnel import STAGES, STANDS, Funnel, Group, funnel
from reports.moments import Asked, ask
from reports.told_persons import funnel_told
from reports.views.behind import FUNNEL
from reports.views.volunteer_filter import UNKNOWN

#: How a group is asked for: the word in the address, also of the list of volunteers, and the group's kind.
ASKED_BY = {"bydel": "district", "omraade": "area", "sprog": "language"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number in words, and the address of those whom it counts: "" where the reader may not see them."""

    text: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class StageLine:
    """A stage as the page draws it."""

    label: str
    number: Number
    width: float  #: of the first stage's bar, in per cent; 0 where the number is not told
    passed: str = ""  #: the share of those of the stage before
    days: str = ""  #: the median from the stage before
    here: Number | None = None
    gone: Number | None = None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A district, a housing area or a language in the table."""

    label: str
    url: str
    numbers: list[Number]
    whole: str
    is_part: bool = False  #: a housing area, below its district


@require_safe
def funnel_page(request: StandingRequest) -> HttpResponse:
    """The funnel of all, or of one district, housing area or language; for the municipality totals."""
    standing: Any = request.standing
    if standing.programme is None:
        raise PermissionDenied
    asked = ask(request, standing.programme)
    if not standing.may_see_persons:
        return _told(request, asked)
    figure = funnel(standing.programme, asked.moment)
    chosen, group = _chosen(request, figure)
    links = _Links(asked, chosen)
    context = {
        "figure": figure,
        "group": group,
        "group_name": "" if group is figure.total else _name(group),
        "stages": _stages(group, links),
        "stands": [_stand(group, stand, links) for stand in STANDS],
        "whole": percent(group.whole),
        "whole_days": in_days(group.days[-1]),
        "lacking": _lacking(figure),
        "lacking_url": people_url(asked, f"{FUNNEL}-lacking"),
        "places": _places(figure, asked),
        "languages": _lines(figure.languages, "sprog", asked),
        "headings": [capfirst(str(STAGE_WORDS[stage])) for stage in STAGES],
    }
    return render(request, "volunteers/funnel.html", asked.context() | context)


@dataclass(frozen=True, slots=True)
class _Links:
    """Leads from a number to the list of those whom it counts."""

    asked: Asked
    chosen: dict[str, str]

    def number(self, count: int, code: str) -> Number:
        return Number(str(count), people_url(self.asked, f"{FUNNEL}-{code}", self.chosen) if count else "")


def people_url(asked: Asked, code: str, chosen: dict[str, str] | None = None) -> str:
    """The list of those whom a number counts, at the page's Moment."""
    return f"{url('volunteers:list')}?{urlencode(asked.kept | (chosen or {}) | {'tal': code})}"


def _chosen(request: StandingRequest, figure: Funnel) -> tuple[dict[str, str], Group]:
    """The group that the address asks for; all where it asks for none that there is."""
    for word, kind in ASKED_BY.items():
        value = request.GET.get(word, "")
        if value and (found := figure.group(kind, "" if value == UNKNOWN else value)):
            return {word: value}, found
    return {}, figure.total


def _stages(group: Group, links: _Links) -> list[StageLine]:
    """The stages with what leads from one to the next. At the last one nobody waits for a next."""
    passed = ["", *("" if share is None else percent(share) for share in group.conversions)]
    days = ["", *map(in_days, group.days)]
    return [
        StageLine(
            label=capfirst(str(STAGE_WORDS[stage])),
            number=links.number(group.reached[place], f"reached-{stage}"),
            width=_width(group.reached[place], group.persons),
            passed=passed[place],
            days=days[place],
            here=links.number(group.here[place], f"here-{stage}") if stage != STAGES[-1] else None,
            gone=links.number(group.gone[place], f"gone-{stage}"),
        )
        for place, stage in enumerate(STAGES)
    ]


def _width(count: int, of: int) -> float:
    return round(100 * count / of, 2) if of else 0


def _stand(group: Group, stand: str, links: _Links) -> StageLine:
    count = group.stands[stand]
    return StageLine(
        capfirst(str(STAND_WORDS[stand])), links.number(count, f"stands-{stand}"), _width(count, group.persons)
    )


def _lacking(figure: Funnel) -> list[tuple[str, int]]:
    return [(", ".join(str(STAGE_WORDS[code]) for code in tally.lacks), tally.count) for tally in figure.lacking]


def _places(figure: Funnel, asked: Asked) -> list[GroupLine]:
    """The districts in Danish order, each followed by its housing areas; what is not known comes last."""
    lines = []
    for district in _in_order(figure.districts):
        lines.append(_line(district, "bydel", asked))
        parts = [one for one in figure.areas if one.district == district.key and one.key]
        lines += [_line(one, "omraade", asked, is_part=True) for one in _in_order(parts)]
    return lines


def _lines(groups: Sequence[Group], word: str, asked: Asked) -> list[GroupLine]:
    return [_line(one, word, asked) for one in _in_order(groups)]


def _in_order(groups: Sequence[Group]) -> list[Group]:
    return sorted(groups, key=lambda one: (not one.key, danish_key(_name(one))))


def _name(group: Group) -> str:
    if not group.key:
        return _("Not known")
    return capfirst(str(dict(LANGUAGES)[group.key])) if group.kind == "language" else group.name


def _line(group: Group, word: str, asked: Asked, *, is_part: bool = False) -> GroupLine:
    query = urlencode(asked.kept | {word: group.key or UNKNOWN})
    return GroupLine(
        _name(group), f"?{query}", [Number(str(count)) for count in group.reached], percent(group.whole), is_part
    )


# --- For the municipality


def _told(request: StandingRequest, asked: Asked) -> HttpResponse:
    programme = request.standing.programme
    moment = released(asked.moment)
    figure = funnel(programme, moment)
    told = funnel_told(figure)
    is_told = [word == str(count) for word, count in zip(told.reached, figure.total.reached, strict=True)]
    passed = ["", *("" if share is None else percent(share) for share in told.conversions)]
    stages = [
        StageLine(
            capfirst(str(STAGE_WORDS[stage])),
            Number(told.reached[place]),
            _width(figure.total.reached[place], figure.total.persons) if is_told[place] and is_told[0] else 0,
            passed[place],
            in_days(told.days[place - 1]) if place else "",
        )
        for place, stage in enumerate(STAGES)
    ]
    context = {
        "released_until": moment.on,
        "stages": stages,
        "whole": percent(told.whole),
        "whole_days": in_days(told.days[-1]),
        "tables": [
            (_("By district"), _("District"), _in_words(told.districts)),
            (_("By language"), _("Language"), _in_words(told.languages)),
        ],
    }
    return render(request, "volunteers/funnel_told.html", asked.context() | context)


def _in_words(rows: Sequence[tuple[Group, str]]) -> list[tuple[str, str]]:
    """The groups by name, in Danish order; what is not known comes last."""
    named = [(not group.key, danish_key(_name(group)), _name(group), word) for group, word in rows]
    return [(name, word) for _is_unknown, _key, name, word in sorted(named)]
