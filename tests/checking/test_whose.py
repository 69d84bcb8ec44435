"""Another body's name over a table, in a title or in a sentence is told; short and full names of one body are one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from mingsuan.model import Cell, Disclosure
from tests.checking.builders import disclosure, findings, narrative, table

KINDS = ("revenue_overview", "expenditure_overview", "general_budget_expenditure", "government_fund_expenditure", "project_expenditure")


def _over(*bodies: str, department: str | None = "示例市教育局", units: Sequence[str] = ()) -> Disclosure:
    tables = (replace(table(k, ["单位代码"], [["003"]]), printed_for=Cell(b)) for k, b in zip(KINDS, bodies, strict=False))
    return replace(disclosure(*tables, units=units), department=department)


def test_a_table_of_another_body_of_the_place_is_told() -> None:
    (finding,) = findings("TEXT128", _over("示例市教育局", "示例市审计局"))
    assert finding.observed == "示例市审计局" and finding.expected == "示例市教育局"


def test_one_name_over_several_tables_is_one_finding() -> None:
    (finding,) = findings("TEXT128", _over("示例市审计局", "示例市教育局", "示例市审计局"))
    assert len(finding.sides) == 2


def test_a_name_unlike_all_others_is_told_where_the_discloser_is_not_known() -> None:
    assert findings("TEXT128", _over("甲县水利局", "甲县水利局", "甲县水利局", "乙县林业局", department=None))


@pytest.mark.parametrize(
    "bodies",
    [
        ("示例市教育局", "市教育局"),
        ("示例市教育局", "示例市教育局（本级）"),
        ("示例市教育局", "示例市第一中学"),
    ],
)
def test_short_names_and_units_are_the_discloser_s(bodies: Sequence[str]) -> None:
    assert not findings("TEXT128", _over(*bodies, units=("示例市第一中学",)))


def test_a_title_with_another_body_s_name_is_told() -> None:
    titles = ("2023年示例市教育局部门收入总体情况表", "2023年示例市审计局部门支出总体情况表")
    own = disclosure(*(table(k, ["单位代码"], [["003"]], title=t) for k, t in zip(KINDS, titles, strict=False)))
    (finding,) = findings("TEXT128", replace(own, department="示例市教育局"))
    assert finding.observed == "示例市审计局"


@pytest.mark.parametrize(
    "text",
    [
        "示例市审计局2023年“三公”经费预算合计5.54万元。",
        "示例市审计局2023年总收入120.00万元。",
        "示例市审计局2023年一般公共预算支出120.00万元。",
        "纳入示例市审计局2023年部门预算编制范围的单位共2家。",
        "根据预算绩效管理要求，示例市审计局组织对2023年度5个项目开展绩效自评。",
        "截至2022年12月31日，示例市园林绿化管理站共有车辆5辆。",
    ],
)
def test_accounts_of_another_body_in_a_sentence_are_told(text: str) -> None:
    own = "示例市教育局主管教育工作。示例市教育局共有编制12人。"
    told = replace(disclosure(sections=narrative(own, text)), department="示例市教育局")
    assert any(f.observed in text for f in findings("TEXT118", told))


def test_another_body_s_name_in_a_note_is_told() -> None:
    note = "示例市审计局2023年没有使用政府性基金预算拨款安排的支出，故本表无数据。"
    empty = table("government_fund_expenditure", [], [], notes=(note,))
    own = disclosure(empty, sections=narrative("示例市教育局主管教育工作。示例市教育局共有编制12人。"))
    assert findings("TEXT118", replace(own, department="示例市教育局"))
