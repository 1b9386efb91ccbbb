"""The five success criteria, measured: what counts, what nearly counts and what it lacks, as of any Moment.

One classification query per rule gives every candidate with the codes of what she, he or it lacks; a row without lacks
counts. The dashboard counts the classification, the criterion's page lists it: the same text, so the same answer.
"""

import datetime as dt
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from associations.founding import FOUNDING_SQL, parameters
from bydelsmoedre.moment import Moment
from programme.models import CriterionVersion, Document, Programme
from reports.figures.shapes import CriterionFigure, Row, Standing, Tally

Rule = CriterionVersion.Rule

# An association counts when it is founded, and is close once its first step is taken.
# Each text ends in `candidate(on_date, kind, uuid, association, since, lacks, facts, is_date_unknown)`.

_ASSOCIATIONS = f"""
{FOUNDING_SQL},
candidate as (
  select on_date, 'association' as kind, uuid, null::uuid as association, founded_on as since, lacks,
    jsonb_strip_nulls(jsonb_build_object('founded', founded_on, 'running', running_on)) as facts,
    false as is_date_unknown
  from founding
  where founded_on is not null or taken > 0
)
"""

# A person counts who holds a valid coordinator certificate and a coordinator role in a founded association on the day.
_COORDINATORS = f"""
{FOUNDING_SQL},
certificate_span as (  -- a renewal without a gap goes on from the first
  select c.volunteer_id, unnest(range_agg(c.period)) as span
  from training_certificate c
  join training_curriculum u on u.id = c.curriculum_id and u.kind = 'coordinator' and u.programme_id = %(programme)s
  where c.known @> %(known_at)s::timestamptz
  group by 1
),
certified as (
  select m.on_date, s.volunteer_id, lower(s.span) as since
  from moment m join certificate_span s on s.span @> m.on_date
),
role as (
  select distinct on (f.on_date, r.volunteer_id)
    f.on_date, r.volunteer_id, f.uuid as association, f.founded_on, r.started_on
  from founding f
  join volunteers_membership r on r.association_id = f.id and r.role = 'coordinator'
    and r.period @> f.on_date and r.known @> %(known_at)s::timestamptz
  order by f.on_date, r.volunteer_id, f.founded_on is null, greatest(f.founded_on, r.started_on), f.uuid
),
person as (
  select on_date, volunteer_id, c.since as certified_on, r.association, r.founded_on, r.started_on
  from certified c full join role r using (on_date, volunteer_id)
),
candidate as (
  select p.on_date, 'volunteer' as kind, v.uuid, p.association,
    case when p.certified_on is not null and p.founded_on is not null
      then greatest(p.certified_on, p.started_on, p.founded_on) end as since,
    array_remove(array[
      case when p.certified_on is null then 'certificate' end,
      case when p.started_on is null then 'coordinator_role' end,
      case when p.started_on is not null and p.founded_on is null then 'founded_association' end
    ], null) as lacks,
    jsonb_strip_nulls(jsonb_build_object(
      'certified', p.certified_on, 'role', p.started_on, 'founded', p.founded_on)) as facts,
    false as is_date_unknown
  from person p join volunteers_volunteer v on v.id = p.volunteer_id
)
"""

