"""Jiangsu since its forms follow the national ones: budgets since 2021, final accounts since 2017."""

from __future__ import annotations

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities.derive import derive
from mingsuan.model import Disclosure, Level
from tests.reading.tabular import disclosure, titled

BUDGET = "江苏省示例厅2022年度部门预算公开"
ACCOUNT = "江苏省示例厅2020年度部门决算"

PROCUREMENT = titled(
    "政府采购支出表",
    """
    采购品目大类｜专项名称｜经济科目｜采购物品名称｜采购组织形式｜资金来源｜｜｜
    ｜｜｜｜｜总计｜一般公共预算资金｜政府性基金｜其他资金
    合计｜｜｜｜｜36.00｜30.00｜｜6.00
    一、货物A｜｜｜｜｜6.00｜6.00｜｜
    ｜办公设备购置费｜办公设备购置｜台式计算机｜集中采购｜4.00｜4.00｜｜
    ｜办公设备购置费｜办公设备购置｜家具用具｜分散采购｜2.00｜2.00｜｜
    三、服务C｜｜｜｜｜30.00｜24.00｜｜6.00
    ｜综合管理费｜委托业务费｜物业管理服务｜集中采购｜30.00｜24.00｜｜6.00
    """,
)
FUND = titled(
    "政府性基金预算支出表",
    """
    科目编码｜科目名称｜本年政府性基金预算支出｜｜
    ｜｜合计｜基本支出｜项目支出
    合计｜｜8.00｜｜8.00
    229｜其他支出｜8.00｜｜8.00
    22960｜彩票公益金安排的支出｜8.00｜｜8.00
    2296002｜用于社会福利的彩票公益金支出｜8.00｜｜8.00
    """,
)
CAPITAL = FUND.replace("政府性基金预算支出", "国有资本经营预算支出").replace("229｜", "223｜")

FISCAL = titled(
    "财政拨款支出决算表（功能科目）",
    """
    项目｜｜合计｜基本支出｜项目支出
    功能分类科目编码｜科目名称｜｜｜
    合计｜｜90.00｜70.00｜20.00
    201｜一般公共服务支出｜82.00｜70.00｜12.00
    20103｜政府办公厅（室）及相关机构事务｜82.00｜70.00｜12.00
    2010301｜行政运行｜82.00｜70.00｜12.00
    229｜其他支出｜8.00｜｜8.00
    22960｜彩票公益金安排的支出｜8.00｜｜8.00
    2296002｜用于社会福利的彩票公益金支出｜8.00｜｜8.00
    """,
)
GENERAL = titled(
    "一般公共预算支出决算表（功能科目）",
    """
    项目｜｜合计｜基本支出｜项目支出
    功能分类科目编码｜科目名称｜｜｜
    合计｜｜82.00｜70.00｜12.00
    201｜一般公共服务支出｜82.00｜70.00｜12.00
    20103｜政府办公厅（室）及相关机构事务｜82.00｜70.00｜12.00
    2010301｜行政运行｜82.00｜70.00｜12.00
    """,
)
THREE = titled(
    "一般公共预算“三公”经费、会议费、培训费支出决算表",
    """
    “三公”经费｜｜｜｜｜｜会议费｜培训费
    合计｜因公出国（境）费｜公务用车购置及运行维护费｜｜｜公务接待费｜｜
    ｜｜小计｜公务用车购置费｜公务用车运行维护费｜｜｜
    9.00｜1.00｜6.00｜2.00｜4.00｜2.00｜3.00｜5.00
    """,
)


def kinds(found: Disclosure) -> list[str]:
    return [t.kind for t in found.tables]


def broken(found: Disclosure) -> list[str]:
    assert found.dialect is not None
    return [v.identity.label for v in derive(understand(found, load(found.dialect))).violations()]


def test_the_forms_of_a_budget_since_2021_are_known() -> None:
    found = disclosure(FUND, CAPITAL, PROCUREMENT, title=BUDGET)
    assert found.dialect == "jiangsu-2021"
    assert kinds(found) == ["government_fund_expenditure", "state_capital_expenditure", "government_procurement"]
    assert not found.unrecognised and not broken(found)


@pytest.mark.parametrize(
    ("table", "wrong", "right"), [(PROCUREMENT, "\t24.00\t\t6.00", "\t25.00\t\t6.00"), (FUND, "合计\t\t8.00", "合计\t\t9.00")]
)
def test_a_wrong_amount_of_a_budget_breaks_a_sum(table: str, wrong: str, right: str) -> None:
    assert wrong in table
    assert broken(disclosure(table.replace(wrong, right, 1), title=BUDGET))


def test_the_forms_of_a_final_account_are_known_by_title_where_their_columns_are_the_same() -> None:
    found = disclosure(FISCAL, GENERAL, THREE, title=ACCOUNT)
    assert found.dialect == "jiangsu-final"
    assert kinds(found) == ["fiscal_appropriation_expenditure", "general_budget_expenditure", "three_public_expenses"]
    assert not found.unrecognised and not broken(found)


@pytest.mark.parametrize(("wrong", "right"), [("9.00\t1.00\t6.00", "9.00\t1.00\t7.00"), ("9.00\t1.00", "8.00\t1.00")])
def test_a_wrong_amount_of_three_public_expenses_breaks_a_sum(wrong: str, right: str) -> None:
    assert wrong in THREE
    assert broken(disclosure(FISCAL, GENERAL, THREE.replace(wrong, right, 1), title=ACCOUNT))


def test_a_fund_in_a_bracket_is_part_of_the_amount_before_the_bracket() -> None:
    said = "\n\n".join(
        (
            "第三部分 2020年度部门决算情况说明",
            "九、一般公共预算“三公”经费、会议费、培训费支出决算情况说明",
            "2020年度财政拨款“三公”经费支出决算9.00万元（其中：一般公共预算支出9.00万元；政府性基金预算支出0万元）。",
        )
    )
    found = disclosure(FISCAL, GENERAL, THREE, said, title=ACCOUNT)
    assert [f.message for f in check(found, load("jiangsu-final")).findings if f.level is Level.ERROR] == []
    spent, part = (dict(c.region or ()) for c in found.claims if c.value == 9)
    assert part["fund"] == "一般公共预算" and part["department"] == spent["department"] and "30217" in part["department"]
