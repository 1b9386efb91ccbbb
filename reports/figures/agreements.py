"""From when an agreement is in force, and what it lacks: by the text that criterion 5 rests on."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from associations.founding import parameters
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.models import Document, Programme
from reports.figures.classification import CLASSIFICATIONS, DECISIONS_SQL, Rule

_ASKED = f"""
with moment as (select unnest(%(dates)s::date[]) as on_date), {DECISIONS_SQL},
{CLASSIFICATIONS[Rule.PARTNERSHIP_ANCHORED].format(n=0)}
select uuid, lacks_force, case when lacks_force = '{{}}' then in_force_on end, adopted_on
from agreement_0 order by uuid
"""


@dataclass(frozen=True, slots=True)
class AgreementFigure:
    """An agreement at a Moment."""

    uuid: UUID
    lacks: tuple[str, ...]  #: codes of what it lacks to be in force
    in_force_on: dt.date | None
    anchored_on: dt.date | None  #: when an anchoring model was adopted


def agreements(programme: Programme, moment: Moment) -> list[AgreementFigure]:
    """Every agreement of a programme; one query."""
    values = parameters(programme.pk, moment) | {"document_kind_0": Document.Kind.ANCHORING_MODEL}
    return [AgreementFigure(uuid, tuple(lacks), *days) for uuid, lacks, *days in ask(_ASKED, values)]
