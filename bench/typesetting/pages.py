"""Finished pages shown turned, or drawn again through a form XObject with a matrix, by PDFium."""

from __future__ import annotations

import io

_SCALE = 0.8
_SHIFT = (30.0, 20.0)


def turned(data: bytes, quarters: int) -> bytes:
    """The file with its pages shown turned clockwise by quarter turns."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation((page.get_rotation() + 90 * quarters) % 360)
    return _saved(document)


def enclosed(data: bytes) -> bytes:
    """The file with what is on its pages drawn by form XObjects, scaled and shifted."""
    import pypdfium2

    source = pypdfium2.PdfDocument(data)
    made = pypdfium2.PdfDocument.new()
    for number in range(len(source)):
        width, height = source[number].get_size()
        page = made.new_page(width, height)
        drawn = source.page_as_xobject(number, made).as_pageobject()
        drawn.set_matrix(pypdfium2.PdfMatrix().scale(_SCALE, _SCALE).translate(*_SHIFT))
        page.insert_obj(drawn)
        page.gen_content()
    return _saved(made)


def _saved(document: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)  # type: ignore[attr-defined]
    return buffer.getvalue()
