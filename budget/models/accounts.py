"""Which line of the budget an accounting system's account belongs to."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from budget.models.plan import Budget, BudgetLine, BudgetRowQuerySet
from bydelsmoedre.history import tracked


@tracked()
class AccountLine(models.Model):
    """An account and its line, remembered from the import that said so to the next."""

    #: Moved to another line, what is booked already would be booked there once more.
    fixed = ("budget_id", "account", "line_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="accounts", verbose_name=_("budget"))
    account = models.CharField(_("account"), max_length=20)
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="accounts", verbose_name=_("budget line"))

    objects = BudgetRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("account of an accounting system")
        verbose_name_plural = _("accounts of an accounting system")
        ordering = ["budget", "account"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "account"],
                name="budget_account_once",
                violation_error_code="account",
                violation_error_message=_("The account has a line already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account}: {self.line}"
