"""Where they live: candidates and mothers in, near and outside the housing areas on an official list."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from associations.models import AreaListing
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest
from reports.figure_words import PLACE_WORDS, percent
from reports.figures.conversations import released
from reports.figures.residence import PLACES, Living, Residence, residence
from reports.moments import Asked, ask
from reports.municipality import counting_at
from reports.told_persons import living_told
from reports.views.behind import RESIDENCE
from reports.views.funnel import Number, people_url


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A class with its number and its share."""

    place: str
    label: str
    number: Number
    share: str
    start: float  #: where its part of the bar begins and how wide it is, in per cent; width 0 where it is not told
    width: float


@dataclass(frozen=True, slots=True)
class LivingLines:
    """One group as the page draws it."""

    title: str
    total: str
    mainly: str  #: the share in or near, of those whose place is known; "" where that is not told
    lines: list[PlaceLine]


@require_safe
def residence_page(request: StandingRequest) -> HttpResponse:
    """Where they live, as the target group is described; for the municipality totals."""
    standing: Any = request.standing
    if standing.programme is None:
        raise PermissionDenied
    asked = ask(request, standing.programme)
    may_see = standing.may_see_persons
    moment = asked.moment if may_see else released(asked.moment)
    figure = residence(standing.programme, moment)
    counting = {} if may_see else {"mothers": counting_at(standing.programme, moment)}
    groups = (
        ("mothers", _("Mothers and coordinators"), figure.mothers),
        ("candidates", _("Candidates"), figure.candidates),
    )
    context = {
        "groups": [
            _lines(asked, who, title, living) if may_see else _lines_told(title, living, counting.get(who))
            for who, title, living in groups
        ],
        "is_listed": figure.is_listed,
        "listed": _areas(request, figure, moment, asked),
        "released_until": None if may_see else moment.on,
        "can_record": standing.is_secretariat and asked.is_present,
    }
    return render(request, "volunteers/residence.html", asked.context() | context)


def _lines(asked: Asked, who: str, title: str, living: Living) -> LivingLines:
    lines, start = [], 0.0
    for place in PLACES:
        count, width = living.counts[place], round(100 * (living.share(place) or 0), 2)
        code = f"{RESIDENCE}-{who}-{place}"
        number = Number(str(count), people_url(asked, code) if count else "")
        lines.append(PlaceLine(place, _label(place), number, percent(living.share(place)), start, width))
        start += width
    return LivingLines(title, str(living.total), percent(living.mainly) if living.known else "", lines)


def _lines_told(title: str, living: Living, counting: int | None) -> LivingLines:
    """In words. Where one part is not told, no share is, and no bar."""
    told, lines, start = living_told(living, counting), [], 0.0
    for place in PLACES:
        width = round(100 * (living.share(place) or 0), 2) if told.is_whole else 0
        share = percent(living.share(place)) if told.is_whole else ""
        lines.append(PlaceLine(place, _label(place), Number(told.counts[place]), share, start, width))
        start += width
    mainly = percent(living.mainly) if told.is_whole and living.known else ""
    return LivingLines(title, told.total, mainly, lines)


def _label(place: str) -> str:
    return capfirst(str(PLACE_WORDS[place]))


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A housing area that is on a list on the day."""

    area: Any
    retract_url: str


def _areas(request: StandingRequest, figure: Residence, moment: Moment, asked: Asked) -> list[AreaLine]:
    """The listed areas in Danish order, each with the page on which that is retracted, for who may; one query then."""
    standing: Any = request.standing
    facts = {}
    if standing.is_secretariat and asked.is_present:
        known = AreaListing.objects.at(moment).filter(housing_area__programme=standing.programme, status="listed")
        rows = known.order_by("happened_on", "pk").values_list("housing_area__uuid", "name", "uuid")
        facts = {(str(area), name): url("reports:retract", "omraadeliste", uuid) for area, name, uuid in rows}
    ordered = sorted(figure.listed, key=lambda one: (danish_key(one.area), danish_key(one.name)))
    return [AreaLine(one, facts.get((one.uuid, one.name), "")) for one in ordered]
