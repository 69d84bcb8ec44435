import io
import zipfile
from collections.abc import Sequence

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats import sheet_layout, sheets
from mingsuan.reading.formats.xlsx import read_xlsx
from tests.hanging import no_hang
from tests.reading.office_files import MONEY, RULED, S, merges, rows, xlsx, zipped
from tests.reading.shown import grids, headings, table, tables, texts

HEAD: Sequence[Sequence[str | float | None]] = (["部门收支总表"], ["部门：某局", None, "单位：万元"])


def data(*lines: Sequence[str | float | None], first: int = 1) -> str:
    return f"<sheetData>{rows(*lines, style=MONEY, first=first)}</sheetData>"


def test_titles_and_notes_are_paragraphs_and_the_ruled_rows_a_grid() -> None:
    body = rows(*HEAD) + rows(["项目", "金额", "备注"], ["甲", 12.3, None], first=3, style=MONEY) + rows(["注：无"], first=5)
    document = read_xlsx(xlsx({"收支": f"<sheetData>{body}</sheetData>" + merges("A1:C1")}), "例.xlsx")
    assert texts(document) == ["部门收支总表", "部门：某局", "单位：万元", "注：无"]
    (grid,) = grids(document)
    assert table(grid) == [["项目", "金额", "备注"], ["甲", "12.30", ""]]
    place = grid.rows[1][1].place
    assert (place.file, place.sheet, place.cell, str(place)) == ("例.xlsx", "收支", "B4", "工作表“收支”B4")
    assert grid.place.cell == "A3:C4"


def test_what_stands_inside_the_rules_is_of_the_grid() -> None:
    body = data(["整体绩效目标表", None], ["目标", "值"], ["数量", 5.0], ["备注：无", None])
    document = read_xlsx(xlsx({"页": body + merges("A1:B1", "A4:B4")}), "例.xlsx")
    (grid,) = grids(document)
    assert (texts(document), table(grid)) == ([], [["整体绩效目标表", ""], ["目标", "值"], ["数量", "5.00"], ["备注：无", ""]])
    assert grid.spans == ((0, 0, 0, 1), (3, 0, 3, 1))


def test_a_sheet_without_rules_parts_at_blank_rows() -> None:
    body = rows(["收支表"], ["项目", "金额"], ["甲", 1.5]) + rows(["支出表"], ["项目", "金额"], ["乙", 2], ["说明：无"], first=5)
    document = read_xlsx(xlsx({"Sheet1": f"<sheetData>{body}</sheetData>"}), "例.xlsx")
    assert tables(document) == [[["项目", "金额"], ["甲", "1.5"]], [["项目", "金额"], ["乙", "2"]]]
    assert texts(document) == ["收支表", "支出表", "说明：无"]


def test_merged_cells_are_spans_and_what_they_cover_is_not_seen() -> None:
    body = data(["项目", "金额", "遮住"], ["遮住", "本年", "上年"], ["甲", 1, 2])
    (grid,) = grids(read_xlsx(xlsx({"页": body + merges("A1:A2", "B1:C1")}), "例.xlsx"))
    assert table(grid) == [["项目", "金额", ""], ["", "本年", "上年"], ["甲", "1.00", "2.00"]]
    assert grid.spans == ((0, 0, 1, 0), (0, 1, 0, 2))


def test_a_column_in_which_no_cell_begins_is_no_column() -> None:
    body = data(["项目", "金额", ""], ["甲", 1, ""], ["乙", 2, ""])
    (grid,) = grids(read_xlsx(xlsx({"页": body + merges("B1:C1", "B2:C2", "B3:C3")}), "例.xlsx"))
    assert (table(grid), grid.spans) == ([["项目", "金额"], ["甲", "1.00"], ["乙", "2.00"]], ())


def test_hidden_sheets_rows_and_columns_are_not_read_and_named() -> None:
    hidden = data(["项目", 9, "金额"], ["甲", 9, 1], ["藏", 9, 9], ["乙", 9, 2]).replace('<row r="3"', '<row r="3" hidden="1"')
    columns = '<cols><col min="2" max="2" hidden="1"/></cols>'
    document = read_xlsx(xlsx({"页": columns + hidden, "藏": data(["x", 1])}, states={"藏": "veryHidden"}), "例.xlsx")
    assert tables(document) == [[["项目", "金额"], ["甲", "1.00"], ["乙", "2.00"]]]
    assert document.problems == ("工作表“藏”是隐藏的，没有读取", "工作表“页”隐藏了第3行，没有读取", "工作表“页”隐藏了第B列，没有读取")


def test_a_merged_cell_whose_first_row_is_hidden_shows_its_text_in_the_next() -> None:
    body = data(["项目", "值"], ["类", 1], ["", 2]).replace('<row r="2"', '<row r="2" hidden="1"')
    (grid,) = grids(read_xlsx(xlsx({"页": body + merges("A2:A3")}), "例.xlsx"))
    assert table(grid) == [["项目", "值"], ["类", "2.00"]]


