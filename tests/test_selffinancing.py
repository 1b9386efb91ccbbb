"""The arithmetic of the scenarios: what holds whatever is assumed, and what happens at each boundary."""

import math
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget.scenario_chart import bars
from budget.selffinancing import (
    Assumptions,
    Month,
    Source,
    one_more_course,
    one_more_funder,
    outcome,
    without,
)

FIRST = Month(2012, 1)


def amounts(least="0"):
    return st.decimals(least, "9999999.99", places=2)


def shares():
    return st.decimals("0", "100", places=2)


months = st.builds(Month, st.integers(2010, 2019), st.integers(1, 12))


@st.composite
def sources(draw):
    first, last = draw(months), draw(st.none() | months)
    if last is not None and last < first:
        first, last = last, first
    return Source("Kilde", "other", draw(amounts("0.01")), draw(shares()), draw(shares()), first, last)


@st.composite
def assumptions(draw):
    return Assumptions(
        first_year=draw(st.integers(2012, 2015)),
        years=draw(st.integers(1, 5)),
        coordinator_pay=draw(amounts()),
        full_time_share=draw(shares()),
        course_cost=draw(amounts()),
        mothers_per_course=draw(st.integers(1, 30)),
        recruits_per_year=draw(st.integers(0, 100)),
        other_costs=draw(amounts()),
        price_growth=draw(st.decimals("-20", "50", places=2)),
        sources=draw(st.lists(sources(), max_size=5)),
    )


def assumed(*listed, **values):
    """Half a million for the coordinator, 24 recruits on two courses of 60.000, in 2012 to 2014."""
    told = {
        "first_year": 2012,
        "years": 3,
        "coordinator_pay": Decimal(500_000),
        "full_time_share": Decimal(100),
        "course_cost": Decimal(60_000),
        "mothers_per_course": 16,
        "recruits_per_year": 24,
        "other_costs": Decimal(0),
        "price_growth": Decimal(0),
    }
    return Assumptions(**told | values, sources=list(listed))


def gives(amount, first=FIRST, last=None, probability=100, municipal=0):
    return Source("Kilde", "foundation", Decimal(amount), Decimal(probability), Decimal(municipal), first, last)


# --- Whatever is assumed


HALF_ORE = Fraction(1, 200)


@given(assumptions())
def test_cost_of_each_year_is_the_exact_one_but_for_its_three_roundings(scenario):
    courses = math.ceil(Fraction(scenario.recruits_per_year, scenario.mothers_per_course))
    first = Fraction(scenario.coordinator_pay) * Fraction(scenario.full_time_share) / 100
    first += courses * Fraction(scenario.course_cost) + Fraction(scenario.other_costs)

    found = outcome(scenario)

    for later, year in enumerate(found.years):
        exact = first * (1 + Fraction(scenario.price_growth) / 100) ** later
        assert abs(Fraction(year.cost) - exact) <= 3 * HALF_ORE
    assert found.cost == sum(year.pay + year.course_costs + year.other_costs for year in found.years)


@given(assumptions())
def test_what_is_expected_each_year_is_the_exact_sum_but_for_a_rounding_of_each_source(scenario):
    found = outcome(scenario)

    for year in found.years:
        exact = Fraction(0)
        for one in scenario.sources:
            months = sum(one.is_active(Month(year.year, number)) for number in range(1, 13))
            exact += Fraction(one.amount) * months / 12 * Fraction(one.probability) / 100
        assert abs(Fraction(year.covered) - exact) <= len(scenario.sources) * HALF_ORE
        assert year.gap == year.cost - year.covered
    assert found.gap == sum(year.gap for year in found.years)


@given(assumptions())
def test_municipal_share_is_between_nothing_and_all(scenario):
    found = outcome(scenario)

    for one in (*found.years, found):
        assert (one.municipal_share is None) == (one.covered == 0)
        assert one.municipal_share is None or 0 <= one.municipal_share <= 100


@given(assumptions())
def test_what_is_expected_is_no_more_than_if_all_comes(scenario):
    assert all(year.covered <= year.covered_if_all_comes for year in outcome(scenario).years)


@given(assumptions(), sources())
def test_source_more_never_raises_the_gap(scenario, more):
    richer = replace(scenario, sources=[*scenario.sources, more])

    pairs = zip(outcome(scenario).years, outcome(richer).years, strict=True)
    assert all(after.gap <= before.gap for before, after in pairs)


@given(assumptions())
def test_course_more_never_lowers_the_cost(scenario):
    effect = one_more_course(scenario)

    assert all(after.cost >= before.cost and after.courses == before.courses + 1 for before, after in effect.years)
    assert effect.gap == effect.after.cost - effect.before.cost


@given(assumptions(), amounts("0.01"))
def test_funder_more_gives_its_amount_each_year(scenario, amount):
    assert one_more_funder(scenario, amount).gap == -amount * scenario.years


@given(assumptions().filter(lambda one: one.sources))
def test_source_that_is_lost_takes_what_it_gave(scenario):
    lost = scenario.sources[0]

    effect = without(scenario, lost)

    assert effect.gap == sum(part.expected for part in effect.before.of(lost))


@given(months, st.integers(0, 70))
def test_months_of_a_source_add_up_across_years(first, more):
    last = Month.of(first.ordinal + more)

    told = [gives(1, first, last).months_in(year) for year in range(2000, 2040)]

    assert sum(told) == more + 1
    assert all(0 <= months <= 12 for months in told)


