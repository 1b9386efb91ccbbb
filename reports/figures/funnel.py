"""The way to neighbourhood mother: how many have reached each stage by a day, where they stand, and how long it took.

A person counts once, by her latest candidacy: who comes back is counted where the new one has come. A stage is reached
on the first day on which she has what it takes *and* has reached every stage before it, so that no stage has more than
the one before. Who has a later stage without an earlier one is told apart, with what she lacks.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from django.db.models.expressions import RawSQL

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask, inside
from programme.models import Programme
from reports.figures.shapes import Tally
from volunteers.recruitment import HELD_SQL, STANDING_SQL


class Stage(StrEnum):
    """The stages, in their order."""

    APPLIED = "applied"
    INTERVIEWED = "interviewed"
    ACCEPTED = "accepted"
    TRAINING = "training"
    DIPLOMA = "diploma"
    MOTHER = "mother"


STAGES = tuple(Stage)
#: Where somebody of the funnel stands on the day: at a stage, or beside the way.
STANDS = (*STAGES, "paused", "left", "declined", "withdrawn")
#: Where the way has ended.
GONE = ("left", "declined", "withdrawn")


def _reached(stage: str, before: str, own: str) -> str:
    """A stage's day: the later of its own and the one before, where there are both."""
    return f"""cross join lateral (
    select case when {before} is not null and {own} is not null then greatest({before}, {own}) end as {stage}
  ) as at_{stage}"""


_OWN = {
    "applied": "t.applied_on",
    "interviewed": "t.interviewed_on",
    "accepted": "t.accepted_on",
    "training": "coalesce(r.training_on, d.earlier_on)",
    "diploma": "d.diploma_on",
    "mother": "w.acts_on",
}
_CHAIN = "\n  ".join(
    _reached(one, "t.applied_on" if before == Stage.APPLIED else before, _OWN[one]) for before, one in pairwise(STAGES)
)
#: The codes of the stages that she lacks, though she has a later one.
_LACKS = ", ".join(
    f"case when {_OWN[one]} is null and coalesce({', '.join(_OWN[later] for later in STAGES[place + 1 :])}) is not null"
    f" then '{one}' end"
    for place, one in enumerate(STAGES[:-1])
)
_FAR = " + ".join(f"({one} is not null)::int" for one in STAGES)

#: Common table expressions ending in `funnel(volunteer_id, applied … mother, lacks, far, stands)`: everybody with a
#: candidacy of which a step is taken. `far` is how many stages she has reached; `lacks` is empty for most.
#: Parameters: `on`, `known_at`, `programme`.
FUNNEL_SQL = f"""
{STANDING_SQL.format(whose="")},
taken as (
  select p.volunteer_id, min(s.happened_on) as since,
    min(s.happened_on) filter (where s.stage = 'applied') as applied_on,
    min(s.happened_on) filter (where s.stage = 'interviewed') as interviewed_on,
    min(s.happened_on) filter (where s.stage = 'accepted') as accepted_on
  from step p join volunteers_stageevent s on s.candidacy_id = p.candidacy_id
    and s.happened_on <= %(on)s::date and known(s)
  group by p.volunteer_id
),
trained as (  -- a seat while the course runs; one given up before the first day is none, nor is an earlier candidacy's
  select t.volunteer_id, min(greatest(p.started_on, c.starts_on)) as training_on,
    min(greatest(p.started_on, c.starts_on)) filter (where holds(p) and c.ends_on >= %(on)s::date) as sits_since
  from training_enrolment e same(e)
  join taken t on t.volunteer_id = person(e)
  join training_participation p on p.enrolment_id = e.id and p.status = 'enrolled' and known(p)
  join training_course c on c.id = e.course_id
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic'
  where greatest(p.started_on, c.starts_on) <= %(on)s::date
    and coalesce(p.ended_on, c.ends_on) >= greatest(p.started_on, c.starts_on)
    and coalesce(p.ended_on, c.ends_on) >= t.since and hers(e.volunteer_id)
  group by t.volunteer_id
),
diploma as (  -- one by merit, or from before the candidacy, stands for the training too
  select t.volunteer_id, min(c.started_on) as diploma_on,
    min(c.started_on) filter (where c.basis = 'merit' or c.started_on < t.since) as earlier_on
  from training_certificate c same(c)
  join taken t on t.volunteer_id = person(c)
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic'
  where c.started_on <= %(on)s::date and known(c) and hers(c.volunteer_id)
  group by t.volunteer_id having bool_or(holds(c))
),
acting as (  -- a role that an earlier candidacy led to, and that ended before this one, is none of it
  select t.volunteer_id, min(m.started_on) as acts_on
  from volunteers_membership m same(m)
  join taken t on t.volunteer_id = person(m)
  where m.role in {HELD_SQL} and m.started_on <= %(on)s::date
    and (m.ended_on is null or m.ended_on >= t.since) and known(m) and hers(m.volunteer_id)
  group by t.volunteer_id
),
path as (
  select t.volunteer_id, t.applied_on as applied, interviewed, accepted, training, diploma, mother,
    array_remove(array[{_LACKS}], null) as lacks,
    case when n.standing = 'coordinator' then 'mother'
      when n.standing = 'accepted' and d.diploma_on is not null then 'diploma'
      when n.standing = 'accepted' and r.sits_since is not null then 'training'
      else n.standing end as stands
  from taken t
  join standing n on n.volunteer_id = t.volunteer_id
  left join trained r on r.volunteer_id = t.volunteer_id
  left join diploma d on d.volunteer_id = t.volunteer_id
  left join acting w on w.volunteer_id = t.volunteer_id
  {_CHAIN}
),
funnel as (select *, {_FAR} as far from path)"""

