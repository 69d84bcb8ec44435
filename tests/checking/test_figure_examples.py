"""The pages of the figures rules: what they show as wrong is found under their code, what they show as right is not."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from mingsuan.checking.check import check
from mingsuan.dialects.dialect import load
from mingsuan.dialects.sentences.sentences import load_sentences
from mingsuan.model import Disclosure, Section, Status, Table
from mingsuan.places import Place
from mingsuan.reading.claims.statements import read_claims
from tests.filled import filled

DIALECT = load("zhengzhou-2023")
_PUBLIC = "公务用车购置及运行费"
_THREE = f"“三公”经费合计 | 因公出国（境）费 | {_PUBLIC}/小计 | {_PUBLIC}/公务用车购置费 | {_PUBLIC}/公务用车运行费 | 公务接待费"


@dataclass(frozen=True)
class Example:
    """Texts of a table (or two) that break a rule and that satisfy it, and the narrative beside them."""

    kinds: tuple[str, ...]
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    wrong_text: str = ""
    right_text: str = ""


def _three(total: str, run: str = "37.00") -> str:
    return f"{_THREE}\n{total} | | {run} | | {run} | 8.00"


_OVERVIEW = """
支出/项目 | 支出/金额
（一）一般公共服务 | 80.00
（十）卫生健康 | {health}
本年支出合计 | {total}
"""
_SPENDING = """
键 | 科目编码/类 | 科目编码/款 | 科目编码/项 | 单位（科目名称） | 合计
 | | | | 合计 | 101.98
f2010301 | 201 | 03 | 01 | 行政运行 | 80.00
f2101101 | 210 | 11 | 01 | 行政单位医疗 | 20.00
f2101103 | 210 | 11 | 03 | 公务员医疗补助 | 1.98
"""


def _sources(part: str) -> str:
    return f"部门预算经济分类/类 | 一般公共预算/小计 | 一般公共预算/其中：财政拨款\n合计 | 3300.80 | {part}"


def _projects(*names: str) -> str:
    lines = [f"p{n} | 其他运转类 | {n} | 10.00" for n in names]
    return "\n".join(["键 | 类型 | 项目名称 | 合计", " | | | 30.00", *lines])


def _aims(*names: str) -> str:
    lines = [f"p{n} | {n} | 10.00" for n in names]
    return "\n".join(["键 | 项目单位（项目名称） | 项目金额（万元）/资金总额", "u003 | 示例市某局 | 30.00", *lines])


_BASIC = "本年一般公共预算基本支出"


def _staff(transport: str, personnel: str, operating: str) -> str:
    """302 holds 131.53 of transport allowances, counted as 人员经费 or as 公用经费."""
    name = "部门预算支出经济分类科目/科目名称"
    return f"""
键 | {name} | {_BASIC}/合计 | {_BASIC}/人员经费 | {_BASIC}/公用经费
 | 合计 | 2894.27 | {personnel} | {operating}
d301 | 工资福利支出 | 2306.51 | 2306.51 |
d302 | 商品和服务支出 | 131.53 | {transport}
d303 | 对个人和家庭的补助 | 456.23 | 456.23 |
"""


FIGURES = {
    "FIG201": Example(
        ("general_budget_basic_expenditure",), (_staff("131.53 | ", "2894.27", ""),), (_staff(" | 131.53", "2762.74", "131.53"),)
    ),
    "FIG102": Example(
        ("revenue_expenditure_overview", "expenditure_overview"),
        (_OVERVIEW.format(health="21.89", total="101.89"), _SPENDING),
        (_OVERVIEW.format(health="21.98", total="101.98"), _SPENDING),
    ),
    "FIG103": Example(("economic_classification_summary",), (_sources("3300.90"),), (_sources("3300.80"),)),
    "FIG104": Example(
        ("project_expenditure", "project_performance_summary"),
        (_projects("甲经费", "乙经费", "丙经费"), _aims("甲经费")),
        (_projects("甲经费", "乙经费", "丙经费"), _aims("甲经费", "乙经费", "丙经费")),
    ),
    "FIG101": Example(("three_public_expenses",), (_three("54.00"),), (_three("45.00"),)),
    "FIG301": Example(("three_public_expenses",), (_three("45.O0"),), (_three("45.00"),)),
    "FIG105": Example(
        ("three_public_expenses",),
        (_three("45.00"),),
        (_three("45.00"),),
        "2023年“三公”经费预算为45.00万元。其中：公务接待费80万元。",
        "2023年“三公”经费预算为45.00万元。其中：公务接待费8万元。",
    ),
}


def _disclosure(example: Example, texts: tuple[str, ...], said: str) -> Disclosure:
    read = (filled(DIALECT, kind, text) for kind, text in zip(example.kinds, texts, strict=True))
    tables: tuple[Table, ...] = tuple(replace(table, place=Place("t", line=100 + n)) for n, table in enumerate(read))
    title = "七、一般公共预算“三公”经费支出预算情况说明"
    sections = (Section(title, "three_public_note", 2, Place("t", line=1), said, title, ((0, Place("t", line=2)),)),) if said else ()
    claims = read_claims(sections, load_sentences(DIALECT.folders), 2023)
    return Disclosure("示例市某局", "河南省郑州市", 2023, dialect=DIALECT.name, tables=tables, sections=sections, claims=claims)


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_the_wrong_figures_are_found(code: str) -> None:
    example = FIGURES[code]
    found = check(_disclosure(example, example.wrong, example.wrong_text), DIALECT, ("FIG",)).findings
    assert code in {f.code for f in found}
    assert all(f.fix.endswith("。") for f in found)


@pytest.mark.parametrize("code", sorted(FIGURES))
def test_the_right_figures_are_left_alone(code: str) -> None:
    example = FIGURES[code]
    assert check(_disclosure(example, example.right, example.right_text), DIALECT, ("FIG",)).findings == ()


def test_a_relation_whose_column_is_lost_is_not_executed_and_no_pass() -> None:
    text = f"“三公”经费合计 | 因公出国（境）费 | {_PUBLIC}/小计 | {_PUBLIC}/公务用车购置费 | 公务接待费\n45.00 | | 37.00 | | 8.00"
    example = Example(("three_public_expenses",), (text,), (text,))
    receipts = check(_disclosure(example, (text,), ""), DIALECT, ("FIG302",)).receipts
    whole = check(_disclosure(FIGURES["FIG101"], (_three("45.00"),), ""), DIALECT, ("FIG302",)).receipts
    assert {r.status for r in whole} == {Status.PASSED}
    (lost,) = [r for r in receipts if r.status is Status.NOT_EXECUTED]
    assert "公务用车运行费" in lost.reason
    assert lost.rule == "FIG302"
    assert lost.about == DIALECT.by_kind["three_public_expenses"].title
