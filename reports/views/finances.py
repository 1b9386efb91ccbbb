"""Økonomi: the account of the budget at a Moment, for everybody who reads the programme."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from budget.models import Voucher
from budget.month_end import latest_explanations
from budget.reallocation import ReallocationFigure, reallocations
from bydelsmoedre.moment import Moment
from programme.access import StandingRequest
from programme.models import Programme
from reports import account as around
from reports.account_pages import Reading, read_account
from reports.charts import budget_chart
from reports.figures.shapes import BudgetFigure
from reports.findings import Finding, in_words
from reports.findings import found as findings_found
from reports.grants import grant_blocks, plans_of
from reports.moments import Asked

#: Findings that this page is about; two of them are mended further down, not elsewhere.
CODES = ("line_overspent", "instalment_late", "condition_unmet", "reallocation_waits")
HERE = ("line_overspent", "instalment_late")


@require_safe
def account(request: StandingRequest) -> HttpResponseBase:
    """Per line and per funder, as Danish funders ask for it. A local coordinator has no part in it."""
    reading = read_account(request)
    found = reading.budget
    if not found:
        return render(request, "budget/account.html", reading.context())
    programme, moment = reading.programme, reading.asked.moment
    if file := reading.file(lambda: around.sheet(found, programme, moment), f"projektregnskab-{found.year}"):
        return file
    return render(request, "budget/account.html", reading.context() | _context(request, reading, found))


def _context(request: Any, reading: Reading, found: BudgetFigure) -> dict[str, Any]:
    moment, programme = reading.asked.moment, reading.programme
    is_staff, may_write = reading.is_staff, reading.may_write
    facts = around.funding_facts(found, moment)
    plans = plans_of(found, moment, facts)
    return {
        "waiting": _waiting(found) if is_staff and reading.asked.is_present else 0,
        "columns": around.account_columns(found),
        "explanations": latest_explanations(found.uuid, moment),
        "share_words": _("Deviation in per cent"),
        "approvals": around.fact_lines(around.approvals(found, moment), "budgetgodkendelse", may_write=may_write),
        "findings": _findings(request, programme, reading.asked),
        "chart": budget_chart(found, programme, moment),
        "instalments": plans.instalments,
        "grants": grant_blocks(found, moment, plans.conditions, may_write=may_write),
        "facts": around.fact_lines(facts, "finansiering", may_write=may_write) if is_staff else [],
        "reallocations": _reallocations(found, programme, moment),
        "commitments": (
            around.fact_lines(around.commitments(found, moment), "disponering", may_write=may_write) if is_staff else []
        ),
    }


def _waiting(found: BudgetFigure) -> int:
    """Vouchers that are not booked yet: drafts, so only as they are now."""
    return Voucher.objects.drafts().filter(budget__uuid=found.uuid).count()


def _reallocations(found: BudgetFigure, programme: Programme, moment: Moment) -> Sequence[ReallocationFigure]:
    return list(reversed(reallocations(programme.pk, found.uuid, moment)))


def _findings(request: Any, programme: Programme, asked: Asked) -> list[Finding]:
    found = findings_found(programme, asked.moment, codes=CODES)
    return [
        replace(one, url="") if one.code in HERE else one
        for one in in_words(found, request, is_present=asked.is_present)
    ]
