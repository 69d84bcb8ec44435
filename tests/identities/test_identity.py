from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.amounts import Amount, rounded
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.identity import Identity, Sort, total, violation
from mingsuan.places import NOWHERE


def figures(*printed: str | None) -> list[Figure]:
    """Figures of 万元: digits as printed, None where the cell is blank, ? where it cannot be read."""
    return [_figure(text) for text in printed]


def _figure(text: str | None) -> Figure:
    if text is None or text == "?":
        return Figure((), None, "", NOWHERE, unreadable=text == "?")
    decimals = len(text.partition(".")[2])
    return Figure((), Amount(Decimal(text) * 10000, "万元", decimals), "", NOWHERE)


def equal(left: int, *right: int) -> Identity:
    return Identity(Sort.PARTITION, (left,), right, "")


def contained(part: int, whole: int) -> Identity:
    return Identity(Sort.CONTAINED, (part,), (whole,), "")


@pytest.mark.parametrize(
    ("printed", "holds"),
    [
        (["10.00", "10.00"], True),
        (["10.00", "10.01"], False),
        (["10.0", "10.04"], True),
        (["10.0", "10.05"], True),
        (["10.0", "10.06"], False),
        (["10", "10.50"], True),
        (["10", "10.51"], False),
        (["10.00", None], False),
        (["0.00", None], True),
        ([None, None], True),
        (["-3.00", "3.00"], False),
    ],
)
def test_two_amounts_differ_by_less_than_their_half_digits_or_not_at_all(printed: list[str | None], holds: bool) -> None:
    """10.0 stands for 9.95 to 10.05 and 10.06 for 10.055 to 10.065, which only touch; 10.05 begins at 10.045."""
    assert (violation(equal(0, 1), figures(*printed)) is None) == holds


@pytest.mark.parametrize(
    ("printed", "holds"),
    [
        (["10.00", "3.33", "3.33", "3.33"], True),
        (["10.00", "3.33", "3.33", "3.32"], False),
        (["10.00", "4.99", "5.00"], True),
        (["10.00", "4.99", "4.99"], False),
        (["10.00", "9.99"], False),
        (["10.00", "9.99", None, None], False),
        (["10.00", "9.99", "0.00"], True),
    ],
)
def test_a_sum_may_differ_by_less_than_half_a_digit_per_amount_and_a_blank_hides_nothing(printed: list[str | None], holds: bool) -> None:
    identity = equal(0, *range(1, len(printed)))
    assert (violation(identity, figures(*printed)) is None) == holds


@pytest.mark.parametrize(
    ("printed", "holds"),
    [
        (["9.99", "10.00", "0.00"], False),
        (["3.00", "3.00", "0.03", "0.00", "0.00", "0.00"], False),
        (["3.00", "3.00", "0.01", "0.00"], True),
        (["0.00", "0.01"], False),
        (["0.01", "0.00", "0.00", "0.00"], True),
    ],
)
def test_a_zero_hides_something_above_it_and_nothing_below(printed: list[str], holds: bool) -> None:
    """No zero makes the parts of 9.99 less than 10.00, whatever it hides; several may make up the 0.01 that their total rounds to."""
    assert (violation(equal(0, *range(1, len(printed))), figures(*printed)) is None) == holds


def test_a_zero_of_what_may_be_negative_and_one_in_a_sentence_hide_to_both_sides() -> None:
    made = figures("9.99", "10.00", "0.00")
    assert violation(replace(equal(0, 1, 2), signed=True), made) is None
    assert violation(equal(0, 1, 2), [*made[:2], replace(made[2], claim=3)]) is None


@pytest.mark.parametrize(
    ("part", "whole", "holds"),
    [
        ("3.00", "3.00", True),
        ("2.00", "3.00", True),
        ("3.01", "3.00", False),
        ("3300.9", "3300.8", False),
        ("3.004", "3.00", True),
        ("3.006", "3.00", False),
        ("3.00", None, False),
        (None, "3.00", True),
    ],
)
def test_a_part_larger_than_its_whole_with_the_same_digits_is_wrong_however_small(part: str | None, whole: str | None, holds: bool) -> None:
    assert (violation(contained(0, 1), figures(part, whole)) is None) == holds


def test_what_cannot_be_read_leaves_an_identity_undecided() -> None:
    assert violation(equal(0, 1), figures("3.00", "?")) is None
    assert violation(contained(0, 1), figures("3.00", "?")) is None


def test_a_violation_says_by_how_much_and_what_rounding_could_explain() -> None:
    failed = violation(equal(0, 1, 2), figures("10.00", "3.0", "6.0"))
    assert failed is not None
    assert failed.difference == 10000
    assert failed.tolerance == 50 + 500 + 500


def test_rows_of_one_key_count_together() -> None:
    identity = Identity(Sort.EQUAL, (0,), (1, 2), "")
    assert violation(identity, figures("9.00", "5.00", "4.00")) is None
    assert total(figures("5.00", "4.00", None), (0, 1, 2)) == (Decimal(90000), Decimal(100))


exact = st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-3))
digits = st.integers(0, 2)


@given(st.lists(st.tuples(exact, digits), min_size=1, max_size=8), digits)
def test_rounding_alone_violates_no_sum(parts: list[tuple[Decimal, int]], shown: int) -> None:
    """Unless every rounding goes its full half digit the same way, which half-up rounding of all parts and total cannot exceed."""
    whole = sum((yuan for yuan, _ in parts), Decimal(0))
    made = [Figure((), rounded(yuan, "元", places), "", NOWHERE) for yuan, places in [(whole, shown), *parts]]
    failed = violation(equal(0, *range(1, len(made))), made)
    assert failed is None or abs(failed.difference) == failed.tolerance


@given(exact, exact, digits)
def test_rounding_keeps_order_so_that_no_part_exceeds_its_whole(one: Decimal, other: Decimal, places: int) -> None:
    part, whole = sorted((one, other))
    made = [Figure((), rounded(yuan, "元", places), "", NOWHERE) for yuan in (part, whole)]
    assert violation(contained(0, 1), made) is None


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_amounts_of_the_same_last_digit_must_be_equal(left: int, right: int) -> None:
    made = [Figure((), Amount(Decimal(n) * 100, "万元", 2), "", NOWHERE) for n in (left, right)]
    assert (violation(equal(0, 1), made) is None) == (left == right)
