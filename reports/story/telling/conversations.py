"""Conversations: as many as the year has, on working days, described by weighted choices and nothing else."""

import datetime as dt
import random
from collections.abc import Mapping
from typing import TypeVar

from reports.story import conversations as data
from reports.story.book import Book, day, same_chance
from reports.story.telling.cast import Cast
from volunteers.models import Conversation

T = TypeVar("T")


def tell_conversations(book: Book, cast: Cast) -> None:
    """Each association's conversations, quarter by quarter."""
    chance = same_chance()
    for last, counts in data.CONVERSATIONS.items():
        for association, count in counts.items():
            opened_on = cast.associations[association].opened_on
            first = max(day(data.QUARTER_STARTS[last]), opened_on or dt.date.min)
            days = sorted(chance.choices(_open_days(first, day(last)), k=count))
            for number, on in enumerate(days, 1):
                _conversation(book, cast, chance, association, f"{association}/{last}/{number}", on)


def _open_days(first: dt.date, last: dt.date) -> list[dt.date]:
    """Days on which mothers meet families: never a Sunday or a holiday, seldom a Saturday."""
    days = [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    holidays = [(day(since), day(until)) for since, until in data.HOLIDAYS]
    open_days = [on for on in days if on.weekday() < 6 and not any(a <= on <= b for a, b in holidays)]
    return [on for on in open_days for _ in range(1 if on.weekday() == 5 else 3)]


def _one(chance: random.Random, weights: Mapping[T, int]) -> T:
    return chance.choices(list(weights), list(weights.values()))[0]


def _conversation(book: Book, cast: Cast, chance: random.Random, association: str, label: str, on: dt.date) -> None:
    topics = {_one(chance, data.TOPICS) for _ in range(chance.choices([1, 2, 3], [45, 40, 15])[0])}
    book.fact(
        Conversation,
        label,
        on,
        association=cast.associations[association],
        contact=_one(chance, data.CONTACTS),
        topics=sorted(topics),
        next_step=_one(chance, data.NEXT_STEPS),
        language=_one(chance, data.LANGUAGES),
        women=_one(chance, data.WOMEN),
        children=_one(chance, data.CHILDREN),
        minutes=_one(chance, data.MINUTES),
    )
