"""An earlier year in a sentence on the discloser's own accounts is told where it cannot be meant, and only there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingsuan.model import Disclosure, Stage
from tests.checking.builders import disclosure, findings, narrative, table

TABLE = table("revenue_overview", ["单位代码", "总计"], [["003", "606.64"], ["003001", "2.57"], ["003002", "4.06"]])


def _of(text: str, kind: str = "basic_note", title: str = "五、一般公共预算基本支出情况") -> Disclosure:
    return disclosure(TABLE, sections=narrative(text, kind=kind, title=title))


@pytest.mark.parametrize(
    "text",
    [
        "2022年一般公共预算基本支出606.64万元，其中人员经费400.11万元。",
        "2022年度会议费预算支出2.57万元，培训费预算支出4.06万元。",
        "示例市某局2022年“三公”经费预算88.10万元，比上年减少1.96万元。",
        "2022年机关运行经费预算88.10万元，比2021年减少1.96万元。",
        "2022年度支出决算64.90万元，比2023年年初预算增加4.59万元。",
        "2022年部门支出总计88.10万元。与2022年相比，增加1.20万元。",
        "2022年政府性基金预算支出0.00万元。",
        "2022年没有使用国有资本经营预算拨款安排的支出。",
        "2021年政府采购预算42.02万元，其中货物类6.32万元。",
        "2020年无政府性基金预算支出。",
        "2022年预算安排0.39万元，比2022年预算执行数增加0.08万元。",
        "2022年当年预算执行数为9.00万元，2023年预算安排11.91万元，比2021年预算执行数增加2.91万元。",
    ],
)
def test_a_year_that_cannot_be_meant_is_told_once(text: str) -> None:
    (finding,) = findings("TEXT124", _of(text))
    assert "年" in finding.expected and finding.sides
    assert not findings("TEXT127", _of(text)) and not findings("TEXT120", _of(text))


@pytest.mark.parametrize(
    "text",
    [
        "2023年一般公共预算基本支出606.64万元，比2022年减少1.96万元。",
        "2022年一般公共预算支出88.10万元，2023年一般公共预算支出606.64万元。",
        "2022年预算数4.53万元，与2021年预算数持平；2023年预算数4.53万元，与2022年预算数持平。",
        "2022年结转资金安排的支出88.10万元。",
        "2021年12月机构改革，人员由区财政局划入。",
        "比2021年预算减少88.10万元。",
        "根据2021年预算批复，本部门新增职能一项。",
        "2022年当年预算执行数为9.00万元，2023年预算安排11.91万元，比2022年预算执行数增加2.91万元。",
        "2022年一般公共预算支出88.10万元。",
    ],
)
def test_an_earlier_year_that_may_be_meant_is_left_alone(text: str) -> None:
    assert not findings("TEXT124", _of(text))


def test_a_section_on_an_earlier_year_may_tell_it() -> None:
    assert not findings("TEXT124", _of("2021年部门支出88.10万元，比上年增加2.10万元。", title="三、2021年预算执行情况"))


@pytest.mark.parametrize("kind", ["performance_note", "duties"])
def test_sections_on_other_things_than_accounts_may_look_back(kind: str) -> None:
    assert not findings("TEXT124", _of("2021年政府采购项目完成验收，支出88.10万元。", kind=kind))


@pytest.mark.parametrize(("text", "count"), [("2022年期末，部门共有车辆8辆。", 1), ("比2022年期末减少车辆8辆。", 0)])
def test_a_final_account_counts_its_vehicles_at_the_end_of_its_own_year(text: str, count: int) -> None:
    account = replace(_of(text, kind="three_public_note"), stage=Stage.FINAL_ACCOUNT)
    assert len(findings("TEXT124", account)) == count
    assert not findings("TEXT124", _of(text, kind="three_public_note"))


@pytest.mark.parametrize(("year", "count"), [(2022, 1), (2023, 0)])
def test_a_note_explains_an_empty_table_by_its_own_year(year: int, count: int) -> None:
    note = f"注：本部门{year}年无政府性基金预算支出，故本表无数据。"
    assert len(findings("TEXT124", disclosure(table("government_fund_expenditure", [], [], notes=(note,))))) == count
