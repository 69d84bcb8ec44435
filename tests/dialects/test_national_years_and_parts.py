"""Tables of strangers that print a year or a part of the classes each: 三公 by year, single economic classes, sections, special projects.

Each is read whole, holds what it states, and a slip in it is found.
"""

from __future__ import annotations

import pytest

from tests.dialects.strangers import BUDGET, FINAL, assert_read_whole_and_checked, told
from tests.reading.tabular import disclosure, grid, titled

YEARS = titled(
    "“三公”经费及会议费、培训费支出预算表",
    """
    年度｜合计｜“三公”经费｜｜｜｜｜｜会议费｜培训费
    ｜｜小计｜因公出国（境）费用｜公务接待费｜公务用车购置及运行维护费｜｜｜｜
    ｜｜｜｜｜小计｜公务用车购置费｜公务用车运行维护费｜｜
    2023年｜22.00｜14.00｜1.00｜6.00｜7.00｜2.00｜5.00｜3.00｜5.00
    2024年｜20.00｜12.00｜1.00｜5.00｜6.00｜1.00｜5.00｜3.00｜5.00
    """,
)
YEARS_UNDER_THE_DEPARTMENT = titled(
    "一般公共预算“三公”经费支出表",
    """
    部门名称｜“三公”经费合计｜因公出国（境）费用｜公务接待费｜公务用车购置及运行维护费｜｜
    ｜｜｜｜小计｜公务用车购置费｜公务用车运行维护费
    2023年｜14.00｜1.00｜6.00｜7.00｜2.00｜5.00
    2024年｜12.00｜1.00｜5.00｜6.00｜1.00｜5.00
    """,
)
SECTIONS = titled(
    "一般公共预算“三公”经费支出表",
    """
    2023年预算数｜｜｜｜｜
    “三公”经费合计｜因公出国（境）费｜公务接待费｜公务用车购置及运行维护费｜｜
    ｜｜｜小计｜公务用车购置费｜公务用车运行维护费
    14.00｜1.00｜6.00｜7.00｜2.00｜5.00
    2024年预算数｜｜｜｜｜
    “三公”经费合计｜因公出国（境）费｜公务接待费｜公务用车购置及运行维护费｜｜
    ｜｜｜小计｜公务用车购置费｜公务用车运行维护费
    12.00｜1.00｜5.00｜6.00｜1.00｜5.00
    """,
)
SPECIAL = titled(
    "2024年部门综合预算专项业务经费支出表",
    """
    单位编码｜单位（项目）名称｜项目金额｜项目简介
    ｜合计｜60.00｜
    303｜示例局｜60.00｜
    ｜检查经费｜40.00｜开展检查
    ｜演练经费｜20.00｜开展演练
    """,
)
WAGES = titled(
    "一般公共预算基本支出表（人员经费-工资福利支出）",
    """
    科目编码｜科目名称｜总计｜工资津补贴｜｜社会保障缴费｜｜住房公积金
    ｜｜｜基本工资｜奖金｜机关事业单位基本养老保险缴费｜职业年金缴费｜
    ｜合计｜60.00｜30.00｜10.00｜8.00｜4.00｜8.00
    208｜社会保障和就业支出｜12.00｜｜｜8.00｜4.00｜
    20805｜行政事业单位养老支出｜12.00｜｜｜8.00｜4.00｜
    2080505｜机关事业单位基本养老保险缴费支出｜12.00｜｜｜8.00｜4.00｜
    221｜住房保障支出｜48.00｜30.00｜10.00｜｜｜8.00
    22102｜住房改革支出｜48.00｜30.00｜10.00｜｜｜8.00
    2210201｜住房公积金｜48.00｜30.00｜10.00｜｜｜8.00
    """,
)
GOODS = titled(
    "一般公共预算基本支出表（公用经费-商品和服务支出）",
    """
    科目编码｜科目名称｜总计｜办公费｜差旅费｜其他交通费用
    ｜合计｜60.00｜30.00｜20.00｜10.00
    205｜教育支出｜60.00｜30.00｜20.00｜10.00
    20502｜普通教育｜60.00｜30.00｜20.00｜10.00
    2050204｜高中教育｜60.00｜30.00｜20.00｜10.00
    """,
)
BENEFITS = titled(
    "一般公共预算基本支出表（人员经费-对个人和家庭的补助）",
    """
    科目编码｜科目名称｜合计｜离休费｜退休费｜生活补助
    ｜合计｜60.00｜30.00｜20.00｜10.00
    208｜社会保障和就业支出｜60.00｜30.00｜20.00｜10.00
    20805｜行政事业单位养老支出｜60.00｜30.00｜20.00｜10.00
    2080501｜行政单位离退休｜60.00｜30.00｜20.00｜10.00
    """,
)
PROCUREMENT = titled(
    "政府采购情况表",
    """
    项目｜采购金额｜｜｜
    ｜合计｜货物｜工程｜服务
    政府采购支出｜60.00｜10.00｜30.00｜20.00
    """,
)
TABLES = [
    (BUDGET, YEARS, "three_public_expenses_meetings_by_year", "20.00｜12.00", "20.00｜21.00"),
    (BUDGET, YEARS_UNDER_THE_DEPARTMENT, "three_public_expenses_by_year", "2024年｜12.00", "2024年｜21.00"),
    (BUDGET, SECTIONS, "three_public_expenses_by_year", "12.00｜1.00", "12.00｜7.00"),
    (BUDGET, SPECIAL, "special_project_expenditure", "演练经费｜20.00", "演练经费｜26.00"),
    (BUDGET, WAGES, "general_budget_basic_expenditure_by_function_wages", "合计｜60.00｜30.00", "合计｜60.00｜33.00"),
    (BUDGET, GOODS, "general_budget_basic_expenditure_by_function_goods", "高中教育｜60.00｜30.00", "高中教育｜60.00｜39.00"),
    (BUDGET, BENEFITS, "general_budget_basic_expenditure_by_function_benefits", "离退休｜60.00｜30.00", "离退休｜60.00｜39.00"),
    (FINAL, PROCUREMENT, "government_procurement_by_category", "60.00｜10.00", "60.00｜16.00"),
]


