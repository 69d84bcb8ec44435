"""A small disclosure with a table and a narrative, and findings about them, for the tests of the HTML report."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.amounts import parse_amount
from mingsuan.model import Cell, CellKind, Column, Disclosure, Finding, Level, Repair, Row, Section, Side, Table
from mingsuan.places import Place

FILE = "公开.pdf"


def cell_place(row: int, column: int, page: int | None = None) -> Place:
    """The place of a cell; row and column are counted from 1."""
    box = (80.0 * column, 100.0 + 20 * row, 80.0 * column + 80, 120.0 + 20 * row) if page else None
    return Place(FILE, page=page, box=box, table=1, row=row, column=column)


def table(rows: Sequence[Sequence[str]], columns: Sequence[str], page: int | None = None, title: str = "支出总表") -> Table:
    """A table whose columns but for the first hold amounts; its heading stands 40 points above its rows."""
    found = tuple(Column(path, CellKind.AMOUNT if n else CellKind.KEY) for n, path in enumerate(columns))
    filled = tuple(
        Row({c.path: _cell(text, r, n, page) for n, (c, text) in enumerate(zip(found, line, strict=True), 1) if text})
        for r, line in enumerate(rows, 1)
    )
    box = (80.0, 80.0, 80.0 + 80 * len(columns), 120.0 + 20 * len(rows)) if page else None
    return Table("expenditure_overview", title, "万元", found, filled, Place(FILE, page=page, box=box, table=1, row=1, end_row=len(rows)))


def _cell(text: str, row: int, column: int, page: int | None) -> Cell:
    return Cell(text, cell_place(row, column, page), parse_amount(text, "万元") if column > 1 else None)


def narrative(text: str, title: str = "一、收支说明") -> Section:
    """A section of one paragraph on line 9, under a heading on line 8."""
    return Section(title, "overview_note", 1, Place(FILE, line=8), text, title, ((0, Place(FILE, line=9)),))


def finding(
    *sides: Side, repairs: tuple[Repair, ...] = (), code: str = "FIG101", message: str = "合计不符", fix: str = "改正合计。"
) -> Finding:
    """An error about some places."""
    return Finding(code, Level.ERROR, message, sides, "7.00", "8.00", repairs=repairs, basis="算术", fix=fix)


def disclosure(*tables: Table, sections: tuple[Section, ...] = ()) -> Disclosure:
    """What was read."""
    return Disclosure("示例市某局", "示例省示例市", 2023, tables=tables, sections=sections)
