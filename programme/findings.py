"""What needs attention ("Kræver opfølgning"): the register's shape, and the programme's own findings.

An app's `findings.py` lists its kinds in `FINDINGS`: each with an SQL text that finds the rows, and in words why, whose
it is, and the page that mends it. `reports.findings` asks all kinds in one statement, so that a page's cost does not
grow with the register.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bydelsmoedre.addresses import url
from programme.models.agreements import RENEWAL_WARNED_DAYS


class Whose(TextChoices):
    """Who is to do something about it."""

    SECRETARIAT = "secretariat", gettext_lazy("the secretariat")
    LOCAL = "local", gettext_lazy("the local coordinator")
    FOUNDATION = "foundation", gettext_lazy("the Foundation")
    MUNICIPALITY = "municipality", gettext_lazy("the municipality")


@dataclass(frozen=True)
class FindingKind:
    """A kind of finding.

    `sql` selects `(about, uuid, association, since, number)`: what the finding is about (a word of `reports.labels`),
    its identity, the uuid of the association whose coordinator it concerns (or null), the day since when, and a number
    that the words may use (or null). It may ask the common tables named in `needs`.
    Parameters: `on`, `known_at`, `programme`.
    """

    code: str
    sql: str
    why: Callable[[int | None], str]
    whose: Whose
    mend: Callable[[UUID], str]  #: the address of the page that mends it
    action: Any  #: what is done there
    is_public: bool = False  #: may the municipality read it? Never where it is about a person.
    is_wide: bool = False  #: is every person or participant asked? Then it is told in I dag, and not on Overblik.
    is_for_staff: bool = False  #: is it told to secretariat and Foundation alone, and not to a local coordinator?
    is_shared: bool = False  #: has it a row for every association that it concerns? It is told and counted once.
    needs: tuple[str, ...] = ()


_SIGNATURE = """
select 'agreement', g.uuid, null::uuid, greatest(p.started_on, latest.signed_from), null::int
from programme_agreementparty p
join programme_agreement g on g.id = p.agreement_id and g.programme_id = %(programme)s
cross join lateral (  -- only a later version asks for new signatures: those from before the first are on the first
  select case when count(*) > 1 then max(v.happened_on) end as signed_from from programme_agreementversion v
  where v.agreement_id = g.id and v.happened_on <= %(on)s::date and known(v)
) latest
where holds(p) and known(p)
  and not exists (
    select from programme_signature s where s.agreement_id = g.id and s.organisation_id = p.organisation_id
      and s.happened_on <= %(on)s::date and known(s)
      and (latest.signed_from is null or s.happened_on >= latest.signed_from)
  )
"""

# The last term that is known ends within the days in which it is told; it is not renewed by itself.
_RENEWAL = f"""
select 'agreement', g.uuid, null::uuid, t.ended_on - {RENEWAL_WARNED_DAYS}, t.ended_on - %(on)s::date
from programme_agreementterm t
join programme_agreement g on g.id = t.agreement_id and g.programme_id = %(programme)s
where holds(t) and known(t) and t.ended_on - {RENEWAL_WARNED_DAYS} <= %(on)s::date
  and not exists (
    select from programme_agreementterm f where f.agreement_id = g.id and f.started_on > t.ended_on and known(f)
  )
"""

_OBLIGATION = """
select 'obligation', b.uuid, null::uuid, b.due_on + 1, null::int
from programme_obligation b
join programme_agreement g on g.id = b.agreement_id and g.programme_id = %(programme)s
where b.due_on < %(on)s::date
  and not exists (
    select from programme_obligationmet m where m.obligation_id = b.id
      and m.happened_on <= %(on)s::date and known(m)
  )
"""

_MEETING_PASSED = """
select 'meeting', m.uuid, null::uuid, m.planned_on, null::int
from programme_meeting m
where m.programme_id = %(programme)s and m.planned_on < %(on)s::date
  and not exists (
    select from programme_meetingheld h where h.meeting_id = m.id
      and h.happened_on <= %(on)s::date and known(h)
  )
"""

_MINUTES = """
select 'meeting', m.uuid, null::uuid, h.happened_on, null::int
from programme_meetingheld h
join programme_meeting m on m.id = h.meeting_id and m.programme_id = %(programme)s
where h.happened_on < %(on)s::date - 7 and known(h) and h.evidence_id is null
"""

_ACTION = """
select 'action_point', a.uuid, null::uuid, a.due_on, null::int
from programme_actionpoint a
join programme_meeting m on m.id = a.meeting_id and m.programme_id = %(programme)s
where a.due_on < %(on)s::date and m.planned_on <= %(on)s::date
  and not exists (
    select from programme_actiondone d where d.action_point_id = a.id
      and d.happened_on <= %(on)s::date and known(d)
  )
"""

# A target's period is over, and what it came to by its last day is not measured. What is computed is never due.
_MEASUREMENT = """
select 'indicator', i.uuid, null::uuid, min(t.ended_on) + 1, null::int
from programme_indicatortarget t
join programme_effectindicator i on i.id = t.indicator_id and i.programme_id = %(programme)s and i.source = 'measured'
where t.ended_on < %(on)s::date
  and not exists (
    select from programme_measurement m where m.indicator_id = i.id and m.covers_to = t.ended_on
      and m.happened_on <= %(on)s::date and known(m)
  )
