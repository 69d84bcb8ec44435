"""What is left of a title when its number, year and department are taken off."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingsuan.checking.titles import names_a_table, own_words
from mingsuan.model import Disclosure, Level, Scope, Stage
from tests.checking.builders import disclosure, findings, table

OWN = Disclosure("示例局", None, 2024, Stage.BUDGET)


@pytest.mark.parametrize(
    "title",
    [
        "表5一般公共预算支出表",
        "表五一般公共预算支出表",
        "公开表5一般公共预算支出表",
        "部门公开表05一般公共预算支出表",
        "公开05表一般公共预算支出表",
    ],
)
def test_a_number_before_a_title_is_no_part_of_it(title: str) -> None:
    assert own_words(title, OWN) == "一般公共预算支出表"


def test_one_table_of_a_department_among_those_of_a_unit_is_a_slip() -> None:
    kinds = ("expenditure_overview", "general_budget_expenditure", "government_fund_expenditure")
    unit = [table(kind, [], [], title="2023年单位支出预算表") for kind in kinds]
    odd = table("revenue_overview", ["单位代码"], [["003"]], title="2023年部门收入预算表")
    found = findings("TEXT123", replace(disclosure(odd, *unit), scope=Scope.UNIT))
    assert [f.level for f in found] == [Level.WARNING]
    assert [f.level for f in findings("TEXT123", replace(disclosure(odd, unit[0]), scope=Scope.UNIT))] == [Level.INFO]


@pytest.mark.parametrize("part", ["2024年部门预算表", "附件：部门预算公开表", "2024年部门预算报表", "2025年某局单位预算批复表", "附表"])
def test_the_part_that_holds_all_tables_is_no_table(part: str) -> None:
    assert not names_a_table(part)


@pytest.mark.parametrize("table", ["部门预算支出表", "一般公共预算支出表（按功能分类）", "“三公”经费支出表"])
def test_an_entry_of_the_contents_may_name_a_table(table: str) -> None:
    assert names_a_table(table)
