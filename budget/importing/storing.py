"""Storing an accounting system's postings: in one transaction, all or nothing, or the good rows where that is asked.

What is booked already stays, and is booked once: the same file again adds nothing. A trial is the import itself, taken
back at the end.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pghistory
from django.db import connection, transaction
from django.utils.translation import gettext as _

from budget.importing.sheet import Reader, Row, note_of
from budget.models import AccountLine, Budget, BudgetLine, ClosedMonth, Posting
from bydelsmoedre.entry import Overtaken
from bydelsmoedre.money import ZERO
from volunteers.importing import cells
from volunteers.importing.headings import Unreadable
from volunteers.importing.rows import Outcome
from volunteers.importing.source import Table

#: Imports into one budget wait for each other. The second number is the budget.
_LOCK = 741102
#: The same lock as the triggers of the months take.
_MONTHS = 741101


@dataclass(kw_only=True)
class Report(Outcome):
    """What an import of postings did."""

    booked: int = 0  #: postings that are new
    known: int = 0  #: postings that stood already
    amount: Decimal = ZERO  #: of the new ones


def run(
    table: Table,
    budget: Budget,
    accounts: Mapping[str, BudgetLine],
    *,
    by: Any,
    source: str,
    accept_good: bool = False,
    is_trial: bool = False,
    finish: Callable[[Report], None] = lambda report: None,
) -> Report:
    """Import the file, or try it; `accounts` is what is said of accounts besides what is remembered. `finish` is called
    in the transaction, before it is committed; where it fails, nothing is stored. Raises `Unreadable` where the columns
    cannot be meant."""
    with pghistory.context(user=by.pk if by else None, source="import"), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, budget.pk])
            cursor.execute("select pg_advisory_xact_lock_shared(%s, %s)", [_MONTHS, budget.pk])
        known = _known(budget)
        _refuse_moved(known, accounts)
        closed = set(ClosedMonth.objects.current().filter(budget=budget).values_list("month", flat=True))
        reader = Reader(table, budget.year, {**accounts, **known}, closed)
        rows = reader.rows()
        report = Report(rows=len(rows), ignored=reader.ignored)
        _book(rows, budget, by, source, report)
        _remember(budget, rows, known)
        for row in rows:
            report.errors += row.errors
            if row.errors:
                report.bad.append(row.at)
        report.is_stored = not is_trial and report.good > 0 and (accept_good or not report.bad)
        if report.is_stored:
            finish(report)
        else:
            transaction.set_rollback(True)
    return report


def _known(budget: Budget) -> dict[str, BudgetLine]:
    """By account, the line that is remembered."""
    return {one.account: one.line for one in AccountLine.objects.filter(budget=budget).select_related("line")}


def _refuse_moved(known: Mapping[str, BudgetLine], accounts: Mapping[str, BudgetLine]) -> None:
    """An account keeps its line: moved to another, what is booked already would be booked there once more."""
    for account, line in accounts.items():
        if account in known and known[account] != line:
            told = {"account": account, "number": known[account].number}
            raise Unreadable(_("The account %(account)s belongs to line %(number)s, and cannot be moved.") % told)


def _remember(budget: Budget, rows: list[Row], known: Mapping[str, BudgetLine]) -> None:
    """Only what something is booked by: a slip in the file of accounts can be set right until then."""
    used = {cells.plain(row.account): row.booked_on for row in rows if row.booked_on and not row.errors}
    new = [AccountLine(budget=budget, account=name, line=line) for name, line in used.items() if name not in known]
    for one in new:
        one.save()


def is_used(remembered: AccountLine) -> bool:
    """Does a posting rest on it? Each imported one names its account in its note, between other words."""
    named = rf"(^|[^[:alnum:]]){re.escape(remembered.account)}([^[:alnum:]]|$)"
    return Posting.objects.filter(line=remembered.line_id, note__regex=named).exists()


@transaction.atomic
def forget(remembered: AccountLine) -> None:
    """The account was written beside the wrong line: the next import says which it belongs to. Raises `Overtaken` where
    a posting rests on it; an import that is running is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, %s)", [_LOCK, remembered.budget_id])
    if is_used(remembered):
        raise Overtaken
    remembered.delete()


def _book(rows: list[Row], budget: Budget, by: Any, source: str, report: Report) -> None:
    """Whole equals count as often as they stand in the file; a voucher's number is booked once on a line with an amount
    and a date, whatever the text says."""
    own = Posting.objects.filter(line__budget=budget, reverses=None)
    columns = ("line_id", "happened_on", "amount", "voucher", "text", "supplier")
    booked = Counter(own.values_list(*columns))
    vouchers = {key[:4] for key in booked if key[3]}
    new: list[Posting] = []
    for row in rows:
        if row.errors or row.booked_on is None:
            continue
        key = (row.booked_on.pk, row.day, row.amount, row.voucher, row.text, row.supplier)
        if booked[key]:
            booked[key] -= 1
            report.known += 1
        elif row.voucher and key[:4] in vouchers:
            row.refuse(
                "Bilag", row.voucher, _("That voucher is booked already on that line with that amount and date.")
            )
        else:
            vouchers.add(key[:4])
            new.append(_posting(row, by, source))
    Posting.objects.bulk_create(new, batch_size=500)
    report.booked, report.amount = len(new), sum((one.amount for one in new), ZERO)


def _posting(row: Row, by: Any, source: str) -> Posting:
    assert row.day is not None
    assert row.amount is not None
    return Posting(
        recorded_by=by,
        line=row.booked_on,
        happened_on=row.day,
        amount=row.amount,
        voucher=row.voucher,
        text=row.text,
        supplier=row.supplier,
        note=note_of(row, source),
        source=source[:60],
    )
