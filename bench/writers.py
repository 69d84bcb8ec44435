"""Transcribed disclosures written as Office files and web pages by libraries that share nothing with the readers.

`written(source)` gives each format's bytes; `converted(files, kind)` lets LibreOffice make further ones, where it is installed.
"""

from __future__ import annotations

import contextlib
import html
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from bench.layouts import Box, Laid, laid

TIME_LIMIT = 180.0
"""Seconds for one run of LibreOffice."""
FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "doc": "doc:MS Word 97",
    "odt": "odt:writer8",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "xls": "xls:MS Excel 97",
    "ods": "ods:calc8",
}

Source = Mapping[str, Any]


def lines(source: Source) -> Iterator[str]:
    """What stands before the tables: title, department, and the list of them."""
    meta = source["meta"]
    what = "部门预算公开" if meta["kind"] == "budget" else "整体绩效目标申报"
    yield f"{meta['year']}年{meta['department']}{what}"


def _tables(source: Source) -> list[Laid]:
    return [laid(table, source["meta"]["year"]) for table in source["tables"]]


def as_html(source: Source) -> bytes:
    """A plain page with colspan and rowspan."""
    parts = ['<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>公开</title></head><body>']
    parts += [f"<h1>{html.escape(line)}</h1>" for line in lines(source)]
    for table in _tables(source):
        parts += [f"<p>{html.escape(line)}</p>" for line in table.above]
        parts.append('<table border="1">')
        for row in range(table.height):
            cells = (
                f"<td{_spread('rowspan', box.rows)}{_spread('colspan', box.columns)}>{html.escape(box.text)}</td>"
                for box in table.boxes
                if box.row == row
            )
            parts.append(f"<tr>{''.join(cells)}</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def _spread(name: str, count: int) -> str:
    return f' {name}="{count}"' if count > 1 else ""


def as_site(source: Source) -> bytes:
    """A page of a government site: head and body of tables, no-break spaces in blank cells, spans and paragraphs around the text, and
    thousands separators.
    """
    parts = ['<!DOCTYPE html><html><head><meta charset="utf-8"><style>.f{font-family:仿宋}</style></head><body><div class="TRS_Editor">']
    parts += [f'<p align="center"><strong>{html.escape(line)}</strong></p>' for line in lines(source)]
    for table in _tables(source):
        parts += [f'<p style="text-align:center"><span class="f">{html.escape(line)}&nbsp;</span></p>' for line in table.above]
        parts.append('<div><table cellspacing="0" style="border-collapse:collapse"><colgroup><col width="90"></colgroup><tbody>')
        for row in range(table.height):
            cells = (
                f'<td{_spread("rowspan", box.rows)}{_spread("colspan", box.columns)} width="9%"><p class="f"><span>'
                f"{html.escape(separated(box)) or '&nbsp;'}</span></p></td>"
                for box in table.boxes
                if box.row == row
            )
            parts.append(f'<tr style="height:20pt">{"".join(cells)}</tr>')
        parts.append("</tbody></table></div><p>&nbsp;</p>")
    return "\n".join([*parts, "</div></body></html>"]).encode("gb18030").replace(b"utf-8", b"gb2312")


def separated(box: Box) -> str:
    """A cell's text, a number with thousands separators."""
    return f"{Decimal(box.text):,}" if box.numeric else box.text


def as_docx(source: Source) -> bytes:
    """By python-docx, merged cells by its own `merge`."""
    import docx

    document = docx.Document()
    for line in lines(source):
        document.add_heading(line, 0)
    for table in _tables(source):
        for line in table.above:
            document.add_paragraph(line)
        made = document.add_table(table.height, table.width, style="Table Grid")
        grid = [list(row.cells) for row in made.rows]
        for box in table.boxes:
            cell = grid[box.row][box.column]
            if box.rows > 1 or box.columns > 1:
                cell = cell.merge(grid[box.row + box.rows - 1][box.column + box.columns - 1])
            cell.text = box.text
    document.add_paragraph()  # as Word ends every document; LibreOffice loses a table that is the end when it writes DOC
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_xlsx(source: Source) -> bytes:
    """By openpyxl, a sheet for each table, amounts as numbers in a format that prints their digits, codes as text."""
    import openpyxl
    from openpyxl.styles import Border, Side

    book = openpyxl.Workbook()
    book.remove(book.active)
    side = Side(style="thin")
    ruled = Border(left=side, right=side, top=side, bottom=side)
    for number, table in enumerate(_tables(source), 1):
        sheet = book.create_sheet(f"表{number}")
        for row, line in enumerate([*(lines(source) if number == 1 else ()), *table.above], 1):
            sheet.cell(row, 1, line)
        top = sheet.max_row + 1
        for row in range(table.height):
            for column in range(table.width):
                sheet.cell(top + row, 1 + column).border = ruled
        for box in table.boxes:
            cell = sheet.cell(top + box.row, 1 + box.column)
            _fill(cell, box)
            if box.rows > 1 or box.columns > 1:
                sheet.merge_cells(None, cell.row, cell.column, cell.row + box.rows - 1, cell.column + box.columns - 1)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _fill(cell: Any, box: Box) -> None:
    if not box.numeric:
        cell.value, cell.data_type = box.text, "s"
        return
    cell.value = Decimal(box.text)
    cell.number_format = _format(box.text, "0")


def _format(text: str, whole: str) -> str:
    """The number format that prints the digits of an amount."""
    decimals = len(text.partition(".")[2])
    return f"{whole}.{'0' * decimals}" if decimals else whole


def as_one_sheet(source: Source) -> bytes:
    """By XlsxWriter, all tables on one sheet below each other, titles merged, amounts floating and with separators."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("附表")
    title = book.add_format({"align": "center", "bold": True})
    formats: dict[str, Any] = {}
    top = 0
    for line in lines(source):
        sheet.write_string(top, 0, line)
        top += 2
    for table in _tables(source):
        for line in table.above:
            sheet.merge_range(top, 0, top, table.width - 1, line, title)
            top += 1
        for box in table.boxes:
            code = _format(box.text, "#,##0") if box.numeric else "@"
            style = formats.setdefault(code, book.add_format({"border": 1, "num_format": code}))
            place = (top + box.row, box.column)
            if box.rows > 1 or box.columns > 1:
                sheet.merge_range(*place, place[0] + box.rows - 1, place[1] + box.columns - 1, "", style)
            if box.numeric:
                sheet.write_number(*place, float(box.text), style)
            elif box.text:
                sheet.write_string(*place, box.text, style)
            else:
                sheet.write_blank(*place, None, style)
        top += table.height + 2
    book.close()
    return buffer.getvalue()


class Writer(NamedTuple):
    """Who writes a format: a name, the library that must be there, and how."""

    kind: str
    name: str
    module: str
    write: Callable[[Source], bytes]


WRITERS = (
    Writer("html", "手写网页", "html", as_html),
    Writer("html", "网站式网页", "html", as_site),
    Writer("docx", "python-docx", "docx", as_docx),
    Writer("xlsx", "openpyxl", "openpyxl", as_xlsx),
    Writer("xlsx", "XlsxWriter，同一张工作表", "xlsxwriter", as_one_sheet),
)
"""Of each format the first is what LibreOffice converts."""


def converted(files: Sequence[tuple[str, bytes]], suffix: str, kind: str, program: str) -> list[bytes | None]:
    """Some files in the format `suffix` converted by LibreOffice to `kind`, None where it made nothing of one."""
    into = "HTML (StarWriter)" if suffix == "html" else ""
    with tempfile.TemporaryDirectory(prefix="mingsuan-bench-") as folder:
        room = Path(folder)
        paths = []
        for name, data in files:
            paths.append(room / f"{name}.{suffix}")
            paths[-1].write_bytes(data)
        command = [
            *(program, f"-env:UserInstallation={(room / 'profile').as_uri()}", "--headless", "--norestore"),
            *([f"--infilter={into}"] if into else []),
            *("--convert-to", FILTERS[kind], "--outdir", str(room / "out"), *map(str, paths)),
        ]
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=TIME_LIMIT, check=False)
        results = [room / "out" / f"{name}.{kind}" for name, _ in files]
        return [result.read_bytes() if result.is_file() else None for result in results]


def libreoffice() -> str | None:
    """The program, None where it is not installed."""
    return next((found for name in ("soffice", "libreoffice") if (found := shutil.which(name))), None)
