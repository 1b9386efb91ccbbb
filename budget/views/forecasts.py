"""Choosing how the rest of a line's year is foretold."""

from functools import partial
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from budget.forms.forecasts import ForecastMethodForm
from budget.models import BudgetLine, ForecastMethod
from budget.models.forecasts import USUAL
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import enter
from bydelsmoedre.moment import Moment, today
from programme.access import StandingRequest, fetch


def choose_method(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """For the secretariat: one of the three methods, from a day on."""
    lines = BudgetLine.objects.select_related("budget__programme")
    line: BudgetLine = fetch(lines, request.user, uuid, change=True)
    latest = ForecastMethod.objects.latest_of(line, Moment(today()))
    return enter(
        request,
        partial(ForecastMethodForm, line=line, standing=latest.method if latest else USUAL[line.kind]),
        save=lambda form: form.record(by=request.user, programme=line.budget.programme),
        title=_("Choose the method of the forecast"),
        intro=f"{line.number}. {line.name}",
        back_url=url("budget:forecast"),
    )
