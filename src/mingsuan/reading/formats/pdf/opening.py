"""Bytes → an open PDF and its pages, each closed again whatever happens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from mingsuan.reading.document import UnreadableFile
from mingsuan.reading.formats.pdf import native
from mingsuan.reading.formats.pdf.geometry import Box, Matrix

_DEVICE = 1 << 20
"""Size of the imagined device by which pdfium is asked where its page lies."""


class Page(NamedTuple):
    """An open page.

    Attributes:
        handle: pdfium's handle.
        number: page, counted from 1.
        width: width in points as it is shown, after rotation.
        height: height as it is shown.
        view: from the page's own coordinates to points of the page as it is shown.
    """

    handle: int
    number: int
    width: float
    height: float
    view: Matrix

    @property
    def box(self) -> Box:
        """All that is shown."""
        return Box(0.0, 0.0, self.width, self.height)


@contextmanager
def opened(data: bytes, name: str) -> Iterator[int]:
    """The handle of a PDF.

    Raises:
        UnreadableFile: it is encrypted or damaged.
    """
    with native.LOCK:
        handle = native.load_document(data, len(data), None)
        if not handle:
            raise _unreadable(native.last_error(), name)
        try:
            yield handle
        finally:
            native.close_document(handle)


def _unreadable(error: int, name: str) -> UnreadableFile:
    if error in native.NEEDS_PASSWORD:
        return UnreadableFile(name, "这份 PDF 设了打开密码或加密方式不被支持", "请用原密码打开后另存为不加密的 PDF，再试一次")
    return UnreadableFile(name, "这份 PDF 已损坏或不完整，打不开", "请重新下载，或在 PDF 阅读器中打开后另存（打印）为新的 PDF 再试")


@contextmanager
def opened_page(document: int, number: int) -> Iterator[Page | None]:
    """A page by its number, None where it is damaged."""
    handle = native.load_page(document, number - 1)
    if not handle:
        yield None
        return
    try:
        width, height = float(native.page_width(handle)), float(native.page_height(handle))
        yield Page(handle, number, width, height, _view(handle, width, height)) if width > 0 < height else None
    finally:
        native.close_page(handle)


@contextmanager
def opened_text(page: Page) -> Iterator[int | None]:
    """The text of a page, None where pdfium finds none to load."""
    handle = native.load_text(page.handle)
    try:
        yield handle
    finally:
        if handle:
            native.close_text(handle)


def _view(handle: int, width: float, height: float) -> Matrix:
    """The map onto the page as it is shown, with its rotation and crop box: the inverse of the one that pdfium tells."""
    x0, y0 = _corner(handle, 0, 0)
    x1, y1 = _corner(handle, _DEVICE, 0)
    x2, y2 = _corner(handle, 0, _DEVICE)
    across, down = ((x1 - x0) / width, (y1 - y0) / width), ((x2 - x0) / height, (y2 - y0) / height)
    determinant = across[0] * down[1] - across[1] * down[0] or 1.0
    a, b, c, d = down[1] / determinant, -across[1] / determinant, -down[0] / determinant, across[0] / determinant
    a, b, c, d = (0.0 if abs(v) < 1e-6 else v for v in (a, b, c, d))
    return Matrix(a, b, c, d, -(a * x0 + c * y0), -(b * x0 + d * y0))


def _corner(handle: int, x: int, y: int) -> tuple[float, float]:
    native.to_page(handle, 0, 0, _DEVICE, _DEVICE, 0, x, y, native.DOUBLE[0], native.DOUBLE[1])
    return native.DOUBLES[0], native.DOUBLES[1]
