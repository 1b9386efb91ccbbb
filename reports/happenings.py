"""What has happened: the latest recordings and retractions, newest first, and which of them are new to this reader.

What was recorded in one go (a course's certificates, a session's attendance) is told in one line with its number.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from associations.models import ProspectOutcome, StepKind
from budget.models import FundingFact
from bydelsmoedre.moment import ALWAYS, COPENHAGEN, Moment, end_of_day
from bydelsmoedre.money import format_amount
from bydelsmoedre.prepared import ask
from programme.models import Adoption, Document, Programme
from reports.labels import Named
from training.clashes import holiday
from volunteers.board import SEATS_SQL
from volunteers.models import Call, Gathering, Membership, StageEvent

#: So many lines are told; so many recordings of each kind are looked at to find them.
MOST, LOOKED_AT = 8, 200
#: When the office closes.
FRIDAY, CLOSING = 4, dt.time(16)


@dataclass(frozen=True)
class Kind:
    """A kind of fact that is told: `sql` selects `(recorded_at, retracted_at, about, uuid, detail, amount, fact)`."""

    code: str
    sql: str
    words: Any
    details: dict[str, Any]
    is_for_staff: bool = False  #: about persons, or single postings: not told to the municipality


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            "step",
            """select f.recorded_at, f.retracted_at, 'association', a.uuid, f.kind, null::numeric, f.uuid
            from associations_foundingstep f join associations_association a on a.id = f.association_id
            where a.programme_id = %(programme)s""",
            gettext_lazy("Founding step"),
            dict(StepKind.choices),
        ),
        Kind(
            "adoption",
            """select f.recorded_at, f.retracted_at, 'document', d.uuid, f.outcome, null::numeric, f.uuid
            from programme_adoption f join programme_documentversion v on v.id = f.version_id
            join programme_document d on d.id = v.document_id where d.programme_id = %(programme)s""",
            gettext_lazy("Decision on a document"),
            dict(Adoption.Outcome.choices),
        ),
        Kind(
            "hearing",
            """select f.recorded_at, f.retracted_at, 'document', d.uuid, '', null::numeric, f.uuid
            from programme_hearing f join programme_documentversion v on v.id = f.version_id
            join programme_document d on d.id = v.document_id where d.programme_id = %(programme)s""",
            gettext_lazy("Hearing of a document"),
            {},
        ),
        Kind(
            "hearing_comment",
            """select f.recorded_at, f.retracted_at, 'document', d.uuid, '', null::numeric, f.uuid
            from programme_hearingcomment f join programme_documentversion v on v.id = f.version_id
            join programme_document d on d.id = v.document_id where d.programme_id = %(programme)s""",
            gettext_lazy("Answer in a hearing"),
            {},
        ),
        Kind(
            "signature",
            """select f.recorded_at, f.retracted_at, 'agreement', a.uuid, '', null::numeric, f.uuid
            from programme_signature f join programme_agreement a on a.id = f.agreement_id
            where a.programme_id = %(programme)s""",
            gettext_lazy("Signature"),
            {},
        ),
        Kind(
            "meeting",
            """select f.recorded_at, f.retracted_at, 'meeting', m.uuid, '', null::numeric, f.uuid
            from programme_meetingheld f join programme_meeting m on m.id = f.meeting_id
            where m.programme_id = %(programme)s""",
            gettext_lazy("Meeting held"),
            {},
        ),
        Kind(
            "funding",
            """select f.recorded_at, f.retracted_at, 'organisation', o.uuid, f.stage, f.amount, f.uuid
            from budget_fundingfact f join budget_budget b on b.id = f.budget_id
            join programme_organisation o on o.id = f.funder_id where b.programme_id = %(programme)s""",
            gettext_lazy("Funding"),
            dict(FundingFact.Stage.choices),
        ),
        Kind(
            "posting",
            """select f.recorded_at, f.retracted_at, 'line', l.uuid, '', f.amount, f.uuid
            from budget_posting f join budget_budgetline l on l.id = f.line_id
            join budget_budget b on b.id = l.budget_id where b.programme_id = %(programme)s""",
            gettext_lazy("Posting"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "attendance",
            """select f.recorded_at, f.retracted_at, 'session', s.uuid, '', null::numeric, f.uuid
            from training_attendance f join training_session s on s.id = f.session_id
            join training_course c on c.id = s.course_id join training_curriculum u on u.id = c.curriculum_id
            where u.programme_id = %(programme)s""",
            gettext_lazy("Attendance"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "certificate",
            """select f.recorded_at, f.retracted_at, 'curriculum', u.uuid, '', null::numeric, f.uuid
            from training_certificate f join training_curriculum u on u.id = f.curriculum_id
            where u.programme_id = %(programme)s""",
            gettext_lazy("Diploma or course certificate"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "dispensation",
            """select f.recorded_at, f.retracted_at, 'volunteer', v.uuid, '', null::numeric, f.uuid
            from training_dispensation f join volunteers_volunteer v on v.id = f.volunteer_id
            where v.programme_id = %(programme)s""",
            gettext_lazy("Exception from the diploma"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "conversation",
            """select f.recorded_at, f.retracted_at, 'association', a.uuid, '', null::numeric, f.uuid
            from volunteers_conversation f join associations_association a on a.id = f.association_id
            where a.programme_id = %(programme)s""",
            gettext_lazy("Conversation"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "closing",
            """select f.recorded_at, f.retracted_at, 'association', a.uuid, '', null::numeric, f.uuid
            from associations_closing f join associations_association a on a.id = f.association_id
            where a.programme_id = %(programme)s""",
            gettext_lazy("Association dissolved"),
            {},
        ),
        Kind(
            "prospect",
            """select f.recorded_at, f.retracted_at, 'prospect', p.uuid, f.kind, null::numeric, f.uuid
            from associations_prospectoutcome f join associations_prospect p on p.id = f.prospect_id
            where p.programme_id = %(programme)s""",
            gettext_lazy("Prospect"),
            dict(ProspectOutcome.Kind.choices),
        ),
        Kind(
            "adopted_in",
            """select f.recorded_at, f.retracted_at, 'association', a.uuid, d.kind, null::numeric, f.uuid
            from associations_associationadoption f join associations_association a on a.id = f.association_id
            join programme_documentversion v on v.id = f.version_id
            join programme_document d on d.id = v.document_id where a.programme_id = %(programme)s""",
            gettext_lazy("Adopted by the association"),
            dict(Document.Kind.choices),
        ),
        Kind(
            "gathering",
            """select f.recorded_at, f.retracted_at, 'gathering', g.uuid, g.kind, null::numeric, f.uuid
            from volunteers_gatheringheld f join volunteers_gathering g on g.id = f.gathering_id
            join associations_association a on a.id = g.association_id where a.programme_id = %(programme)s""",
            gettext_lazy("Association's meeting held"),
            dict(Gathering.Kind.choices),
            is_for_staff=True,
        ),
        Kind(
            "board",
            f"""select f.recorded_at, f.retracted_at, 'association', a.uuid, '', null::numeric, f.uuid
            from volunteers_membership f join associations_association a on a.id = f.association_id
            where a.programme_id = %(programme)s and f.role in {SEATS_SQL}""",
            gettext_lazy("Seats on the board"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "role",
            f"""select f.recorded_at, f.retracted_at, 'volunteer', v.uuid, f.role, null::numeric, f.uuid
            from volunteers_membership f join volunteers_volunteer v on v.id = f.volunteer_id
            where v.programme_id = %(programme)s and f.role not in {SEATS_SQL}""",
            gettext_lazy("Role"),
            dict(Membership.Role.choices),
            is_for_staff=True,
        ),
        Kind(
            "stage",
            """select f.recorded_at, f.retracted_at, 'volunteer', v.uuid, f.stage, null::numeric, f.uuid
            from volunteers_stageevent f join volunteers_candidacy c on c.id = f.candidacy_id
            join volunteers_volunteer v on v.id = c.volunteer_id where v.programme_id = %(programme)s""",
            gettext_lazy("Recruitment"),
            dict(StageEvent.Stage.choices),
            is_for_staff=True,
        ),
        Kind(
            "message",
            """select m.sent_at, null::timestamptz, 'message', m.uuid, '', null::numeric, m.uuid
            from volunteers_message m where m.programme_id = %(programme)s""",
            gettext_lazy("Message"),
            {},
            is_for_staff=True,
        ),
        Kind(
            "call",
            """select f.recorded_at, f.retracted_at, 'volunteer', v.uuid, f.outcome, null::numeric, f.uuid
            from volunteers_call f join volunteers_volunteer v on v.id = f.volunteer_id
            where v.programme_id = %(programme)s""",
            gettext_lazy("Call made"),
            dict(Call.Outcome.choices),
            is_for_staff=True,
        ),
    )
}

# The latest of one kind: recorded, and retracted. Of a version that was replaced at once
# (superseded) the next one is told, not the retraction.
_LATEST = """
select {code}, x.at, x.is_retraction, x.about, x.uuid, x.detail, count(*)::int, sum(x.amount) from (
  select events.*, bool_or(not is_retraction) over (partition by at, fact) as is_recorded from (
    (
      select f.recorded_at as at, false as is_retraction, f.about, f.uuid, f.detail, f.amount, f.fact
      from ({sql}) as f(recorded_at, retracted_at, about, uuid, detail, amount, fact)
      where f.recorded_at <= %(known_at)s::timestamptz
        and (f.recorded_at <= %(until)s::timestamptz or f.recorded_at > %(since)s::timestamptz)
      order by f.recorded_at desc limit {looked_at}
    ) union all (
      select f.retracted_at, true, f.about, f.uuid, f.detail, f.amount, f.fact
      from ({sql}) as f(recorded_at, retracted_at, about, uuid, detail, amount, fact)
      where f.retracted_at is not null and f.retracted_at <= %(known_at)s::timestamptz
        and (f.retracted_at <= %(until)s::timestamptz or f.retracted_at > %(since)s::timestamptz)
      order by f.retracted_at desc limit {looked_at}
    )
  ) as events
) x where not (x.is_retraction and x.is_recorded) group by x.at, x.is_retraction, x.about, x.uuid, x.detail"""


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that was recorded or retracted, in words for one reader."""

    at: dt.datetime
    text: str
    what: str
    is_retraction: bool
    is_new: bool


