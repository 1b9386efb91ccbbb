"""What a month's end is settled with: the bank's balance, and what explains a deviation."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.periods import ClosedMonthQuerySet
from budget.models.plan import Budget, BudgetLine
from bydelsmoedre.danish import maaned
from bydelsmoedre.money import format_amount
from bydelsmoedre.personal import refuse_cpr
from programme.facts import DatedFact


class BankBalance(DatedFact):
    """The bank (or the Foundation's account of the project) has been held against the ledger at a month's end."""

    anchor = "budget"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="bank_balances", verbose_name=_("budget"))
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    amount = models.DecimalField(_("balance"), max_digits=14, decimal_places=2)

    objects = ClosedMonthQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("bank reconciled")
        verbose_name_plural = _("banks reconciled")
        ordering = ["budget", "month"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["budget", "month"],
                condition=Q(retracted_at=None),
                name="budget_bank_balance_once",
                violation_error_message=_("The bank is reconciled for that month already."),
            ),
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="budget_bank_month_begins",
                violation_error_message=_("A month is named by its first day."),
            ),
        ]

    def __str__(self) -> str:
        return f"{maaned(self.month)}: {format_amount(self.amount)}"


class Explanation(DatedFact):
    """Why a line deviates from its budget, as funders read it (forklaring). The latest one stands."""

    anchor = "line"

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="explanations", verbose_name=_("budget line"))
    text = models.CharField(_("explanation"), max_length=500, validators=[refuse_cpr])

    class Meta(DatedFact.Meta):
        verbose_name = _("explanation of a deviation")
        verbose_name_plural = _("explanations of deviations")
        ordering = ["line", "happened_on", "pk"]

    def __str__(self) -> str:
        return self.text
