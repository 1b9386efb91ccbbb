"""Booking in processes that are killed at any time, or that book at once: nothing acknowledged is lost, nothing is
half, no number is given twice or left out."""

import datetime as dt
import os
import signal
import time
from decimal import Decimal

import pytest
from django.db import connection, connections

from budget.models import Budget, Posting, Voucher
from budget.vouchers import Part, book, write
from tests import factories as make
from tests.money import draft

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")]

D = dt.date
EACH, KILLS = 8, 20
#: The parent's connections, kept from being closed in a child: closing says goodbye to PostgreSQL for both.
kept = []


@pytest.fixture
def programme(transactional_db):
    return make.plan("København")


def entered(programme, clerk, count, start=0):
    """Drafts of two parts each."""
    budget = Budget.objects.get(programme=programme, year=2011)
    lines = list(budget.lines.order_by("number"))
    drafts = []
    for number in range(start, start + count):
        one = draft(lines[2], clerk, number=number, amount=Decimal(100))
        drafts.append(write(one, [Part(lines[2], Decimal("33.33")), Part(lines[4], Decimal("66.67"))], by=clerk))
    return drafts


def in_a_process(work):
    """Do it in a process of its own, with a connection of its own. Returns the process and what it says, when done."""
    said, say = os.pipe()
    child = os.fork()
    if child == 0:
        kept.append(connections["default"])
        connections["default"] = connections["default"].copy()
        try:
            os.close(said)
            work(lambda text: os.write(say, f"{text}\n".encode()))
        finally:
            os._exit(0)
    os.close(say)
    return child, said


def heard(said):
    """All that the process has said, once it is gone."""
    with os.fdopen(said) as pipe:
        return pipe.read().split()


def booked_one_by_one(drafts, by):
    """Book each in a transaction of its own, and acknowledge its number once it is committed."""

    def work(acknowledge):
        for one in drafts:
            (booked,) = book([one], by=by)
            acknowledge(booked.number)

    return work


def check(acknowledged):
    """What the database holds is whole, and holds all that was acknowledged."""
    numbers = sorted(Voucher.objects.exclude(number=None).values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert {int(number) for number in acknowledged} <= set(numbers)
    assert Posting.objects.count() == 2 * len(numbers)
    assert sum(one.amount for one in Posting.objects.all()) == 100 * len(numbers)


def test_killing_twenty_times_loses_no_acknowledged_voucher_and_leaves_none_half(programme):
    clerk, approver = make.UserFactory(), make.UserFactory()
    began = time.monotonic()
    child, said = in_a_process(booked_one_by_one(entered(programme, clerk, EACH), approver))
    os.waitpid(child, 0)
    whole = time.monotonic() - began
    acknowledged = heard(said)
    assert len(acknowledged) == EACH

    cut = 0
    for kill in range(KILLS):
        drafts = entered(programme, clerk, EACH, start=(kill + 1) * EACH)
        child, said = in_a_process(booked_one_by_one(drafts, approver))
        time.sleep(whole * kill / KILLS)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        told = heard(said)
        acknowledged += told
        cut += len(told) < EACH
        check(acknowledged)
    assert cut > KILLS / 4, "too few were killed at work"
    # What was broken off is booked afterwards as if nothing had happened.
    book(Voucher.objects.drafts(), by=approver)
    check(acknowledged)
    assert Voucher.objects.count() == (KILLS + 1) * EACH


def test_two_who_book_at_once_share_the_numbers_without_gaps(programme):
    clerk, approver = make.UserFactory(), make.UserFactory()
    halves = [entered(programme, clerk, EACH, start=start) for start in (0, EACH)]

    running = [in_a_process(booked_one_by_one(half, approver)) for half in halves]
    for child, _said in running:
        os.waitpid(child, 0)

    acknowledged = [number for _child, said in running for number in heard(said)]
    assert sorted(map(int, acknowledged)) == list(range(1, 2 * EACH + 1))
    check(acknowledged)


def test_number_is_waited_for_until_the_other_has_committed(programme):
    clerk, approver = make.UserFactory(), make.UserFactory()
    first, second = entered(programme, clerk, 2)
    other = connections["default"].copy()
    try:
        with other.cursor() as cursor:  # another is booking, and takes it back
            cursor.execute("begin")
            cursor.execute("update budget_voucher set approved_by_id = %s where id = %s", [approver.pk, first.pk])
            child, said = in_a_process(booked_one_by_one([second], approver))
            for _ in range(200):
                with connection.cursor() as look:
                    look.execute("select count(*) from pg_stat_activity where wait_event = 'advisory'")
                    if look.fetchone()[0]:
                        break
                time.sleep(0.05)
            else:
                raise AssertionError("nobody waits for the number")
            cursor.execute("rollback")
        os.waitpid(child, 0)
    finally:
        other.close()

    assert heard(said) == ["1"]
