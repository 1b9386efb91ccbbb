"""The ledger: what is spent, reversed, never edited; and what is bound but not spent yet."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budget.models.plan import BudgetLine
from bydelsmoedre.money import format_amount
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.searching import SearchKey
from programme.facts import DatedFact, PeriodFact
from training.models import Course


def posting_key() -> SearchKey:
    """What a posting is found by."""
    return SearchKey("text", "voucher", "supplier")


class Posting(DatedFact):
    """An amount spent on a line. A posting is reversed by one with the opposite sign, never edited.

    That a reversal mirrors the posting it reverses (same line, opposite amount, no reversal itself) is kept by the
    trigger `posting_reversal`.
    """

    anchor = "line"
    is_retractable = False

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="postings", verbose_name=_("budget line"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    text = models.CharField(_("text"), max_length=200, validators=[refuse_cpr])
    voucher = models.CharField(_("voucher number"), max_length=30, blank=True, default="", validators=[refuse_cpr])
    supplier = models.CharField(_("supplier"), max_length=120, blank=True, default="", validators=[refuse_cpr])
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("course")
    )
    reverses = models.UUIDField(_("reverses"), null=True, blank=True, editable=False)

    class Meta(DatedFact.Meta):
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [
            *DatedFact.Meta.indexes,
            # the sums of a line are read from the index alone
            models.Index(fields=["line", "happened_on"], include=["amount", "recorded_at"], name="budget_posting_line"),
            models.Index(fields=["course"], condition=Q(course__isnull=False), name="budget_posting_course"),
            models.Index(fields=["happened_on"], name="budget_posting_day"),  # the latest first, a page at a time
            GinIndex(OpClass(posting_key(), name="gin_trgm_ops"), name="budget_posting_found"),
        ]
        constraints = [
            *DatedFact.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="budget_posting_not_zero",
                violation_error_code="amount",
                violation_error_message=_("The amount cannot be 0 kr."),
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                name="budget_posting_reversed_once",
                violation_error_message=_("The posting is reversed already."),
            ),
            models.UniqueConstraint(
                fields=["line", "voucher", "amount", "happened_on"],
                condition=~Q(voucher="") & Q(reverses=None),
                name="budget_posting_voucher_once",
                violation_error_code="voucher",
                violation_error_message=_("That voucher is booked already on that line with that amount and date."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {format_amount(self.amount)}"


class Commitment(PeriodFact):
    """An amount bound to a line but not spent yet, for as long as it is bound."""

    anchor = "line"

    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="commitments", verbose_name=_("budget line"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    text = models.CharField(_("text"), max_length=200, validators=[refuse_cpr])

    class Meta(PeriodFact.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [
            *PeriodFact.Meta.constraints,
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_commitment_above_zero",
                violation_error_code="amount",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.text}: {format_amount(self.amount)}"
