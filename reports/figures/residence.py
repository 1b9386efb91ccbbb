"""Where candidates and mothers live: in, near or outside the housing areas on an official list of vulnerable ones.

The target group lives "fortrinsvis … i eller tæt på de udsatte boligområder" (the proposal). *In* is a housing area on
a list on the day; *near* is another one in the same district as such an area; *outside* is one in a district without
any. Who has no housing area is *unknown*, never outside; so is everybody where no list is known on the day. Where
somebody lives is known as it stands now; the lists are those of the day.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models.expressions import RawSQL

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask, inside
from programme.models import Programme
from volunteers.recruitment import CANDIDATES, STANDING_SQL

#: The classes, in their order.
PLACES = ("listed", "near", "outside", "unknown")
#: Those who work as mothers, and those on their way.
GROUPS = ("candidates", "mothers")

_CANDIDATES = "(" + ", ".join(f"'{one.value}'" for one in CANDIDATES) + ")"

#: Common table expressions ending in `placed(volunteer_id, who, place)`. Parameters: `on`, `known_at`, `programme`.
_PLACED = f"""
{STANDING_SQL.format(whose="")},
said as (  -- what each list last said of each area
  select distinct on (l.housing_area_id, l.name) l.housing_area_id, l.name, l.status, l.happened_on
  from associations_arealisting l
  join associations_housingarea h on h.id = l.housing_area_id and h.programme_id = %(programme)s
  where l.happened_on <= %(on)s::date and known(l)
  order by l.housing_area_id, l.name, l.happened_on desc, l.id desc
),
listed as (select housing_area_id as id, name, happened_on from said where status = 'listed'),
placed as (
  select n.volunteer_id, case when n.standing in {_CANDIDATES} then 'candidates' else 'mothers' end as who,
    case when h.id is null or not exists (select from listed) then 'unknown'
      when h.id in (select id from listed) then 'listed'
      when h.district_id in (
        select o.district_id from associations_housingarea o where o.id in (select id from listed)
      ) then 'near'
      else 'outside' end as place
  from standing n
  join volunteers_volunteer v on v.id = n.volunteer_id
  left join associations_housingarea h on h.id = v.housing_area_id
  where n.standing in {_CANDIDATES} or n.standing in ('mother', 'coordinator')
)"""
_ASKED = f"""
with {_PLACED}
select 'person', who, place, '', '', count(*), null::date from placed group by who, place
union all select 'list', h.uuid::text, h.name, d.name, l.name, null, l.happened_on
from listed l
join associations_housingarea h on h.id = l.id join associations_district d on d.id = h.district_id
"""


@dataclass(frozen=True, slots=True)
class Living:
    """Where the persons of one group live: how many in each class."""

    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def known(self) -> int:
        return self.total - self.counts["unknown"]

    @property
    def mainly(self) -> float | None:
        """The share of those whose place is known who live in or near: what "fortrinsvis" asks; None where none is."""
        return (self.counts["listed"] + self.counts["near"]) / self.known if self.known else None

    def share(self, place: str) -> float | None:
        """A class's share of all, the unknown included."""
        return self.counts[place] / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class ListedArea:
    """A housing area that is on a list on the day."""

    uuid: str
    area: str
    district: str
    name: str  #: of the list
    since: dt.date


@dataclass(frozen=True, slots=True)
class Residence:
    """Where they live, at a Moment."""

    candidates: Living
    mothers: Living
    listed: tuple[ListedArea, ...]

    @property
    def is_listed(self) -> bool:
        """Is any list known on the day? Else nobody can be placed."""
        return bool(self.listed)


def residence(programme: Programme, moment: Moment) -> Residence:
    """Where candidates and mothers live, and the lists that it is held against; one query."""
    counts = {who: dict.fromkeys(PLACES, 0) for who in GROUPS}
    listed = []
    for kind, first, second, third, name, number, since in ask(_ASKED, _values(programme.pk, moment)):
        if kind == "person":
            counts[first][second] = number
        else:
            listed.append(ListedArea(first, second, third, name, since))
    return Residence(Living(counts["candidates"]), Living(counts["mothers"]), tuple(listed))


def _values(programme_id: int, moment: Moment) -> dict[str, object]:
    return {"on": moment.on, "known_at": moment.known_at, "programme": programme_id}


#: What a number can be of, as SQL about one row.
BEHIND = {
    f"{who}-{place}": f"who = '{who}' and place = '{place}'" for who in GROUPS for place in PLACES
}  # fmt: skip


def persons_behind(programme_id: int, moment: Moment, code: str) -> RawSQL:
    """The ids of the persons whom a number counts: for use inside a query. The code is one of `BEHIND`."""
    return inside(f"with {_PLACED} select volunteer_id from placed where {BEHIND[code]}", _values(programme_id, moment))
