"""Budgets of Shanghai departments and units: what each number means, and the errors of real ones."""

from __future__ import annotations

from functools import cache

import pytest

import mingsuan
from bench.known_errors import measure, rows
from bench.shared import SHARED
from mingsuan.checking.check import check
from mingsuan.checking.subject import Subject
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Sort
from mingsuan.model import Disclosure, Finding, Level
from mingsuan.reading.formats.text import read_text
from mingsuan.reading.read import disclosure_of
from tests.reading.tabular import grid

BUDGETS = (
    "b2024_putuo_wanli_dept.pdf",
    "b2024_putuo_welfarehome_unit.pdf",
    "b2025_putuo_commerce_dept.pdf",
    "b2025_putuo_finance_dept.pdf",
    "b2025_shanghai_finance_unit.pdf",
)
DIALECT = load("shanghai-budget")
corpus = pytest.mark.skipif(not (SHARED / "corpus").is_dir(), reason="../shared/corpus is not here")

COVER = """上海市示例区2025年区级部门预算
预算主管部门：上海市示例区档案馆"""
OVERVIEW = """2025年部门财务收支预算总表
编制部门：上海市示例区档案馆
单位：元
本年收入｜｜本年支出｜
项目｜预算数｜项目｜预算数
一、财政拨款收入｜9,000,000｜一、一般公共服务支出｜8,500,000
1. 一般公共预算资金｜9,000,000｜二、社会保障和就业支出｜1,500,000
2. 政府性基金｜｜｜
3. 国有资本经营预算｜｜｜
二、事业收入｜1,000,000｜｜
三、事业单位经营收入｜｜｜
四、其他收入｜｜｜
收入总计｜10,000,000｜支出总计｜10,000,000"""
UNIT_OVERVIEW = """2025年预算单位财务收支预算总表
编制单位：上海市示例区档案馆
单位：元
本年收入｜｜本年支出｜｜｜｜
项目｜预算数｜项目｜预算数｜｜｜
｜｜｜合计｜基本支出｜｜项目支出
｜｜｜｜人员经费｜公用经费｜
一、财政拨款收入｜9,000,000｜一、一般公共服务支出｜8,500,000｜5,000,000｜1,500,000｜2,000,000
1、一般公共预算资金｜9,000,000｜二、社会保障和就业支出｜1,500,000｜1,500,000｜｜
2、政府性基金｜｜｜｜｜｜
3、国有资本经营预算｜｜｜｜｜｜
二、事业收入｜1,000,000｜｜｜｜｜
三、事业单位经营收入｜｜｜｜｜｜
四、其他收入｜｜｜｜｜｜
收入总计｜10,000,000｜支出总计｜10,000,000｜6,500,000｜1,500,000｜2,000,000"""
EXPENDITURE = """2025年部门支出预算总表
编制部门：上海市示例区档案馆
单位：元
项目｜｜｜｜支出预算｜｜
功能分类科目编码｜｜｜功能分类科目名称｜合计｜基本支出｜项目支出
类｜款｜项｜｜｜｜
201｜｜｜一般公共服务支出｜8,500,000｜6,500,000｜2,000,000
201｜26｜｜档案事务｜8,500,000｜6,500,000｜2,000,000
201｜26｜04｜档案馆｜8,500,000｜6,500,000｜2,000,000
208｜｜｜社会保障和就业支出｜1,500,000｜1,500,000｜
208｜05｜｜行政事业单位养老支出｜1,500,000｜1,500,000｜
208｜05｜05｜机关事业单位基本养老保险缴费支出｜1,000,000｜1,000,000｜
208｜05｜06｜机关事业单位职业年金缴费支出｜500,000｜500,000｜
合计｜｜｜｜10,000,000｜8,000,000｜2,000,000"""
THREE_PUBLIC = """2025年部门“三公”经费和机关运行经费预算表
编制部门：上海市示例区档案馆
单位:万元
2025年“三公”经费预算数｜｜｜｜｜｜2025年机关运行经费预算数
合计｜因公出国(境)费｜公务接待费｜公务用车购置及运行费｜｜｜
｜｜｜小计｜购置费｜运行费｜
7.00｜0｜1.00｜6.00｜2.00｜4.00｜0"""


