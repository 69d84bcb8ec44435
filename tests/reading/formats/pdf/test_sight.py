"""Only what a reader sees is read."""

from mingsuan.reading.document import Paragraph
from mingsuan.reading.formats.pdf.reader import read_pdf
from tests.reading.formats.pdf.build import Sheet, pdf, shown


def texts(sheet: Sheet) -> list[str]:
    return [block.text for block in read_pdf(pdf(sheet.text(70, 400, "看得见")), "例.pdf").blocks if isinstance(block, Paragraph)]


def test_text_that_is_clipped_away_is_not_read() -> None:
    assert texts(Sheet().draw("q 0 0 50 50 re W n").text(70, 500, "剪掉").draw("Q")) == ["看得见"]


def test_of_text_that_is_clipped_in_part_the_rest_is_read() -> None:
    assert texts(Sheet().draw("q 70 490 27 30 re W n").text(70, 500, "剪掉一半").draw("Q")) == ["剪掉一", "看得见"]


def test_two_clips_leave_what_both_leave() -> None:
    assert texts(Sheet().draw("q 0 0 595 842 re W n 0 450 40 400 re W n").text(70, 500, "剪掉").draw("Q")) == ["看得见"]


def test_a_clip_that_is_no_rectangle_hides_nothing_within_its_extent() -> None:
    sheet = Sheet().draw("q 50 480 m 300 480 l 300 600 l 175 650 l 50 600 l h W n").text(70, 500, "留下").draw("Q")
    assert texts(sheet) == ["留下", "看得见"]


def test_text_without_ink_is_not_read() -> None:
    assert texts(Sheet().text(70, 500, "没有墨", mode=3)) == ["看得见"]


def test_text_off_the_page_is_not_read() -> None:
    assert texts(Sheet().text(70, 900, "页外").text(-80, 300, "页外")) == ["看得见"]


def test_text_outside_the_crop_box_is_not_read() -> None:
    assert texts(Sheet(crop=(0, 0, 595, 600)).text(70, 700, "裁掉")) == ["看得见"]


def test_text_that_is_printed_over_itself_is_read_once() -> None:
    assert texts(Sheet().text(70, 500, "加粗").text(120, 450, "别的").text(70.4, 500, "加粗")) == ["加粗", "别的", "看得见"]


def test_a_slanting_watermark_is_not_read() -> None:
    sheet = Sheet().draw(f"BT /F 40 Tf .707 .707 -.707 .707 100 200 Tm {shown('样张')} Tj ET")
    assert texts(sheet) == ["看得见"]


def test_clips_within_forms_stand_where_the_form_stands() -> None:
    inner = Sheet().draw("q 0 0 200 200 re W n").text(70, 100, "留下").text(300, 100, "剪掉").draw("Q")
    assert texts(Sheet().form("A", inner, "1 0 0 1 0 500")) == ["留下", "看得见"]
