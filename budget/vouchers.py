"""Vouchers are entered by one person and booked by another, whole or not at all. The one way into the ledger besides an
accounting system's own postings."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budget import ledger
from budget.models import Posting, Voucher, VoucherShare
from budget.outlays import follow_correction
from budget.periods import Closed, why_not_on
from budget.rest import overspent
from bydelsmoedre.danish import dato, kroner
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.money import ZERO


@dataclass(frozen=True, slots=True)
class Part:
    """What a voucher pays from one line."""

    line: Any
    amount: Decimal
    funder: Any = None
    course: Any = None
    association: Any = None


class NotBookable(Overtaken):
    """The voucher cannot be booked as things are; nothing was."""


@transaction.atomic
def write(voucher: Voucher, parts: Sequence[Part], *, by: Any) -> Voucher:
    """Save a draft with its parts in place of those it had. Whoever writes last has entered it. The database refuses
    where it has been booked meanwhile."""
    voucher.entered_by, voucher.returned_reason = by, ""
    voucher.save()
    voucher.shares.all().delete()
    VoucherShare.objects.bulk_create(
        VoucherShare(
            voucher=voucher,
            line=part.line,
            amount=part.amount,
            funder=part.funder,
            course=part.course,
            association=part.association,
        )
        for part in parts
    )
    return voucher


def why_not(voucher: Voucher, user: Any, closed: Closed | None = None) -> str:
    """Why `user` cannot book the draft; "" where she can (the database asks once more). `closed` is what has been
    looked up of closed months."""
    return why_not_hers(voucher, user) or why_not_on(voucher.budget, voucher.happened_on, closed)


def why_not_hers(voucher: Voucher, user: Any) -> str:
    """Why it is not for `user` to approve the draft or to send it back; "" where it is."""
    if voucher.is_booked:
        return _("It is booked already.")
    if voucher.returned_reason:
        return _("It has been sent back, and waits for whoever entered it.")
    if voucher.entered_by_id == user.pk:
        return _("You entered it yourself. Another person approves it.")
    return ""


def why_stays(posting: Posting) -> str:
    """Why a posting cannot be corrected; "" where it can. What was booked from one voucher is corrected together."""
    if posting.reverses:
        return _("A reversal cannot be reversed itself. Record the right amount as a new voucher.")
    if reversal := ledger.reversal_of(posting):
        return _("The posting is reversed already, on %(day)s.") % {"day": dato(reversal.happened_on)}
    others = [one.uuid for one in together(posting)]
    if Voucher.objects.drafts().filter(corrects__in=others).exists():
        return _("A correction of it waits for approval.")
    return ""


@transaction.atomic
def book(vouchers: Collection[Voucher], *, by: Any) -> list[Voucher]:
    """Approve drafts as they stand and book them in order of date, all or none of them.

    Raises `NotBookable` where one has been changed, booked or sent back meanwhile, and the database's error where a
    month has been closed, or where `by` entered one herself.
    """
    wanted = {one.pk: one.entered_at for one in vouchers}
    locked = list(
        Voucher.objects.select_for_update(of=("self",))
        .select_related("budget")
        .filter(pk__in=wanted)
        .order_by("happened_on", "pk")
    )
    if len(locked) < len(wanted) or any(wanted[one.pk] != one.entered_at or not _waits(one) for one in locked):
        raise NotBookable
    for voucher in locked:
        voucher.approved_by = by
        Voucher.objects.filter(pk=voucher.pk).update(approved_by=by)
        voucher.refresh_from_db(fields=["number", "approved_at"])
        _book(voucher, by)
    return locked


def _waits(voucher: Voucher) -> bool:
    return not voucher.is_booked and not voucher.returned_reason


def _book(voucher: Voucher, by: Any) -> None:
    taken_back = corrected_by(voucher)
    for posting in taken_back:
        ledger.reverse(posting, by=by, on=voucher.happened_on, reason=voucher.note, booked_from=voucher)
    if taken_back and taken_back[0].booked_from_id:
        follow_correction(taken_back[0].booked_from_id, voucher)
    for share in voucher.shares.all():
        Posting.record(
            by=by,
            line_id=share.line_id,
            amount=share.amount,
            happened_on=voucher.happened_on,
            text=voucher.text,
            voucher=voucher.name,
            supplier=voucher.supplier,
            note=voucher.note if voucher.corrects is None else "",
            course_id=share.course_id,
            funder_id=share.funder_id,
            association_id=share.association_id,
            evidence_id=voucher.evidence_id,
            booked_from=voucher,
        )


def corrected_by(voucher: Voucher) -> list[Posting]:
    """What is reversed when the voucher is booked: a posting, with all that was booked from the same voucher."""
    if voucher.corrects is None:
        return []
    found = Posting.objects.select_related("line__budget__programme").get(uuid=voucher.corrects)
    return together(found)


def together(posting: Posting) -> list[Posting]:
    """The posting and all others that were booked from its voucher; it alone where it came from an accounting
    system."""
    if posting.booked_from_id is None:
        return [posting]
    return list(
        Posting.objects.filter(booked_from=posting.booked_from_id, reverses=None)
        .select_related("line__budget__programme")
        .order_by("pk")
    )


def send_back(voucher: Voucher, *, reason: str) -> None:
    """Say to whoever entered the draft what is to be mended. Raises `NotBookable` where it is booked meanwhile."""
    standing = Voucher.objects.filter(pk=voucher.pk, number=None, entered_at=voucher.entered_at)
    if not standing.update(returned_reason=reason):
        raise NotBookable


def total(vouchers: Collection[Voucher]) -> Decimal:
    return sum((one.amount for one in vouchers), ZERO)


def overspent_by(booked: Collection[Voucher]) -> list[str]:
    """What is told of the lines that are overspent now; a query for each year's budget, and one for the lines."""
    told: list[str] = []
    for budget in {one.budget for one in booked}:
        own = [one for one in booked if one.budget == budget]
        lines = set(VoucherShare.objects.filter(voucher__in=own).values_list("line__uuid", flat=True))
        told += overspent(budget, lines, max(one.happened_on for one in own))
    return told


def said_of(booked: Collection[Voucher]) -> str:
    """What is told once they are booked."""
    said = ngettext(
        "%(count)s voucher is booked, %(amount)s.", "%(count)s vouchers are booked, %(amount)s.", len(booked)
    )
    return said % {"count": len(booked), "amount": kroner(total(booked))}
