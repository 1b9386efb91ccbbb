"""Måned for måned: each line's spending in each month, with the vouchers behind it."""

from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programme.access import StandingRequest
from reports.account_pages import read_account
from reports.months import month_sheet, month_table


@require_safe
def by_month(request: StandingRequest) -> HttpResponseBase:
    """Lines × months. Who reads the vouchers goes to them from each number."""
    reading = read_account(request)
    context: dict[str, Any] = {}
    if found := reading.budget:
        table = month_table(found, reading.on, reading.ledger)
        name = f"maaned-for-maaned-{found.year}"
        if file := reading.file(lambda: month_sheet(found, table, reading.about()), name):
            return file
        context = {"table": table}
    return render(request, "budget/by_month.html", reading.context() | context)
