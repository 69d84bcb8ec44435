"""Tables over page breaks."""

from pathlib import Path

from mingsuan.reading.document import Grid
from mingsuan.reading.formats.pdf.continuation import Continuation, continuations
from mingsuan.reading.formats.pdf.reader import read_pdf
from tests.reading.formats.pdf.build import Sheet, pdf, ruled

XS = [50.0, 150.0, 250.0]
HEAD = ["项目", "金额"]


def page(rows: list[list[str]], xs: list[float] = XS) -> Sheet:
    return ruled(Sheet(), xs, [700.0 - 20 * number for number in range(len(rows) + 1)], rows)


def told(*sheets: Sheet) -> tuple[Continuation, ...]:
    return continuations(read_pdf(pdf(*sheets), "例.pdf"))


def test_a_table_goes_on_without_its_header() -> None:
    assert told(page([HEAD, ["甲", "1"]]), page([["乙", "2"], ["丙", "3"]])) == (Continuation(1, 0, 0),)


def test_a_table_goes_on_with_its_header_printed_again_on_each_page() -> None:
    pages = [page([HEAD, [name, "1"]]) for name in "甲乙丙"]
    assert told(*pages) == (Continuation(1, 0, 1), Continuation(2, 1, 1))


def test_what_stands_above_may_be_printed_again_too() -> None:
    pages = [page([HEAD, [name, "1"]]).text(200, 710, "单位：元") for name in "甲乙"]
    assert told(*pages) == (Continuation(3, 1, 1),)


def test_a_new_title_begins_a_new_table() -> None:
    assert told(page([HEAD, ["甲", "1"]]), page([HEAD, ["乙", "2"]]).text(100, 720, "支出总表")) == ()


def test_other_columns_are_another_table() -> None:
    assert told(page([HEAD, ["甲", "1"]]), page([HEAD, ["乙", "2"]], [50.0, 180.0, 250.0])) == ()


def test_tables_on_one_page_do_not_go_on() -> None:
    sheet = page([HEAD, ["甲", "1"]])
    ruled(sheet, XS, [500, 480, 460], [HEAD, ["乙", "2"]])
    assert told(sheet) == ()


def test_real_tables_go_on(shared: Path) -> None:
    name = "b2025_shanghai_finance_unit.pdf"
    document = read_pdf((shared / "corpus" / name).read_bytes(), name)
    pages = {document.blocks[c.grid].place.page: c.header for c in continuations(document) if isinstance(document.blocks[c.grid], Grid)}
    assert pages[9] == 3
