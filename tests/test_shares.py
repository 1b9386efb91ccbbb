"""An amount divided by weights: to the øre, and nobody is asked to pay for a rounding."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from budget.shares import shares

steady = settings(deadline=None, derandomize=True)
amounts = st.decimals(min_value=-(10**12) + 1, max_value=10**12 - 1, places=2)
weights = st.lists(st.decimals(min_value=0, max_value=10**12 - 1, places=2), min_size=1, max_size=12).filter(any)


@steady
@given(amounts, weights)
def test_parts_add_up_to_the_ore(amount, given_weights):
    parts = shares(amount, given_weights)

    assert (sum(parts), len(parts)) == (amount, len(given_weights))
    assert all(part == part.quantize(Decimal("0.01")) for part in parts)


@steady
@given(amounts, weights)
def test_no_part_has_another_sign_than_the_amount(amount, given_weights):
    assert all(part * amount >= 0 for part in shares(amount, given_weights))


@steady
@given(amounts, weights)
def test_part_is_less_than_an_ore_from_the_exact_one(amount, given_weights):
    total = sum(given_weights)

    for part, weight in zip(shares(amount, given_weights), given_weights, strict=True):
        assert abs(part * total - amount * weight) < Decimal("0.01") * total


@steady
@given(amounts, weights)
def test_no_weight_gets_nothing(amount, given_weights):
    parts = shares(amount, given_weights)

    assert all(part == 0 for part, weight in zip(parts, given_weights, strict=True) if weight == 0)


@steady
@given(amounts, weights)
def test_amount_below_zero_is_the_mirror(amount, given_weights):
    assert shares(-amount, given_weights) == [-part for part in shares(amount, given_weights)]


@steady
@given(amounts, weights)
def test_greater_weight_never_gets_less(amount, given_weights):
    parts = shares(abs(amount), given_weights)
    in_order = sorted(zip(given_weights, parts, strict=True))

    assert all(small[1] <= great[1] for small, great in itertools.pairwise(in_order) if small[0] < great[0])


@pytest.mark.parametrize(
    ("amount", "given_weights", "parts"),
    [
        ("25000.00", ["800000", "570000"], ["14598.54", "10401.46"]),
        ("0.01", ["1", "1"], ["0.01", "0.00"]),
        ("100.00", ["1", "1", "1"], ["33.34", "33.33", "33.33"]),
        ("-100.00", ["1", "1", "1"], ["-33.34", "-33.33", "-33.33"]),
        ("0.00", ["1", "2"], ["0.00", "0.00"]),
        ("7.00", ["0", "3.5"], ["0.00", "7.00"]),
    ],
    ids=["the year 2011", "one øre goes to the first", "thirds", "mirrored", "nothing", "no weight"],
)
def test_parts_by_the_largest_remainder(amount, given_weights, parts):
    assert shares(Decimal(amount), [Decimal(one) for one in given_weights]) == [Decimal(one) for one in parts]


@pytest.mark.parametrize(
    ("amount", "given_weights"),
    [("1.00", []), ("1.00", ["0", "0"]), ("1.00", ["2", "-1"]), ("1.001", ["1"])],
    ids=["nobody", "no weight at all", "below zero", "part of an øre"],
)
def test_amount_that_cannot_be_divided_is_refused(amount, given_weights):
    with pytest.raises(ValueError, match="An amount is divided"):
        shares(Decimal(amount), [Decimal(one) for one in given_weights])
