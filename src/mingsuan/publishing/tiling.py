"""Tables whose blocks stand side by side → grids: heading tree over the columns, rows below, merged where a row goes on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from mingsuan.dialects.forms import Form
from mingsuan.dialects.names import bare
from mingsuan.model import Cell, CellKind, Column, Row, Table
from mingsuan.publishing.publication import Align, Grid, Tile
from mingsuan.publishing.widths import widths

CODED = frozenset({"function", "department", "government", "unit", "unit_or_project"})
"""Keys that are codes."""
_TOTALS = ("合计", "总计", "小计")


def side_grid(table: Table, form: Form, *, thousands: bool = True) -> Grid:
    """The grid of a table that prints its columns under headings."""
    header, head = heading_tiles([c.path.split("/") for c in table.columns])
    aligns = [_align(column, form) for column in table.columns]
    joined = _joined(table)
    body: list[Tile] = []
    for number, row in enumerate(table.rows):
        for place, column in enumerate(table.columns):
            if (number, place) not in joined.covered:
                cell = row.cells.get(column.path)
                rows = joined.extents.get((number, place), 1)
                body.append(tile_of(cell, (header + number, place), aligns[place], (number, column.path), rows=rows, thousands=thousands))
    height = header + len(table.rows)
    if not table.rows:
        body = [Tile(height, place, "") for place in range(len(table.columns))]
        height += 1
    tiles = (*head, *body)
    return Grid(tiles, widths(tiles, len(table.columns), header), height, header)


def shown(cell: Cell | None, *, thousands: bool = True) -> str:
    """What a cell prints."""
    if cell is None:
        return ""
    return cell.amount.text(thousands=thousands) if cell.amount else cell.text


def tile_of(
    cell: Cell | None,
    at: tuple[int, int],
    align: Align,
    origin: tuple[int, str] | None,
    *,
    rows: int = 1,
    columns: int = 1,
    thousands: bool = True,
) -> Tile:
    """A cell of the model at a place of the grid; totals are named in the middle, amounts stand at the right."""
    text = shown(cell, thousands=thousands)
    if cell is not None and cell.amount:
        align = Align.RIGHT
    elif bare(text) in _TOTALS:
        align = Align.CENTRE
    return Tile(*at, text, rows, columns, align, amount=cell.amount if cell else None, origin=origin if cell else None)


def heading_tiles(paths: Sequence[Sequence[str]]) -> tuple[int, tuple[Tile, ...]]:
    """Number of heading rows and the tiles of a heading tree; a leaf reaches down to the last of them."""
    depth = max(map(len, paths), default=0)
    return depth, tuple(_level(list(enumerate(paths)), 0, depth))


def _level(columns: Sequence[tuple[int, Sequence[str]]], row: int, depth: int) -> Iterator[Tile]:
    """The headings of neighbouring columns from a row down."""
    for (name, leaf), found in groupby(columns, key=lambda c: (c[1][row], len(c[1]) == row + 1)):
        members = list(found)
        if leaf:
            yield from (Tile(row, place, name, depth - row, 1, Align.CENTRE, head=True) for place, _ in members)
        else:
            yield Tile(row, members[0][0], name, 1, len(members), Align.CENTRE, head=True)
            yield from _level(members, row + 1, depth)


def _align(column: Column, form: Form) -> Align:
    known = form.by_path.get(column.form or "")
    if column.kind is CellKind.AMOUNT:
        return Align.RIGHT
    coded = known is not None and known.key in CODED
    return Align.CENTRE if coded or column.kind in {CellKind.DATE, CellKind.QUANTITY} else Align.LEFT


class _Joined:
    """Cells that go on over rows: what each covers, and what is covered."""

    def __init__(self, extents: Mapping[tuple[int, int], int]) -> None:
        self.extents = extents
        self.covered = frozenset((row + n, place) for (row, place), rows in extents.items() for n in range(1, rows))


def _joined(table: Table) -> _Joined:
    """The cells of an entry over the rows that only add indicators to it."""
    parts = {c.path for c in table.columns if c.kind is CellKind.INDICATOR}
    others = [n for n, c in enumerate(table.columns) if c.path not in parts]
    extents: dict[tuple[int, int], int] = {}
    start = 0
    for number, row in enumerate(table.rows):
        if number and parts and _only(row, parts):
            for place in others:
                extents[start, place] = number - start + 1
        else:
            start = number
    return _Joined(extents)


def _only(row: Row, paths: set[str]) -> bool:
    return bool(row.cells) and all(p in paths for p, c in row.cells.items() if c.text or c.amount)
