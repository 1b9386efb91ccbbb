"""When is an association founded, and when is it in operation? The one definition.

Founded: every step that the checklist requires for it exists, from the latest of the dated ones (statutes, general
meeting, a board of at least the checklist's size). Steps that only must exist (notice, minutes, constitution) are asked
by what is known, not by their date: minutes signed on 5 January make a meeting of 30 December count for 31 December,
once they are known. In operation: the remaining steps as well. (domain.md, "When is an association founded?")
Dissolved: from the day after its last one; it then counts no longer, while figures of earlier days stay as they are.

Written as one SQL query, so that three hundred associations cost the same number of queries, and next to the same
Python, as three; other figures build on the same text.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask


class Standing(TextChoices):
    """How far an association is; derived, never stored."""

    FORMING = "forming", _("forming")
    FOUNDED = "founded", _("founded")
    RUNNING = "running", _("in operation")
    CLOSED = "closed", _("dissolved")


#: Common table expressions ending in `founding(on_date, id, uuid, founded_on, running_on, closed_on, …)`.
#: Parameters: `dates` (the days asked of), `known_at`, `programme`, `only` (ids of associations; null for all).
FOUNDING_SQL = """
moment as (select unnest(%(dates)s::date[]) as on_date),
step as (
  select s.association_id, s.kind, s.happened_on, s.board_members, s.meeting_elects_chair
  from associations_foundingstep s join associations_association a on a.id = s.association_id
  where a.programme_id = %(programme)s and known(s)
    and (%(only)s::bigint[] is null or a.id = any(%(only)s::bigint[]))
),
meeting as (
  select m.on_date, s.association_id,
    min(s.happened_on) filter (where s.kind = 'meeting' and s.happened_on <= m.on_date) as held_on,
    bool_or(s.meeting_elects_chair) as chair_elected
  from moment m cross join step s group by 1, 2
),
subject as (
  select m.on_date, a.id, a.uuid, c.minimum_board, c.items, coalesce(g.chair_elected, false) as chair_elected
  from moment m
  join associations_association a on a.programme_id = %(programme)s
    and (%(only)s::bigint[] is null or a.id = any(%(only)s::bigint[]))
  left join meeting g on g.on_date = m.on_date and g.association_id = a.id
  left join lateral (
    -- the version of the general meeting's day; where none covers it, the one before it, else the first
    select v.minimum_board, v.items from associations_foundingchecklist v
    where v.programme_id = a.programme_id and known(v)
    order by v.period @> coalesce(g.held_on, m.on_date) desc,
      case when v.started_on <= coalesce(g.held_on, m.on_date) then v.started_on end desc nulls last, v.started_on
    limit 1
  ) c on true
),
item as (
  select s.on_date, s.id, i.number, i.kind, i.stage, i.timing,
    min(t.happened_on) filter (
      where (i.timing = 'exists' or t.happened_on <= s.on_date)
      and (i.kind <> 'board' or t.board_members >= s.minimum_board)
    ) as done_on,
    coalesce(bool_or(t.kind = 'board' and t.happened_on <= s.on_date), false) as is_short,
    bool_or(i.kind = 'constitution' and s.chair_elected) as is_waived,
    coalesce(bool_or(t.happened_on <= s.on_date), false) as is_begun
  from subject s
  cross join lateral jsonb_to_recordset(s.items) as i(number int, kind text, stage text, timing text)
  left join step t on t.association_id = s.id and t.kind = i.kind
  group by 1, 2, 3, 4, 5, 6
),
lacking as (
  select *, done_on is null and not is_waived as is_lacking,
    case when is_short then 'board_size' else kind end as code
  from item
),
founding as (
  select s.on_date, s.id, s.uuid,
    case when bool_and(not l.is_lacking) filter (where l.stage = 'founded')
      then max(l.done_on) filter (where l.stage = 'founded' and l.timing = 'dated') end as founded_on,
    case when bool_and(not l.is_lacking)
      then max(l.done_on) filter (where l.timing = 'dated') end as running_on,
    coalesce(array_agg(l.code order by l.number) filter (where l.is_lacking and l.stage = 'founded'), '{}') as lacks,
    coalesce(array_agg(l.code order by l.number) filter (where l.is_lacking and l.stage = 'running'), '{}')
      as lacks_running,
    coalesce(array_agg(l.kind order by l.number) filter (where l.is_waived and l.done_on is null), '{}') as waived,
    count(l.kind) as total,
    count(*) filter (where l.is_begun) as taken,
    (  -- its last day, once that is over
      select c.happened_on from associations_closing c
      where c.association_id = s.id and c.happened_on < s.on_date and known(c)
    ) as closed_on
  from subject s left join lacking l on l.on_date = s.on_date and l.id = s.id
  group by 1, 2, 3
)
"""

_ASKED = f"""
with {FOUNDING_SQL}
select on_date, id, uuid, founded_on, running_on, lacks, lacks_running, waived, total, closed_on from founding
order by on_date, founded_on, cardinality(lacks), cardinality(lacks_running), id
"""


@dataclass(frozen=True, slots=True)
class Founding:
    """How far one association is on one day, and what it lacks (codes of steps; `board_size`: too few elected)."""

    on: dt.date
    id: int
    uuid: UUID
    founded_on: dt.date | None
    running_on: dt.date | None
    lacks: tuple[str, ...]
    lacks_running: tuple[str, ...]
    waived: tuple[str, ...]
    total: int  #: how many steps the checklist has; 0 where no checklist was in force
    closed_on: dt.date | None = None  #: its last day, where it is dissolved

    @property
    def standing(self) -> Standing:
        if self.closed_on is not None:
            return Standing.CLOSED
        if self.founded_on is None:
            return Standing.FORMING
        return Standing.FOUNDED if self.running_on is None else Standing.RUNNING

    @property
    def done(self) -> int:
        """Steps taken or not needed."""
        return self.total - len(self.lacks) - len(self.lacks_running)


def parameters(
    programme_id: int, moment: Moment, *more_days: dt.date, only: Sequence[int] | None = None
) -> dict[str, Any]:
    """The parameters of `FOUNDING_SQL` for the Moment's day, and more days with the same knowledge."""
    return {
        "dates": sorted({moment.on, *more_days}),
        "known_at": moment.known_at,
        "programme": programme_id,
        "only": None if only is None else list(only),
    }


def foundings(
    programme_id: int, moment: Moment, *more_days: dt.date, only: Sequence[int] | None = None
) -> list[Founding]:
    """Every association of the programme (or only those with the given ids) on each day asked; one query."""
    return [_founding(*row) for row in ask(_ASKED, parameters(programme_id, moment, *more_days, only=only))]


def _founding(
    on: dt.date,
    pk: int,
    uuid: UUID,
    founded_on: dt.date | None,
    running_on: dt.date | None,
    lacks: list[str],
    lacks_running: list[str],
    waived: list[str],
    total: int,
    closed_on: dt.date | None,
) -> Founding:
    lists = tuple(lacks), tuple(lacks_running), tuple(waived)
    return Founding(on, pk, uuid, founded_on, running_on, *lists, total, closed_on)


def founding_of(association: Association, moment: Moment) -> Founding:
    """How far one association is."""
    (found,) = foundings(association.programme_id, moment, only=[association.pk])
    return found
