"""Money: a posting is reversed by its mirror, and what is moved between lines is asked for once and decided once."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from budget.models import ReallocationDecision
from bydelsmoedre.owner import as_owner
from tests import factories as make
from tests.refusing import refused_by

D = dt.date

CHECKED = "23514"  # check_violation


def post(line, **values):
    told = {"amount": Decimal("1200.00"), "text": "Kaffe", "happened_on": D(2011, 3, 1)} | values
    return make.posting(line=line, **told)


def reverse(posting, line=None, **values):
    return post(line or posting.line, **({"reverses": posting.uuid, "amount": -posting.amount} | values))


@pytest.fixture
def line(db):
    return make.BudgetLineFactory()


@pytest.mark.parametrize("on", [D(2011, 3, 1), D(2011, 4, 1)], ids=["same-day", "later"])
def test_posting_is_reversed_by_its_mirror(line, on):
    posting = post(line)

    reversal = reverse(posting, happened_on=on)

    assert (reversal.reverses, reversal.amount + posting.amount) == (posting.uuid, 0)


NO_MIRRORS = {
    "another-amount": lambda posting: reverse(posting, amount=Decimal("-1199.00")),
    "the-same-sign": lambda posting: reverse(posting, amount=posting.amount),
    "another-line": lambda posting: reverse(posting, line=make.BudgetLineFactory(budget=posting.line.budget)),
    "the-day-before": lambda posting: reverse(posting, happened_on=D(2011, 2, 28)),
    "of-a-reversal": lambda posting: reverse(reverse(posting)),
    "of-nothing": lambda posting: reverse(posting, reverses=uuid.uuid4()),
}


@pytest.mark.parametrize("attempt", NO_MIRRORS.values(), ids=NO_MIRRORS)
def test_reversal_that_mirrors_no_posting_is_refused(line, attempt):
    posting = post(line)

    with pytest.raises(DatabaseError, match="mirrors") as error, transaction.atomic():
        attempt(posting)

    assert error.value.__cause__.sqlstate == CHECKED


def test_reversal_that_mirrors_no_posting_is_refused_to_the_owner(db):
    with as_owner(), transaction.atomic():
        posting = post(make.BudgetLineFactory())

        with pytest.raises(DatabaseError, match="mirrors"), transaction.atomic():
            reverse(posting, amount=posting.amount)

        transaction.set_rollback(True)


def test_posting_is_reversed_once(line):
    posting = post(line)
    reverse(posting)

    assert refused_by(reverse, posting) == "budget_posting_reversed_once"


def test_posting_of_nothing_is_refused(line):
    assert refused_by(post, line, amount=0) == "budget_posting_not_zero"


def test_voucher_is_booked_once_on_a_line(line):
    post(line, voucher="B 17")

    assert refused_by(post, line, voucher="B 17") == "budget_posting_voucher_once"


@pytest.mark.parametrize(
    "values", [{"voucher": "B 18"}, {"amount": 80}, {"happened_on": D(2011, 3, 2)}], ids=["voucher", "amount", "date"]
)
def test_voucher_may_be_split(line, values):
    post(line, voucher="B 17")

    assert post(line, **({"voucher": "B 17"} | values)).is_current


def test_voucher_that_is_booked_and_reversed_mirrors_itself(line):
    assert reverse(post(line, voucher="B 17"), voucher="B 17").is_current


# --- Reallocations


@pytest.mark.parametrize("amount", [0, -1])
def test_reallocation_of_nothing_is_refused(db, amount):
    assert refused_by(make.ReallocationFactory, amount=amount) == "budget_reallocation_above_zero"


def test_reallocation_from_a_line_to_itself_is_refused(line):
    refused = refused_by(make.ReallocationFactory, budget=line.budget, from_line=line, to_line=line)

    assert refused == "budget_reallocation_two_lines"


def decide(reallocation, funder, outcome="approved"):
    return ReallocationDecision.record(
        by=None, reallocation=reallocation, funder=funder, outcome=outcome, happened_on=D(2011, 9, 15)
    )


@pytest.fixture
def reallocation(db):
    return make.ReallocationFactory()


def test_reallocation_to_another_budget_s_line_is_refused(reallocation):
    stranger = make.BudgetLineFactory()

    with pytest.raises(DatabaseError, match="belong to the budget") as error, transaction.atomic():
        make.ReallocationFactory(budget=reallocation.budget, from_line=reallocation.from_line, to_line=stranger)

    assert error.value.__cause__.sqlstate == CHECKED


def test_reallocation_is_decided_once_by_a_funder(reallocation):
    funder = make.OrganisationFactory(programme=reallocation.budget.programme)
    decide(reallocation, funder)

    assert refused_by(decide, reallocation, funder, "refused") == "budget_reallocation_decided_once"


def test_reallocation_is_decided_by_each_funder(reallocation):
    for _ in range(2):
        decide(reallocation, make.OrganisationFactory(programme=reallocation.budget.programme))

    assert reallocation.decisions.count() == 2


def test_decision_that_is_retracted_makes_room_for_another(reallocation):
    funder = make.OrganisationFactory(programme=reallocation.budget.programme)
    decide(reallocation, funder).retract(by=None, reason="Forkert brev")

    assert decide(reallocation, funder, "refused").is_current


def test_instalment_of_nothing_is_refused(db):
    budget = make.BudgetFactory()
    funder = make.OrganisationFactory(programme=budget.programme)
    refused = refused_by(budget.instalments.create, funder=funder, due_on=D(2011, 7, 1), amount=0)

    assert refused == "budget_instalment_above_zero"
