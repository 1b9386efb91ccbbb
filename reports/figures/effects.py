"""Effect indicators at a Moment: what is computed of them, which target holds, and whether they are on their way.

The register `UNITS` has one SQL text for each figure that can be computed. It ends in a row for each thing that counts:
`(on_date, day, amount, association_id, person_id, language, topics)`; `on_date` is the day asked of, where it is of
what there is on a day (`STOCKS`), and null where it is of what has happened. Value, filter, breakdown and curve ask the
same rows, so that they agree with each other and with the figure that other pages show.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Protocol, TypeVar
from uuid import UUID

from associations.founding import FOUNDING_SQL, parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.models.effects import Computed, Direction, Grouping
from reports.figures.classification import CLASSIFICATIONS, Rule
from training.completion import COURSE_VERSION_SQL

_CONVERSATIONS = """
select null::date, c.happened_on, 1::numeric, c.association_id, null::bigint, c.language::text, c.topics::text[]
from volunteers_conversation c
join associations_association a on a.id = c.association_id and a.programme_id = %(programme)s
where c.happened_on <= %(on)s::date and known(c)
"""

# As `counts`: a person once, by the first diploma that she holds; recognised training makes no new mother.
_NEW_MOTHERS = """
select null::date, min(c.started_on), 1::numeric, null::bigint, person(c), null::text, null::text[]
from training_certificate c same(c)
join training_curriculum u on u.id = c.curriculum_id and u.kind = 'basic' and u.programme_id = %(programme)s
where c.basis = 'course' and holds(c) and known(c)
group by person(c)
"""

# As the second criterion's classification.
_COORDINATORS = """
select c.on_date, c.since, 1::numeric, a.id, v.id, null::text, null::text[]
from candidate_c c
join volunteers_volunteer v on v.uuid = c.uuid
join associations_association a on a.uuid = c.association
where cardinality(c.lacks) = 0
"""

_ASSOCIATIONS = """
select f.on_date, f.running_on, 1::numeric, f.id, null::bigint, null::text, null::text[]
from founding f where f.running_on is not null and f.closed_on is null
"""

# As the settlement's hours: what the course's version says of the module, half of it for who was partly there.
_HOURS = """
select null::date, a.happened_on, h.hours * case a.mark when 'partly' then 0.5 else 1 end, h.association_id, person(e),
  h.language, null::text[]
from hour h
join training_session s on s.course_id = h.course_id and s.module = h.module
join training_attendance a on a.session_id = s.id and a.mark in ('present', 'partly')
  and a.happened_on <= %(on)s::date and known(a)
join training_enrolment e on e.id = a.enrolment_id same(e)
"""

#: One text for each figure.
UNITS: dict[str, str] = {
    Computed.CONVERSATIONS: _CONVERSATIONS,
    Computed.NEW_MOTHERS: _NEW_MOTHERS,
    Computed.COORDINATORS: _COORDINATORS,
    Computed.ASSOCIATIONS: _ASSOCIATIONS,
    Computed.HOURS: _HOURS,
}
#: Figures of what there is on a day; the others are of what has happened until it.
STOCKS = (Computed.COORDINATORS, Computed.ASSOCIATIONS)

_HOUR_SQL = f"""
hour as materialized (
  select c.id as course_id, c.association_id, c.language::text, (n->>'number')::int as module,
    coalesce((n->>'hours')::numeric, 0) as hours
  from training_course c
  join training_curriculum u on u.id = c.curriculum_id and u.programme_id = %(programme)s
  cross join lateral ({COURSE_VERSION_SQL.format(course="c")}) v
  cross join lateral jsonb_array_elements(v.modules) n
)"""
# A person belongs to the association in which she is a mother, or else has another role, on the day: to one only.
_PLACE_SQL = """
place as (
  select distinct on (person(m)) person(m) as person_id, m.association_id
  from volunteers_membership m same(m)
  join associations_association b on b.id = m.association_id and b.programme_id = %(programme)s
  where holds(m) and known(m) order by person(m), m.role <> 'mother', m.started_on, m.id
)"""
_SPOKEN_SQL = """
spoken as (
  select distinct person(l) as person_id, l.language::text as language
  from volunteers_languageskill l same(l)
  join volunteers_volunteer v on v.id = l.volunteer_id and v.programme_id = %(programme)s
  where l.happened_on <= %(on)s::date and known(l)
)"""


def _tables(codes: Iterable[str]) -> str:
    """`unit(figure, on_date, day, amount, association_id, person_id, language, topics)` of these figures, and what that
    needs."""
    wanted = sorted(set(codes))
    needed = []
    if set(wanted) & set(STOCKS):
        needed.append(FOUNDING_SQL)
    if Computed.COORDINATORS in wanted:
        needed.append(CLASSIFICATIONS[Rule.COORDINATORS_TRAINED].format(n="c"))
    if Computed.HOURS in wanted:
        needed.append(_HOUR_SQL)
    if Computed.NEW_MOTHERS in wanted:
        needed.append(_PLACE_SQL)
    needed += [f"counted_{code}({_COLUMNS}) as ({UNITS[code]})" for code in wanted]
    parts = [_UNIT.format(code=code, **_placed(code)) for code in wanted]
    return f"with {', '.join(needed)}, unit as ({' union all '.join(parts)})"


_COLUMNS = "on_date, day, amount, association_id, person_id, language, topics"
_UNIT = """
select '{code}'::text as figure, x.on_date, x.day, x.amount, {association} as association_id, x.person_id, x.language,
  x.topics
