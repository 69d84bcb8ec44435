"""How many boxes lie to another one, answered for all of them at once as sets of their numbers, each set an integer of bits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from mingsuan.identities.bits import Bits, atoms


class Side(NamedTuple):
    """How boxes lie to what another one has on an axis: their numbers, as bits.

    Attributes:
        open: those that do not cover it.
        meeting: those that share something with it.
    """

    open: int
    meeting: int


class Index:
    """Boxes by what they have on each axis, where many have the same; what is found part by part is kept.

    Parts of different axes have no bit in common, so that a part tells its axis.
    """

    def __init__(self, bits: Bits, masks: Sequence[int]) -> None:
        """Index some boxes by their order."""
        self.fields = bits.fields
        self.masks = masks
        self.all = (1 << len(masks)) - 1
        self._sides: dict[int, Side] = {}
        self._parts: tuple[dict[int, int], ...] = tuple({} for _ in bits.fields)
        self._inside: tuple[dict[int, int], ...] = tuple({} for _ in bits.fields)
        for number, mask in enumerate(masks):
            one = 1 << number
            for own, parts in zip(self.fields, self._parts, strict=True):
                part = mask & own
                parts[part] = parts.get(part, 0) | one

    @cached_property
    def _having(self) -> Mapping[int, int]:
        """Those that have an atom."""
        found: dict[int, int] = {}
        for parts in self._parts:
            for part, numbers in parts.items():
                for atom in atoms(part):
                    found[atom] = found.get(atom, 0) | numbers
        return found

    def sides(self, mask: int) -> list[Side]:
        """How all lie to a box, axis by axis."""
        known = self._sides
        return [known.get(part) or self.side(part) for part in [mask & own for own in self.fields]]

    def side(self, part: int) -> Side:
        """How all lie to what a box has on one axis."""
        found = self._sides.get(part)
        if found is None:
            covering, meeting = self.all, 0
            for having in [self._having.get(atom, 0) for atom in atoms(part)]:
                covering &= having
                meeting |= having
            found = self._sides[part] = Side(self.all ^ covering, meeting)
        return found

    def covering(self, mask: int) -> int:
        """Those that a box lies in."""
        open_ = 0
        for side in self.sides(mask):
            open_ |= side.open
        return self.all ^ open_

    def meeting(self, mask: int) -> int:
        """Those that share something with a box."""
        found = self.all
        for side in self.sides(mask):
            found &= side.meeting
        return found

    def inside(self, mask: int) -> int:
        """Those that lie in a box."""
        found = self.all
        for axis, own in enumerate(self.fields):
            part = mask & own
            known = self._inside[axis].get(part)
            if known is None:
                known = self._inside[axis][part] = self._lying_in(axis, part)
            found &= known
        return found

    def _lying_in(self, axis: int, part: int) -> int:
        """Those whose part of an axis lies in another: of what begins elsewhere nothing needs to be asked."""
        found = self._parts[axis].get(0, 0)
        for lowest in atoms(part):
            for other, numbers in self._beginning[axis].get(lowest, ()):
                if not other & ~part:
                    found |= numbers
        return found

    @cached_property
    def _beginning(self) -> Sequence[Mapping[int, Sequence[tuple[int, int]]]]:
        """For each axis its parts with those that have them, by the lowest atom of the part."""
        found: list[dict[int, list[tuple[int, int]]]] = []
        for parts in self._parts:
            found.append({})
            for part, numbers in parts.items():
                found[-1].setdefault(part & -part, []).append((part, numbers))
        return found


def numbers_of(found: int) -> Iterator[int]:
    """The numbers in a set, the smallest first."""
    while found:
        low = found & -found
        yield low.bit_length() - 1
        found ^= low
