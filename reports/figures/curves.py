"""Curves: how a number rose and fell from day to day, as a step line in an SVG and as the rows of a table.

Pure: from steps of (day, value) to coordinates. A value holds from its day until the next one's.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.dates import MONTHS_3

from bydelsmoedre.danish import kort_dato

Value = int | Decimal
Steps = Sequence[tuple[dt.date, Value]]

#: The drawing's measures; the page scales them. The plot lies between TOP and BOTTOM, and from 0 to WIDTH.
WIDTH, HEIGHT, TOP, BOTTOM = 640, 308, 52, 252
#: So many months are named at most, and so many rows stand in the table.
MOST_TICKS, MOST_ROWS = 13, 40


@dataclass(frozen=True, slots=True)
class Series:
    """One line as it is asked for: what it is called, its values, and up to which day it is known."""

    label: str
    steps: Steps
    until: dt.date
    css: str = "curve-line"
    since: dt.date | None = None  #: begins on that day, not with the drawing
    is_straight: bool = False  #: from value to value, where nobody knows of the days between

    def value(self, day: dt.date) -> Value | None:
        """What stands on a day; None where the line does not reach."""
        is_there = (self.since or day) <= day <= self.until
        return value_on(self.steps, day) if is_there else None


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn."""

    label: str
    points: str  #: "x,y x,y …"
    last: str  #: the value at its end, as it is written
    css: str
    x: float  #: its end
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on an axis, with its words."""

    at: float
    label: str
    second: str = ""  #: a second line of words
    is_minor: bool = False  #: not named where there is little room


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its words and its numbers, ready for `templates/includes/curve.html`."""

    key: str  #: tells charts of one page apart
    title: str
    description: str
    lines: list[Line]
    months: list[Tick]
    levels: list[Tick]
    target: Tick | None
    now: Tick | None  #: the day asked of
    deadline: Tick | None  #: where it is passed
    columns: list[str]  #: the table's headings, after the day's
    rows: list[tuple[str, list[str]]]  #: a day, and each line's value on it

    width: int = WIDTH
    height: int = HEIGHT
    top: int = TOP
    bottom: int = BOTTOM


def steps(changes: Iterable[tuple[dt.date, Value]]) -> list[tuple[dt.date, Value]]:
    """From changes, in order of days, to what stood after each; a day on which nothing came of it is left out."""
    found: list[tuple[dt.date, Value]] = []
    total: Value = 0
    for day, change in changes:
        total += change
        if found and found[-1][0] == day:
            found.pop()
        if total != (found[-1][1] if found else 0):
            found.append((day, total))
    return found


def value_on(known: Steps, day: dt.date) -> Value:
    """What stood on a day; 0 before the first step."""
    return next((value for since, value in reversed(known) if since <= day), 0)


@dataclass(frozen=True, slots=True)
class Plane:
    """Where days and values lie in the drawing."""

    first: dt.date
    last: dt.date
    low: float
    high: float

    def x(self, day: dt.date) -> float:
        share = (min(max(day, self.first), self.last) - self.first).days / max((self.last - self.first).days, 1)
        return round(share * WIDTH, 1)

    def y(self, value: Value) -> float:
        return round(BOTTOM - (float(value) - self.low) / (self.high - self.low) * (BOTTOM - TOP), 1)

    def points(self, one: Series) -> list[tuple[float, float]]:
        """The corners of a line from its first day to the last that is known."""
        first = max(one.since or self.first, self.first)
        value = value_on(one.steps, first)
        found = [(self.x(first), self.y(value))]
        for day, following in one.steps:
            if first < day <= min(one.until, self.last):
                found += [] if one.is_straight else [(self.x(day), self.y(value))]
                found.append((self.x(day), self.y(following)))
                value = following
        return [*found, (self.x(one.until), self.y(value))]


