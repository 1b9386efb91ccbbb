"""An association's meetings at a Moment: the next, the last held of each kind, and all of them in a list."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.models import Association
from bydelsmoedre.addresses import url
from bydelsmoedre.fields import DanishDateField, FilterField, FilterForm
from bydelsmoedre.listing import Column
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from reports import meetings
from reports.moments import Asked
from volunteers.models import Gathering, GatheringHeld, Presence

#: How a meeting stands, in words and with the shape beside them.
WORDS = meetings.WORDS | {"cancelled": gettext_lazy("Cancelled")}
SHAPES = meetings.SHAPES | {"cancelled": "waived"}


def state_of(gathering: Gathering, held_on: dt.date | None, on: dt.date) -> str:
    """Whether a meeting is held, cancelled, still to come, or passed without being recorded."""
    if held_on is None and gathering.is_cancelled:
        return "cancelled"
    return meetings.state_of(gathering.planned_on, held_on, on)


# --- On the association's page

_NEXT_AND_LAST = """
select * from (
  select 'next', g.uuid, g.kind, g.planned_on, g.starts_at, false from volunteers_gathering g
  where g.association_id = %(association)s and g.kind = 'monthly' and not g.is_cancelled
    and g.planned_on >= %(on)s::date and not exists (
      select from volunteers_gatheringheld h where h.gathering_id = g.id
        and h.happened_on <= %(on)s::date and known(h))
  order by g.planned_on limit 1
) n
union all
select * from (
  select distinct on (g.kind) 'held', g.uuid, g.kind, h.happened_on, null::time, h.evidence_id is not null
  from volunteers_gathering g join volunteers_gatheringheld h on h.gathering_id = g.id
  where g.association_id = %(association)s and h.happened_on <= %(on)s::date and known(h)
  order by g.kind, h.happened_on desc
) l
"""


@dataclass(frozen=True, slots=True)
class MeetingLine:
    """A meeting in a word and a day."""

    uuid: UUID
    kind: Gathering.Kind
    day: dt.date
    at: dt.time | None
    has_minutes: bool

    @property
    def label(self) -> str:
        return capfirst(str(self.kind.label))

    @property
    def url(self) -> str:
        return url("volunteers:gathering", self.uuid)


@dataclass(frozen=True, slots=True)
class Meetings:
    """The next monthly meeting, and the last held of each kind."""

    next: MeetingLine | None
    held: list[MeetingLine]

    def has_board_on(self, day: dt.date) -> bool:
        """Is a board meeting of that day recorded already?"""
        return any(one.kind == Gathering.Kind.BOARD and one.day == day for one in self.held)


def meetings_of(association: Association, moment: Moment) -> Meetings:
    """The next and the last of each kind, in the order of the kinds; one query, without a person's words."""
    rows = ask(_NEXT_AND_LAST, {"association": association.pk, "on": moment.on, "known_at": moment.known_at})
    lines = [(part, MeetingLine(uuid, Gathering.Kind(kind), day, at, has)) for part, uuid, kind, day, at, has in rows]
    order = list(Gathering.Kind)
    held = sorted((line for part, line in lines if part == "held"), key=lambda line: order.index(line.kind))
    return Meetings(next((line for part, line in lines if part == "next"), None), held)


# --- As a list


def gatherings_at(association: Association, moment: Moment) -> QuerySet:
    """Every meeting of the association, with when it was held, whether there are minutes, and how many came."""
    mine = {"gathering": OuterRef("pk")}
    held = GatheringHeld.objects.at(moment).filter(**mine)
    there = Presence.objects.at(moment).filter(**mine).order_by().values("gathering")
    return Gathering.objects.filter(association=association).annotate(
        held_on=Subquery(held.values("happened_on")[:1]),
        has_minutes=Exists(held.filter(evidence__isnull=False)),
        came=Coalesce(Subquery(there.annotate(n=Count("pk")).values("n")), Value(0)),
    )


def columns(asked: Asked) -> list[Column]:
    def state(row: Any) -> str:
        return state_of(row, row.held_on, asked.moment.on)

    return [
        Column(
            "moede",
            gettext_lazy("Meeting"),
            lambda row: capfirst(row.get_kind_display()),
            order=["kind", "planned_on"],
            url=lambda row: row.get_absolute_url() + asked.query,
        ),
        Column("dato", gettext_lazy("Date"), lambda row: row.planned_on, order=["planned_on"]),
        Column(
            "status",
            gettext_lazy("Standing"),
            lambda row: str(WORDS[state(row)]),
            shape=lambda row: SHAPES[state(row)],
            can_sort=False,
        ),
        Column(
            "referat",
            gettext_lazy("Minutes"),
            lambda row: row.has_minutes if row.held_on else None,
            order=["has_minutes", "planned_on"],
        ),
        Column("kom", gettext_lazy("Came"), _came, order=["came", "planned_on"], is_number=True),
        Column("sted", gettext_lazy("Place"), lambda row: row.place, on_page=False),
    ]


def _came(row: Any) -> int | None:
    """Asked of monthly meetings only, and of those that are held."""
    return row.came if row.held_on and row.kind == Gathering.Kind.MONTHLY else None


class GatheringFilter(FilterForm):
    """What is asked of the list: a kind of meeting, how it stands, from when to when."""

    slags = FilterField(label=gettext_lazy("Kind of meeting"))
    status = FilterField(label=gettext_lazy("Standing"))
    fra = DanishDateField(label=gettext_lazy("From"), required=False, may_be_future=True)
    til = DanishDateField(label=gettext_lazy("To and including"), required=False, may_be_future=True)

    def __init__(self, *args: Any, on: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        kinds: Any = self.fields["slags"]
        kinds.offer((one.value, capfirst(str(one.label))) for one in Gathering.Kind)
        status: Any = self.fields["status"]
        status.choices = [("", _("All")), *WORDS.items()]

    def filter(self, rows: QuerySet) -> QuerySet:
        asked = self.cleaned_data
        wanted = {"kind": asked["slags"], "planned_on__gte": asked["fra"], "planned_on__lte": asked["til"]}
        given = {name: value for name, value in wanted.items() if value}
        return rows.filter(self._state(asked["status"]), **given)

    def _state(self, status: str) -> Q:
        """The same as `state_of`, in a query."""
        is_open, is_past = Q(held_on=None, is_cancelled=False), Q(planned_on__lt=self.on)
        return {
            "held": Q(held_on__isnull=False),
            "cancelled": Q(held_on=None, is_cancelled=True),
            "passed": is_open & is_past,
            "planned": is_open & ~is_past,
        }.get(status, Q())