from counted_{code} x {join}"""


def _placed(code: str) -> dict[str, str]:
    if code == Computed.NEW_MOTHERS:
        return {"association": "p.association_id", "join": "left join place p on p.person_id = x.person_id"}
    return {"association": "x.association_id", "join": ""}


#: Does the unit `u` pass what the indicator `q` asks for?
_PASSES = """u.figure = q.figure and (q.topic = '' or u.topics @> array[q.topic])
  and (q.association is null or u.association_id = a.id)
  and (q.since is null or u.day >= q.since) and (q.until is null or u.day <= q.until)
  and (u.on_date is null or u.on_date = coalesce(q.until, %(on)s::date))"""

#: The questions that are asked, each with its place among them and the association that only it is about.
_QUESTIONS = """unnest(
  %(figures)s::text[], %(associations)s::uuid[], %(topics)s::text[], %(sinces)s::date[], %(untils)s::date[]
) with ordinality as q(figure, association, topic, since, until, place)
left join associations_association a on a.uuid = q.association and a.programme_id = %(programme)s"""

_VALUES = f"""
select q.place, coalesce(sum(u.amount), 0), count(distinct u.person_id)
from {_QUESTIONS}
left join unit u on {_PASSES}
group by q.place
"""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a figure: only one association's, only of a topic, only within these days. Of what there is on a
    day (`is_stock`), `until` is that day, where it is not the Moment's."""

    figure: str
    association: UUID | None = None
    topic: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def is_filtered(self) -> bool:
        return self.association is not None or bool(self.topic)

    @property
    def is_stock(self) -> bool:
        return self.figure in STOCKS


@dataclass(frozen=True, slots=True)
class Value:
    """The answer to a question, and how many persons it is about (0 where it is of something else)."""

    number: Decimal
    persons: int


def _asked(programme_id: int, moment: Moment, questions: Sequence[Question]) -> dict[str, Any]:
    days = [one.until for one in questions if one.is_stock and one.until]
    return parameters(programme_id, moment, *days) | {
        "on": moment.on,
        "figures": [one.figure for one in questions],
        "associations": [one.association for one in questions],
        "topics": [one.topic for one in questions],
        "sinces": [one.since for one in questions],
        "untils": [one.until for one in questions],
    }


def _day_of(question: Question, moment: Moment) -> Moment:
    """The Moment of which one question alone is asked."""
    return moment.on_day(question.until) if question.is_stock and question.until else moment


def computed(programme_id: int, moment: Moment, questions: Sequence[Question]) -> list[Value]:
    """The answer to each question; one query for them all, none where nothing is asked."""
    if not questions:
        return []
    sql = _tables(one.figure for one in questions) + _VALUES
    rows = ask(sql, _asked(programme_id, moment, questions))
    found = {place: Value(number, persons) for place, number, persons in rows}
    return [found[place] for place in range(1, len(questions) + 1)]


# --- Broken down

