"""The grids of a file of any format as plain data: what was found on the page, before anything is known of its meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mingsuan.places import Place
from mingsuan.reading.document import Document, Grid, UnreadableFile
from mingsuan.reading.formats.files import contents, read_bytes
from mingsuan.reading.formats.sniff import Kind, sniff

GridData = Mapping[str, Any]
"""`page` and `box` (left, bottom, right, top in points from the lower left corner of the page) or what else tells where the grid stands,
`rows` and `cols`, `grid` (its texts, row by row) and `spans` (merged cells: first row, first column, last row, last column, from 0)."""


def grids(source: Path | bytes, name: str = "", page: int | None = None) -> list[GridData]:
    """The grids of a file in reading order; of one page, where `page` is given and the format has pages.

    Raises:
        UnreadableFile: the file cannot be read, or a page is asked of a format that has none.
    """
    shown = name or (source.name if isinstance(source, Path) else "标准输入")
    data = contents(source, shown) if isinstance(source, Path) else source
    if sniff(data, shown) is Kind.PDF:
        from mingsuan.reading.formats.pdf.isolated import grids as grids_of_pdf

        return [{**grid} for grid in grids_of_pdf(data, shown, page)]
    if page is not None:
        raise UnreadableFile(shown, "这种格式不分页", "请去掉 --page，列出全部表格")
    return grids_of(read_bytes(data, shown))


def grids_of(document: Document) -> list[GridData]:
    """The grids of a document that has been read."""
    return [_plain(block, several=len({b.place.file for b in document.blocks}) > 1) for block in document.blocks if isinstance(block, Grid)]


def _plain(grid: Grid, *, several: bool) -> GridData:
    return {
        **({"file": grid.place.file} if several else {}),
        **_where(grid.place),
        "rows": len(grid.rows),
        "cols": grid.width,
        "grid": [[cell.text for cell in row] for row in grid.rows],
        "spans": [list(span) for span in grid.spans],
    }


def _where(place: Place) -> GridData:
    named = {"page": place.page, "sheet": place.sheet, "cells": place.cell, "table": place.table, "line": place.line}
    return {key: value for key, value in named.items() if value is not None}


def as_text(found: Sequence[GridData]) -> str:
    """Grids as lines: where each stands, then its rows with cells apart by tabs."""
    return "\n".join(_lines(grid) for grid in found) if found else "没有表格\n"


def _lines(grid: GridData) -> str:
    place = Place(
        grid.get("file", ""), grid.get("page"), None, grid.get("sheet"), grid.get("cells"), grid.get("line"), table=grid.get("table")
    )
    head = f"{str(place) or '表'}  {grid['rows']}行{grid['cols']}列，合并的格{len(grid['spans'])}处"
    return "\n".join([head, *("\t".join(row) for row in grid["grid"])]) + "\n"
