"""Tables as a web page whose cells each have the borders of a look: WeasyPrint and LibreOffice set it."""

from __future__ import annotations

import html
from collections.abc import Sequence

from bench.layouts import Box
from bench.typesetting.looks import Ink, Look, sides
from bench.typesetting.sheet import PADDING, setting
from bench.typesetting.sources import Source, align

PIXELS = 96 / 72
"""Pixels of a point: what widths are given in where a style is not heeded."""
_PENS = {
    Ink.THIN: "0.5pt solid #000000",
    Ink.THICK: "2pt solid #000000",
    Ink.GREY: "0.75pt solid #bfbfbf",
    Ink.DASHED: "0.5pt dashed #000000",
    Ink.DOTTED: "1pt dotted #000000",
    Ink.DOUBLE: "2.25pt double #000000",
}


def page(sources: Sequence[Source], look: Look, style: str, blank: str = "none") -> str:
    """A document of one printed page for each table; `style` is what else the program needs, `blank` a side that is not drawn."""
    body = "\n".join(_table(source, look, blank, first=number == 0) for number, source in enumerate(sources))
    head = f'<meta charset="utf-8"><title>公开</title><style>{style}</style>'
    return f'<!DOCTYPE html><html lang="zh"><head>{head}</head><body>{body}</body></html>'


def _table(source: Source, look: Look, blank: str, *, first: bool) -> str:
    size, columns = setting(source, look)
    title, *others = map(html.escape, source.table.above)
    breaks = "" if first else "page-break-before:always;"
    above = f'<p style="{breaks}text-align:center;font-size:14pt">{title}</p>' + "".join(
        f'<p style="text-align:right">{o}</p>' for o in others
    )
    rows = "".join(
        f"<tr>{''.join(_cell(source, look, box, blank) for box in source.table.boxes if box.row == row)}</tr>"
        for row in range(source.table.height)
    )
    widths = "".join(f'<col width="{width * PIXELS:.0f}" style="width:{width:.2f}pt">' for width in columns)
    whole = sum(columns)
    size_and_width = f'width="{whole * PIXELS:.0f}" style="font-size:{size:.2f}pt;width:{whole:.1f}pt"'
    table = f'<table cellspacing="0" cellpadding="4" {size_and_width}><colgroup>{widths}</colgroup>{rows}</table>'
    return f"<div>{above}{table}</div>"


def _cell(source: Source, look: Look, box: Box, blank: str) -> str:
    drawn = sides(look, source, box)
    pen = _PENS[look.ink]
    names = (("left", drawn.left), ("top", drawn.top), ("right", drawn.right), ("bottom", drawn.bottom))
    border = "".join(f"border-{name}:{pen if is_drawn else blank};" for name, is_drawn in names)
    at = align(source, box)
    ground = "background:#e4e4e4;" if look.shaded and box.row % 2 else ""
    spans = (f' rowspan="{box.rows}"' if box.rows > 1 else "") + (f' colspan="{box.columns}"' if box.columns > 1 else "")
    return f'<td{spans} style="padding:3pt {PADDING}pt;text-align:{at};{ground}{border}">{html.escape(box.text)}</td>'
