"""Who has a seat in the bodies around the programme at a Moment."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from programme.models import BodyMember, Organisation, Programme
from reports.facts import FactLine, fact_line


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A seat, with the fact that tells of it."""

    fact: FactLine
    is_chair: bool
    end_url: str


@dataclass(frozen=True, slots=True)
class BodyLine:
    """A body with its seats, the chair first."""

    name: str
    uuid: Any
    add_url: str
    seats: list[SeatLine] = field(default_factory=list)


def body_lines(programme: Programme, moment: Moment, request: Any, *, may_change: bool) -> list[BodyLine]:
    """The steering group, and every other body that meets or has members; two queries."""
    seats = BodyMember.objects.at(moment).filter(body__programme=programme)
    meets = Q(meetings__isnull=False) | Q(kind=Organisation.Kind.STEERING_GROUP) | Q(pk__in=seats.values("body"))
    bodies = Organisation.objects.filter(meets, programme=programme).distinct().order_by("name", "pk")
    found = {
        one.pk: BodyLine(one.name, one.uuid, url("programme:member", one.uuid) if may_change else "") for one in bodies
    }
    for one in seats.select_related("organisation", "evidence").order_by("-is_chair", "started_on", "pk"):
        fact = fact_line(one, one.name, "organmedlem", request, may_change=may_change)
        end_url = url("programme:member_end", one.uuid) if may_change and one.ended_on is None else ""
        found[one.body_id].seats.append(SeatLine(fact, one.is_chair, end_url))
    return list(found.values())
