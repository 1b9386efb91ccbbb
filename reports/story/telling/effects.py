"""The effect indicators that are proposed, with what was measured."""

from programme.models import EffectIndicator, IndicatorTarget, Measurement
from reports.story.book import Book, day
from reports.story.effects import INDICATORS
from reports.story.telling.cast import Cast


def tell_effects(book: Book, cast: Cast) -> None:
    for plan in INDICATORS:
        indicator = book.row(
            EffectIndicator, plan.name, programme=cast.programme, name=plan.name, unit=plan.unit, **plan.values
        )
        for since, until, value in plan.targets:
            label = f"{plan.name}/{until}"
            book.row(
                IndicatorTarget, label, indicator=indicator, started_on=day(since), ended_on=day(until), value=value
            )
        for since, until, on, value, proof in plan.measured:
            book.fact(
                Measurement,
                f"{plan.name}/{until}",
                day(on),
                proof=proof,
                indicator=indicator,
                covers_from=day(since),
                covers_to=day(until),
                value=value,
            )
