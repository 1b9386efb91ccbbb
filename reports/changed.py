"""What lies between two Moments: exactly the facts that hold at one of them and not at the other, and why.

A fact holds at a Moment when its day has come (and its period is not over) and it is known: the question that every
figure asks. So what differs between two Moments' figures follows from these facts and no others. Of a fact that holds
at both in different versions it is said that it was corrected. Founding steps that only must exist are asked by what is
known, as the figure asks them (`associations.founding`).
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.models import AssociationAdoption, Closing, FoundingChecklist, FoundingStep, ProspectOutcome
from budget.models import (
    Allocation,
    BudgetApproval,
    Commitment,
    FundingFact,
    GrantTerms,
    Posting,
    ReallocationDecision,
)
from bydelsmoedre.danish import kort_dato
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import format_amount
from bydelsmoedre.prepared import ask
from programme.models import (
    Adoption,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    CriterionVersion,
    Hearing,
    HearingComment,
    MeetingHeld,
    Programme,
    Signature,
)
from reports import happenings
from reports.happenings import Kind
from reports.labels import Named
from training.models import Attendance, Certificate, Dispensation
from volunteers.models import Call, Conversation, GatheringHeld, Membership, SamePerson, StageEvent

#: Besides what Overblik tells: the facts that the criteria's and the budget's figures read, and nobody waits for.
MORE = {
    kind.code: kind
    for kind in (
        Kind(
            "rule",
            """select f.recorded_at, f.retracted_at, 'criterion', c.uuid, f.rule, null::numeric, f.uuid
            from programme_criterionversion f join programme_successcriterion c on c.id = f.criterion_id
            where c.programme_id = %(programme)s""",
            gettext_lazy("Version of a rule"),
            dict(CriterionVersion.Rule.choices),
        ),
        Kind(
            "checklist",
            """select f.recorded_at, f.retracted_at, '', f.uuid, '', null::numeric, f.uuid
            from associations_foundingchecklist f where f.programme_id = %(programme)s""",
            gettext_lazy("Version of the founding checklist"),
            {},
        ),
        Kind(
            "party",
            """select f.recorded_at, f.retracted_at, 'agreement', a.uuid, '', null::numeric, f.uuid
            from programme_agreementparty f join programme_agreement a on a.id = f.agreement_id
            where a.programme_id = %(programme)s""",
            gettext_lazy("Party to the agreement"),
            {},
        ),
        Kind(
            "term",
            """select f.recorded_at, f.retracted_at, 'agreement', a.uuid, '', null::numeric, f.uuid
            from programme_agreementterm f join programme_agreement a on a.id = f.agreement_id
            where a.programme_id = %(programme)s""",
            gettext_lazy("Term of the agreement"),
            {},
        ),
        Kind(
            "agreement_version",
            """select f.recorded_at, f.retracted_at, 'agreement', a.uuid, '', null::numeric, f.uuid
            from programme_agreementversion f join programme_agreement a on a.id = f.agreement_id
            where a.programme_id = %(programme)s""",
            gettext_lazy("Version of the agreement"),
            {},
        ),
        Kind(
            "same_person",
            """select f.recorded_at, f.retracted_at, 'volunteer', v.uuid, '', null::numeric, f.uuid
            from volunteers_sameperson f join volunteers_volunteer v on v.id = f.kept_id
            where v.programme_id = %(programme)s""",
            gettext_lazy("Recorded twice, and one"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "allocation",
            """select f.recorded_at, f.retracted_at, 'line', l.uuid, '', f.amount, f.uuid
            from budget_allocation f join budget_budgetline l on l.id = f.line_id
            join budget_budget b on b.id = l.budget_id where b.programme_id = %(programme)s""",
            gettext_lazy("Amount of a budget line"),
            {},
        ),
        Kind(
            "approval",
            """select f.recorded_at, f.retracted_at, 'organisation', o.uuid, '', null::numeric, f.uuid
            from budget_budgetapproval f join budget_budget b on b.id = f.budget_id
            join programme_organisation o on o.id = f.body_id where b.programme_id = %(programme)s""",
            gettext_lazy("Approval of the budget"),
            {},
        ),
        Kind(
            "commitment",
            """select f.recorded_at, f.retracted_at, 'line', l.uuid, '', f.amount, f.uuid
            from budget_commitment f join budget_budgetline l on l.id = f.line_id
            join budget_budget b on b.id = l.budget_id where b.programme_id = %(programme)s""",
            gettext_lazy("Commitment"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "answer",
            """select f.recorded_at, f.retracted_at, 'reallocation', r.uuid, f.outcome, r.amount, f.uuid
            from budget_reallocationdecision f join budget_reallocation r on r.id = f.reallocation_id
            join budget_budget b on b.id = r.budget_id where b.programme_id = %(programme)s""",
            gettext_lazy("Answer on a reallocation"),
            dict(ReallocationDecision.Outcome.choices),
        ),
        Kind(
            "terms",
            """select f.recorded_at, f.retracted_at, 'organisation', o.uuid, '', null::numeric, f.uuid
            from budget_grantterms f join budget_budget b on b.id = f.budget_id
            join programme_organisation o on o.id = f.funder_id where b.programme_id = %(programme)s""",
            gettext_lazy("Terms of a grant"),
            {},
        ),
    )
}

#: What is told, with the facts that each kind's text reads. A message is no fact.
FACTS: dict[str, type[Model]] = {
    "step": FoundingStep,
    "adoption": Adoption,
    "hearing": Hearing,
    "hearing_comment": HearingComment,
    "signature": Signature,
    "meeting": MeetingHeld,
    "funding": FundingFact,
    "posting": Posting,
    "attendance": Attendance,
    "certificate": Certificate,
    "dispensation": Dispensation,
    "conversation": Conversation,
    "closing": Closing,
    "prospect": ProspectOutcome,
    "adopted_in": AssociationAdoption,
    "gathering": GatheringHeld,
    "board": Membership,
    "role": Membership,
    "stage": StageEvent,
    "call": Call,
    "rule": CriterionVersion,
    "checklist": FoundingChecklist,
    "party": AgreementParty,
    "term": AgreementTerm,
    "agreement_version": AgreementVersion,
    "same_person": SamePerson,
    "allocation": Allocation,
    "approval": BudgetApproval,
    "commitment": Commitment,
    "answer": ReallocationDecision,
    "terms": GrantTerms,
}
KINDS = {code: kind for code, kind in (happenings.KINDS | MORE).items() if code in FACTS}

# When a founding step counts that only must exist: on every day, once it is known.
_HELD = {
    "step": """case when exists (
      select from associations_foundingchecklist v cross join lateral jsonb_array_elements(v.items) i
      where v.programme_id = %(programme)s and i->>'kind' = k.detail and i->>'timing' = 'exists'
    ) then daterange(null, null) else f.period end"""
}

# The facts of one kind with their versions: what each is about, when it holds, when it is known.
_KIND = """
select {code} as code, k.about, k.uuid, k.detail, k.amount, k.fact, f.period, {held} as held, f.known
from ({sql}) as k(recorded_at, retracted_at, about, uuid, detail, amount, fact)
join {table} f on f.uuid = k.fact and f.recorded_at = k.recorded_at
  and f.retracted_at is not distinct from k.retracted_at
