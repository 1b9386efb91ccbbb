"""The budget, measured: per line and per funder, as of any Moment. Sums are exact; nothing is clamped."""

from decimal import Decimal
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from budget.models import Allocation, Budget, BudgetApproval, BudgetLine, Commitment, FundingFact, Posting
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import ZERO
from programme.models import Programme
from reports.figures.shapes import BudgetFigure, FundingFigure, LineFigure


def budget(programme: Programme, moment: Moment) -> BudgetFigure | None:
    """The budget of the Moment's year (else the latest before it, else the first); three queries. None without one."""
    found = _budget_of(programme, moment)
    if found is None:
        return None
    return BudgetFigure(
        uuid=found.uuid,
        year=found.year,
        price_level=found.price_level,
        state="approved" if found.approved_on else "proposed",
        approved_on=found.approved_on,
        stated_total=found.stated_total,
        stated_as=found.stated_as,
        lines=tuple(_lines(found, moment)),
        funding=tuple(_funding(found, moment)),
    )


def _budget_of(programme: Programme, moment: Moment) -> Any:
    approval = BudgetApproval.objects.at(moment).filter(budget=OuterRef("pk")).order_by("happened_on")
    asked = list(
        Budget.objects.filter(programme=programme)
        .annotate(approved_on=Subquery(approval.values("happened_on")[:1]))
        .order_by("year")
    )
    earlier = [one for one in asked if one.year <= moment.on.year]
    return next(iter(earlier[-1:] or asked[:1]), None)


def _total(facts: QuerySet) -> Coalesce:
    """The sum of the facts' amounts on a line, as a subquery; 0,00 where there are none."""
    summed = facts.filter(line=OuterRef("pk")).order_by().values("line").annotate(total=Sum("amount"))
    return Coalesce(Subquery(summed.values("total")), ZERO)


def _lines(found: Budget, moment: Moment) -> list[LineFigure]:
    lines = BudgetLine.objects.filter(budget=found).annotate(
        budgeted=_total(Allocation.objects.at(moment)),
        spent=_total(Posting.objects.at(moment)),
        committed=_total(Commitment.objects.at(moment)),
    )
    return [
        LineFigure(line.uuid, line.number, line.name, line.budgeted, line.spent, line.committed)
        for line in lines.order_by("number")
    ]


def _funding(found: Budget, moment: Moment) -> list[FundingFigure]:
    """One row per funder, in the order in which they first appear."""
    summed = (
        FundingFact.objects.at(moment)
        .filter(budget=found)
        .values("funder__uuid", "funder__name", "funder_id", "stage")
        .annotate(total=Sum("amount"))
        .order_by("funder_id")
    )
    funders: dict[int, dict[str, Any]] = {}
    for row in summed:
        funder = funders.setdefault(row["funder_id"], {"uuid": row["funder__uuid"], "funder": row["funder__name"]})
        funder[row["stage"]] = row["total"]
    stages: dict[str, Decimal] = dict.fromkeys(FundingFact.Stage.values, ZERO)
    return [FundingFigure(**(stages | funder)) for funder in funders.values()]
