import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from bench.reading import compare
from mingsuan.amounts import State
from mingsuan.model import RowKey
from mingsuan.model.json import disclosure_to_json
from mingsuan.reading.read import read
from tests.reading.tables.printed import BASIC, FUNCTIONS, LOST_COLUMN, OVERVIEW, PROJECTS, SUMMARY, UNITS
from tests.reading.tabular import disclosure, grid, printed, table, titled


def test_amounts_are_exact_plain_and_have_a_place() -> None:
    found = table("部门支出总体情况表", "单位：万元", grid(FUNCTIONS + "｜｜｜｜合计｜1,234.50｜2, 217.0｜x｜-｜｜｜｜｜"))
    (row,) = found.rows
    assert found.unit == "万元"
    assert row.text("合计") == "1234.50"
    amount = row.cells["合计"].amount
    assert amount is not None
    assert (str(amount), amount.yuan) == ("1,234.50万元", Decimal(12345000))
    assert row.text("基本支出/小计") == "2217.0"
    assert row.cells["基本支出/人员经费/工资福利支出"].value is State.UNREADABLE
    assert row.cells["基本支出/人员经费/对个人和家庭的补助"].value is State.BLANK
    assert (row.cells["合计"].place.line, row.cells["合计"].place.column) == (10, 6)


def test_codes_are_joined_and_a_units_own_row_is_not_filled_down() -> None:
    found = table(
        "部门支出总体情况表",
        grid(
            FUNCTIONS
            + """
            ｜｜｜｜合计｜30.0｜30.0｜30.0
            ｜｜｜012｜示例局｜30.0｜30.0｜30.0
            201｜06｜01｜｜行政运行｜20.0｜20.0｜20.0
            ｜｜50｜｜事业运行｜10.0｜10.0｜10.0
            """
        ),
    )
    assert [row.key for row in found.rows] == [None, RowKey(unit="012"), RowKey(function="2010601"), RowKey(function="2010650")]


def test_projects_take_the_code_of_the_lower_unit_of_their_name() -> None:
    found = disclosure("部门收入总体情况表", "单位：万元", grid(UNITS), "项目支出预算表", "单位：万元", grid(PROJECTS))
    projects = found.of_kind("project_expenditure")[0]
    assert [row.key for row in projects.rows] == [
        None,
        RowKey(unit="012"),
        RowKey(unit="012001", project="平台运维费"),
        RowKey(unit="012002", project="抽样调查费"),
    ]


def test_merged_codes_fill_down() -> None:
    found = table("一般公共预算基本支出表", "单位：万元", grid(BASIC))
    assert [row.key for row in found.rows] == [
        None,
        RowKey(department="30101", government="50101"),
        RowKey(department="30228", government="50201"),
        RowKey(department="30228", government="50502"),
    ]
    assert "部门预算支出经济分类科目/科目编码" not in found.rows[-1].cells


def test_pages_are_joined_and_reprinted_headers_dropped() -> None:
    lines = grid(BASIC).splitlines()
    whole = table("一般公共预算基本支出表", "\n".join(lines))
    broken = table("一般公共预算基本支出表", "\n".join(lines[:4]), "\n".join(lines[4:]))
    headed = table("一般公共预算基本支出表", "\n".join(lines[:4]), "一般公共预算基本支出表", "\n".join([*lines[:2], *lines[4:]]))
    assert printed(broken) == printed(headed) == printed(whole)
    assert any("重印" in repair for repair in headed.repairs)


def test_two_tables_under_one_title_are_two() -> None:
    found = disclosure("一般公共预算支出情况表", grid(FUNCTIONS + "｜｜｜｜合计｜9.0｜9.0｜9.0") + "\n" + grid(BASIC))
    assert [t.kind for t in found.tables] == ["general_budget_expenditure", "general_budget_basic_expenditure"]


def test_a_wrong_title_does_not_make_the_form() -> None:
    found = disclosure("部门收支总体情况表", grid(UNITS), "部门收支总体情况表", grid(BASIC))
    assert [(t.kind, t.title) for t in found.tables] == [
        ("revenue_overview", "部门收支总体情况表"),
        ("general_budget_basic_expenditure", "部门收支总体情况表"),
    ]


def test_tables_of_one_header_without_titles_come_in_the_usual_order() -> None:
    body = grid(FUNCTIONS + "｜｜｜｜合计｜9.0｜9.0｜9.0")
    found = disclosure("单位：万元", body, "单位：万元", body)
    assert [t.kind for t in found.tables] == ["expenditure_overview", "general_budget_expenditure"]


