"""The ledger is only added to: what was booked by mistake is reversed by its mirror."""

import datetime as dt
from typing import Any

from django.db import transaction

from budget.models import Posting
from bydelsmoedre.entry import Overtaken


class NotReversible(Overtaken):
    """The posting is a reversal itself, or is reversed already; nothing was booked."""


def reversal_of(posting: Posting) -> Posting | None:
    """The posting that reverses this one, if there is one."""
    return Posting.objects.filter(reverses=posting.uuid).first()


@transaction.atomic
def reverse(posting: Posting, *, by: Any, on: dt.date, reason: str) -> Posting:
    """Book the mirror of a posting: the same line, voucher and course, the opposite amount, on its own day.

    Raises `NotReversible` for a reversal and for what is reversed already. Of two at once, the database lets one in.
    """
    if posting.reverses or reversal_of(posting):
        raise NotReversible
    return Posting.record(
        by=by,
        line_id=posting.line_id,
        amount=-posting.amount,
        text=posting.text,
        voucher=posting.voucher,
        supplier=posting.supplier,
        course_id=posting.course_id,
        reverses=posting.uuid,
        happened_on=on,
        note=reason,
    )
