"""Prognosen: the budget to the end of its year, with what it assumes."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programme.access import StandingRequest
from reports.account_pages import Reading, read_account
from reports.charts import forecast_chart
from reports.figures.forecast import forecast
from reports.figures.shapes import BudgetFigure
from reports.forecast_words import assumptions, forecast_columns, forecast_sheet, lacking, method_words


@require_safe
def forecast_page(request: StandingRequest) -> HttpResponseBase:
    """Line by line, in words and as a curve. For everybody who reads the account."""
    reading = read_account(request)
    context: dict[str, Any] = {}
    if found := reading.budget:
        figure = forecast(found, reading.asked.moment)
        name = f"prognose-{found.year}"
        if file := reading.file(lambda: forecast_sheet(figure, found.year, reading.about()), name):
            return file
        context = _context(reading, found, figure)
    return render(request, "budget/forecast.html", reading.context() | context)


def _context(reading: Reading, found: BudgetFigure, figure: Any) -> dict[str, Any]:
    return {
        "forecast": figure,
        "columns": forecast_columns(),
        "rows": [(line, assumptions(line), method_words(line)) for line in figure.lines],
        "lacking": lacking(),
        "chart": forecast_chart(found, figure),
    }
