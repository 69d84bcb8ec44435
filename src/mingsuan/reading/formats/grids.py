"""Cells that span rows and columns → a rectangular grid, for the formats that tell spans (DOCX, HTML)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from mingsuan.places import Place
from mingsuan.reading.document import Grid, GridCell
from mingsuan.values import dataclass

MAX_ROWS = 20_000
"""Rows of a grid."""
MAX_COLUMNS = 256
"""Columns of a grid; the widest official form has 30."""
MAX_CELLS = 300_000
"""Cells of all grids of a file."""

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged cell, 0-based, inclusive."""


@dataclass(frozen=True, slots=True)
class Block:
    """A cell with its extent in a table's own raster (0-based, ends exclusive)."""

    text: str
    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Where:
    """Where a table stands: its file, the running number of the line that its first row is, and its own number in the file."""

    file: str
    line: int
    table: int


def grid_of(cells: Sequence[Block], where: Where, most: int = MAX_CELLS) -> tuple[Grid, int]:
    """The grid whose columns and rows are the distinct edges at which a cell begins, and how many rows were over the bounds.

    Cells may not overlap. A position that no cell covers is blank. `row` and `column` of a place count the grid's.
    """
    lefts = sorted({cell.left for cell in cells})[:MAX_COLUMNS]
    tops = sorted({cell.top for cell in cells})
    kept = min(len(tops), MAX_ROWS, most // max(1, len(lefts)))
    lost = len(tops) - kept
    end = tops[kept] if lost else max((cell.bottom for cell in cells), default=1)
    texts: dict[tuple[int, int], str] = {}
    spans: list[Span] = []
    for cell in cells:
        row, column = bisect_left(tops, cell.top), bisect_left(lefts, cell.left)
        last_row, last_column = min(bisect_left(tops, cell.bottom), kept) - 1, bisect_left(lefts, cell.right) - 1
        texts[row, column] = cell.text
        if row < kept and column < len(lefts) and (row, column) != (last_row, last_column):
            spans.append((row, column, last_row, last_column))
    rows = tuple(
        tuple(
            GridCell(
                texts.get((row, column), ""),
                Place(where.file, line=where.line + top, column=column + 1, table=where.table, row=row + 1),
            )
            for column in range(len(lefts))
        )
        for row, top in enumerate(tops[:kept])
    )
    return Grid(rows, Place(where.file, line=where.line, end_line=where.line + end - 1, table=where.table), tuple(sorted(spans))), lost


def placed(cells: Iterable[tuple[int, str, int, int]], rows: int) -> tuple[Block, ...]:
    """Cells of a table in HTML's way: (row, text, rows spanned, columns spanned) in order, each at the first free position of its row.

    A cell never reaches below the last of `rows`, nor over one that is there, nor beyond the bounds of a file.
    """
    taken: dict[int, set[int]] = {}
    free: dict[int, int] = {}
    blocks: list[Block] = []
    area = 0
    for row, text, deep, wide in cells:
        own = taken.setdefault(row, set())
        left = next((column for column in range(free.get(row, 0), MAX_COLUMNS) if column not in own), MAX_COLUMNS)
        free[row] = left
        right = next((column for column in range(left, min(left + wide, MAX_COLUMNS)) if column in own), min(left + wide, MAX_COLUMNS))
        bottom = min(row + deep, rows)
        area += (bottom - row) * (right - left)
        if left == right or area > MAX_CELLS:
            continue
        for below in range(row, bottom):
            taken.setdefault(below, set()).update(range(left, right))
        blocks.append(Block(text, row, left, bottom, right))
    return tuple(blocks)
