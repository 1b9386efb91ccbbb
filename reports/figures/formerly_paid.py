"""The formerly paid: what they have answered, project by project, and whether those who go on are active.

Each counts by her latest answer on the day. Who goes on is *active* so many months after the day of that answer when
she holds a role as mother or coordinator on the very day; a month that has not come yet is neither. Answers that repeat
each other count from the first of them. Nobody's signature on the protest is known: it is a total (domain.md, trap 5).
"""

from dataclasses import dataclass, field

from django.db.models.expressions import RawSQL

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask, inside
from programme.models import Programme
from reports.figures.shapes import TransitionFigure
from volunteers.models import Transition
from volunteers.recruitment import HELD_SQL

#: Who has answered nothing is a class of her own.
ANSWERS = ("continues", "undecided", "no", "unanswered")
MONTHS = (3, 6, 12)


#: Common table expressions ending in `paid(volunteer_id, project, answer, since, is_active, after_3 … after_12)`.
#: Parameters: `on`, `known_at`, `programme`.
_PAID = f"""
said as (
  select person(t) as volunteer_id, t.project, a.answer, a.happened_on,
    row_number() over latest as place,
    count(*) filter (where a.answer <> 'continues') over latest as others
  from volunteers_transition t same(t)
  join volunteers_volunteer v on v.id = t.volunteer_id and v.programme_id = %(programme)s
  left join volunteers_transitionanswer a on a.transition_id = t.id and a.happened_on <= %(on)s::date and known(a)
  window latest as (partition by person(t) order by a.happened_on desc nulls last, a.id desc nulls last, t.id)
),
answered as (  -- the first day of the latest run of the same yes
  select s.volunteer_id, s.project, coalesce(s.answer, 'unanswered') as answer, case when s.answer = 'continues' then (
      select min(x.happened_on) from said x where x.volunteer_id = s.volunteer_id and x.others = 0
    ) else s.happened_on end as since
  from said s where s.place = 1
),
replied as (
  select a.*, {", ".join(f"(a.since + interval '{months} months')::date as day_{months}" for months in MONTHS)}
  from answered a
),
worked as (
  select r.volunteer_id, bool_or(holds(m)) as is_active,
    {", ".join(f"bool_or(holds(m, r.day_{months})) as at_{months}" for months in MONTHS)}
  from volunteers_membership m same(m)
  join replied r on r.volunteer_id = person(m)
  where m.role in {HELD_SQL} and known(m)
  group by r.volunteer_id
),
paid as (  -- active after so many months: null where she does not go on, or the day has not come
  select r.*, coalesce(w.is_active, false) as is_active, {
    ", ".join(
        f"case when r.answer = 'continues' and r.day_{months} <= %(on)s::date"
        f" then coalesce(w.at_{months}, false) end as after_{months}"
        for months in MONTHS
    )
}
  from replied r left join worked w on w.volunteer_id = r.volunteer_id
)"""
_ASKED = f"""
with {_PAID}
select 'project', project, array[
  {", ".join(f"count(*) filter (where answer = '{answer}')" for answer in ANSWERS)}
]::numeric[] from paid group by project
union all select 'active', 'now', array[
  {", ".join(f"count(*) filter (where answer = '{answer}' and is_active)" for answer in ANSWERS)}
] from paid
{
    "".join(
        f'''union all select 'active', '{months}', array[count(*) filter (where after_{months}),
  count(*) filter (where not after_{months}), count(*) filter (where answer = 'continues' and after_{months} is null)]
  from paid '''
        for months in MONTHS
    )
}
union all (
  select distinct on (n.kind) 'stated', n.kind, array[n.number]
  from programme_statednumber n
  where n.programme_id = %(programme)s and n.happened_on <= %(on)s::date and known(n)
  order by n.kind, n.happened_on desc
)
"""


@dataclass(frozen=True, slots=True)
class Milestone:
    """So many months after they said that they go on: who held a role on that day."""

    months: int
    active: int
    inactive: int
    coming: int  #: whose day has not come yet

    @property
    def due(self) -> int:
        return self.active + self.inactive

    @property
    def share(self) -> float | None:
        """The share of those whose day has come; None before anybody's has."""
        return self.active / self.due if self.due else None


@dataclass(frozen=True, slots=True)
class FormerlyPaid:
    """The formerly paid at a Moment. What a source states is None where it is not stated."""

    projects: dict[str, dict[str, int]]  #: project → answer → persons; all four projects
    active: dict[str, int] = field(default_factory=dict)  #: who holds a role on the day, by answer
    milestones: tuple[Milestone, ...] = ()
    stated: dict[str, int] = field(default_factory=dict)

    def count(self, answer: str) -> int:
        return sum(counted[answer] for counted in self.projects.values())

    @property
    def persons(self) -> int:
        """How many are recorded by name; the stated total may be higher."""
        return sum(map(self.count, ANSWERS))

    @property
    def total(self) -> int | None:
        return self.stated.get("paid_mothers")

    @property
    def unrecorded(self) -> int:
        """How many of the stated total are not recorded by name: they have not answered either."""
        return max((self.total or 0) - self.persons, 0)

    @property
    def expected(self) -> tuple[int, int] | None:
        """How many were expected to go on, at least and at most."""
        low, high = self.stated.get("expected_low"), self.stated.get("expected_high")
        return None if low is None or high is None else (low, high)

    @property
    def protest(self) -> int | None:
        """How many signed the protest: a total, of nobody in particular."""
        return self.stated.get("protest_signatures")

    @property
    def answers(self) -> TransitionFigure:
        """The same as Overblik tells: undecided is who has said neither yes nor no."""
        return TransitionFigure(self.total, self.count("continues"), self.count("no"))


def formerly_paid(programme: Programme, moment: Moment) -> FormerlyPaid:
    """Answers, who is active, and what the programme states of them; one query."""
    projects = {project: dict.fromkeys(ANSWERS, 0) for project in Transition.Project.values}
    active: dict[str, int] = {}
    milestones, stated = [], {}
    for kind, key, numbers in ask(_ASKED, _values(programme.pk, moment)):
        counted = [int(number) for number in numbers]
        if kind == "project":
            projects[key] = dict(zip(ANSWERS, counted, strict=True))
        elif kind == "stated":
            stated[key] = counted[0]
        elif key == "now":
            active = dict(zip(ANSWERS, counted, strict=True))
        else:
            milestones.append(Milestone(int(key), *counted))
    return FormerlyPaid(projects, active, tuple(sorted(milestones, key=lambda one: one.months)), stated)


def _values(programme_id: int, moment: Moment) -> dict[str, object]:
    return {"on": moment.on, "known_at": moment.known_at, "programme": programme_id}


#: What a number can be of, as SQL about one row.
BEHIND = (
    {f"answer-{answer}": f"answer = '{answer}'" for answer in ANSWERS}
    | {f"active-{answer}": f"answer = '{answer}' and is_active" for answer in ANSWERS}
    | {f"active-after-{months}": f"after_{months}" for months in MONTHS}
    | {f"inactive-after-{months}": f"not after_{months}" for months in MONTHS}
)


def persons_behind(programme_id: int, moment: Moment, code: str) -> RawSQL:
    """The ids of the persons whom a number counts: for use inside a query. The code is one of `BEHIND`."""
    return inside(f"with {_PAID} select volunteer_id from paid where {BEHIND[code]}", _values(programme_id, moment))
