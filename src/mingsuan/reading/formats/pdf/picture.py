"""A page as a picture (PNG) on which some boxes are outlined, each with its number beside it, so that no one depends on colour."""

from __future__ import annotations

from collections.abc import Sequence
from ctypes import c_ubyte
from typing import NamedTuple

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.opening import Page, opened, opened_page
from mingsuan.reading.formats.pdf.png import RGB, png

SCALE = 2.0
"""Pixels per point: 144 to the inch."""
MAX_PIXELS = 25_000_000
"""Pixels of a picture; a page that would have more is drawn smaller."""
LINE = 3
"""Pixels of an outline."""
GAP = 2
"""Pixels between a cell's rules and its outline."""
DOT = 3
"""Pixels of one dot of a digit."""

_RGB24, _WITH_ANNOTATIONS, _RGB_ORDER = 2, 0x01, 0x10
_WHITE, _RED = 0xFFFFFFFF, 0xFF0000C8
"""Opaque; the bytes of a colour stand as blue, green, red, which drawing in the order of PNG turns round."""
_DOTS = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", " # ", " # "),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
}


class Mark(NamedTuple):
    """A box to outline, in points from the upper left corner of the page as it is shown, and the number that tells what it is."""

    number: int
    left: float
    top: float
    right: float
    bottom: float


def picture(data: bytes, name: str, number: int, marks: Sequence[Mark]) -> bytes:
    """The page `number` of a PDF, counted from 1, with `marks`, as PNG.

    Raises:
        UnreadableFile: the file is encrypted or damaged, or has no such page.
    """
    with opened(data, name) as document:
        if not 1 <= number <= native.page_count(document):
            raise UnreadableFile(name, f"没有第{number}页", "请检查页码")
        with opened_page(document, number) as page:
            if page is None:
                raise UnreadableFile(name, f"第{number}页已损坏，画不出来", "请重新下载这份文件再试")
            return _drawn(page, marks)


def _drawn(page: Page, marks: Sequence[Mark]) -> bytes:
    scale = min(SCALE, (MAX_PIXELS / (page.width * page.height)) ** 0.5)
    width, height = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    pixels = (c_ubyte * (3 * width * height))()
    bitmap = native.new_bitmap(width, height, _RGB24, pixels, 3 * width)
    try:
        native.fill_rectangle(bitmap, 0, 0, width, height, _WHITE)
        native.render_page(bitmap, page.handle, 0, 0, width, height, 0, _WITH_ANNOTATIONS | _RGB_ORDER)
        for mark in marks:
            _outline(bitmap, mark, scale)
        for mark in marks:
            _label(bitmap, mark, scale, height)
    finally:
        native.free_bitmap(bitmap)
    return png(bytes(pixels), 3 * width, width, height, 8, RGB)


def _outline(bitmap: int, mark: Mark, scale: float) -> None:
    left, top = round(mark.left * scale) - GAP - LINE, round(mark.top * scale) - GAP - LINE
    right, bottom = round(mark.right * scale) + GAP + LINE, round(mark.bottom * scale) + GAP + LINE
    for x, y, wide, high in (
        (left, top, right - left, LINE),
        (left, bottom - LINE, right - left, LINE),
        (left, top, LINE, bottom - top),
        (right - LINE, top, LINE, bottom - top),
    ):
        native.fill_rectangle(bitmap, x, y, wide, high, _RED)


def _label(bitmap: int, mark: Mark, scale: float, height: int) -> None:
    """The number, white on a tag that stands on the outline, or hangs from it at the top of the page."""
    digits = str(mark.number)
    wide, high = DOT * (4 * len(digits) + 1), DOT * 7
    left, top = max(0, round(mark.left * scale) - GAP - LINE), round(mark.top * scale) - GAP - LINE - high
    if top < 0:
        top = min(round(mark.bottom * scale) + GAP + LINE, height - high)
    native.fill_rectangle(bitmap, left, top, wide, high, _RED)
    for place, digit in enumerate(digits):
        for row, dots in enumerate(_DOTS[digit]):
            for column, dot in enumerate(dots):
                if dot == "#":
                    x, y = left + DOT * (4 * place + column + 1), top + DOT * (row + 1)
                    native.fill_rectangle(bitmap, x, y, DOT, DOT, _WHITE)
