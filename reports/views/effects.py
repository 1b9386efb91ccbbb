"""Effect indicators: all of them with how they stand, and one with what was measured, its curve and its parts."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import beloeb, dato, kort_dato
from bydelsmoedre.languages import LANGUAGES
from bydelsmoedre.listing import Column, Listing
from bydelsmoedre.sorting import danish_key
from programme.access import StandingRequest, fetch
from programme.models import EffectIndicator, Measurement
from programme.models.effects import Grouping
from reports.charts import effect_chart
from reports.effects import Line, lines_of, question_of
from reports.facts import FactLine, fact_line
from reports.figures.effects import STOCKS, changes, grouped
from reports.findings import found, in_words
from reports.moments import Asked, ask
from reports.told_effects import Teller
from volunteers.models import ConversationTopic

CODES = ("measurement_due",)


def _period(line: Line) -> str:
    """Which period the latest number is about, in words."""
    if line.until is None:
        return ""
    until = kort_dato(line.until)
    return f"{kort_dato(line.since)} – {until}" if line.since else _("up to %(day)s") % {"day": until}


def _target(line: Line) -> str:
    if line.target is None:
        return "–"
    return beloeb(line.target.value)


def _columns(asked: Asked) -> list[Column]:
    def proposed(line: Line) -> str:
        by = line.indicator.measured_by
        return _("Proposed · %(office)s") % {"office": by} if line.indicator.is_proposed else str(by)

    return [
        Column(
            "effektmaal",
            gettext_lazy("Effect indicator"),
            lambda line: line.indicator.name,
            url=lambda line: line.indicator.get_absolute_url() + asked.query,
            detail=proposed,
        ),
        Column("enhed", gettext_lazy("Unit"), lambda line: line.indicator.unit),
        Column(
            "udgangspunkt",
            gettext_lazy("Baseline"),
            lambda line: line.indicator.baseline,
            shown=lambda line: _baseline(line.indicator),
            is_number=True,
        ),
        Column(
            "seneste",
            gettext_lazy("Latest"),
            lambda line: line.words if line.number is None else line.number,
            shown=lambda line: line.words,
            detail=_period,
            is_number=True,
            can_sort=False,
        ),
        Column("om", gettext_lazy("About the period"), _period, on_page=False, can_sort=False),
        Column(
            "maal",
            gettext_lazy("Target"),
            lambda line: line.target.value if line.target else None,
            shown=_target,
            detail=lambda line: _("by %(day)s") % {"day": kort_dato(line.target.ended_on)} if line.target else "",
            is_number=True,
            can_sort=False,
        ),
        Column("status", gettext_lazy("Standing"), lambda line: line.standing, shape=lambda line: line.shape),
        Column("hvordan", gettext_lazy("How it is measured"), lambda line: line.indicator.how_measured, on_page=False),
        Column("hvem", gettext_lazy("Measured by"), lambda line: line.indicator.measured_by, on_page=False),
    ]


def _baseline(indicator: Any) -> str:
    return _("Not known") if indicator.baseline is None else beloeb(indicator.baseline)


@require_safe
def effect_list(request: StandingRequest) -> HttpResponseBase:
    """Every indicator of the programme, with its latest number held against the target of the period."""
    standing: Any = request.standing
    programme = standing.programme
    if programme is None:
        raise PermissionDenied
    asked = ask(request, programme)
    indicators = list(EffectIndicator.objects.filter(programme=programme).order_by("pk"))
    listing = Listing(
        request=request,
        rows=lines_of(programme, asked.moment, indicators, may_see=standing.may_see_persons),
        columns=_columns(asked),
        title=_("Effect indicators"),
        default="effektmaal",
        about=[(_("Programme"), str(programme)), (_("As of"), dato(asked.moment.on))],
        moment_query=asked.query,
    )
    if file := listing.file(f"effektmaal-{asked.moment.on.isoformat()}"):
        return file
    findings = found(programme, asked.moment, codes=CODES)
    context = {
        "listing": listing,
        "can_create": standing.is_secretariat and asked.is_present,
        "findings": in_words(findings, request, is_present=asked.is_present),
    }
    return render(request, "programme/effects.html", asked.context() | context)


@dataclass(frozen=True, slots=True)
class Measured:
    """A measurement as the page tells it: what it is about, the number, the fact."""

    since: Any
    until: Any
    words: str
    fact: FactLine
    correct_url: str


@require_safe
def effect_detail(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """One indicator at a Moment."""
    indicator = fetch(EffectIndicator.objects.select_related("programme"), request.user, uuid)
    standing: Any = request.standing.within(indicator.programme)
    request.standing = standing
    asked = ask(request, indicator.programme)
    may_change = standing.is_secretariat and asked.is_present
    (line,) = lines_of(indicator.programme, asked.moment, [indicator], may_see=standing.may_see_persons)
    measured = _measurements(request, indicator, asked, may_change=may_change)
    findings = found(indicator.programme, asked.moment, about=uuid, codes=CODES)
    context = {
        "indicator": indicator,
        "line": line,
        "period": _period(line),
        "baseline": _baseline(indicator),
        "targets": indicator.targets.order_by("started_on"),
        "measured": measured,
        "chart": _chart(indicator, line, asked, may_see=standing.may_see_persons),
        "parts": _parts(indicator, line, asked, may_see=standing.may_see_persons) if indicator.grouping else [],
        "grouped_by": _grouped_by(indicator),
        "computed_as": _computed_as(indicator),
        "findings": in_words(findings, request, is_present=asked.is_present),
        "may_change": may_change,
    }
    return render(request, "programme/effect.html", asked.context() | context)


def _measurements(request: Any, indicator: EffectIndicator, asked: Asked, *, may_change: bool) -> list[Measured]:
    """What was measured, as known at the Moment, the latest first; one query."""
    rows = Measurement.objects.at(asked.moment).filter(indicator=indicator).select_related("evidence")
    return [
        Measured(
            one.covers_from,
            one.covers_to,
            beloeb(one.value),
            fact_line(one, str(_("Measured")), "maaling", request, may_change=may_change),
            url("programme:measurement_edit", one.uuid) if may_change else "",
        )
        for one in rows.order_by("-covers_to", "-covers_from", "-pk")
    ]


def _chart(indicator: Any, line: Line, asked: Asked, *, may_see: bool) -> Any:
    """The curve; None where there is but one number, or where from day to day it would tell of few."""
    if not indicator.is_computed:
        rows = Measurement.objects.at(asked.moment).filter(indicator=indicator).order_by("covers_to", "covers_from")
        known = [(day, Decimal(value)) for day, value in rows.values_list("covers_to", "value")]
        is_curve = len(known) > 1 or (known and indicator.baseline is not None)
        return effect_chart(indicator, line, known, asked.moment) if is_curve else None
    if line.number is None or not (may_see or (indicator.computed_figure in STOCKS and not indicator.only_association)):
        return None
    question = question_of(indicator, line.target, asked.moment.on)
    rose = changes(indicator.programme_id, asked.moment, question)
    days, changed = [day for day, _change in rose], [change for _day, change in rose]
    known = list(zip(days, accumulate(changed), strict=True))
    return effect_chart(indicator, line, known, asked.moment) if known else None


def _parts(indicator: Any, line: Line, asked: Asked, *, may_see: bool) -> list[tuple[str, str]] | None:
    """The value's parts in words, in Danish order; None where they are withheld from this reader."""
    question = question_of(indicator, line.target, asked.moment.on)
    if may_see:
        rows = grouped(indicator.programme_id, asked.moment, question, indicator.grouping)
        told: Any = [(one.key, beloeb(one.number)) for one in rows]
    else:
        told = Teller(indicator.programme, asked.moment).parts(question, indicator.grouping)
    if told is None:
        return None
    named = [(_part_name(key, indicator.grouping), words) for key, words in told]
    return sorted(named, key=lambda one: danish_key(one[0]))


def _part_name(key: str, grouping: str) -> str:
    if grouping == Grouping.LANGUAGE:
        return capfirst(str(dict(LANGUAGES).get(key, ""))) or _("Language not stated")
    return key or _("None")


def _grouped_by(indicator: Any) -> str:
    return {
        Grouping.AREA: _("By district"),
        Grouping.LANGUAGE: _("By language"),
        Grouping.ASSOCIATION: _("By association"),
    }.get(indicator.grouping, "")


def _computed_as(indicator: Any) -> str:
    """What is computed, and of what only, in words; one query where it is of one association."""
    if not indicator.is_computed:
        return ""
    words = [capfirst(indicator.get_computed_figure_display())]
    if indicator.only_topic:
        topic = dict(ConversationTopic.choices).get(indicator.only_topic, indicator.only_topic)
        words.append(_("only the topic %(topic)s") % {"topic": topic})
    if indicator.only_association:
        of = Association.objects.filter(programme=indicator.programme_id, uuid=indicator.only_association)
        name = of.values_list("name", flat=True).first() or _("an association that is gone")
        words.append(_("only %(association)s") % {"association": name})
    return ", ".join(words)
