"""The scenarios after 2011, each frozen on the day on which it was put forward as the anchoring model."""

from budget.models import Scenario, ScenarioSource
from reports.story.book import Book, day, evening
from reports.story.scenarios import ASSUMED, SCENARIOS
from reports.story.telling.cast import Cast


def tell_scenarios(book: Book, cast: Cast) -> None:
    """Both as drafts: once they are frozen, no source can be written."""
    for plan in SCENARIOS:
        scenario = book.row(Scenario, plan.name, programme=cast.programme, name=plan.name, **ASSUMED)
        for source in plan.sources:
            book.row(
                ScenarioSource,
                f"{plan.name}/{source.name}",
                scenario=scenario,
                kind=source.kind,
                name=source.name,
                amount=source.amount,
                probability=source.probability,
                municipal_share=source.municipal,
                from_month=day(source.from_month),
            )


def freeze_scenarios(book: Book, cast: Cast) -> None:
    """Put forward as versions of the anchoring model, by the secretariat."""
    for plan in SCENARIOS:
        version = cast.versions["anchoring_model", plan.version]
        Scenario.objects.filter(programme=cast.programme, name=plan.name).update(
            version=version, frozen_by=book.by, frozen_at=evening(day(plan.frozen_on))
        )
