"""Who may have been recorded twice: suggested, never merged by itself."""

from dataclasses import dataclass
from typing import Any

from bydelsmoedre.moment import ALWAYS
from bydelsmoedre.prepared import ask_anew
from volunteers.models import Volunteer

#: So many pairs are shown at a time; the next come when these are dealt with.
MOST = 50

# The last eight digits of a telephone number are the number without its country. A name that several share is a pair of
# each with the one recorded first. Erased persons, merged ones, and those told apart are left out.
_PAIRS = f"""
with alone as (
  select v.id, v.name, danish_key(v.name) as called, right(regexp_replace(v.phone, '\\D', '', 'g'), 8) as phone
  from volunteers_volunteer v
  where v.programme_id = %(programme)s and v.erased_at is null and v.name <> ''
    and not exists (select from volunteers_sameperson s where s.duplicate_id = v.id and known(s))
),
pair as (
  select min(a.id) over (partition by a.phone) as first, a.id as second, 1 as weight from alone a
  where length(a.phone) = 8
  union all
  select min(a.id) over (partition by a.called), a.id, 2 from alone a
)
select first, second, min(weight) as weight from pair p
where first <> second and not exists (
  select from volunteers_differentpersons d
  where d.first_id = least(p.first, p.second) and d.second_id = greatest(p.first, p.second)
)
group by first, second order by weight, second desc limit {MOST + 1}
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two who may be one. The one who was recorded first is proposed to be kept."""

    kept: Volunteer
    duplicate: Volunteer
    is_phone: bool  #: they share a telephone number; else a name

    @property
    def is_name(self) -> bool:
        return not self.is_phone


def suggested(programme_id: int) -> tuple[list[Pair], bool]:
    """The pairs to look at, those who share a number first, and whether there are more; two queries."""
    found = ask_anew(_PAIRS, {"programme": programme_id, "known_at": ALWAYS})
    ids = {pk for first, second, _weight in found for pk in (first, second)}
    people: dict[int, Any] = Volunteer.objects.select_related("housing_area").in_bulk(ids)
    pairs = [Pair(people[first], people[second], weight == 1) for first, second, weight in found]
    return pairs[:MOST], len(pairs) > MOST
