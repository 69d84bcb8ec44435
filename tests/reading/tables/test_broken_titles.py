"""A title that a page's width broke is one title; a heading over a title is none of its parts."""

from __future__ import annotations

import pytest

from mingsuan.places import Place
from mingsuan.reading.document import Paragraph
from mingsuan.reading.tables.broken_titles import with_whole_titles

TABLE = Place("例.pdf", 3, (75.0, 130.0, 520.0, 400.0), table=1)


def line(text: str, left: float, right: float, top: float = 70.0, page: int = 3) -> Paragraph:
    return Paragraph(text, Place("例.pdf", page, (left, top, right, top + 15.0)))


def whole(*lines: Paragraph, table: Place = TABLE) -> list[str]:
    return [p.text for p in with_whole_titles(lines, table)]


FIRST = line("2018年度示例市国有资产监督管理委员会政府性基金预算财政拨款", 81.0, 514.0)
SECOND = line("支出预算表", 260.0, 335.0, 90.0)


def test_a_line_as_wide_as_the_table_goes_on_with_the_centred_one_below() -> None:
    unit = line("单位：万元", 469.0, 514.0, 110.0)
    assert whole(FIRST, SECOND, unit) == [FIRST.text + SECOND.text, "单位：万元"]


def test_also_where_only_the_last_character_is_left() -> None:
    end = line("表", 290.0, 305.0, 90.0)
    assert whole(FIRST, end) == [FIRST.text + "表"]


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param((line("2018年度部门预算公开情况", 200.0, 400.0), SECOND), id="a heading that does not fill the width"),
        pytest.param((line("2018年度示例市国有资产监督管理委员会收支预算总表", 81.0, 514.0), SECOND), id="a title of its own"),
        pytest.param((FIRST, line("五、支出预算表", 250.0, 345.0, 90.0)), id="a numbered line"),
        pytest.param((FIRST, line("2018年支出预算表", 250.0, 345.0, 90.0)), id="a line with its own year"),
        pytest.param((FIRST, line("支出预算表", 75.0, 150.0, 90.0)), id="a line at the margin"),
        pytest.param((FIRST, line("支出预算表", 260.0, 335.0, 150.0)), id="a line apart"),
        pytest.param((line(FIRST.text, 81.0, 514.0, page=2), SECOND), id="a line of another page"),
    ],
)
def test_other_lines_stay_as_they_are(lines: tuple[Paragraph, ...]) -> None:
    assert whole(*lines) == [p.text for p in lines]


def test_lines_without_a_layout_stay_as_they_are() -> None:
    assert whole(Paragraph(FIRST.text, Place("例.txt", line=1)), Paragraph("支出预算表", Place("例.txt", line=2))) == [
        FIRST.text,
        "支出预算表",
    ]
