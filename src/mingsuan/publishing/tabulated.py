"""Plain tables of text → sheets of a publication."""

from __future__ import annotations

from collections.abc import Sequence, Set

from mingsuan.publishing.publication import Align, Grid, Sheet, Tile
from mingsuan.publishing.widths import fitting, widths


def tabulated(
    number: int,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Set[int] = frozenset(),
    over: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> Sheet:
    """A table with one row of headings; `right` are the columns that are set right."""
    head = [Tile(0, n, text, align=Align.CENTRE, head=True) for n, text in enumerate(columns)]
    body = [
        Tile(r, n, text, align=Align.RIGHT if n in right else Align.LEFT)
        for r, row in enumerate(rows, start=1)
        for n, text in enumerate(row)
    ]
    if not rows:
        body = [Tile(1, n, "") for n in range(len(columns))]
    tiles = (*head, *body)
    grid = Grid(tiles, widths(tiles, len(columns), 1), max(len(rows), 1) + 1, 1)
    paper, size = fitting(grid)
    return Sheet(number, title, tuple(over), grid, tuple(notes), paper, size)
