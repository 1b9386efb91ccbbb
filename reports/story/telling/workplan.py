"""Milestones that were reached, and when the work on some of them began."""

from programme.models import Milestone, MilestoneReached, Programme
from reports.story.book import Book, day
from reports.story.telling.cast import Cast
from reports.story.workplan import BEGINNINGS, REACHED


def tell_workplan(book: Book, cast: Cast) -> None:
    """What no figure measures."""
    milestones = {one.key: one for one in Milestone.objects.filter(programme=cast.programme)}
    for key, on, proof in REACHED:
        book.fact(MilestoneReached, key, day(on), proof=proof, milestone=milestones[key])


def plan_beginnings(programme: Programme) -> None:
    """The days on which the work began, as the year planned them."""
    for key, on in BEGINNINGS.items():
        Milestone.objects.filter(programme=programme, key=key).update(starts_on=day(on))
