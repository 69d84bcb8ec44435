"""Tables become grids that are covered without overlap; pages suit them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from mingsuan.model import Section
from mingsuan.places import NOWHERE
from mingsuan.publishing.publication import Align, Heading, Index, Sheet, Text, Tile
from mingsuan.publishing.tiling import heading_tiles
from mingsuan.publishing.widths import ems, fitting
from tests.publishing.samples import BUDGETS, published, sample


@pytest.mark.parametrize("name", BUDGETS)
def test_tiles_cover_a_grid_once(name: str) -> None:
    for sheet in published(sample(name)).sheets:
        covered = Counter(place for tile in sheet.grid.tiles for place in _places(tile))
        assert set(covered.values()) == {1}, sheet.title
        assert set(covered) == {(r, c) for r in range(sheet.grid.height) for c in range(sheet.grid.width)}, sheet.title


def _places(tile: Tile) -> list[tuple[int, int]]:
    return [(r, c) for r in range(tile.row, tile.row + tile.rows) for c in range(tile.column, tile.column + tile.columns)]


@pytest.mark.parametrize("name", BUDGETS)
def test_every_cell_of_the_model_is_printed_once(name: str) -> None:
    made = sample(name)
    for sheet in published(made).sheets:
        table = made.tables[sheet.number]
        printed = Counter(tile.origin for tile in sheet.grid.tiles if tile.origin)
        wanted = {(n, path) for n, row in enumerate(table.rows) for path in row.cells}
        assert set(printed) == wanted, sheet.title
        assert set(printed.values()) <= {1}


def test_headings_over_columns_are_joined_and_leaves_reach_down() -> None:
    depth, tiles = heading_tiles([["合计"], ["基本支出", "小计"], ["基本支出", "公用经费"], ["项目支出"]])
    assert depth == 2
    assert [(t.text, t.row, t.column, t.rows, t.columns) for t in tiles] == [
        ("合计", 0, 0, 2, 1),
        ("基本支出", 0, 1, 1, 2),
        ("小计", 1, 1, 1, 1),
        ("公用经费", 1, 2, 1, 1),
        ("项目支出", 0, 3, 2, 1),
    ]


def test_amounts_stand_at_the_right_with_thousands_separators() -> None:
    amounts = [t for s in published(sample("zhengzhou-2023")).sheets for t in s.grid.tiles if t.amount]
    assert {t.align for t in amounts} == {Align.RIGHT}
    assert all("," in t.text for t in amounts if t.amount and abs(t.amount.in_unit) >= 1000)


def test_wide_tables_lie_across_and_no_amount_is_wider_than_its_column() -> None:
    sheets = published(sample("zhengzhou-2023")).sheets
    assert {s.paper.landscape for s in sheets} == {True, False}
    for sheet in sheets:
        assert fitting(sheet.grid)[1] * sum(sheet.grid.widths) <= sheet.paper.measure * 1.02 or not sheet.grid.header
        for tile in sheet.grid.tiles:
            if tile.amount and tile.columns == 1:
                assert ems(tile.text) <= sheet.grid.widths[tile.column]


def test_titles_name_the_year_once() -> None:
    made = sample("jiangsu-2017")
    assert published(made).sheets[0].title == f"{made.year}年{made.tables[0].title}"
    dated = replace(made, tables=(replace(made.tables[0], title=f"{made.year}年收支预算总表"),))
    assert published(dated).sheets[0].title == f"{made.year}年收支预算总表"


def test_the_tables_follow_the_heading_that_says_so() -> None:
    made = sample("jiangsu-2017")
    part = Section("第二部分 部门预算表", "tables", 1, NOWHERE)
    first, *rest = made.sections
    blocks = published(replace(made, sections=(first, part, *rest))).blocks
    at = blocks.index(Heading(part.title, 1))
    assert isinstance(blocks[at + 1], Index)
    assert isinstance(blocks[at + 2], Sheet)
    assert isinstance(blocks[-1], Text)


def test_without_such_a_heading_they_come_last_under_their_own() -> None:
    made = sample("jiangsu-2017")
    blocks = published(made).blocks
    own = next(b for b in blocks if isinstance(b, Heading) and b.over_tables)
    assert own.text == f"附件：{made.year}年{made.department}部门预算表"
    assert isinstance(blocks[-1], Sheet)


def test_a_numbered_paragraph_that_heads_others_is_printed_once() -> None:
    made = sample("jiangsu-2017")
    project = Section("1、某项目经费", "project", 4, NOWHERE, "1、某项目经费100万元，用于运行。\n按月支付。")
    blocks = published(replace(made, sections=(project,))).blocks
    assert [b for b in blocks if isinstance(b, Heading) and not b.over_tables] == []
    assert [b.text for b in blocks if isinstance(b, Text)] == ["1、某项目经费100万元，用于运行。", "按月支付。"]
