"""Cases of FORM: contents, titles, columns, notes."""

from __future__ import annotations

from dataclasses import replace

from mingsuan.model import Disclosure, RowKey, Section, Table
from mingsuan.places import Place
from tests.checking.builders import DIALECT, disclosure, narrative, table
from tests.checking.examples.cases import EXPENDITURE, KINDS, Case, called, titled


def _noted(note: str) -> Disclosure:
    return disclosure(table("state_capital_expenditure", EXPENDITURE, [["", "", "", "", "合计", ""]], notes=[note]))


def _columns(*paths: str) -> Disclosure:
    whole = table("expenditure_overview", [*KINDS[:4], "项目支出/其他运转类", "项目支出/特定目标类"], [["合计", "9.0", "9.0", "", "", ""]])
    return disclosure(whole, table("government_fund_expenditure", [*KINDS[:4], *paths], [["合计"]]))


def _vehicles(*paths: str) -> Disclosure:
    group = "公务用车购置及运行费"
    columns = [f"{group}/小计", *(f"{group}/{p}" for p in paths)]
    return disclosure(table("three_public_expenses", columns, [["37.00", "", *(["37.00"] if len(paths) > 1 else [])]]))


def _printed(kind: str) -> Disclosure:
    listed = ("部门收支总体情况表", "部门收入总体情况表", "部门支出总体情况表", "财政拨款收支总体情况表")
    return disclosure(table(kind, ["合计"], [["1.0"]]), contents=listed)


def _parts(kept: str) -> Disclosure:
    titles = {"一": "主要职责", "二": "机构设置", "三": "收支总体情况", "四": "机关运行经费"}
    parts = [Section(f"{n}、{titles[n]}", None, 2, Place("例.txt"), "没有。", f"{n}、{titles[n]}") for n in kept.split("、")]
    return disclosure(sections=parts, contents=tuple(titles.values()))


def _income(first: str = "1.0") -> Table:
    return table("revenue_overview", ["单位代码", "总计"], [["003", first], *([f"00300{n}", f"{n}.0"] for n in range(1, 5))])


def _aimed(last: str) -> Disclosure:
    spent = table(
        "project_expenditure",
        ["项目名称", "合计"],
        [[f"某项经费{n}", "10.0"] for n in "甲乙丙"],
        keys=[RowKey(project=f"某项经费{n}") for n in "甲乙丙"],
    )
    names = ("某项经费甲", "某项经费乙", last)
    aimed = table("project_performance_summary", ["项目单位（项目名称）"], [[n] for n in names], keys=[RowKey(project=n) for n in names])
    return disclosure(spent, aimed)


def _required() -> list[str]:
    return [duty.kind for duty in DIALECT.tables]


def _sections() -> tuple[str, ...]:
    return DIALECT.sections


CASES: dict[str, Case] = {
    "FORM101": Case(
        lambda: disclosure(table("revenue_overview", ["单位代码"], [["003"]]), contents=("部门收入总体情况表", "部门支出总体情况表")),
        lambda: disclosure(table("revenue_overview", ["单位代码"], [["003"]]), contents=("部门收入总体情况表",)),
    ),
    "FORM102": Case(
        lambda: disclosure(table("revenue_overview", ["单位代码"], [["003"]])),
        lambda: disclosure(*(table(kind, ["合计"], [["1.0"]]) for kind in _required())),
    ),
    "FORM103": Case(lambda: titled("2023年部门收支总体情况表"), lambda: titled("2023年部门收入总体情况表")),
    "FORM104": Case(lambda: titled("2023年部门收入情况表"), lambda: titled("示例市某局部门收入总体情况表")),
    "FORM105": Case(
        lambda: disclosure(table("revenue_overview", ["总计"], [["1.0"]], unit=None)),
        lambda: disclosure(table("revenue_overview", ["总计"], [["1.0"]])),
    ),
    "FORM106": Case(
        lambda: _noted("注：本单位无政府性基金预算支出，故本表无数据。"), lambda: _noted("注：本单位无国有资本经营预算支出，故本表无数据。")
    ),
    "FORM107": Case(lambda: _columns("项目支出/其他运转类"), lambda: _columns("项目支出/其他运转类", "项目支出/特定目标类")),
    "FORM108": Case(lambda: _vehicles("公务用车购置费"), lambda: _vehicles("公务用车购置费", "公务用车运行费")),
    "FORM109": Case(
        lambda: disclosure(table("revenue_overview", ["单位名称"], [["示例市某局"]]), units=("示例市数据中心", "示例市档案馆")),
        lambda: disclosure(
            table("revenue_overview", ["单位名称"], [["示例市数据中心"], ["示例市档案馆"]]), units=("示例市数据中心", "示例市档案馆")
        ),
    ),
    "FORM110": Case(
        lambda: disclosure(sections=narrative("收入总计10万元。")),
        lambda: disclosure(sections=tuple(s for k in _sections() for s in narrative("略。", kind=k))),
    ),
    "FORM111": Case(
        lambda: disclosure(
            sections=narrative("（一）因公出国（境）费0万元。", "（二）公务接待费8万元。", "（二）公务用车购置及运行费100万元。")
        ),
        lambda: disclosure(
            sections=narrative(
                "（一）因公出国（境）费0万元。",
                "1、住宿费。",
                "2、旅费。",
                "（二）公务接待费8万元。",
                "1、外宾接待。",
                "2、其他接待。",
                "（三）公务用车购置及运行费100万元。",
            )
        ),
    ),
    "FORM112": Case(lambda: _printed("state_capital_expenditure"), lambda: _printed("fiscal_appropriation_overview")),
    "FORM113": Case(lambda: disclosure(_income(), _income()), lambda: disclosure(_income(), _income("2.0"))),
    "FORM114": Case(lambda: _aimed("档案数字化经费"), lambda: _aimed("某项经费丙")),
    "FORM116": Case(lambda: _parts("一、二、四"), lambda: _parts("一、二、三、四")),
    "FORM115": Case(lambda: replace(called("没有。"), department=None), lambda: called("没有。")),
}
