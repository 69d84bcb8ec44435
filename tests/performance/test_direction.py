"""Which way a target points where it prints no comparison, and what comes of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from mingsuan.performance.attainment import attained
from tests.performance.aims import aim


@pytest.mark.parametrize(
    ("first", "name", "target", "operator"),
    [
        ("产出指标", "编印数量", "4000本", "≥"),
        ("产出指标", "事故次数", "0次", "≤"),
        ("成本指标", "印刷成本", "8万元", "≤"),
        ("产出指标", "合格率", "100%", "≥"),
        ("产出指标", "合格率", "86%", ""),
        ("管理效率", "预算调整率", "5%", "≤"),  # the library knows
        ("管理效率", "部门固定资产利用率", "86%", "≥"),
        ("产出指标", "办理时限", "24小时", ""),
        ("产出指标", "办理时限", "≤24小时", "≤"),
        ("效益指标", "效果", "明显", ""),
    ],
)
def test_the_comparison_that_a_target_means(first: str, name: str, target: str, operator: str) -> None:
    assert aim(first, name, target).operator == operator


@pytest.mark.parametrize(
    ("first", "name", "target", "done", "share"),
    [
        ("管理效率", "预算调整率", "5%", "3", "1"),
        ("管理效率", "预算调整率", "5%", "10", "0.5"),
        ("成本指标", "印刷成本", "8万元", "10", "0.8"),
        ("产出指标", "合格率", "86%", "86", "1"),
        ("产出指标", "合格率", "86%", "90", None),
        ("产出指标", "办理时限", "24小时", "12", None),
    ],
)
def test_what_comes_of_it(first: str, name: str, target: str, done: str, share: str | None) -> None:
    one = aim(first, name, target)

    found = attained(one.target, Decimal(done), one.target.unit, operator=one.operator)

    assert found.share == (None if share is None else Decimal(share))
    assert found.reason


def test_a_person_may_decide_where_nobody_could_tell() -> None:
    one = aim("产出指标", "合格率", "86%")

    assert attained(one.target, Decimal(90), "%", Decimal("0.9"), operator=one.operator).share == Decimal("0.9")
