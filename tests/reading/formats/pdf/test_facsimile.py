"""Pages in sixteen greys: as large as the page, dark where it is printed, safe to receive from another process."""

import struct
import zlib

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.pdf import isolated
from mingsuan.reading.formats.pdf.facsimile import MAX_PIXELS, SCALE, Facsimile, facsimiles, packed, unpacked
from tests.reading.formats.pdf.build import Sheet, pdf


def decoded(png: bytes) -> tuple[int, int, list[bytes]]:
    """Width, height and rows of a picture of four bits a pixel; every row has filter 0."""
    width, height, depth, colours = struct.unpack(">2L2B", png[16:26])
    assert (png[:8], depth, colours) == (b"\x89PNG\r\n\x1a\n", 4, 0)
    start = png.index(b"IDAT")
    (size,) = struct.unpack(">L", png[start - 4 : start])
    rows = zlib.decompress(png[start + 4 : start + 4 + size])
    step = (width + 1) // 2 + 1
    assert len(rows) == step * height
    return width, height, [rows[n * step + 1 : (n + 1) * step] for n in range(height)]


@pytest.mark.parametrize("width", [100, 101.5])
def test_a_page_is_drawn_where_it_is_printed(width: float) -> None:
    (made,) = facsimiles(pdf(Sheet(width=width, height=50).fill(10, 10, 30, 30)), "例.pdf", [1])
    wide, high, rows = decoded(made.png)
    assert (made.page, made.width, made.height) == (1, width, 50.0)
    assert (wide, high) == (round(width * SCALE), round(50 * SCALE))
    black, white = rows[high // 2][round(25 * SCALE) // 2], rows[high // 2][round(60 * SCALE) // 2]
    assert (black, white) == (0x00, 0xFF)


def test_pages_that_are_not_there_are_left_out() -> None:
    assert [made.page for made in facsimiles(pdf(Sheet(), Sheet()), "例.pdf", [2, 7, 0, 1])] == [2, 1]


def test_a_huge_page_is_drawn_smaller() -> None:
    (made,) = facsimiles(pdf(Sheet(width=14000, height=14000)), "例.pdf", [1])
    wide, high, _ = decoded(made.png)
    assert wide * high <= MAX_PIXELS * 1.01


def test_the_worker_draws_what_is_drawn_here() -> None:
    file = pdf(Sheet(), Sheet(width=842, height=595))
    assert isolated.facsimiles(file, "例.pdf", [2, 1]) == tuple(facsimiles(file, "例.pdf", [2, 1]))


def test_a_damaged_file_is_said() -> None:
    with pytest.raises(UnreadableFile, match=r"例\.pdf"):
        isolated.facsimiles(b"%PDF-1.4 damaged", "例.pdf", [1])


def test_pictures_go_through_the_wire_unchanged() -> None:
    made = (Facsimile(3, 595.3, 841.9, b"\x89PNG\r\n\x1a\nrest"),)
    assert unpacked(packed(made)) == made


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"1",
        b"[[1]]",
        b"[[1,2,3,4]]",
        b'[[1,2,3,"PHN2Zz4="]]',
        b'[[1,NaN,3,"iVBORw0KGgo="]]',
        b'[[1,2,Infinity,"iVBORw0KGgo="]]',
        b'[[1,2,3,"<script>"]]',
    ],
)
def test_another_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(ValueError):
        unpacked(answer)
