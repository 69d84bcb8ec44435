"""Forms whose blocks stand one above the other → grids: labels beside values, small tables, an indicator tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from itertools import pairwise

from mingsuan.dialects.forms import Block, Fields, Fixed, Form, Indicators
from mingsuan.model import Cell, CellKind, Column, Table
from mingsuan.publishing.publication import Align, Grid, Tile
from mingsuan.publishing.tiling import heading_tiles, tile_of
from mingsuan.publishing.widths import LARGEST, PORTRAIT, widths
from mingsuan.values import dataclass

_PAIRED = 4
"""Fields from which two are printed in a line."""
_SHORT = 24
"""Characters of a value that may share its line with another."""

Placed = tuple[int, str, Cell]
"""Row number, column path and cell of the model."""


@dataclass
class _Canvas:
    """Where the tiles of a form are put, line by line."""

    width: int
    thousands: bool
    tiles: list[Tile] = field(default_factory=list)
    row: int = 0

    def extents(self, count: int, first: int = 0) -> list[tuple[int, int]]:
        """First column and width of `count` neighbours that fill the columns from `first` on."""
        edges = [first + (self.width - first) * n // count for n in range(count + 1)]
        return [(a, b - a) for a, b in pairwise(edges)]

    def head(self, text: str, left: int, wide: int, rows: int = 1, row: int | None = None) -> None:
        """A label."""
        self.tiles.append(Tile(self.row if row is None else row, left, text, rows, wide, Align.CENTRE, head=True))

    def cell(self, placed: Placed | None, left: int, wide: int, *, rows: int = 1, align: Align = Align.LEFT) -> None:
        """A cell of the model, or a blank."""
        number, path, cell = placed or (0, "", None)
        origin = (number, path) if placed else None
        self.tiles.append(tile_of(cell, (self.row, left), align, origin, rows=rows, columns=wide, thousands=self.thousands))


def stacked_grid(table: Table, form: Form, *, thousands: bool = True) -> Grid:
    """The grid of a form whose blocks stand one above the other; one line of text fills a page's measure."""
    blocks = [(block, _columns(table, block)) for block in form.blocks]
    width = max(4, *(len(columns) for block, columns in blocks if not isinstance(block.rows, Fields)), 4)
    canvas = _Canvas(width, thousands)
    for block, columns in blocks:
        if not columns:
            continue
        match block.rows:
            case Fields():
                _fields(canvas, table, [*columns, *_strangers(table, form)])
            case Indicators():
                _tree(canvas, table, columns)
            case Fixed():
                _fixed(canvas, table, block, columns)
            case _:
                _rows(canvas, table, block, columns)
    return Grid(tuple(canvas.tiles), _widths(canvas.tiles, width), canvas.row)


def _widths(tiles: Sequence[Tile], width: int) -> tuple[float, ...]:
    """Columns over the measure of an upright page: half of it shared evenly, half by what their narrow cells need."""
    full = PORTRAIT.measure / LARGEST
    needed = widths([t for t in tiles if t.columns == 1 and t.amount is None], width)
    return tuple(round(full * (0.5 / width + 0.5 * own / sum(needed)), 2) for own in needed)


def _columns(table: Table, block: Block) -> list[Column]:
    return [c for c in table.columns if c.form in block.by_path or (c.form is None and _of_tree(c, block))]


def _of_tree(column: Column, block: Block) -> bool:
    return isinstance(block.rows, Indicators) and column.kind is CellKind.INDICATOR


def _strangers(table: Table, form: Form) -> list[Column]:
    """Fields that the form does not know."""
    return [c for c in table.columns if c.form not in form.by_path and c.kind is not CellKind.INDICATOR]


def _cells(table: Table, columns: Sequence[Column]) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    """The rows that have a cell in one of some columns."""
    paths = {c.path for c in columns}
    for number, row in enumerate(table.rows):
        found = {p: c for p, c in row.cells.items() if p in paths}
        if found:
            yield number, found


@dataclass(frozen=True)
class _Field:
    """A label with its values.

    Attributes:
        group: heading over it, "" if none.
        values: one per printed line.
    """

    label: str
    group: str
    values: tuple[Placed, ...]

    @property
    def short(self) -> bool:
        """Whether it may share its line."""
        return len(self.values) <= 1 and all(len(cell.text) <= _SHORT for _, _, cell in self.values)