"""

_CHANGED = """
with version as ({kinds}),
standing as (
  select *, held @> %(on)s::date and known @> %(known_at)s::timestamptz as before,
    held @> %(on2)s::date and known @> %(known_at2)s::timestamptz as after
  from version
),
differing as (
  select *, bool_or(before) over one and bool_or(after) over one as is_both
  from standing where before <> after window one as (partition by code, fact)
),
reasoned as (
  select d.*, case
      when is_both then 'corrected'
      when after and lower(d.period) > %(on2)s::date then 'exists'
      when after and d.known @> %(known_at)s::timestamptz then 'happened'
      when after and lower(d.known) > %(known_at)s::timestamptz
        then case when coalesce(lower(d.held), lower(d.period)) <= %(on)s::date then 'late' else 'happened' end
      when before and d.known @> %(known_at2)s::timestamptz then 'ended'
      when before and lower(n.period) > %(on2)s::date then 'corrected'
      when before and n.fact is not null then 'ended'
      when before and upper(d.known) <= %(known_at2)s::timestamptz then 'retracted'
      else 'otherwise'
    end as why,
    (lower(d.known) at time zone 'Europe/Copenhagen')::date as recorded_on
  from differing d
  -- the version known at the second Moment in its place, which does not hold on that day
  left join version n on d.before and n.code = d.code and n.fact = d.fact and n.known @> %(known_at2)s::timestamptz
  where after or not is_both
)
select code, why, about, uuid, detail, count(*)::int, sum(amount),
  min(lower(period)), max(lower(period)), max(recorded_on),
  count(*) filter (where after and recorded_on > %(on2)s::date)::int,
  count(*) over ()::int
