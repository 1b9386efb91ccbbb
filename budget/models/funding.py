"""What funders have proposed, promised, granted and paid, and when their instalments are expected."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.plan import Budget, BudgetRowQuerySet
from bydelsmoedre.history import tracked
from bydelsmoedre.money import format_amount
from programme.facts import DatedFact
from programme.models import Organisation


class FundingFact(DatedFact):
    """What a funder has proposed, promised, granted or paid: four different things, never added together."""

    class Stage(models.TextChoices):
        PROPOSED = "proposed", _("applied for / proposed")
        PROMISED = "promised", _("promised")
        GRANTED = "granted", _("granted")
        PAID = "paid", _("paid")

    anchor = "budget"

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="funding", verbose_name=_("budget"))
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="funding", verbose_name=_("funder"))
    stage = models.CharField(_("stage"), max_length=10, choices=Stage)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    decided_by = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="funding_decisions",
        verbose_name=_("decided by"),
    )
    given_by_office = models.CharField(_("given by (office)"), max_length=200, blank=True, default="")
    source = models.CharField(_("source of the money"), max_length=200, blank=True, default="")

    class Meta(DatedFact.Meta):
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                # A body decides, never the applicant.
                condition=~Q(stage="granted") | Q(decided_by__isnull=False),
                name="budget_grant_is_decided",
                violation_error_message=_("Say which body has granted the money."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_funding_above_zero",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}: {self.get_stage_display()} {format_amount(self.amount)}"


@tracked()
class Instalment(models.Model):
    """A part of a grant, and the day on which the funder is to pay it: a plan, which payments are held against."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="instalments", verbose_name=_("budget"))
    funder = models.ForeignKey(Organisation, models.PROTECT, related_name="instalments", verbose_name=_("funder"))
    due_on = models.DateField(_("due on"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    objects = BudgetRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("instalment")
        verbose_name_plural = _("instalments")
        ordering = ["budget", "due_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "funder", "due_on"],
                name="budget_instalment_once",
                violation_error_code="due_on",
                violation_error_message=_("An instalment on that day is written down already."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_instalment_above_zero",
                violation_error_code="amount",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funder}: {format_amount(self.amount)} {self.due_on:%d.%m.%Y}"
