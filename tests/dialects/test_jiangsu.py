"""Budgets of Jiangsu province, 2017–2019: a total beside two splits, procurement by levels, text and tables apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import Meaning, understand
from mingsuan.identities.derive import derive
from mingsuan.model import CellKind, Disclosure, Finding, Level
from mingsuan.reading.read import read
from tests.reading.tabular import disclosure, titled

CORPUS = Path(__file__).parents[3] / "shared/corpus"
TITLE = "江苏省示例厅2018年度部门预算公开"
DEPARTMENTS = ("b2018_jiangsu_congress_dept", "b2018_jiangsu_court_dept", "b2018_jiangsu_procuratorate_dept")

OVERVIEW = titled(
    "收支预算总表",
    """
    收入｜｜支出｜｜｜
    项目名称｜金额｜功能分类｜｜支出用途｜
    ｜｜功能科目名称｜金额｜项目名称｜金额
    一、财政拨款｜90.00｜一、一般公共服务支出｜60.00｜一、基本支出｜70.00
    1.一般公共预算｜90.00｜八、社会保障和就业支出｜40.00｜二、项目支出｜25.00
    2.政府性基金预算｜｜十八、住房保障支出｜｜三、单位预留机动经费｜5.00
    二、财政专户管理资金｜｜｜｜｜
    三、其他资金｜10.00｜｜｜｜
    当年收入小计｜100.00｜当年支出小计｜｜｜100.00
    上年结转资金｜｜结转下年资金｜｜｜
    收入合计｜100.00｜支出合计｜｜｜100.00
    """,
)
PROCUREMENT = titled(
    "政府采购支出预算表",
    """
    采购品目大类｜专项名称｜经济科目｜采购物品名称｜采购组织形式｜总计
    合计｜｜｜｜｜36.00
    一、货物A｜｜｜｜｜6.00
    ｜办公设备购置费｜办公设备购置｜｜｜6.00
    ｜｜｜台式计算机｜分散自行组织｜4.00
    ｜｜｜家具用具｜分散自行组织｜2.00
    三、服务C｜｜｜｜｜30.00
    ｜综合管理费｜物业管理费｜｜｜20.00
    ｜｜｜物业管理服务｜部门集中采购｜15.00
    ｜｜｜｜分散自行组织｜5.00
    ｜｜印刷费｜｜｜10.00
    ｜｜｜印刷服务｜分散自行组织｜10.00
    """,
)


def meaning(found: Disclosure) -> Meaning:
    assert found.dialect == "jiangsu-2017"
    return understand(found, load("jiangsu-2017"))


def findings(found: Disclosure) -> list[Finding]:
    return list(check(found, load("jiangsu-2017")).findings)


def broken(found: Disclosure) -> list[str]:
    return [v.identity.label for v in derive(meaning(found)).violations()]


def with_a_region(found: Disclosure) -> tuple[int, int]:
    """How many amounts are printed, and how many have a region."""
    known = {(f.table, f.row, f.column) for f in meaning(found).figures}
    amounts = [
        (n, r, c.path)
        for n, t in enumerate(found.tables)
        for r, row in enumerate(t.rows)
        for c in t.columns
        if c.kind is CellKind.AMOUNT and c.path in row.cells and row.cells[c.path].amount is not None
    ]
    return len(amounts), sum(1 for a in amounts if a in known)


def test_a_total_whose_label_spans_two_lists_is_the_total_of_both() -> None:
    found = disclosure(OVERVIEW, title=TITLE)
    derived = derive(meaning(found))
    assert not derived.violations()
    sums = [i for i in derived.identities if i.label == "当年支出小计＝各项之和"]
    assert sorted(len(i.right) for i in sums) == [3, 3]
    assert not meaning(found).unknown


@pytest.mark.parametrize(("wrong", "right"), [("40.00", "41.00"), ("25.00", "26.00")])
def test_an_amount_of_either_list_that_is_wrong_breaks_the_total(wrong: str, right: str) -> None:
    assert "当年支出小计＝各项之和" in broken(disclosure(OVERVIEW.replace(wrong, right), title=TITLE))


def test_lines_of_procurement_lie_below_each_other() -> None:
    found = disclosure(OVERVIEW, PROCUREMENT, title=TITLE)
    assert not broken(found)
    assert with_a_region(found) == (23, 23)
    for amount, changed in (("5.00｜", "6.00｜"), ("\t2.00", "\t3.00"), ("\t30.00", "\t31.00")):
        wrong = PROCUREMENT.replace(amount, changed, 1)
        assert wrong == PROCUREMENT or broken(disclosure(OVERVIEW, wrong, title=TITLE))


def test_what_is_bought_is_compared_with_the_narrative() -> None:
    said = "\n\n".join(
        (
            "第三部分 2018年度部门预算情况说明",
            "十二、政府采购支出预算情况说明",
            "2018年度政府采购支出预算总额36.00万元，其中：拟采购货物支出6.00万元、拟购买服务支出31.00万元。",
        )
    )
    found = disclosure(OVERVIEW, PROCUREMENT, said, title=TITLE)
    (finding,) = [f for f in findings(found) if f.code == "FIG105"]
    assert "30" in (finding.expected or "")


needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not there")


@needs_corpus
@pytest.mark.parametrize("name", DEPARTMENTS)
def test_every_table_has_its_kind_and_every_amount_a_region(name: str) -> None:
    found = read(CORPUS / f"{name}.pdf")
    assert [t.kind for t in found.tables] == [d.kind for d in load("jiangsu-2017").tables]
    assert not found.unrecognised
    amounts, known = with_a_region(found)
    assert amounts == known > 150
    assert not meaning(found).unknown
    assert not broken(found)


@needs_corpus
def test_text_and_tables_that_are_published_apart_are_one_disclosure() -> None:
    found = read([CORPUS / "b2019_jiangsu_congress_dept_text.pdf", CORPUS / "b2019_jiangsu_congress_dept_tables.pdf"])
    assert len(found.tables) == 12
    assert with_a_region(found) == (163, 163)
    assert not broken(found)
    assert {f.code for f in findings(found) if f.level is not Level.INFO} == {"TEXT102", "TEXT104", "TEXT116"}


@needs_corpus
@pytest.mark.parametrize(
    ("name", "true"),
    [
        ("b2018_jiangsu_congress_dept", {"TEXT102", "TEXT115", "NAR101"}),
        ("b2018_jiangsu_court_dept", {"CODE107", "NAR101", "NAR103", "TEXT117"}),
        ("b2018_jiangsu_procuratorate_dept", {"NAR101", "NAR105"}),
    ],
)
def test_what_is_found_is_wrong_in_the_document(name: str, true: set[str]) -> None:
    found = findings(read(CORPUS / f"{name}.pdf"))
    assert {f.code for f in found if f.level is not Level.INFO} == true


BASIC = titled(
    "一般公共预算基本支出预算表",
    """
    科目编码｜科目名称｜金额
    ｜合计｜70.00
    301｜工资福利支出｜60.00
    30101｜基本工资｜60.00
    302｜商品和服务支出｜10.00
    30201｜办公费｜10.00
    """,
)
OPERATING = """一般公共预算机关运行经费支出预算表

单位：万元

科目编码\t科目名称\t机关运行经费支出
\t合计\t{0}
302\t商品和服务支出\t{0}
30201\t办公费\t{0}
"""


@pytest.mark.parametrize(("cost", "levels"), [("10.00", []), ("6.00", [Level.INFO]), ("16.00", [Level.WARNING])])
def test_the_operating_cost_may_leave_out_what_institutions_spend_but_is_not_more(cost: str, levels: list[Level]) -> None:
    found = disclosure(OVERVIEW, BASIC, OPERATING.format(cost), title=TITLE)
    assert [f.level for f in findings(found) if f.code == "FIG201"] == levels