@dataclass(frozen=True, slots=True)
class Latest:
    """One line of what happened: identities and codes; no names."""

    code: str
    at: dt.datetime
    is_retraction: bool
    about: str
    uuid: UUID
    detail: str
    count: int
    amount: Decimal | None


def latest(programme: Programme, moment: Moment, request: Any) -> list[Latest]:
    """The latest as of the Moment, and whatever has come since this reader's last visit; one query."""
    kinds = [kind for kind in KINDS.values() if request.standing.may_see_persons or not kind.is_for_staff]
    parts = " union all ".join(
        _LATEST.format(code=f"'{kind.code}'", sql=kind.sql, looked_at=LOOKED_AT) for kind in kinds
    )
    values = {
        "programme": programme.pk,
        "known_at": moment.known_at,
        "until": end_of_day(moment.on),
        "since": last_visit(request) or ALWAYS,
        "most": MOST,
    }
    rows = ask(f"select * from ({parts}) as told order by 2 desc, 3 desc, 1, 5 limit %(most)s", values)
    return [Latest(*row) for row in rows]


def since_last_workday(on: dt.date) -> dt.datetime:
    """Four o'clock on the working day before: on a Monday it is Friday, so that weekends and holidays are told."""
    day = on - dt.timedelta(1)
    while day.weekday() > FRIDAY or holiday(day):
        day -= dt.timedelta(1)
    return dt.datetime.combine(day, CLOSING, COPENHAGEN)


def in_words(lines: Iterable[Latest], request: Any, named: Named) -> list[Happening]:
    """What happened with names for whoever asks."""
    since = last_visit(request)
    return [_told(line, named, since) for line in lines]


def last_visit(request: Any) -> dt.datetime | None:
    """When this reader was here before this visit, as her session remembers it; None the first time."""
    text = request.session.get("last_visit")
    return parse_datetime(text) if text else None


def _told(line: Latest, named: Named, since: dt.datetime | None) -> Happening:
    kind = KINDS[line.code]
    words = str(kind.details.get(line.detail, "")) if line.detail else ""
    text = f"{kind.words}: {words}" if words else str(kind.words)
    return Happening(
        at=line.at,
        text=_("Retracted: %(what)s") % {"what": text[:1].lower() + text[1:]} if line.is_retraction else capfirst(text),
        what=_what(named.get((line.about, line.uuid), ""), line.count, line.amount),
        is_retraction=line.is_retraction,
        is_new=since is not None and line.at > since,
    )


def _what(name: str, count: int, amount: Decimal | None) -> str:
    if amount is not None:
        return f"{name}, {format_amount(amount)}"
    if count > 1:
        told = _("%(count)d recorded") % {"count": count}
        return f"{name} ({told})"
    return name
