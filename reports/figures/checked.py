"""What the Foundation has looked at of what counts toward each criterion, as of any Moment.

A check holds where it was recorded after the facts that the row counts by: a step that is superseded, or a signature
that is retracted, asks for another look. Which facts those are, each rule says here beside its classification; the
rows are the classification's own.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bydelsmoedre.prepared import ask
from programme.models import CriterionVersion
from reports.figures.criteria import Measure, question

Rule = CriterionVersion.Rule


def _touched(f: str) -> str:
    """When the fact was last said anything of, as known then; `_told(f)` is the condition that it had been."""
    return (
        f"greatest({f}.recorded_at, case when {f}.retracted_at <= %(known_at)s::timestamptz then {f}.retracted_at end)"
    )


def _told(f: str) -> str:
    return f"{f}.recorded_at <= %(known_at)s::timestamptz"


# Each text gives `basis_N(thing, changed_at)`: when what a row counts by was last changed.

# Only the steps that founding takes: a bank account that is opened later unsettles nothing.
_ASSOCIATIONS = f"""
basis_{{n}} as (
  select k.uuid as thing, max({_touched("s")}) as changed_at
  from counted_{{n}} k
  join associations_association a on a.uuid = k.uuid
  join item i on i.id = a.id and i.on_date = %(on)s::date and i.stage = 'founded'
  join associations_foundingstep s on s.association_id = a.id and s.kind = i.kind and {_told("s")}
  group by 1
)"""

# The certificate, the role where she counts, and that somebody was recorded twice.
_COORDINATORS = f"""
basis_{{n}} as (
  select k.uuid as thing, max(t.changed_at) as changed_at
  from counted_{{n}} k
  join volunteers_volunteer v on v.uuid = k.uuid
  join (
    select person(c) as volunteer_id, null::uuid as association,
      greatest({_touched("c")}, same_c.recorded_at) as changed_at
    from training_certificate c same(c)
    join training_curriculum u on u.id = c.curriculum_id and u.kind = 'coordinator' and u.programme_id = %(programme)s
    where {_told("c")}
    union all
    select person(r), a.uuid, greatest({_touched("r")}, same_r.recorded_at)
    from volunteers_membership r same(r) join associations_association a on a.id = r.association_id
    where r.role = 'coordinator' and a.programme_id = %(programme)s and {_told("r")}
  ) t on t.volunteer_id = v.id and (t.association is null or t.association = k.association)
  group by 1
)"""

_ADOPTED = f"""
basis_{{n}} as (
  select k.uuid as thing, max({_touched("a")}) as changed_at
  from counted_{{n}} k
  join programme_document d on d.uuid = k.uuid
  join programme_documentversion v on v.document_id = d.id
  join programme_adoption a on a.version_id = v.id and a.body_id is not distinct from d.adopted_by_id and {_told("a")}
  group by 1
)"""

# Its parties, its term, its text and its signatures; and the decision on the anchoring model.
_PARTNERSHIP = f"""
basis_{{n}} as (
  select k.uuid as thing, max(t.changed_at) as changed_at
  from counted_{{n}} k
  join programme_agreement g on g.uuid = k.uuid
  join (
    select s.agreement_id, {_touched("s")} as changed_at from programme_signature s where {_told("s")}
    union all select p.agreement_id, {_touched("p")} from programme_agreementparty p where {_told("p")}
    union all select t.agreement_id, {_touched("t")} from programme_agreementterm t where {_told("t")}
    union all select w.agreement_id, {_touched("w")} from programme_agreementversion w where {_told("w")}
    union all select null, {_touched("a")}
      from programme_adoption a
      join programme_documentversion v on v.id = a.version_id
      join programme_document d on d.id = v.document_id and d.programme_id = %(programme)s
        and d.kind = %(document_kind_{{n}})s and a.body_id is not distinct from d.adopted_by_id
      where {_told("a")}
  ) t on t.agreement_id is null or t.agreement_id = g.id
  group by 1
)"""

_BASIS = {
    Rule.ASSOCIATIONS_FOUNDED: _ASSOCIATIONS,
    Rule.COORDINATORS_TRAINED: _COORDINATORS,
    Rule.DOCUMENT_ADOPTED: _ADOPTED,
    Rule.PARTNERSHIP_ANCHORED: _PARTNERSHIP,
}

# The rows that count.
_COUNTS = """
counted_{n} as (
  select uuid, association from candidate_{n} where lacks = '{{}}' and on_date = %(on)s::date
)"""

# Of each of them the newest check: one that holds where there is one, else one that is older than its facts.
_NEWEST = """
newest_{n} as (
  select distinct on (k.uuid) k.uuid as thing, e.outcome, e.happened_on,
    coalesce(e.recorded_at >= b.changed_at, true) as holds
  from counted_{n} k
  join reports_evidencecheck e on e.thing = k.uuid and e.criterion_id = %(criterion_{n})s
    and e.happened_on <= %(on)s::date and known(e)
  left join basis_{n} b on b.thing = k.uuid
  order by k.uuid, holds desc, e.happened_on desc, e.id desc
)"""

_COUNTED = """
select {n}, count(*), count(*) filter (where w.holds), count(*) filter (where w.holds and w.outcome = 'in_order'),
  max(w.happened_on) filter (where w.holds)
from counted_{n} k left join newest_{n} w on w.thing = k.uuid"""

_LISTED = "select {n}, thing, outcome, happened_on, holds from newest_{n}"


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """How much of what counts toward a criterion has been looked at, and how much of that was in order."""

    of: int  #: how many count
    looked_at: int
    in_order: int
    latest_on: dt.date | None  #: when one of them was last looked at

    @classmethod
    def of_rows(cls, of: int, checks: "Iterable[RowCheck]") -> "CheckedFigure":
        """The same, added up of rows that are known already."""
        holding = [one for one in checks if one.holds]
        days = [one.happened_on for one in holding]
        return cls(of, len(days), sum(one.is_in_order for one in holding), max(days, default=None))


@dataclass(frozen=True, slots=True)
class RowCheck:
    """The newest check of one row."""

    outcome: str
    happened_on: dt.date
    holds: bool  #: False where what the row counts by was recorded anew since

    @property
    def is_in_order(self) -> bool:
        return self.holds and self.outcome == "in_order"


def checked(asked: Sequence[Measure]) -> dict[int, CheckedFigure]:
    """By the criterion's number; counts alone, so that no person's row leaves PostgreSQL. One query for all."""
    return {number: CheckedFigure(*rest) for number, *rest in _ask(_COUNTED, asked)}


def row_checks(asked: Sequence[Measure]) -> dict[tuple[int, UUID], RowCheck]:
    """The newest check of each row that counts, by the criterion's number and the row's identity; one query for all."""
    return {(number, thing): RowCheck(*rest) for number, thing, *rest in _ask(_LISTED, asked)}


def _ask(template: str, asked: Sequence[Measure]) -> list[tuple[Any, ...]]:
    if not asked:
        return []
    criteria = {f"criterion_{one.number}": one.version.criterion_id for one in asked}
    texts: dict[str, str] = {rule: ",".join((_COUNTS, basis, _NEWEST)) for rule, basis in _BASIS.items()}
    return ask(*question(template, asked, (), criteria, besides=texts))
