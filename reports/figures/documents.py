"""How far each document is on a day: not received, a draft, in hearing, heard, sent back, adopted.

When a document is adopted is told by the same text that criteria 3 to 5 rest on (`classification.DECISIONS_SQL`); when
a version of it is in hearing, by the one definition of `programme.hearings`.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from associations.founding import parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.hearings import HEARD_SQL
from programme.models import Adoption, Programme
from reports.figures.classification import DECISIONS_SQL

Outcome = Adoption.Outcome


class DocumentStanding(StrEnum):
    """Where a document stands. *Heard*: the hearing of its latest version is over, and nobody has decided since.
    *Elsewhere*: adopted, but not by the body that must."""

    MISSING = "missing"
    DRAFT = "draft"
    HEARING = "hearing"
    HEARD = "heard"
    REJECTED = "rejected"
    ELSEWHERE = "elsewhere"
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class DocumentFigure:
    """A document at a Moment."""

    uuid: UUID
    kind: str
    title: str
    annex: str
    is_national: bool
    decider: str  #: the body that must adopt it; "" where none is named
    version: str  #: the latest that is known, or "" where none is received
    dated_on: dt.date | None
    received_on: dt.date | None  #: the first day on which a version of it is known to have existed
    standing: DocumentStanding
    since: dt.date | None
    body: str  #: whose decision the standing rests on
    answers_by: dt.date | None  #: the last day of the hearing that the latest version is in, where that is known


# Each document with its latest version, its first, what was said last of it, and when it was adopted.
_ASKED = f"""
with moment as (select unnest(%(dates)s::date[]) as on_date), {DECISIONS_SQL}, {HEARD_SQL},
spoken as (select version_id, min(happened_on) as first_on from word group by 1),
existing as (  -- a version is there from the day that it is dated, or from the first word on it, or its hearing; one
  -- that is not dated and that nobody has ever said a word on has always been there
  select v.id, v.document_id, v.label, v.dated_on, least(v.dated_on, s.first_on) as received_on
  from programme_documentversion v left join spoken s on s.version_id = v.id
  where v.dated_on <= %(on)s::date or s.first_on is not null
    or exists (select from heard h where h.version_id = v.id)
    or v.dated_on is null and not exists (select from programme_adoption a where a.version_id = v.id)
),
newest as (
  select distinct on (document_id) * from existing
  order by document_id, coalesce(dated_on, received_on) desc nulls last, id desc
),
last_word as (
  select distinct on (e.document_id) e.document_id, e.id as version_id, w.outcome, w.happened_on, o.name
  from word w join existing e on e.id = w.version_id join programme_organisation o on o.id = w.body_id
  order by e.document_id, w.happened_on desc, w.version_id desc, w.body_id
)
select d.uuid, d.kind, d.title, d.annex, d.is_national, coalesce(o.name, ''), n.label, n.dated_on,
  (select min(e.received_on) from existing e where e.document_id = d.id),
  x.adopted_on, x.elsewhere_on, l.outcome, l.happened_on, coalesce(l.name, ''), n.id is distinct from l.version_id,
  h.started_on, h.ended_on, %(on)s::date
from programme_document d
join decision x on x.id = d.id
left join programme_organisation o on o.id = d.adopted_by_id
left join newest n on n.document_id = d.id
left join last_word l on l.document_id = d.id
left join heard h on h.version_id = n.id
where d.programme_id = %(programme)s
order by nullif(d.annex, '') nulls last, d.id
"""


def documents(programme: Programme, moment: Moment) -> list[DocumentFigure]:
    """Every document of a programme, the annexes first; one query."""
    return [_figure(*row) for row in ask(_ASKED, parameters(programme.pk, moment) | {"on": moment.on})]


def _figure(
    uuid: UUID,
    kind: str,
    title: str,
    annex: str,
    is_national: bool,
    decider: str,
    version: str | None,
    dated_on: dt.date | None,
    received_on: dt.date | None,
    adopted_on: dt.date | None,
    elsewhere_on: dt.date | None,
    outcome: str | None,
    spoken_on: dt.date | None,
    body: str,
    has_newer: bool,
    heard_from: dt.date | None,
    heard_to: dt.date | None,
    on: dt.date,
) -> DocumentFigure:
    stands: tuple[DocumentStanding, dt.date | None, str]
    said = None if has_newer else outcome  # the last word on the latest version
    is_open = heard_to is not None and on <= heard_to
    if adopted_on:
        stands = DocumentStanding.ADOPTED, adopted_on, decider
    elif is_open:
        stands = DocumentStanding.HEARING, heard_from, body if said == Outcome.HEARING else ""
    elif elsewhere_on:
        stands = DocumentStanding.ELSEWHERE, elsewhere_on, body
    elif heard_to and _is_undecided(said, spoken_on, heard_from, heard_to):
        stands = DocumentStanding.HEARD, heard_to, ""
    elif said:
        stands = DocumentStanding(said), spoken_on, body
    else:
        stands = DocumentStanding.DRAFT if version else DocumentStanding.MISSING, dated_on, ""
    until = heard_to if stands[0] == DocumentStanding.HEARING and is_open else None
    told = uuid, kind, title, annex, is_national, decider, version or "", dated_on, received_on
    return DocumentFigure(*told, *stands, until)


def _is_undecided(said: str | None, spoken_on: dt.date | None, heard_from: dt.date | None, heard_to: dt.date) -> bool:
    """Has nobody decided on the version since the hearing began? Sending it to that hearing is no decision on it."""
    if not said or not spoken_on or not heard_from:
        return True
    return spoken_on <= heard_to if said == Outcome.HEARING else spoken_on < heard_from
