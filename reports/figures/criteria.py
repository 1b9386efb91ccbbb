"""The five success criteria, measured: what counts, what nearly counts and what it lacks, as of any Moment.

The classification of each rule (`reports.figures.classification`) gives every candidate with the codes of what she, he
or it lacks; a row without lacks counts. The overview counts the classification, the criterion's page lists it, the
curve adds up its changes: the same text, so the same answer.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from associations.founding import FOUNDING_SQL, parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask, ask_together
from bydelsmoedre.remembering import recall
from programme.models import CriterionVersion, Document, Programme
from reports.figures.classification import CLASSIFICATIONS, DECISIONS_SQL, ON_FOUNDING, Rule
from reports.figures.shapes import CriterionFigure, Row, Standing, Tally

# One row per criterion: its tallies on each day asked, its nearest misses on the day itself, and its curve.
_MEASURED = """
select {n}, (
  select jsonb_agg(jsonb_build_array(on_date, lacks, number, met_since, running)) from (
    select on_date, lacks, count(*) as number, min(since) filter (where place = %(target_{n})s) as met_since,
      count(*) filter (where facts ? 'running') as running
    from (
      select *, row_number() over (partition by on_date, lacks order by since, uuid) as place from candidate_{n}
    ) as numbered
    group by on_date, lacks
  ) as tallied
), (
  select jsonb_agg(jsonb_build_array(kind, uuid, since, lacks, association, facts, is_date_unknown) order by place)
  from (
    select *, row_number() over (order by cardinality(lacks), uuid) as place from candidate_{n}
    where lacks <> '{{}}' and on_date = %(on)s::date order by cardinality(lacks), uuid limit %(near)s
  ) as nearest
), (
  select jsonb_agg(jsonb_build_array(day, change) order by day) from change_{n}
)"""

_LISTED = """
select {n}, kind, uuid, since, lacks, association, facts, is_date_unknown from (
  select * from candidate_{n}
  where (cardinality(lacks) = 0) = %(counting)s
  order by since, cardinality(lacks), uuid limit %(limit)s offset %(offset)s
) as listed_{n}"""


@dataclass(frozen=True, slots=True)
class Measure:
    """One criterion at one Moment: the version of its rule in force on that day."""

    version: CriterionVersion
    moment: Moment

    @property
    def number(self) -> int:
        return self.version.criterion.number

    @property
    def days(self) -> set[dt.date]:
        """The day asked of, and after the deadline also the deadline: what was met then stays met."""
        return {self.moment.on, min(self.moment.on, self.version.deadline)}

    def parameters(self) -> dict[str, Any]:
        """What the classification of this criterion's rule asks for besides what all ask for."""
        return {
            f"document_kind_{self.number}": self.version.document_kind or Document.Kind.ANCHORING_MODEL,
            f"target_{self.number}": self.version.target or 1,
        }


def measures(programme: Programme, moment: Moment) -> list[Measure]:
    """Every criterion of the programme with the version of its rule at the Moment, in order; one query."""
    return recall(("measures", programme.pk, moment), lambda: _measures(programme, moment))


def _measures(programme: Programme, moment: Moment) -> list[Measure]:
    return measures_of_each([programme], moment)[0]


def measures_of_each(programmes: Sequence[Programme], moment: Moment) -> list[list[Measure]]:
    """The same of each of the programmes; one query."""
    versions = (
        CriterionVersion.objects.at(moment)
        .filter(criterion__programme__in=programmes)
        .select_related("criterion")
        .order_by("criterion__number")
    )
    found = [Measure(version, moment) for version in versions]
    return [[one for one in found if one.version.criterion.programme_id == programme.pk] for programme in programmes]


def figures(asked: Sequence[Measure], *, near: int = 0) -> list[CriterionFigure]:
    """How far each criterion is, with so many of its nearest misses; one query for all of them."""
    # a rule that is only tried has no row, and so no number
    question = ("figures", near, *((one.version.pk or one.version.uuid, one.moment) for one in asked))
    return recall(question, lambda: _figures(asked, near))


def _figures(asked: Sequence[Measure], near: int) -> list[CriterionFigure]:
    days = {day for measure in asked for day in measure.days}
    return _told(asked, _ask(_MEASURED, asked, days, {"near": near}))


def figures_of_each(asked: Sequence[Sequence[Measure]]) -> list[list[CriterionFigure]]:
    """How far the criteria of each of several programmes are; one query."""
    questions = [
        question(_MEASURED, some, {day for measure in some for day in measure.days}, {"near": 0})
        for some in asked
        if some
    ]
    answers = iter(ask_together(questions))
    return [_told(some, next(answers)) if some else [] for some in asked]


def _told(asked: Sequence[Measure], found: list[tuple[Any, ...]]) -> list[CriterionFigure]:
    answers = {number: rest for number, *rest in found}
    return [_figure(measure, *answers[measure.number]) for measure in asked]


def rows(
    asked: Sequence[Measure], *, counting: bool, limit: int | None = None, offset: int = 0
) -> dict[int, list[Row]]:
    """By the criterion's number: the rows that count, in the order in which they began to; or the near misses, those
    that lack least first. One query for all the criteria asked."""
    found: dict[int, list[Row]] = {measure.number: [] for measure in asked}
    chosen = {"counting": counting, "limit": limit, "offset": offset}
    for number, *row in _ask(_LISTED, asked, (), chosen):
        found[number].append(_row(*row))
    return found


