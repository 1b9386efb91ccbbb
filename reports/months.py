"""The account month by month: lines × months, with the vouchers behind each number, and the same as a file."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from uuid import UUID

from django.utils.dates import MONTHS_3
from django.utils.translation import gettext as _

from bydelsmoedre.addresses import url
from bydelsmoedre.danish import maaned
from bydelsmoedre.moment import end_of_month
from bydelsmoedre.money import ZERO
from bydelsmoedre.spreadsheets import Cell, Sheet
from reports.figures.shapes import BudgetFigure, LineFigure


@dataclass(frozen=True, slots=True)
class MonthColumn:
    """A month of the account: one of the year's twelve, or another in which something is booked on its lines."""

    first: dt.date
    heading: str
    name: str
    is_ahead: bool  #: it has not begun on the day: nothing is known of it

    @property
    def last(self) -> dt.date:
        return end_of_month(self.first)


@dataclass(frozen=True, slots=True)
class Spent:
    """What was spent in a month (None before it begins), and the address of its vouchers, for who reads them."""

    month: MonthColumn
    amount: Decimal | None
    url: str


@dataclass(frozen=True, slots=True)
class MonthRow:
    """A line of the account, or all of them together."""

    line: LineFigure | None
    cells: Sequence[Spent]
    total: Decimal
    url: str


@dataclass(frozen=True, slots=True)
class MonthTable:
    """All lines, their sum, and how far the spending has come against the corrected budget at each month's end."""

    months: Sequence[MonthColumn]
    rows: Sequence[MonthRow]
    sums: MonthRow
    cumulative: Sequence[Decimal | None]
    shares: Sequence[Decimal | None]


def month_table(budget: BudgetFigure, on: dt.date, ledger: str = "") -> MonthTable:
    """From the account's own figure, so that both always say the same. `ledger`: what follows the address of the list
    of vouchers; "" where there is no link."""
    months = _months(budget, on)
    spent = [(line, dict(line.months)) for line in budget.lines]
    booked = budget.months
    summed = {month.first: booked.get(month.first, ZERO) for month in months}
    rows = [_row(line, by, months, line.spent, ledger) for line, by in spent]
    sums = _row(None, summed, months, budget.spent, ledger)
    totals = list(accumulate(summed[month.first] for month in months))
    cumulative = [None if month.is_ahead else total for month, total in zip(months, totals, strict=True)]
    shares = [
        None if total is None or not budget.budgeted else total / budget.budgeted * 100 for total in cumulative
    ]  # fmt: skip
    return MonthTable(months, rows, sums, cumulative, shares)


def _months(budget: BudgetFigure, on: dt.date) -> list[MonthColumn]:
    year = {dt.date(budget.year, number, 1) for number in range(1, 13)}
    return [
        MonthColumn(first, _heading(first, budget.year), maaned(first), is_ahead=first > on)
        for first in sorted(year | set(budget.months))
    ]


def _heading(first: dt.date, year: int) -> str:
    short = str(MONTHS_3[first.month])
    return short if first.year == year else f"{short} {first.year}"


def _row(
    line: LineFigure | None, spent: dict[dt.date, Decimal], months: list[MonthColumn], total: Decimal, ledger: str
) -> MonthRow:
    uuid = line.uuid if line else None
    cells = [
        Spent(month, None if month.is_ahead else spent.get(month.first, ZERO), _vouchers(ledger, uuid, month))
        for month in months
    ]
    return MonthRow(line, cells, total, _vouchers(ledger, uuid))


def _vouchers(ledger: str, line: UUID | None, month: MonthColumn | None = None) -> str:
    """The list of vouchers, of the line and within the month."""
    if not ledger:
        return ""
    asked = ([f"post={line}"] if line else []) + ([f"fra={month.first}", f"til={month.last}"] if month else [])
    return url("budget:postings") + (ledger + "&".join(asked)).rstrip("?&")


def month_sheet(budget: BudgetFigure, table: MonthTable, about: Sequence[tuple[str, str]]) -> Sheet:
    """As on the page: a row for each line, their sum, and what is spent until each month's end."""
    headings = [_("No."), _("Budget line"), *(month.name.capitalize() for month in table.months), _("Sum")]
    headings.append(_("Corrected budget"))
    return Sheet(_("Month by month %(year)s") % {"year": budget.year}, headings, _rows(budget, table), about)


def _rows(budget: BudgetFigure, table: MonthTable) -> Iterator[list[Cell]]:
    for row in table.rows:
        if row.line:
            amounts: list[Cell] = [cell.amount for cell in row.cells]
            yield [row.line.number, row.line.name, *amounts, row.total, row.line.budgeted]
    summed: list[Cell] = [cell.amount for cell in table.sums.cells]
    yield [None, _("Sum of the lines"), *summed, budget.spent, budget.budgeted]
    yield [None, _("Spent until the month's end"), *table.cumulative, None, None]
    shares = [None if share is None else round(share, 1) for share in table.shares]
    yield [None, _("In per cent of the corrected budget"), *shares, None, None]
