"""Targets keep what is printed and say what it demands."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingsuan.indicators.targets import Sort, parse_target


@pytest.mark.parametrize(
    ("text", "sort", "operator", "value", "unit"),
    [
        ("≥98%", Sort.RATE, "≥", "98", "%"),
        ("100%", Sort.RATE, "", "100", "%"),
        ("≤15秒", Sort.QUANTITY, "≤", "15", "秒"),
        ("1次/季", Sort.QUANTITY, "", "1", "次/季"),
        ("44318.04平方米", Sort.QUANTITY, "", "44318.04", "平方米"),
        ("≤120.2万", Sort.QUANTITY, "≤", "120.2", "万"),
        ("=110", Sort.QUANTITY, "=", "110", ""),
        ("24小时", Sort.QUANTITY, "", "24", "小时"),
        ("2小时内", Sort.QUANTITY, "≤", "2", "小时"),
        ("0.5年", Sort.QUANTITY, "", "0.5", "年"),
        ("95%以上", Sort.RATE, "≥", "95", "%"),
        ("不低于95%", Sort.RATE, "≥", "95", "%"),
        ("4,000本", Sort.QUANTITY, "", "4000", "本"),
        ("5-10次", Sort.QUANTITY, "", "5", "次"),
        ("三级", Sort.WORD, "", None, ""),
        ("较高", Sort.WORD, "", None, ""),
        ("≥规范", Sort.WORD, "≥", None, ""),
        ("2024年12月31日前", Sort.DATE, "", None, ""),
        ("2024年12月", Sort.DATE, "", None, ""),
        ("2021-12-31", Sort.DATE, "", None, ""),
        ("2024年底前", Sort.DATE, "", None, ""),
        ("无", Sort.EMPTY, "", None, ""),
    ],
)
def test_a_target_is_taken_apart(text: str, sort: Sort, operator: str, value: str | None, unit: str) -> None:
    target = parse_target(text)
    assert (target.sort, target.operator, target.unit) == (sort, operator, unit)
    assert target.value == (None if value is None else Decimal(value))
    assert target.render() == text


def test_a_comparison_with_a_word_cannot_be_judged() -> None:
    assert not parse_target("≥规范").judgeable
    assert parse_target("≥规范").reason == "“≥”后面应是数值，却是“规范”"
    assert parse_target("较高").judgeable


def test_a_date_without_day_or_end_is_incomplete() -> None:
    assert not parse_target("2024年12月").complete
    assert parse_target("2024年12月底前").complete
    assert parse_target("2024年12月31日前").complete


def test_a_unit_column_counts_where_the_text_has_none() -> None:
    assert parse_target("≥110", "人").unit == "人"
    assert parse_target("≥90", "%").sort is Sort.RATE
    assert parse_target("≥90%", "无").unit == "%"


@given(st.text(max_size=40))
def test_any_text_is_given_back(text: str) -> None:
    assert parse_target(text).render() == re.sub(r"\s", "", text)


def test_a_decimal_with_a_unit_is_no_month() -> None:
    assert (parse_target("1919.01人").value, parse_target("1919.01人").unit) == (Decimal("1919.01"), "人")
    assert parse_target("2023.06底前").sort is Sort.DATE
    assert parse_target("2023.06").sort is Sort.DATE


@given(st.sampled_from(["", "≥", "≤", "=", ">"]), st.decimals(0, 10**8, places=2), st.sampled_from(["%", "人", "次/季", "万元", ""]))
def test_what_is_composed_is_read_back(sign: str, value: Decimal, unit: str) -> None:
    assume(unit or not 1900 <= value < 2100)  # 2023.06 alone is a month
    target = parse_target(f"{sign}{value:f}{unit}")
    assert (target.sign, target.value, target.unit) == (sign, value, unit)
