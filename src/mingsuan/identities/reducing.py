"""Regions without what is empty in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from mingsuan.identities.bits import Bits
from mingsuan.identities.growing import Emptiness
from mingsuan.identities.sides import Index
from mingsuan.values import dataclass


class Rest(NamedTuple):
    """A region without what is empty in it, and the figures that show what is."""

    mask: int
    witnesses: frozenset[int]


_NOBODY: frozenset[int] = frozenset()


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
    _together: dict[tuple[int, ...], frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._index = Index(self.bits, [e.mask for e in self.empties])

    def __call__(self, mask: int) -> Rest:
        """What is left of a region, with the witnesses of what was taken out."""
        found = self._known.get(mask)
        if found is None:
            start = self.before.get(mask) or Rest(mask, _NOBODY)
            rest, used = self._reduce(start.mask) if start.mask else (0, ())
            found = self._known[mask] = Rest(rest, self.union(start.witnesses, self._witnesses(used)))
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
        if not one:
            return other
        found = self._unions.get((one, other))
        if found is None:
            found = one | other
            found = self._unions[one, other] = self._shared.setdefault(found, found)
        return found

    def _witnesses(self, used: tuple[int, ...]) -> frozenset[int]:
        """The witnesses of some empty regions; cells of one row or column are reduced by the same ones."""
        found = self._together.get(used)
        if found is None:
            found = _NOBODY.union(*(self.empties[n].witnesses for n in used))
            found = self._together[used] = self._shared.setdefault(found, found)
        return found

    def _reduce(self, mask: int) -> tuple[int, tuple[int, ...]]:
        """What is left of a mask, and the empty regions that took something out, in the order in which they did.

        They are tried in rounds, each at most once: the next that is ready, covering the mask on all axes or, sharing something with
        it, on all but one. What shares nothing with the mask on some axis never will, and is out.
        """
        used: list[int] = []
        sides = self._index.sides(mask)
        opens = [side.open for side in sides]
        left, start = self._index.all, 0
        for side in sides:
            left &= side.meeting
        while ready := left & ~_open_twice(opens):
            later = ready >> start << start or ready
            one = later & -later
            start = one.bit_length()
            used.append(start - 1)
            outside = mask & ~self.empties[start - 1].mask
            if not outside:
                return 0, tuple(used)
            own = self.bits.field_of[outside.bit_length() - 1]
            axis = self.bits.fields.index(own)
            mask = mask & ~own | outside
            side = self._index.side(outside)
            opens[axis] = side.open
            left &= side.meeting
        return mask, tuple(used)


def _open_twice(opens: Sequence[int]) -> int:
    """The empty regions that do not cover a mask on two axes or more, given those that do not on each."""
    once = twice = 0
    for open_ in opens:
        twice |= once & open_
        once |= open_
    return twice
