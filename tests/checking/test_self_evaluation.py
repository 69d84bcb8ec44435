"""The arithmetic of self-evaluations."""

import pytest

from mingsuan.model import Table
from tests.checking.builders import disclosure, findings, table

COLUMNS = ["项目资金/全年预算数", "项目资金/全年执行数", "项目资金/执行率", "项目资金/得分", "三级指标", "分值", "得分"]


def evaluated(rate: str = "75.00%", score: str = "40", total: str = "97.50", budget: str = "80.00") -> Table:
    items = [["", "", "", "", "培训人数", "50", "50"], ["", "", "", "", "满意度", "40", score], ["", "", "", "", "总分", "100", total]]
    return table("project_self_evaluation", COLUMNS, [[budget, "60.00", rate, "7.50"], *items])


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (evaluated(rate="85.00%"), ["75.00%"]),
        (evaluated(total="99"), ["97.5"]),
        (evaluated(score="45", total="102.50"), ["不超过40"]),
    ],
)
def test_a_slip_is_found_with_what_it_should_be(wrong: Table, expected: list[str]) -> None:
    assert [f.expected for f in findings("PERF129", disclosure(wrong))] == expected


@pytest.mark.parametrize(
    "right", [evaluated(), evaluated(rate="75%"), evaluated(budget="0.00", rate="0%"), evaluated(score="无", total="90")]
)
def test_what_adds_up_or_cannot_be_added_raises_nothing(right: Table) -> None:
    assert not findings("PERF129", disclosure(right))