@pytest.mark.parametrize(("title", "text", "kind", "right", "wrong"), TABLES, ids=[row[2] for row in TABLES])
def test_a_table_is_read_whole_and_a_slip_in_it_is_found(title: str, text: str, kind: str, right: str, wrong: str) -> None:
    assert_read_whole_and_checked(title, text, kind, right, wrong)


def test_the_years_of_sections_are_told_apart_and_it_is_said_that_they_were_joined() -> None:
    (table,) = disclosure(SECTIONS, title=BUDGET).tables
    assert [row.text("年度") for row in table.rows] == ["2023年预算数", "2024年预算数"]
    assert any("已按年度列成一张表" in repair for repair in table.repairs)


def test_counties_that_each_have_a_column_leave_the_other_columns_their_meaning() -> None:
    text = titled(
        "对下转移支付预算表",
        """
        单位名称（项目）｜资金来源｜｜｜地区｜｜
        ｜合计｜一般公共预算｜政府性基金｜东山县｜西河县｜南平区
        合计｜60.00｜50.00｜10.00｜10.00｜20.00｜30.00
        耕地保护补助｜40.00｜30.00｜10.00｜10.00｜10.00｜20.00
        病虫害防治补助｜20.00｜20.00｜｜｜10.00｜10.00
        """,
    )
    found = disclosure(text, title=BUDGET)
    assert [t.kind for t in found.tables] == ["transfers_by_project"]
    assert [u.what for u in found.unrecognised if "列" in u.what] != []
    assert told(found) == []
    slip = text.replace(grid("耕地保护补助｜40.00｜30.00"), grid("耕地保护补助｜40.00｜36.00"))
    assert told(disclosure(slip, title=BUDGET)) != []


def test_a_second_table_of_a_form_is_one_too_though_a_form_without_its_title_is_free() -> None:
    units = """
        单位名称｜合计｜基本支出｜｜｜项目支出
        ｜｜小计｜人员经费｜公用经费｜
        合计｜60.00｜40.00｜30.00｜10.00｜20.00
        示例局本级｜35.00｜25.00｜18.00｜7.00｜10.00
        示例中心｜25.00｜15.00｜12.00｜3.00｜10.00
        """
    found = disclosure(titled("部门支出预算表（按单位）", units), titled("部门支出分单位汇总表", units), title=BUDGET)
    assert [t.kind for t in found.tables] == ["expenditure_by_unit", "expenditure_by_unit"]