# A document counts when the body that must adopt it has adopted a version of it.
_DOCUMENTS = """
moment as (select unnest(%(dates)s::date[]) as on_date),
word as (  -- each body's latest word on each version
  select distinct on (m.on_date, a.version_id, a.body_id)
    m.on_date, a.version_id, a.body_id, a.outcome, a.happened_on, a.is_date_unknown
  from moment m
  join programme_adoption a on a.period @> m.on_date and a.known @> %(known_at)s::timestamptz
  join programme_documentversion v on v.id = a.version_id
  join programme_document d on d.id = v.document_id
    and d.programme_id = %(programme)s and d.kind = %(document_kind)s
  order by m.on_date, a.version_id, a.body_id, a.happened_on desc, a.id desc
),
decision as (
  select m.on_date, d.id,
    min(w.happened_on) filter (where w.outcome = 'adopted' and w.body_id = d.adopted_by_id) as adopted_on,
    min(w.happened_on) filter (where w.outcome = 'adopted' and w.body_id is distinct from d.adopted_by_id)
      as elsewhere_on,
    max(w.happened_on) filter (where w.outcome = 'rejected') as rejected_on,
    coalesce(bool_or(w.is_date_unknown) filter (where w.outcome = 'adopted'), false) as is_date_unknown
  from moment m
  join programme_document d on d.programme_id = %(programme)s and d.kind = %(document_kind)s
  left join programme_documentversion v on v.document_id = d.id
  left join word w on w.version_id = v.id and w.on_date = m.on_date
  group by 1, 2
)
"""
_ADOPTED = f"""
{_DOCUMENTS},
candidate as (
  select x.on_date, 'document' as kind, d.uuid, null::uuid as association, x.adopted_on as since,
    array_remove(array[
      case when x.adopted_on is null and x.elsewhere_on is null then 'adoption' end,
      case when x.adopted_on is null and x.elsewhere_on is not null then 'adoption_by_right_body' end
    ], null) as lacks,
    jsonb_strip_nulls(jsonb_build_object(
      'adopted', x.adopted_on, 'adopted_elsewhere', x.elsewhere_on, 'rejected', x.rejected_on)) as facts,
    x.is_date_unknown
  from decision x join programme_document d on d.id = x.id
)
"""

# An agreement counts when it is in force, signed by every party, and an anchoring model has been adopted.
_PARTNERSHIP = f"""
{_DOCUMENTS},
anchoring as (select on_date, min(adopted_on) as adopted_on from decision group by 1),
party as (
  select m.on_date, p.agreement_id, o.kind, s.happened_on as signed_on
  from moment m
  join programme_agreementparty p on p.period @> m.on_date and p.known @> %(known_at)s::timestamptz
  join programme_organisation o on o.id = p.organisation_id
  left join programme_signature s on s.agreement_id = p.agreement_id and s.organisation_id = p.organisation_id
    and s.period @> m.on_date and s.known @> %(known_at)s::timestamptz
),
signing as (
  select m.on_date, g.id, g.uuid,
    count(p.agreement_id) as parties,
    coalesce(bool_or(p.kind = 'foundation'), false) as with_foundation,
    max(p.signed_on) as last_signed_on,
    coalesce(array_agg(distinct 'signature_' || p.kind)
      filter (where p.agreement_id is not null and p.signed_on is null), '{{}}') as unsigned
  from moment m join programme_agreement g on g.programme_id = %(programme)s
  left join party p on p.on_date = m.on_date and p.agreement_id = g.id
  group by 1, 2, 3
),
term as (
  select m.on_date, t.agreement_id, count(*) as terms,
    max(t.started_on) filter (where t.period @> m.on_date) as started_on
  from moment m join programme_agreementterm t on t.known @> %(known_at)s::timestamptz
  group by 1, 2
),
agreement as (
  select s.on_date, s.uuid, a.adopted_on,
    s.unsigned || array_remove(array[
      case when s.parties < 2 then 'parties' end,
      case when not s.with_foundation then 'party_foundation' end,
      case when t.terms > 0 and t.started_on is null then 'term' end
    ], null) as lacks_force,
    greatest(t.started_on, s.last_signed_on) as in_force_on
  from signing s
  left join term t on t.on_date = s.on_date and t.agreement_id = s.id
  left join anchoring a on a.on_date = s.on_date
),
candidate as (
  select on_date, 'agreement' as kind, uuid, null::uuid as association,
    case when lacks_force = '{{}}' and adopted_on is not null then greatest(in_force_on, adopted_on) end as since,
    lacks_force || case when adopted_on is null then array['anchoring_model'] else '{{}}'::text[] end as lacks,
    jsonb_strip_nulls(jsonb_build_object(
      'in_force', case when lacks_force = '{{}}' then in_force_on end, 'anchoring_model', adopted_on)) as facts,
    false as is_date_unknown
  from agreement
)
"""

CLASSIFICATIONS: dict[str, str] = {
    Rule.ASSOCIATIONS_FOUNDED: _ASSOCIATIONS,
    Rule.COORDINATORS_TRAINED: _COORDINATORS,
    Rule.DOCUMENT_ADOPTED: _ADOPTED,
    Rule.PARTNERSHIP_ANCHORED: _PARTNERSHIP,
}

_TALLIED = """
with {classification},
numbered as (
  select *, row_number() over (partition by on_date, lacks order by since, uuid) as place from candidate
)
select {number} as number, on_date, lacks, count(*), min(since) filter (where place = %(target)s),
  count(*) filter (where facts ? 'running')
from numbered group by on_date, lacks
"""

