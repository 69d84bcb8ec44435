"""Drawings in Word: as pictures, which every version of it shows."""

from __future__ import annotations

from mingsuan.publishing.docx_parts import text
from mingsuan.publishing.publication import Picture
from mingsuan.publishing.typesetting import picture as drawn

_EMU = 12_700
"""English metric units of a point."""
_WIDEST = 470.0
"""Points between the margins of an upright page."""
_FINE = 200
"""Dots per inch."""
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


def rasterised(picture: Picture) -> bytes:
    """The picture as PNG, the same bytes for the same picture.

    Raises:
        UnwritableError: it cannot be drawn.
    """
    source = (
        f"#set page(width: {picture.width}pt, height: {picture.height}pt, margin: 0pt)\n"
        '#image(bytes(sys.inputs.svg), format: "svg", width: 100%)'
    )
    return drawn(source.encode(), _FINE, svg=picture.svg)


def drawing(picture: Picture, number: int) -> str:
    """The paragraph that shows a picture."""
    scale = min(1.0, _WIDEST / picture.width)
    wide, high = (round(_EMU * scale * points) for points in (picture.width, picture.height))
    name = f'id="{number + 1}" name="图{number + 1}" descr="{text(picture.alt)}"'
    return (
        '<w:p><w:pPr><w:pStyle w:val="TableOver"/><w:jc w:val="center"/></w:pPr><w:r><w:drawing>'
        f'<wp:inline xmlns:wp="{_DRAWING}/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{wide}" cy="{high}"/>'
        f'<wp:docPr {name}/><a:graphic xmlns:a="{_DRAWING}/main"><a:graphicData uri="{_DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{_DRAWING}/picture"><pic:nvPicPr><pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rIdImage{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
