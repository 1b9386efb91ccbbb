"""By which method the rest of a line's year is foretold, chosen line by line."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from budget.models.plan import BudgetLine
from bydelsmoedre.moment import Moment
from programme.facts import DatedFact, FactQuerySet


class ForecastMethodQuerySet(FactQuerySet):
    """Which method stands."""

    def latest_of(self, line: BudgetLine, moment: Moment) -> "ForecastMethod | None":
        """The one chosen last for the line; of two of the same day the one recorded last. As the forecast asks of all
        lines at once (`reports.figures.forecast`)."""
        chosen: Any = self.at(moment).filter(line=line)
        found: ForecastMethod | None = chosen.order_by("happened_on", "recorded_at", "pk").last()
        return found


class ForecastMethod(DatedFact):
    """How what is neither spent, bound nor planned on a line is foretold, from the day on. The latest one stands;
    without any, what is usual for the kind of line does (`USUAL`)."""

    class Method(models.TextChoices):
        """A forecast assumes just one of these of a line."""

        BUDGET = "budget", _("as the budget: what is left of it is spent")
        PACE = "pace", _("as so far: as much a month as in the months that are over")
        NOTHING = "nothing", _("nothing more: only what is committed and planned")

    anchor = "line"

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="forecast_methods", verbose_name=_("budget line"))
    method = models.CharField(_("method"), max_length=10, choices=Method)

    objects = ForecastMethodQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("method of a forecast")
        verbose_name_plural = _("methods of forecasts")
        ordering = ["line", "happened_on", "pk"]

    def __str__(self) -> str:
        return f"{self.line}: {self.get_method_display()}"


#: What is assumed of a line of each kind until the secretariat chooses. Salaries are planned month by month, so nothing
#: comes besides them; an office costs about as much each month; of all else the careful guess is that it is spent.
USUAL: Mapping[str, str] = {
    BudgetLine.Kind.SALARY: ForecastMethod.Method.NOTHING,
    BudgetLine.Kind.CONCEPT: ForecastMethod.Method.BUDGET,
    BudgetLine.Kind.TRAINING: ForecastMethod.Method.BUDGET,
    BudgetLine.Kind.MEASURING: ForecastMethod.Method.BUDGET,
    BudgetLine.Kind.OFFICE: ForecastMethod.Method.PACE,
    BudgetLine.Kind.OTHER: ForecastMethod.Method.BUDGET,
}
