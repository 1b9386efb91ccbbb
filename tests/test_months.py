"""The months of the accounts: what each lacks, closed for every way in, opened again by another person."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import Error, transaction
from django.urls import reverse

from budget.forms.vouchers import token
from budget.ledger import reverse as reverse_posting
from budget.models import Budget, ClosedMonth, Posting, Voucher
from budget.periods import months_of
from bydelsmoedre.moment import today
from tests import factories as make
from tests.doors import hidden_of, says
from tests.meanwhile import while_waiting
from tests.money import draft
from tests.refusing import refused_by

D = dt.date
pytestmark = pytest.mark.django_db
MARCH = D(2011, 3, 1)


@pytest.fixture
def budget(programme):
    return Budget.objects.get(programme=programme, year=2011)


@pytest.fixture
def line(budget):
    return budget.lines.get(number=3)


@pytest.fixture
def closer(programme):
    return make.user_with_role(programme, "secretariat", name="Anna")


@pytest.fixture
def closed(budget, closer):
    return ClosedMonth.record(by=closer, budget=budget, month=MARCH, happened_on=D(2011, 4, 10))


def spend(line, on, amount=100, **values):
    return make.posting(line=line, amount=amount, text="Kaffe", happened_on=on, **values)


def booked(client, line, day):
    typed = {"line": line.pk, "happened_on": day, "amount": "250", "text": "Lokale"}
    return client.post(reverse("budget:post"), typed)


@pytest.mark.parametrize(
    ("day", "is_refused"),
    [("2011-02-28", False), ("2011-03-01", True), ("2011-03-31", True), ("2011-04-01", False)],
)
def test_nothing_is_booked_from_its_first_day_to_its_last(secretary, line, closed, day, is_refused):
    answer = booked(secretary, line, day)

    assert (answer.status_code == 200) == is_refused
    assert Voucher.objects.exists() != is_refused
    if is_refused:
        assert "er lukket" in answer.context["form"].errors["happened_on"][0]


def test_database_refuses_it_whoever_asks(line, closed):
    assert refused_by(spend, line, D(2011, 3, 15)) == "budget_month_is_open"


def test_reversal_is_dated_in_an_open_month(secretary, budget, line, closer):
    posting = spend(line, D(2011, 3, 15))
    ClosedMonth.record(by=closer, budget=budget, month=MARCH, happened_on=D(2011, 4, 10))
    url = reverse("budget:correct", args=[posting.uuid])

    inside, after = (
        secretary.post(url, {"happened_on": day, "note": "Fejl", "only_back": "on"})
        for day in ("2011-03-20", "2011-04-11")
    )

    assert (list(inside.context["form"].errors), after.status_code) == (["happened_on"], 302)


def test_other_months_and_other_budgets_stay_open(line, closed):
    elsewhere = make.BudgetLineFactory(budget=make.BudgetFactory(programme=make.plan("Aarhus"), year=2012))

    assert spend(line, D(2011, 4, 1))
    assert spend(elsewhere, D(2011, 3, 15))


def test_line_of_another_year_takes_nothing(secretary, line):
    answer = booked(secretary, line, "2012-01-01")

    told = "The line is of the budget of %(year)s. Choose a line of the year in which it was spent."
    assert answer.context["form"].errors["happened_on"] == [says(told, year=2011)]


def test_month_is_closed_on_its_page_by_the_secretariat_or_the_foundation(client, programme, budget):
    for number, role in ((1, "secretariat"), (2, "foundation")):
        client.force_login(make.user_with_role(programme, role))
        url = reverse("budget:close_month", args=[budget.uuid, number])
        assert client.post(url, {"note": "Før lønnen"}).status_code == 302

    assert [one.month.month for one in ClosedMonth.objects.current()] == [1, 2]


def test_month_that_is_not_over_is_not_closed(secretary, programme):
    now = make.BudgetFactory(programme=programme, year=today().year)

    answer = secretary.post(reverse("budget:close_month", args=[now.uuid, today().month]), {"note": "Nu"})

    assert answer.context["form"].non_field_errors() == [says("The month is not over yet.")]


@pytest.mark.parametrize("number", [0, 13, 99])
def test_month_that_does_not_exist_is_not_found(secretary, budget, number):
    assert secretary.get(reverse("budget:close_month", args=[budget.uuid, number])).status_code == 404


def reopened(client, closed, reason="En regning kom for sent"):
    url = reverse("budget:reopen_month", args=[closed.uuid])
    hidden = hidden_of(client.get(url))
    return client.post(url, hidden | {"reason": reason})


def test_whoever_closed_it_cannot_open_it(client, closed, closer):
    client.force_login(closer)

    answer = reopened(client, closed)

    assert answer.context["form"].non_field_errors()
    assert ClosedMonth.objects.current().exists()


def test_another_opens_it_with_a_reason(secretary, line, closed):
    empty = reopened(secretary, closed, reason="")
    done = reopened(secretary, closed)

    assert (list(empty.context["form"].errors), done.status_code) == (["reason"], 302)
    assert spend(line, D(2011, 3, 15))


def test_database_keeps_two_persons_apart(closed, closer):
    for by in (closer, None):
        with pytest.raises(Error), transaction.atomic():
            closed.retract(by=by, reason="Alene")


def test_month_of_another_year_is_not_closed(budget, closer):
    values = {"by": closer, "budget": budget, "month": D(2012, 1, 1), "happened_on": D(2012, 2, 1)}

    assert refused_by(ClosedMonth.record, **values) == "budget_month_of_the_year"


def test_page_says_what_a_month_lacks(budget, line):
    spend(line, D(2011, 3, 2), Decimal("99.50"))
    whole = spend(line, D(2011, 3, 3), voucher="B1", evidence=make.stored_paper(budget.programme))
    reverse_posting(whole, by=None, on=D(2011, 3, 4), reason="Fejl")

    march = months_of(budget)[2]

    assert (march.postings, march.amount) == (3, Decimal("99.50"))
    assert (march.without_number, march.without_evidence, march.has_salary) == (1, 1, False)


def test_salary_that_is_wholly_reversed_is_no_salary_and_lacks_nothing(budget):
    salary = spend(budget.lines.get(kind="salary"), D(2011, 3, 31), 40000)

    before = months_of(budget)[2]
    reverse_posting(salary, by=None, on=D(2011, 3, 31), reason="Forkert")
    reversed_ = months_of(budget)[2]
    spend(budget.lines.get(kind="salary"), D(2011, 3, 31), 41000)
    anew = months_of(budget)[2]

    assert [one.has_salary for one in (before, reversed_, anew)] == [True, False, True]
    assert [(one.without_number, one.without_evidence) for one in (before, reversed_, anew)] == [(1, 1), (0, 0), (1, 1)]


@pytest.mark.django_db(transaction=True)
def test_voucher_on_its_way_while_the_month_is_closed_is_refused(elsewhere):
    programme = make.plan("København")
    budget = Budget.objects.get(programme=programme, year=2011)
    user, other = (make.user_with_role(programme, "secretariat") for _ in range(2))
    line = budget.lines.get(number=3)
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into budget_closedmonth (budget_id, month, happened_on, recorded_by_id, uuid, is_date_unknown,"
            " note, retraction_reason) values (%s, '2011-03-01', '2011-04-10', %s, gen_random_uuid(), false, '', '')",
            [budget.pk, other.pk],
        )

    waits = draft(line, other, on=D(2011, 3, 15))
    answer = while_waiting(user, reverse("budget:waiting"), {"chosen": token(waits)}, elsewhere)

    assert (answer.status_code, Posting.objects.count()) == (200, 0)
    assert answer.context["form"].errors
    assert Voucher.objects.get().number is None
