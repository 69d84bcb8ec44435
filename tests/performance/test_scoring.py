"""Schemes, weights that make 100, and scores computed by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingsuan.performance.comparing import compared, totals_of
from mingsuan.performance.evaluation import evaluate
from mingsuan.performance.plan import Plan, PlannedProject
from mingsuan.performance.schemes import TOTAL, NoSchemeError, UnknownPartError, WeightsError, scheme_for, schemes, spread
from mingsuan.performance.scoring import Score, Spending, grade_of, score
from tests.performance.aims import aim, shown

D = Decimal
HOTLINE = (
    aim("产出指标", "平台建设数量", "1个"),
    aim("产出指标", "热线接通率", "≥98%"),
    aim("产出指标", "热线接通时限", "≤15秒"),
    aim("效益指标", "第三方监督检测反馈结果达标", "达标"),
    aim("满意度指标", "直接服务对象满意度", "≥98%"),
)


def scored(*values: tuple[str, object], spending: Spending | None = None, year: int = 2023) -> Score:
    return score(HOTLINE, dict(values), scheme_for("project", year), spending or Spending(D(100), None, D(95)), year)  # type: ignore[arg-type]


def test_every_scheme_makes_100() -> None:
    assert all(not s.parts or s.total == TOTAL for s in schemes())


@pytest.mark.parametrize(
    ("year", "region", "name"),
    [(2020, "河南省", "project_2020"), (2023, "河南省", "project_2021"), (2023, "四川省成都市", "project_sichuan")],
)
def test_the_scheme_of_a_year_and_region(year: int, region: str, name: str) -> None:
    assert scheme_for("project", year, region).name == name


def test_a_year_without_a_scheme_says_so() -> None:
    with pytest.raises(NoSchemeError, match="1999年"):
        scheme_for("project", 1999)


def test_a_project_without_cost_targets_is_scored_10_50_30_10() -> None:
    parts = scored(shown("热线接通率", 98, "%")).by_part()

    assert {name: most for name, (_, most) in parts.items()} == {"预算执行率": 10, "产出": 50, "效益": 30, "满意度": 10}


def test_a_project_with_cost_targets_is_scored_10_20_40_20_10() -> None:
    aims = (aim("成本指标", "总成本", "≤10万元"), *HOTLINE)
    found = score(aims, {}, scheme_for("project", 2023), Spending(D(1)), 2023)

    assert {name: most for name, (_, most) in found.by_part().items()} == {
        "预算执行率": 10,
        "成本": 20,
        "产出": 40,
        "效益": 20,
        "满意度": 10,
    }


def test_a_project_without_satisfaction_passes_its_points_to_benefit() -> None:
    found = score(HOTLINE[:4], {}, scheme_for("project", 2020), Spending(D(1)), 2020)

    assert {name: most for name, (_, most) in found.by_part().items()} == {"预算执行率": 10, "产出": 50, "效益": 40}


def test_a_score_by_hand() -> None:
    found = scored(
        shown("平台建设数量", 1, "个"),
        shown("热线接通率", D("97.5"), "%"),
        shown("热线接通时限", 20, "秒"),
        shown("第三方监督检测反馈结果达标", "基本达标"),
        shown("直接服务对象满意度", 98, "%"),
    )

    # execution 95/100 of 10 = 9.50; output 50 over three: 16.67 + 16.67 + 16.66
    # 1/1 → 16.67; 97.5/98 of 16.67 = 16.58; 15/20 of 16.66 = 12.50 (12.495); 0.7 of 30 = 21.00; 10.00
    assert [line.points for line in found.lines] == [D("16.67"), D("16.67"), D("16.66"), 30, 10]
    assert [line.earned for line in found.lines] == [D("16.67"), D("16.58"), D("12.50"), D("21.00"), D("10.00")]
    assert found.execution == D("9.50")
    assert (found.total, found.grade) == (D("86.25"), "良")
    assert [line.aim.name for line in found.lines if line.explain] == ["热线接通率", "热线接通时限", "第三方监督检测反馈结果达标"]


def test_what_has_no_evidence_earns_nothing_and_leaves_the_score_incomplete() -> None:
    found = scored(shown("热线接通率", 98, "%"), spending=Spending(D(100)))

    assert (found.total, found.possible, found.complete, found.grade) == (D("16.67"), D("16.67"), False, "")


def test_a_value_far_above_its_target_needs_an_explanation() -> None:
    line = next(line for line in scored(shown("平台建设数量", 2, "个")).lines if line.aim.name == "平台建设数量")

    assert "明显偏低" in line.explain
    assert line.earned == line.points


def test_spending_more_than_the_budget_earns_no_more_than_all() -> None:
    assert scored(spending=Spending(D(100), D(50), D(60))).execution == 10


def test_own_weights_must_make_100_and_name_parts() -> None:
    scheme = scheme_for("project", 2020)

    assert scheme.with_weights({"产出": D(40), "效益": D(40)}).total == TOTAL
    with pytest.raises(WeightsError, match="110分"):
        scheme.with_weights({"产出": D(60)})
    with pytest.raises(UnknownPartError):
        scheme.with_weights({"别的": D(10)})


def test_aims_outside_the_scheme_earn_nothing_and_are_listed() -> None:
    found = score((aim("投入与目标管理", "预算编制合理性", "合理"), *HOTLINE), {}, scheme_for("project", 2020), Spending(D(1)), 2020)

    assert found.lines[0].points == 0
    assert sum(line.points for line in found.lines) == 90


def test_second_level_satisfaction_under_another_heading_is_satisfaction() -> None:
    aims = (
        aim("产出目标", "人员", "=350", "数量"),
        aim("效果目标", "群众办事满意度", "≥95%", "满意度"),
        aim("效果目标", "反响", "≥9%", "社会效益"),
    )

    assert [line.part for line in score(aims, {}, scheme_for("project", 2020), Spending(None), 2020).lines] == ["产出", "满意度", "效益"]


@pytest.mark.parametrize(
    ("total", "grade"),
    [("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"), ("60", "中"), ("59.99", "差"), ("0", "差")],
)
def test_grades_begin_at_90_80_and_60_points(total: str, grade: str) -> None:
    assert grade_of(D(total)) == grade


@given(st.integers(1, 10_000), st.lists(st.integers(1, 50), min_size=1, max_size=40))
def test_spread_points_make_exactly_the_points(cents: int, shares: list[int]) -> None:
    points = D(cents) / 100
    found = spread(points, [D(s) for s in shares])

    assert sum(found) == points
    assert all(abs(value - points * share / sum(shares)) < D("0.01") for value, share in zip(found, shares, strict=True))


def test_a_department_is_scored_over_all_its_aims_and_years_are_compared() -> None:
    plan = Plan(
        "某局", 2023, "河南省", (aim("产出指标", "甲", "100%"), aim("效益指标", "乙", "健全")), (PlannedProject("热线", D(100), HOTLINE),)
    )
    one = evaluate(plan, {"": dict([shown("甲", 100, "%"), shown("乙", "健全")])}, {})
    other = evaluate(plan, {"": dict([shown("甲", 50, "%"), shown("乙", "健全")])}, {})

    assert one.overall is not None
    assert (one.overall.score.total, one.overall.score.grade) == (D(100), "优")
    rows = compared(totals_of(other), totals_of(one))
    assert [(row.name, row.change) for row in rows] == [("", D("-25.00")), ("热线", None)]  # nothing is known of the project