_KEYS = {
    Grouping.ASSOCIATION: ("b.name", ""),
    Grouping.AREA: (
        "d.name",
        """left join associations_housingarea h on h.id = b.housing_area_id
        left join associations_district d on d.id = h.district_id""",
    ),
    Grouping.LANGUAGE: (
        "coalesce(s.language, u.language)",
        "left join spoken s on s.person_id = u.person_id and u.language is null",
    ),
}
_GROUPED = """
select {key}, coalesce(sum(u.amount), 0), count(distinct u.person_id)
from {questions}
join unit u on {passes}
left join associations_association b on b.id = u.association_id
{join}
group by 1
"""


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a breakdown. `key` is a name, or the code of a language; "" where it is not known."""

    key: str
    number: Decimal
    persons: int


def grouped(programme_id: int, moment: Moment, question: Question, grouping: str) -> list[Group]:
    """The parts of a value, as they come; one query. By language a person who speaks several is in several parts."""
    key, join = _KEYS[Grouping(grouping)]
    more = f", {_SPOKEN_SQL}" if grouping == Grouping.LANGUAGE else ""
    values = _asked(programme_id, _day_of(question, moment), [question])
    sql = _tables([question.figure]) + more + _GROUPED.format(key=key, join=join, questions=_QUESTIONS, passes=_PASSES)
    return [Group(name or "", *rest) for name, *rest in ask(sql, values)]


# --- From day to day

_CHANGES = f"""
select u.day, sum(u.amount)
from {_QUESTIONS}
join unit u on {_PASSES}
group by 1 order by 1
"""
#: What there was and is no more has gone down again: those that count now do not tell it.
_ROSE_AND_FELL = {
    Computed.COORDINATORS: "select day, change::numeric from change_c order by day",
    Computed.ASSOCIATIONS: """
    select c.day, sum(c.change)::numeric from founding f
    cross join lateral (values (f.running_on, 1), (f.closed_on + 1, -1)) as c(day, change)
    where f.on_date = %(on)s::date and f.running_on is not null and c.day is not null group by 1 order by 1
    """,
}


def changes(programme_id: int, moment: Moment, question: Question) -> list[tuple[dt.date, Decimal]]:
    """The days up to the Moment's, or to the last one asked of, on which the value rose or fell, and by how much; one
    query."""
    text = _CHANGES if question.is_filtered else _ROSE_AND_FELL.get(Computed(question.figure), _CHANGES)
    sql = _tables([question.figure]) + text
    rows = ask(sql, _asked(programme_id, _day_of(question, moment), [question]))
    return [(day, Decimal(change)) for day, change in rows]


# --- Held against a target


class Way(StrEnum):
    """How an indicator stands to the target of its period."""

    REACHED = "reached"
    ON_WAY = "on_way"
    BEHIND = "behind"
    MISSED = "missed"  #: at the period's end
    UNMEASURED = "unmeasured"  #: never, which is not 0
    NOT_IN_PERIOD = "not_in_period"  #: measured, but not about the target's period
    NOT_AT_END = "not_at_end"  #: measured in the period, which is over, and not up to its last day
    NOT_BEGUN = "not_begun"
    NO_BASELINE = "no_baseline"  #: how far it has come cannot be told
    NO_TARGET = "no_target"
    NOT_TOLD = "not_told"  #: the number is withheld from this reader


class Target(Protocol):
    """A target of a period, both ends included."""

    started_on: dt.date
    ended_on: dt.date
    value: Decimal


T = TypeVar("T", bound=Target)


def target_on(targets: Iterable[T], day: dt.date) -> T | None:
    """The target whose period holds the day; else the latest that is over, else the first to come."""
    ordered = sorted(targets, key=lambda one: one.started_on)
    begun = [one for one in ordered if one.started_on <= day]
    return begun[-1] if begun else next(iter(ordered), None)


def is_reached(direction: str, target: Decimal, value: Decimal) -> bool:
    return value >= target if direction == Direction.UP else value <= target


def way(*, direction: str, start: Decimal | None, target: Target, value: Decimal, day: dt.date, grows: bool) -> Way:
    """On the way is who has come as much of the way from the start to the target as has gone of the period by the day
    that the value is about. At the period's end a value has reached its target or missed it. A total that `grows` and
    is to stay low has not reached it before: it may still grow."""
    is_over, reaches = day >= target.ended_on, is_reached(direction, target.value, value)
    may_still_fail = grows and direction == Direction.DOWN and not is_over
    if reaches and not may_still_fail:
        return Way.REACHED
    if is_over or (may_still_fail and not reaches):
        return Way.MISSED
    if start is None:
        return Way.NO_BASELINE
    gone = Decimal(max((day - target.started_on).days + 1, 0))
    whole = Decimal((target.ended_on - target.started_on).days + 1)
    expected = start + (target.value - start) * gone / whole
    return Way.ON_WAY if is_reached(direction, expected, value) else Way.BEHIND
