"""The curves that pages show: each numeric criterion on its way to its target, the money on its way to its budget."""

import datetime as dt
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from bydelsmoedre.moment import Moment
from bydelsmoedre.money import format_amount
from programme.models import Programme
from reports.figures.curves import Chart, Series, chart, steps
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


def budget_chart(budget: BudgetFigure, programme: Programme, moment: Moment) -> Chart | None:
    """What is spent, month by month, against the corrected budget. A month's spending stands at its last day. None
    before the programme begins."""
    if moment.on < programme.starts_on:
        return None
    months: dict[dt.date, Decimal] = {}
    for line in budget.lines:
        for month, amount in line.months:
            months[month] = months.get(month, Decimal(0)) + amount
    days = sorted(months)
    totals = accumulate(months[day] for day in days)
    known = [(min(_last_day(day), moment.on), total) for day, total in zip(days, totals, strict=True)]
    values = {"spent": format_amount(budget.spent), "budget": format_amount(budget.budgeted)}
    return chart(
        key="kurve-forbrug",
        title=_("Spent so far, in kroner"),
        description=_("%(spent)s is spent of %(budget)s on the day shown.") % values,
        series=[Series(_("Spent"), known, moment.on)],
        first=programme.starts_on,
        deadline=programme.deadline,
        on=moment.on,
        target=budget.budgeted,
        target_label=_("Budget %(budget)s") % values,
        write=lambda value: format_amount(Decimal(value), ""),
    )


def _last_day(month: dt.date) -> dt.date:
    following = (month.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return following - dt.timedelta(days=1)
