"""Tables set by Typst: columns as wide as their text, strokes joined over cells."""

from __future__ import annotations

from collections.abc import Sequence

from bench.layouts import Box
from bench.typesetting.looks import Ink, Look, sides
from bench.typesetting.sheet import MARGIN, PADDING, WIDTH, setting
from bench.typesetting.sources import Source, align

INKS = frozenset({Ink.THIN, Ink.THICK, Ink.GREY, Ink.DASHED, Ink.DOTTED})
_PENS = {
    Ink.THIN: "0.5pt + black",
    Ink.THICK: "2pt + black",
    Ink.GREY: "0.5pt + luma(190)",
    Ink.DASHED: '(paint: black, thickness: 0.5pt, dash: "dashed")',
    Ink.DOTTED: '(paint: black, thickness: 1pt, dash: "dotted")',
}


def typeset(sources: Sequence[Source], look: Look) -> bytes:
    """A page for each table."""
    body = "\n#pagebreak()\n".join(_turned(_page(source, look), look) for source in sources)
    return _compiled(f"#set page(width: auto, height: auto, margin: {MARGIN}pt)\n{body}")


def documents(head: str, sources: Sequence[Source], look: Look) -> bytes:
    """A document: a line of its title, then the tables, each beginning a page and going on over as many as it needs; headings repeated."""
    body = "\n#pagebreak()\n".join(_page(source, look, repeats=True) for source in sources)
    title = f"#align(center, text(size: 16pt, {_quoted(head)}))"
    return _compiled(f'#set page(paper: "a4", flipped: true, margin: {MARGIN}pt)\n{title}\n#pagebreak()\n{body}')


def _compiled(markup: str) -> bytes:
    import pylopdf_fonts_zh_cn
    import typst

    fonts: list[str] = [str(pylopdf_fonts_zh_cn.sans_path().parent)]
    source = f'#set text(font: "Noto Sans SC")\n{markup}'.encode()
    return bytes(typst.compile(source, font_paths=fonts, ignore_system_fonts=True))  # type: ignore[misc]


def _turned(markup: str, look: Look) -> str:
    return f"#rotate(90deg, reflow: true)[{markup}]" if look.lying else markup


def _page(source: Source, look: Look, *, repeats: bool = False) -> str:
    size, widths = setting(source, look)
    title, *others = (_quoted(line) for line in source.table.above)
    above = f"#align(center, text(size: 14pt, {title}))\n" + "".join(f"#align(right, text(size: 8pt, {line}))\n" for line in others)
    most = 9 * size
    whole = {box.column for box in source.table.boxes if box.columns == 1 and box.text.isascii()}
    columns = ", ".join("auto" if n in whole or not look.wraps or width < most else f"{width}pt" for n, width in enumerate(widths))
    fill = "(_, y) => if calc.odd(y) { luma(228) }" if look.shaded else "none"
    heading = ",\n".join(_cell(source, look, box) for box in source.table.boxes if box.row < source.heads)
    body = ",\n".join(_cell(source, look, box) for box in source.table.boxes if box.row >= source.heads)
    heading = f"table.header(\n{heading})" if repeats and heading else heading
    cells = ",\n".join(part for part in (heading, body) if part)
    table = f"table(columns: ({columns},), inset: (x: {PADDING}pt, y: 3pt), stroke: none, fill: {fill},\n{cells})"
    return f"#block(width: {WIDTH - 2 * MARGIN}pt)[\n{above}#text(size: {size}pt, {table})\n]"


def _cell(source: Source, look: Look, box: Box) -> str:
    drawn = sides(look, source, box)
    pen = _PENS[look.ink]
    names = (("left", drawn.left), ("top", drawn.top), ("right", drawn.right), ("bottom", drawn.bottom))
    stroke = ", ".join(f"{name}: {pen}" for name, is_drawn in names if is_drawn)
    at = align(source, box)
    place = f"x: {box.column}, y: {box.row}, colspan: {box.columns}, rowspan: {box.rows}"
    said = f"{place}, breakable: {str(box.rows > 1).lower()}, align: {at} + horizon, stroke: ({stroke or ':'})"
    return f"table.cell({said}, {_quoted(box.text)})"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