def test_every_kind_of_cell_prints_as_it_shows() -> None:
    strings = ["<r><t>财政</t></r><r><t>拨款\n收入</t></r><rPh><t>かな</t></rPh>", "<t>甲_x000D_乙</t>"]
    cells = (
        '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>1</v></c><c r="C1" s="2" t="str"><f>A1</f><v>文</v></c>'
        '<c r="D1" s="1" t="b"><v>1</v></c><c r="E1" s="1" t="e"><v>#REF!</v></c><c r="F1" s="2"><f>A1</f></c><c s="2"><v>3</v></c>'
    )
    document = read_xlsx(
        xlsx({"页": f'<sheetData><row r="1">{cells}</row>{rows(["一", "二"], style=RULED, first=2)}</sheetData>'}, strings=strings),
        "例.xlsx",
    )
    assert tables(document)[0][0] == ["财政拨款收入", "甲乙", "文", "TRUE", "#REF!", "", "3.00"]
    assert document.problems == ("工作表“页”有1个公式没有保存计算结果（F1），按空白读取；请用 Excel 或 WPS 打开，保存后再试",)


def test_zeros_that_the_view_hides_are_blank() -> None:
    body = '<sheetViews><sheetView showZeros="0" workbookViewId="0"/></sheetViews>' + data(["甲", "乙"], [0, 0.5])
    assert tables(read_xlsx(xlsx({"页": body}), "例.xlsx"))[0][1] == ["", "0.50"]


def test_tables_side_by_side_with_a_gap_are_two_grids() -> None:
    body = data(["甲", 1, None, "乙", 2], ["丙", 3, None, "丁", 4])
    assert tables(read_xlsx(xlsx({"页": body}), "例.xlsx")) == [[["甲", "1.00"], ["丙", "3.00"]], [["乙", "2.00"], ["丁", "4.00"]]]


def test_a_sheet_names_its_table_where_nothing_else_does() -> None:
    titled = read_xlsx(xlsx({"01收支总表": data(["项目", "金额"], ["甲", 1]), "Sheet2": data(["项目", "金额"], ["乙", 1])}), "例.xlsx")
    assert (texts(titled), headings(titled)) == (["01收支总表"], [1])


def test_a_kilobyte_cannot_ask_for_a_dense_sheet() -> None:
    far = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row></sheetData>'
    with no_hang():
        document = read_xlsx(xlsx({"页": far + merges("A1:XFD1048576", "A2:XFD1048576")}), "例.xlsx")
    assert sum(grid.width * len(grid.rows) for grid in grids(document)) < 10


@pytest.mark.parametrize(
    "extra",
    [
        merges(*(f"A{n}:XFD1048576" for n in range(1, 3000))),
        "<cols>" + '<col min="30" max="16384" hidden="1"/>' * 20000 + "</cols>",
    ],
    ids=["merges", "columns"],
)
def test_repeated_ranges_do_not_multiply(extra: str) -> None:
    body = f"<sheetData>{rows(*([1.0] * 20 for _ in range(2000)))}</sheetData>"
    with no_hang():
        document = read_xlsx(xlsx({"页": extra + body if extra.startswith("<cols") else body + extra}), "例.xlsx")
    assert document.blocks


def test_many_rows_are_cut_with_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sheets, sheet_layout):
        monkeypatch.setattr(module, "MAX_CELLS", 10)
    document = read_xlsx(xlsx({"页": data(*([n, n] for n in range(9))), "次": data([1, 2])}), "例.xlsx")
    assert [grid.place.cell for grid in grids(document)] == ["A1:B5"]
    assert document.problems[0] == "文件的表格合计超过10个单元格，工作表“页”第6行起没有读取"
    assert document.problems[1] == "文件的表格合计超过10个单元格，工作表“次”第1行起没有读取"


def test_a_workbook_without_visible_text_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="没有任何看得见的文字（工作表“藏”是隐藏的，没有读取）"):
        read_xlsx(xlsx({"藏": data(["甲", 1])}, states={"藏": "hidden"}), "例.xlsx")


@pytest.mark.parametrize(
    "broken",
    [
        xlsx({"页": data(["甲", 1])})[:400],
        xlsx({"页": "<sheetData><row>"}),
        xlsx({}),
        zipped({"xl/other.xml": "<a/>"}),
    ],
    ids=["cut", "torn sheet", "no sheets", "no workbook"],
)
def test_damaged_workbooks_are_refused_with_a_reason(broken: bytes) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_xlsx(broken, "例.xlsx")
    assert str(caught.value).startswith("例.xlsx：")


def test_one_damaged_sheet_costs_itself_only() -> None:
    document = read_xlsx(xlsx({"好": data(["甲", "乙"], ["丙", 1]), "坏": "<sheetData>"}), "例.xlsx")
    assert len(grids(document)) == 1
    assert document.problems == ("工作表“坏”没有读取：XML 不完整",)


def test_a_document_type_is_refused() -> None:
    good = xlsx({"页": data(["甲", "乙"])})
    sheet = f'<!DOCTYPE x [<!ENTITY e "a">]><worksheet xmlns="{S}">{data(["&e;", "乙"])}</worksheet>'
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with pytest.raises(UnreadableFile, match="文档类型声明"):
        read_xlsx(zipped(parts | {"xl/worksheets/sheet1.xml": sheet.encode()}), "例.xlsx")
