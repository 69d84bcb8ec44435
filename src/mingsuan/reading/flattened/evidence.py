"""What a document says for certain, and what follows for a region: at least and at most so much stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning import Figure, Meaning
from mingsuan.ledger import Box
from mingsuan.reading.flattened.algebra import Algebra, Index, distinct, members

CellAt = tuple[int, int, str]
"""Table, row and form column of a cell."""

BROKEN, UNUSUAL = 1000, 2
"""What speaks against an amount: what the document says for certain; a custom of the authority."""

_NOTHING = Decimal(0)


@dataclass(frozen=True)
class Interval:
    """What a region holds, in yuan, as its printed digits allow."""

    low: Decimal
    high: Decimal

    def hull(self, other: Interval) -> Interval:
        """Both."""
        return Interval(min(self.low, other.low), max(self.high, other.high))

    def plus(self, other: Interval) -> Interval:
        """The sum."""
        return Interval(self.low + other.low, self.high + other.high)


@dataclass(frozen=True)
class Facts:
    """The settled figures of a document by region, and the settled columns of its lists.

    Attributes:
        index: the regions.
        stated: what is printed for each, everywhere together.
        lists: for each column of which all cells are settled the numbers of its regions as a bit set.
    """

    index: Index
    stated: tuple[Interval, ...]
    lists: tuple[int, ...]


@dataclass
class Evidence:
    """Weighs an amount, or a blank, for a cell against what is certain."""

    dialect: Dialect
    meaning: Meaning
    boxes: Mapping[CellAt, Box]
    algebra: Algebra
    facts: Facts
    parts: frozenset[CellAt] = frozenset()
    """Cells of which only several together have their region."""
    _bounds: dict[Box, Interval] = field(default_factory=dict)
    _odd: dict[Box, int] = field(default_factory=dict)
    _costs: dict[tuple[CellAt, Decimal, Decimal], int] = field(default_factory=dict)

    @classmethod
    def of(cls, dialect: Dialect, meaning: Meaning) -> Evidence:
        """The regions of all cells of a document."""
        axes = dialect.axes
        known: dict[tuple[int, ...], Box] = {}
        boxes: dict[CellAt, Box] = {}
        for figure in meaning.figures:
            key = tuple(map(id, figure.boxes))
            if key not in known:
                known[key] = figure.box(axes)
            boxes[figure.table, figure.row, figure.form_column] = known[key]
        algebra = Algebra(axes)
        return cls(dialect, meaning, boxes, algebra, Facts(Index(algebra, ()), (), ()))

    def learn(self, figures: Iterable[Figure], open_cells: frozenset[CellAt]) -> None:
        """Take the figures as they are now as certain, save those of open cells."""
        grouped: dict[tuple[int, str, str], list[Figure]] = {}
        for number, figure in enumerate(figures):
            item = figure.item if figure.claim is None else f"claim {number}"
            grouped.setdefault((figure.table, figure.form_column, item), []).append(figure)
        stated: dict[Box, Interval] = {}
        columns: dict[tuple[int, str], set[Box] | None] = {}
        self.parts = frozenset((f.table, f.row, f.form_column) for parts in grouped.values() if len(parts) > 1 for f in parts)
        for (table, column, _), parts in grouped.items():
            first = parts[0]
            if first.claim is not None and first.amount is None:
                continue
            if any((f.table, f.row, f.form_column) in open_cells or f.unreadable for f in parts):
                columns[table, column] = None
                continue
            box, amount = self._box(first), _sum(parts)
            stated[box] = amount if box not in stated else stated[box].hull(amount)
            rows = columns.setdefault((table, column), set())
            if rows is not None and first.claim is None:
                rows.add(box)
        place = {box: n for n, box in enumerate(stated)}
        lists = (sum(1 << place[b] for b in rows) for rows in columns.values() if rows and len(rows) > 1)
        index = Index(self.algebra, tuple(stated))
        self.facts = Facts(index, tuple(stated.values()), tuple(_leaves(index, rows) for rows in lists))
        self._bounds = {}
        self._costs = {}

    def _box(self, figure: Figure) -> Box:
        if figure.claim is not None:
            return figure.box(self.dialect.axes)
        return self.boxes[figure.table, figure.row, figure.form_column]

    def bounds(self, box: Box) -> Interval:
        """What a region holds at least and at most (amounts of a budget are not negative)."""
        found = self._bounds.get(box)
        if found is None:
            facts = self.facts
            inside = facts.index.inside(box)
            high = min((facts.stated[n].high for n in members(facts.index.containing(box))), default=Decimal("Infinity"))
            low = max((facts.stated[n].low for n in members(inside)), default=_NOTHING)
            listed = (sum((facts.stated[n].low for n in members(inside & rows)), _NOTHING) for rows in facts.lists if inside & rows)
            found = self._bounds[box] = Interval(max(low, *listed, _NOTHING), high)
        return found

    def weigh(self, cell: CellAt, yuan: Decimal, half: Decimal) -> int:
        """What speaks against an amount in a cell; a blank is 0 ± 0."""
        known = self._costs.get((cell, yuan, half))
        if known is None:
            known = self._costs[cell, yuan, half] = self._weigh(cell, yuan, half)
        return known

    def _weigh(self, cell: CellAt, yuan: Decimal, half: Decimal) -> int:
        box = self.boxes.get(cell)
        if box is None:
            return 0
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


def _leaves(index: Index, rows: int) -> int:
    """Of some regions those that contain no other of them."""
    return sum(1 << n for n in members(rows) if not index.inside(index.boxes[n]) & rows & ~(1 << n))


def _sum(parts: Iterable[Figure]) -> Interval:
    total = Interval(_NOTHING, _NOTHING)
    for figure in parts:
        if figure.amount is not None:
            amount = figure.amount
            total = total.plus(Interval(amount.yuan - amount.half, amount.yuan + amount.half))
    return total
