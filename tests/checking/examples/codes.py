"""Cases of CODE: classifications and codes of projects."""

from __future__ import annotations

from mingsuan.model import Disclosure, RowKey
from tests.checking.builders import disclosure, narrative, table
from tests.checking.examples.cases import EXPENDITURE, Case


def _function(code: str, name: str) -> Disclosure:
    rows = [
        ["201", "03", "01", "", "行政运行", "8.0"],
        ["208", "05", "05", "", "机关事业单位基本养老保险缴费支出", "1.0"],
        ["", "", "", "", name, "1.0"],
    ]
    keys = [RowKey(function="2010301"), RowKey(function="2080505"), RowKey(function=code)]
    return disclosure(table("expenditure_overview", EXPENDITURE, rows, keys=keys))


def _spoken(name: str) -> Disclosure:
    rows = [["210", "", "", "", "卫生健康支出", "8.0"], ["210", "11", "", "", "行政事业单位医疗", "8.0"]]
    keys = [RowKey(function="210"), RowKey(function="21011")]
    said = narrative(f"“{name}（类）行政事业单位医疗（款）行政单位医疗（项）”8万元，主要用于医疗保险缴费。")
    return disclosure(table("expenditure_overview", EXPENDITURE, rows, keys=keys), sections=said)


def _classes(*names: str) -> Disclosure:
    return disclosure(table("fiscal_appropriation_overview", ["支出/项目"], [[n] for n in names]))


def _pair(department: str, government: str) -> Disclosure:
    return disclosure(
        table("economic_classification_summary", ["合计"], [["1.0"]], keys=[RowKey(department=department, government=government)])
    )


def _project_codes(*codes: str) -> Disclosure:
    columns = ["单位编码（项目编码）", "项目单位（项目名称）"]
    return disclosure(
        table(
            "project_performance_summary",
            columns,
            [[c, f"第{n}号经费"] for n, c in enumerate(codes)],
            keys=[RowKey(project=c) for c in codes],
        )
    )


def _outline(last: str) -> Disclosure:
    listed = ("201", "20103", "2010301", "208", "20805", "2080501", last)
    rows = [["", "", "", "", code, "1.0"] for code in listed]
    return disclosure(table("expenditure_overview", EXPENDITURE, rows, keys=[RowKey(function=code) for code in listed]))


def _without_items(*items: str) -> Disclosure:
    every, fewer = ("201", "20103", "2010301", "205", "20508", "2050803"), ("201", "20103", "205", "20508", *items)
    tables = [
        table(kind, EXPENDITURE, [["", "", "", "", code, "1.0"] for code in codes], keys=[RowKey(function=code) for code in codes])
        for kind, codes in (("revenue_overview", every), ("expenditure_overview", fewer))
    ]
    return disclosure(*tables)


def _in_two_tables(code: str) -> Disclosure:
    """行政单位离退休 in two tables, in the second under a code."""
    columns = ["科目编码/类", "科目编码/款", "科目编码/项", "单位代码", "单位（科目名称）", "合计"]
    tables = [
        table(
            kind,
            columns,
            [[*parts, "", "行政单位离退休", "240.83"], ["208", "05", "05", "", "机关事业单位基本养老保险缴费支出", "1.0"]],
            keys=[RowKey(function="".join(parts)), RowKey(function="2080505")],
        )
        for kind, parts in (
            ("expenditure_overview", ("208", "05", "01")),
            ("general_budget_expenditure", (code[:3], code[3:5], code[5:])),
        )
    ]
    return disclosure(*tables)


CASES: dict[str, Case] = {
    "CODE110": Case(lambda: _in_two_tables("2080508"), lambda: _in_two_tables("2080501")),
    "CODE101": Case(lambda: _function("201030", "行政运行"), lambda: _function("2010301", "行政运行")),
    "CODE102": Case(
        lambda: _project_codes("41010022000000012025", *["410100220000000012028"] * 1, "410100220000000012029"),
        lambda: _project_codes("410100220000000012028", "410100220000000012029"),
    ),
    "CODE103": Case(lambda: _function("201", "教育支出"), lambda: _function("201", "一般公共服务")),
    "CODE104": Case(lambda: _function("2010301", "事业运行"), lambda: _function("2010301", "行政运行（政府办公厅（室）及相关机构")),
    "CODE105": Case(
        lambda: _classes("（九）医疗卫生与计划生育支出", "（十）卫生健康支出"),
        lambda: _classes("（九）社会保险基金支出", "（十）卫生健康支出"),
    ),
    "CODE106": Case(lambda: _pair("30101", "50201"), lambda: _pair("30101", "50101")),
    "CODE107": Case(lambda: _spoken("医疗卫生与计划生育支出"), lambda: _spoken("卫生健康支出")),
    "CODE108": Case(lambda: _outline("2101101"), lambda: _outline("2080506")),
    "CODE109": Case(lambda: _without_items("2010301"), lambda: _without_items("2010301", "2050803")),
}
