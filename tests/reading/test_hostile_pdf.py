"""PDF files made to harm: each is done with in bounded time and memory, in a process of its own, and a clear reason comes out."""

import zlib

import pytest

from mingsuan.reading.document import Document, UnreadableFile
from mingsuan.reading.formats.pdf.isolated import read_pdf
from mingsuan.reading.formats.pdf.limits import MAX_PAGES
from tests.reading.formats.pdf.build import Sheet, pdf
from tests.reading.hostile_pdf import MEGABYTE, book, deflated, file, in_object_stream, many_pages, stream

SECONDS = 60.0


def outcome(data: bytes) -> Document | str:
    """The document, or why there is none."""
    try:
        return read_pdf(data, "例.pdf", SECONDS)
    except UnreadableFile as error:
        assert str(error).startswith("例.pdf：") and error.remedy
        assert "秒，已中止" not in error.what
        return error.what


def packed_again_and_again(times: int) -> bytes:
    content = b"0 0 m 9 9 l S "
    for _ in range(times):
        content = zlib.compress(content)
    return stream(content, b"/Filter[" + b"/FlateDecode" * times + b"]")


LOOPS = {
    "an object stream that goes on in itself": in_object_stream(extends=True),
    "an object stream inside itself": in_object_stream(extends=False),
    "a tree of pages that holds itself": book(stream(b""), pages=b"<</Type/Pages/Count 5/Kids[2 0 R 3 0 R 2 0 R]>>"),
    "a page that is its own parent": book(stream(b""), page=b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>"),
    "a stream whose length is itself": book(b"<</Length 4 0 R>>\nstream\nxx\nendstream"),
    "contents that hold themselves": book(b"[4 0 R 4 0 R]"),
    "a table that follows itself": book(stream(b""), trailer=b"/Prev 9"),
    "a million pages that are not there": book(stream(b""), pages=b"<</Type/Pages/Count 2000000000/Kids[3 0 R]>>"),
    "two thousand million objects that are not there": file({1: b"<</Type/Catalog/Pages 2 0 R>>"}, b"/Size 2000000000"),
    "a hundred thousand arrays in each other": book(
        stream(b""), page=b"<</Type/Page/Parent 2 0 R/A " + b"[" * 100_000 + b"]" * 100_000 + b">>"
    ),
    "filters on filters": book(packed_again_and_again(200)),
}


@pytest.mark.parametrize("name", LOOPS)
def test_what_leads_back_to_itself_ends(name: str) -> None:
    found = outcome(LOOPS[name])
    assert isinstance(found, str), "a file without any text is read as nothing, and nobody is told"
    assert "没有可以读取的文字" in found or "损坏" in found or "没有页面" in found


def test_a_bomb_hits_the_bounds_of_its_own_process() -> None:
    """Three thousand megabytes, packed twice, in a few kilobytes."""
    content = stream(zlib.compress(deflated(bytes(MEGABYTE), 3_000)), b"/Filter[/FlateDecode/FlateDecode]")
    assert len(content) < MEGABYTE // 100
    found = outcome(book(content))
    assert isinstance(found, str)
    assert "没有可以读取的文字" in found or "内存" in found


def test_of_ten_thousand_pages_the_first_are_read_and_the_rest_named() -> None:
    found = outcome(many_pages(10_000))
    assert isinstance(found, Document)
    assert found.problems == (f"文件有10000页，第{MAX_PAGES}页以后没有读取",)


def test_a_cut_file_is_read_as_far_as_it_goes_or_refused() -> None:
    whole = pdf(Sheet().text(70, 700, "封面"), Sheet().text(70, 700, "正文"))
    assert outcome(whole[: len(whole) // 3]) == "这份 PDF 已损坏或不完整，打不开"
    found = outcome(whole[: whole.rindex(b"startxref")])  # without the place of its table of objects
    assert isinstance(found, Document) and found.blocks


def test_a_locked_file_says_so() -> None:
    found = outcome(pdf(Sheet().text(70, 700, "封面"), encrypted=True))
    assert isinstance(found, str) and "密码" in found


def test_text_whose_font_has_no_mapping_is_not_taken_for_text() -> None:
    found = outcome(pdf(Sheet().text(70, 700, "部门预算收支总表"), mapped=False))
    assert isinstance(found, str) and "编码对照" in found


def test_a_file_of_blank_pages_says_so() -> None:
    assert outcome(pdf(Sheet(), Sheet())) == "整份文件没有可以读取的文字：各页都是空白"
