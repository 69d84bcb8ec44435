"""Tables set by fpdf2: a piece of rule for each side of each cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bench.typesetting.looks import Ink, Look, sides
from bench.typesetting.sheet import BODY, MARGIN, PADDING, WIDTH, setting
from bench.typesetting.sources import Source, align

INKS = frozenset({Ink.THIN, Ink.THICK, Ink.GREY, Ink.DASHED})
_ABOVE = 50.0
_TALL = 2400.0


def typeset(sources: Sequence[Source], look: Look) -> bytes:
    """A page for each table."""
    import pylopdf_fonts_zh_cn
    from fpdf import FPDF

    paper = FPDF(unit="pt", format=(WIDTH, _TALL))
    paper.add_font("sc", fname=pylopdf_fonts_zh_cn.sans_path())
    paper.set_margins(MARGIN, MARGIN)
    paper.set_auto_page_break(False)
    for source in sources:
        paper.add_page()
        if look.lying:
            with paper.rotation(-90, WIDTH / 2, WIDTH / 2):
                _page(paper, source, look)
        else:
            _page(paper, source, look)
    return bytes(paper.output())


def _page(paper: Any, source: Source, look: Look) -> None:
    from fpdf.enums import CellBordersLayout, WrapMode
    from fpdf.fonts import FontFace

    paper.set_font("sc", size=14)
    paper.cell(w=BODY, h=20, text=source.table.above[0], align="C", new_x="LMARGIN", new_y="NEXT")
    paper.set_font("sc", size=8)
    for line in source.table.above[1:]:
        paper.cell(w=BODY, h=14, text=line, align="R", new_x="LMARGIN", new_y="NEXT")
    size, columns = setting(source, look)
    paper.set_font("sc", size=size)
    paper.set_line_width(2 if look.ink is Ink.THICK else 0.5)
    paper.set_draw_color(190 if look.ink is Ink.GREY else 0)
    if look.ink is Ink.DASHED:
        paper.set_dash_pattern(2, 2)
    grey, white = FontFace(fill_color=228), FontFace()
    options = {"line_height": 1.25 * size, "col_widths": columns, "width": BODY, "first_row_as_headings": False}
    with paper.table(**options, padding=(3, PADDING), wrapmode=WrapMode.CHAR, v_align="M") as table:
        for number in range(source.table.height):
            row = table.row()
            for box in (b for b in source.table.boxes if b.row == number):
                drawn = sides(look, source, box)
                border = CellBordersLayout.NONE
                for name in ("left", "top", "right", "bottom"):
                    border = border | CellBordersLayout[name.upper()] if getattr(drawn, name) else border
                ground = grey if look.shaded and number % 2 else white
                spans = {"colspan": box.columns, "rowspan": box.rows}
                row.cell(box.text, **spans, align=align(source, box)[0].upper(), border=border, style=ground)
    paper.set_dash_pattern()
