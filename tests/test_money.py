"""Kroner: read as Danes and as programs write them, asked about where one cannot know, never rounded off."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from bydelsmoedre.danish import tal
from bydelsmoedre.money import LIMIT, AmbiguousAmount, format_amount, parse_amount, parse_percent

steady = settings(deadline=None, derandomize=True)
amounts = st.decimals(min_value=-LIMIT + 1, max_value=LIMIT - 1, places=2)


@steady
@given(amounts)
def test_amount_reads_back_as_it_was_written(amount):
    assert parse_amount(format_amount(amount)) == amount


@steady
@given(amounts)
def test_amount_written_by_a_program_is_read(amount):
    written = str(amount)

    try:
        assert parse_amount(written) == amount
    except AmbiguousAmount:
        assert abs(amount) < 1000


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1.370.000,50", "1370000.50"),
        ("1370000.50", "1370000.50"),
        ("1,370,000.50", "1370000.50"),
        ("1370000", "1370000.00"),
        ("1.370.000", "1370000.00"),
        ("1.370", "1370.00"),
        ("1 370 000,50", "1370000.50"),
        ("1\u00a0370\u202f000", "1370000.00"),
        ("1,37", "1.37"),
        ("1,5", "1.50"),
        ("0,05", "0.05"),
        ("0", "0.00"),
        (" 800.000 kr. ", "800000.00"),
        ("kr. 800.000", "800000.00"),
        ("800000 KR", "800000.00"),
        ("800.000 kroner", "800000.00"),
        ("DKK 800.000", "800000.00"),
        ("800.000,-", "800000.00"),
        ("-219.000,50", "-219000.50"),
        ("\u2212219.000 kr.", "-219000.00"),
        ("- 5", "-5.00"),
        ("999.999.999.999,99", "999999999999.99"),
    ],
)
def test_amount_is_understood(text, amount):
    assert str(parse_amount(text)) == amount


@pytest.mark.parametrize(
    ("text", "readings"),
    [
        ("1.37", ("137 kr.", "1,37 kr.")),
        ("1.5", ("15 kr.", "1,5 kr.")),
        ("1,370", ("1.370 kr.", "1,37 kr.")),
        ("12,345", ("12.345 kr.", "12,345 kr.")),
        ("-1.37 kr.", ("137 kr.", "1,37 kr.")),
    ],
)
def test_amount_with_two_readings_is_asked_about(text, readings):
    with pytest.raises(AmbiguousAmount) as error:
        parse_amount(text)

    assert (error.value.params["whole"], error.value.params["decimals"]) == readings


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "kr.", "mange", "1,4 mio.", "1.37.000", "1,2,3", "1..370", "--5", "5-", "1e6", "NaN", "12 34",
        "100 kr 50", "100 kr. 50 øre", "0x10", "½", "1,234,567", "1.370,5000", "😀", "5 6", "1 370 00",
    ],
)  # fmt: skip
def test_amount_that_is_none_is_refused(text):
    with pytest.raises(ValidationError) as error:
        parse_amount(text)

    assert error.value.code == "invalid"


@pytest.mark.parametrize("text", ["1.000.000.000.000", "-1000000000000", "9" * 10_000])
def test_amount_beyond_what_is_stored_is_refused_and_not_clamped(text):
    with pytest.raises(ValidationError) as error:
        parse_amount(text)

    assert error.value.code == "too_large"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1370000", "1.370.000 kr."),
        ("1370000.50", "1.370.000,50 kr."),
        ("-219000.50", "−219.000,50 kr."),
        ("0", "0 kr."),
        ("0.05", "0,05 kr."),
    ],
)
def test_amount_is_shown_as_the_municipality_prints_it(amount, text):
    assert format_amount(Decimal(amount)) == text


@given(st.decimals(-100, 100, places=2))
def test_percentage_reads_back_as_it_was_written(percent):
    assert parse_percent(tal(percent), -100) == percent


@pytest.mark.parametrize(
    ("text", "percent"),
    [("0", "0"), ("100", "100"), ("12,5 %", "12.5"), ("12.5", "12.5"), ("0.01", "0.01"), (" 18% ", "18")],
)
def test_percentage_is_read_as_it_is_written(text, percent):
    assert parse_percent(text) == Decimal(percent)


@pytest.mark.parametrize("text", ["", "%", "lidt", "1,005", "1.000", "12,", "١٢", "5 % 5", "1e2", "--1"])
def test_percentage_that_is_none_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        parse_percent(text)

    assert refused.value.code == "invalid"


@pytest.mark.parametrize("text", ["-0,01", "100,01", "\u22121"])
def test_percentage_out_of_its_range_is_refused(text):
    with pytest.raises(ValidationError) as refused:
        parse_percent(text)

    assert (refused.value.code, refused.value.params) == ("out_of_range", {"least": "0", "most": "100"})


def test_percentage_has_as_many_decimals_and_ends_as_is_said():
    assert parse_percent("33,333", decimals=3) == Decimal("33.333")
    assert (parse_percent("\u221220", -20, 50), parse_percent("50", -20, 50)) == (-20, 50)
    with pytest.raises(ValidationError, match="0,001"):
        parse_percent("0", Decimal("0.001"), decimals=3)
