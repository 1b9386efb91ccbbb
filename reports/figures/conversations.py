"""The conversations as the municipality meets them: totals by quarter, and no cell from which few could be told.

Only quarters that have ended by the day are counted: otherwise two days' totals would tell the conversations between
them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bydelsmoedre.moment import Moment
from bydelsmoedre.prepared import ask
from programme.models import Programme
from reports.lacks import SMALLEST_CELL

#: So many quarters are shown, the last ones.
QUARTERS = 4

_ASKED = """
with told as (
  select a.name, c.topics, date_trunc('quarter', c.happened_on)::date as quarter
  from volunteers_conversation c
  join associations_association a on a.id = c.association_id and a.programme_id = %(programme)s
  where c.happened_on >= %(since)s::date and c.happened_on < %(until)s::date and known(c)
)
select 'association', name, quarter, count(*) from told group by 2, 3
union all select 'topic', topic, quarter, count(*) from told cross join unnest(topics) as topic group by 2, 3
"""

#: A place in a table of totals: row and column; the last of each is the total.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Totals:
    """A table of totals: rows by name, columns by the first day of a quarter; `cells` have the totals last."""

    rows: list[str]
    quarters: list[dt.date]
    cells: list[list[int]]
    small: frozenset[Place]  #: one to four: told as such
    withheld: frozenset[Place]  #: not shown, since a small one could be told from it


def quarter_of(day: dt.date) -> dt.date:
    """The first day of the quarter."""
    return day.replace(month=day.month - (day.month - 1) % 3, day=1)


def _quarters_before(end: dt.date, count: int) -> list[dt.date]:
    found: list[dt.date] = []
    while len(found) < count:
        end = quarter_of(end - dt.timedelta(days=1))
        found.insert(0, end)
    return found


def conversation_totals(programme: Programme, moment: Moment) -> tuple[Totals, Totals]:
    """By association, where rows and columns add up, and by topic, where one conversation may be in several rows; one
    query."""
    until = quarter_of(moment.on + dt.timedelta(days=1))
    quarters = [one for one in _quarters_before(until, QUARTERS) if one >= quarter_of(programme.starts_on)]
    if not quarters:
        return _totals(Counter(), []), _totals(Counter(), [], columns_add_up=False)
    values = {"programme": programme.pk, "known_at": moment.known_at, "since": quarters[0], "until": until}
    counted: dict[str, Counter[tuple[str, dt.date]]] = {"association": Counter(), "topic": Counter()}
    for kind, name, quarter, number in ask(_ASKED, values):
        counted[kind][name, quarter] = number
    return _totals(counted["association"], quarters), _totals(counted["topic"], quarters, columns_add_up=False)


def _totals(counted: Counter[tuple[str, dt.date]], quarters: list[dt.date], *, columns_add_up: bool = True) -> Totals:
    rows = sorted({name for name, _ in counted})
    cells = [[counted[name, quarter] for quarter in quarters] for name in rows]
    for row in cells:
        row.append(sum(row))
    if columns_add_up:
        cells.append([sum(column) for column in zip(*cells, strict=True)] if cells else [0] * (len(quarters) + 1))
    small = {(i, j) for i, row in enumerate(cells) for j, number in enumerate(row) if 0 < number < SMALLEST_CELL}
    hidden = protected(cells, columns_add_up=columns_add_up)
    return Totals(rows, quarters, cells, frozenset(small), frozenset(hidden - small))


def protected(cells: Sequence[Sequence[int]], *, columns_add_up: bool = True) -> set[Place]:
    """Which cells are not told: those under five, and as many others that none of them can be found by subtraction.

    `cells` have their totals last in each row, and where columns add up, in a last row.
    """
    hidden = {(i, j) for i, row in enumerate(cells) for j, number in enumerate(row) if 0 < number < SMALLEST_CELL}
    lines = [[(i, j) for j in range(len(row))] for i, row in enumerate(cells)]
    if columns_add_up and cells:
        lines += [[(i, j) for i in range(len(cells))] for j in range(len(cells[0]))]
    while True:
        before = len(hidden)
        for line in lines:
            while _tells(line, hidden, cells) and (more := _next(line, hidden, cells)):
                hidden.add(more)
        if len(hidden) == before:
            return hidden


def _tells(line: list[Place], hidden: set[Place], cells: Sequence[Sequence[int]]) -> bool:
    """Can what is hidden in the line be reckoned from the rest of it? One can; so can several small ones where all must
    be one, or all four."""
    parts = [place for place in line[:-1] if place in hidden]
    if line[-1] in hidden:
        return not parts
    numbers = [cells[i][j] for i, j in parts]
    if len(numbers) == 1:
        return True
    are_small = bool(numbers) and max(numbers) < SMALLEST_CELL
    return are_small and sum(numbers) in (len(numbers), len(numbers) * (SMALLEST_CELL - 1))


def _next(line: list[Place], hidden: set[Place], cells: Sequence[Sequence[int]]) -> Place | None:
    """The smallest other number of the line; its total where there is no other."""
    others = [(cells[i][j], (i, j)) for i, j in line[:-1] if (i, j) not in hidden and cells[i][j]]
    if others:
        return min(others)[1]
    return line[-1] if line[-1] not in hidden else None
