"""A month's end as a guided list: what is done, what is left, and where it is done."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from budget.models import BankBalance, Budget, ClosedMonth, Explanation, FundingFact, Posting, Voucher
from budget.periods import Month, months_of
from budget.rest import rests
from bydelsmoedre.addresses import url
from bydelsmoedre.danish import kroner
from bydelsmoedre.moment import Moment, today
from bydelsmoedre.money import ZERO


@dataclass(frozen=True, slots=True)
class Step:
    """One point of the list. Not done, it says what is lacking and where it is mended."""

    name: str
    is_done: bool
    words: str = ""
    url: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """A month with its list."""

    month: Month
    steps: Sequence[Step]
    waiting: int  #: drafts dated in it: none may be left behind
    balance: BankBalance | None
    ledger: Decimal  #: paid less spent at the month's end: what the bank is held against

    @property
    def left(self) -> list[Step]:
        return [step for step in self.steps if not step.is_done]


def month_end(budget: Budget, month: Month, *, may_write: bool) -> MonthEnd:
    """The month's list as things are now. `may_write`: whether this reader enters vouchers herself."""
    drafts = Voucher.objects.drafts().filter(
        budget=budget, happened_on__gte=month.first, happened_on__lte=month.last
    )  # fmt: skip
    waiting = drafts.count()
    balance = BankBalance.objects.current().filter(budget=budget, month=month.first).first()
    query = urlencode({"fra": f"{month.first:%Y-%m-%d}", "til": f"{month.last:%Y-%m-%d}"})
    vouchers = f"{url('budget:postings')}?{query}"
    steps = [
        Step(
            _("The salary is booked"),
            month.has_salary,
            _("No salary is booked."),
            url("budget:post") if may_write else "",
            _("New voucher"),
        ),
        Step(
            _("Every voucher has its number and its evidence"),
            not (month.without_number or month.without_evidence),
            " ".join(month.papers_lacking()),
            vouchers,
            _("See the month's vouchers"),
        ),
        Step(
            _("All that is entered is approved"),
            not waiting,
            _("%(count)s waiting or sent back.") % {"count": waiting},
            url("budget:waiting"),
            _("See what waits"),
        ),
        Step(
            _("The bank is reconciled"),
            balance is not None,
            _("The balance is not written down."),
            url("budget:bank", budget.uuid, month.first.month),
            _("Write the balance"),
        ),
        *explained_steps(budget, month.first, month.last, may_write=may_write),
    ]
    return MonthEnd(month, steps, waiting, balance, _ledger(budget, month.last))


def explained_steps(budget: Budget, since: dt.date, day: dt.date, *, may_write: bool) -> list[Step]:
    """A point for each line that is overspent on the day and not explained since; one that is done where none is."""
    name = _("Deviations are explained")
    unexplained = _unexplained(budget, since, day)
    if not unexplained:
        return [Step(name, is_done=True)]
    return [
        Step(
            name,
            False,
            _("“%(line)s” is overspent by %(amount)s.") % {"line": line, "amount": kroner(-rest)},
            url("budget:explain", uuid) if may_write else "",
            _("Explain it"),
        )
        for uuid, line, rest in unexplained
    ]


def _unexplained(budget: Budget, since: dt.date, day: dt.date) -> list[tuple[UUID, str, Decimal]]:
    """The lines that are overspent on the day without an explanation from `since` on."""
    over = [row for row in rests(budget, Moment(day)) if row[2] < 0]
    told = set(
        Explanation.objects.current()
        .filter(line__uuid__in=[uuid for uuid, _name, _rest in over], happened_on__gte=since)
        .values_list("line__uuid", flat=True)
    )
    return [row for row in over if row[0] not in told]


def _ledger(budget: Budget, day: dt.date) -> Decimal:
    paid: Any = (
        FundingFact.objects.current()
        .filter(budget=budget, stage=FundingFact.Stage.PAID, happened_on__lte=day)
        .aggregate(sum=Sum("amount"))["sum"]
    )
    spent: Any = Posting.objects.filter(line__budget=budget, happened_on__lte=day).aggregate(sum=Sum("amount"))["sum"]
    return (paid or ZERO) - (spent or ZERO)


def why_not_closed(end: MonthEnd) -> str:
    """Why the month cannot be closed, not with a reason either; "" where it can."""
    if not end.month.is_over:
        return _("The month is not over yet.")
    if end.waiting:
        return _("Vouchers of the month wait. Have them approved, move their date, or throw them away.")
    return ""


class NotClosable(Exception):
    """The month stays open; the words say why."""


def close_next(budget: Budget, *, by: Any) -> ClosedMonth:
    """Close the earliest open month of the year, once nothing is left of its list. Raises `NotClosable`."""
    month = next((one for one in months_of(budget) if one.closed is None), None)
    if month is None:
        raise NotClosable(_("All months are closed."))
    end = month_end(budget, month, may_write=False)
    if why := why_not_closed(end):
        raise NotClosable(why)
    if end.left:
        left = ", ".join(step.name for step in end.left)
        raise NotClosable(_("%(month)s is not done: %(left)s.") % {"month": month.name.capitalize(), "left": left})
    with transaction.atomic():
        return ClosedMonth.record(by=by, budget=budget, month=month.first, happened_on=today())


def latest_explanations(budget: UUID, moment: Moment, since: dt.date | None = None) -> dict[UUID, Explanation]:
    """What stands for each line, as known at the Moment; of what is said from `since` on, where that is given: an
    explanation of February explains nothing that is overspent in September. One query."""
    found = Explanation.objects.at(moment).filter(line__budget__uuid=budget).select_related("line")
    if since:
        found = found.filter(happened_on__gte=since)
    return {one.line.uuid: one for one in found.order_by("happened_on", "recorded_at", "pk")}