def test_notes_belong_to_the_table_above() -> None:
    found = table("政府性基金预算支出情况表", grid(FUNCTIONS), "注：本单位无政府性基金预算支出，故本表无数据。")
    assert found.kind == "government_fund_expenditure"
    assert found.rows == ()
    assert found.notes == ("注：本单位无政府性基金预算支出，故本表无数据。",)


def test_a_shifted_row_is_put_right_and_said_so() -> None:
    found = table(
        "部门支出总体情况表",
        grid(
            FUNCTIONS
            + """
            201｜06｜01｜｜行政运行｜20.0｜20.0｜18.0｜｜2.0
            201｜06｜50｜｜事业运行｜7.0｜7.0｜6.0｜｜1.0
            行政单位医疗｜3.0｜3.0｜3.0
            """
        ),
    )
    assert printed(found)[2] == {
        "单位（科目名称）": "行政单位医疗",
        "合计": "3.0",
        "基本支出/小计": "3.0",
        "基本支出/人员经费/工资福利支出": "3.0",
    }
    assert any("第11行" in repair for repair in found.repairs)


def test_one_wrong_amount_moves_no_column() -> None:
    found = table("一般公共预算“三公”经费支出情况表", grid(THREE_PUBLIC + "45.0｜｜30.0｜｜3.0｜15.0"))
    assert printed(found) == [
        {
            "“三公”经费合计": "45.0",
            "公务用车购置及运行费/小计": "30.0",
            "公务用车购置及运行费/公务用车运行费": "3.0",
            "公务接待费": "15.0",
        }
    ]
    assert found.repairs == ()


THREE_PUBLIC = """
    “三公”经费合计｜因公出国（境）费｜公务用车购置及运行费｜｜｜公务接待费
    ｜｜小计｜公务用车购置费｜公务用车运行费｜
"""


def test_values_of_a_lost_column_are_settled_by_the_other_tables() -> None:
    title = "2021年郑州市示例局部门预算公开"
    alone = table("一般公共预算支出情况表", grid(LOST_COLUMN), title=title)
    assert alone.rows[0].text("项目支出/基本建设项目") == "600"
    whole = disclosure("部门收支总体情况表", grid(OVERVIEW), "一般公共预算支出情况表", grid(LOST_COLUMN), title=title)
    settled = whole.of_kind("general_budget_expenditure")[0]
    assert settled.rows[0].text("项目支出/其他项目") == "600"
    assert settled.columns[-1].path == "项目支出/其他项目"
    assert any("其他项目" in repair for repair in settled.repairs)


def test_sums_show_that_a_column_is_missing_in_the_rows() -> None:
    body = grid(
        FUNCTIONS
        + """
        201｜06｜01｜｜行政运行｜30.0｜20.0｜20.0｜｜｜10.0｜10.0｜
        201｜06｜02｜｜机关服务｜15.0｜10.0｜10.0｜｜｜5.0｜5.0｜
        201｜06｜50｜｜事业运行｜9.0｜5.0｜3.0｜｜2.0｜4.0｜4.0｜
        201｜06｜99｜｜其他支出｜8.0｜｜｜｜｜8.0｜8.0｜
        """
    )
    found = table("部门支出总体情况表", body)
    assert found.rows[0].text("项目支出/小计") == "10.0"
    assert found.rows[2].text("基本支出/公用经费/商品和服务支出") == "2.0"
    assert any("错位" in repair for repair in found.repairs)


def test_a_column_that_the_form_lacks_is_kept_and_reported() -> None:
    found = disclosure(
        "项目支出预算表", grid(PROJECTS.replace("单位资金", "单位资金｜绩效等次").replace("｜｜｜｜｜｜｜\n", "｜｜｜｜｜｜｜｜优\n"))
    )
    (projects,) = found.tables
    assert projects.columns[-1].path == "绩效等次"
    assert projects.columns[-1].form is None
    assert projects.rows[-1].text("绩效等次") == "优"
    assert [u.what for u in found.unrecognised] == ["列“绩效等次”"]


def test_a_table_that_no_form_explains_is_reported() -> None:
    found = disclosure(
        "部门收入总体情况表",
        grid(UNITS),
        "职工食堂菜单表",
        "星期\t早餐\t午餐\n一\t豆浆\t面条\n二\t牛奶\t米饭",
    )
    assert [t.kind for t in found.tables] == ["revenue_overview"]
    assert [u.what for u in found.unrecognised] == ["表“职工食堂菜单表”"]


