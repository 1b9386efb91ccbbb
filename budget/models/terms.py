"""The terms of a grant, and the conditions that hold its money back until they are met."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.funding import Instalment
from budget.models.plan import Budget, BudgetRowQuerySet
from bydelsmoedre.history import tracked
from bydelsmoedre.personal import refuse_cpr
from programme.facts import DatedFact
from programme.models import Organisation

#: What holds where nothing else is agreed: the funder is asked above 10 % of a line or 100.000 kr., and for any change
#: of salaries. No law sets a limit (domain.md, "Money"); these are what funders usually ask.
DEFAULT_SHARE = Decimal("10.00")
DEFAULT_AMOUNT = Decimal("100000.00")
DEFAULT_ASKS_ABOUT_SALARIES = True


class GrantTerms(DatedFact):
    """What a funder has tied its grant to. The terms hold from their day until the day of the next ones.

    A mistake in them is superseded under the same day; when the funder agrees to others, those are recorded from a day
    of their own, so that what was moved before is still judged by what held then.
    """

    class Unused(models.TextChoices):
        RETURNED = "returned", _("paid back")
        CARRIED_OVER = "carried_over", _("carried over on application")

    anchor = "budget"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="terms", verbose_name=_("budget"))
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="grant_terms", verbose_name=_("funder"))
    case_number = models.CharField(_("case number"), max_length=60, blank=True, default="", validators=[refuse_cpr])
    report_due_on = models.DateField(_("final report and accounts due on"), null=True, blank=True)
    reallocation_share = models.DecimalField(
        _("moved without asking, per cent of a line"), max_digits=5, decimal_places=2, default=DEFAULT_SHARE
    )
    reallocation_amount = models.DecimalField(
        _("moved without asking, kr. of a line"), max_digits=14, decimal_places=2, default=DEFAULT_AMOUNT
    )
    asks_about_salaries = models.BooleanField(
        _("must be asked when salaries are changed"), default=DEFAULT_ASKS_ABOUT_SALARIES
    )
    unused = models.CharField(_("unused money is"), max_length=12, choices=Unused, default=Unused.RETURNED)
    needs_audit = models.BooleanField(_("the accounts must be audited"), default=False)

    class Meta(DatedFact.Meta):
        verbose_name = _("terms of a grant")
        verbose_name_plural = _("terms of grants")
        ordering = ["budget", "funder", "happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["budget", "funder", "happened_on"],
                condition=Q(retracted_at=None),
                name="budget_terms_once",
                violation_error_code="happened_on",
                violation_error_message=_("The funder has terms from that day already."),
            ),
            models.CheckConstraint(
                condition=Q(reallocation_share__range=(0, 100)),
                name="budget_terms_share",
                violation_error_code="reallocation_share",
                violation_error_message=_("Write a number from 0 to 100."),
            ),
            models.CheckConstraint(
                condition=Q(reallocation_amount__gte=0),
                name="budget_terms_amount",
                violation_error_code="reallocation_amount",
                violation_error_message=_("The amount cannot be below 0 kr."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}: {self._meta.verbose_name} {self.happened_on:%d.%m.%Y}"


@tracked()
class GrantCondition(models.Model):
    """Something that a funder wants done or shown. Until it is met, it holds back the instalment that hangs on it.

    That the instalment is of the same grant is kept by the foreign key `budget_condition_of_its_grant`.
    """

    #: What figures rest on: never edited once made.
    fixed = ("budget_id", "funder_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="conditions", verbose_name=_("budget"))
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="conditions", verbose_name=_("funder"))
    text = models.CharField(_("what must be met"), max_length=200, validators=[refuse_cpr])
    due_on = models.DateField(_("due on"), null=True, blank=True)
    instalment = models.ForeignKey(
        Instalment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conditions",
        verbose_name=_("holds back the instalment"),
    )

    objects = BudgetRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition of a grant")
        verbose_name_plural = _("conditions of grants")
        ordering = ["budget", "funder", "due_on", "pk"]

    def __str__(self) -> str:
        return f"{self.funder}: {self.text}"


class ConditionMet(DatedFact):
    """The condition is met from that day: what proves it is always said."""

    anchor = "condition"

    condition = models.ForeignKey(
        GrantCondition, models.PROTECT, related_name="met", verbose_name=_("condition of a grant")
    )

    class Meta(DatedFact.Meta):
        verbose_name = _("condition met")
        verbose_name_plural = _("conditions met")
        ordering = ["happened_on"]
        constraints = [
            *DatedFact.Meta.constraints,
            models.UniqueConstraint(
                fields=["condition"],
                condition=Q(retracted_at=None),
                name="budget_condition_met_once",
                violation_error_message=_("The condition is marked as met already."),
            ),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False),
                name="budget_condition_is_proved",
                violation_error_code="evidence_text",
                violation_error_message=_("Say what proves that the condition is met."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.condition.text}: {self.happened_on:%d.%m.%Y}"
