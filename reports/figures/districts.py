"""What is in each district at a Moment: associations by how far they are, prospects, mothers and local coordinators."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from associations.founding import FOUNDING_SQL, parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from bydelsmoedre.sorting import danish_key
from reports.figures.classification import CLASSIFICATIONS, Rule

# Associations that are begun and not dissolved; how far one is follows `Founding.standing`. A person counts once in a
# district, however many of its associations she has the role in.
_ASKED = f"""
with {FOUNDING_SQL.replace("{", "{{").replace("}", "}}")},
place as (
  select f.id, h.district_id, f.founded_on, f.running_on
  from founding f
  join associations_association a on a.id = f.id and (a.opened_on is null or a.opened_on <= %(on)s::date)
  join associations_housingarea h on h.id = a.housing_area_id
  where f.closed_on is null
),
there as (
  select district_id,
    count(*) filter (where founded_on is not null and running_on is not null) as running,
    count(*) filter (where founded_on is not null and running_on is null) as founded,
    count(*) filter (where founded_on is null) as forming
  from place group by 1
),
person_there as (
  select p.district_id,
    count(distinct person(m)) filter (where m.role = 'mother') as mothers,
    count(distinct person(m)) filter (where m.role = 'coordinator') as coordinators
  from place p
  join volunteers_membership m
    on m.association_id = p.id and m.role in ('mother', 'coordinator') and holds(m) and known(m)
  same(m) group by 1
),
waiting as (
  select h.district_id, count(*) as prospects
  from associations_prospect p join associations_housingarea h on h.id = p.housing_area_id
  where p.programme_id = %(programme)s and not exists (
    select from associations_prospectoutcome o
    where o.prospect_id = p.id and o.happened_on <= %(on)s::date and known(o)
  )
  group by 1
){{more}}
select d.name, coalesce(t.running, 0), coalesce(t.founded, 0), coalesce(t.forming, 0), coalesce(w.prospects, 0),
  coalesce(p.mothers, 0), coalesce(p.coordinators, 0){{counting}}
from associations_district d
left join there t on t.district_id = d.id
left join person_there p on p.district_id = d.id
left join waiting w on w.district_id = d.id
where d.programme_id = %(programme)s
"""


@dataclass(frozen=True, slots=True)
class DistrictFigure:
    """One district at a Moment. Mothers and coordinators are those of its associations, wherever they live."""

    name: str
    running: int
    founded: int
    forming: int
    prospects: int
    mothers: int
    coordinators: int


def districts(programme_id: int, moment: Moment) -> list[DistrictFigure]:
    """Every district of the programme, in Danish order; one query."""
    found = ask(_ASKED.format(more="", counting=""), parameters(programme_id, moment) | {"on": moment.on})
    return _in_order(found)


def districts_and_counting(programme_id: int, moment: Moment) -> tuple[list[DistrictFigure], int]:
    """The same, and how many coordinators count toward their criterion, by its own definition; one query."""
    more = f", {CLASSIFICATIONS[Rule.COORDINATORS_TRAINED].format(n='c')}"
    counting = ", (select count(*) from candidate_c where cardinality(lacks) = 0)"
    sql = _ASKED.format(more=more, counting=counting)
    found = ask(sql, parameters(programme_id, moment) | {"on": moment.on})
    return _in_order(row[:-1] for row in found), found[0][-1] if found else 0


def _in_order(rows: Iterable[tuple[Any, ...]]) -> list[DistrictFigure]:
    return sorted((DistrictFigure(*row) for row in rows), key=lambda one: danish_key(one.name))
