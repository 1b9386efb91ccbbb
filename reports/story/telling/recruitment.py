"""Recruitment: candidacies with their steps, and what was seen in each at the interview."""

import datetime as dt
import random

from reports.story import people
from reports.story.book import Book, day, same_chance
from reports.story.telling.cast import Cast
from volunteers.models import Assessment, Candidacy, StageEvent


def tell_recruitment(book: Book, cast: Cast) -> None:
    """Everybody who came new, those who did not get so far, and those who paused or left."""
    chance = same_chance()
    for keys, *spans in people.RECRUITMENT:
        for key in keys:
            stages = zip(("applied", "interviewed", "accepted"), spans, strict=True)
            _candidacy(book, cast, chance, key, [(stage, _weekday(chance, span)) for stage, span in stages])
    for key, told in people.CANDIDATES.items():
        _candidacy(book, cast, chance, key, [(stage, day(on)) for stage, on in told])
    for key, stage, on in people.LATER_STAGES:
        _stage(book, cast, key, stage, day(on))


def _weekday(chance: random.Random, span: str) -> dt.date:
    """A working day within the span ("01.02-09.02")."""
    first, last = (day(text) for text in span.split("-"))
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    return chance.choice([on for on in days if on.weekday() < 5])


def _stage(book: Book, cast: Cast, key: str, stage: str, on: dt.date) -> None:
    book.fact(StageEvent, f"{key}/{stage}", on, candidacy=cast.candidacies[key], stage=stage)


def _candidacy(book: Book, cast: Cast, chance: random.Random, key: str, stages: list[tuple[str, dt.date]]) -> None:
    cast.candidacies[key] = book.row(Candidacy, key, volunteer=cast.persons[key])
    for stage, on in stages:
        _stage(book, cast, key, stage, on)
        if stage == "interviewed":
            _assessments(book, cast, chance, key, on, is_declined=any(one == "declined" for one, _ in stages))


def _assessments(book: Book, cast: Cast, chance: random.Random, key: str, on: dt.date, *, is_declined: bool) -> None:
    weights = [70, 25, 5] if is_declined else [10, 50, 40]
    for aspect in Assessment.Aspect.values:
        (level,) = chance.choices(Assessment.Level.values, weights)
        book.fact(
            Assessment,
            f"{key}/{aspect}",
            on,
            candidacy=cast.candidacies[key],
            aspect=aspect,
            level=level,
        )
