"""Hele landet: how far each programme is that the Foundation follows. The same figures as each programme's own pages,
of all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bydelsmoedre.moment import Moment
from programme.models import CriterionVersion, Programme
from reports.figures.counts import counts_of_each
from reports.figures.criteria import figures_of_each, measures_of_each
from reports.figures.finances import budgets_of_each
from reports.figures.shapes import BudgetFigure, CountsFigure, CriterionFigure

Rule = CriterionVersion.Rule


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme with its figures at a Moment."""

    programme: Programme
    criteria: list[CriterionFigure]
    counts: CountsFigure
    budget: BudgetFigure | None

    @property
    def met(self) -> int:
        return sum(one.is_met for one in self.criteria)

    def of_rule(self, rule: str) -> CriterionFigure | None:
        """The criterion that is measured by the rule; the first one where there are several."""
        return next((one for one in self.criteria if one.rule == rule), None)

    @property
    def associations(self) -> CriterionFigure | None:
        return self.of_rule(Rule.ASSOCIATIONS_FOUNDED)

    @property
    def coordinators(self) -> CriterionFigure | None:
        return self.of_rule(Rule.COORDINATORS_TRAINED)

    @property
    def budgeted(self) -> Decimal | None:
        """None where there is no budget: that is not zero."""
        return self.budget.budgeted if self.budget else None

    @property
    def spent(self) -> Decimal | None:
        return self.budget.spent if self.budget else None


def programme_lines(programmes: Sequence[Programme], moment: Moment) -> list[ProgrammeLine]:
    """Each programme with its figures; four queries however many programmes there are."""
    criteria = figures_of_each(measures_of_each(programmes, moment))
    counted = counts_of_each(programmes, moment)
    money = budgets_of_each(programmes, moment)
    return [ProgrammeLine(*told) for told in zip(programmes, criteria, counted, money, strict=True)]
