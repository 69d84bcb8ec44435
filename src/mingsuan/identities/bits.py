"""Regions as bit masks: one bit per atom of an axis, the axes side by side in one integer.

The atoms of an axis are the nodes that the regions mention and the rest under each of them (closed trees have no
rest). A box is the integer of all its axes' bits, so that intersection, inclusion and the one-axis reduction by an
empty region each take one or two operations.

Between the axes stands an idle bit that no box has. Setting all of them and subtracting each axis' lowest bit clears the
idle bit above every axis that is empty, so whether a box selects anything takes three operations, however many axes there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field

from mingsuan.ledger import ROOT, Axes, Box, NamedTree
from mingsuan.ledger.trees import Selection
from mingsuan.values import dataclass


@dataclass
class Bits:
    """A compiler from boxes to bit masks for one set of boxes.

    Attributes:
        fields: the bits of each axis, in order.
        full: all bits: the region of every line.
        field_of: the field that a bit belongs to, 0 for an idle bit.
        idle: the idle bits; lowest: the lowest bit of each field.
    """

    axes: Axes
    fields: tuple[int, ...]
    full: int
    _atoms: dict[str, tuple[int, tuple[str, ...]]]
    _masks: dict[tuple[str, Selection], int] = field(default_factory=dict)
    _boxes: dict[Box, int] = field(default_factory=dict)
    _nodes: dict[str, dict[str, int]] = field(default_factory=dict)
    _spending: int = 0
    field_of: tuple[int, ...] = ()
    idle: int = 0
    lowest: int = 0

    @classmethod
    def over(cls, axes: Axes, boxes: Iterable[Box]) -> Bits:
        """The compiler for some boxes."""
        mentioned: dict[str, set[str]] = {"use": set()} if "use" in axes else {}
        for box in boxes:
            for axis, selection in box.sides:
                mentioned.setdefault(axis, set()).update(selection.nodes())
        atoms: dict[str, tuple[int, tuple[str, ...]]] = {}
        fields: list[int] = []
        shift = full = idle = lowest = 0
        for axis, nodes in mentioned.items():
            tree = axes[axis]
            names = tree.leaves() if isinstance(tree, NamedTree) else (ROOT, *sorted(nodes - {ROOT}))
            atoms[axis] = (shift, names)
            fields.append(((1 << len(names)) - 1) << shift)
            full |= fields[-1]
            lowest |= 1 << shift
            shift += len(names) + 1
            idle |= 1 << shift - 1
        field_of = tuple(bit for own in fields for bit in (*(own for _ in range(own.bit_count())), 0))
        found = cls(axes, tuple(fields), full, atoms, field_of=field_of, idle=idle, lowest=lowest)
        found._spending = found.mask("use", Selection((("支出", True),))) if "use" in atoms else found.full
        return found

    def mask(self, axis: str, selection: Selection) -> int:
        """All bits of the other axes and the selection's own on `axis`."""
        key = (axis, selection)
        found = self._masks.get(key)
        if found is None:
            shift, names = self._atoms[axis]
            under = self._under(axis)
            own = 0
            for node, inside in sorted(selection.marks, key=lambda mark: len(self.axes[axis].path(mark[0]))):
                own = own | under.get(node, 0) if inside else own & ~under.get(node, 0)
            found = self.full & ~(((1 << len(names)) - 1) << shift) | own << shift
            self._masks[key] = found
        return found

    def _under(self, axis: str) -> dict[str, int]:
        """The atoms under each node of an axis."""
        found = self._nodes.get(axis)
        if found is None:
            found = self._nodes[axis] = {}
            for number, name in enumerate(self._atoms[axis][1]):
                for node in self.axes[axis].path(name):
                    found[node] = found.get(node, 0) | 1 << number
        return found

    def node(self, axis: str, name: str) -> int:
        """The bits of one node on its axis alone, 0 where no box can mention it."""
        if axis not in self._atoms:
            return 0
        shift, names = self._atoms[axis]
        return self.mask(axis, Selection(((name, True),))) & ((1 << len(names)) - 1) << shift

    def box(self, box: Box) -> int:
        """The mask of one box; what one axis implies for another is written out."""
        found = self._boxes.get(box)
        if found is None:
            found = self.full
            for axis, selection in box.sides:
                found &= self.mask(axis, selection)
                if axis in self.axes.spending:
                    found &= self._spending
            self._boxes[box] = found
        return found

    def meet(self, boxes: Sequence[Box]) -> int:
        """The mask of an intersection of boxes."""
        found = self.full
        for box in boxes:
            found &= self.box(box)
        return 0 if self.vanishes(found) else found

    def vanishes(self, mask: int) -> bool:
        """Whether some axis has no bit left, so that the box selects nothing."""
        return (mask | self.idle) - self.lowest & self.idle != self.idle

    def disjoint(self, left: int, right: int) -> bool:
        """Whether two boxes share no line."""
        return (left & right | self.idle) - self.lowest & self.idle != self.idle

    def minus(self, whole: int, part: int) -> Iterator[int]:
        """Disjoint boxes of a difference."""
        left = whole
        for own in self.fields:
            outside = left & own & ~part
            if outside:
                yield left & ~own | outside
            inside = left & own & part
            if not inside:
                return
            left = left & ~own | inside


def all_disjoint(bits: Bits, masks: Sequence[int]) -> bool:
    """Whether no two of some boxes share a line: they lie apart on one axis, as a rule, or else pair by pair."""
    for own in bits.fields:
        taken = 0
        for mask in masks:
            if mask & own & taken:
                break
            taken |= mask & own
        else:
            return True
    return all(bits.disjoint(a, b) for n, a in enumerate(masks) for b in masks[:n])


def atoms(mask: int) -> Iterator[int]:
    """The bits of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
