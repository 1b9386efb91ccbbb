"""The curves that pages show: each numeric criterion on its way to its target, the money on its way to its budget."""

import datetime as dt
from decimal import Decimal
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext as _

from bydelsmoedre.danish import beloeb
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import format_amount
from programme.models import Programme
from reports.figures.curves import Chart, Series, chart, steps
from reports.figures.shapes import BudgetFigure, CriterionFigure


def criterion_chart(figure: CriterionFigure, programme: Programme, moment: Moment) -> Chart | None:
    """How the criterion's number rose and fell; None for a criterion that is a decision."""
    if figure.target is None:
        return None
    known = steps(figure.changes)
    values = {"name": figure.name, "value": figure.value, "target": figure.target}
    return chart(
        key=f"kurve-{figure.number}",
        title=figure.name,
        description=_("%(name)s: %(value)s of %(target)s on the day shown.") % values,
        series=[Series(figure.name, known, moment.on)],
        first=programme.starts_on,
        deadline=figure.deadline,
        on=moment.on,
        target=figure.target,
        target_label=_("Target %(target)s") % values,
    )


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
        series=[Series(indicator.name, known, moment.on if indicator.is_computed else known[-1][0])],
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
