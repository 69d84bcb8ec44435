"""A sentence names the table, the row and the column of a cell, and says no part twice."""

from __future__ import annotations

import pytest

from mingsuan.checking.telling.cell_names import named, named_after, nested

CELL = "《支出总表》·2010301行政运行·基本支出/小计"


@pytest.mark.parametrize(
    ("label", "said"),
    [
        (CELL, "《支出总表》“2010301行政运行”行“基本支出/小计”列"),
        ("《收支总表》·国有资本经营预算拨款收入", "《收支总表》“国有资本经营预算拨款收入”"),
        ("《“三公”经费表》·“三公”经费合计", "《“三公”经费表》“‘三公’经费合计”"),
        ("说明“人员经费310.20万元”", "说明“人员经费310.20万元”"),
        ("下降率", "下降率"),
    ],
)
def test_a_cell_is_named_by_table_row_and_column_and_what_is_no_cell_is_left(label: str, said: str) -> None:
    assert named(label) == said


@pytest.mark.parametrize(
    ("label", "said"),
    [
        ("《支出总表》·2010301行政运行·合计", "同行“合计”列"),
        ("《支出总表》·合计·基本支出/小计", "同列“合计”行"),
        ("《支出总表》·合计·合计", "同表“合计”行“合计”列"),
        ("《收入总表》·合计·合计", "《收入总表》“合计”行“合计”列"),
        ("说明“3万元”", "说明“3万元”"),
    ],
)
def test_what_two_cells_share_is_said_once(label: str, said: str) -> None:
    assert named_after(CELL, label) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“一般公共预算“三公”经费表”是空表", "“一般公共预算‘三公’经费表”是空表"),
        ("“甲”与“乙”", "“甲”与“乙”"),
        ("“公用经费“三", "“公用经费“三"),
        ("”甲“", "”甲“"),
    ],
)
def test_quotation_marks_within_quotation_marks_are_single_and_unpaired_ones_are_left(text: str, said: str) -> None:
    assert nested(text) == said