def narrated(*lines: str) -> str:
    """A budget whose explanation has these lines."""
    head = "一、“三公”经费预算情况说明\n2025年“三公”经费预算数为7.00万元，与2024年预算持平。"
    return "\n".join(("目录", "一、部门主要职能", "二、部门预算编制说明", "上海市示例区档案馆主要职能", "保管档案。", *lines, head))


def read(*parts: str) -> Disclosure:
    """A made-up budget of some printed parts."""
    text = "\n\n".join((COVER, *(grid(p) for p in parts)))
    return disclosure_of(read_text(text.encode(), "例.txt"), (DIALECT,))


def figures(disclosure: Disclosure) -> list[Figure]:
    derivation = Subject(disclosure, DIALECT).derivation
    assert derivation is not None
    assert derivation.violations() == ()
    return list(derivation.meaning.figures)


def grave(disclosure: Disclosure, code: str) -> list[Finding]:
    return [f for f in check(disclosure, DIALECT, select=(code,)).findings if f.level is not Level.INFO]


def test_a_departments_overview_has_one_column_of_spending_and_a_units_has_four() -> None:
    (department,) = read(OVERVIEW).tables
    (unit,) = read(UNIT_OVERVIEW).tables
    assert [c.form for c in department.columns if (c.form or "").startswith("本年支出")] == ["本年支出/项目", "本年支出/预算数/合计"]
    assert [c.form for c in unit.columns if (c.form or "").startswith("本年支出")] == [
        "本年支出/项目",
        "本年支出/预算数/合计",
        "本年支出/预算数/基本支出/人员经费",
        "本年支出/预算数/基本支出/公用经费",
        "本年支出/预算数/项目支出",
    ]
    assert not department.repairs
    assert not unit.repairs


def test_income_by_function_and_spending_by_function_are_one_amount() -> None:
    found = figures(read(OVERVIEW, EXPENDITURE))
    by_label = {f.label: f for f in found}
    pension = by_label["《2025年部门支出预算总表》·2080506机关事业单位职业年金缴费支出·支出预算/合计"]
    box = pension.box(DIALECT.axes).lookup
    assert box["function"].single == "2080506"
    assert box["use"].single == "支出"


def test_the_three_public_expenses_hold_no_operating_cost_of_institutions() -> None:
    """机关运行经费 is that of administrative and 参公 units: part of the 公用经费 of the general budget, not of the “三公”经费."""
    found = {f.form_column: f for f in figures(read(THREE_PUBLIC))}
    cost = found["机关运行经费预算数"].box(DIALECT.axes).lookup
    assert cost["kind"].single == "公用经费"
    assert cost["fund"].single == "一般公共预算"
    assert "post" in cost
    assert found["“三公”经费预算数/公务接待费"].box(DIALECT.axes).lookup["fund"].single == "政府预算资金"


def test_a_class_that_cannot_be_one_is_read_by_its_neighbours_and_reported() -> None:
    """7 05 06 below 208 05 05 is 208 05 06; a lost zero is restored (208 5 06)."""
    for wrong in ("7｜05｜06", "208｜5｜06"):
        disclosure = read(EXPENDITURE.replace("208｜05｜06", wrong))
        assert disclosure.tables[0].rows[6].key is not None
        assert disclosure.tables[0].rows[6].key.function == "2080506"
        assert not grave(disclosure, "FIG")
        (finding,) = grave(disclosure, "CODE101")
        assert (finding.observed, finding.expected) == (wrong.replace("｜", " "), "208 05 06")


def test_a_full_table_under_a_note_that_it_is_empty_is_an_error() -> None:
    (finding,) = grave(read(THREE_PUBLIC, "注:本部门2025年无“三公”经费和机关运行经费预算，故本表为空表。"), "FORM106")
    assert finding.level is Level.ERROR


def item(amount: str, name: str = "机关事业单位职业年金缴费支出") -> str:
    path = f"社会保障和就业支出（类）行政事业单位养老支出（款）{name}（项）"
    return narrated("2025年部门预算编制说明", f"1. “{path}”{amount}万元，主要用于缴纳职业年金。")