PAGES = """
    012001｜示例局｜12.5｜12.5｜｜｜｜｜｜｜｜｜｜
    41010023000000000001｜平台运维费｜2.5｜2.5｜｜｜｜系统巡检次数｜≥12次｜平台可用程度｜较高｜服务对象满意度｜≥95%｜
    ｜｜｜｜｜｜｜系统正常运行率｜≥99%｜｜｜｜｜

    41010023000000000002｜抽样调查费｜10.0｜10.0｜｜｜调查总成本｜≤10万元｜完成样本数量｜≥800份｜支撑决策｜提升｜受访者满意度｜≥90%
    ｜｜｜｜｜｜｜｜数据合格率｜100%｜｜｜｜
"""


def test_indicators_shifted_on_one_page_are_put_right_by_what_they_say() -> None:
    found = table("部门预算项目绩效目标汇总表", grid(SUMMARY + PAGES))
    rows = printed(found)
    assert found.unit == "万元"
    assert rows[1]["绩效目标/产出指标/三级指标"] == "系统巡检次数"
    assert rows[1]["绩效目标/满意度指标/指标值"] == "≥95%"
    assert rows[2] == {"绩效目标/产出指标/三级指标": "系统正常运行率", "绩效目标/产出指标/指标值": "≥99%"}
    assert rows[3]["绩效目标/成本指标/指标值"] == "≤10万元"
    assert [row.key.project if row.key else None for row in found.rows] == [
        None,
        "41010023000000000001",
        "41010023000000000001",
        "41010023000000000002",
        "41010023000000000002",
    ]


@pytest.mark.parametrize("number", ["000", "001", "003", "004"])
def test_seeds_read_as_they_were_transcribed_by_hand(number: str, shared: Path, seed: Callable[[str], bytes]) -> None:
    gold = json.loads((shared / "gold" / f"{number}.json").read_text(encoding="utf-8"))
    score = compare(gold, disclosure_to_json(read(seed(number), name=number)))
    assert score.differences == []


def test_a_dump_without_tabs_is_read_too(seed: Callable[[str], bytes]) -> None:
    assert len(read(seed("002"), name="002").tables) == 12


def test_columns_under_names_that_the_form_does_not_know_do_not_move_their_neighbours() -> None:
    text = """
    科目编码｜科目名称｜合计｜一般公共预算拨款收入｜上级财政专项补助｜事业收入｜其他收入
    合计｜｜95.00｜80.00｜3.00｜10.00｜2.00
    201｜一般公共服务支出｜85.00｜70.00｜3.00｜10.00｜2.00
    208｜社会保障和就业支出｜10.00｜10.00｜｜｜
    """
    found = table("收入总表\n\n单位：万元\n\n" + grid(text), title="某某市示例局2024年部门预算")
    assert found.kind == "revenue_overview"
    first = {c.form: found.rows[0].text(c.path) for c in found.columns}
    assert first["本年收入/单位资金/事业收入"] == "10.00"
    assert first["本年收入/单位资金/其他收入"] == "2.00"
    assert first[None] == "3.00"


def test_a_heading_of_a_column_that_only_some_tables_have_needs_its_group() -> None:
    text = """
    科目编码｜科目名称｜小计｜基本支出｜项目支出
    合计｜｜50.00｜38.00｜12.00
    205｜教育支出｜50.00｜38.00｜12.00
    20502｜普通教育｜50.00｜38.00｜12.00
    2050203｜初中教育｜50.00｜38.00｜12.00
    """
    found = table("一般公共预算财政拨款支出决算表\n\n单位：万元\n\n" + grid(text), title="某某市示例局2023年度部门决算")
    assert [c.form for c in found.columns[2:]] == ["本年支出/小计", "本年支出/基本支出/小计", "本年支出/项目支出"]


def test_a_total_stays_where_it_is_printed_if_the_block_that_names_it_has_no_amounts() -> None:
    text = """
    收入｜支出｜
    项目｜项目｜预算数
    一、一般公共预算拨款收入｜一、一般公共服务支出｜85.00
    二、政府性基金预算拨款收入｜八、社会保障和就业支出｜10.00
    收入总计｜｜95.00
    """
    found = table(titled("部门收支总表", text), title="某某市示例局2024年部门预算")
    assert [row.cells["支出/预算数"].text for row in found.rows] == ["85.00", "10.00", "95.00"]
