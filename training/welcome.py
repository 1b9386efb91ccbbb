"""The welcome sheet: what the participants of a course declare and are told at its first module, recorded in one go.

Nothing is recorded twice: what stands already is left as it is, whoever recorded it meanwhile.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from training.attendance import expected
from training.models import Session
from volunteers.declarations import AT_WELCOME
from volunteers.models import Declaration, Volunteer

#: The number of the module at which it is filled in.
FIRST_MODULE = 1


@dataclass(frozen=True, slots=True)
class Welcomed:
    """A participant, and what stands of hers already."""

    volunteer: Volunteer
    declared: tuple[Declaration, ...]

    @property
    def standing(self) -> dict[str, Declaration]:
        """By kind, what has not been withdrawn."""
        return {one.kind: one for one in self.declared if one.ended_on is None}


def welcomed(session: Session) -> list[Welcomed]:
    """Whoever is expected on that day, in Danish order; three queries."""
    people = [one.enrolment.volunteer for one in expected(session)]
    known: dict[int, list[Declaration]] = {}
    for one in Declaration.objects.current().filter(volunteer__in=people, kind__in=AT_WELCOME):
        known.setdefault(one.volunteer_id, []).append(one)
    return [Welcomed(person, tuple(known.get(person.pk, ()))) for person in people]


@transaction.atomic
def record_welcome(
    session: Session, people: Sequence[Welcomed], ticked: Mapping[int, Collection[str]], *, by: Any
) -> int:
    """Record what was ticked (kinds by the volunteer's id) on the day of the session; gives how many facts were new."""
    new = [
        {"volunteer": person.volunteer, "kind": kind, "started_on": session.held_on}
        for person in people
        for kind in AT_WELCOME
        if kind in ticked.get(person.volunteer.pk, ()) and kind not in person.standing
    ]
    for values in new:
        Declaration.record(by=by, **values)
    return len(new)
