"""Lines outside tables become paragraphs; what recurs in margins is dropped."""

from mingsuan.reading.document import Document, Grid, Paragraph
from mingsuan.reading.formats.pdf.reader import read_pdf
from tests.reading.formats.pdf.build import Sheet, pdf, ruled

FULL = "本单位认真贯彻党中央和国务院关于财政工作的决策部署落实中央八项规定精神坚持过紧日子勤俭办一切事业"
"""A line as wide as the measure."""


def read(*sheets: Sheet) -> Document:
    return read_pdf(pdf(*sheets), "例.pdf")


def texts(*sheets: Sheet) -> list[str]:
    return [block.text for block in read(*sheets).blocks if isinstance(block, Paragraph)]


def page(*rows: tuple[float, str]) -> Sheet:
    sheet = Sheet()
    for number, (x, text) in enumerate(rows):
        sheet.text(x, 740 - 20 * number, text)
    return sheet


def test_a_full_line_goes_on_with_the_line_at_the_margin() -> None:
    assert texts(page((88, FULL[2:]), (70, FULL), (70, "完。"), (88, "另一段。"))) == [FULL[2:] + FULL + "完。", "另一段。"]


def test_a_numbered_heading_begins_a_paragraph_even_after_a_full_line() -> None:
    assert texts(page((70, FULL), (70, "二、支出预算表"), (70, FULL), (70, FULL + "")))[:2] == [FULL, "二、支出预算表"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    first, second = page((88, FULL[2:]), (70, FULL)), page((70, "接上页。"), (88, FULL[2:]), (70, "完。"))
    assert texts(first, second) == [FULL[2:] + FULL + "接上页。", FULL[2:] + "完。"]


def test_what_is_said_apart_on_a_line_is_apart() -> None:
    assert texts(Sheet().text(70, 700, "部门：某市某局").text(450, 700, "单位：万元")) == ["部门：某市某局", "单位：万元"]


def test_a_spaced_out_title_is_one() -> None:
    assert texts(Sheet().text(250, 700, "目").text(286, 700, "录")) == ["目 录"]


def test_page_numbers_and_running_heads_are_dropped() -> None:
    sheets = [page((88, f"第{number}段。")).text(290, 30, f"— {number} —").text(250, 810, "某市某局2024年预算") for number in range(1, 5)]
    assert texts(*sheets) == ["第1段。", "第2段。", "第3段。", "第4段。"]


def test_a_number_in_the_text_is_no_page_number() -> None:
    assert texts(Sheet().text(88, 500, "12").text(88, 480, "正文。")) == ["12", "正文。"]


def test_tables_stand_between_the_paragraphs_around_them() -> None:
    sheet = ruled(Sheet(), [50, 150, 250], [600, 580, 560], [["甲", "乙"], ["1", "2"]])
    sheet.text(70, 650, "表一").text(70, 500, "注：略")
    above, table, below = read(sheet).blocks
    assert isinstance(above, Paragraph) and above.text == "表一"
    assert isinstance(table, Grid) and [[cell.text for cell in row] for row in table.rows] == [["甲", "乙"], ["1", "2"]]
    assert isinstance(below, Paragraph) and below.text == "注：略"


def test_places_are_boxes_in_points_from_the_upper_left_corner() -> None:
    sheet = ruled(Sheet(), [50, 150, 250], [600, 580, 560], [["甲", "乙"], ["1", "2"]])
    (table,) = read(sheet).blocks
    assert isinstance(table, Grid)
    assert (table.place.file, table.place.page, table.place.box) == ("例.pdf", 1, (50, 242, 250, 282))
    assert table.rows[1][1].place.box == (150, 262, 250, 282)


def test_an_entry_of_a_list_of_contents_ends_with_its_dots() -> None:
    entry = "五、部门预算表" + "…" * 45
    dotted = "1. 2025年部门收入预算总表" + "." * 90 + "12"
    assert texts(page((70, entry), (70, dotted), (70, "2. 2025年部门支出预算总表")))[:2] == [entry, dotted]
