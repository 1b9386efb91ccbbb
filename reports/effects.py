"""Effect indicators as pages tell them to one reader: the latest value, the target that holds, and how it stands."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bydelsmoedre.danish import beloeb
from bydelsmoedre.moment import Moment
from programme.models import EffectIndicator, IndicatorTarget, Measurement, Programme
from reports.figures.effects import Question, Way, computed, target_on, way
from reports.told_effects import Teller, Told

#: How an indicator stands, in words and with the shape beside them.
WORDS = {
    Way.REACHED: gettext_lazy("Reached"),
    Way.ON_WAY: gettext_lazy("On the way"),
    Way.BEHIND: gettext_lazy("Behind"),
    Way.MISSED: gettext_lazy("Not reached"),
    Way.UNMEASURED: gettext_lazy("Not measured"),
    Way.NOT_IN_PERIOD: gettext_lazy("Not measured in the period"),
    Way.NOT_AT_END: gettext_lazy("Not measured at the period's end"),
    Way.NOT_BEGUN: gettext_lazy("The period has not begun"),
    Way.NO_BASELINE: gettext_lazy("Not reached yet; the baseline is not known"),
    Way.NO_TARGET: gettext_lazy("No target is set"),
    Way.NOT_TOLD: gettext_lazy("Not shown"),
}
SHAPES = {
    Way.REACHED: "met",
    Way.ON_WAY: "founded",
    Way.BEHIND: "near",
    Way.MISSED: "missed",
    Way.UNMEASURED: "not_yet",
    Way.NOT_IN_PERIOD: "not_yet",
    Way.NOT_AT_END: "not_yet",
    Way.NOT_BEGUN: "clock",
    Way.NO_BASELINE: "near",
    Way.NO_TARGET: "proposed",
    Way.NOT_TOLD: "waived",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator at a Moment, for one reader."""

    indicator: Any
    target: Any  #: that holds on the day; None where none is set
    number: Decimal | None  #: None where it is not measured, or not told
    words: str  #: the number, or why there is none
    since: dt.date | None  #: the period that the number is about
    until: dt.date | None
    way: Way

    @property
    def standing(self) -> str:
        return str(WORDS[self.way])

    @property
    def shape(self) -> str:
        return SHAPES[self.way]


def question_of(indicator: Any, target: Any, on: dt.date) -> Question:
    """What a computed indicator asks. Once the target's period is over, what there was on its last day, and of what has
    happened nothing after it; one that is not cumulative counts what is within the period."""
    asked = Question(indicator.computed_figure, indicator.only_association, indicator.only_topic)
    if target is None or target.started_on > on:
        return asked
    until = target.ended_on if target.ended_on < on else None
    since = None if indicator.is_cumulative or asked.is_stock else target.started_on
    return replace(asked, since=since, until=until)


def lines_of(
    programme: Programme, moment: Moment, indicators: Sequence[EffectIndicator], *, may_see: bool
) -> list[Line]:
    """How each indicator stands; as many queries for many as for one. `may_see`: else as the municipality is told."""
    targets: dict[int, list[IndicatorTarget]] = {}
    for one in IndicatorTarget.objects.filter(indicator__in=indicators).order_by("started_on"):
        targets.setdefault(one.indicator_id, []).append(one)
    held = {one.pk: target_on(targets.get(one.pk, ()), moment.on) for one in indicators}
    measured = _measured(moment, indicators)
    asked = {one.pk: question_of(one, held[one.pk], moment.on) for one in indicators if one.is_computed}
    told = dict(zip(asked, _computed(programme, moment, [*asked.values()], may_see=may_see), strict=True))
    return [
        _of_computed(one, held[one.pk], asked[one.pk], told[one.pk])
        if one.is_computed
        else _of_measured(one, held[one.pk], measured.get(one.pk), moment.on)
        for one in indicators
    ]


def _measured(moment: Moment, indicators: Sequence[EffectIndicator]) -> dict[int, Measurement]:
    """The latest measurement of each; one query."""
    rows = Measurement.objects.at(moment).filter(indicator__in=indicators)
    latest = rows.order_by("indicator_id", "-covers_to", "-covers_from", "-pk").distinct("indicator_id")
    return {one.indicator_id: one for one in latest}


def _computed(programme: Programme, moment: Moment, asked: Sequence[Question], *, may_see: bool) -> list[Told]:
    if not may_see:
        return Teller(programme, moment).values(asked)
    values = computed(programme.pk, moment, asked)
    return [Told(beloeb(one.number), one.number, moment.on) for one in values]


def _of_measured(indicator: Any, target: Any, found: Measurement | None, on: dt.date) -> Line:
    if found is None:
        return Line(indicator, target, None, _("Not measured"), None, None, _unmeasured(target, on))
    stands = _unjudged(target, found.covers_to, on) or _way(indicator, target, found.value, found.covers_to, on)
    return Line(indicator, target, found.value, beloeb(found.value), found.covers_from, found.covers_to, stands)


def _unjudged(target: Any, covers_to: dt.date, on: dt.date) -> Way | None:
    """Why a number about the days up to `covers_to` is not held against the target; None where it is."""
    if target is None or target.started_on > on:
        return None
    if not target.started_on <= covers_to <= target.ended_on:
        return Way.NOT_IN_PERIOD
    return Way.NOT_AT_END if covers_to < target.ended_on < on else None


def _of_computed(indicator: Any, target: Any, asked: Question, told: Told) -> Line:
    until = min(asked.until, told.day) if asked.until else told.day
    since = asked.since
    if told.number is None:
        return Line(indicator, target, None, told.words, since, until, Way.NOT_TOLD)
    stands = _way(indicator, target, told.number, until, told.day)
    return Line(indicator, target, told.number, beloeb(told.number), since, until, stands)


def _unmeasured(target: Any, on: dt.date) -> Way:
    return Way.NOT_BEGUN if target is not None and target.started_on > on else Way.UNMEASURED


def _way(indicator: Any, target: Any, value: Decimal, day: dt.date, on: dt.date) -> Way:
    if target is None:
        return Way.NO_TARGET
    if target.started_on > on:
        return Way.NOT_BEGUN
    is_flow = indicator.is_computed and not Question(indicator.computed_figure).is_stock
    return way(
        direction=indicator.direction,
        start=_start(indicator, is_flow=is_flow),
        target=target,
        value=value,
        day=day,
        grows=indicator.is_cumulative or is_flow,
    )


def _start(indicator: Any, *, is_flow: bool) -> Decimal | None:
    """From where the way to the target is reckoned. What is counted anew in each period begins at 0 in each."""
    if is_flow and not indicator.is_cumulative:
        return Decimal(0)
    if indicator.baseline is None and indicator.is_cumulative:
        return Decimal(0)
    baseline: Decimal | None = indicator.baseline
    return baseline
