"""Tables that go on over a page break, with or without their header printed again: told, not joined, for the grids stay as printed."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.reading.document import Block, Document, Grid, Paragraph
from mingsuan.values import dataclass

SAME_EDGE = 3.0
"""Points by which the columns of both pages may differ."""
MOST_HEADER = 8
"""Rows of a header."""


@dataclass(frozen=True)
class Continuation:
    """A grid that goes on with the one before it.

    Attributes:
        grid: number of its block in the document.
        before: number of the block that it goes on with.
        header: number of its first rows that print the header of the table's first page again.
    """

    grid: int
    before: int
    header: int


def continuations(document: Document) -> tuple[Continuation, ...]:
    """The grids of a document that go on with the grid of the page before: same columns, and no new text between."""
    return tuple(_continuations(document))


def _continuations(document: Document) -> Iterator[Continuation]:
    first = last = -1
    above: list[str] = []
    between: list[str] = []
    for number, block in enumerate(document.blocks):
        if isinstance(block, Paragraph):
            between.append(_plain(block.text))
            continue
        header = _header(document.blocks[first], block) if last >= 0 else 0
        if last >= 0 and _goes_on(document.blocks[last], block) and _nothing_new(above, between, header):
            yield Continuation(number, last, header)
        else:
            first, above = number, between
        last, between = number, []


def _goes_on(before: Block, grid: Grid) -> bool:
    if not isinstance(before, Grid) or before.place.page is None or grid.place.page != before.place.page + 1:
        return False
    edges, others = _edges(before), _edges(grid)
    return len(edges) == len(others) and all(abs(a - b) <= SAME_EDGE for a, b in zip(edges, others, strict=True))


def _nothing_new(above: list[str], between: list[str], header: int) -> bool:
    """Whether what stands between the pages only repeats, with the header, what stood above the table."""
    return not between or (header > 0 and set(between) <= set(above))


def _edges(grid: Grid) -> list[float]:
    boxes = [cell.place.box for cell in grid.rows[0] if cell.place.box is not None]
    return [*(box[0] for box in boxes), *([grid.place.box[2]] if grid.place.box else [])]


def _header(first: Block, grid: Grid) -> int:
    """How many rows both pages begin with alike; a single row of one cell is no header."""
    if not isinstance(first, Grid):
        return 0
    count = 0
    for printed, again in zip(first.rows[:MOST_HEADER], grid.rows[:MOST_HEADER], strict=False):
        if [_plain(cell.text) for cell in printed] != [_plain(cell.text) for cell in again]:
            break
        count += 1
    filled = max((sum(bool(cell.text) for cell in row) for row in grid.rows[:count]), default=0)
    return count if filled > 1 else 0


def _plain(text: str) -> str:
    return "".join(text.split())
