"""Layouts of single provinces that the general dialects know: each read whole, and a slip in it found."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities.scope import derived
from mingsuan.model import Disclosure, Level
from tests.dialects.strangers import BUDGET, FINAL
from tests.reading.tabular import disclosure, grid, titled

FOUR_BLOCKS = titled(
    "部门综合预算收支总表",
    """
    收入｜｜支出｜｜｜｜｜
    项目｜预算数｜支出功能分科目（按大类）｜预算数｜部门预算支出经济科目（按大类）｜预算数｜政府预算支出经济分类科目（按大类）｜预算数
    一、部门预算｜60.00｜1、教育支出｜45.00｜1、人员经费和公用经费支出｜40.00｜1、机关工资福利支出｜30.00
    1、财政拨款｜60.00｜2、卫生健康支出｜15.00｜（1）工资福利支出｜30.00｜2、机关商品和服务支出｜25.00
    （1）一般公共预算拨款｜60.00｜｜｜（2）商品和服务支出｜10.00｜3、机关资本性支出（一）｜5.00
    （2）政府性基金拨款｜0.00｜｜｜2、专项业务经费支出｜20.00｜｜
    2、事业收入｜0.00｜｜｜（2）商品和服务支出｜15.00｜｜
    ｜｜｜｜（6）资本性支出｜5.00｜｜
    本年收入合计｜60.00｜本年支出合计｜60.00｜本年支出合计｜60.00｜本年支出合计｜60.00
    收入总计｜60.00｜支出总计｜60.00｜支出总计｜60.00｜支出总计｜60.00
    """,
)
IN_THREE_COLUMNS = titled(
    "单位收入总表",
    """
    科目编码｜｜｜科目名称｜合计｜一般公共预算｜事业收入
    类｜款｜项｜｜｜｜
    ｜｜｜合计｜60.00｜50.00｜10.00
    205｜｜｜教育支出｜45.00｜35.00｜10.00
    205｜02｜｜普通教育｜45.00｜35.00｜10.00
    205｜02｜03｜初中教育｜45.00｜35.00｜10.00
    210｜｜｜卫生健康支出｜15.00｜15.00｜
    210｜11｜｜行政事业单位医疗｜15.00｜15.00｜
    210｜11｜02｜事业单位医疗｜15.00｜15.00｜
    """,
)
WHOLE_AND_IN_PARTS = titled(
    "支出总表",
    """
    功能科目｜｜｜科目编码｜科目名称｜合计｜基本支出｜项目支出
    类｜款｜项｜｜｜｜｜
    ｜｜｜｜合计｜60.00｜40.00｜20.00
    205｜｜｜205｜教育支出｜45.00｜25.00｜20.00
    205｜02｜｜20502｜普通教育｜45.00｜25.00｜20.00
    205｜02｜03｜2050203｜初中教育｜45.00｜25.00｜20.00
    210｜｜｜210｜卫生健康支出｜15.00｜15.00｜
    210｜11｜｜21011｜行政事业单位医疗｜15.00｜15.00｜
    210｜11｜02｜2101102｜事业单位医疗｜15.00｜15.00｜
    """,
)
YEARS = titled(
    "财政拨款“三公”经费支出表",
    """
    年度｜“三公”经费财政拨款预算总额｜因公出国（境）费用｜公务接待费｜公务用车购置和运行维护费｜｜
    ｜｜｜｜小计｜公务用车购置费｜公务用车运行维护费
    2023年｜9.00｜｜2.00｜7.00｜｜7.00
    2024年｜8.00｜｜1.50｜6.50｜｜6.50
    """,
)
BY_ORIGIN = titled(
    "一般公共预算支出预算表",
    """
    科目编码｜｜｜单位代码｜单位名称（科目）｜合计｜当年拨款安排｜上年结转安排
    类｜款｜项｜｜｜｜｜
    ｜｜｜｜合计｜50.00｜46.00｜4.00
    205｜02｜03｜301001｜初中教育｜35.00｜31.00｜4.00
    210｜11｜02｜301001｜事业单位医疗｜15.00｜15.00｜
    """,
)
DETAILED = titled(
    "一般公共预算财政拨款支出决算明细表",
    """
    项目｜｜｜｜合计｜工资福利支出｜｜｜商品和服务支出｜｜
    功能分类科目编码｜｜｜科目名称｜｜小计｜基本工资｜津贴补贴｜小计｜办公费｜差旅费
    类｜款｜项｜｜｜｜｜｜｜｜
    合计｜｜｜｜50.00｜38.00｜20.00｜18.00｜12.00｜5.00｜7.00
    205｜｜｜教育支出｜50.00｜38.00｜20.00｜18.00｜12.00｜5.00｜7.00
    205｜02｜｜普通教育｜50.00｜38.00｜20.00｜18.00｜12.00｜5.00｜7.00
    205｜02｜03｜初中教育｜50.00｜38.00｜20.00｜18.00｜12.00｜5.00｜7.00
    """,
)
BY_CLASS = titled(
    "财政拨款支出决算明细表",
    """
    项目｜｜合计｜一般公共预算财政拨款｜｜｜政府性基金预算财政拨款｜｜
    科目编码｜科目名称｜｜小计｜基本支出｜项目支出｜小计｜基本支出｜项目支出
    ｜合计｜62.00｜50.00｜41.00｜9.00｜12.00｜｜12.00
    301｜工资福利支出｜38.00｜38.00｜38.00｜｜｜｜
    30101｜基本工资｜38.00｜38.00｜38.00｜｜｜｜
    302｜商品和服务支出｜24.00｜12.00｜3.00｜9.00｜12.00｜｜12.00
    30201｜办公费｜24.00｜12.00｜3.00｜9.00｜12.00｜｜12.00
    """,
)
THREE_BLOCKS = titled(
    "收支总表",
    """
    收入｜｜支出｜｜｜
    项目｜本年预算｜项目（按功能分类）｜本年预算｜项目（按部门预算经济分类）｜本年预算
    一、一般公共预算拨款收入｜60.00｜一、教育支出｜45.00｜一、基本支出｜40.00
    二、事业收入｜｜二、卫生健康支出｜15.00｜工资福利支出｜30.00
    ｜｜｜｜商品和服务支出｜10.00
    ｜｜｜｜二、项目支出｜20.00
    本年收入合计｜60.00｜本年支出合计｜60.00｜本年支出合计｜60.00
    收入总计｜60.00｜支出总计｜60.00｜支出总计｜60.00
    """,
)
WITH_OPERATING = titled(
    "部门“三公”经费和机关运行经费预算表",
    """
    2024年“三公”经费预算数｜｜｜｜｜｜2024年机关运行经费预算数
    合计｜因公出国（境）费｜公务接待费｜公务用车购置及运行费｜｜｜
    ｜｜｜小计｜购置费｜运行费｜
    8.00｜｜1.50｜6.50｜｜6.50｜40.00
    """,
)
WITH_CLASSES = titled(
    "部门支出总表",
    """
    科目编码｜科目名称｜合计｜基本支出｜｜｜｜项目支出｜｜
    ｜｜｜小计｜工资福利支出｜商品和服务支出｜对个人和家庭的补助｜小计｜其他运转类｜特定目标类
    ｜合计｜60.00｜40.00｜28.00｜10.00｜2.00｜20.00｜12.00｜8.00
    205｜教育支出｜60.00｜40.00｜28.00｜10.00｜2.00｜20.00｜12.00｜8.00
    20502｜普通教育｜60.00｜40.00｜28.00｜10.00｜2.00｜20.00｜12.00｜8.00
    2050203｜初中教育｜60.00｜40.00｜28.00｜10.00｜2.00｜20.00｜12.00｜8.00
    """,
)
BY_ITEM = titled(
    "财政拨款“三公”经费支出决算表",
    """
    合计｜｜因公出国（境）费｜｜公务用车购置及运行维护费｜｜｜｜｜｜公务接待费｜
    ｜｜｜｜小计｜｜公务用车购置费｜｜公务用车运行维护费｜｜｜
    预算数｜决算数｜预算数｜决算数｜预算数｜决算数｜预算数｜决算数｜预算数｜决算数｜预算数｜决算数
    8.00｜6.00｜0.00｜0.00｜6.50｜5.50｜0.00｜0.00｜6.50｜5.50｜1.50｜0.50
    """,
)
LAYOUTS = [
    (BUDGET, THREE_BLOCKS, "revenue_expenditure_overview_by_use", "一、教育支出｜45.00", "一、教育支出｜54.00"),
    (BUDGET, WITH_OPERATING, "three_public_expenses_operating", "1.50｜6.50", "1.05｜6.50"),
    (
        BUDGET,
        WITH_CLASSES,
        "expenditure_overview",
        "40.00｜28.00｜10.00｜2.00｜20.00｜12.00｜8.00",
        "40.00｜23.00｜10.00｜2.00｜20.00｜12.00｜8.00",
    ),
    (FINAL, BY_ITEM, "three_public_expenses_by_item", "1.50｜0.50", "1.50｜5.00"),
    (BUDGET, FOUR_BLOCKS, "revenue_expenditure_overview_by_class", "60.00｜1、教育支出｜45.00", "60.00｜1、教育支出｜54.00"),
    (BUDGET, IN_THREE_COLUMNS, "revenue_overview", "初中教育｜45.00", "初中教育｜48.00"),
    (BUDGET, WHOLE_AND_IN_PARTS, "expenditure_overview", "初中教育｜45.00", "初中教育｜54.00"),
    (BUDGET, YEARS, "three_public_expenses_by_year", "8.00｜｜1.50", "8.00｜｜1.05"),
    (BUDGET, BY_ORIGIN, "general_budget_expenditure_by_origin", "35.00｜31.00", "53.00｜31.00"),
    (FINAL, DETAILED, "general_budget_detail_expenditure", "50.00｜38.00｜20.00", "50.00｜38.00｜26.00"),
    (FINAL, BY_CLASS, "fiscal_appropriation_expenditure_by_economic", "30101｜基本工资｜38.00", "30101｜基本工资｜83.00"),
]


def errors(found: Disclosure) -> list[str]:
    """The messages of all findings of level error."""
    assert found.dialect is not None
    return [f.message for f in check(found, load(found.dialect)).findings if f.level is Level.ERROR]


@pytest.mark.parametrize(("title", "text", "kind", "right", "wrong"), LAYOUTS, ids=[row[2] for row in LAYOUTS])
def test_a_layout_is_read_whole_and_a_slip_in_it_is_found(title: str, text: str, kind: str, right: str, wrong: str) -> None:
    found = disclosure(text, title=title)
    (table,) = found.tables
    assert table.kind == kind
    assert found.dialect is not None
    meaning = understand(found, load(found.dialect))
    assert meaning.unknown == ()
    amounts = [cell for row in table.rows for cell in row.cells.values() if cell.amount is not None]
    assert len([f for f in meaning.figures if f.amount is not None]) == len(amounts) > 0
    assert errors(found) == []
    changed = text.replace(grid(right), grid(wrong), 1)
    assert changed != text
    assert errors(disclosure(changed, title=title)) != []


def test_a_heading_over_more_columns_than_the_form_has_leaves_the_table_unread() -> None:
    twice = titled(
        "收支总表",
        """
        收入｜｜支出｜｜｜
        项目｜金额｜项目｜金额｜支出来源｜金额
        一、一般公共预算拨款收入｜60.00｜一、教育支出｜60.00｜一、省级｜60.00
        收入总计｜60.00｜支出总计｜60.00｜来源总计｜60.00
        """,
    )
    found = disclosure(WITH_CLASSES, twice, title=BUDGET)
    assert [table.kind for table in found.tables] == ["expenditure_overview"]
    assert any("收支总表" in lost.what for lost in found.unrecognised)


def test_a_total_printed_once_for_two_blocks_belongs_to_the_one_that_names_it() -> None:
    once = THREE_BLOCKS.replace(grid("本年支出合计｜60.00｜本年支出合计｜60.00"), grid("本年支出合计｜｜｜60.00"))
    once = once.replace(grid("支出总计｜60.00｜支出总计｜60.00"), grid("支出总计｜｜｜60.00"))
    assert once != THREE_BLOCKS
    found = disclosure(once, title=BUDGET)
    assert errors(found) == []
    totals = [row.cells["支出/功能分类/本年预算"].text for row in found.tables[0].rows[-2:]]
    assert totals == ["60.00", "60.00"]


def test_rows_of_years_are_told_apart() -> None:
    found = disclosure(YEARS, title=BUDGET)
    meaning = understand(found, load("national-budget"))
    totals = {
        str(f.box(meaning.dialect.axes).lookup["year"].single): f.amount for f in meaning.figures if f.form_column == "“三公”经费合计"
    }
    assert [str(totals[year]) for year in ("-1", "0")] == ["9.00万元", "8.00万元"]


def test_a_form_does_not_take_a_table_whose_rows_it_cannot_tell_apart() -> None:
    loose = titled(
        "一般公共预算“三公”经费支出表",
        """
        年份｜合计｜因公出国（境）费｜公务接待费｜公务用车购置及运行费｜｜
        ｜｜｜｜小计｜公务用车购置费｜公务用车运行费
        2023年｜9.00｜｜2.00｜7.00｜｜7.00
        2024年｜8.00｜｜1.50｜6.50｜｜6.50
        """,
    )
    (table,) = disclosure(loose, title=BUDGET).tables
    assert table.kind == "three_public_expenses_by_year"


def test_a_table_of_one_budget_is_not_taken_for_that_of_all() -> None:
    fund = titled(
        "政府性基金收支表",
        """
        收入｜｜支出｜
        项目｜预算数｜项目｜预算数
        一、政府性基金拨款｜12.00｜一、城乡社区支出｜12.00
        收入总计｜12.00｜支出总计｜12.00
        """,
    )
    found = disclosure(IN_THREE_COLUMNS, fund, title=BUDGET)
    assert [t.kind for t in found.tables] == ["revenue_overview", "government_fund_overview"]


GENERAL = titled(
    "一般公共预算支出表",
    """
    科目编码｜科目名称｜合计｜基本支出｜项目支出
    合计｜｜50.00｜38.00｜12.00
    205｜教育支出｜35.00｜23.00｜12.00
    20502｜普通教育｜35.00｜23.00｜12.00
    2050203｜初中教育｜35.00｜23.00｜12.00
    210｜卫生健康支出｜15.00｜15.00｜
    21011｜行政事业单位医疗｜15.00｜15.00｜
    2101102｜事业单位医疗｜15.00｜15.00｜
    """,
)
BASIC = """
科目编码｜科目名称｜合计｜人员经费｜公用经费
合计｜｜38.00｜30.00｜8.00
301｜工资福利支出｜30.00｜30.00｜
30101｜基本工资｜30.00｜30.00｜
302｜商品和服务支出｜8.00｜｜8.00
30201｜办公费｜8.00｜｜8.00
"""
CARRIED = titled(
    "财政拨款收支总表",
    """
    收入｜｜支出｜｜
    项目｜预算数｜项目｜合计｜一般公共预算
    一、本年收入｜46.00｜一、本年支出｜50.00｜50.00
    （一）一般公共预算拨款｜46.00｜（一）教育支出｜35.00｜35.00
    二、上年结转｜4.00｜（二）卫生健康支出｜15.00｜15.00
    （一）一般公共预算拨款｜4.00｜二、结转下年｜｜
    收入总计｜50.00｜支出总计｜50.00｜50.00
    """,
)


def test_a_table_in_another_unit_is_not_taken_for_a_part_of_the_whole() -> None:
    right = disclosure(CARRIED, GENERAL, titled("一般公共预算基本支出表", BASIC), title=BUDGET)
    assert errors(right) == []
    wrong = disclosure(CARRIED, GENERAL, titled("一般公共预算基本支出表", BASIC, unit="单位：元"), title=BUDGET)
    assert any("一般公共预算基本支出表" in message for message in errors(wrong))


def test_a_table_that_leaves_out_what_was_carried_over_is_still_a_part() -> None:
    this_year = GENERAL.replace("35.00", "31.00").replace("50.00", "46.00").replace("12.00", "8.00")
    found = disclosure(CARRIED, this_year, title=BUDGET)
    assert errors(found) == []
    assert not derived(found, load("national-budget")).violations()
