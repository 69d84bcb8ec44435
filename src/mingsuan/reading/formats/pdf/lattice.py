"""The rules of a table → its grid: all distinct edges as boundaries, merged cells as spans, open sides closed."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mingsuan.reading.formats.pdf.crossing import Web
from mingsuan.reading.formats.pdf.drawing import Piece
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.limits import MAX_CELLS
from mingsuan.values import dataclass

SNAP = 3.0
"""Points between the lines of a double rule, which are one boundary."""
OVERHANG = 6.0
"""Points by which rules must stand out over the last crossing one before they show a side that is not drawn."""
SLACK = 0.3
"""Share of a cell's side that its rule may lack at either end."""
_LEVEL_SIDES = 2
"""Level rules that must stand out together: one alone may underline something beside the table."""
_UPRIGHT_SIDES = 1
"""Upright rules that must stand out."""


class Span(NamedTuple):
    """A cell by its rows and columns, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Lattice:
    """The grid of a table.

    Attributes:
        xs: boundaries of the columns.
        ys: boundaries of the rows.
        cells: the cells, which cover the grid, in reading order.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Span, ...]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Number of columns."""
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        """Its extent."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box_of(self, span: Span) -> Box:
        """The extent of some of its positions."""
        return Box(self.xs[span.left], self.ys[span.top], self.xs[span.right + 1], self.ys[span.bottom + 1])

    def position(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of a point, None outside."""
        xs, ys = self.xs, self.ys
        if not (xs[0] <= x <= xs[-1] and ys[0] <= y <= ys[-1]):
            return None
        return bisect_right(ys, y, 1, len(ys) - 1) - 1, bisect_right(xs, x, 1, len(xs) - 1) - 1


def lattice(web: Web) -> Lattice | None:
    """The grid that some rules make, None where they enclose nothing or too much."""
    xs = _boundaries(web.upright, web.level, _LEVEL_SIDES)
    ys = _boundaries(web.level, web.upright, _UPRIGHT_SIDES)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_CELLS:
        return None
    across, down = _walls(web.level, ys, xs), _walls(web.upright, xs, ys)
    xs, across, down = _pruned(xs, across, down)
    ys, down, across = _pruned(ys, down, across)
    if len(xs) < 2 or len(ys) < 2:
        return None
    return Lattice(tuple(xs), tuple(ys), tuple(_cells(len(ys) - 1, len(xs) - 1, across, down)))


Walls = frozenset[tuple[int, int]]
"""Sides that are drawn: number of the boundary, and of the row or column that it bounds there."""


def _boundaries(rules: Sequence[Piece], crossing: Sequence[Piece], least: int) -> list[float]:
    """Positions of the boundaries that some rules draw, and of the sides that only the crossing rules show, `least` of them."""
    found = _snapped(rules)
    if len(crossing) >= least:
        start = sorted(rule.start for rule in crossing)[least - 1]
        end = sorted(rule.end for rule in crossing)[-least]
        found = [start] * (start < found[0] - OVERHANG) + found + [end] * (end > found[-1] + OVERHANG)
    return found


def _snapped(rules: Iterable[Piece]) -> list[float]:
    """Positions of rules, those of a double rule made one where the longer lies."""
    groups: list[list[Piece]] = []
    for rule in sorted(rules):
        if groups and rule.at - groups[-1][0].at <= SNAP:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return [_middle(group) for group in groups]


def _middle(group: Sequence[Piece]) -> float:
    if len(group) == 1:
        return group[0].at
    return sum(r.at * (r.end - r.start) for r in group) / sum(r.end - r.start for r in group)


def _walls(rules: Sequence[Piece], own: Sequence[float], other: Sequence[float]) -> Walls:
    """Which sides of positions some rules draw; `own` are the boundaries that they lie on, `other` those that part them."""
    middles = [(a + b) / 2 for a, b in pairwise(own)]
    slack = [SLACK * (b - a) for a, b in pairwise(other)]
    walls = set()
    for rule in rules:
        boundary = bisect_right(middles, rule.at)
        first = max(0, bisect_right(other, rule.start) - 1)
        for position in range(first, len(slack)):
            if other[position + 1] - slack[position] > rule.end:
                break
            if rule.start <= other[position] + slack[position]:
                walls.add((boundary, position))
    return frozenset(walls)


def _pruned(own: list[float], crossing: Walls, walls: Walls) -> tuple[list[float], Walls, Walls]:
    """Boundaries without those that part nothing: inner ones with no wall, outer ones that are neither reached nor drawn throughout."""
    last = len(own) - 1
    bounding, reached = Counter(boundary for boundary, _ in walls), {position for _, position in crossing}
    across = len({position for _, position in walls})
    drawn = {boundary for boundary, count in bounding.items() if count == across}
    first = min(min(reached, default=last), min(drawn, default=last))
    final = max(max(reached, default=-1) + 1, max(drawn, default=0))
    kept = [b for b in range(last + 1) if b in (first, final) or (first < b < final and b in bounding)]
    if len(kept) == last + 1:
        return own, crossing, walls
    number = {boundary: index for index, boundary in enumerate(kept)}
    position = {p: bisect_right(kept, p) - 1 for p in range(last)}
    inner = range(len(kept) - 1)
    return (
        [own[b] for b in kept],
        frozenset((b, position[p]) for b, p in crossing if position[p] in inner),
        frozenset((number[b], p) for b, p in walls if b in number),
    )


def _cells(rows: int, columns: int, across: Walls, down: Walls) -> list[Span]:
    """The cells of a grid: from each free position as far right as no wall stands, then down while the whole width stays open."""
    taken = [[False] * columns for _ in range(rows)]
    found = []
    for top in range(rows):
        for left in range(columns):
            if taken[top][left]:
                continue
            right = left
            while right + 1 < columns and not taken[top][right + 1] and (right + 1, top) not in down:
                right += 1
            bottom = top
            while bottom + 1 < rows and _opens_below(bottom, left, right, across, down):
                bottom += 1
            for row in range(top, bottom + 1):
                taken[row][left : right + 1] = [True] * (right + 1 - left)
            found.append(Span(top, left, bottom, right))
    return found


def _opens_below(row: int, left: int, right: int, across: Walls, down: Walls) -> bool:
    """Whether the row below belongs to the same cell over the whole width."""
    return not any((row + 1, column) in across for column in range(left, right + 1)) and not any(
        (column, row + 1) in down for column in range(left + 1, right + 1)
    )
