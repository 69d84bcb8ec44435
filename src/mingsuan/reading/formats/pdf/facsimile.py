"""Pages in sixteen greys, small enough for a report to carry many of them."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from ctypes import c_ubyte
from typing import NamedTuple

from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.opening import Page, opened, opened_page
from mingsuan.reading.formats.pdf.png import GREY, SIGNATURE, png

SCALE = 2.0
"""Pixels per point: 144 to the inch, at which the small print of a wide table can be read when enlarged."""
MAX_PIXELS = 6_000_000
"""Pixels of a picture; a page that would have more is drawn smaller."""

_GREY8, _WITH_ANNOTATIONS, _IN_GREY = 1, 0x01, 0x08
_WHITE = 0xFFFFFFFF
_LONGEST = 1e6
"""Points; PDF readers stop far below."""
_DEPTH = 4
_HIGH = bytes(grey & 0xF0 for grey in range(256))
_LOW = bytes(grey >> 4 for grey in range(256))


class Facsimile(NamedTuple):
    """A page as PNG, with its size in points as it is shown."""

    page: int
    width: float
    height: float
    png: bytes


def facsimiles(data: bytes, name: str, pages: Sequence[int]) -> Iterator[Facsimile]:
    """Some pages of a PDF, counted from 1; one that is damaged or not there is left out.

    Raises:
        UnreadableFile: the file is encrypted or damaged.
    """
    with opened(data, name) as document:
        for number in pages:
            if not 1 <= number <= native.page_count(document):
                continue
            with opened_page(document, number) as page:
                if page is not None:
                    yield Facsimile(number, page.width, page.height, _drawn(page))


def _drawn(page: Page) -> bytes:
    scale = min(SCALE, (MAX_PIXELS / (page.width * page.height)) ** 0.5)
    width, height = max(1, round(page.width * scale)), max(1, round(page.height * scale))
    stride = width + width % 2
    pixels = (c_ubyte * (stride * height))()
    bitmap = native.new_bitmap(width, height, _GREY8, pixels, stride)
    try:
        native.fill_rectangle(bitmap, 0, 0, width, height, _WHITE)
        native.render_page(bitmap, page.handle, 0, 0, width, height, 0, _WITH_ANNOTATIONS | _IN_GREY)
    finally:
        native.free_bitmap(bitmap)
    return png(_paired(bytes(pixels)), stride // 2, width, height, _DEPTH, GREY)


def _paired(pixels: bytes) -> bytes:
    """Two pixels to the byte, without a loop over them."""
    left, right = pixels[0::2].translate(_HIGH), pixels[1::2].translate(_LOW)
    return (int.from_bytes(left) | int.from_bytes(right)).to_bytes(len(left))


def packed(found: Sequence[Facsimile]) -> bytes:
    """Facsimiles as bytes between processes."""
    return json.dumps([[f.page, f.width, f.height, base64.b64encode(f.png).decode()] for f in found]).encode()


def unpacked(data: bytes) -> tuple[Facsimile, ...]:
    """The facsimiles that `packed` wrote.

    Raises:
        ValueError: the bytes are something else.
    """
    try:
        found = tuple(Facsimile(int(p), float(w), float(h), base64.b64decode(png, validate=True)) for p, w, h, png in json.loads(data))
    except (TypeError, RecursionError) as error:
        raise ValueError("the worker's answer has another shape") from error
    if not all(f.png.startswith(SIGNATURE) and min(f.width, f.height) > 0 and max(f.width, f.height) < _LONGEST for f in found):
        raise ValueError("the worker's answer is no picture")
    return found