@given(assumptions())
def test_it_stands_alone_from_the_first_month_after_the_last_that_does_not(scenario):
    found = outcome(scenario)

    if found.stands_alone_from is None:
        assert found.why_not.month == scenario.months[-1]
    elif found.why_not is None:
        assert found.stands_alone_from == scenario.months[0]
    else:
        assert found.stands_alone_from.ordinal == found.why_not.month.ordinal + 1


@given(st.lists(assumptions(), min_size=1, max_size=4), st.none() | amounts("0.01"))
def test_bars_stay_within_the_drawing(scenarios, estimate):
    drawn = bars([outcome(one) for one in scenarios], estimate)

    for bar in drawn.bars:
        for box in (bar.cost, bar.covered, bar.municipal):
            assert drawn.left <= box.x <= box.x + box.width <= drawn.width
            assert box.y >= 0
            assert box.y + box.height == pytest.approx(drawn.bottom, abs=0.2)
    assert len(drawn.bars) == sum(one.years for one in scenarios)
    assert 1 <= len(drawn.levels) <= 7


# --- At the boundaries


@pytest.mark.parametrize(
    ("recruits", "seats", "courses"), [(0, 16, 0), (1, 16, 1), (16, 16, 1), (17, 16, 2), (32, 16, 2), (33, 16, 3)]
)
def test_courses_seat_all_recruits(recruits, seats, courses):
    (year,) = outcome(assumed(recruits_per_year=recruits, mothers_per_course=seats, years=1)).years

    assert (year.courses, year.course_costs) == (courses, courses * 60_000)


def test_cost_grows_with_prices_from_the_second_year():
    found = outcome(assumed(price_growth=Decimal("2.5"), full_time_share=Decimal(50), other_costs=Decimal(10_000)))

    assert [year.cost for year in found.years] == [
        Decimal("380000.00"),
        Decimal("389500.00"),
        Decimal("399237.50"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        pytest.param((2012, 1), None, [12, 12, 12], id="to-the-end"),
        pytest.param((2012, 12), (2013, 1), [1, 1, 0], id="across-new-year"),
        pytest.param((2012, 2), (2012, 2), [1, 0, 0], id="february-of-a-leap-year"),
        pytest.param((2011, 1), (2011, 12), [0, 0, 0], id="over-before-it-begins"),
        pytest.param((2015, 1), None, [0, 0, 0], id="after-the-end"),
        pytest.param((2014, 12), (2016, 6), [0, 0, 1], id="past-the-end"),
        pytest.param((2010, 6), (2012, 1), [1, 0, 0], id="from-before-the-start"),
    ],
)
def test_source_gives_from_its_first_month_to_its_last(first, last, told):
    source = gives(120_000, Month(*first), Month(*last) if last else None)

    found = outcome(assumed(source))

    assert [part.months for part in found.of(source)] == told
    assert [year.covered for year in found.years] == [months * 10_000 for months in told]


def test_what_is_expected_follows_probability_and_municipal_money():
    (year,) = outcome(assumed(gives(400_000, probability=75, municipal=18), years=1)).years

    assert (year.covered, year.covered_if_all_comes, year.municipal) == (300_000, 400_000, 54_000)
    assert year.municipal_share == 18


def test_nothing_covered_has_no_municipal_share():
    found = outcome(assumed(gives(1000, probability=0, municipal=100)))

    assert (found.covered, found.municipal_share) == (0, None)
    assert found.has_municipal_money, "it may come, though nobody expects it"


def test_surplus_is_a_gap_below_zero():
    assert [year.gap for year in outcome(assumed(gives(700_000))).years] == [-80_000] * 3


@pytest.mark.parametrize(("amount", "alone"), [("619999.99", None), ("620000", FIRST), ("620000.01", FIRST)])
def test_it_stands_alone_when_the_cost_is_covered_to_the_oere(amount, alone):
    found = outcome(assumed(gives(amount)))

    assert found.stands_alone_from == alone
    assert (found.why_not is None) == (alone is not None)
    if found.why_not:
        assert (found.why_not.month, found.why_not.lacking) == (Month(2014, 12), Decimal("0.01"))


def test_it_stands_alone_after_the_last_month_with_municipal_money():
    hidden = gives(100_000, FIRST, Month(2013, 6), municipal="0.01")

    found = outcome(assumed(gives(620_000), hidden))

    assert (found.stands_alone_from, found.why_not.month) == (Month(2013, 7), Month(2013, 6))
    assert (found.why_not.is_municipal, found.why_not.lacking) == (True, 0)


def test_it_does_not_stand_alone_where_a_source_ends_before_the_scenario():
    found = outcome(assumed(gives(620_000, FIRST, Month(2014, 11))))

    assert (found.stands_alone_from, found.why_not.month) == (None, Month(2014, 12))


def test_it_stands_alone_from_the_last_month_at_least():
    found = outcome(assumed(gives(620_000, Month(2014, 12))))

    assert found.stands_alone_from == Month(2014, 12)


def test_scenario_that_costs_nothing_stands_alone():
    found = outcome(assumed(coordinator_pay=Decimal(0), recruits_per_year=0))

    assert (found.cost, found.stands_alone_from, found.why_not) == (0, FIRST, None)


def test_course_more_where_nobody_is_recruited_is_one_course():
    assert one_more_course(assumed(recruits_per_year=0)).gap == 180_000
