"""What a document says for certain, and what follows for a region: at least and at most so much stands there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import field
from decimal import Decimal
from functools import cached_property, reduce

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.ledger import WHOLE, Box
from mingsuan.reading.flattened.algebra import Algebra, Index, distinct, members
from mingsuan.values import dataclass

CellAt = tuple[int, int, str]
"""Table, row and form column of a cell."""

BROKEN, UNUSUAL = 1000, 2
"""What speaks against an amount: what the document says for certain; a custom of the authority."""

_NOTHING = Decimal(0)
_Column = tuple[int, str]
"""Table and form column."""


@dataclass(frozen=True)
class Interval:
    """What a region holds, in yuan, as its printed digits allow."""

    low: Decimal
    high: Decimal

    def hull(self, other: Interval) -> Interval:
        """Both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))


@dataclass(frozen=True)
class Statement:
    """What is printed for a region: in one cell, in the cells of several lines that only together have it, or in the narrative.

    Attributes:
        region: its number.
        figures: the cells, or the claim.
    """

    region: int
    figures: tuple[Figure, ...]

    @property
    def column(self) -> _Column | None:
        """The table and form column that it stands in, None for a claim."""
        first = self.figures[0]
        return (first.table, first.form_column) if first.claim is None else None

    def certain(self, open_cells: Set[CellAt]) -> bool:
        """Whether all of it can be read and stands where it stands."""
        return all(not f.unreadable and cell_of(f) not in open_cells for f in self.figures)


@dataclass
class Evidence:
    """Weighs an amount, or a blank, for a cell against what is certain.

    Attributes:
        boxes: the region of each cell.
        index: the regions of all statements.
        waiting: the statements that are not certain yet.
        rows: for each column of a table its regions as a bit set.
        parts: cells of which only several together have their region.
        stated: number of a region → what is printed for it, everywhere together.
        lists: for each column of which every cell is certain the numbers of its innermost regions as a bit set.
    """

    dialect: Dialect
    algebra: Algebra
    boxes: Mapping[CellAt, Box]
    index: Index
    waiting: tuple[Statement, ...]
    rows: Mapping[_Column, int]
    parts: frozenset[CellAt]
    stated: dict[int, Interval] = field(default_factory=dict)
    lists: dict[_Column, int] = field(default_factory=dict)
    _known: int = 0
    _bounds: dict[Box, Interval] = field(default_factory=dict)
    _odd: dict[Box, int] = field(default_factory=dict)

    @classmethod
    def of(cls, dialect: Dialect, meaning: Meaning) -> Evidence:
        """What a document may say, before anything is certain."""
        algebra = Algebra(dialect.axes)
        boxes = _boxes(meaning.figures, algebra)
        grouped: dict[tuple[int, str, str], list[int]] = {}
        for number, figure in enumerate(meaning.figures):
            item = figure.item if figure.claim is None else f"claim {number}"
            grouped.setdefault((figure.table, figure.form_column, item), []).append(number)
        numbers: dict[Box, int] = {}
        waiting = tuple(
            Statement(numbers.setdefault(boxes[parts[0]], len(numbers)), tuple(meaning.figures[n] for n in parts))
            for parts in grouped.values()
        )
        rows: dict[_Column, int] = {}
        for statement in waiting:
            if statement.column is not None:
                rows[statement.column] = rows.get(statement.column, 0) | 1 << statement.region
        return cls(
            dialect,
            algebra,
            {cell_of(figure): box for figure, box in zip(meaning.figures, boxes, strict=True)},
            Index(algebra, tuple(numbers)),
            waiting,
            rows,
            frozenset(cell_of(f) for s in waiting if len(s.figures) > 1 for f in s.figures),
        )

    def learn(self, open_cells: Set[CellAt], amount: Callable[[Figure], Amount | None]) -> None:
        """Take what the document prints as certain, save in open cells; what is certain stays so.

        Args:
            open_cells: cells that are not settled.
            amount: what a figure is as things stand now.
        """
        waiting: list[Statement] = []
        for statement in self.waiting:
            if not statement.certain(open_cells):
                waiting.append(statement)
                continue
            held = _sum(map(amount, statement.figures))
            known = self.stated.get(statement.region)
            self.stated[statement.region] = held if known is None else known.hull(held)
        self.waiting = tuple(waiting)
        unsure = {s.column for s in waiting}
        for column, rows in self.rows.items():
            if column not in unsure and column not in self.lists and rows & rows - 1:
                self.lists[column] = _innermost(self.index, rows)
        self._known = sum(1 << region for region in self.stated)
        self._bounds = {}

    def bounds(self, box: Box) -> Interval:
        """What a region holds at least and at most (amounts of a budget are not negative)."""
        found = self._bounds.get(box)
        if found is None:
            stated, inside = self.stated, self.index.inside(box)
            high = min((stated[n].high for n in members(self.index.containing(box) & self._known)), default=Decimal("Infinity"))
            low = max((stated[n].low for n in members(inside & self._known)), default=_NOTHING)
            listed = (sum((stated[n].low for n in members(inside & rows)), _NOTHING) for rows in self.lists.values() if inside & rows)
            found = self._bounds[box] = Interval(max(low, *listed, _NOTHING), high)
        return found

    def weigh(self, cell: CellAt, amount: Amount | None) -> int:
        """What speaks against an amount in a cell; a blank is 0 ± 0."""
        box = self.boxes.get(cell)
        if box is None:
            return 0
        yuan, half = (amount.yuan, amount.half) if amount is not None else (_NOTHING, _NOTHING)
        bounds = self.bounds(box)
        cost = BROKEN * (yuan - half > bounds.high) + BROKEN * (yuan + half < bounds.low and cell not in self.parts)
        return cost + (UNUSUAL * self._unusual(box) if yuan else 0)

    def _unusual(self, box: Box) -> int:
        """How many customs of the authority say that nothing stands in a region: what two names mean alike, only one of them covers."""
        found = self._odd.get(box)
        if found is None:
            found = sum(1 for left, right in self._customs if self._only_in(box, left, right) or self._only_in(box, right, left))
            self._odd[box] = found
        return found

    def _only_in(self, box: Box, one: Box, other: Box) -> bool:
        return self.algebra.within(box, one) and self.algebra.apart(box, other)

    @cached_property
    def _customs(self) -> tuple[tuple[Box, Box], ...]:
        return tuple(distinct(c.left, c.right[0]) for c in self.dialect.conventions if len(c.right) == 1)


def cell_of(figure: Figure) -> CellAt:
    """The cell of a figure."""
    return figure.table, figure.row, figure.form_column


def _boxes(figures: Iterable[Figure], algebra: Algebra) -> list[Box]:
    """The region of each figure; what the cells of a column have in common is met once."""
    known: dict[tuple[Box, ...], Box] = {}
    found: list[Box] = []
    for figure in figures:
        *outer, last = figure.boxes
        common = known.get(tuple(outer))
        if common is None:
            common = known[tuple(outer)] = reduce(algebra.meet, outer, WHOLE)
        found.append(algebra.meet(common, last).completed(algebra.axes.spending))
    return found


def _innermost(index: Index, regions: int) -> int:
    """Of some regions those that contain no other of them."""
    return sum(1 << n for n in members(regions) if not index.inside(index.boxes[n]) & regions & ~(1 << n))


def _sum(amounts: Iterable[Amount | None]) -> Interval:
    low = high = _NOTHING
    for amount in amounts:
        if amount is not None:
            low += amount.yuan - amount.half
            high += amount.yuan + amount.half
    return Interval(low, high)
