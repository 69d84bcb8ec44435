"""Paths of columns become heading cells that span what they head."""

from mingsuan.checking.reports.page.headings import Heading, heading_rows


def test_neighbours_with_a_common_beginning_share_a_cell() -> None:
    first, second = heading_rows(["项目", "基本支出/小计", "基本支出/人员", "合计"])
    assert first == (Heading("项目", 1, 2), Heading("基本支出", 2, 1), Heading("合计", 1, 2))
    assert second == (Heading("小计", 1, 1), Heading("人员", 1, 1))


def test_every_row_covers_every_column() -> None:
    paths = ["a/b/c", "a/b/d", "a/e", "f", "a/b/c"]
    rows = heading_rows(paths)
    covered = [0] * len(rows)
    for number, row in enumerate(rows):
        for heading in row:
            for below in range(number, number + heading.high):
                covered[below] += heading.wide
    assert covered == [len(paths)] * 3


def test_a_table_without_columns_has_no_headings() -> None:
    assert heading_rows([]) == ()
