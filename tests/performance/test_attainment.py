"""How far a value reaches a target."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.indicators.targets import parse_target
from mingsuan.performance.attainment import Grade, attained, graded
from mingsuan.performance.evidence.evidence import Value

D = Decimal


@pytest.mark.parametrize(
    ("target", "value", "unit", "share", "reached"),
    [
        ("≥98%", D(98), "%", D(1), True),
        ("≥98%", D(49), "%", D("0.5"), False),
        (">98%", D(98), "%", D(1), False),
        ("4000本", D(3000), "本", D("0.75"), False),
        ("4000本", D(5000), "本", D(1), True),
        ("≤15秒", D(12), "秒", D(1), True),
        ("≤15秒", D(20), "秒", D("0.75"), False),
        ("≤2小时", D(90), "分钟", D(1), True),
        ("≤120.2万", D(1_202_000), "元", D(1), True),
        ("<5分钟", D(5), "分钟", D(1), False),
        ("=110", D(99), "", D("0.9"), False),
        ("=110", D(121), "", D("0.9"), False),
        ("10-20次", D(15), "次", D(1), True),
        ("10-20次", D(25), "次", D("0.8"), False),
        ("10-20次", D(5), "次", D("0.5"), False),
        ("≤0次", D(0), "次", D(1), True),
        ("≥0次", D(0), "次", D(1), True),
        ("≤5次", D(0), "次", D(1), True),
        ("0次", D(0), "次", D(1), True),
        ("0次", D(2), "次", D(0), False),
    ],
)
def test_numbers_in_proportion(target: str, value: Value, unit: str, share: Decimal, reached: bool) -> None:
    found = attained(parse_target(target), value, unit)

    assert (found.share if found.share is None else found.share.quantize(D("0.0001")), found.reached) == (share, reached)


@pytest.mark.parametrize(
    ("target", "day", "share"),
    [
        ("2024年12月31日前", date(2024, 12, 31), 1),
        ("2024年12月31日前", date(2025, 1, 1), 0),
        ("2024年12月", date(2024, 12, 31), 1),
        ("2024年2月底前", date(2024, 2, 29), 1),
        ("2024年底前", date(2025, 3, 1), 0),
    ],
)
def test_days_are_in_time_or_not(target: str, day: date, share: int) -> None:
    assert attained(parse_target(target), day).share == share


def test_a_day_too_late_may_earn_a_share_that_somebody_writes_down() -> None:
    assert attained(parse_target("2024年12月31日前"), date(2025, 1, 10), share=D("0.6")).share == D("0.6")
    assert attained(parse_target("2024年12月31日前"), date(2025, 1, 10), share=D(1)).share is None


@pytest.mark.parametrize(
    ("target", "said", "grade"),
    [
        ("健全", "健全", Grade.REACHED),
        ("健全", "基本健全", Grade.PARTLY),
        ("健全", "不健全", Grade.MISSED),
        ("较高", "达成", Grade.REACHED),
        ("较高", "部分达成", Grade.PARTLY),
        ("较高", "未达成", Grade.MISSED),
        ("三级", "三级", Grade.REACHED),
        ("三级", "二级", None),
    ],
)
def test_words_by_grade(target: str, said: str, grade: Grade | None) -> None:
    assert graded(parse_target(target), said) is grade


def test_a_grade_earns_all_its_middle_or_what_somebody_writes_within_its_range() -> None:
    target = parse_target("健全")

    assert attained(target, "健全").share == 1
    assert attained(target, "基本健全").share == D("0.7")
    assert attained(target, "基本健全", share=D("0.75")).share == D("0.75")
    assert attained(target, "基本健全", share=D("0.9")).share is None
    assert attained(target, "不健全", share=D(0)).share == 0


@pytest.mark.parametrize(
    ("target", "value", "unit", "why"),
    [
        ("≥规范", D(1), "", "无法衡量"),
        ("无", D(1), "", "无法衡量"),
        ("≥98%", "良好", "", "不是数"),
        ("≤15秒", D(3), "次", "不能换算"),
        ("2024年12月31日前", D(3), "", "应是日期"),
        ("健全", "说不清", "", "看不出"),
    ],
)
def test_what_cannot_be_told_says_why(target: str, value: Value, unit: str, why: str) -> None:
    found = attained(parse_target(target), value, unit)

    assert (found.share, found.reached) == (None, None)
    assert why in found.reason


def test_partial_credit_may_be_decided_for_numbers_too() -> None:
    found = attained(parse_target("4000本"), D(3000), "本", D("0.8"))

    assert found.share == D("0.8")
    assert "人工认定" in found.reason


@pytest.mark.parametrize(
    ("said", "grade"),
    [
        ("未按期完成", Grade.MISSED),
        ("没有达到", Grade.MISSED),
        ("没完成", Grade.MISSED),
        ("无法实现", Grade.MISSED),
        ("不够规范", Grade.MISSED),
        ("不显著", Grade.MISSED),
        ("基本完成", Grade.PARTLY),
        ("部分未完成", Grade.PARTLY),
        ("已完成", Grade.REACHED),
        ("达成年度指标", Grade.REACHED),
        ("未达成年度指标且效果较差", Grade.MISSED),
        ("完成率不足", None),
        ("尚在实施", None),
        ("全年组织培训4次，部分课程在线上进行，学员反映良好", None),
    ],
)
def test_an_answer_is_taken_for_a_yes_only_where_it_is_one(said: str, grade: Grade | None) -> None:
    assert graded(parse_target("健全"), said) is grade


@pytest.mark.parametrize("value", ["0.97", "1"])
def test_a_share_without_a_unit_is_not_taken_for_percent(value: str) -> None:
    found = attained(parse_target("≥98%"), D(value))

    assert found.share is None
    assert "没有写单位" in found.reason


def test_a_range_upside_down_cannot_be_reached_or_missed() -> None:
    assert attained(parse_target("10-5次"), D(7), "次").share is None


@given(
    st.sampled_from(["≥98%", "≤15秒", "=110", "5-10次", ">0次", "<0%", "-3%", "0次", "4000本", "≥-5%"]),
    st.decimals(-(10**15), 10**15, places=4),
    st.sampled_from(["", "%", "次", "秒", "小时", "万元"]),
)
def test_a_share_is_between_nothing_and_all(target: str, value: Decimal, unit: str) -> None:
    for operator in (None, "", "≥", "≤"):
        share = attained(parse_target(target), value, unit, operator=operator).share
        assert share is None or 0 <= share <= 1