_LISTED = """
with {classification}
select {number} as number, kind, uuid, since, lacks, association, facts, is_date_unknown from candidate
where (cardinality(lacks) = 0) = %(counting)s
order by since, cardinality(lacks), uuid limit %(limit)s offset %(offset)s
"""


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

    def parameters(self, days: Iterable[dt.date]) -> dict[str, Any]:
        """What the classification of this criterion's rule asks for."""
        return parameters(self.version.criterion.programme_id, self.moment, *days) | {
            "document_kind": self.version.document_kind or Document.Kind.ANCHORING_MODEL,
            "target": self.version.target or 1,
        }


def measures(programme: Programme, moment: Moment) -> list[Measure]:
    """Every criterion of the programme with the version of its rule at the Moment, in order; one query."""
    versions = (
        CriterionVersion.objects.at(moment)
        .filter(criterion__programme=programme)
        .select_related("criterion")
        .order_by("criterion__number")
    )
    return [Measure(version, moment) for version in versions]


def figures(asked: Sequence[Measure]) -> list[CriterionFigure]:
    """How far each criterion is; one query for all of them."""
    answers: dict[int, list[tuple[Any, ...]]] = {measure.number: [] for measure in asked}
    for number, *answer in _ask(_TALLIED, [(measure, measure.days, {}) for measure in asked]):
        answers[number].append(tuple(answer))
    return [_figure(measure, answers[measure.number]) for measure in asked]


def rows(
    asked: Sequence[Measure], *, counting: bool, limit: int | None = None, offset: int = 0
) -> dict[int, list[Row]]:
    """By the criterion's number: the rows that count, in the order in which they began to; or the near misses, those
    that lack least first. One query for all the criteria asked."""
    found: dict[int, list[Row]] = {measure.number: [] for measure in asked}
    chosen = {"counting": counting, "limit": limit, "offset": offset}
    for number, *row in _ask(_LISTED, [(measure, (), chosen) for measure in asked]):
        found[number].append(_row(*row))
    return found


def criteria(programme: Programme, moment: Moment) -> list[CriterionFigure]:
    """How far each success criterion is; two queries."""
    return figures(measures(programme, moment))


_PARAMETER = re.compile(r"%\((\w+)\)s")


def _ask(template: str, asked: Sequence[tuple[Measure, Iterable[dt.date], dict[str, Any]]]) -> list[tuple[Any, ...]]:
    """Ask one question of several criteria in one statement, each with parameters of its own."""
    if not asked:
        return []
    texts: list[str] = []
    values: dict[str, Any] = {}
    for measure, days, more in asked:
        sql = template.format(classification=CLASSIFICATIONS[measure.version.rule], number=measure.number)
        texts.append("(" + _PARAMETER.sub(rf"%(\1_{measure.number})s", sql) + ")")
        values |= {f"{name}_{measure.number}": value for name, value in (measure.parameters(days) | more).items()}
    with connection.cursor() as cursor:
        cursor.execute(" union all ".join(texts), values)
        return cursor.fetchall()


def _figure(measure: Measure, answer: list[tuple[Any, ...]]) -> CriterionFigure:
    version, on = measure.version, measure.moment.on
    counts = {day: _counting(answer, day) for day in measure.days}
    is_met = {day: count.count >= (version.target or 1) for day, count in counts.items()}
    tallies = sorted((Tally(tuple(lacks), n) for day, lacks, n, _, _ in answer if day == on), key=_by_lacks)
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
        standing=_standing(on, version.deadline, is_met),
        tallies=tuple(tallies),
        running=counts[on].running if version.rule == Rule.ASSOCIATIONS_FOUNDED else None,
    )


def _by_lacks(tally: Tally) -> tuple[int, int, tuple[str, ...]]:
    return len(tally.lacks), -tally.count, tally.lacks


@dataclass(frozen=True, slots=True)
class _Counting:
    count: int = 0
    met_since: dt.date | None = None
    running: int = 0


def _counting(answer: list[tuple[Any, ...]], day: dt.date) -> _Counting:
    """The tally of a day's rows that lack nothing."""
    found = (_Counting(n, since, running) for d, lacks, n, since, running in answer if d == day and not lacks)
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
