from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.reading.formats.numberformat.built_in import BUILT_IN
from mingsuan.reading.formats.numberformat.shown import number_shown, text_shown

ACCOUNTING = BUILT_IN[43]


@pytest.mark.parametrize(
    ("raw", "code", "shown"),
    [
        ("12.3", "#,##0.00", "12.30"),
        ("1234567.895", "#,##0.00", "1,234,567.90"),
        ("12.299999999999999", "0.00", "12.30"),
        ("1.005", "0.00", "1.01"),
        ("0", "#,##0.00", "0.00"),
        ("-5", "0;(0)", "(5)"),
        ("-12.5", "#,##0.00_);[Red]\\(#,##0.00\\)", "(12.50)"),
        ("-0.001", "0.00", "0.00"),
        ("12.3", ACCOUNTING, "12.30"),
        ("-12.3", ACCOUNTING, "-12.30"),
        ("0", ACCOUNTING, "-"),
        ("0", ";;;", ""),
        ("0", "#,##0.00;-#,##0.00;", ""),
        ("123456", '0!.0,"万"', "12.3万"),
        ("1000000", "#,##0,", "1,000"),
        ("0.2552", "0.00%", "25.52%"),
        ("5", "000", "005"),
        ("20230101", "0000-00-00", "2023-01-01"),
        ("0.5", "#.##", ".5"),
        ("13.5", "0.0#", "13.5"),
        ("1234.5", "[$¥-804]#,##0.00", "¥1,234.50"),
        ("1234.5", "￥#,##0.00", "￥1,234.50"),
        ("12345", "0.00E+00", "1.23E+04"),
        ("0.30000000000000004", "General", "0.3"),
        ("1234.123456789", "General", "1234.123457"),
        ("123456789012", "General", "123456789012"),
        ("2010301", "G/通用格式", "2010301"),
        ("1", "[>=1]0.0;[<0]0.00;0", "1.0"),
        ("0.5", "[>=1]0.0;[<0]0.00;0", "1"),
        ("44927", 'yyyy"年"m"月"d"日"', "2023年1月1日"),
        ("44927.5", "yyyy/mm/dd h:mm", "2023/01/01 12:00"),
        ("0.75", "上午/下午h:mm", "下午6:00"),
        ("1.5", "[h]:mm", "36:00"),
        ("not a number", "0.00", "not a number"),
    ],
)
def test_numbers_print_as_their_format_says(raw: str, code: str, shown: str) -> None:
    assert number_shown(raw, code) == shown


def test_days_count_from_1904_where_the_workbook_says_so() -> None:
    assert number_shown("43465", "yyyy-mm-dd", from_1904=True) == "2023-01-01"


def test_a_text_goes_through_the_section_for_texts() -> None:
    assert text_shown("甲", '0;0;0;"共"@"项"') == "共甲项"
    assert text_shown("甲", ";;;") == ""
    assert text_shown("甲", "0.00") == "甲"


@given(st.decimals(min_value=-(10**10), max_value=10**10, places=4))
def test_two_decimals_are_rounded_half_away_from_zero_and_never_lose_a_digit(value: Decimal) -> None:
    shown = number_shown(str(value), "#,##0.00")
    assert abs(Decimal(shown.replace(",", "")) - value) <= Decimal("0.005")


@given(st.decimals(allow_nan=True, allow_infinity=True), st.text(alphabet='0#?.,%;@"\\[]$-年ymdhsE+/GeneralAM<>= *_!', max_size=30))
def test_no_format_makes_it_fail(value: Decimal, code: str) -> None:
    assert isinstance(number_shown(str(value), code), str)
    assert isinstance(text_shown("甲", code), str)
