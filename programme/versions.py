"""Versions of what follows each other by days, such as a criterion's rule or a training: where a new one is put between
those that are known. Whoever does so holds the lock under which `known` was read."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from programme.facts import PeriodFact

DAY = dt.timedelta(1)

V = TypeVar("V", bound=PeriodFact)


def later(known: Iterable[V], day: dt.date) -> list[V]:
    """The versions that begin after the day."""
    return [one for one in known if one.started_on > day]


def ends_before(known: Iterable[PeriodFact], day: dt.date) -> dt.date | None:
    """The last day of a version from that day: it ends where a later one begins; None where none does."""
    days = [one.started_on for one in later(known, day)]
    return min(days) - DAY if days else None


def put_in_place(version: V, known: Sequence[V], *, by: Any, reason: str) -> V:
    """Record the version (unsaved, with its first day): the one before it ends the day before, which is known for that
    `reason`; itself it ends where a later one begins."""
    for one in known:
        if one.is_active(version.started_on):
            one.supersede(by=by, reason=reason, ended_on=version.started_on - DAY)
    version.ended_on = ends_before(known, version.started_on)
    version.recorded_by = by
    version.save(force_insert=True)
    return version
