"""Who sits on an association's board: one election, and the board as figures ask of it.

A seat is a role (`Membership`) of one of the `SEATS`, from one day to another. An election ends the seats of those who
are not elected again and do not go on (on the day before: both ends of a role are included), and begins the seats of
those who are elected on its own day, in one transaction. That a term has run out ends no seat: a board sits until
another is elected.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from associations.models import Association
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.moment import today
from programme.models import Evidence
from volunteers.models import Membership, Volunteer
from volunteers.models.people import SEATS, MembershipQuerySet

#: So many members a board has at least, chair and treasurer among them; substitutes are not counted.
MINIMUM = 5

#: The roles that are seats, in SQL.
SEATS_SQL = "(" + ", ".join(f"'{role}'" for role in SEATS) + ")"
_COUNTED_SQL = "(" + ", ".join(f"'{role}'" for role in SEATS if role != Membership.Role.SUBSTITUTE) + ")"

#: A common table: each association of whose board at least one seat is known by the day, with what sits there on it.
BOARD_SQL = f"""
board as (
  select m.association_id,
    count(distinct person(m)) filter (where holds(m) and m.role in {_COUNTED_SQL}) as members,
    count(*) filter (where holds(m) and m.role = 'chair') as chairs,
    count(*) filter (where holds(m) and m.role = 'treasurer') as treasurers,
    max(m.ended_on) filter (where not holds(m) and m.role = 'chair') as last_chair_on,
    max(m.ended_on) filter (where not holds(m) and m.role = 'treasurer') as last_treasurer_on,
    count(*) filter (where holds(m) and m.term_ends_on < %(on)s::date) as terms_over,
    min(m.term_ends_on) filter (where holds(m) and m.term_ends_on < %(on)s::date) as term_over_on
  from volunteers_membership m same(m)
  join associations_association a on a.id = m.association_id and a.programme_id = %(programme)s
  where m.role in {SEATS_SQL} and m.started_on <= %(on)s::date and known(m)
  group by 1
)
"""

#: Of the association `f`: the last day on which its board had members enough; null if it never had.
LAST_FULL_SQL = f"""(
  select max(e.ended_on) from volunteers_membership e
  where e.association_id = f.id and e.role in {_COUNTED_SQL} and e.ended_on < %(on)s::date and known(e)
    and {MINIMUM} <= (
      select count(distinct person(o)) from volunteers_membership o same(o)
      where o.association_id = f.id and o.role in {_COUNTED_SQL} and known(o) and holds(o, e.ended_on)
    )
)"""


def sitting(association: Association) -> MembershipQuerySet:
    """The seats as they are recorded now, but for those that are over today."""
    return seats_until(association, today())


def seats_until(association: Association, day: dt.date) -> MembershipQuerySet:
    """The seats as they are recorded now that hold on the day, or on one after it."""
    seats = Membership.objects.current().filter(association=association, role__in=SEATS)
    return seats.exclude(ended_on__lt=day)


def fingerprint(seats: Iterable[Membership]) -> str:
    """Which versions of which seats: whether it is still the board that somebody saw."""
    return ",".join(str(pk) for pk in sorted(seat.pk for seat in seats))


@dataclass(frozen=True, slots=True)
class Elected:
    """How a board was changed by an election."""

    elected: int
    kept: int
    ended: int


@transaction.atomic
def elect(
    association: Association,
    *,
    seats: Sequence[Membership],
    elected: Mapping[Volunteer, str],
    kept: Sequence[Membership],
    on: dt.date,
    term_ends_on: dt.date | None,
    evidence: Evidence | None,
    by: Any,
) -> Elected:
    """Record an election: who was elected to which seat, and which of the `seats` that there were go on without it.

    Raises `Overtaken` where the board is not the one of `seats` any more.
    """
    Association.objects.select_for_update().get(pk=association.pk)  # one election at a time
    if fingerprint(sitting(association)) != fingerprint(seats):
        raise Overtaken
    ended, staying = 0, 0
    unchanged: set[Volunteer] = set()
    for seat in seats:
        again = elected.get(seat.volunteer)
        if again is None and seat in kept:
            staying += 1
        elif again == seat.role and seat.started_on == on:
            unchanged.add(seat.volunteer)
            if seat.term_ends_on != term_ends_on:
                seat.supersede(by=by, reason=_("The term was recorded afterwards."), term_ends_on=term_ends_on)
        else:
            seat.supersede(by=by, reason=_("A new board was elected."), ended_on=on - dt.timedelta(1))
            ended += again is None
    for person, role in elected.items():
        if person not in unchanged:
            Membership.record(
                by=by,
                volunteer=person,
                association=association,
                role=role,
                started_on=on,
                term_ends_on=term_ends_on,
                evidence=evidence,
            )
    return Elected(elected=len(elected), kept=staying, ended=ended)
