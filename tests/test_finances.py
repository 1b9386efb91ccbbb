"""The budget, to the øre, as of any Moment (domain.md, "The 2011 budget")."""

import datetime as dt
from decimal import Decimal

import pytest

from budget.models import Budget, BudgetApproval, Commitment, FundingFact
from bydelsmoedre.moment import Moment, end_of_day
from programme.models import Organisation
from reports.figures.finances import budget
from tests import factories as make
from tests.roles import clock

D = dt.date
KR = Decimal


def at(*date):
    return Moment(D(*date))


@pytest.fixture
def salary(programme):
    return Budget.objects.get(programme=programme).lines.get(number=1)


def spend(line, amount, on=D(2011, 3, 1)):
    return make.posting(line=line, amount=KR(amount), happened_on=on, text="Løn")


def commit(line, amount, since=D(2011, 3, 1), until=None):
    return Commitment.record(
        by=None, line=line, amount=KR(amount), started_on=since, ended_on=until, text="Aftalt supervision"
    )


def fund(programme, kind, stage, amount, on=D(2011, 1, 31)):
    ours = Organisation.objects.filter(programme=programme)
    body = ours.get(kind="steering_group") if stage == "granted" else None
    return FundingFact.record(
        by=None,
        budget=Budget.objects.get(programme=programme),
        funder=ours.get(kind=kind),
        stage=stage,
        amount=KR(amount),
        decided_by=body,
        happened_on=on,
    )


def test_budget_keeps_the_stated_total_beside_the_exact_sum(programme):
    found = budget(programme, at(2011, 12, 31))

    assert [line.budgeted for line in found.lines] == [KR(500000), KR(250000), KR(345000), KR(75000), KR(200000)]
    assert (found.budgeted, found.stated_total, found.rounding) == (KR("1370000.00"), KR("1400000.00"), KR("30000.00"))
    assert (found.stated_as, found.price_level) == ("1,4 mio. kr.", "2011 p/l")


def test_budget_without_postings_has_spent_nothing(programme):
    found = budget(programme, at(2011, 12, 31))

    assert (found.spent, found.committed, found.rest) == (KR("0.00"), KR("0.00"), KR("1370000.00"))


def test_budget_sums_to_the_oere(programme, salary):
    for amount in ("0.10", "0.20", "84000.33", "-0.30"):
        spend(salary, amount)
    commit(salary, "15000.05")

    line, *others = budget(programme, at(2011, 12, 31)).lines

    assert (line.spent, line.committed, line.rest) == (KR("84000.33"), KR("15000.05"), KR("400999.62"))
    assert {(one.spent, one.committed) for one in others} == {(KR("0.00"), KR("0.00"))}


def test_budget_shows_overspending_as_it_is(programme, salary):
    spend(salary, "506000")

    found = budget(programme, at(2011, 12, 31))

    assert found.lines[0].rest == KR("-6000.00")
    assert found.rest == KR("864000.00")


def test_overspending_is_shown_with_its_sign_on_the_overview(programme, salary, client_of, secretariat):
    spend(salary, "506000")

    html = client_of(secretariat).get("/", {"on": "2011-12-31"}).content.decode()

    assert "\u22126.000" in html


@pytest.mark.parametrize(
    ("day", "spent"),
    [
        pytest.param(D(2011, 2, 28), "0.00", id="the-day-before"),
        pytest.param(D(2011, 3, 1), "84000.00", id="on-the-day"),
        pytest.param(D(2011, 3, 2), "84000.00", id="the-day-after"),
    ],
)
def test_posting_counts_from_its_day(programme, salary, day, spent):
    spend(salary, "84000", on=D(2011, 3, 1))

    assert budget(programme, Moment(day)).spent == KR(spent)


@pytest.mark.parametrize(
    ("day", "committed"),
    [
        pytest.param(D(2011, 2, 28), "0.00", id="before"),
        pytest.param(D(2011, 3, 1), "15000.00", id="first-day"),
        pytest.param(D(2011, 6, 30), "15000.00", id="last-day"),
        pytest.param(D(2011, 7, 1), "0.00", id="after"),
    ],
)
def test_commitment_holds_within_its_period(programme, salary, day, committed):
    commit(salary, "15000", until=D(2011, 6, 30))

    assert budget(programme, Moment(day)).committed == KR(committed)


