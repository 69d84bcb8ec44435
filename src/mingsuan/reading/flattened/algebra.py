"""Regions and their relations, each pair of sides met and compared once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import reduce
from operator import or_

from mingsuan.ledger import Axes, Box
from mingsuan.ledger.trees import DIFFERENCE, EMPTY, FULL, INTERSECTION, Selection, combine
from mingsuan.values import dataclass

_Pair = tuple[str, Selection, Selection]


@dataclass(frozen=True)
class Algebra:
    """Intersection, inclusion and disjointness of boxes on the axes of a dialect."""

    axes: Axes
    _within: dict[_Pair, bool] = field(default_factory=dict)
    _met: dict[_Pair, Selection] = field(default_factory=dict)
    _paths: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)

    def meet(self, one: Box, other: Box) -> Box:
        """The intersection."""
        sides = dict(one.sides)
        for axis, side in other.sides:
            sides[axis] = self._side_met(axis, sides[axis], side) if axis in sides else side
        return Box.of(sides)

    def within(self, inner: Box, outer: Box) -> bool:
        """Whether every line of one box lies in another."""
        own = inner.lookup
        return all(self.side_within(axis, own.get(axis, FULL), side) for axis, side in outer.sides)

    def apart(self, one: Box, other: Box) -> bool:
        """Whether two boxes have no line in common."""
        own = one.lookup
        return any(axis in own and self._side_apart(axis, own[axis], side) for axis, side in other.sides)

    def side_within(self, axis: str, inner: Selection, outer: Selection) -> bool:
        """Whether one selection of an axis lies in another."""
        key = (axis, inner, outer)
        known = self._within.get(key)
        if known is None:
            below, above = inner.single, outer.single
            if below is not None and above is not None:
                known = above in self._path(axis, below)
            else:
                known = inner == outer or combine(self.axes[axis], inner, outer, DIFFERENCE) == EMPTY
            self._within[key] = known
        return known

    def _side_met(self, axis: str, one: Selection, other: Selection) -> Selection:
        key = (axis, one, other)
        known = self._met.get(key)
        if known is None:
            known = self._met[key] = combine(self.axes[axis], one, other, INTERSECTION)
        return known

    def _path(self, axis: str, node: str) -> frozenset[str]:
        """A node and those above it."""
        known = self._paths.get((axis, node))
        if known is None:
            known = self._paths[axis, node] = frozenset(self.axes[axis].path(node))
        return known

    def _side_apart(self, axis: str, one: Selection, other: Selection) -> bool:
        return self._side_met(axis, one, other) == EMPTY


@dataclass
class Index:
    """Boxes to be asked which of them contain, or lie in, another; the answers are bit sets of their numbers."""

    algebra: Algebra
    boxes: Sequence[Box]
    _every: int = 0
    _sides: dict[str, dict[Selection, int]] = field(default_factory=dict)
    _free: dict[str, int] = field(default_factory=dict)
    _known: dict[tuple[str, Selection, bool], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the boxes by the side that they have on each axis, those that have none apart."""
        self._every = (1 << len(self.boxes)) - 1
        for number, box in enumerate(self.boxes):
            for axis, side in box.sides:
                own = self._sides.setdefault(axis, {})
                own[side] = own.get(side, 0) | 1 << number
        self._free = {axis: self._every & ~_union(sides.values()) for axis, sides in self._sides.items()}

    def containing(self, box: Box) -> int:
        """The boxes in which a box lies."""
        found = self._every
        own = box.lookup
        for axis, free in self._free.items():
            found &= free | self._side(axis, own[axis], inner=False) if axis in own else free
        return found

    def inside(self, box: Box) -> int:
        """The boxes that lie in a box."""
        found = self._every
        for axis, side in box.sides:
            found &= self._side(axis, side, inner=True)
        return found

    def _side(self, axis: str, side: Selection, *, inner: bool) -> int:
        """The boxes whose side on an axis lies in another (`inner`) or contains it."""
        key = (axis, side, inner)
        found = self._known.get(key)
        if found is None:
            within = self.algebra.side_within
            own = self._sides.get(axis, {}).items()
            found = _union(mask for other, mask in own if (within(axis, other, side) if inner else within(axis, side, other)))
            self._known[key] = found
        return found


def _union(masks: Iterable[int]) -> int:
    return reduce(or_, masks, 0)


def members(found: int) -> Iterator[int]:
    """The numbers in a bit set."""
    while found:
        low = found & -found
        yield low.bit_length() - 1
        found ^= low


def distinct(one: Box, other: Box) -> tuple[Box, Box]:
    """Two boxes without the sides in which they agree."""
    shared = set(one.sides) & set(other.sides)
    return Box(tuple(s for s in one.sides if s not in shared)), Box(tuple(s for s in other.sides if s not in shared))
