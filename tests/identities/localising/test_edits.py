from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.amounts import Amount, parse_amount
from mingsuan.identities.localising.edits import TYPED, apart, operation, printed_as, slips


def wan(text: str | None) -> Amount | None:
    if text is None:
        return None
    amount = parse_amount(text, "万元")
    assert isinstance(amount, Amount)
    return amount


@pytest.mark.parametrize(
    ("printed", "meant", "name"),
    [
        ("123.45", "123.55", "一位数字错"),
        ("132.45", "123.45", "两位数字颠倒"),
        ("123.54", "123.45", "两位数字颠倒"),
        ("-123.45", "123.45", "正负号"),
        ("1234.50", "123.45", "单位或小数点错位"),
        ("1234500.00", "123.45", "元与万元混用"),
        ("23.45", "123.45", "漏一位数字"),
        ("1123.45", "123.45", "多一位数字"),
        ("1070.23", "101070.23", "漏一位数字"),
        ("0.35", "100.35", "漏一位数字"),
        ("1070.23", "-101070.23", "数值不符"),
        ("987.65", "123.45", "数值不符"),
        ("5.00", "0.00", "多填"),
        ("5.00", None, "多填"),
        (None, "5.00", "漏填"),
    ],
)
def test_a_slip_is_called_by_what_it_did_to_the_right_number(printed: str | None, meant: str | None, name: str) -> None:
    assert operation(wan(printed), wan(meant)) == name


def test_exchanged_digits_are_neighbours_or_apart() -> None:
    printed, neighbours, others = wan("123.45"), wan("132.45"), wan("321.45")
    assert printed and neighbours and others
    assert not apart(printed, neighbours)
    assert apart(printed, others)


def test_typed_slips_are_those_that_a_hand_or_a_copy_makes() -> None:
    assert "一位数字错" in TYPED
    assert not {"数值不符", "多填", "漏填"} & TYPED


@given(st.integers(10**8, 10**9 - 1), st.integers(1, 8), st.integers(1, 9))
def test_any_one_digit_changed_is_a_typed_slip(value: int, position: int, step: int) -> None:
    digits = list(str(value))
    digits[position] = str((int(digits[position]) + step) % 10)
    meant, printed = (Amount(Decimal(n) * 100, "万元", 2) for n in (value, int("".join(digits))))
    assert operation(printed, meant) in TYPED


@given(st.integers(-(10**12), 10**12))
def test_a_value_is_printed_like_another_where_its_digits_allow(value: int) -> None:
    like = Amount(Decimal(0), "万元", 2)
    shown = printed_as(Decimal(value), like)
    if value % 100:
        assert shown is None
    else:
        assert shown == Amount(Decimal(value), "万元", 2)


@given(st.integers(-(10**9), 10**9), st.integers(0, 2), st.data())
def test_the_right_number_is_among_what_a_slip_may_have_been_made_from(right: int, decimals: int, data: st.DataObject) -> None:
    """A digit changed, two turned round, one left out or doubled, the sign, ten thousand times too much; nobody prints leading zeros."""
    text = str(abs(right)).zfill(decimals + 1)
    n = data.draw(st.integers(0, len(text) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    sign = -1 if right < 0 else 1
    made = (
        f"{text[:n]}{digit}{text[n + 1 :]}",
        f"{text[: n - 1]}{text[n]}{text[n - 1]}{text[n + 1 :]}" if n else text,
        f"{text[:n]}{text[n]}{text[n:]}",
        f"{text[:n]}{text[n + 1 :]}" if len(text) > decimals + 1 else text,
    )
    wrong = [*(sign * int(m) for m in made if m[0] != "0"), -right, right * 10000]
    assert all(right in slips(w, decimals) for w in wrong if w != right and w)
