"""The curves that pages show: each numeric criterion on its way to its target, the money on its way to its budget."""

import datetime as dt
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.danish import beloeb, dato
from bydelsmoedre.moment import Moment, end_of_month
from bydelsmoedre.money import format_amount
from programme.models import Programme
from reports.figures.curves import Chart, Series, chart, steps
from reports.figures.forecast import Forecast
from reports.figures.outlook import Outlook
from reports.figures.shapes import BudgetFigure, CriterionFigure


def criterion_chart(
    figure: CriterionFigure, programme: Programme, moment: Moment, outlook: Outlook | None = None
) -> Chart | None:
    """How the criterion's number rose and fell, and where there is an outlook how it is expected to go on until the
    deadline; None for a criterion that is a decision."""
    if figure.target is None:
        return None
    known = steps(figure.changes)
    values = {"name": figure.name, "value": figure.value, "target": figure.target}
    return chart(
        key=f"kurve-{figure.number}",
        title=figure.name,
        description=_("%(name)s: %(value)s of %(target)s on the day shown.") % values,
        series=[Series(figure.name, known, moment.on), *_expected(outlook, moment)],
        first=programme.starts_on,
        deadline=figure.deadline,
        on=moment.on,
        target=figure.target,
        target_label=_("Target %(target)s") % values,
    )


def _expected(outlook: Outlook | None, moment: Moment) -> list[Series]:
    """The dashed line from today to the deadline."""
    if outlook is None:
        return []
    label = _("Expected at the deadline")
    return [Series(label, outlook.steps, outlook.deadline, "curve-second", since=moment.on)]


def effect_chart(indicator: Any, line: Any, known: list[tuple[dt.date, Decimal]], moment: Moment) -> Chart:
    """How an effect indicator's number went. It begins with the baseline, else with the first measurement: what nobody
    has measured is not drawn as 0. Only what is counted as it happens begins at 0."""
    programme = indicator.programme
    begins = min(programme.starts_on, known[0][0])
    if not indicator.is_computed and indicator.baseline is None:
        begins = known[0][0]
    elif not indicator.is_computed:
        known = [(begins, indicator.baseline), *known]
    target = line.target.value if line.target else None
    values = {"name": indicator.name, "value": line.words, "unit": indicator.unit}
    return chart(
        key="kurve-effekt",
        title=f"{indicator.name} ({indicator.unit})",
        description=_("%(name)s: the latest number is %(value)s %(unit)s.") % values,
        series=[Series(indicator.name, known, line.until if indicator.is_computed else known[-1][0])],
        first=begins,
        deadline=max(programme.deadline, line.target.ended_on) if line.target else programme.deadline,
        on=moment.on,
        target=target,
        target_label="" if target is None else _("Target %(target)s") % {"target": beloeb(target)},
        write=lambda value: beloeb(Decimal(value)),
    )


def budget_chart(budget: BudgetFigure, programme: Programme, moment: Moment) -> Chart | None:
    """What is spent, month by month, against the corrected budget. A month's spending stands at its last day. None
    before the programme begins."""
    if moment.on < programme.starts_on:
        return None
    values = {"spent": format_amount(budget.spent), "budget": format_amount(budget.budgeted)}
    return chart(
        key="kurve-forbrug",
        title=_("Spent so far, in kroner"),
        description=_("%(spent)s is spent of %(budget)s on the day shown.") % values,
        series=[Series(_("Spent"), _spending(budget, moment.on), moment.on)],
        first=programme.starts_on,
        deadline=programme.deadline,
        on=moment.on,
        target=budget.budgeted,
        target_label=_("Budget %(budget)s") % values,
        write=lambda value: format_amount(Decimal(value), ""),
    )


def forecast_chart(budget: BudgetFigure, found: Forecast) -> Chart | None:
    """The year's spending until the day, and the forecast from there to its end, against the corrected budget. Nobody
    knows how the forecast falls on the days between, so it is straight. None before the year begins."""
    first = found.ends_on.replace(month=1, day=1)
    if found.on < first:
        return None
    known = _spending(budget, found.on)
    series = [Series(_("Spent"), known, found.on)]
    values = {"spent": format_amount(budget.spent), "budget": format_amount(budget.budgeted)}
    description = _("%(spent)s is spent of %(budget)s on the day shown.") % values
    if not found.is_over:
        ahead = [(found.on, budget.spent), (found.ends_on, found.total)]
        series.append(
            Series(_("Forecast"), ahead, found.ends_on, "curve-forecast", since=found.on, is_straight=True)
        )  # fmt: skip
        told = {"total": format_amount(found.total), "day": dato(found.ends_on)}
        description += " " + _("The forecast says %(total)s on %(day)s.") % told
    return chart(
        key="kurve-prognose",
        title=_("Spending and forecast, in kroner"),
        description=description,
        series=series,
        first=first,
        deadline=found.ends_on,
        on=found.on,
        target=budget.budgeted,
        target_label=_("Budget %(budget)s") % values,
        write=lambda value: format_amount(Decimal(value), ""),
    )


def _spending(budget: BudgetFigure, on: dt.date) -> list[tuple[dt.date, Decimal]]:
    """What was spent in all at the end of each month with spending, or on the day where that is earlier."""
    months = budget.months
    totals = accumulate(months.values())
    return [(min(end_of_month(day), on), total) for day, total in zip(months, totals, strict=True)]
