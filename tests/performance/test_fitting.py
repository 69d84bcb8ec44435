"""Evidence that does not fit its plan is told; nothing is lost or doubled in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingsuan.performance.case import Case, open_case
from mingsuan.reading.read import read

PUBLISHED = """云溪市政务服务局2023年部门预算公开
部门（单位）整体绩效目标表
一级指标\t二级指标\t三级指标\t指标值\t指标值说明
投入管理指标\t预算和财务管理\t预算执行率\t≥90%\t预算完成数÷预算数
效益指标\t满意度\t群众满意度\t≥95%\t
效益指标\t满意度\t群众满意度\t≥90%\t
"""


def opened(folder: Path, binding: str) -> Case:
    from mingsuan.dialects.dialect import load

    (folder / "公开.txt").write_text(PUBLISHED, encoding="utf-8")
    (folder / "佐证.yaml").write_text(binding, encoding="utf-8")
    return open_case(read(folder / "公开.txt", dialect="zhengzhou-2023"), load("zhengzhou-2023"), folder / "佐证.yaml")


@pytest.mark.parametrize(
    ("binding", "code", "says"),
    [
        ("spending: [{project: 没有的项目, approved: 1, spent: 1}]", "EVI203", "它的支出数没有用上"),
        ("spending: [{spent: 1}]\ngoals: [{project: 没有的项目, done: 是}]", "EVI203", "它的年度目标完成情况没有用上"),
        ("spending: [{spent: 1}]\nexplanations: [{indicator: 群众满意, text: 因为}]", "EVI204", "相近的有：群众满意度"),
        ("spending: [{spent: 1}]", "EVI205", "部门整体有支出数，没有预算数"),
        ("evidence: [{indicator: 群众满意度, value: 96%}]", "EVI206", "有2个同名指标"),
        ("spending: [{approved: 100, spent: 80}]\nevidence: [{indicator: 预算执行率, value: 99%}]", "EVI207", "填报的是99%"),
    ],
)
def test_what_does_not_fit_is_told(tmp_path: Path, binding: str, code: str, says: str) -> None:
    assert any(f.code == code and says in f.message for f in opened(tmp_path, f"year: 2023\n{binding}\n").findings)


def test_values_of_half_a_year_are_no_values_of_the_year_without_a_word(tmp_path: Path) -> None:
    case = opened(tmp_path, "period: {from: 2023-01-01, to: 2023-06-30}\nevidence: [{indicator: 群众满意度, value: 96%}]\n")

    assert any("不是2023年全年" in f.message for f in case.evaluated().findings)
    assert not any(f.code == "EVI208" for f in case.monitored().findings)


def test_values_of_the_year_are_no_values_of_june_without_a_word(tmp_path: Path) -> None:
    from datetime import date

    case = opened(tmp_path, "year: 2023\nevidence: [{indicator: 群众满意度, value: 96%}]\n")

    assert any("两者不一致" in f.message or "监控日期" in f.message for f in case.monitored(date(2023, 6, 30)).findings)


def test_money_by_source_makes_the_whole_where_nothing_else_is_written(tmp_path: Path) -> None:
    case = opened(tmp_path, "year: 2023\nspending: [{fund: 财政拨款, approved: 8, spent: 6}, {fund: 其他资金, approved: 2, spent: 2}]\n")

    assert str(case.spending[""].rate) == "0.8"
