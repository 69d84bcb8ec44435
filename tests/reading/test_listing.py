import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.listing import as_text, grids
from tests.reading.formats.pdf.build import Sheet, pdf, ruled
from tests.reading.office_files import MONEY, docx, merges, p, rows, tbl, xlsx, zipped

TEXTS = [["项目", "金额"], ["合计", "7.00"]]
TABLE = ruled(Sheet(), [50, 150, 250], [700, 680, 660], TEXTS)


def test_a_grid_of_a_pdf_has_its_page_and_its_box_from_below() -> None:
    (grid,) = grids(pdf(Sheet().text(70, 700, "封面"), TABLE), "例.pdf")
    assert grid == {"page": 2, "box": [50.0, 660.0, 250.0, 700.0], "rows": 2, "cols": 2, "grid": TEXTS, "spans": []}
    assert grids(pdf(Sheet(), TABLE), "例.pdf", page=1) == []


def test_grids_of_other_formats_say_where_they_stand() -> None:
    (word,) = grids(docx(p("收支总表") + tbl(*TEXTS)), "例.docx")
    assert (word["table"], word["grid"]) == (1, TEXTS)
    (sheet,) = grids(xlsx({"表一": rows(["项目", None], ["合计", 7.0], style=MONEY) + merges("A1:B1")}), "例.xlsx")
    assert (sheet["sheet"], sheet["cells"], sheet["spans"]) == ("表一", "A1:B2", [[0, 0, 0, 1]])
    found = grids(zipped({"甲.docx": docx(tbl(*TEXTS)), "乙.docx": docx(p("注") + tbl(*TEXTS))}), "例.zip")
    assert sorted(grid["file"] for grid in found) == ["乙.docx", "甲.docx"]


def test_a_page_of_a_format_without_pages_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="不分页"):
        grids(docx(p("说明")), "例.docx", page=1)


def test_grids_are_shown_as_text() -> None:
    assert as_text(grids(pdf(TABLE), "例.pdf")) == "第1页  2行2列，合并的格0处\n项目\t金额\n合计\t7.00\n"
    assert as_text([]) == "没有表格\n"
