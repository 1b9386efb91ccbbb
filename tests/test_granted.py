"""A payment larger than its grant, a grant smaller than its promise, on every day between; and what the database
refuses. (Two payments at once: `test_two_at_once.py`.)"""

from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from budget.granted import below_promise, why_not_paid
from budget.models import FundingFact
from tests.doors import D
from tests.money import grant, pay
from tests.refusing import refused_by

pytestmark = pytest.mark.django_db

KR = Decimal


def fact(stage, amount, month, day=1):
    return FundingFact(stage=stage, amount=KR(amount), happened_on=D(2011, month, day))


GRANTED_TWICE = [fact("granted", 400, 2), fact("granted", 400, 9)]


@pytest.mark.parametrize(
    ("facts", "amount", "day", "may"),
    [
        pytest.param([], "0.01", D(2011, 3, 1), False, id="nothing-granted"),
        pytest.param(GRANTED_TWICE, "400", D(2011, 2, 1), True, id="on-the-day-of-the-grant"),
        pytest.param(GRANTED_TWICE, "400", D(2011, 1, 31), False, id="the-day-before-it"),
        pytest.param(GRANTED_TWICE, "400.01", D(2011, 8, 31), False, id="before-the-second-grant"),
        pytest.param(GRANTED_TWICE, "800", D(2011, 9, 1), True, id="on-the-day-of-the-second"),
        pytest.param([*GRANTED_TWICE, fact("paid", 500, 10)], "300", D(2011, 3, 1), True, id="before-a-payment"),
        pytest.param([*GRANTED_TWICE, fact("paid", 500, 10)], "300.01", D(2011, 3, 1), False, id="so-that-it-is-above"),
        pytest.param([*GRANTED_TWICE, fact("promised", 900, 1)], "800.01", D(2011, 12, 1), False, id="promised-only"),
    ],
)
def test_no_more_is_paid_than_is_granted_on_any_day(facts, amount, day, may):
    assert (why_not_paid(facts, KR(amount), day) == "") is may


PROMISED = [fact("promised", 570, 1)]


@pytest.mark.parametrize(
    ("facts", "new", "day"),
    [
        pytest.param(PROMISED, fact("granted", 570, 5), None, id="as-promised"),
        pytest.param(PROMISED, fact("granted", "569.99", 5), D(2011, 5, 1), id="an-øre-less"),
        pytest.param([fact("promised", 570, 6)], fact("granted", 500, 5), None, id="promised-afterwards"),
        pytest.param([*PROMISED, fact("granted", 570, 9)], fact("granted", 1, 5), D(2011, 5, 1), id="in-between"),
        pytest.param([*PROMISED, fact("granted", 300, 4)], fact("granted", 270, 5), None, id="in-two-parts"),
        pytest.param([fact("granted", 500, 5)], fact("promised", 570, 1), D(2011, 5, 1), id="promise-recorded-late"),
        pytest.param([fact("granted", 500, 5)], fact("promised", 70, 6), None, id="promised-on-top"),
        pytest.param([], fact("promised", 570, 1), None, id="only-promised"),
    ],
)
def test_grant_below_its_promise_is_found_on_its_day(facts, new, day):
    found = below_promise(facts, new)

    assert (found.on if found else None) == day


# --- The database


@pytest.fixture
def paid(programme):
    """800.000 are granted and 500.000 of them paid."""
    granted = grant(programme, "municipality", 800_000)
    return granted, pay(granted, 500_000)


def test_database_takes_payments_up_to_the_grant(paid):
    granted, _ = paid

    assert pay(granted, 300_000).is_current


@pytest.mark.parametrize(
    ("amount", "day"), [("300000.01", D(2011, 3, 16)), ("1", D(2011, 1, 30))], ids=["above", "before"]
)
def test_database_refuses_payments_above_the_grant(paid, amount, day):
    granted, _ = paid

    assert refused_by(pay, granted, amount, on=day) == "budget_payment_within_grant"


def test_grant_is_superseded_where_the_next_version_covers_what_is_paid(paid):
    granted, _ = paid

    granted.supersede(by=None, reason="Tastefejl", amount=KR(500_000))
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")

    assert refused_by(pay, granted, "0.01") == "budget_payment_within_grant"


def test_grant_that_payments_need_is_not_retracted(paid):
    granted, _ = paid

    with pytest.raises(IntegrityError) as error, transaction.atomic():
        granted.retract(by=None, reason="Fejl")
        with connection.cursor() as cursor:
            cursor.execute("set constraints all immediate")

    assert error.value.__cause__.diag.constraint_name == "budget_payment_within_grant"
