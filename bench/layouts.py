"""The transcribed tables of ../shared/gold laid out as they are printed: cells with their extents, headings and merged labels included.

What bench.writers puts into files; nothing here knows how they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.reading import number

STACKED = ("overall_performance", "project_performance_form")
"""Kinds of tables whose blocks stand one above the other."""
_TREE = "一级指标"
_NO_HEADING = {"项目", "金额"}
"""Columns of a block that are printed without a heading."""
_PAIRS_FROM = 5
"""Labels from which two stand in a line."""

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Box:
    """A printed cell: its text, where it begins (0-based), how many rows and columns it covers, whether it is a number and no code."""

    text: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    numeric: bool = False


@dataclass(frozen=True)
class Laid:
    """A printed table: lines above it, and its cells, which cover every position once."""

    above: tuple[str, ...]
    boxes: tuple[Box, ...]
    height: int
    width: int


def laid(table: Mapping[str, Any], year: int) -> Laid:
    """A transcribed table as it is printed."""
    stacked = table["kind"] in STACKED
    unit = f"单位：{table['unit']}" if not stacked and table.get("unit") else ""
    above = (table["title"], f"（{year}年度）" if stacked else unit)
    boxes = list(_stacked(table)) if stacked else list(_side(table))
    height = max(box.row + box.rows for box in boxes)
    width = max(box.column + box.columns for box in boxes)
    return Laid(tuple(line for line in above if line), tuple(_filled(boxes, height, width)), height, width)


def _side(table: Mapping[str, Any]) -> Iterator[Box]:
    """Headings over rows."""
    columns: Sequence[str] = table["columns"]
    headings = list(heading(columns))
    yield from headings
    depth = max((box.row + box.rows for box in headings), default=0)
    yield from _body(table["rows"], columns, set(table.get("merged") or ()), depth)


def heading(columns: Sequence[str]) -> Iterator[Box]:
    """The cells over some columns: one over all that share it, the leaves reaching down to the rows."""
    paths = [column.split("/") for column in columns]
    depth = max(map(len, paths))
    for row in range(depth):
        place = 0
        while place < len(paths):
            last = place + 1
            while last < len(paths) and row < len(paths[place]) and paths[last][: row + 1] == paths[place][: row + 1]:
                last += 1
            if row < len(paths[place]):
                leaf = row == len(paths[place]) - 1
                yield Box(paths[place][row], row, place, depth - row if leaf else 1, last - place)
            place = last


def _body(rows: Sequence[Cells], columns: Sequence[str], merged: set[str], top: int) -> Iterator[Box]:
    """The cells of rows; a blank under a merged cell belongs to it until one to its left begins anew."""
    for place, column in enumerate(columns):
        lefts = [c for c in columns[:place] if c in merged]
        row = 0
        while row < len(rows):
            last = row + 1
            while column in merged and column in rows[row] and last < len(rows) and not any(c in rows[last] for c in (*lefts, column)):
                last += 1
            if column in rows[row]:
                yield Box(rows[row][column], top + row, place, last - row, numeric=number(column, rows[row][column]) is not None)
            row = last


def _stacked(table: Mapping[str, Any]) -> Iterator[Box]:
    """Labels with values, blocks of rows and the tree of indicators, one above the other."""
    columns: list[str] = table["columns"]
    tree = columns[columns.index(_TREE) :]
    width = max(len(tree), 4)
    rows: list[Cells] = table["rows"]
    top = 0
    for name, run in _runs(rows, tree):
        boxes = list(_indicators(run, tree, table, top) if name == _TREE else _block(name, run, columns, top, width))
        yield from boxes
        top = max(box.row + box.rows for box in boxes)


def _runs(rows: Sequence[Cells], tree: Sequence[str]) -> Iterator[tuple[str, list[Cells]]]:
    """Rows of one block: the tree, a label, a label over columns, or a record of many labels ("")."""
    run: list[Cells] = []
    current: str | None = None
    for row in rows:
        heads = {path.partition("/")[0] for path in row}
        name = _TREE if heads & set(tree) else heads.pop() if len(heads) == 1 else ""
        if run and name != current:
            yield current or "", run
            run = []
        current = name
        run.append(row)
    if run:
        yield current or "", run


def _indicators(rows: Sequence[Cells], tree: Sequence[str], table: Mapping[str, Any], top: int) -> Iterator[Box]:
    yield from (Box(column, top, place) for place, column in enumerate(tree))
    yield from _body(rows, tree, set(table["merged"]), top + 1)


def _block(name: str, rows: Sequence[Cells], columns: Sequence[str], top: int, width: int) -> Iterator[Box]:
    if not name:
        yield from _record(rows[0], columns, top, width)
        return
    own = [path for path in columns if path.startswith(f"{name}/")]
    if not own:
        yield Box(name, top, 0, len(rows))
        yield from (Box(row[name], top + line, 1, 1, width - 1) for line, row in enumerate(rows))
        return
    leaves = [path.partition("/")[2] for path in own]
    headings = [] if set(leaves) <= _NO_HEADING else list(heading(leaves))
    depth = max((box.row + box.rows for box in headings), default=0)
    last = len(leaves) - 1
    yield Box(name, top, 0, depth + len(rows))
    for box in (*headings, *_body([{path.partition("/")[2]: text for path, text in row.items()} for row in rows], leaves, set(), depth)):
        reach = width - 1 - box.column if box.column + box.columns > last else box.columns
        yield Box(box.text, top + box.row, 1 + box.column, box.rows, reach, box.numeric)


def _record(row: Cells, columns: Sequence[str], top: int, width: int) -> Iterator[Box]:
    """A record: the first label alone, then two in a line, then those under headings of their own."""
    loose = [path for path in columns[: columns.index(_TREE)] if "/" not in path]
    step = 2 if len(loose) >= _PAIRS_FROM else 1
    lines = [loose[:1], *(loose[n : n + step] for n in range(1, len(loose), step))]
    for line in lines:
        for place, label in enumerate(line):
            end = width if place == len(line) - 1 else 2
            yield Box(label, top, 2 * place)
            yield Box(row.get(label, ""), top, 2 * place + 1, 1, end - 2 * place - 1)
        top += 1
    group = ""
    for path in columns:
        head, _, label = path.rpartition("/")
        if head and head != group:
            group = head
            yield Box(group, top, 0, 1, width)
            top += 1
        if head:
            yield Box(label, top, 0)
            yield Box(row.get(path, ""), top, 1, 1, width - 1)
            top += 1


def _filled(boxes: Sequence[Box], height: int, width: int) -> Iterator[Box]:
    """The cells from top to bottom, with a blank one wherever there is none."""
    taken = {(r, c) for box in boxes for r in range(box.row, box.row + box.rows) for c in range(box.column, box.column + box.columns)}
    blanks = (Box("", row, column) for row in range(height) for column in range(width) if (row, column) not in taken)
    yield from sorted([*boxes, *blanks], key=lambda box: (box.row, box.column))
