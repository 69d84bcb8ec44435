"""Tables of paged files: what a page break leaves of them is put together again."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.dialect import load
from mingsuan.places import Place
from mingsuan.reading.document import Document, Grid, GridCell, Paragraph
from mingsuan.reading.tables.joining import tables_of
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.vocabulary import Vocabulary

HEADER = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]


def paged(
    page: int, *rows: Sequence[str], lefts: Sequence[float] = (50, 100, 200, 300, 400), spans: Sequence[tuple[int, ...]] = ()
) -> Grid:
    """A grid of a page, a row every 20 points."""
    edges = (*lefts, 500.0)

    def place(row: int, column: int) -> Place:
        box = (edges[column], 100.0 + 20 * row, edges[column + 1], 120.0 + 20 * row)
        return Place("例.pdf", page, box, table=1, row=row + 1, column=column + 1)

    cells = tuple(tuple(GridCell(text, place(r, c)) for c, text in enumerate(row)) for r, row in enumerate(rows))
    extent = Place("例.pdf", page, (edges[0], 100.0, 500.0, 100.0 + 20 * len(rows)), table=1)
    return Grid(cells, extent, tuple((a, b, c, d) for a, b, c, d in spans))


def line(page: int, text: str) -> Paragraph:
    return Paragraph(text, Place("例.pdf", page, (50.0, 50.0, 500.0, 60.0)))


def joined(*blocks: Grid | Paragraph) -> tuple[RawTable, ...]:
    return tables_of(Document("例.pdf", blocks), Vocabulary(load("zhengzhou-2023").forms))


def rows(table: RawTable) -> list[str]:
    return ["|".join(printed.texts) for printed in table.lines]


def test_a_table_goes_on_without_its_header() -> None:
    (table,) = joined(
        line(3, "支出总表"), paged(3, HEADER, ["201", "一般公共服务支出", "3", "2", "1"]), paged(4, ["208", "社会保障支出", "1", "1", ""])
    )
    assert rows(table) == ["201|一般公共服务支出|3|2|1", "208|社会保障支出|1|1|"]
    assert str(table.place) == "第3—4页第1个表"


def test_a_reprinted_header_is_dropped_and_said() -> None:
    first = paged(3, HEADER, ["201", "一般公共服务支出", "3", "2", "1"])
    (table,) = joined(line(3, "支出总表"), first, line(4, "支出总表"), paged(4, HEADER, ["208", "社会保障支出", "1", "1", ""]))
    assert rows(table) == ["201|一般公共服务支出|3|2|1", "208|社会保障支出|1|1|"]
    assert table.repairs == ("第4页第1个表第1行起换页重印的表头已略去",)


def test_the_header_of_a_table_that_no_form_knows_is_dropped_too() -> None:
    header = ["采购品目", "专项名称", "经济科目", "采购方式", "总计"]
    first = paged(3, header, ["复印纸", "运转", "办公费", "集中", "12"])
    (table,) = joined(line(3, "采购明细表"), first, paged(4, header, ["打印机", "运转", "设备", "集中", "7"]))
    assert rows(table) == ["|".join(header), "复印纸|运转|办公费|集中|12", "打印机|运转|设备|集中|7"]


def test_another_title_or_other_columns_begin_another_table() -> None:
    one, other = paged(3, HEADER, ["201", "甲", "3", "2", "1"]), paged(4, HEADER, ["208", "乙", "1", "1", ""])
    assert len(joined(line(3, "支出总表"), one, line(4, "收入总表"), other)) == 2
    assert len(joined(line(3, "支出总表"), one, paged(4, ["208", "乙"], lefts=(50, 330)))) == 2


def test_a_page_that_prints_fewer_boundaries_keeps_the_columns() -> None:
    first = paged(3, HEADER, ["201", "一般公共服务支出", "3", "2", "1"])
    (table,) = joined(line(3, "支出总表"), first, paged(4, ["208", "社会保障支出", "1", "1"], lefts=(50, 100, 200, 400)))
    assert rows(table)[1] == "208|社会保障支出|1||1"


def test_a_page_may_end_within_the_header() -> None:
    upper = paged(3, ["科目", "支出"], lefts=(50, 200))
    lower = paged(4, ["编码", "名称", "合计", "基本支出", "项目支出"], ["201", "一般公共服务支出", "3", "2", "1"])
    (table,) = joined(line(3, "支出总表"), paged(3, ["科目名称", "合计"], lefts=(50, 200)), paged(4, HEADER, ["201", "甲", "3", "2", "1"]))
    assert ["|".join(printed.texts) for printed in table.header] == ["科目名称||合计||", "|".join(HEADER)]
    assert rows(table) == ["201|甲|3|2|1"]
    assert len(joined(line(3, "支出总表"), upper, line(4, "收入总表"), lower)) == 2


def test_a_name_that_the_page_break_cuts_is_whole_again() -> None:
    first = paged(3, HEADER, ["220", "自然资源海洋气象等支", "3", "2", "1"])
    (table,) = joined(line(3, "支出总表"), first, paged(4, ["", "出", "", "", ""], ["221", "住房保障支出", "1", "1", ""]))
    assert rows(table) == ["220|自然资源海洋气象等支出|3|2|1", "221|住房保障支出|1|1|"]
    assert table.repairs == ("第4页第1个表第1行是上一页末行换页后余下的文字，已并入该行",)


def test_a_short_name_of_its_own_stays_a_row() -> None:
    first = paged(3, HEADER, ["30201", "办公费", "3", "2", "1"])
    (table,) = joined(line(3, "支出总表"), first, paged(4, ["", "其他", "", "", ""], ["30202", "印刷费", "1", "1", ""]))
    assert rows(table)[1] == "|其他|||"


def test_no_table_begins_where_a_merged_cell_or_a_blank_one_crosses() -> None:
    body = [["一般公共预算", "合计", "3", "2", "1"], ["", "基本支出", "", "", ""], ["科目编码", "科目名称", "", "", ""]]
    (table,) = joined(line(3, "支出总表"), paged(3, HEADER, *body, spans=[(1, 0, 2, 0)]))
    assert len(rows(table)) == 3


def test_strange_group_headings_over_a_header_are_part_of_it() -> None:
    (table,) = joined(paged(3, ["名目", "", "安排的钱", "", ""], HEADER, ["201", "一般公共服务支出", "3", "2", "1"]))
    assert [printed.texts[0] for printed in table.header] == ["名目", "科目编码"]
    assert rows(table) == ["201|一般公共服务支出|3|2|1"]


def test_a_row_with_numbers_is_no_heading_over_the_next_header() -> None:
    tables = joined(paged(3, ["208", "社会保障支出", "5", "5", "0"], HEADER, ["201", "一般公共服务支出", "3", "2", "1"]))
    assert len(tables) == 2
