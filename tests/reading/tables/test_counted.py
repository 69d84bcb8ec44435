"""Column numbers (栏次) and line numbers (行次) are neither headings nor amounts."""

from __future__ import annotations

import pytest

from mingsuan.places import NOWHERE
from mingsuan.reading.document import GridCell
from mingsuan.reading.tables.counted import counts_columns, line_number_columns, without_column_numbers
from mingsuan.reading.tables.lines import Line
from tests.reading.tabular import disclosure, grid

TITLE = "四川省示例市示例局2024年度部门决算"


def line(text: str) -> Line:
    """A line of cells apart by ｜."""
    return Line.of([GridCell(t, NOWHERE) for t in text.split("｜")])


@pytest.mark.parametrize(
    ("printed", "left"),
    [
        ("栏次｜｜1｜栏次｜｜2", "｜｜｜｜｜"),
        ("类｜款｜项｜栏次｜1｜2", "类｜款｜项｜｜｜"),
        ("栏次｜｜1栏｜2=3+4｜3｜4", "｜｜｜｜｜"),
        ("合计｜｜1｜2", "合计｜｜1｜2"),
    ],
)
def test_the_numbers_of_columns_are_taken_out_where_they_are_called_so(printed: str, left: str) -> None:
    assert without_column_numbers(line(printed)).texts == line(left).texts


def test_numbers_that_count_from_one_number_columns_without_a_label() -> None:
    assert counts_columns(line("1｜2｜3｜4"))
    assert counts_columns(line("｜1｜2｜3"))
    assert not counts_columns(line("1｜2"))
    assert not counts_columns(line("2｜3｜4"))
    assert not counts_columns(line("合计｜1｜2｜3"))


def test_a_column_that_holds_more_than_line_numbers_stays() -> None:
    header = [line("项目｜行次｜金额")]
    assert line_number_columns(header, [line("本年收入合计｜27｜3.00"), line("总计｜—｜3.00")]) == (1,)
    assert line_number_columns(header, [line("本年收入合计｜27.00｜3.00")]) == ()


def test_a_standard_table_is_read_without_its_numbering() -> None:
    found = disclosure(
        "收入支出决算总表\n\n公开01表\n\n部门：示例局\n\n金额单位：万元\n\n"
        + grid(
            """
            收入｜｜｜支出｜｜
            项目｜行次｜金额｜项目｜行次｜金额
            栏次｜｜1｜栏次｜｜2
            一、一般公共预算财政拨款收入｜1｜80.00｜一、一般公共服务支出｜32｜79.00
            二、政府性基金预算财政拨款收入｜2｜｜二、外交支出｜33｜
            本年收入合计｜27｜80.00｜本年支出合计｜58｜79.00
            年初结转和结余｜29｜｜年末结转和结余｜60｜1.00
            总计｜31｜80.00｜总计｜62｜80.00
            """
        ),
        title=TITLE,
    )
    (table,) = found.tables
    assert [c.path for c in table.columns] == ["收入/项目", "收入/金额", "支出/项目", "支出/金额"]
    assert table.rows[0].text("收入/项目") == "一、一般公共预算财政拨款收入"
    assert {c.text for _, _, c in table.amounts()} == {"80.00", "79.00", "1.00"}
    assert not found.unrecognised
