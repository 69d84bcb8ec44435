"""Filled forms of performance → sheets of a publication."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.performance.forms import Form
from mingsuan.publishing.legible import legible
from mingsuan.publishing.publication import Align, Grid, Sheet, Tile
from mingsuan.publishing.widths import fitting


def formed(number: int, form: Form) -> Sheet:
    """A form as a sheet."""
    grid = Grid(tuple(_tiles(form)), form.widths, len(form.rows))
    paper, size = fitting(grid)
    return Sheet(
        number, legible(form.title), tuple(filter(None, (form.under, "金额单位：万元"))), grid, tuple(map(legible, form.notes)), paper, size
    )


def _tiles(form: Form) -> Iterator[Tile]:
    """Cells put in their places, those that are covered from above left out, as HTML does."""
    open_until = [0] * len(form.widths)
    for row, cells in enumerate(form.rows):
        column = 0
        for cell in cells:
            while column < len(form.widths) and open_until[column] > row:
                column += 1
            align = Align.CENTRE if cell.head else Align.RIGHT if cell.right else Align.LEFT
            yield Tile(row, column, legible(cell.text), cell.down, cell.across, align, head=cell.head)
            for covered in range(column, min(len(form.widths), column + cell.across)):
                open_until[covered] = row + cell.down
            column += cell.across