_COUNTED = ", ".join(
    [
        "array[" + ", ".join(f"count(*) filter (where far >= {number})" for number in range(1, 7)) + "]",
        "array[" + ", ".join(f"count(*) filter (where stands = '{one}')" for one in STANDS) + "]",
        "array["
        + ", ".join(f"count(*) filter (where far = {number} and stands in {GONE})" for number in range(1, 7))
        + "]",
        "array["
        + ", ".join(
            f"percentile_cont(0.5) within group (order by {one} - {before})"
            for before, one in [*pairwise(STAGES), (Stage.APPLIED, Stage.MOTHER)]
        )
        + "]",
    ]
)
#: Everybody once in the whole and at her place, once for each language; then what is lacked, and who stands outside.
_ASKED = f"""
with {FUNNEL_SQL},
member as (
  select f.*, d.uuid::text as district, d.name as district_name, h.uuid::text as area, h.name as area_name
  from funnel f join volunteers_volunteer v on v.id = f.volunteer_id
  left join associations_housingarea h on h.id = v.housing_area_id
  left join associations_district d on d.id = h.district_id
  where applied is not null
),
spoken as (
  select distinct m.volunteer_id, l.language
  from volunteers_languageskill l same(l) join member m on m.volunteer_id = person(l)
  where l.happened_on <= %(on)s::date and known(l)
)
select 'all', '', '', '', {_COUNTED} from member
union all select 'district', coalesce(district, ''), coalesce(max(district_name), ''), '', {_COUNTED}
  from member group by district
union all select 'area', coalesce(area, ''), coalesce(max(area_name), ''), coalesce(max(district), ''), {_COUNTED}
  from member group by area
union all select 'language', coalesce(s.language, ''), '', '', {_COUNTED}
  from member left join spoken s using (volunteer_id) group by s.language
union all select 'lacks', array_to_string(lacks, ','), '', '', array[count(*)], null, null, null
  from funnel where cardinality(lacks) > 0 group by lacks
union all select 'outside', '', '', '', array[count(*)], null, null, null
  from standing n where n.standing in {HELD_SQL}
    and not exists (select from funnel f where f.volunteer_id = n.volunteer_id)
"""