def test_an_item_named_by_class_section_and_item_is_compared_with_the_tables() -> None:
    disclosure = read(OVERVIEW, EXPENDITURE, item("50.00"))
    (claim,) = (c for c in disclosure.claims if c.text == "50.00")
    assert dict(claim.region or ())["function"] == "2080506"
    assert not grave(disclosure, "FIG")
    (finding,) = grave(read(OVERVIEW, EXPENDITURE, item("500.00")), "FIG105")
    assert finding.expected == "50.00万元"


def test_an_item_that_was_cut_off_instead_of_rounded_is_no_error() -> None:
    """50.3456万元 may be told as 50.34 to make the items add up, but not as 50.32."""
    table = EXPENDITURE.replace("1,000,000｜1,000,000｜\n", "996,544｜996,544｜\n").replace("500,000｜500,000｜\n", "503,456｜503,456｜\n")
    fiscal = OVERVIEW.replace("9,000,000", "10,000,000").replace("二、事业收入｜1,000,000", "二、事业收入｜")
    assert not grave(read(fiscal, table, item("50.34")), "FIG")
    assert grave(read(fiscal, table, item("50.32")), "FIG105")


def test_a_slip_in_a_name_is_reported_and_the_amount_still_compared() -> None:
    disclosure = read(OVERVIEW, EXPENDITURE, item("500.00", "机关事业单位职业年金缴费支岀"))
    assert [f.code for f in check(disclosure, DIALECT, select=("FIG", "CODE107")).findings] == ["FIG105", "CODE107"]


def test_an_explanation_in_whole_units_means_them_to_half_a_unit() -> None:
    text = narrated(
        "2025年部门预算编制说明",
        "2025年，上海市示例区档案馆收入预算1,234万元，其中：财政拨款收入1,134万元，比2024年预算减少57万元；事业收入100万元；"
        "事业单位经营收入0万元；其他收入0万元。",
        "支出预算1,234万元。",
    )
    table = OVERVIEW.replace("9,000,000", "11,341,169").replace("8,500,000", "10,841,169").replace("10,000,000", "12,341,169")
    assert not grave(read(table, text), "FIG")


@cache
def real(file: str) -> Disclosure:
    return mingsuan.read(SHARED / "corpus" / file)


@corpus
@pytest.mark.parametrize("file", BUDGETS)
def test_every_table_of_a_real_budget_has_a_kind_and_every_amount_a_region(file: str) -> None:
    disclosure = real(file)
    assert disclosure.dialect == "shanghai-budget"
    assert [t.kind for t in disclosure.tables] == [t.kind for t in DIALECT.tables if t.required]
    assert disclosure.unrecognised == ()
    derivation = Subject(disclosure, DIALECT).derivation
    assert derivation is not None
    assert derivation.meaning.unknown == ()
    assert derivation.not_executed == ()
    cells = sum(1 for t in disclosure.tables for _ in t.amounts())
    assert cells == sum(1 for f in derivation.meaning.figures if f.claim is None and f.amount is not None)


@corpus
@pytest.mark.parametrize("file", BUDGETS)
def test_no_hard_identity_between_the_tables_of_a_real_budget_fails(file: str) -> None:
    derivation = Subject(real(file), DIALECT).derivation
    assert derivation is not None
    figures = derivation.meaning.figures
    failing = [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION]
    assert not [v for v in failing if all(figures[n].claim is None for n in v.identity.members)]


@corpus
@pytest.mark.parametrize("file", BUDGETS)
def test_known_errors_of_a_real_budget_are_found_and_nothing_wrong_is_said(file: str) -> None:
    outcome = measure(file, rows().get(file, ()))
    assert [k.description for k in outcome.known if k.finding is None] == []
    assert outcome.others == ()


@corpus
@pytest.mark.parametrize("file", BUDGETS)
def test_sections_without_ordinals_are_told_apart(file: str) -> None:
    kinds = {s.kind for s in real(file).sections}
    assert set(DIALECT.sections) <= kinds
    assert all(c.section.split("/")[0] != "名词解释" for c in real(file).claims)
