"""Whatever is entered, booked, corrected, imported, reversed and moved, in whatever order: at every Moment the ledger's
sum of each line is the account's, to the øre, and what is moved between lines adds up to nothing."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.extra.django import TestCase

from budget import ledger
from budget.models import Budget, Posting, Voucher
from budget.vouchers import Part, book, together, write
from bydelsmoedre.moment import Moment
from reports.figures.finances import budget as account
from tests import factories as make
from tests.money import answer, ask_for, grant
from tests.roles import clock

D = dt.date
FIRST = D(2011, 1, 1)
#: When the first step is recorded; the others each a minute later.
BEGAN = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)

days = some.integers(0, 364).map(lambda number: FIRST + dt.timedelta(number))
amounts = some.decimals(Decimal("-99999.99"), Decimal("99999.99"), places=2).filter(bool)
lines = some.integers(1, 5)
parts = some.lists(some.tuples(lines, amounts), max_size=2)
steps = some.lists(
    some.one_of(
        some.tuples(some.just("voucher"), days, some.lists(some.tuples(lines, amounts), min_size=1, max_size=3)),
        some.tuples(some.just("import"), days, lines, amounts),
        some.tuples(
            some.just("correct"), days, some.integers(0, 9), some.lists(some.tuples(lines, amounts), max_size=2)
        ),
        some.tuples(some.just("reverse"), days, some.integers(0, 9)),
        some.tuples(some.just("move"), days, lines, lines, amounts.map(abs), some.booleans()),
    ),
    max_size=12,
)


class Always(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.programme = make.plan("København")
        cls.budget = Budget.objects.get(programme=cls.programme, year=2011)
        cls.lines = {line.number: line for line in cls.budget.lines.all()}
        cls.clerk, cls.approver = make.UserFactory(), make.UserFactory()
        for kind, amount in (("municipality", 800_000), ("foundation", 570_000)):
            grant(cls.programme, kind, amount)

    def entered(self, day, parts, corrects=None):
        """A voucher of these parts, booked by another."""
        total = sum((amount for _line, amount in parts), Decimal(0))
        if not total and corrects is None:
            return
        one = Voucher(budget=self.budget, happened_on=day, amount=total, text="Køb", note="Fejl", corrects=corrects)
        write(one, [Part(self.lines[number], amount) for number, amount in parts], by=self.clerk)
        book([one], by=self.approver)

    def do(self, step):
        what, day, *told = step
        standing = [one for one in Posting.objects.order_by("pk") if not one.reverses]
        standing = [one for one in standing if not ledger.reversal_of(one)]
        if what == "voucher":
            self.entered(day, told[0])
        elif what == "import":
            make.posting(line=self.lines[told[0]], amount=told[1], happened_on=day, text="Køb")
        elif what == "move" and told[0] != told[1]:
            moved = ask_for(self.budget, amount=told[2], on=day, lines=told[:2])
            if told[3]:
                for kind in ("municipality", "foundation"):
                    answer(moved, kind, on=day)
        elif what in ("correct", "reverse") and told[0] < len(standing):
            wrong = standing[told[0]]
            if day < wrong.happened_on:
                return
            if what == "correct":
                self.entered(day, told[1], corrects=wrong.uuid)
            elif wrong.booked_from_id is None:
                ledger.reverse(wrong, by=None, on=day, reason="Fejl")
            assert all(ledger.reversal_of(one) for one in together(wrong)) or what == "reverse"

    @given(steps=steps, asked=some.lists(days, min_size=1, max_size=4))
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_ledger_is_the_account_on_every_day(self, steps, asked):
        for minute, step in enumerate(steps):
            with clock(BEGAN + dt.timedelta(minutes=minute)):
                self.do(step)
        times = [BEGAN + dt.timedelta(minutes=minute, seconds=30) for minute in range(0, len(steps), 3)]
        for day in [*asked, D(2011, 12, 31)]:
            self.agrees(Moment(day))
            for known_at in times:
                self.agrees(Moment(day, known_at))

    def agrees(self, moment):
        found = account(self.programme, moment)
        sums = {line.number: line.spent for line in found.lines} if found else {}
        known = Posting.objects.filter(happened_on__lte=moment.on, recorded_at__lte=moment.known_at)
        for number, line in self.lines.items():
            booked = known.filter(line=line).aggregate(sum=Sum("amount"))["sum"]
            assert sums.get(number, 0) == (booked or 0)
        if found:
            assert found.moved == 0
            assert found.budgeted == found.allocated
            assert found.rest == found.budgeted - found.spent - found.committed


pytestmark = pytest.mark.django_db
