"""Vouchers as they are entered: drafts, until another person approves them and they are booked."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from budget.models.plan import Budget, BudgetLine
from bydelsmoedre.history import tracked
from bydelsmoedre.money import format_amount
from bydelsmoedre.personal import refuse_cpr
from programme.access import STAFF, ReachQuerySet
from programme.models import Evidence, Organisation
from training.models import Course


class VoucherQuerySet(ReachQuerySet):
    """Entered by the secretariat, seen by it and the Foundation: what stands on a voucher is not for the
    municipality."""

    programme_path = "budget__programme"
    readers = STAFF

    def drafts(self) -> Self:
        """All that is not booked, sent back or not."""
        return self.filter(number=None)


@tracked()
class Voucher(models.Model):
    """A voucher, divided into its shares. A draft can be changed; booked, it has a number and never changes.

    The database gives the numbers, one after another without gaps within a budget, and refuses that whoever entered a
    voucher approves it, and that what is booked differs from the voucher's shares (migration 0011).
    """

    anchor = "budget"
    #: What figures rest on: never edited once made.
    fixed = ("budget_id",)

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="vouchers", verbose_name=_("budget"))
    happened_on = models.DateField(_("date"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    text = models.CharField(_("text"), max_length=200, validators=[refuse_cpr])
    supplier = models.CharField(_("supplier"), max_length=120, blank=True, default="", validators=[refuse_cpr])
    reference = models.CharField(
        _("invoice number"), max_length=30, blank=True, default="", validators=[refuse_cpr]
    )  # fmt: skip
    note = models.TextField(_("note"), blank=True, default="", max_length=2000, validators=[refuse_cpr])
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("evidence")
    )
    #: The posting that is reversed when this is booked.
    corrects = models.UUIDField(_("corrects"), null=True, blank=True, editable=False)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"), editable=False
    )
    entered_at = models.DateTimeField(_("entered at"), auto_now=True)
    returned_reason = models.CharField(
        _("reason for sending back"), max_length=500, blank=True, default="", validators=[refuse_cpr]
    )
    number = models.PositiveIntegerField(_("voucher number"), null=True, blank=True, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("approved by"),
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True, editable=False)

    objects = VoucherQuerySet.as_manager()

    class Meta:
        verbose_name = _("voucher")
        verbose_name_plural = _("vouchers")
        ordering = ["budget", "happened_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["budget", "number"], name="budget_voucher_number_once"),
            models.CheckConstraint(
                condition=Q(number=None, approved_by=None, approved_at=None)
                | Q(number__isnull=False, approved_by__isnull=False, approved_at__isnull=False, returned_reason=""),
                name="budget_voucher_booked_whole",
            ),
            models.CheckConstraint(
                condition=~Q(approved_by=F("entered_by")),
                name="budget_voucher_two_persons",
                violation_error_message=_("Whoever entered a voucher does not approve it."),
            ),
            models.CheckConstraint(
                # Without an amount it only takes back what it corrects.
                condition=~Q(amount=0) | Q(corrects__isnull=False),
                name="budget_voucher_not_zero",
                violation_error_code="amount",
                violation_error_message=_("The amount cannot be 0 kr."),
            ),
            models.UniqueConstraint(
                fields=["budget", "supplier", "reference", "amount"],
                condition=~Q(reference="") & Q(corrects=None),
                name="budget_voucher_entered_once",
                violation_error_code="reference",
                violation_error_message=_(
                    "That invoice is entered already: the same supplier, invoice number and amount."
                ),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                name="budget_voucher_corrects_once",
                violation_error_message=_("The voucher is being corrected already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.text}, {format_amount(self.amount)}" if self.number else self.text

    @property
    def name(self) -> str:
        """The number as it is written on paper: “B2011-0017”; a draft has none."""
        return f"B{self.budget.year}-{self.number:04}" if self.number else ""

    @property
    def is_booked(self) -> bool:
        return self.number is not None

    def get_absolute_url(self) -> str:
        return reverse("budget:voucher", args=[self.uuid])


class ShareQuerySet(ReachQuerySet):
    """Reached through the voucher."""

    programme_path = "voucher__budget__programme"
    readers = STAFF


@tracked()
class VoucherShare(models.Model):
    """A part of a voucher: what is paid from one line, by one funder where that is said."""

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    voucher = models.ForeignKey(Voucher, models.CASCADE, related_name="shares", verbose_name=_("voucher"))
    line = models.ForeignKey(BudgetLine, models.PROTECT, related_name="+", verbose_name=_("budget line"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    funder = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("funder")
    )
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("course")
    )
    association = models.ForeignKey(
        Association, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("association")
    )

    objects = ShareQuerySet.as_manager()

    class Meta:
        verbose_name = _("part of a voucher")
        verbose_name_plural = _("parts of vouchers")
        ordering = ["voucher", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(amount=0),
                name="budget_share_not_zero",
                violation_error_message=_("The amount cannot be 0 kr."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {format_amount(self.amount)}"

    @property
    def in_words(self) -> str:
        """All that it says, for whoever compares."""
        about = (one.name for one in (self.funder, self.course, self.association) if one)
        return ", ".join([str(self), *about])
