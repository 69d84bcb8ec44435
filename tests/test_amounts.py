from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.amounts import MAX_DIGITS, UNITS, Amount, State, common_decimals, parse_amount, parse_number, rounded

printed_units = st.sampled_from(sorted(UNITS))
digits = st.integers(-(10**14), 10**14)
decimals = st.integers(0, 6)


def wan(text: str) -> Amount:
    amount = parse_amount(text, "万元")
    assert isinstance(amount, Amount)
    return amount


@given(digits, printed_units, decimals)
def test_what_is_printed_reads_back_as_the_same_amount(value: int, unit: str, places: int) -> None:
    amount = Amount(Decimal(value).scaleb(-places) * UNITS[unit], unit, places)
    assert parse_amount(amount.text(), unit) == amount
    assert parse_amount(amount.text(thousands=True), unit) == amount


@given(digits, printed_units, decimals)
def test_rounding_moves_an_amount_by_at_most_half_its_last_digit(value: int, unit: str, places: int) -> None:
    exact = Decimal(value).scaleb(-2)
    shown = rounded(exact, unit, places)
    assert abs(shown.yuan - exact) <= shown.half
    assert rounded(shown.yuan, unit, places) == shown


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), printed_units, decimals)
def test_rounding_keeps_order(left: int, right: int, unit: str, places: int) -> None:
    low, high = sorted((Decimal(left), Decimal(right)))
    assert rounded(low, unit, places).yuan <= rounded(high, unit, places).yuan


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("395", "395"),
        ("1,234,567.80", "1234567.80"),
        ("2, 217.0", "2217.0"),
        ("１２３．４５", "123.45"),
        ("１，２３４", "1234"),
        ("-3.5", "-3.5"),
        ("−3.5", "-3.5"),
        ("－3.5", "-3.5"),
        ("(3.5)", "-3.5"),
        ("（1,000）", "-1000"),
        ("007", "7"),
    ],
)
def test_one_number_is_read_in_every_way_it_is_printed(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "12%", "1.2.3", "12,34", "1O5.3", "3-5", "约3", "1e5", "٣", "½", "--5", "(3", "NaN", "Infinity"])
def test_what_is_not_one_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.text(max_size=40))
def test_no_text_makes_reading_a_number_fail(text: str) -> None:
    number = parse_number(text)
    assert number is None or number.is_finite()


def test_codes_and_damage_are_not_read_as_money() -> None:
    assert parse_number("9" * MAX_DIGITS) is not None
    assert parse_number("9" * (MAX_DIGITS + 1)) is None
    assert parse_number("0." + "1" * MAX_DIGITS) is None


def test_a_negative_zero_is_zero() -> None:
    amount = wan("-0.00")
    assert amount.text() == "0.00"


@pytest.mark.parametrize("text", ["", "  ", "\u3000", "-", "—", "——", "/"])
def test_blank_is_not_zero(text: str) -> None:
    assert parse_amount(text, "元") is State.BLANK
    assert parse_amount("0", "元") == Amount(Decimal(0), "元", 0)


def test_what_is_no_number_is_unreadable_and_not_blank() -> None:
    assert parse_amount("1O5.3", "万元") is State.UNREADABLE


def test_a_unit_that_does_not_exist_is_refused() -> None:
    with pytest.raises(KeyError):
        parse_amount("1", "美元")


def test_units_differ_in_yuan_and_in_half_digits() -> None:
    assert wan("3.50").yuan == 35000
    assert wan("3.50").half == 50
    assert wan("3.5").half == 500
    yuan = parse_amount("35000", "元")
    assert isinstance(yuan, Amount)
    assert yuan.half == Decimal("0.5")


def test_a_form_of_two_decimals_that_prints_395_means_395_00() -> None:
    assert wan("395").at(2) == Amount(Decimal(3950000), "万元", 2)
    assert wan("395.123").at(2) == wan("395.123"), "digits that are printed are never taken away"


def test_rounding_is_half_away_from_zero_as_spreadsheets_do() -> None:
    assert rounded(Decimal(50), "万元", 2).text() == "0.01"
    assert rounded(Decimal(-50), "万元", 2).text() == "-0.01"
    assert rounded(Decimal("49.99"), "万元", 2).text() == "0.00"


def test_an_amount_shows_its_unit_and_thousands() -> None:
    assert str(wan("1458.9")) == "1,458.9万元"


def test_one_longer_digit_string_is_a_slip_and_not_the_precision_of_the_form() -> None:
    assert common_decimals([wan("1.00"), wan("2.5"), wan("3.123456"), wan("4.25")]) == 2
    assert common_decimals([wan("3.12")]) == 2
    assert common_decimals([]) == 0


@pytest.mark.parametrize("text", ["-12.30", "−12.30", "－１２．３０", "(12.30)", "（12.30）", "▲12.30", "△12.30", "﹣12.30"])
def test_negatives_are_known_however_an_accountant_marks_them(text: str) -> None:
    amount = parse_amount(text, "万元")
    assert isinstance(amount, Amount)
    assert amount.yuan == Decimal(-123000)