def _fields(canvas: _Canvas, table: Table, columns: Sequence[Column]) -> None:
    """Labels with their values: two in a line where both are short and there are many, under the headings of their groups."""
    found = _found_fields(table, columns)
    loose = sum(1 for f in found if not f.group)
    group, waiting = "", list(found)
    while waiting:
        first = waiting.pop(0)
        if first.group and first.group != group:
            canvas.head(first.group, 0, canvas.width)
            canvas.row += 1
        group = first.group
        pair = [first]
        if loose > _PAIRED and first.short and waiting and waiting[0].short and not (first.group or waiting[0].group):
            pair.append(waiting.pop(0))
        _line(canvas, pair)


def _found_fields(table: Table, columns: Sequence[Column]) -> list[_Field]:
    """Fields in the order in which the rows have them, blank ones where the columns have them."""
    values: dict[str, list[Placed]] = {c.path: [] for c in columns}
    for number, cells in _cells(table, columns):
        for path, cell in cells.items():
            values[path].append((number, path, cell))
    ranked = sorted(columns, key=lambda c: min((n for n, _, _ in values[c.path]), default=-1))
    ordered = columns if any(not v for v in values.values()) else ranked
    return [_Field(c.path.rpartition("/")[2], c.path.rpartition("/")[0], tuple(values[c.path])) for c in ordered]


def _line(canvas: _Canvas, fields: Sequence[_Field]) -> None:
    spans = canvas.extents(2 * len(fields)) if len(fields) > 1 else [(0, 1), (1, canvas.width - 1)]
    height = max(1, *(len(f.values) for f in fields))
    for place, one in enumerate(fields):
        canvas.head(one.label, *spans[2 * place], rows=height)
        for number in range(height):
            canvas.row += number
            canvas.cell(one.values[number] if number < len(one.values) else None, *spans[2 * place + 1])
            canvas.row -= number
    canvas.row += height


def _fixed(canvas: _Canvas, table: Table, block: Block, columns: Sequence[Column]) -> None:
    """Prescribed rows beside the name of their block."""
    rows = list(_cells(table, columns))
    if rows:
        canvas.head(block.name, 0, 1, rows=len(rows))
    spans = canvas.extents(len(columns), 1)
    for number, cells in rows:
        for column, span in zip(columns, spans, strict=True):
            canvas.cell((number, column.path, cells[column.path]) if column.path in cells else None, *span)
        canvas.row += 1


def _rows(canvas: _Canvas, table: Table, block: Block, columns: Sequence[Column]) -> None:
    """A small table beside the name of its block."""
    depth, head = heading_tiles([c.path.removeprefix(f"{block.name}/").split("/") for c in columns])
    rows = list(_cells(table, columns))
    spans = canvas.extents(len(columns), 1)
    canvas.head(block.name, 0, 1, rows=depth + len(rows))
    for tile in head:
        last, wide = spans[tile.column + tile.columns - 1]
        left = spans[tile.column][0]
        canvas.head(tile.text, left, last + wide - left, rows=tile.rows, row=canvas.row + tile.row)
    canvas.row += depth
    for number, cells in rows:
        for column, span in zip(columns, spans, strict=True):
            canvas.cell((number, column.path, cells[column.path]) if column.path in cells else None, *span)
        canvas.row += 1


def _tree(canvas: _Canvas, table: Table, columns: Sequence[Column]) -> None:
    """Indicators; a name stands once beside all that is below it."""
    spans = canvas.extents(len(columns))
    for column, span in zip(columns, spans, strict=True):
        canvas.head(column.path.rpartition("/")[2], *span)
    canvas.row += 1
    rows = list(_cells(table, columns))
    upper = _upper(rows, columns)
    for place, (number, cells) in enumerate(rows):
        for depth, (column, span) in enumerate(zip(columns, spans, strict=True)):
            height = upper.get((place, depth), 1)
            if height:
                found = (number, column.path, cells[column.path]) if column.path in cells else None
                canvas.cell(found, *span, rows=height, align=Align.CENTRE if depth < len(columns) - 1 else Align.LEFT)
        canvas.row += 1


def _upper(rows: Sequence[tuple[int, Mapping[str, Cell]]], columns: Sequence[Column]) -> dict[tuple[int, int], int]:
    """How many rows the names of the first two levels cover, 0 where they are covered."""
    extents: dict[tuple[int, int], int] = {}
    for depth in range(min(2, len(columns) - 1)):
        start = 0
        for place, (_, cells) in enumerate(rows):
            begins = any(c.path in cells and cells[c.path].text for c in columns[: depth + 1])
            if begins or place == 0:
                start = place
                extents[place, depth] = 1
            else:
                extents[start, depth] += 1
                extents[place, depth] = 0
    return extents
