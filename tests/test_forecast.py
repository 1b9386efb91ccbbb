"""The forecast to the end of the year: each part at its boundaries, nothing twice, nothing clamped."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports.figures.forecast import Plans, line_forecast, months_over
from reports.figures.shapes import LineFigure
from tests.figures import planned_of

D = dt.date
KR = Decimal
NOVEMBER = D(2011, 11, 15)
steady = settings(deadline=None, derandomize=True)

# --- The rule, without a database


def line(spent=(), *, allocated="100000", committed="0"):
    """A line's account; what was spent, by month's number."""
    months = tuple((D(2011, number, 1), KR(amount)) for number, amount in spent)
    return LineFigure(None, 1, "Post", KR(allocated), KR("0.00"), KR(committed), months)


def salaries(*months):
    return Plans("salary", salaries=[(D(2011, number, 1), KR(amount)) for number, amount in months])


PAID = [(8, "40000"), (9, "41000"), (10, "45000")]


@pytest.mark.parametrize(
    ("on", "count", "each"),
    [
        pytest.param(D(2011, 10, 30), 2, KR("40500.00"), id="october-is-no-whole-month-yet"),
        pytest.param(D(2011, 10, 31), 2, KR("42000.00"), id="october-is-whole-on-its-last-day"),
        pytest.param(D(2011, 11, 1), 2, KR("42000.00"), id="november-lacks-its-salary"),
        pytest.param(D(2011, 11, 30), 2, KR("42000.00"), id="also-on-its-last-day"),
        pytest.param(D(2011, 12, 1), 1, KR("42000.00"), id="what-is-not-booked-in-november-does-not-come"),
        pytest.param(D(2011, 12, 30), 1, KR("42000.00"), id="the-day-before-the-last"),
    ],
)
def test_salaries_are_the_average_of_three_whole_months_for_each_that_is_left(on, count, each):
    known = [one for one in PAID if D(2011, one[0], 1) <= on]

    found = line_forecast(line(known), salaries(*known), on, 2011)

    assert planned_of(found) == (count, each, each * count)


def test_month_that_has_its_salary_is_not_planned_once_more():
    known = [*PAID, (11, "43000")]

    found = line_forecast(line(known), salaries(*known), NOVEMBER, 2011)

    assert planned_of(found) == (1, KR("42000.00"), KR("42000.00"))
    assert found.total == KR("211000.00")


def test_month_without_a_salary_is_passed_over_in_the_average():
    known = [(3, "30000"), (6, "30000"), (7, "0"), (9, "60000")]

    found = line_forecast(line(known), salaries(*known), NOVEMBER, 2011)

    assert found.planned.each == KR("40000.00")


def test_average_is_to_the_ore():
    known = [(8, "100"), (9, "100"), (10, "100.01")]

    found = line_forecast(line(known), salaries(*known), NOVEMBER, 2011)

    assert planned_of(found) == (2, KR("100.00"), KR("200.00"))


def test_salaries_before_any_is_paid_cannot_be_estimated():
    found = line_forecast(line(), salaries(), D(2011, 1, 1), 2011)

    assert (planned_of(found), found.is_lacking, found.total) == ((12, None, 0), True, 0)


@pytest.mark.parametrize(("committed", "planned"), [("0", "84000"), ("60000", "24000"), ("84000", "0"), ("90000", "0")])
def test_what_is_committed_for_salaries_is_counted_once(committed, planned):
    found = line_forecast(line(PAID, committed=committed), salaries(*PAID), NOVEMBER, 2011)

    assert found.plans == KR(planned)
    assert found.total == KR(126000) + max(KR(84000), KR(committed))


def test_sessions_cost_what_they_have_cost_on_the_average():
    plans = Plans("training", course_cost=KR("9250"), held=5, ahead=7)

    found = line_forecast(line([(9, "9250")], committed="1000"), plans, NOVEMBER, 2011)

    assert planned_of(found) == (7, KR("1850.00"), KR("12950.00"))


@pytest.mark.parametrize(
    "plans",
    [
        pytest.param(Plans("training", held=0, ahead=7), id="none-is-held"),
        pytest.param(Plans("training", held=3, ahead=7), id="nothing-is-booked-on-them"),
        pytest.param(Plans("training", course_cost=KR("0.00"), held=3, ahead=7), id="all-is-reversed"),
    ],
)
def test_sessions_of_which_nothing_tells_the_price_cannot_be_estimated(plans):
    found = line_forecast(line(), plans, NOVEMBER, 2011)

    assert (planned_of(found), found.is_lacking) == ((7, None, 0), True)


def test_no_session_ahead_plans_nothing():
    found = line_forecast(line(), Plans("training", course_cost=KR("100"), held=3), NOVEMBER, 2011)

    assert (found.planned, found.is_lacking) == (None, False)


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("salary", "nothing"),
        ("concept", "budget"),
        ("training", "budget"),
        ("measuring", "budget"),
        ("office", "pace"),
        ("other", "budget"),
    ],
)
def test_each_kind_of_line_has_its_usual_method(kind, method):
    assert line_forecast(line(), Plans(kind), NOVEMBER, 2011).method == method


def foretold(method, spent=(), on=NOVEMBER, **values):
    return line_forecast(line(spent, **values), Plans("other", chosen=method), on, 2011)


def test_as_the_budget_spends_what_is_left_of_it():
    found = foretold("budget", [(3, "30000")], committed="5000")

    assert (found.remainder, found.total, found.deviation) == (KR("65000.00"), KR("100000.00"), 0)


@pytest.mark.parametrize("method", ["budget", "pace", "nothing"])
def test_overspending_is_told_as_it_is(method):
    found = foretold(method, [(11, "100000.01")])

    assert (found.total, found.deviation) == (KR("100000.01"), KR("0.01"))


@pytest.mark.parametrize(
    ("on", "months", "remainder"),
    [
        pytest.param(D(2011, 10, 31), 10, "200", id="ten-months-are-over"),
        pytest.param(D(2011, 11, 1), 10, "200", id="the-next-day"),
        pytest.param(D(2011, 11, 29), 10, "200", id="november-is-not-over"),
        pytest.param(D(2011, 11, 30), 11, "90.91", id="now-it-is"),
    ],
)
def test_as_so_far_is_the_average_of_the_months_that_are_over(on, months, remainder):
    found = foretold("pace", [(2, "400"), (10, "600")], on=on)

    assert months_over(on, 2011) == months
    assert found.remainder == KR(remainder)


def test_as_so_far_counts_what_is_spent_this_month_and_what_is_committed_once():
    found = foretold("pace", [(2, "1000"), (11, "60")], committed="30")

    assert (found.rest.each, found.remainder, found.total) == (KR("100.00"), KR("110.00"), KR("1200.00"))


def test_as_so_far_before_a_month_is_over_cannot_be_estimated():
    found = foretold("pace", [(1, "500")], on=D(2011, 1, 30))

    assert (found.remainder, found.is_lacking) == (0, True)


@pytest.mark.parametrize("on", [D(2011, 12, 31), D(2012, 3, 1)])
@pytest.mark.parametrize("kind", ["salary", "training", "office"])
def test_year_that_is_over_is_what_was_spent(kind, on):
    plans = Plans(kind, salaries=[(D(2011, 10, 1), KR(700))], course_cost=KR(100), held=1, ahead=4)

    found = line_forecast(line([(10, "700")], committed="5000"), plans, on, 2011)

    assert (found.total, found.committed, found.plans, found.remainder) == (700, 0, 0, 0)


@pytest.mark.parametrize(("on", "count"), [(D(2010, 12, 31), 12), (D(2011, 1, 1), 12), (D(2011, 2, 1), 11)])
def test_year_that_is_ahead_has_all_its_salaries(on, count):
    assert line_forecast(line(), salaries(), on, 2011).planned.count == count


amounts = st.decimals(min_value=-(10**9), max_value=10**9, places=2)
days = st.dates(D(2010, 12, 1), D(2012, 1, 31))


@steady
@given(
    st.lists(st.tuples(st.integers(1, 12), amounts), max_size=6, unique_by=lambda one: one[0]),
    st.decimals(min_value=0, max_value=10**9, places=2),
    amounts,
    st.sampled_from(["salary", "training", "office", "other"]),
    st.sampled_from([None, "budget", "pace", "nothing"]),
    st.integers(0, 30),
    days,
)
def test_forecast_is_its_parts_and_never_less_than_what_is_spent_and_bound(
    spent, committed, allocated, kind, method, ahead, on
):
    spent = sorted(spent)
    months = [(D(2011, number, 1), amount) for number, amount in spent]
    plans = Plans(kind, method, salaries=months, course_cost=sum((kr for _, kr in months), KR(0)), held=2, ahead=ahead)

    found = line_forecast(line(spent, allocated=allocated, committed=committed), plans, on, 2011)

    assert found.total == found.spent + found.committed + found.plans + found.remainder
    assert found.deviation == found.total - found.budgeted
    assert min(found.plans, found.remainder) >= 0
    if on < D(2011, 12, 31):
        assert found.total >= found.spent + committed
        assert found.method != "budget" or found.total >= found.budgeted