def test_reversed_posting_leaves_both_rows_and_the_exact_sum(programme, salary):
    spend(salary, "84000.50")
    spend(salary, "-84000.50", on=D(2011, 4, 1))

    assert budget(programme, at(2011, 3, 31)).spent == KR("84000.50")
    assert budget(programme, at(2011, 4, 1)).spent == KR("0.00")


def test_posting_is_counted_as_it_was_known(programme, salary):
    with clock(dt.datetime(2011, 4, 10, 12, tzinfo=dt.UTC)):
        spend(salary, "84000", on=D(2011, 3, 1))

    before = budget(programme, Moment(D(2011, 3, 31), end_of_day(D(2011, 4, 9))))
    after = budget(programme, Moment(D(2011, 3, 31), end_of_day(D(2011, 4, 10))))

    assert (before.spent, after.spent) == (KR("0.00"), KR("84000.00"))


def test_funding_keeps_its_four_stages_apart(programme):
    fund(programme, "municipality", "granted", "800000")
    fund(programme, "municipality", "paid", "400000", on=D(2011, 3, 15))
    fund(programme, "municipality", "paid", "399999.50", on=D(2011, 10, 10))
    fund(programme, "foundation", "granted", "570000", on=D(2011, 5, 24))

    city, foundation = budget(programme, at(2011, 12, 31)).funding

    assert (city.proposed, city.promised, city.granted, city.paid) == (
        KR("800000.00"),
        KR("0.00"),
        KR("800000.00"),
        KR("799999.50"),
    )
    assert (foundation.proposed, foundation.promised, foundation.granted, foundation.paid) == (
        KR("0.00"),
        KR("570000.00"),
        KR("570000.00"),
        KR("0.00"),
    )


def test_funding_counts_from_its_day_and_has_one_row_a_funder(programme):
    fund(programme, "municipality", "granted", "800000")
    fund(programme, "municipality", "paid", "400000", on=D(2011, 3, 15))
    fund(programme, "municipality", "paid", "400000", on=D(2011, 10, 10))

    paid = [budget(programme, Moment(day)).funding[0].paid for day in (D(2011, 3, 14), D(2011, 3, 15), D(2011, 10, 10))]

    assert paid == [KR("0.00"), KR("400000.00"), KR("800000.00")]
    assert len(budget(programme, at(2011, 12, 31)).funding) == 2


@pytest.mark.parametrize(
    ("day", "state", "approved_on"),
    [
        pytest.param(D(2011, 1, 30), "proposed", None, id="the-day-before"),
        pytest.param(D(2011, 1, 31), "approved", D(2011, 1, 31), id="on-the-day"),
    ],
)
def test_budget_is_proposed_until_the_day_of_its_approval(programme, day, state, approved_on):
    body = make.OrganisationFactory(programme=programme, kind="body")
    BudgetApproval.record(
        by=None, budget=Budget.objects.get(programme=programme), body=body, happened_on=D(2011, 1, 31)
    )

    found = budget(programme, Moment(day))

    assert (found.state, found.approved_on) == (state, approved_on)


def test_budget_of_the_latest_year_begun_is_shown(programme):
    make.BudgetFactory(programme=programme, year=2012)

    assert [budget(programme, at(year, 6, 1)).year for year in (2010, 2011, 2012, 2013)] == [2011, 2011, 2012, 2012]


def test_programme_without_a_budget_has_none(db):
    assert budget(make.ProgrammeFactory(), at(2011, 12, 31)) is None


def test_budget_takes_nothing_from_another_programme(programme, twin):
    line = Budget.objects.get(programme=twin).lines.get(number=1)
    spend(line, "999")

    assert budget(programme, at(2011, 12, 31)).spent == KR("0.00")
    assert budget(twin, at(2011, 12, 31)).spent == KR("999.00")
