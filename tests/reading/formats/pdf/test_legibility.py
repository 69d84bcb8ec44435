"""What cannot be read is said plainly."""

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.pdf.reader import read_pdf
from tests.reading.formats.pdf.build import Sheet, pdf


def scan() -> Sheet:
    return Sheet().image(0, 0, 595, 842)


def test_scanned_pages_among_others_are_a_problem_with_their_numbers() -> None:
    document = read_pdf(pdf(Sheet().text(70, 700, "封面"), scan(), scan(), Sheet().text(70, 700, "正文"), scan()), "例.pdf")
    assert document.problems == ("第2—3、5页是扫描图片，没有文字可读；请提供由办公软件直接导出的 PDF",)


def test_a_scan_with_recognised_text_under_it_is_still_a_scan() -> None:
    page = scan().text(70, 700, "由机器识别出来的隐藏文字不可靠不可靠", mode=3)
    (problem,) = read_pdf(pdf(Sheet().text(70, 700, "封面"), page), "例.pdf").problems
    assert "识别文字" in problem


def test_a_wholly_scanned_file_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="扫描图片"):
        read_pdf(pdf(scan()), "例.pdf")


def test_text_without_a_map_is_unreadable() -> None:
    with pytest.raises(UnreadableFile, match="编码对照"):
        read_pdf(pdf(Sheet().text(70, 700, "部门预算收支总表"), mapped=False), "例.pdf")


def test_text_mapped_to_private_characters_is_unreadable_too() -> None:
    with pytest.raises(UnreadableFile, match="编码对照"):
        read_pdf(pdf(Sheet().text(70, 700, "\ue001\ue002\ue003\ue004部")), "例.pdf")


def test_a_few_private_bullets_do_no_harm() -> None:
    assert read_pdf(pdf(Sheet().text(70, 700, "\ue001部门预算收支总表说明")), "例.pdf").problems == ()


def test_a_blank_page_is_no_problem() -> None:
    assert read_pdf(pdf(Sheet().text(70, 700, "封面"), Sheet()), "例.pdf").problems == ()


def test_letters_drawn_as_paths_are_a_problem() -> None:
    page = Sheet()
    for number in range(200):
        page.fill(50 + number, 700, 4, 4)
    (problem,) = read_pdf(pdf(Sheet().text(70, 700, "封面"), page), "例.pdf").problems
    assert "图形" in problem


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", pdf(Sheet().text(70, 700, "封面"))[:400]])
def test_a_damaged_file_says_so(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="损坏"):
        read_pdf(data, "例.pdf")


def test_an_encrypted_file_says_so() -> None:
    with pytest.raises(UnreadableFile, match="密码"):
        read_pdf(pdf(Sheet().text(70, 700, "封面"), encrypted=True), "例.pdf")


def test_a_form_that_draws_itself_does_not_hang() -> None:
    page = Sheet().text(70, 700, "封面")
    page.form("A", Sheet().text(70, 600, "内").draw("/A Do"))
    assert [block.place.page for block in read_pdf(pdf(page), "例.pdf").blocks] == [1, 1]