@dataclass(frozen=True, slots=True)
class Group:
    """How far those of one group have come: all, a district, a housing area or a language. `key` is a uuid or a code,
    and empty where it is not known."""

    kind: str
    key: str
    name: str
    district: str  #: for a housing area: the district's key
    reached: tuple[int, ...]  #: by stage
    stands: dict[str, int]
    gone: tuple[int, ...]  #: by stage: how many had come so far, and no further, when they left, withdrew or got a no
    days: tuple[float | None, ...]  #: the median days to each stage after the first from the one before; then to all

    @property
    def persons(self) -> int:
        return self.reached[0]

    @property
    def mothers(self) -> int:
        return self.reached[-1]

    @property
    def conversions(self) -> tuple[float | None, ...]:
        """By stage after the first: the share of those of the stage before who have reached it, from 0 to 1; None
        where nobody was there."""
        return tuple(one / before if before else None for before, one in pairwise(self.reached))

    @property
    def whole(self) -> float | None:
        """The share of the interested who have become mothers."""
        return self.mothers / self.persons if self.persons else None

    @property
    def here(self) -> tuple[int, ...]:
        """By stage: who has come so far and no further, and has not gone."""
        following = (*self.reached[1:], 0)
        return tuple(one - after - gone for one, after, gone in zip(self.reached, following, self.gone, strict=True))


@dataclass(frozen=True, slots=True)
class Funnel:
    """The funnel at a Moment."""

    total: Group
    districts: tuple[Group, ...]
    areas: tuple[Group, ...]
    languages: tuple[Group, ...]  #: who has two counts in both
    lacking: tuple[Tally, ...]  #: who has a later stage without an earlier one, by what is lacked
    outside: int  #: work as mothers or coordinators, and have no candidacy

    @property
    def aside(self) -> int:
        return sum(tally.count for tally in self.lacking)

    def group(self, kind: str, key: str) -> Group | None:
        """The group that is asked for; None where there is none such."""
        return next((one for one in self._of(kind) if one.key == key), None)

    def _of(self, kind: str) -> tuple[Group, ...]:
        return {"district": self.districts, "area": self.areas, "language": self.languages}.get(kind, ())


def funnel(programme: Programme, moment: Moment) -> Funnel:
    """The funnel of the whole programme, by district, housing area and language; one query."""
    groups: dict[str, list[Group]] = {"all": [], "district": [], "area": [], "language": []}
    lacking: list[Tally] = []
    outside = 0
    for kind, key, name, district, reached, stands, gone, days in ask(_ASKED, _values(programme.pk, moment)):
        if kind == "lacks":
            lacking.append(Tally(tuple(key.split(",")), reached[0]))
        elif kind == "outside":
            outside = reached[0]
        else:
            counted = dict(zip(STANDS, stands, strict=True))
            groups[kind].append(Group(kind, key, name, district, tuple(reached), counted, tuple(gone), tuple(days)))
    (total,) = groups["all"]
    return Funnel(
        total=total,
        districts=tuple(groups["district"]),
        areas=tuple(groups["area"]),
        languages=tuple(groups["language"]),
        lacking=tuple(sorted(lacking, key=lambda tally: (-tally.count, tally.lacks))),
        outside=outside,
    )


def _values(programme_id: int, moment: Moment) -> dict[str, object]:
    return {"on": moment.on, "known_at": moment.known_at, "programme": programme_id}


#: What a number of the funnel can be of, as SQL about one row of it.
BEHIND = (
    {f"reached-{stage}": f"far >= {number}" for number, stage in enumerate(STAGES, 1)}
    | {f"here-{stage}": f"far = {number} and stands not in {GONE}" for number, stage in enumerate(STAGES, 1)}
    | {f"gone-{stage}": f"far = {number} and stands in {GONE}" for number, stage in enumerate(STAGES, 1)}
    | {f"stands-{stand}": f"far > 0 and stands = '{stand}'" for stand in STANDS}
    | {"lacking": "cardinality(lacks) > 0"}
)


def persons_behind(programme_id: int, moment: Moment, codes: Iterable[str]) -> RawSQL:
    """The ids of the persons whom a number counts: for use inside a query. The codes are those of `BEHIND`."""
    wanted = " or ".join(f"({BEHIND[code]})" for code in codes)
    return inside(f"with {FUNNEL_SQL} select volunteer_id from funnel where {wanted}", _values(programme_id, moment))
