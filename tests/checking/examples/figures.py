"""Cases of the figures rules: tables that break one, and the same tables put right."""

from __future__ import annotations

from dataclasses import dataclass

from mingsuan.dialects.dialect import load

DIALECT = load("zhengzhou-2023")
PUBLIC = "公务用车购置及运行费"
_THREE = f"“三公”经费合计 | 因公出国（境）费 | {PUBLIC}/小计 | {PUBLIC}/公务用车购置费 | {PUBLIC}/公务用车运行费 | 公务接待费"


@dataclass(frozen=True)
class Example:
    """Texts of a table (or two) that break a rule and that satisfy it, and the narrative beside them."""

    kinds: tuple[str, ...]
    wrong: tuple[str, ...]
    right: tuple[str, ...]
    wrong_text: str = ""
    right_text: str = ""


def three(total: str, run: str = "37.00") -> str:
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
    "FIG101": Example(("three_public_expenses",), (three("54.00"),), (three("45.00"),)),
    "FIG301": Example(("three_public_expenses",), (three("45.O0"),), (three("45.00"),)),
    "FIG105": Example(
        ("three_public_expenses",),
        (three("45.00"),),
        (three("45.00"),),
        "2023年“三公”经费预算为45.00万元。其中：公务接待费80万元。",
        "2023年“三公”经费预算为45.00万元。其中：公务接待费8万元。",
    ),
}
