"""Regions as bit masks: one bit per atom of an axis, the axes side by side in one integer.

The atoms of an axis are the nodes that the regions mention and the rest under each of them (closed trees have no
rest). A box is the integer of all its axes' bits, so that intersection, inclusion and the one-axis reduction by an
empty region each take one or two operations.

Between the axes stands an idle bit that no box has. Setting all of them and subtracting each axis' lowest bit clears the
idle bit above every axis that is empty, so whether a box selects anything takes three operations, however many axes there are.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple

from mingsuan.ledger import ROOT, Axes, Box, NamedTree
from mingsuan.ledger.trees import Selection


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


class Emptiness(NamedTuple):
    """A region known to hold nothing, and the figures that say so."""

    mask: int
    witnesses: frozenset[int]


class Rest(NamedTuple):
    """A region without what is empty in it, and the figures that show what is."""

    mask: int
    witnesses: frozenset[int]


class Side(NamedTuple):
    """How boxes lie to the bits of another on one axis: their numbers, as bits.

    Attributes:
        open: those that do not cover it.
        meeting: those that share something with it.
    """

    open: int
    meeting: int


class Index:
    """Boxes by what they have on each axis, where many have the same: which cover another box.

    Answers are sets of their numbers, as bits.
    """

    def __init__(self, bits: Bits, masks: Sequence[int]) -> None:
        """Index some boxes by their order."""
        self.fields = bits.fields
        self.masks = masks
        self.all = (1 << len(masks)) - 1
        self._parts: tuple[dict[int, int], ...] = tuple({} for _ in bits.fields)
        self._sides: tuple[dict[int, Side], ...] = tuple({} for _ in bits.fields)
        for number, mask in enumerate(masks):
            for own, parts in zip(self.fields, self._parts, strict=True):
                parts[mask & own] = parts.get(mask & own, 0) | 1 << number

    def sides(self, mask: int) -> list[Side]:
        """How all lie to a box, axis by axis."""
        return [self.side(axis, mask & own) for axis, own in enumerate(self.fields)]

    def side(self, axis: int, part: int) -> Side:
        """How all lie to the bits of a box on one axis, given by its number."""
        found = self._sides[axis].get(part)
        if found is None:
            open_ = meeting = 0
            for other, numbers in self._parts[axis].items():
                if part & ~other:
                    open_ |= numbers
                if other & part:
                    meeting |= numbers
            found = self._sides[axis][part] = Side(open_, meeting)
        return found

    def covering(self, mask: int) -> int:
        """Those that a box lies in."""
        open_ = 0
        for axis, own in enumerate(self.fields):
            open_ |= self.side(axis, mask & own).open
        return self.all & ~open_


def grown(bits: Bits, found: Iterable[Emptiness], closed: Sequence[Emptiness] = ()) -> tuple[Emptiness, ...]:
    """Empty boxes made as large as they can be together, the largest first.

    Where another empty box covers one on all axes but one, the two are empty on the union of that axis (consensus, as
    prime implicants are found); boxes inside others are dropped, so that their number never grows.

    Args:
        bits: the compiler.
        found: what is empty.
        closed: what is empty besides, none of which widens another.
    """
    field_of = bits.field_of
    kept: list[tuple[int, Emptiness]] = []
    frees: list[int] = []
    for empty in (*closed, *sorted(found, key=lambda e: -e.mask.bit_count())):
        if 0 not in [empty.mask & free for free in frees]:
            kept.append((len(kept), empty))
            frees.append(~empty.mask)
    last = len(kept)
    met = [len(closed) if n < len(closed) else 0 for n in range(last)]
    changed = True
    while changed:
        changed = False
        for number, (mask, witnesses) in tuple(kept):
            start = bisect_left(kept, met[number], key=itemgetter(0))
            met[number] = last
            before = mask
            for (_, right), free in zip(kept[start:], frees[start:], strict=True):
                outside = mask & free
                if not outside:
                    continue
                own = field_of[outside.bit_length() - 1]
                if not outside & ~own and right.mask & own & ~mask:
                    mask |= right.mask & own
                    witnesses |= right.witnesses
            if mask != before:
                changed = True
                kept = [(n, k) for n, k in kept if k.mask & ~mask]
                kept.append((last, Emptiness(mask, witnesses)))
                frees = [~k.mask for _, k in kept]
                met.append(0)
                last += 1
    return tuple(sorted((k for _, k in kept), key=lambda e: -e.mask.bit_count()))


@dataclass
class Reducer:
    """Takes out of a region what empty regions cover on all its axes but one; results are kept.

    Shrinking a region only makes it easier to cover, so the order does not matter and the result is canonical. Regions of one
    table lose the same: their witnesses, thousands of figures in a list of thousands of rows, are kept once.

    Attributes:
        before: what is known to be left at most of some regions.
    """

    bits: Bits
    empties: tuple[Emptiness, ...]
    before: Mapping[int, Rest] = field(default_factory=dict)
    _known: dict[int, Rest] = field(default_factory=dict)
    _shared: dict[frozenset[int], frozenset[int]] = field(default_factory=dict)
    _unions: dict[tuple[frozenset[int], frozenset[int]], frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = Index(self.bits, [e.mask for e in self.empties])

    def __call__(self, mask: int) -> Rest:
        """What is left of a region, with the witnesses of what was taken out."""
        found = self._known.get(mask)
        if found is None:
            start = self.before.get(mask, Rest(mask, frozenset()))
            rest, used = self._reduce(start.mask) if start.mask else (0, [])
            witnesses = start.witnesses.union(*(self.empties[n].witnesses for n in used))
            found = Rest(rest, self._shared.setdefault(witnesses, witnesses))
            self._known[mask] = found
        return found

    def without(self, lost: Sequence[frozenset[int]]) -> dict[int, Rest]:
        """The results that do not hang on some witnesses."""
        hangs: dict[int, bool] = {}
        for _, found in self._known.values():
            if id(found) not in hangs:
                hangs[id(found)] = any(found >= witnesses for witnesses in lost)
        return {mask: rest for mask, rest in self._known.items() if not hangs[id(rest.witnesses)]}

    def union(self, one: frozenset[int], other: frozenset[int]) -> frozenset[int]:
        """The witnesses of two results together, equal ones as one object."""
        if one is other or not other:
            return one
        found = self._unions.get((one, other))
        if found is None:
            found = one | other
            found = self._unions[one, other] = self._shared.setdefault(found, found)
        return found

    def _reduce(self, mask: int) -> tuple[int, list[int]]:
        """What is left of a mask, and the empty regions that took something out, in the order in which they did.

        They are tried in rounds, each at most once: which are ready, covering the mask on all axes but one, is known axis by axis,
        as bits by their number.
        """
        used: list[int] = []
        sides = self._index.sides(mask)
        left, start = self._index.all, 0
        while ready := left & _covering_but_one(sides):
            later = ready >> start << start or ready
            one = later & -later
            number = one.bit_length() - 1
            left, start = left ^ one, number + 1
            used.append(number)
            axis = next((n for n, side in enumerate(sides) if side.open & one), None)
            if axis is None:
                return 0, used
            own = self.bits.fields[axis]
            mask &= ~(own & self.empties[number].mask)
            sides[axis] = self._index.side(axis, mask & own)
        return mask, used


def _covering_but_one(sides: Sequence[Side]) -> int:
    """The empty regions that cover a mask on all axes, or on all but one and on that in part."""
    once = twice = partly = 0
    for side in sides:
        twice |= once & side.open
        once |= side.open
        partly |= side.open & side.meeting
    return (partly | ~once) & ~twice


def atoms(mask: int) -> Iterator[int]:
    """The bits of a mask, the lowest first."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low