from reasoned
group by code, why, about, uuid, detail
order by min(lower(period)), code, why, uuid, detail
limit %(limit)s offset %(offset)s
"""


class Why(StrEnum):
    """Why a fact holds at one Moment and not at the other."""

    HAPPENED = "happened"  #: its day came between them
    LATE = "late"  #: its day had come before the first, and it was recorded after it
    EXISTS = "exists"  #: a step that only must exist, and is known: its day is after both
    ENDED = "ended"
    RETRACTED = "retracted"
    CORRECTED = "corrected"
    OTHERWISE = "otherwise"  #: asked with less knowledge than the first


WHY_WORDS: dict[Why, Any] = {
    Why.HAPPENED: gettext_lazy("happened between the two days"),
    Why.EXISTS: gettext_lazy("only has to exist, and is recorded"),
    Why.ENDED: gettext_lazy("ended"),
    Why.RETRACTED: gettext_lazy("retracted"),
    Why.CORRECTED: gettext_lazy("corrected"),
    Why.OTHERWISE: gettext_lazy("was known otherwise then"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """Facts of one kind about one thing that differ for the same reason: identities and codes; no names."""

    code: str
    why: Why
    about: str
    uuid: UUID
    detail: str
    count: int
    amount: Decimal | None
    first_on: dt.date
    last_on: dt.date
    recorded_on: dt.date
    late: int  #: how many of them were recorded after the second Moment's day

    @property
    def key(self) -> tuple[str, UUID]:
        return self.about, self.uuid


@dataclass(frozen=True, slots=True)
class Told:
    """The same in words for one reader."""

    changed: Changed
    text: str
    what: str
    why: str


def changed(
    programme: Programme, first: Moment, second: Moment, *, may_see_persons: bool, limit: int, offset: int = 0
) -> tuple[list[Changed], int]:
    """What differs, in the order in which it happened, and how many lines there are in all; one query. Without persons
    and single postings where the reader may not see them."""
    kinds = [kind for kind in KINDS.values() if may_see_persons or not kind.is_for_staff]
    parts = " union all ".join(
        _KIND.format(
            code=f"'{kind.code}'",
            sql=kind.sql,
            table=FACTS[kind.code]._meta.db_table,
            held=_HELD.get(kind.code, "f.period"),
        )
        for kind in kinds
    )
    values = {
        "programme": programme.pk,
        "on": first.on,
        "known_at": first.known_at,
        "on2": second.on,
        "known_at2": second.known_at,
        "limit": limit,
        "offset": offset,
    }
    rows = ask(_CHANGED.format(kinds=parts), values)
    lines = [Changed(code, Why(why), *rest) for code, why, *rest, _ in rows]
    return lines, rows[0][-1] if rows else 0


def in_words(lines: Iterable[Changed], named: Named) -> list[Told]:
    """The lines with names for whoever asks."""
    return [_told(line, named.get(line.key, "")) for line in lines]


def _told(line: Changed, name: str) -> Told:
    kind = KINDS[line.code]
    detail = str(kind.details.get(line.detail, "")) if line.detail else ""
    text = f"{kind.words}: {detail}" if detail else str(kind.words)
    return Told(line, capfirst(text), _what(line, name), _why(line))


def _what(line: Changed, name: str) -> str:
    parts = [name] if name else []
    if line.count > 1:
        parts.append(_("%(count)d facts") % {"count": line.count})
    if line.amount is not None:
        parts.append(format_amount(line.amount))
    return ", ".join(parts)


def _why(line: Changed) -> str:
    """The reason, and of what was recorded late that it was."""
    told = {"day": kort_dato(line.recorded_on), "count": line.late}
    if line.why == Why.LATE:
        if line.count > 1:
            return _("recorded afterwards, the last on %(day)s") % told
        return _("recorded afterwards, on %(day)s") % told
    why = str(WHY_WORDS[line.why])
    if not line.late:
        return why
    late = _("%(count)d of them recorded afterwards") if line.count > 1 else _("recorded afterwards, on %(day)s")
    return f"{why}; {late % told}"
