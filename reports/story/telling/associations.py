"""Associations and their founding steps; what is planned, and what has slipped; the housing areas on a list."""

from associations.models import AreaListing, Association, FoundingStep, Prospect, StepPlan
from programme.models import Programme
from reports.story import associations as data
from reports.story.book import Book, day, identity
from reports.story.telling.cast import Cast


def tell_associations(book: Book, cast: Cast) -> None:
    """The four associations with every step of theirs, as it was known at the time."""
    for key, (name, area, opened_on, email) in data.ASSOCIATIONS.items():
        cast.associations[key] = book.row(
            Association,
            key,
            programme=cast.programme,
            name=name,
            housing_area=cast.areas[area],
            opened_on=day(opened_on),
            email=email,
        )
    for step in data.STEPS:
        _step(book, cast, step)
    for association, kind, planned_on, _ in data.PLANS:
        book.row(
            StepPlan,
            f"{association}/{kind}",
            association=cast.associations[association],
            kind=kind,
            planned_on=day(planned_on),
        )
    for area, on, says in data.LISTINGS:
        book.fact(AreaListing, f"{area}/{on}", day(on), housing_area=cast.areas[area], name=data.LIST, status=says)


def _step(book: Book, cast: Cast, step: data.Step) -> None:
    known = step.known or step.on
    fact = book.fact(
        FoundingStep,
        f"{step.association}/{step.kind}/{step.on}/{known}",
        day(step.on),
        known=day(known),
        proof=step.proof,
        association=cast.associations[step.association],
        kind=step.kind,
        **step.values,
    )
    if step.retracted:
        book.retract(fact, day(step.retracted), step.reason)


def move_plans(cast: Cast) -> None:
    """Plans that slipped: moved after they were made, so that their history tells of it."""
    for association, kind, _, moved_to in data.PLANS:
        if moved_to:
            plan = StepPlan.objects.get(uuid=identity(StepPlan, f"{association}/{kind}"))
            plan.planned_on = day(moved_to)
            plan.save()


def name_next_steps(programme: Programme) -> None:
    """What happens next where an association may start."""
    for prospect in Prospect.objects.filter(programme=programme).select_related("housing_area"):
        if not prospect.next_step and prospect.housing_area.name in data.NEXT_STEPS:
            prospect.next_step, on = data.NEXT_STEPS[prospect.housing_area.name]
            prospect.next_step_on = day(on)
            prospect.save()
