"""Bidragyderne: the account as each funder asks for it."""

from collections.abc import Iterator
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.month_end import latest_explanations
from bydelsmoedre.money import ZERO
from bydelsmoedre.spreadsheets import Cell, Sheet
from programme.access import StandingRequest
from reports.account_pages import Reading, read_account
from reports.figures.funders import FunderAccount, FundersFigure, by_funder
from reports.figures.shapes import BudgetFigure


@require_safe
def by_funder_page(request: StandingRequest) -> HttpResponseBase:
    """Granted, paid, spent, left and liquid for each funder; then lines × funders."""
    reading = read_account(request)
    context: dict[str, Any] = {}
    if found := reading.budget:
        figure = by_funder(found, reading.asked.moment)
        if file := reading.file(lambda: _sheet(reading, found, figure), f"bidragydere-{found.year}"):
            return file
        context = {
            "figure": figure,
            "columns": funder_columns(),
            "explanations": latest_explanations(found.uuid, reading.asked.moment),
        }
    return render(request, "budget/by_funder.html", reading.context() | context)


def funder_columns() -> list[tuple[str, str]]:
    """The columns in kroner, by the figure's own names."""
    return [
        ("granted", _("Granted")),
        ("paid", _("Paid")),
        ("named", _("Booked on the funder")),
        ("divided", _("Part of what names nobody")),
        ("spent", _("Spent in all")),
        ("rest", _("Left of the grant")),
        ("liquidity", _("Paid less spent")),
    ]


def _sheet(reading: Reading, found: BudgetFigure, figure: FundersFigure) -> Sheet:
    headings = [_("Funder"), *(words for _name, words in funder_columns()), *(line.name for line in found.lines)]
    return Sheet(_("By funder %(year)s") % {"year": found.year}, headings, _rows(found, figure), reading.about())


def _rows(found: BudgetFigure, figure: FundersFigure) -> Iterator[list[Cell]]:
    for one in figure.funders:
        yield [one.funder, *_cells(one), *(one.lines.get(line.uuid, ZERO) for line in found.lines)]
    if figure.undivided:
        spent = [figure.not_divided if name == "spent" else None for name, _words in funder_columns()]
        yield [_("Not divided yet"), *spent, *(figure.undivided.get(line.uuid, ZERO) for line in found.lines)]
    yield [_("In all"), *_cells(figure), *(line.spent for line in found.lines)]


def _cells(row: FunderAccount | FundersFigure) -> list[Cell]:
    return [getattr(row, name) for name, _words in funder_columns()]