def chart(
    *,
    key: str,
    title: str,
    description: str,
    series: Sequence[Series],
    first: dt.date,
    deadline: dt.date,
    on: dt.date,
    target: Value | None = None,
    target_label: str = "",
    write: Callable[[Value], str] = str,
) -> Chart:
    """The drawing of some lines from a programme's first day to its deadline, or to the day asked of where that is
    later."""
    plane = _plane(series, target, first, max(deadline, on))
    return Chart(
        key=key,
        title=title,
        description=description,
        lines=[_line(one, plane, write) for one in series],
        months=_months(plane),
        levels=_levels(plane, target, write),
        target=None if target is None else Tick(plane.y(target), target_label),
        now=Tick(plane.x(on), kort_dato(on)) if first <= on else None,
        deadline=_passed(deadline, on, plane),
        columns=[one.label for one in series],
        rows=_rows(series, plane, write),
    )


def _passed(deadline: dt.date, on: dt.date, plane: Plane) -> Tick | None:
    """The deadline where it is passed; named where that does not stand in the words of the day asked of."""
    if on <= deadline:
        return None
    is_apart = plane.x(on) - plane.x(deadline) > 88
    return Tick(plane.x(deadline), kort_dato(deadline) if is_apart else "", is_minor=True)


def _plane(series: Sequence[Series], target: Value | None, first: dt.date, last: dt.date) -> Plane:
    values = [float(value) for one in series for _, value in one.steps] + [float(target or 0), 0.0]
    high, low = max(values), min(values)
    return Plane(first, last, low, high if high > low else low + 1)


def _line(one: Series, plane: Plane, write: Callable[[Value], str]) -> Line:
    corners = plane.points(one)
    x, y = corners[-1]
    points = " ".join(f"{left:g},{top:g}" for left, top in corners)
    return Line(one.label, points, write(value_on(one.steps, one.until)), one.css, x, y)


def _months(plane: Plane) -> list[Tick]:
    """The first days of months, as many as there is room for; with the year where it begins and at the start."""
    days = _firsts_of_months(plane.first, plane.last)
    apart = next(step for step in (1, 2, 3, 4, 6, 12, 24, 60, 120, 1200) if len(days) <= step * MOST_TICKS)
    chosen = [day for day in days[::apart] if plane.x(day) < WIDTH - 24]
    return [_month(day, number, plane) for number, day in enumerate(chosen)]


def _month(day: dt.date, number: int, plane: Plane) -> Tick:
    year = str(day.year) if number == 0 or day.month == 1 else ""
    return Tick(plane.x(day), str(MONTHS_3[day.month]), year, is_minor=number % 3 > 0)


def _firsts_of_months(first: dt.date, last: dt.date) -> list[dt.date]:
    begin = first.year * 12 + first.month - 1 + (first.day > 1)
    end = last.year * 12 + last.month - 1
    return [dt.date(month // 12, month % 12 + 1, 1) for month in range(begin, end + 1)]


def _levels(plane: Plane, target: Value | None, write: Callable[[Value], str]) -> list[Tick]:
    """Round values up the side, but for those whose words would stand in the target's."""
    span = plane.high - plane.low
    step = next(one for one in _round_numbers() if span / one <= 4)
    values = [Decimal(step) * number for number in range(int(plane.low // step), int(plane.high // step) + 1)]
    return [
        Tick(plane.y(value), write(value))
        for value in values
        if plane.low <= value and (target is None or abs(plane.y(value) - plane.y(target)) > 20)
    ]


def _round_numbers() -> Iterable[int]:
    size = 1
    while True:
        yield from (size, 2 * size, 5 * size)
        size *= 10


def _rows(series: Sequence[Series], plane: Plane, write: Callable[[Value], str]) -> list[tuple[str, list[str]]]:
    """Each day on which a line rose or fell; where those are many, the first of each month and the last day."""
    last = max((one.until for one in series), default=plane.last)
    days = sorted({day for one in series for day, _ in one.steps if day <= one.until})
    if len(days) > MOST_ROWS:
        days = [*_firsts_of_months(plane.first, last), last]

    def told(one: Series, day: dt.date) -> str:
        value = one.value(day)
        return "" if value is None else write(value)

    return [(kort_dato(day), [told(one, day) for one in series]) for day in days]
