"""What is known to be empty: regions with the figures that say so, made as large as they can be together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from mingsuan.identities.bits import Bits


class Emptiness(NamedTuple):
    """A region known to hold nothing, and the figures that say so."""

    mask: int
    witnesses: frozenset[int]


def grown(bits: Bits, found: Iterable[Emptiness], closed: Sequence[Emptiness] = ()) -> tuple[Emptiness, ...]:
    """Empty boxes made as large as they can be together, the largest first.

    Where another empty box covers one on all axes but one, the two are empty on the union of that axis (consensus, as
    prime implicants are found); boxes inside others are dropped, so that their number never grows.

    Args:
        bits: the compiler.
        found: what is empty.
        closed: what is empty besides, none of which widens another.
    """
    kept = _Kept(bits)
    for empty in (*closed, *largest_first(found)):
        if not covered(empty.mask, kept.frees):
            kept.add(empty)
    met = dict.fromkeys(range(len(closed)), len(closed))
    changed = True
    while changed:
        changed = False
        for number, empty in zip(tuple(kept.numbers), tuple(kept.boxes), strict=True):
            wider = kept.widened(empty, met.get(number, 0))
            met[number] = kept.count
            if wider is not empty:
                changed = True
                kept.drop_inside(wider.mask)
                kept.add(wider)
    return tuple(largest_first(kept.boxes))


def largest_first(found: Iterable[Emptiness]) -> list[Emptiness]:
    """Empty boxes by how many atoms they have."""
    return sorted(found, key=lambda e: -e.mask.bit_count())


def covered(mask: int, frees: Sequence[int]) -> bool:
    """Whether one of some boxes, given by what they leave free, holds another."""
    for free in frees:  # noqa: SIM110  # any() takes twice as long
        if not mask & free:
            return True
    return False


class _Kept:
    """Empty boxes in the order in which they came.

    Attributes:
        count: how many came so far, dropped ones too.
        numbers: of those that are left.
        frees: what each leaves free.
    """

    def __init__(self, bits: Bits) -> None:
        self.count = 0
        self.numbers: list[int] = []
        self.boxes: list[Emptiness] = []
        self.frees: list[int] = []
        self._field = (0, *bits.field_of)
        self._elsewhere = tuple(~field for field in self._field)

    def add(self, empty: Emptiness) -> None:
        """Keep a box."""
        self.numbers.append(self.count)
        self.boxes.append(empty)
        self.frees.append(~empty.mask)
        self.count += 1

    def drop_inside(self, mask: int) -> None:
        """Forget the boxes that lie in another."""
        free = ~mask
        stay = [n for n, box in enumerate(self.boxes) if box.mask & free]
        if len(stay) < len(self.boxes):
            self.numbers = [self.numbers[n] for n in stay]
            self.boxes = [self.boxes[n] for n in stay]
            self.frees = [self.frees[n] for n in stay]

    def widened(self, empty: Emptiness, first: int) -> Emptiness:
        """A box with what those from a number on add to it, one after the other; itself where they add nothing."""
        mask, field, elsewhere = empty.mask, self._field, self._elsewhere
        start = bisect_left(self.numbers, first)
        used: list[frozenset[int]] = []
        for place, free in enumerate(self.frees[start:], start):
            outside = mask & free
            highest = outside.bit_length()
            if outside & elsewhere[highest]:
                continue  # not covered on two axes or more
            added = field[highest] & ~(free | mask)
            if added:
                mask |= added
                used.append(self.boxes[place].witnesses)
        return Emptiness(mask, empty.witnesses.union(*used)) if used else empty
