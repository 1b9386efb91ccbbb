"""Scenarios as bars: each year's cost as an outline, what is expected as its filling, the municipal part of that
marked, and the estimate of the paid model as a line. From figures to coordinates; nothing is reckoned here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget.selffinancing import Outcome, Year
from bydelsmoedre.money import format_amount

#: The drawing's measures; the page scales them. Bars stand right of LEFT, between TOP and BOTTOM.
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 420, 130, 44, 352
WIDEST = 46
LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One scenario in one year."""

    letter: str  #: "" where only one scenario is shown
    middle: float
    cost: Box
    covered: Box
    municipal: Box
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A height with its words."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Bars:
    """A drawing, ready for `templates/budget/scenario_chart.html`."""

    bars: list[Bar]
    years: list[Mark]
    levels: list[Mark]
    estimate: Mark | None

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = BOTTOM


def bars(outcomes: Sequence[Outcome], estimate: Decimal | None) -> Bars:
    """Up to four scenarios, year by year, on one scale that holds the estimate too."""
    years = sorted({year.year for one in outcomes for year in one.years})
    heights = [max(year.cost, year.covered) for one in outcomes for year in one.years]
    top = max([*heights, estimate or Decimal(0), Decimal(1)])
    slot = (WIDTH - LEFT) / max(len(years), 1)
    return Bars(
        bars=list(_bars(outcomes, years, slot, top)),
        years=[Mark(round(LEFT + slot * (place + 0.5), 1), str(year)) for place, year in enumerate(years)],
        levels=list(_levels(top, estimate)),
        estimate=Mark(_y(estimate, top), format_amount(estimate)) if estimate else None,
    )


def _bars(outcomes: Sequence[Outcome], years: Sequence[int], slot: float, top: Decimal) -> Iterator[Bar]:
    width = min(WIDEST, slot * 0.84 / max(len(outcomes), 1))
    for place, year in enumerate(years):
        begin = LEFT + slot * (place + 0.5) - width * len(outcomes) / 2
        for number, one in enumerate(outcomes):
            if found := one.of_year(year):
                letter = LETTERS[number] if len(outcomes) > 1 else ""
                yield _bar(found, letter, begin + width * number, width, top)


def _bar(year: Year, letter: str, x: float, width: float, top: Decimal) -> Bar:
    def box(amount: Decimal, inset: float) -> Box:
        y = _y(amount, top)
        return Box(round(x + inset, 1), y, round(width - 2 * inset, 1), round(BOTTOM - y, 1))

    return Bar(
        letter=letter,
        middle=round(x + width / 2, 1),
        cost=box(year.cost, width * 0.06),
        covered=box(year.covered, width * 0.2),
        municipal=box(year.municipal, width * 0.2),
        words=f"{year.year}: {format_amount(year.cost)} / {format_amount(year.covered)}",
    )


def _y(amount: Decimal, top: Decimal) -> float:
    return round(BOTTOM - float(amount / top) * (BOTTOM - TOP), 1)


def _levels(top: Decimal, estimate: Decimal | None) -> Iterator[Mark]:
    """Round amounts up the side, but for those whose words would stand in the estimate's."""
    step = Decimal(1)
    while top / step > 4:
        step *= 10
    step = next(step * part for part in (Decimal("0.2"), Decimal("0.5"), Decimal(1)) if top / (step * part) <= 5)
    level = Decimal(0)
    while level <= top:
        at = _y(level, top)
        if estimate is None or abs(at - _y(estimate, top)) > 26:
            yield Mark(at, format_amount(level, ""))
        level += step
