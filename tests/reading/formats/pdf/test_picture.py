"""Pages are drawn with their marks where the cells are, whatever the page's rotation and crop."""

import struct
import zlib

import pytest

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.pdf import isolated
from mingsuan.reading.formats.pdf.picture import GAP, LINE, MAX_PIXELS, Mark, picture
from tests.reading.formats.pdf.build import Sheet, pdf

RED, WHITE = (200, 0, 0), (255, 255, 255)


def decoded(png: bytes) -> tuple[int, int, bytes]:
    """Width, height and RGB rows of a picture; every row has filter 0."""
    width, height, depth, colours = struct.unpack(">2L2B", png[16:26])
    assert (png[:8], depth, colours) == (b"\x89PNG\r\n\x1a\n", 8, 2)
    start = png.index(b"IDAT")
    (size,) = struct.unpack(">L", png[start - 4 : start])
    rows = zlib.decompress(png[start + 4 : start + 4 + size])
    step = 3 * width + 1
    assert len(rows) == step * height
    return width, height, b"".join(rows[n * step + 1 : (n + 1) * step] for n in range(height))


def pixel(drawn: tuple[int, int, bytes], x: int, y: int) -> tuple[int, ...]:
    width, _, rows = drawn
    return tuple(rows[3 * (y * width + x) : 3 * (y * width + x) + 3])


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_a_mark_is_outlined_where_its_box_is_shown(rotate: int) -> None:
    drawn = decoded(picture(pdf(Sheet(width=300, height=200, rotate=rotate)), "例.pdf", 1, [Mark(7, 100, 50, 140, 70)]))
    assert drawn[:2] == ((600, 400) if rotate % 180 == 0 else (400, 600))
    edge = 200 - GAP - LINE
    assert pixel(drawn, edge, 120) == RED
    assert pixel(drawn, edge - 1, 120) == WHITE
    assert pixel(drawn, 240, 120) == WHITE
    assert pixel(drawn, 280 + GAP, 120) == RED


def test_the_number_stands_beside_the_box_within_the_page() -> None:
    for top in (0, 50):
        one, other = (decoded(picture(pdf(Sheet(width=300, height=200)), "例.pdf", 1, [Mark(n, 100, top, 140, top + 20)])) for n in (1, 2))
        assert one[:2] == other[:2]
        assert one[2] != other[2]


def test_the_page_itself_is_drawn() -> None:
    drawn = decoded(picture(pdf(Sheet(width=100, height=100).fill(10, 10, 30, 30)), "例.pdf", 1, []))
    assert pixel(drawn, 50, 150) == (0, 0, 0)
    assert pixel(drawn, 150, 50) == WHITE


def test_a_huge_page_is_drawn_smaller() -> None:
    width, height, _ = decoded(picture(pdf(Sheet(width=14000, height=14000)), "例.pdf", 1, []))
    assert width * height <= MAX_PIXELS * 1.01


def test_a_page_that_is_not_there_is_said() -> None:
    with pytest.raises(UnreadableFile, match=r"例\.pdf：没有第2页"):
        isolated.picture(pdf(Sheet()), "例.pdf", 2, [])


def test_the_worker_draws_what_is_drawn_here() -> None:
    file, marks = pdf(Sheet()), [Mark(1, 100, 50, 140, 70)]
    assert isolated.picture(file, "例.pdf", 1, marks) == picture(file, "例.pdf", 1, marks)
