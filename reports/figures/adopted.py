"""What each deciding body has adopted of each document on a day, by the same words that criteria 3 to 5 rest on."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from associations.founding import parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.models import Programme
from reports.figures.classification import DECISIONS_SQL

# Of each body and document: the latest version that it has adopted and not taken back, else its latest word.
_ASKED = f"""
with moment as (select unnest(%(dates)s::date[]) as on_date), {DECISIONS_SQL},
latest as (
  select distinct on (v.document_id, w.body_id)
    v.document_id, w.body_id, w.outcome, v.label, w.happened_on, w.is_date_unknown
  from word w join programme_documentversion v on v.id = w.version_id
  order by v.document_id, w.body_id, w.outcome = 'adopted' desc, w.happened_on desc, w.version_id desc
)
select d.uuid, o.uuid, coalesce(l.outcome, ''), coalesce(l.label, ''), l.happened_on,
  coalesce(l.is_date_unknown, false), o.id is not distinct from d.adopted_by_id, o.name
from programme_document d
cross join programme_organisation o
left join latest l on l.document_id = d.id and l.body_id = o.id
where d.programme_id = %(programme)s and (l.body_id is not null or o.id = d.adopted_by_id)
order by danish_key(o.name), o.id, d.id
"""


@dataclass(frozen=True, slots=True)
class BodyFigure:
    """A body's word on a document."""

    document: UUID
    body: UUID
    outcome: str  #: its word; "" where it has said none
    version: str
    happened_on: dt.date | None
    is_date_unknown: bool
    must_adopt: bool
    name: str

    @property
    def has_adopted(self) -> bool:
        return self.outcome == "adopted"


def words_of_bodies(programme: Programme, moment: Moment) -> list[BodyFigure]:
    """Each body that must adopt a document or has said something of it, by the bodies' names; one query."""
    return [BodyFigure(*row) for row in ask(_ASKED, parameters(programme.pk, moment) | {"on": moment.on})]
