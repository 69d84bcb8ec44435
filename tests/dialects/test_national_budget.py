"""Budgets of places without a dialect of their own: the forms that central departments and most provinces use."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities.derive import derive
from mingsuan.identities.scope import derived
from mingsuan.model import Disclosure, Level
from tests.reading.tabular import disclosure, titled

TITLE = "四川省示例市示例局2024年部门预算"
DIALECT = load("national-budget")


OVERVIEW = titled(
    "部门收支总表",
    """
    收入｜｜支出｜
    项目｜预算数｜项目｜预算数
    一、一般公共预算拨款收入｜80.00｜一、一般公共服务支出｜85.00
    二、政府性基金预算拨款收入｜｜八、社会保障和就业支出｜10.00
    三、国有资本经营预算拨款收入｜｜｜
    四、事业收入｜10.00｜｜
    本年收入合计｜90.00｜本年支出合计｜95.00
    上年结转结余｜5.00｜结转下年｜
    收入总计｜95.00｜支出总计｜95.00
    """,
)
GROUPED = titled(
    "部门收支预算总表",
    """
    收入｜｜支出｜
    项目｜预算数｜项目｜预算数
    一、财政拨款收入｜80.00｜一、一般公共服务支出｜85.00
    一般公共预算拨款收入｜80.00｜八、社会保障和就业支出｜10.00
    二、单位资金｜10.00｜｜
    事业收入｜10.00｜｜
    本年收入合计｜90.00｜本年支出合计｜95.00
    上年结转结余｜5.00｜结转下年｜
    收入总计｜95.00｜支出总计｜95.00
    """,
)
SOURCES = titled(
    "部门收入总表",
    """
    科目编码｜科目名称｜合计｜上年结转｜一般公共预算拨款收入｜政府性基金预算拨款收入｜事业收入｜其他收入
    合计｜｜95.00｜5.00｜80.00｜｜10.00｜
    201｜一般公共服务支出｜85.00｜5.00｜70.00｜｜10.00｜
    208｜社会保障和就业支出｜10.00｜｜10.00｜｜｜
    """,
)
FISCAL = titled(
    "财政拨款收支总表",
    """
    收入｜｜支出｜｜｜｜
    项目｜预算数｜项目｜合计｜一般公共预算｜政府性基金预算｜国有资本经营预算
    一、本年收入｜80.00｜一、本年支出｜85.00｜85.00｜｜
    （一）一般公共预算拨款｜80.00｜（一）一般公共服务支出｜75.00｜75.00｜｜
    （二）政府性基金预算拨款｜｜（二）社会保障和就业支出｜10.00｜10.00｜｜
    二、上年结转｜5.00｜二、结转下年｜｜｜｜
    （一）一般公共预算拨款｜5.00｜｜｜｜｜
    收入总计｜85.00｜支出总计｜85.00｜85.00｜｜
    """,
)
ALL = """
    科目编码｜科目名称｜2023年执行数｜2024年预算数｜｜｜2024年预算数比2023年执行数｜
    ｜｜｜小计｜基本支出｜项目支出｜增减额｜增减%
    201｜一般公共服务支出｜70.00｜75.00｜60.00｜15.00｜5.00｜7.14%
    208｜社会保障和就业支出｜10.00｜10.00｜10.00｜｜｜
    合计｜｜80.00｜85.00｜70.00｜15.00｜5.00｜6.25%
    """
GENERAL = titled("一般公共预算支出表", ALL)
THIS_YEAR = titled(
    "一般公共预算支出表", ALL.replace("75.00｜60.00｜15.00", "70.00｜60.00｜10.00").replace("85.00｜70.00｜15.00", "80.00｜70.00｜10.00")
)


def read(*parts: str) -> Disclosure:
    found = disclosure(*parts, title=TITLE)
    assert found.dialect == DIALECT.name
    return found


def loud(*parts: str) -> list[str]:
    return [f.code for f in check(read(*parts), DIALECT).findings if f.level is not Level.INFO]


def broken(*parts: str) -> set[str]:
    return {v.identity.label for v in derive(understand(read(*parts), DIALECT)).violations()}


@pytest.mark.parametrize("overview", [OVERVIEW, GROUPED])
def test_tables_that_agree_raise_nothing(overview: str) -> None:
    assert not loud(overview, SOURCES, FISCAL, GENERAL)
    assert broken(overview.replace("10.00\t\t", "11.00\t\t"), SOURCES)


def test_a_carry_over_beside_the_sources_is_not_theirs() -> None:
    assert broken(OVERVIEW, SOURCES.replace("70.00", "71.00").replace("85.00", "86.00"))


def test_columns_of_two_years_are_told_apart_by_their_years() -> None:
    (table,) = read(GENERAL).tables
    assert [c.form for c in table.columns][2:4] == ["上年执行数", "本年预算数/合计"]
    years = {f.form_column: f.box(DIALECT.axes).lookup["year"].single for f in understand(read(GENERAL), DIALECT).figures}
    assert (years["上年执行数"], years["本年预算数/合计"]) == ("-1", "0")


def test_a_table_that_may_leave_out_what_was_carried_over_is_read_as_what_agrees() -> None:
    assert not loud(OVERVIEW, FISCAL, GENERAL)
    assert not loud(OVERVIEW, FISCAL, THIS_YEAR)
    assert broken(OVERVIEW, FISCAL, THIS_YEAR)
    assert derived(read(OVERVIEW, FISCAL, THIS_YEAR.replace("\t70.00\t60.00", "\t70.10\t60.00")), DIALECT).violations()


def test_a_list_by_economic_class_is_not_taken_for_one_by_function() -> None:
    by_class = titled(
        "一般公共预算支出表（按经济分类）",
        """
        科目编码｜科目名称｜合计｜基本支出｜项目支出
        合计｜｜85.00｜70.00｜15.00
        301｜工资福利支出｜60.00｜60.00｜
        30101｜基本工资｜60.00｜60.00｜
        302｜商品和服务支出｜25.00｜10.00｜15.00
        30201｜办公费｜25.00｜10.00｜15.00
        """,
    )
    assert not loud(OVERVIEW, FISCAL, GENERAL, by_class)


def test_a_column_that_the_form_does_not_know_leaves_its_total_open() -> None:
    other = SOURCES.replace("其他收入", "某项专门收入").replace("95.00", "98.00").replace("85.00", "88.00")
    other = other.replace("10.00\t\n", "10.00\t3.00\n")
    assert "88.00\t5.00\t70.00\t\t10.00\t3.00" in other
    assert not loud(other)
    assert loud(other.replace("88.00", "89.00"))


def test_the_three_costs_may_be_listed_by_unit() -> None:
    text = """
        单位编码｜单位名称｜“三公”经费合计｜因公出国（境）费｜公务用车购置及运行费｜｜｜公务接待费
        ｜｜｜｜小计｜公务用车购置费｜公务用车运行费｜
        ｜合计｜5.00｜｜3.00｜｜3.00｜2.00
        101001｜示例局机关｜3.00｜｜2.00｜｜2.00｜1.00
        101002｜示例局信息中心｜2.00｜｜1.00｜｜1.00｜1.00
        """
    sound = titled("一般公共预算“三公”经费支出表", text)
    assert not loud(OVERVIEW, sound)
    assert broken(OVERVIEW, sound.replace("2.00\t\t1.00", "2.50\t\t1.50"))


def test_two_years_of_the_three_costs_are_a_table_of_their_own() -> None:
    items = "合计｜因公出国（境）费｜公务用车购置及运行费｜｜｜公务接待费"
    text = f"""
        2023年预算数｜｜｜｜｜｜2024年预算数｜｜｜｜｜
        {items}｜{items}
        ｜｜小计｜公务用车购置费｜公务用车运行费｜｜｜｜小计｜公务用车购置费｜公务用车运行费｜
        6.00｜｜3.00｜｜3.00｜3.00｜5.00｜｜3.00｜｜3.00｜2.00
        """
    found = read(OVERVIEW, titled("一般公共预算“三公”经费支出表", text))
    assert [t.kind for t in found.tables] == ["revenue_expenditure_overview", "three_public_expenses_compared"]
    assert not broken(titled("一般公共预算“三公”经费支出表", text), OVERVIEW)


def test_budget_and_final_account_of_like_columns_go_by_what_the_document_says() -> None:
    spent = "科目编码｜科目名称｜合计｜基本支出｜项目支出｜上缴上级支出｜对附属单位补助支出\n201｜一般公共服务支出｜3.00｜2.00｜1.00｜｜"
    assert disclosure(titled("支出表", spent), title=TITLE).dialect == DIALECT.name
    assert disclosure(titled("支出表", spent), title="四川省示例市示例局2024年度部门决算").dialect == "national-final"
