"""The ledger: what is spent, reversed, never edited; and what is bound but not spent yet."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from budget.models.plan import BudgetLine
from budget.models.vouchers import Voucher
from bydelsmoedre.moment import Moment
from bydelsmoedre.money import format_amount
from bydelsmoedre.personal import refuse_cpr
from bydelsmoedre.searching import SearchKey
from programme.facts import DatedFact, FactQuerySet, PeriodFact
from programme.models import Organisation
from training.models import Course


def posting_key() -> SearchKey:
    """What a posting is found by."""
    return SearchKey("text", "voucher", "supplier")


class PostingQuerySet(FactQuerySet):
    """Postings are never retracted, so plain columns (and their index) ask what `at(moment)` asks."""

    def until(self, moment: Moment) -> Self:
        return self.filter(happened_on__lte=moment.on, recorded_at__lte=moment.known_at)


class Posting(DatedFact):
    """An amount spent on a line. A posting is reversed by one with the opposite sign, never edited.

    It comes from a voucher that another person has approved, or from an accounting system, which is named. That a
    reversal mirrors the posting it reverses (same line, opposite amount, no reversal itself) is kept by the trigger
    `posting_reversal`.
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
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("funder")
    )
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="postings", verbose_name=_("association")
    )
    reverses = models.UUIDField(_("reverses"), null=True, blank=True, editable=False)
    booked_from = models.ForeignKey(
        Voucher,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="postings",
        verbose_name=_("booked from"),
    )
    source = models.CharField(
        _("accounting system"), max_length=60, blank=True, default="", editable=False, validators=[refuse_cpr]
    )

    objects = PostingQuerySet.as_manager()  # type: ignore[misc]  # asks more than Fact's

    class Meta(DatedFact.Meta):
        verbose_name = _("posting")
        verbose_name_plural = _("postings")
        indexes = [
            *DatedFact.Meta.indexes,
            # the sums of a line are read from the index alone
            models.Index(fields=["line", "happened_on"], include=["amount", "recorded_at"], name="budget_posting_line"),
            models.Index(fields=["course"], condition=Q(course__isnull=False), name="budget_posting_course"),
            models.Index(
                fields=["booked_from"], condition=Q(booked_from__isnull=False), name="budget_posting_booked_from"
            ),
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
                # A voucher of ours may have two parts that are alike; its number is given once.
                condition=~Q(voucher="") & Q(reverses=None, booked_from=None),
                name="budget_posting_voucher_once",
                violation_error_code="voucher",
                violation_error_message=_("That voucher is booked already on that line with that amount and date."),
            ),
            models.CheckConstraint(
                condition=Q(booked_from__isnull=False, source="") | Q(booked_from=None) & ~Q(source=""),
                name="budget_posting_has_origin",
                violation_error_message=_("A posting comes from a voucher or from an accounting system."),
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