group by i.uuid
"""

# The hearing of a document is over, and the body that must adopt it (any body, where none is named) has decided on no
# version of it since the hearing began; nor is it in hearing again. A version written after the hearing may be the one
# that is decided on.
_HEARING = """
select 'document', d.uuid, null::uuid, h.ended_on + 1, null::int
from programme_document d
join lateral (
  select x.started_on, x.ended_on from programme_hearing x
  join programme_documentversion v on v.id = x.version_id and v.document_id = d.id
  where x.started_on <= %(on)s::date and known(x) order by x.ended_on desc limit 1
) h on h.ended_on < %(on)s::date
where d.programme_id = %(programme)s
  and not exists (
    select from programme_adoption a join programme_documentversion v on v.id = a.version_id and v.document_id = d.id
    where a.outcome <> 'hearing' and a.happened_on between h.started_on and %(on)s::date and known(a)
      and (d.adopted_by_id is null or a.body_id = d.adopted_by_id)
  )
"""

# An answer is as old as thirty days, and it is not written what came of it. Told once for each document.
_UNANSWERED = """
select 'document', d.uuid, null::uuid, min(c.happened_on), count(*)::int
from programme_hearingcomment c
join programme_documentversion v on v.id = c.version_id
join programme_document d on d.id = v.document_id and d.programme_id = %(programme)s
where c.happened_on <= %(on)s::date - 30 and known(c) and (c.answered_on is null or c.answered_on > %(on)s::date)
group by d.uuid
"""

# As `Risk.is_to_be_looked_at`.
_RISK = """
select 'risk', r.uuid, null::uuid, r.next_look_on, null::int
from programme_risk r
where r.programme_id = %(programme)s and r.next_look_on < %(on)s::date
  and (r.closed_on is null or r.closed_on > %(on)s::date)
"""

_MILESTONE = """
select 'milestone', m.uuid, null::uuid, m.due_on, (%(on)s::date - m.due_on)::int
from milestone m where m.reached_on is null and m.due_on < %(on)s::date
"""


def _renewal(days: int) -> str:
    """In how many days the agreement runs out."""
    if not days:
        return _("The agreement runs out today, and is not renewed by itself")
    said = ngettext(
        "The agreement runs out in %(days)s day, and is not renewed by itself",
        "The agreement runs out in %(days)s days, and is not renewed by itself",
        days,
    )
    return said % {"days": days}


FINDINGS = [
    FindingKind(
        "signature_missing",
        _SIGNATURE,
        why=lambda number: _("A party has not signed the agreement"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:signature", uuid),
        action=gettext_lazy("Record the signature"),
        is_public=True,
    ),
    FindingKind(
        "renewal_missing",
        _RENEWAL,
        why=lambda number: _renewal(number or 0),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:term", uuid),
        action=gettext_lazy("Record the next term"),
        is_public=True,
    ),
    FindingKind(
        "obligation_overdue",
        _OBLIGATION,
        why=lambda number: _("The obligation is overdue"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:obligation_met", uuid),
        action=gettext_lazy("Mark as met"),
        is_public=True,
    ),
    FindingKind(
        "meeting_passed",
        _MEETING_PASSED,
        why=lambda number: _("The meeting's day has passed, and it is not recorded as held"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:meeting", uuid),
        action=gettext_lazy("Record the meeting"),
        is_public=True,
    ),
    FindingKind(
        "minutes_missing",
        _MINUTES,
        why=lambda number: _("The minutes of the meeting are missing"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:meeting", uuid),
        action=gettext_lazy("See the meeting"),
        is_public=True,
    ),
    FindingKind(
        "action_overdue",
        _ACTION,
        why=lambda number: _("The action point is overdue"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:action_done", uuid),
        action=gettext_lazy("Mark as done"),
    ),
    FindingKind(
        "measurement_due",
        _MEASUREMENT,
        why=lambda number: _("The target's period is over, and not measured to its end"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:measure", uuid),
        action=gettext_lazy("Record a measurement"),
        is_public=True,
    ),
    FindingKind(
        "hearing_over",
        _HEARING,
        why=lambda number: _("The hearing is over, and the document is not decided on"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:adoption", uuid),
        action=gettext_lazy("Record a decision"),
        is_public=True,
    ),
    FindingKind(
        "hearing_unanswered",
        _UNANSWERED,
        why=lambda number: (
            ngettext(
                "It is not written what came of %(number)s answer in the hearing",
                "It is not written what came of %(number)s answers in the hearing",
                number or 0,
            )
            % {"number": number}
        ),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:document", uuid),
        action=gettext_lazy("See the document"),
        is_public=True,
    ),
    FindingKind(
        "risk_to_look_at",
        _RISK,
        why=lambda number: _("The risk was to be looked at"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:risk_edit", uuid),
        action=gettext_lazy("Look at the risk"),
        is_public=True,
    ),
    FindingKind(
        "milestone_overdue",
        _MILESTONE,
        why=lambda number: _("The milestone was due, and is not reached"),
        whose=Whose.SECRETARIAT,
        mend=lambda uuid: url("programme:milestone", uuid),
        action=gettext_lazy("See the milestone"),
        is_public=True,
        is_for_staff=True,
        needs=("milestone",),
    ),
]
