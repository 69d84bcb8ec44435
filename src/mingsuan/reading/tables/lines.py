"""Printed lines of tables, and how those of one page go with those of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from mingsuan.patterns import regex
from mingsuan.places import NOWHERE, Place
from mingsuan.reading.document import GridCell
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

SAME_EDGE = 3.0
"""Points by which the same boundary may differ from page to page."""
MAX_REST = 3
"""Characters of a name that a page break cut off at most; more may be a name of its own."""

_IS_NAME = regex(r"[\u4e00-\u9fff](?:支出|收入|费|费用|补助|补贴|资金|拨款|结余|合计)\Z")


@dataclass(frozen=True)
class Line:
    """A printed line of a table.

    Attributes:
        cells: its cells.
        texts: their texts without white space.
    """

    cells: tuple[GridCell, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, cells: Sequence[GridCell]) -> Line:
        """The line that some cells make."""
        return cls(tuple(cells), tuple(compact(cell.text) for cell in cells))

    @cached_property
    def place(self) -> Place:
        """Its row in the source."""
        return self.cells[0].place.of_row if self.cells else NOWHERE

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Columns with content."""
        return tuple(j for j, t in enumerate(self.texts) if t)

    @property
    def lefts(self) -> tuple[float, ...]:
        """The left edges of its columns, () where its format tells none."""
        found = [cell.place.box[0] for cell in self.cells if cell.place.box is not None]
        return tuple(found) if len(found) == len(self.cells) else ()


def relaid(lines: Sequence[Line], columns: Sequence[float]) -> tuple[Line, ...] | None:
    """Lines on columns that begin at `columns`, None if one of their own columns is not among them.

    A page prints only those boundaries of a table that its own rows need.
    """
    found = [_relaid(line, columns) for line in lines]
    known = tuple(line for line in found if line is not None)
    return known if len(known) == len(found) else None


def _relaid(line: Line, columns: Sequence[float]) -> Line | None:
    targets = [_nearest(left, columns) for left in line.lefts]
    if not targets or None in targets or len(set(targets)) < len(targets):
        return None
    at = dict(zip(targets, line.cells, strict=True))
    blank = GridCell("", replace(line.place, column=None))
    return Line.of([at.get(column, blank) for column in range(len(columns))])


def _nearest(left: float, columns: Sequence[float]) -> int | None:
    best = min(range(len(columns)), key=lambda column: abs(columns[column] - left))
    return best if abs(columns[best] - left) <= SAME_EDGE else None


def is_rest_of(rest: Line, line: Line) -> bool:
    """Whether the first line of a page is what the page break cut off the names in the line before: 国土海洋气象等支 | 出."""
    return len(rest.texts) == len(line.texts) and all(
        len(rest.texts[j]) <= MAX_REST and not _IS_NAME.search(line.texts[j]) and _IS_NAME.search(line.texts[j] + rest.texts[j]) is not None
        for j in rest.filled
    )


def with_rest(line: Line, rest: Line) -> Line:
    """A line with what the page break cut off it."""
    return Line.of([replace(cell, text=cell.text + more.text) for cell, more in zip(line.cells, rest.cells, strict=True)])


TALL = 1.5
"""Times as high as the lowest cell of its line that a cell is at least which is merged over several lines."""


def labels_of_before(before: Sequence[Line], first: Line) -> tuple[int, tuple[int, ...]] | None:
    """Labels of merged cells that began on the page before, but are printed at the head of the next one.

    A page break cuts a group of lines: its number and amounts stand where it began, its name, set in the middle of its cell,
    where the cell goes on. The number of the line that they belong to, and their columns; None where nothing was cut so.
    """
    boxes = [cell.place.box for cell in first.cells]
    heights = [box[3] - box[1] for box in boxes if box is not None]
    if len(heights) != len(first.cells) or not heights:
        return None
    merged = [j for j, height in enumerate(heights) if height > TALL * min(heights)]
    moved = tuple(j for j in merged if first.texts[j])
    for number in range(len(before) - 1, -1, -1):
        line = before[number]
        if len(line.texts) != len(first.texts) or any(line.texts[j] for j in moved):
            return None
        if any(line.texts[j] for j in merged):
            return (number, moved) if moved else None
    return None


def with_labels(line: Line, other: Line, columns: Sequence[int]) -> Line:
    """A line with the cells of another in some columns."""
    return Line.of([other.cells[j] if j in columns else cell for j, cell in enumerate(line.cells)])


def without_labels(line: Line, columns: Sequence[int]) -> Line:
    """A line with some columns blank."""
    return Line.of([replace(cell, text="") if j in columns else cell for j, cell in enumerate(line.cells)])


def without_columns(line: Line, columns: Sequence[int]) -> Line:
    """A line with some columns taken out."""
    return Line.of([cell for j, cell in enumerate(line.cells) if j not in columns])
