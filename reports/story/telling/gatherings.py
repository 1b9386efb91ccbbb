"""The associations' own meetings, who came to the monthly ones, and what they adopted."""

import datetime as dt
from typing import Any
from uuid import UUID

from associations.models import AssociationAdoption
from programme.models import Document, DocumentVersion
from reports.story import gatherings as data
from reports.story.book import Book, day, evening, same_chance
from reports.story.telling.cast import Cast
from volunteers.gatherings import COME
from volunteers.models import Gathering, GatheringHeld, Membership, Presence, Volunteer


def tell_gatherings(book: Book, cast: Cast) -> None:
    """Every meeting, and every adoption."""
    chance = same_chance()
    for association, days in data.MONTHLY.items():
        for on in map(day, days):
            meeting = _held(book, cast, association, "monthly", on)
            for number, person in enumerate(_members(book, cast.associations[association], on)):
                if chance.randrange(100) < data.COME:
                    label = f"{association}/{on}/{number}"
                    book.fact(Presence, label, on, gathering=meeting, volunteer=person)
    for association, kind, text, has_minutes in data.MEETINGS:
        _held(book, cast, association, kind, day(text), has_minutes=has_minutes)
    _adopted(book, cast)


def _held(book: Book, cast: Cast, association: str, kind: str, on: dt.date, *, has_minutes: bool = False) -> Gathering:
    place, label = data.PLACES[association], f"{association}/{kind}/{on}"
    meeting = book.row(
        Gathering,
        label,
        association=cast.associations[association],
        kind=kind,
        planned_on=on,
        starts_at=place.monthly_at if kind == Gathering.Kind.MONTHLY else None,
        place=place.room,
    )
    proof = _minutes(association, kind, on) if has_minutes else ""
    book.fact(GatheringHeld, label, on, gathering=meeting, proof=proof)
    return meeting


def _minutes(association: str, kind: str, on: dt.date) -> str:
    meeting = "bestyrelsesmøde" if kind == Gathering.Kind.BOARD else "ekstraordinær generalforsamling"
    return f"Referat af {meeting} i {data.PLACES[association].called} {on:%d.%m.%Y}"


def _members(book: Book, association: Any, on: dt.date) -> list[Volunteer]:
    """Its mothers and local coordinators on the day, as they were known that evening, each once."""
    members: dict[UUID, Volunteer] = {}
    at = evening(on)
    roles: list[Any] = book.rows[Membership]
    for role in roles:
        is_known = role.recorded_at <= at and (role.retracted_at is None or role.retracted_at > at)
        if role.association is association and role.role in COME and is_known and role.is_active(on):
            members[role.volunteer.uuid] = role.volunteer
    return list(members.values())


def _adopted(book: Book, cast: Cast) -> None:
    title, label, dated_on = data.STATUTES
    statutes = book.row(Document, "statutes", programme=cast.programme, kind=Document.Kind.STATUTES, title=title)
    cast.versions["statutes", label] = book.row(
        DocumentVersion, f"statutes/{label}", document=statutes, label=label, dated_on=day(dated_on)
    )
    for association, kind, version, on, known in data.ADOPTED:
        book.fact(
            AssociationAdoption,
            f"{association}/{kind}/{version}",
            day(on),
            known=day(known or on),
            association=cast.associations[association],
            version=cast.versions[kind, version],
        )
