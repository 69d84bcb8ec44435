"""Tables set by ReportLab: a piece of rule for each cell or one along a whole row, form XObjects and turned tables of its own."""

from __future__ import annotations

import html
import io
from collections.abc import Iterator, Sequence
from typing import Any

from bench.layouts import Box
from bench.typesetting.looks import Ink, Look, sides
from bench.typesetting.sheet import BODY, MARGIN, WIDTH, setting
from bench.typesetting.sources import Source, align

INKS = frozenset(Ink)
FONT = "STSong-Light"
_ABOVE = 50.0
_SCALE = 1.25


def typeset(sources: Sequence[Source], look: Look) -> bytes:
    """A page for each table."""
    return documents("", sources, look)


def documents(head: str, sources: Sequence[Source], look: Look) -> bytes:
    """A document: a page with its title, unless that is empty, then a page for each table, as high as it needs."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    canvas = _canvas(look)(buffer)
    if head:
        canvas.setPageSize((WIDTH, BODY))
        canvas.setFont(FONT, 14)
        canvas.drawCentredString(WIDTH / 2, BODY / 2, head)
        canvas.showPage()
    for number, source in enumerate(sources):
        _page(canvas, source, look, f"table{number}")
    canvas.save()
    return buffer.getvalue()


def _canvas(look: Look) -> type[Any]:
    """A canvas, or one that draws its rules as filled rectangles."""
    from reportlab.pdfgen.canvas import Canvas

    class Filling(Canvas):  # type: ignore[misc]
        def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
            half = self._lineWidth / 2
            left, low = min(x1, x2) - half * (x1 == x2), min(y1, y2) - half * (y1 == y2)
            self.rect(left, low, max(abs(x2 - x1), 2 * half), max(abs(y2 - y1), 2 * half), stroke=0, fill=1)

        def lines(self, pieces: Sequence[tuple[float, float, float, float]]) -> None:
            for piece in pieces:
                self.line(*piece)

    return Filling if look.ink is Ink.FILLED else Canvas


def _page(canvas: Any, source: Source, look: Look, name: str) -> None:
    table = _table(source, look)
    _, height = table.wrap(BODY, 5000)
    tall = height + _ABOVE + 2 * MARGIN
    canvas.setPageSize((tall, WIDTH) if look.lying else (WIDTH, tall))
    if look.lying:
        canvas.translate(0, WIDTH)
        canvas.rotate(-90)
    canvas.setFont(FONT, 14)
    canvas.drawCentredString(WIDTH / 2, tall - MARGIN - 14, source.table.above[0])
    canvas.setFont(FONT, 8)
    for line in source.table.above[1:]:
        canvas.drawRightString(WIDTH - MARGIN, tall - MARGIN - 32, line)
    if look.form:
        canvas.beginForm(name, 0, 0, 4000, 4000)
        canvas.scale(_SCALE, _SCALE)
        table.drawOn(canvas, 100, 200)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(MARGIN - 100, MARGIN - 200)
        canvas.scale(1 / _SCALE, 1 / _SCALE)
        canvas.doForm(name)
        canvas.restoreState()
    else:
        table.drawOn(canvas, MARGIN, MARGIN)
    canvas.showPage()


def _table(source: Source, look: Look) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph, Table, TableStyle

    size, columns = setting(source, look)
    styles = [ParagraphStyle(str(n), fontName=FONT, fontSize=size, leading=1.25 * size, wordWrap="CJK", alignment=n) for n in range(3)]
    grid: list[list[Any]] = [[""] * source.table.width for _ in range(source.table.height)]
    for box in source.table.boxes:
        head = box.row < source.heads
        plain = look.overruns and not head
        style = styles[("left", "center", "right").index(align(source, box))]
        grid[box.row][box.column] = box.text if plain else Paragraph(html.escape(box.text), style)
    commands = [
        ("FONT", (0, 0), (-1, -1), FONT, size),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        *[(f"{side}PADDING", (0, 0), (-1, -1), 3) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")],
        *[("ALIGN", (b.column, b.row), (b.column, b.row), "RIGHT") for b in source.table.boxes if align(source, b) == "right"],
        *[("SPAN", (b.column, b.row), _end(b)) for b in source.table.boxes if b.rows > 1 or b.columns > 1],
        *_rules(source, look),
    ]
    if look.shaded:
        from reportlab.lib import colors

        commands += [("BACKGROUND", (0, row), (-1, row), colors.HexColor("#e4e4e4")) for row in range(1, source.table.height, 2)]
    return Table(grid, colWidths=columns, style=TableStyle(commands))


def _end(box: Box) -> tuple[int, int]:
    return box.column + box.columns - 1, box.row + box.rows - 1


def _rules(source: Source, look: Look) -> Iterator[tuple[Any, ...]]:
    """Sides of cells; where a row has all of them, one rule along it."""
    from reportlab.lib import colors

    ink = look.ink
    colour = colors.HexColor("#bfbfbf") if ink is Ink.GREY else colors.black
    dash = {Ink.DASHED: (2, 2), Ink.DOTTED: (0.5, 1.5)}.get(ink)
    pen = (2.0 if ink is Ink.THICK else 0.5, colour, None, dash, None, *((2, 1.5) if ink is Ink.DOUBLE else ()))
    boxes = source.table.boxes
    whole = {b.row for b in boxes if all(sides(look, source, c).top for c in boxes if c.row <= b.row < c.row + c.rows)}
    whole = {row for row in whole if all(c.row == row for c in boxes if c.row <= row < c.row + c.rows)}
    yield from (("LINEABOVE", (0, row), (-1, row), *pen) for row in whole)
    for box in boxes:
        drawn, start, end = sides(look, source, box), (box.column, box.row), _end(box)
        commands = (("LINEBEFORE", drawn.left), ("LINEAFTER", drawn.right), ("LINEBELOW", drawn.bottom))
        yield from ((name, start, end, *pen) for name, is_drawn in commands if is_drawn)
        if drawn.top and box.row not in whole:
            yield ("LINEABOVE", start, end, *pen)
