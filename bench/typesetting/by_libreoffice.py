"""Tables set by LibreOffice: Calc from workbooks, where long text runs over into empty cells, and Writer from web pages."""

from __future__ import annotations

import contextlib
import io
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from math import ceil
from pathlib import Path
from typing import Any

from bench.layouts import Box
from bench.typesetting.as_html import page
from bench.typesetting.looks import Ink, Look, sides
from bench.typesetting.sheet import MARGIN, PADDING, WIDTH, setting
from bench.typesetting.sources import Source, align, ems
from bench.writers import libreoffice

INKS = frozenset(Ink) - {Ink.FILLED}
SECONDS = 300.0
"""One run of the program."""
LEADING = 1.5
"""Ems of a line in a workbook."""
_TALL = 1500.0
_BORDERS = {Ink.THIN: 1, Ink.THICK: 5, Ink.GREY: 1, Ink.DASHED: 3, Ink.DOTTED: 4, Ink.DOUBLE: 6}
_POINTS_PER_CHARACTER = 5.3
_STYLE = f"""
@page {{ size: {WIDTH}pt {_TALL}pt; margin: {MARGIN}pt }}
body {{ font-family: "Noto Sans CJK SC", "Noto Sans SC", sans-serif; font-size: 8pt }}
p {{ margin: 4pt 0 }}
td {{ vertical-align: middle }}
"""


def printed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Files by name printed to PDF; those that it made nothing of are left out.

    Raises:
        FileNotFoundError: it is not installed.
    """
    program = libreoffice()
    if program is None:
        raise FileNotFoundError("没有安装 LibreOffice")
    with tempfile.TemporaryDirectory(prefix="mingsuan-bench-") as folder:
        room = Path(folder)
        for name, data in files.items():
            (room / name).write_bytes(data)
        command = [program, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore"]
        for suffix, extra in ((".html", ["--infilter=HTML (StarWriter)"]), (".xlsx", [])):
            paths = [str(room / name) for name in files if name.endswith(suffix)]
            if paths:
                called = [*command, *extra, "--convert-to", "pdf", "--outdir", str(room), *paths]
                with contextlib.suppress(subprocess.TimeoutExpired):
                    subprocess.run(called, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=SECONDS, check=False)
        made = {name: (room / name).with_suffix(".pdf") for name in files}
        return {name: path.read_bytes() for name, path in made.items() if path.is_file()}


def as_page(sources: Sequence[Source], look: Look) -> bytes:
    """What Writer prints; it drops the padding at sides that have no border, so those that are not drawn are white."""
    return page(sources, look, _STYLE, "0.5pt solid #ffffff").encode()


def as_book(sources: Sequence[Source], look: Look) -> bytes:
    """What Calc prints: a sheet for each table, fitted to a page."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    for number, source in enumerate(sources):
        _sheet(book, book.add_worksheet(f"表{number + 1}"), source, look)
    book.close()
    return buffer.getvalue()


def _sheet(book: Any, sheet: Any, source: Source, look: Look) -> None:
    size, columns = setting(source, look)
    sheet.set_paper(8)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    last = source.table.width - 1
    for place, width in enumerate(columns):
        sheet.set_column(place, place, width / _POINTS_PER_CHARACTER)
    top = len(source.table.above)
    for row, line in enumerate(source.table.above):
        form = book.add_format({"font_size": 8 if row else 14, "align": "right" if row else "center", "font_name": "Noto Sans CJK SC"})
        if last:
            sheet.merge_range(row, 0, row, last, line, form)
    for row, lines in enumerate(_lines(source, columns, size) if look.wraps else ()):
        sheet.set_row(top + row, LEADING * size * lines + 4)
    for box in source.table.boxes:
        form = book.add_format(_format(source, look, box, size))
        first = (top + box.row, box.column)
        if box.rows > 1 or box.columns > 1:
            sheet.merge_range(*first, first[0] + box.rows - 1, first[1] + box.columns - 1, box.text, form)
        elif box.text:
            sheet.write_string(*first, box.text, form)
        else:
            sheet.write_blank(*first, None, form)


def _lines(source: Source, columns: Sequence[float], size: float) -> list[int]:
    """The most lines of a cell in each row: a workbook says itself how high its rows are."""
    found = [1] * source.table.height
    for box in source.table.boxes:
        if box.rows == 1:
            wide = sum(columns[box.column : box.column + box.columns]) - 2 * PADDING
            found[box.row] = max(found[box.row], ceil(ems(box.text) * size / wide))
    return found


def _format(source: Source, look: Look, box: Box, size: float) -> dict[str, Any]:
    drawn = sides(look, source, box)
    head = box.row < source.heads
    said: dict[str, Any] = {
        "font_name": "Noto Sans CJK SC",
        "font_size": round(size, 1),
        "align": align(source, box),
        "valign": "vcenter",
        "text_wrap": head or look.wraps,
    }
    for name in ("left", "top", "right", "bottom"):
        if getattr(drawn, name):
            said |= {name: _BORDERS[look.ink], f"{name}_color": "#BFBFBF" if look.ink is Ink.GREY else "#000000"}
    return said | ({"bg_color": "#E4E4E4"} if look.shaded and box.row % 2 else {})
