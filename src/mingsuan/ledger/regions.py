"""Regions of a ledger: the lines that a table, block, row and column select."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from mingsuan.ledger.trees import DIFFERENCE, EMPTY, FULL, INTERSECTION, SPENDING_AXES, Axes, Selection, combine
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Box:
    """A product of selections, one per axis; an axis that is not named is not narrowed.

    Attributes:
        sides: (axis, selection) sorted by axis, none of them full.
    """

    sides: tuple[tuple[str, Selection], ...] = ()

    @classmethod
    def of(cls, sides: Mapping[str, Selection]) -> Box:
        """The canonical box of some selections."""
        return cls(tuple(sorted((axis, s) for axis, s in sides.items() if s != FULL)))

    @classmethod
    def parse(cls, axes: Axes, expressions: Mapping[str, str]) -> Box:
        """Read `{fund: 一般公共预算, department: 301 + 303}`.

        Raises:
            UnknownNode: an axis or node does not exist.
        """
        return cls.of({axis: axes.selection(axis, text) for axis, text in expressions.items()})

    @cached_property
    def lookup(self) -> dict[str, Selection]:
        """The selections by axis."""
        return dict(self.sides)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash(self.sides)

    @property
    def empty(self) -> bool:
        """Whether some side selects nothing."""
        return any(s == EMPTY for _, s in self.sides)

    def meet(self, axes: Axes, other: Box) -> Box:
        """The intersection."""
        sides = dict(self.sides)
        for axis, selection in other.sides:
            mine = sides.get(axis)
            sides[axis] = selection if mine is None else combine(axes[axis], mine, selection, INTERSECTION)
        return Box.of(sides)

    def override(self, other: Box) -> Box:
        """This box with the sides that `other` names replaced."""
        if not self.sides or not other.sides:
            return other if not self.sides else self
        return Box.of({**dict(self.sides), **dict(other.sides)})

    def completed(self, spending: Sequence[str] = SPENDING_AXES) -> Box:
        """The same lines with what one axis implies for another (`Axes.spending`) written out, so that boxes can be compared."""
        if "use" in self.lookup or not any(axis in self.lookup for axis in spending):
            return self
        return Box.of({**dict(self.sides), "use": Selection((("支出", True),))})

    def minus(self, axes: Axes, other: Box) -> Iterator[Box]:
        """Disjoint boxes that make up the difference.

        Use is split first: money that is carried out has no kind, so "all but basic spending" is what is carried out
        and the spending of other kinds, never "all of other kinds".
        """
        sides = dict(self.sides)
        for axis, selection in sorted(other.sides, key=lambda side: side[0] != "use"):
            mine = sides.get(axis, FULL)
            outside = combine(axes[axis], mine, selection, DIFFERENCE)
            if outside != EMPTY:
                yield Box.of({**sides, axis: outside})
            inside = combine(axes[axis], mine, selection, INTERSECTION)
            if inside == EMPTY:
                return
            sides[axis] = inside

    def within(self, axes: Axes, other: Box) -> bool:
        """Whether every line of this box lies in `other`."""
        return self.empty or all(
            combine(axes[axis], self.lookup.get(axis, FULL), selection, DIFFERENCE) == EMPTY for axis, selection in other.sides
        )


WHOLE = Box()
"""The whole ledger: nothing is narrowed."""


@dataclass(frozen=True)
class Region:
    """A union of disjoint boxes on the axes of one dialect."""

    axes: Axes
    boxes: tuple[Box, ...]

    @classmethod
    def of(cls, axes: Axes, boxes: Iterable[Box]) -> Region:
        """The union of some boxes, made disjoint."""
        return cls(axes, ()).union(cls(axes, tuple(boxes)))

    def union(self, other: Region) -> Region:
        """Lines of either."""
        kept = list(self.boxes)
        for box in other.boxes:
            fresh = [box]
            for old in kept:
                fresh = [piece for part in fresh for piece in part.minus(self.axes, old)]
            kept.extend(b for b in fresh if not b.empty)
        return Region(self.axes, tuple(kept))

    def intersection(self, other: Region) -> Region:
        """Lines of both."""
        met = (a.meet(self.axes, b) for a in self.boxes for b in other.boxes)
        return Region(self.axes, tuple(b for b in met if not b.empty))

    def difference(self, other: Region) -> Region:
        """Lines of this one that are not in the other."""
        left = list(self.boxes)
        for box in other.boxes:
            left = [piece for part in left for piece in part.minus(self.axes, box)]
        return Region(self.axes, tuple(b for b in left if not b.empty))

    __or__ = union
    __and__ = intersection
    __sub__ = difference

    def __bool__(self) -> bool:
        return any(not b.empty for b in self.boxes)

    def __le__(self, other: Region) -> bool:
        return not self - other

    def same(self, other: Region, empty: Region | None = None) -> bool:
        """Equality modulo a region known to hold nothing."""
        nothing = empty if empty is not None else Region(self.axes, ())
        return not (self - other - nothing) and not (other - self - nothing)
