"""What follows from what is printed and what is empty: equal regions, sums over the parts of another list, parts and their wholes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.bits import Bits
from mingsuan.identities.classes import Classes
from mingsuan.identities.identity import Identity, Sort
from mingsuan.identities.partitions import Numbers, Partition
from mingsuan.identities.reducing import Reducer, Rest
from mingsuan.identities.sides import Index, numbers_of
from mingsuan.values import dataclass

CHAINED_AT_MOST = 500
"""The largest regions that others are compared with; lists of thousands of rows hold one another seldom."""


@dataclass(frozen=True, slots=True)
class Split:
    """A partition whose parts lie apart in its whole, with the regions of all figures.

    Attributes:
        masks: the region of every figure as it is printed.
        rests: what is left of it without what is empty.
    """

    partition: Partition
    masks: Sequence[int]
    rests: Sequence[Rest]

    @property
    def whole(self) -> Rest:
        """What is left of its whole."""
        return self.rests[self.partition.whole[0]]

    def parts(self) -> Iterator[int]:
        """What is left of its parts, those left out of which nothing is."""
        return (mask for m in self.partition.members if (mask := self.rests[m[0]].mask))

    def inside(self, bits: Bits, mask: int) -> Numbers | None:
        """The figures of the parts that lie in a region; None where one straddles it or is the region itself."""
        inside: list[int] = []
        for numbers in self.partition.members:
            part = self.rests[numbers[0]].mask
            if not part or bits.disjoint(part, mask):
                continue
            if part == mask or part & ~mask:
                return None
            inside.extend(numbers)
        return tuple(inside)

    def narrowing(self, bits: Bits, mask: int) -> set[frozenset[int]]:
        """The witnesses of what its parts that share something with a printed region lost."""
        met = (m[0] for m in self.partition.members if not bits.disjoint(self.masks[m[0]], mask))
        return {witnesses for n in met if (witnesses := self.rests[n].witnesses)}


def void(figures: Sequence[Figure], masks: Sequence[int]) -> Iterator[Identity]:
    """A cell whose row and column share nothing (a class of pay under goods and services) holds nothing."""
    for number, figure in enumerate(figures):
        if not masks[number] and figure.boxes and figure.claim is None:
            yield Identity(Sort.LISTING, (number,), (), "此行的内容不在此列之内，应为空或零", declared=True)


def equal(classes: Classes, reduced: Reducer) -> Iterator[Identity]:
    """Figures of one class, each compared with the best-printed one."""
    for mask, group in classes.by_mask.items():
        pivot = classes.pivots[mask]
        for term in group:
            if term is pivot:
                continue
            if term.mask == pivot.mask:
                yield Identity(Sort.EQUAL, pivot.numbers, term.numbers, "同一口径两处应一致")
            else:
                witnesses = reduced.union(pivot.used, term.used)
                yield Identity(Sort.CONDITIONAL, pivot.numbers, term.numbers, "其余部分为空时两处应一致", witnesses)


def listings(bits: Bits, classes: Classes, splits: Sequence[Split], reduced: Reducer) -> Iterator[Identity]:
    """A region is the sum of the members of a partition that lie in it, if no member straddles it."""
    index = classes.index
    barred: dict[int, int] = {}
    for split in splits:
        whole = split.whole
        found = index.inside(whole.mask) & ~index.covering(whole.mask)
        for part in split.parts() if found else ():
            if part not in barred:
                barred[part] = _no_sums(index, part)
            found &= ~barred[part]
        pivots = [(classes.pivots[mask], mask) for mask in (classes.masks[n] for n in numbers_of(found))]
        for pivot, mask in sorted(pivots, key=lambda p: p[0].numbers):
            right = split.inside(bits, mask) or ()
            if set(right).isdisjoint(pivot.numbers):
                yield Identity(
                    Sort.LISTING,
                    pivot.numbers,
                    right,
                    f"{split.partition.label}中属于此项的各行之和" if right else f"{split.partition.label}未列此项",
                    reduce(reduced.union, (pivot.used, whole.witnesses, *split.narrowing(bits, pivot.mask))),
                )


def _no_sums(index: Index, part: int) -> int:
    """The regions that no sum with a part makes up: those that share something with it and are not strictly larger."""
    return index.meeting(part) & ~(index.covering(part) & ~index.inside(part))


def chains(classes: Classes, signed: int, negative: Sequence[int], reduced: Reducer) -> Iterator[Identity]:
    """≤ between neighbours: a region inside another with none between; not where amounts may be negative.

    Each region is compared with the `CHAINED_AT_MOST` largest only, and not with one in whose rest a `negative` amount is printed (a
    deficit carried over): that takes from the whole what the part still has.
    """
    masks, index = classes.masks, classes.index
    places = [n for n, mask in enumerate(masks) if not mask & signed]
    largest = sum(1 << n for n in places[-CHAINED_AT_MOST:])
    covering = {n: index.covering(masks[n]) & largest for n in places}
    for place in places:
        part = classes.pivots[masks[place]]
        above = covering[place] & ~(1 << place)
        while above:
            other = (above & -above).bit_length() - 1
            above &= ~covering[other]
            whole = classes.pivots[masks[other]]
            if not any(_in_rest(mask, masks[place], masks[other]) for mask in negative):
                yield Identity(Sort.CONTAINED, part.numbers, whole.numbers, "部分应不大于总体", reduced.union(part.used, whole.used))


def _in_rest(mask: int, part: int, whole: int) -> bool:
    """Whether a region lies strictly inside a whole and not in its part."""
    return mask != whole and not mask & ~whole and bool(mask & ~part)


def together(bits: Bits, meaning: Meaning, classes: Classes, partitions: Sequence[Partition], reduced: Reducer) -> Iterator[Identity]:
    """Forms of one kind, and subtotals without a total, together make up a region that other tables print."""
    for partition in partitions:
        if partition.whole or not partition.members:
            continue
        first = meaning.figures[partition.members[0][0]]
        table = next(t for t in meaning.tables if t.index == first.table)
        column = next(b.block.by_path[first.form_column] for b in table.blocks if first.form_column in b.columns)
        boxes = (table.where.override(column.region), column.region, *(() if table.form.together is None else (table.form.together,)))
        rest = reduced(bits.meet(boxes))
        pivot = classes.pivots.get(rest.mask)
        if pivot is not None:
            yield Identity(
                Sort.LISTING,
                pivot.numbers,
                tuple(n for m in partition.members for n in m),
                f"{partition.label}之和",
                reduced.union(rest.witnesses, pivot.used),
            )
