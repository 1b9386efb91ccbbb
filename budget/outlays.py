"""What is done with outlays: taken over as a voucher, refused, paid back."""

import datetime as dt
from typing import Any

from budget.models import Outlay, Voucher
from bydelsmoedre.entry import Overtaken

#: Nothing has been said of it yet.
OPEN: dict[str, Any] = {"voucher": None, "refused_reason": ""}


def take_over(outlay: Outlay, voucher: Voucher) -> None:
    """The voucher that pays the outlay back. Raises `Overtaken` where another was faster."""
    _change(outlay, OPEN, voucher=voucher)


def refuse(outlay: Outlay, *, reason: str) -> None:
    """Say no, and why. Raises `Overtaken` where it has been taken over meanwhile."""
    _change(outlay, OPEN, refused_reason=reason)


def pay_back(outlay: Outlay, *, on: dt.date) -> None:
    """She has her money. Raises `Overtaken` where somebody has said so already; the database asks for a booked
    voucher."""
    _change(outlay, {"paid_on": None, "voucher__isnull": False}, paid_on=on)


def follow_correction(original: int, correction: Voucher) -> None:
    """What rests on a voucher that is taken back, and is not paid yet, rests on what is booked instead where that is of
    its amount; else it waits for the secretariat again."""
    waiting = Outlay.objects.filter(voucher=original, paid_on=None)
    waiting.exclude(amount=correction.amount).update(voucher=None)
    waiting.filter(amount=correction.amount).update(voucher=correction)


def _change(outlay: Outlay, standing: dict[str, Any], **values: Any) -> None:
    """Change the outlay as long as it stands as it did."""
    if not Outlay.objects.filter(pk=outlay.pk, **standing).update(**values):
        raise Overtaken
