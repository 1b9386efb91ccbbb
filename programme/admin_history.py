"""A row's history for the administration: the triggers' events, or a fact's own versions, in words."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.contrib.auth import get_user_model
from django.db import models
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from bydelsmoedre.money import format_amount
from programme.facts import Fact

#: So many events are shown, the latest.
MOST_EVENTS = 200
NOTHING = "–"

#: Says nothing to a reader, or is told in a line of its own.
_LEFT_OUT = {
    "id", "uuid", "recorded_at", "recorded_by", "retracted_at", "retracted_by", "retraction_reason",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """A field that got another value."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """Something that happened to a row: when, who, what, and which values it changed."""

    at: dt.datetime
    who: str
    what: str
    changes: list[Change] = field(default_factory=list)
    reason: str = ""


@dataclass
class Names:
    """What referenced rows are called, for this reader: one question for each kind of row."""

    rows_of: Callable[[type[models.Model]], Any]
    known: dict[type[models.Model], dict[Any, str]] = field(default_factory=dict)

    def learn(self, model: type[models.Model], keys: Iterable[Any]) -> None:
        wanted = {key for key in keys if key is not None}
        if wanted:
            found = {row.pk: str(row) for row in self.rows_of(model).filter(pk__in=wanted)}
            self.known.setdefault(model, {}).update(found)

    def of(self, model: Any, key: Any) -> str:
        return self.known.get(model, {}).get(key, _("not available"))


def of_tracked(row: Any, names: Names) -> list[HistoryLine]:
    """The events that the triggers wrote for this row, the latest first."""
    if not hasattr(row, "events"):  # a model without history (`bydelsmoedre/history.py` says why)
        return []
    events = list(row.events.order_by("-pgh_id")[: MOST_EVENTS + 1])[::-1]
    kept = {column.name for column in row.pgh_event_model._meta.fields}
    columns = [column for column in row._meta.fields if column.name in kept - _LEFT_OUT]
    _learn(columns, events, names)
    users = _users(events)
    words = {"insert": _("Created"), "update": _("Changed"), "delete": _("Deleted")}
    lines = []
    for before, event in zip([None, *events], events, strict=False):
        if before is None and len(events) > MOST_EVENTS:
            continue  # only there to compare the next one with
        user = (event.pgh_context or {}).get("user")
        lines.append(
            HistoryLine(
                at=event.pgh_created_at,
                who=users.get(user, NOTHING),
                what=words.get(event.pgh_label, event.pgh_label),
                changes=_changes(columns, before, event, names),
            )
        )
    return lines[::-1]


def of_fact(fact: Fact, versions: Any, names: Names) -> list[HistoryLine]:
    """A fact's versions: each recorded, and retracted if it was; the latest first."""
    known = versions.filter(uuid=fact.uuid).select_related("recorded_by", "retracted_by")
    found = list(known.order_by("recorded_at", "pk"))
    columns = [one for one in fact._meta.fields if one.name not in _LEFT_OUT and not one.generated]
    _learn(columns, found, names)
    lines = []
    for before, version in zip([None, *found], found, strict=False):
        changes = _changes(columns, before, version, names)
        who = str(version.recorded_by or NOTHING)
        lines.append(HistoryLine(version.recorded_at, who, _("Recorded"), changes))
        if version.retracted_at:
            who = str(version.retracted_by or NOTHING)
            lines.append(HistoryLine(version.retracted_at, who, _("Retracted"), reason=version.retraction_reason))
    return lines[::-1]


def in_words(column: models.Field, value: Any, names: Names) -> str:
    """A stored value as a reader knows it."""
    if value is None or value == "":
        return NOTHING
    if column.is_relation:
        return names.of(column.related_model, value)
    if column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Decimal):
        return format_amount(value, unit="")
    if isinstance(value, list) and hasattr(column, "base_field"):
        return ", ".join(in_words(column.base_field, one, names) for one in value)
    if isinstance(value, dt.datetime):
        value = timezone.localtime(value)
    return str(formats.localize(value))


def _learn(columns: list[Any], rows: list[Any], names: Names) -> None:
    for column in columns:
        if column.is_relation:
            names.learn(column.related_model, (getattr(row, column.attname) for row in rows))


def _users(events: list[Any]) -> dict[Any, str]:
    """Whoever made the changes, by key."""
    keys: set[Any] = {(event.pgh_context or {}).get("user") for event in events} - {None}
    found = get_user_model()._default_manager.filter(pk__in=keys) if keys else ()
    return {user.pk: str(user) for user in found}


def _changes(columns: list[Any], before: Any, after: Any, names: Names) -> list[Change]:
    """What differs; against nothing, all that is filled in."""
    found = []
    for column in columns:
        old = getattr(before, column.attname) if before else None
        new = getattr(after, column.attname)
        told = in_words(column, old, names), in_words(column, new, names)
        if old != new and told[0] != told[1]:
            found.append(Change(str(capfirst(column.verbose_name)), *told))
    return found
