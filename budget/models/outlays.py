"""Outlays (udlæg): what a volunteer has paid for the programme, until she has her money back."""

import re
import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from associations.models import Association
from associations.models.associations import OwnReachQuerySet
from budget.models.vouchers import Voucher
from bydelsmoedre.history import tracked
from bydelsmoedre.money import format_amount
from bydelsmoedre.personal import refuse_cpr
from programme.access import STAFF, Role, kept_out
from programme.models import Evidence

_ACCOUNT = re.compile(r"(?<!\d)\d{4}[\s-]{0,3}\d{6,10}(?!\d)")


def refuse_account(text: str) -> None:
    """Raise `ValidationError` where `text` seems to hold a bank account: such numbers stay outside."""
    if _ACCOUNT.search(text or ""):
        raise ValidationError(
            _("It looks like a bank account. Send that to the secretariat another way; we do not store it."),
            code="account",
        )


class OutlayQuerySet(OwnReachQuerySet):
    """Sent and seen by the association's local coordinator and by the secretariat, read by the Foundation; never by the
    municipality."""

    programme_path = "association__programme"
    readers = STAFF

    def reach(self, user: Any, roles: tuple[Role, ...]) -> models.Q:
        return super().reach(user, roles) & ~kept_out(user, self.programme_path)


@tracked()
class Outlay(models.Model):
    """An outlay on its way: sent, taken over as a voucher, booked, paid back; or refused.

    How far it is, is derived. That it is paid back only once its voucher is booked is kept by the trigger
    `outlay_paid_when_booked`.
    """

    anchor = "association"
    #: What it is about stays as it was sent.
    fixed = ("association_id", "amount", "spent_on", "purpose", "evidence_id", "asked_by_id")

    uuid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    association = models.ForeignKey(
        Association, models.PROTECT, related_name="outlays", verbose_name=_("association")
    )  # fmt: skip
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)
    spent_on = models.DateField(_("paid on"))
    purpose = models.CharField(_("what for"), max_length=200, validators=[refuse_cpr, refuse_account])
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="+", verbose_name=_("receipt"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"), editable=False
    )
    asked_at = models.DateTimeField(_("sent at"), auto_now_add=True)
    voucher = models.OneToOneField(
        Voucher,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="outlay",
        verbose_name=_("voucher"),
    )
    refused_reason = models.CharField(
        _("reason for refusing"), max_length=500, blank=True, default="", validators=[refuse_cpr]
    )  # fmt: skip
    paid_on = models.DateField(_("paid back on"), null=True, blank=True)

    objects = OutlayQuerySet.as_manager()

    class Meta:
        verbose_name = _("outlay")
        verbose_name_plural = _("outlays")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="budget_outlay_above_zero",
                violation_error_code="amount",
                violation_error_message=_("The amount must be above 0 kr."),
            ),
            models.CheckConstraint(
                condition=Q(refused_reason="") | Q(voucher=None, paid_on=None), name="budget_outlay_refused_alone"
            ),
            models.CheckConstraint(
                condition=Q(paid_on=None) | Q(voucher__isnull=False), name="budget_outlay_paid_by_voucher"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}, {format_amount(self.amount)}"

    def get_absolute_url(self) -> str:
        return reverse("budget:outlay", args=[self.uuid])

    @property
    def state(self) -> str:
        """How far it is: `refused`, `paid`, `booked`, `accepted` or `sent`."""
        if self.refused_reason:
            return "refused"
        if self.paid_on:
            return "paid"
        if self.voucher is None:
            return "sent"
        return "booked" if self.voucher.is_booked else "accepted"

    @property
    def state_in_words(self) -> str:
        return str(STATES[self.state])


STATES = {
    "sent": _("Sent to the secretariat"),
    "accepted": _("Taken over, waits for approval"),
    "booked": _("Approved, is paid back soon"),
    "paid": _("Paid back"),
    "refused": _("Refused"),
}
