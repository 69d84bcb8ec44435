"""Titles of tables without cells: an empty table that is printed without rules is unread, not missing."""

from __future__ import annotations

import pytest

from mingsuan.places import Place
from mingsuan.reading.document import Block, Grid, GridCell, Paragraph
from mingsuan.reading.tables.title_alone import titles_alone

LISTED = ("部门概况", "一、政府性基金预算支出表", "国有资本经营预算支出表")
UNDER = ("部门：某局", "单位：万元", "科目编码", "科目名称", "合计")


def lines(*texts: str) -> list[Block]:
    return [Paragraph(text, Place(page=7)) for text in texts]


def found(*blocks: Block, read: tuple[str, ...] = ()) -> list[str]:
    return [u.what for u in titles_alone(blocks, LISTED, read)]


def grid() -> Grid:
    place = Place(page=7)
    return Grid(((GridCell("合计", place), GridCell("1.00", place)),), place)


def test_an_empty_table_without_rules_is_told_with_its_title_and_place() -> None:
    blocks = lines("公开08表", "某局2024年政府性基金预算支出表", *UNDER, "注：本部门无政府性基金预算支出，故本表无数据。")
    (told,) = titles_alone(blocks, LISTED, ())
    assert told.what == "表“某局2024年政府性基金预算支出表”"
    assert told.place.page == 7
    assert "没有读到表格" in told.why


def test_two_of_them_stand_each_for_itself() -> None:
    assert found(*lines("政府性基金预算支出表", *UNDER, "国有资本经营预算支出表", *UNDER)) == [
        "表“政府性基金预算支出表”",
        "表“国有资本经营预算支出表”",
    ]


@pytest.mark.parametrize(
    "blocks",
    [
        [*lines("政府性基金预算支出表", *UNDER), grid()],
        lines("政府性基金预算支出表", "国有资本经营预算支出表", "项目支出表"),
        lines("采购明细表", *UNDER),
    ],
    ids=["has cells", "a list of titles", "not in the contents"],
)
def test_other_titles_are_none(blocks: list[Block]) -> None:
    assert not found(*blocks)


def test_a_table_that_was_found_under_the_title_is_not_told_again() -> None:
    assert not found(*lines("政府性基金预算支出表", *UNDER), read=("政府性基金预算支出表",))
