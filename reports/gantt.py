"""The work plan as a drawing: months as columns, a bar for each activity, a diamond for each milestone.

Pure: from days to coordinates. The page scales the drawing; what it says stands in the table beneath it too.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.dates import MONTHS_3

from bydelsmoedre.moment import end_of_month
from reports.figures.workplan import MilestoneFigure, State

#: The drawing's measures: the words lie left of LABELS, the days between LABELS and WIDTH less RIGHT.
WIDTH, LABELS, RIGHT, HEAD, ROW = 1120, 372, 60, 70, 27
#: Half a diamond, and how far apart the lines of dependencies run.
MARK, STEP = 7, 5
#: So many months are named at most.
MOST_MONTHS = 18
#: A day as long after the plan's end is still drawn.
SHORTLY = dt.timedelta(120)


@dataclass(frozen=True, slots=True)
class Part:
    """An activity, or what is around them, with its milestones: as it is asked for."""

    label: str
    milestones: Sequence[tuple[str, MilestoneFigure]]  #: each with its words


@dataclass(frozen=True, slots=True)
class Month:
    """A column."""

    at: float
    label: str
    year: str = ""  #: beside the first one, and each January


@dataclass(frozen=True, slots=True)
class Bar:
    """From one day to another."""

    x: float
    width: float
    css: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A diamond."""

    x: float
    css: str


@dataclass(frozen=True, slots=True)
class GanttRow:
    """A row: its words, its bars and its diamond."""

    y: float
    label: str
    is_activity: bool
    bars: list[Bar]
    mark: Mark | None = None
    planned: float | None = None  #: where it was due, if it was reached on another day


@dataclass(frozen=True, slots=True)
class Gantt:
    """A drawing, ready for `templates/programme/gantt.html`."""

    rows: list[GanttRow]
    months: list[Month]
    links: list[str]  #: paths from a milestone that is not reached to the one that waits for it
    today: float | None  #: the day asked of, where it lies within the drawing
    height: float
    width: int = WIDTH
    left: int = LABELS
    right: int = WIDTH - RIGHT
    top: int = HEAD


@dataclass
class _Scale:
    """Where each day lies."""

    first: dt.date
    last: dt.date
    ends: dict[UUID, tuple[float, float]] = field(default_factory=dict)

    def x(self, day: dt.date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LABELS + share * (WIDTH - LABELS - RIGHT), 1)


def gantt(parts: Sequence[Part], first: dt.date, last: dt.date, on: dt.date) -> Gantt | None:
    """The drawing of the plan on a day, at least from `first` to `last`; None where nothing is planned. A day shortly
    after the plan is drawn too; with one long after, the plan itself would have no room."""
    figures = [figure for part in parts for _, figure in part.milestones]
    if not figures:
        return None
    days = [day for one in figures for day in (one.starts_on, one.due_on, one.reached_on) if day]
    days += [on] if min(first, *days) <= on <= max(last, *days) + SHORTLY else []
    scale = _Scale(min(first, *days).replace(day=1), end_of_month(max(last, *days)))
    rows: list[GanttRow] = []
    for part in parts:
        rows.append(_activity(part, first, scale, HEAD + (len(rows) + 0.5) * ROW))
        for label, figure in part.milestones:
            rows.append(_milestone(label, figure, max(first, scale.first), on, scale, HEAD + (len(rows) + 0.5) * ROW))
    links = _links(figures, scale.ends)
    is_within = scale.first <= on <= scale.last
    return Gantt(rows, _months(scale), links, scale.x(on) if is_within else None, HEAD + len(rows) * ROW + 8)


def _activity(part: Part, first: dt.date, scale: _Scale, y: float) -> GanttRow:
    """The activity lasts from the first day of its milestones to the last one's."""
    figures = [figure for _, figure in part.milestones]
    if not figures:
        return GanttRow(y, part.label, is_activity=True, bars=[])
    since = min(_begins(one, first) for one in figures)
    until = max(max(one.due_on, one.reached_on or one.due_on) for one in figures)
    return GanttRow(y, part.label, is_activity=True, bars=[_bar(scale, since, until, "gantt-activity")])


def _begins(figure: MilestoneFigure, first: dt.date) -> dt.date:
    """Where no day is planned, with the programme, or with the milestone itself where that is earlier."""
    return figure.starts_on or min(first, figure.due_on, figure.reached_on or figure.due_on)


def _milestone(label: str, figure: MilestoneFigure, first: dt.date, on: dt.date, scale: _Scale, y: float) -> GanttRow:
    since = _begins(figure, first)
    done = figure.reached_on or max(min(on, figure.due_on), since)
    planned = "gantt-planned" if figure.starts_on else "gantt-undated"
    bars = [_bar(scale, since, max(figure.due_on, since), planned)]
    if figure.is_reached or (figure.starts_on and figure.state not in (State.WAITING, State.TO_COME)):
        bars.append(_bar(scale, min(since, done), done, "gantt-done"))
    if figure.days_late:
        late_until = min(figure.reached_on or on, scale.last)
        bars.append(_bar(scale, figure.due_on, late_until, "gantt-late"))
    end = scale.x(figure.reached_on or figure.due_on)
    scale.ends[figure.uuid] = end, y
    is_moved = figure.reached_on is not None and figure.reached_on != figure.due_on
    return GanttRow(
        y,
        label,
        is_activity=False,
        bars=bars,
        mark=Mark(end, figure.state),
        planned=scale.x(figure.due_on) if is_moved else None,
    )


def _bar(scale: _Scale, since: dt.date, until: dt.date, css: str) -> Bar:
    start = scale.x(since)
    return Bar(start, round(max(scale.x(until) - start, 1), 1), css)


def _months(scale: _Scale) -> list[Month]:
    """The first of each month; where there are many, not all are named."""
    firsts = []
    day = scale.first
    while day <= scale.last:
        firsts.append(day)
        day = end_of_month(day) + dt.timedelta(1)
    step = -(-len(firsts) // MOST_MONTHS)
    return [
        Month(
            scale.x(one),
            str(MONTHS_3[one.month]) if number % step == 0 else "",
            str(one.year) if number == 0 or one.month == 1 else "",
        )
        for number, one in enumerate(firsts)
    ]


def _links(figures: Sequence[MilestoneFigure], ends: Mapping[UUID, tuple[float, float]]) -> list[str]:
    """What is not reached yet waits: each line goes out on the right of the diamond that is waited for, and in on the
    right of the one that waits; those of different milestones run beside each other."""
    waiting = [one for one in figures if not one.is_reached]
    needed = list(dict.fromkeys(uuid for one in waiting for uuid in one.waits_for))
    paths = []
    for one in waiting:
        x, y = ends[one.uuid]
        for uuid in one.waits_for:
            other_x, other_y = ends[uuid]
            lane = round(max(x, other_x) + MARK + STEP * (1 + needed.index(uuid) % 8), 1)
            paths.append(f"M{other_x + MARK} {other_y}H{lane}V{y}H{x + MARK + 1}")
    return paths
