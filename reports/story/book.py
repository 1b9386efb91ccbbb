"""The book that the story is written in: rows with identities that never change, facts with the times of their own day.

Nothing is stored before `write()`, which stores each kind of row at once, what others refer to first.
"""

import datetime as dt
import random
import uuid
from graphlib import TopologicalSorter
from typing import Any, TypeVar

from django.db import models

from accounts.models import User
from budget.models import ClosedMonth, Posting
from bydelsmoedre.moment import COPENHAGEN
from programme.facts import DatedFact, Fact, PeriodFact
from programme.models import Evidence, Programme
from training.models import Certificate
from volunteers.models import Membership

#: Every row's uuid is made of this and a label that stays, so that two loads give the same rows.
NAMESPACE = uuid.UUID("2011beb0-2011-5011-8011-b7de15030311")

YEAR = 2011
#: Facts are recorded when the day's work is done.
EVENING = dt.time(20)

#: What the database asks for before it takes such a row, though none refers to it: a mother has a diploma, and nothing
#: is booked in a month once it is closed.
ASKS_FOR: dict[type[models.Model], tuple[type[models.Model], ...]] = {
    Membership: (Certificate,),
    ClosedMonth: (Posting,),
}

M = TypeVar("M", bound=models.Model)
F = TypeVar("F", bound=Fact)


def identity(model: type[models.Model], label: str) -> uuid.UUID:
    """The uuid of the story's row of that kind with that label."""
    return uuid.uuid5(NAMESPACE, f"{model._meta.label_lower}/{label}")


def day(text: str) -> dt.date:
    """A day as the story writes it: "26.05" of 2011, or "12.01.2012"."""
    number, month, *year = (int(part) for part in text.split("."))
    return dt.date(year[0] if year else YEAR, month, number)


def evening(on: dt.date) -> dt.datetime:
    """When what happened on that day is recorded."""
    return dt.datetime.combine(on, EVENING, tzinfo=COPENHAGEN)


def same_chance() -> random.Random:
    """Names and choices by chance, but the same in every load."""
    return random.Random(YEAR)  # noqa: S311 (nothing secret)


class Book:
    """The rows of the story so far, by kind."""

    def __init__(self, programme: Programme, by: User) -> None:
        self.programme = programme
        self.by = by
        self.rows: dict[type[models.Model], list[models.Model]] = {}
        self._evidence: dict[str, tuple[Evidence, dt.datetime]] = {}

    def row(self, model: type[M], label: str, /, **values: Any) -> M:
        """A row that is no fact."""
        made = model(uuid=identity(model, label), **values)
        self.rows.setdefault(model, []).append(made)
        return made

    def fact(
        self,
        model: type[F],
        label: str,
        on: dt.date,
        /,
        *,
        known: dt.date | dt.datetime | None = None,
        proof: str = "",
        **values: Any,
    ) -> F:
        """Something that happened on a day, or holds from then on; recorded that evening, or when it became `known`."""
        since = "happened_on" if issubclass(model, DatedFact) else "started_on"
        at = known if isinstance(known, dt.datetime) else evening(known or on)
        return self.row(
            model,
            label,
            recorded_at=at,
            recorded_by=self.by,
            evidence=self._proof(proof, at) if proof else None,
            **{since: on},
            **values,
        )

    def ended(
        self,
        model: type[F],
        label: str,
        on: dt.date,
        until: dt.date,
        /,
        *,
        reason: str,
        last: dict[str, Any] | None = None,
        **values: Any,
    ) -> F:
        """Something that held from one day to another: first known without its end, then superseded by the version
        with it (and with what that one alone says: `last`), as `Fact.supersede` does."""
        if not issubclass(model, PeriodFact):
            raise TypeError("Only what holds for a period can end.")
        self.retract(self.fact(model, label, on, **values), until, reason)
        return self.fact(model, label, on, known=until, ended_on=until, **values | (last or {}))

    def retract(self, fact: Fact, on: dt.date, reason: str) -> None:
        """The fact was held true until the evening of that day."""
        fact.retracted_at, fact.retracted_by, fact.retraction_reason = evening(on), self.by, reason

    def _proof(self, description: str, at: dt.datetime) -> Evidence:
        """Evidence in words; what one paper proves several facts of is one row."""
        if description not in self._evidence:
            made = self.row(Evidence, description, programme=self.programme, description=description, added_by=self.by)
            self._evidence[description] = made, at
        return self._evidence[description][0]

    def write(self) -> None:
        """Store everything: what is referred to before what refers, facts in the order in which they were recorded."""
        for model in self._in_order():
            rows: list[Any] = self.rows[model]
            if issubclass(model, Fact):
                rows.sort(key=lambda fact: fact.recorded_at)
            model._default_manager.bulk_create(rows, batch_size=1000)
        for evidence, added_at in self._evidence.values():
            evidence.added_at = added_at
        Evidence.objects.bulk_update([evidence for evidence, _ in self._evidence.values()], ["added_at"])

    def _in_order(self) -> list[type[models.Model]]:
        needs: TopologicalSorter[type[models.Model]] = TopologicalSorter()
        for model in self.rows:
            related = [field.related_model for field in model._meta.concrete_fields if field.is_relation]
            needs.add(model, *(other for other in related if other in self.rows and other is not model))
            needs.add(model, *(other for other in ASKS_FOR.get(model, ()) if other in self.rows))
        return list(needs.static_order())
