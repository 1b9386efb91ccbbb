"""The money: approved, granted and paid; spent with a voucher each; bound; and moved between lines."""

import datetime as dt
from decimal import Decimal
from typing import Any

from budget.models import (
    BankBalance,
    BudgetApproval,
    ClosedMonth,
    Commitment,
    ConditionMet,
    CourseLine,
    Explanation,
    FundingFact,
    GrantCondition,
    GrantTerms,
    Instalment,
    Posting,
    Reallocation,
    ReallocationDecision,
)
from reports.plan2011 import COMMITTEE, MUNICIPALITY
from reports.story import money as data
from reports.story.book import YEAR, Book, day
from reports.story.telling.cast import Cast
from training.models import Course


def tell_money(book: Book, cast: Cast) -> None:
    """All that concerns the budget of 2011."""
    _funding(book, cast)
    _ledger(book, cast)
    line, on, amount, text = data.COMMITMENT
    book.fact(
        Commitment, text, day(on), proof="Aftalebrev med revisor 12.12.2011", line=cast.lines[line],
        amount=Decimal(amount), text=text,
    )  # fmt: skip
    _reallocation(book, cast)
    for number, since, words in data.EXPLANATIONS:
        book.fact(Explanation, f"{number}/{since}", day(since), line=cast.lines[number], text=words)
    _months(book, cast)


def _months(book: Book, cast: Cast) -> None:
    """The bank is held against the ledger, and the month is closed: told last, for a closed month takes nothing."""
    for number, apart, words in data.MONTHS_CLOSED:
        month, settled = dt.date(YEAR, number, 1), dt.date(YEAR, number + 1, 10)
        ledger = _paid_less_spent(book, settled.replace(day=1))
        told: dict[str, Any] = {"budget": cast.budget, "month": month}
        book.fact(BankBalance, str(number), settled, amount=ledger + apart, note=words, **told)
        book.fact(ClosedMonth, str(number), settled, note=data.VACANT if number == 1 else "", **told)


def _paid_less_spent(book: Book, before: dt.date) -> Decimal:
    """What the ledger says of the days before."""
    funding: list[Any] = book.rows[FundingFact]
    postings: list[Any] = book.rows[Posting]
    paid = [one for one in funding if one.stage == FundingFact.Stage.PAID and one.happened_on < before]
    spent = [one for one in postings if one.happened_on < before]
    return sum((one.amount for one in paid), Decimal(0)) - sum((one.amount for one in spent), Decimal(0))


def _funding(book: Book, cast: Cast) -> None:
    book.fact(
        BudgetApproval,
        COMMITTEE,
        day(data.APPROVED_ON),
        proof=data.COMMITTEE_MINUTES,
        budget=cast.budget,
        body=cast.organisations[COMMITTEE],
    )
    for funder, stage, amount, on, decided_by, note, proof in data.FUNDING:
        book.fact(
            FundingFact,
            f"{funder}/{stage}/{on}",
            day(on),
            proof=proof,
            budget=cast.budget,
            funder=cast.organisations[funder],
            stage=stage,
            amount=Decimal(amount),
            decided_by=cast.organisations[decided_by] if decided_by else None,
            source="Den tværgående integrationspulje" if funder == MUNICIPALITY else "",
            note=note,
        )
    planned: dict[tuple[str, str], Instalment] = {}
    for funder, on, amount in data.INSTALMENTS:
        planned[funder, on] = book.row(
            Instalment,
            f"{funder}/{on}",
            budget=cast.budget,
            funder=cast.organisations[funder],
            due_on=day(on),
            amount=Decimal(amount),
        )

    _terms(book, cast, planned)


def _terms(book: Book, cast: Cast, planned: dict[tuple[str, str], Instalment]) -> None:
    """The terms of both grants, and the conditions that held an instalment back."""
    for funder, since, case_number, report_due_on, unused, needs_audit, proof in data.TERMS:
        book.fact(
            GrantTerms,
            funder,
            day(since),
            proof=proof,
            budget=cast.budget,
            funder=cast.organisations[funder],
            case_number=case_number,
            report_due_on=day(report_due_on),
            unused=unused,
            needs_audit=needs_audit,
        )
    for funder, text, due_on, instalment, met_on, proof in data.CONDITIONS:
        condition = book.row(
            GrantCondition,
            f"{funder}/{due_on}",
            budget=cast.budget,
            funder=cast.organisations[funder],
            text=text,
            due_on=day(due_on),
            instalment=planned[funder, instalment],
        )
        book.fact(ConditionMet, f"{funder}/{due_on}", day(met_on), proof=proof, condition=condition)


def _course_of(text: str, courses: list[Course]) -> Course | None:
    """The course that a text ends with, such as “Undervisningsmapper, grunduddannelse 1”."""
    return next((one for one in courses if text.endswith(f", {one.name.partition(',')[0].lower()}")), None)


def _ledger(book: Book, cast: Cast) -> None:
    """Postings with voucher numbers in order of date; the wrong one is reversed."""
    entries: list[tuple[dt.date, int, Decimal, str, str, bool]] = [
        (day(on), line, Decimal(amount), supplier, text, False) for line, on, amount, supplier, text in data.EXPENSES
    ]
    wrong_line, wrong_on = data.WRONG_EXPENSE
    (wrong,) = [one for one in entries if one[:2] == (day(wrong_on), wrong_line)]
    entries.append((day(data.REVERSED_ON), wrong_line, -wrong[2], wrong[3], f"Tilbageført: {wrong[4]}", True))
    entries.sort(key=lambda one: one[:2])
    courses: list[Any] = book.rows[Course]
    for course in courses:
        book.row(CourseLine, course.name, course=course, line=cast.lines[data.TRAINING])
    reversed_posting: Posting | None = None
    for number, (on, line, amount, supplier, text, is_reversal) in enumerate(entries, 1):
        voucher = f"{YEAR}-{number:03}"
        posting = book.fact(
            Posting,
            voucher,
            on,
            proof=f"Bilag {voucher}",
            line=cast.lines[line],
            amount=amount,
            text=text,
            voucher=voucher,
            supplier=supplier,
            source=data.ACCOUNTING,
            course=_course_of(text, courses),
            reverses=reversed_posting.uuid if is_reversal and reversed_posting else None,
            note=data.REVERSAL_NOTE if is_reversal else "",
        )
        if (on, line) == wrong[:2]:
            reversed_posting = posting


def _reallocation(book: Book, cast: Cast) -> None:
    from_line, to_line, amount, asked_on = data.REALLOCATED
    reallocation = book.row(
        Reallocation,
        asked_on,
        budget=cast.budget,
        from_line=cast.lines[from_line],
        to_line=cast.lines[to_line],
        amount=Decimal(amount),
        asked_on=day(asked_on),
        reason=data.REALLOCATION_REASON,
    )
    for funder, on, proof in data.REALLOCATION_DECISIONS:
        book.fact(
            ReallocationDecision,
            funder,
            day(on),
            proof=proof,
            reallocation=reallocation,
            funder=cast.organisations[funder],
        )
