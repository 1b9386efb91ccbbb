"""An association's board as its page shows it at a Moment: who sits where, since when, for how long; who sat before."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest
from reports.views.members import MemberLine, placed
from volunteers.models import Membership
from volunteers.models.people import SEATS


@dataclass(frozen=True, slots=True)
class SeatLine(MemberLine):
    """A seat, and whether its term has run out on the day."""

    is_term_over: bool

    @property
    def term_ends_on(self) -> dt.date | None:
        return self.membership.term_ends_on


@dataclass(frozen=True, slots=True)
class Board:
    """The seats that are held on the day, and those that are over."""

    sitting: list[SeatLine]
    former: list[SeatLine]
    elect_url: str

    @property
    def members(self) -> int:
        """How many count towards the five: all but the substitutes."""
        return sum(seat.membership.role != Membership.Role.SUBSTITUTE for seat in self.sitting)


def board(request: StandingRequest, association: Association, moment: Moment, *, may_change: bool) -> Board:
    """The association's board; one query."""
    ours = Membership.objects.visible_to(request.user).filter(association=association, role__in=SEATS)
    lines = [_line(seat, moment.on, may_change) for seat in placed(ours, moment)]
    former = [line for line in lines if not line.membership.is_active(moment.on)]
    return Board(
        sitting=[line for line in lines if line.membership.is_active(moment.on)],
        former=sorted(former, key=lambda line: line.ended_on, reverse=True),
        elect_url=url("volunteers:elect", association.uuid) if may_change else "",
    )


def _line(seat: Any, on: dt.date, may_change: bool) -> SeatLine:
    over = seat.term_ends_on is not None and seat.term_ends_on < on and seat.is_active(on)
    return SeatLine(seat, False, may_change, is_term_over=over)
