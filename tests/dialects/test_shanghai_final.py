"""Final accounts of Shanghai, 2024: executed amounts, balances, economic classes in two halves, two measures under one heading."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import understand
from mingsuan.identities.derive import Derivation, derive
from mingsuan.ledger import Box
from mingsuan.model import CellKind, Disclosure, Finding, Level
from mingsuan.reading.read import read
from tests.reading.tabular import disclosure, titled

CORPUS = Path(__file__).parents[3] / "shared/corpus"
TITLE = "上海市普陀区示例局2024年度部门决算"
DIALECT = load("shanghai-final-2024")

OVERVIEW = titled(
    "收入支出决算总表",
    """
    收入｜｜支出｜
    项目｜决算数｜项目｜决算数
    一、一般公共预算财政拨款收入｜80.00｜一、一般公共服务支出｜60.00
    二、政府性基金预算财政拨款收入｜｜八、社会保障和就业支出｜30.00
    三、国有资本经营预算财政拨款收入｜｜｜
    四、上级补助收入｜｜｜
    五、事业收入｜20.00｜｜
    六、经营收入｜｜｜
    七、附属单位上缴收入｜｜｜
    八、其他收入｜｜｜
    本年收入合计｜100.00｜本年支出合计｜90.00
    使用非财政拨款结余｜3.00｜结余分配｜2.00
    年初结转和结余｜5.00｜年末结转和结余｜16.00
    总计｜108.00｜总计｜108.00
    """,
)
INCOME = titled(
    "收入决算表",
    """
    项目｜｜本年收入合计｜财政拨款收入｜上级补助收入｜事业收入｜经营收入｜附属单位上缴收入｜其他收入
    功能分类科目编码｜科目名称｜｜｜｜｜｜｜
    合计｜｜100.00｜80.00｜｜20.00｜｜｜
    201｜一般公共服务支出｜65.00｜45.00｜｜20.00｜｜｜
    208｜社会保障和就业支出｜35.00｜35.00｜｜｜｜｜
    """,
)
BASIC = titled(
    "一般公共预算财政拨款基本支出决算表",
    """
    经济分类科目编码｜科目名称｜决算数｜经济分类科目编码｜科目名称｜决算数
    301｜工资福利支出｜40.00｜302｜商品和服务支出｜10.00
    30101｜基本工资｜40.00｜30201｜办公费｜10.00
    303｜对个人和家庭的补助｜5.00｜310｜资本性支出｜1.00
    30302｜退休费｜5.00｜31002｜办公设备购置｜1.00
    人员经费合计｜｜45.00｜公用经费合计｜｜11.00
    """,
)
GENERAL = titled(
    "一般公共预算财政拨款支出决算表",
    """
    项目｜｜合计｜基本支出｜项目支出
    功能分类科目编码｜科目名称｜｜｜
    201｜一般公共服务支出｜50.00｜30.00｜20.00
    208｜社会保障和就业支出｜26.00｜26.00｜
    合计｜｜76.00｜56.00｜20.00
    """,
)
THREE = titled(
    "财政拨款“三公”经费支出决算表",
    """
    财政拨款“三公”经费｜｜｜｜｜｜｜｜｜｜｜
    合计｜｜因公出国（境）费｜｜公务用车购置及运行维护费｜｜｜｜｜｜公务接待费｜
    ｜｜｜｜小计｜｜公务用车购置费｜｜公务用车运行维护费｜｜｜
    预算数｜决算数｜预算数｜决算数｜预算数｜决算数｜预算数｜决算数｜预算数｜决算数｜预算数｜决算数
    9.00｜7.00｜3.00｜2.50｜4.00｜3.50｜1.00｜1.00｜3.00｜2.50｜2.00｜1.00
    """,
)


def derived(*parts: str) -> Derivation:
    found = disclosure(*parts, title=TITLE)
    assert found.dialect == DIALECT.name
    return derive(understand(found, DIALECT))


def broken(*parts: str) -> set[str]:
    return {v.identity.label for v in derived(*parts).violations()}


def test_amounts_are_executed_ones_unless_a_column_says_budget() -> None:
    assert DIALECT.meant == Box.parse(DIALECT.axes, {"year": "0", "measure": "决算"})
    figures = derived(OVERVIEW, THREE).meaning.figures
    measures = {f.column.rpartition("/")[2]: f.box(DIALECT.axes).lookup["measure"].single for f in figures if "三公" in f.label}
    assert measures == {"预算数": "年初预算", "决算数": "决算"}


def test_balances_make_both_sides_equal() -> None:
    assert not broken(OVERVIEW, INCOME)
    assert broken(OVERVIEW.replace("16.00", "17.00"), INCOME) == {"总计＝各项之和"}


def test_income_by_function_is_not_what_was_spent_on_it() -> None:
    """208 took in 35 and spent 30; the rest is carried out, which only the total shows."""
    assert not broken(OVERVIEW, INCOME)
    assert broken(OVERVIEW, INCOME.replace("35.00｜35.00", "36.00｜35.00").replace("35.00\t35.00", "36.00\t35.00"))


def test_a_list_in_two_halves_is_one_list_that_makes_up_the_basic_spending() -> None:
    assert not broken(OVERVIEW, GENERAL, BASIC)
    wrong = BASIC.replace("10.00", "12.00").replace("\t11.00", "\t13.00")
    assert "《一般公共预算财政拨款基本支出决算表》各部分合计之和" in broken(OVERVIEW, GENERAL, wrong)


def test_rows_of_both_halves_have_codes_of_their_own() -> None:
    found = disclosure(BASIC, title=TITLE)
    (table,) = found.tables
    codes = [r.key.department for r in table.rows if r.key]
    assert codes == ["301", "30101", "303", "30302", "302", "30201", "310", "31002"]


def test_each_measure_of_the_three_costs_adds_up_by_itself() -> None:
    assert not broken(OVERVIEW, THREE)
    labels = broken(OVERVIEW, THREE.replace("\t7.00", "\t8.00"))
    assert any(label.startswith("：决算数＝") for label in labels)
    assert not any(label.startswith("：预算数＝") for label in labels)


def test_an_item_is_compared_with_the_table_and_its_budget_is_not() -> None:
    said = "\n\n".join(
        (
            "第三部分 上海市普陀区示例局2024年度部门决算情况说明",
            "五、一般公共预算财政拨款支出决算情况说明",
            "1、社会保障和就业支出（类）。主要用于离退休支出。",
            "2、一般公共服务支出（类）政府办公厅（室）及相关机构事务（款）行政运行（项）。主要用于：人员支出。年初预算为55.00万元，支出决算为51.00万元，完成年初预算的92.73%。",
        )
    )
    spent = GENERAL.replace(
        "208", "20103\t政府办公厅（室）及相关机构事务\t50.00\t30.00\t20.00\n2010301\t行政运行\t50.00\t30.00\t20.00\n208"
    )
    found = disclosure(OVERVIEW, spent, said, title=TITLE)
    regions = {c.text: dict(c.region or ()) for c in found.claims if c.template == "item_executed" and c.amount is not None}
    assert regions["55.00"]["function"] == regions["51.00"]["function"] == "2010301"
    assert (regions["55.00"].get("measure"), regions["51.00"].get("measure")) == ("年初预算", None)
    assert [f.code for f in check(found, DIALECT).findings if f.level is Level.ERROR] == ["FIG105"]


@pytest.fixture(scope="module")
def planning() -> Disclosure:
    if not CORPUS.exists():
        pytest.skip("the corpus is not there")
    return read(CORPUS / "f2024_putuo_planning_dept.pdf")


@pytest.fixture(scope="module")
def findings(planning: Disclosure) -> tuple[Finding, ...]:
    return tuple(check(planning, DIALECT).findings)


def test_every_table_of_the_final_account_has_its_kind(planning: Disclosure) -> None:
    required = [d.kind for d in DIALECT.tables if d.required]
    assert [t.kind for t in planning.tables] == ["unit_list", *required]
    assert not planning.unrecognised


def test_every_amount_of_the_final_account_has_a_region(planning: Disclosure) -> None:
    meaning = understand(planning, DIALECT)
    known = {(f.table, f.row, f.column) for f in meaning.figures}
    assert not meaning.unknown
    for number, table in enumerate(planning.tables):
        money = [c.path for c in table.columns if c.kind is CellKind.AMOUNT]
        for row, line in enumerate(table.rows):
            assert all((number, row, path) in known for path in money if path in line.cells)


def test_the_known_errors_are_found(findings: tuple[Finding, ...]) -> None:
    by_code = {f.code: f for f in findings}
    assert "下降（增长）27.78%" in by_code["TEXT102"].message
    assert any(f.code == "TEXT118" and "上海市规划和自然资源局" in f.message and f.sides[0].place.page == 7 for f in findings)
    assert any(f.code == "CODE107" and "机关事业单位退休人员活动费支出（项）”应为“其他行政事业单位养老支出”" in f.message for f in findings)


def test_what_else_is_found_is_wrong_in_the_document(findings: tuple[Finding, ...]) -> None:
    """基本支出 and 人员经费 of all funds told as those of the general budget; 增长13.95 without %; a class of 2018; 与 for 和."""
    loud = [f.code for f in findings if f.level is not Level.INFO]
    assert sorted(set(loud)) == ["CODE107", "FIG105", "TEXT102", "TEXT117", "TEXT118"]
    assert loud.count("FIG105") == 1, "both amounts are too large by as much: one finding"


def test_a_last_digit_apart_is_said_and_no_error(findings: tuple[Finding, ...]) -> None:
    apart = [f for f in findings if f.code == "FIG102"]
    assert apart
    assert all(f.level is Level.INFO for f in apart)