def criteria(programme: Programme, moment: Moment) -> list[CriterionFigure]:
    """How far each success criterion is; two queries."""
    return figures(measures(programme, moment))


def _ask(
    template: str, asked: Sequence[Measure], more_days: Iterable[dt.date], chosen: dict[str, Any]
) -> list[tuple[Any, ...]]:
    """Ask one question of several criteria of a programme in one statement."""
    return ask(*question(template, asked, more_days, chosen)) if asked else []


def question(
    template: str,
    asked: Sequence[Measure],
    more_days: Iterable[dt.date],
    chosen: dict[str, Any],
    besides: Mapping[str, str] | None = None,
) -> tuple[str, dict[str, Any]]:
    """The text that asks the template of each criterion, and its values. `besides` gives, by the rule, what stands
    between a criterion's classification and the template."""
    moment, programme = asked[0].moment, asked[0].version.criterion.programme_id
    rules = {measure.version.rule for measure in asked}
    parts = [FOUNDING_SQL] if rules & ON_FOUNDING else ["moment as (select unnest(%(dates)s::date[]) as on_date)"]
    if rules - ON_FOUNDING:
        parts.append(DECISIONS_SQL)
    for measure in asked:
        parts += [text[measure.version.rule].format(n=measure.number) for text in (CLASSIFICATIONS, besides) if text]
    values = parameters(programme, moment, *more_days) | {"on": moment.on} | chosen
    for measure in asked:
        values |= measure.parameters()
    selects = " union all ".join(template.format(n=measure.number) for measure in asked)
    return f"with {', '.join(parts)} {selects}", values


def _figure(measure: Measure, tallied: str | None, near: str | None, changes: str | None) -> CriterionFigure:
    version, on = measure.version, measure.moment.on
    answer = [(_day(day), tuple(lacks), *rest) for day, lacks, *rest in json.loads(tallied or "[]")]
    counts = {day: _counting(answer, day) for day in measure.days}
    is_met = {day: count.count >= (version.target or 1) for day, count in counts.items()}
    tallies = sorted((Tally(lacks, n) for day, lacks, n, _, _ in answer if day == on), key=_by_lacks)
    return CriterionFigure(
        uuid=version.criterion.uuid,
        number=version.criterion.number,
        key=version.criterion.key,
        rule=version.rule,
        rule_version=version.uuid,
        name=version.criterion.name,
        wording=version.wording,
        rule_text=version.rule_text,
        deadline=version.deadline,
        value=None if version.target is None else counts[on].count,
        target=version.target,
        is_met=is_met[on],
        met_since=counts[on].met_since,
        met_by_deadline_since=counts[min(on, version.deadline)].met_since,
        standing=_standing(on, version.deadline, is_met),
        tallies=tuple(tallies),
        running=counts[on].running if version.rule == Rule.ASSOCIATIONS_FOUNDED else None,
        near=tuple(_row_of_json(row) for row in json.loads(near or "[]")),
        changes=tuple((dt.date.fromisoformat(day), change) for day, change in json.loads(changes or "[]")),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _row_of_json(row: list[Any]) -> Row:
    kind, uuid, since, lacks, association, facts, is_date_unknown = row
    place = UUID(association) if association else None
    dates = {code: dt.date.fromisoformat(day) for code, day in facts.items()}
    return Row(kind, UUID(uuid), _day(since), tuple(lacks), place, dates, is_date_unknown)


def _by_lacks(tally: Tally) -> tuple[int, int, tuple[str, ...]]:
    return len(tally.lacks), -tally.count, tally.lacks


@dataclass(frozen=True, slots=True)
class _Counting:
    count: int = 0
    met_since: dt.date | None = None
    running: int = 0


def _counting(answer: list[tuple[Any, ...]], day: dt.date) -> _Counting:
    """The tally of a day's rows that lack nothing."""
    found = (_Counting(n, _day(since), running) for d, lacks, n, since, running in answer if d == day and not lacks)
    return next(found, _Counting())


def _standing(on: dt.date, deadline: dt.date, is_met: dict[dt.date, bool]) -> Standing:
    """How the criterion stands: what was met at the deadline stays met; what is met only later is met late."""
    if on <= deadline:
        return Standing.MET if is_met[on] else Standing.NOT_YET
    if is_met[deadline]:
        return Standing.MET
    return Standing.MET_LATE if is_met[on] else Standing.MISSED


def _row(
    kind: str,
    uuid: UUID,
    since: dt.date | None,
    lacks: list[str],
    association: UUID | None,
    facts: str,
    is_date_unknown: bool,
) -> Row:
    dates = {code: dt.date.fromisoformat(day) for code, day in json.loads(facts).items()}
    return Row(kind, uuid, since, tuple(lacks), association, dates, is_date_unknown)


def running(criteria: Iterable[CriterionFigure]) -> int | None:
    """How many associations are in operation, where a criterion has told it already."""
    return next((figure.running for figure in criteria if figure.running is not None), None)


def counting_coordinators(criteria: Iterable[CriterionFigure]) -> int | None:
    """How many coordinators count toward their criterion; None where the programme has none such."""
    return next((figure.value for figure in criteria if figure.rule == Rule.COORDINATORS_TRAINED), None)
