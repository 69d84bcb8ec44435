"""A column that a conversion lost, filled with what the relations of its cells leave for them.

Rounded sums tell a cell only within a range. Ranges are narrowed until no relation narrows another; where several last digits are left,
the likeliest is taken: the one after which the sums, each against what its rounding hides, are least off together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Meaning
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.identity import Violation
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.causes import Edits
from mingsuan.values import dataclass

ROUNDS_AT_MOST = 12
"""How often each relation may narrow what its cells can be; totals of totals take a round each."""
UNBOUNDED = 10**24
"""Units that no amount has."""


class LostColumn(NamedTuple):
    """A column of a found table that prints no amount but zeros, and its cells."""

    table: int
    column: str
    cells: frozenset[int]


def lost_columns(meaning: Meaning) -> Iterator[LostColumn]:
    """Every column without an amount."""
    figures = meaning.figures
    for table in meaning.tables:
        for block in table.blocks:
            for column in block.columns:
                found = (meaning.by_cell.get((table.index, row.row, column)) for row in block.rows)
                cells = frozenset(n for n in found if n is not None and not figures[n].unreadable)
                if cells and not any((a := figures[n].amount) is not None and a.yuan for n in cells):
                    yield LostColumn(table.index, column, cells)


def filled(
    derivation: Derivation,
    arithmetic: Arithmetic,
    lost: LostColumn,
    known: Mapping[int, Amount] | None = None,
    *,
    again: bool = False,
) -> Edits:
    """What a lost column printed, as far as relations tell; what they tell to be nothing stays blank.

    Args:
        derivation: in which the column is blank or filled.
        arithmetic: of its figures.
        lost: the column.
        known: what is known besides to be printed for the regions of some of its cells.
        again: it is filled already, so that what is still blank may bear witness.
    """
    like = _like(derivation.meaning, lost.table)
    half = like.half / arithmetic.unit
    if half != int(half):
        return ()
    sure, unsure = _relations(arithmetic, lost.cells, int(half))
    if again:
        sure, unsure = [*sure, *unsure], []
    stated = _printed_for(derivation, {n: derivation.masks[n] for n in lost.cells})
    sure.extend(_printing(arithmetic, {**dict(stated), **(known or {})}))
    unsure.extend(_printing(arithmetic, dict(_printed_for(derivation, {n: derivation.regions[n] for n in lost.cells}))))
    signed = _signed(derivation.meaning, lost.table)
    told = _Ranges(sure, int(half), signed=signed)
    more = [r for r in unsure if len(r.signs) == 1 and told.told.isdisjoint(r.signs)]
    found = (_Ranges([*sure, *more], int(half), signed=signed) if more else told).likeliest()
    return tuple((n, Amount(units * arithmetic.unit, like.unit, like.decimals)) for n, units in sorted(found.items()) if units)


def without(derivation: Derivation, lost: LostColumn) -> tuple[Derivation, dict[int, Amount]]:
    """What is derived when nothing is known of a column, and what other figures print for the regions of its cells then."""
    figures = tuple(replace(f, amount=None, unreadable=True) if n in lost.cells else f for n, f in enumerate(derivation.meaning.figures))
    fresh = derive(replace(derivation.meaning, figures=figures), derivation)
    reduced = fresh.reduced
    if reduced is None:
        return fresh, {}
    regions = {n: reduced(fresh.masks[n]).mask for n in lost.cells}
    return fresh, dict(_printed_for(fresh, regions))


def reached(lost: LostColumn, failing: Sequence[Violation]) -> list[Violation]:
    """What fails that a column has to do with: its cells are in it, or their blanks bear witness of it."""
    return [v for v in failing if not lost.cells.isdisjoint(v.identity.members) or not lost.cells.isdisjoint(v.identity.witnesses)]


def _like(meaning: Meaning, table: int) -> Amount:
    """How a table prints an amount: as its others, or as its form does where it has none."""
    printed = next((f.amount for f in meaning.figures if f.table == table and f.amount is not None), None)
    found = next(t for t in meaning.tables if t.index == table)
    return printed or Amount(Decimal(0), found.table.unit or found.form.unit or "万元", found.form.decimals)


def _signed(meaning: Meaning, table: int) -> bool:
    """Whether a table prints amounts below nothing."""
    return any(f.amount is not None and f.amount.yuan < 0 for f in meaning.figures if f.table == table)


@dataclass(frozen=True, slots=True)
class _Relation:
    """What some lost cells must add up to.

    Attributes:
        signs: of the lost cells.
        off: left minus right without them, in units.
        tolerance: what the rounding of the others may explain.
        variance: the squares of the last digits that are rounded in it, the cells' among them.
    """

    signs: Mapping[int, int]
    off: int
    tolerance: int
    variance: int


def _relations(arithmetic: Arithmetic, cells: Collection[int], half: int) -> tuple[list[_Relation], list[_Relation]]:
    """The equations of the cells; and those that hold only if other ones of these are blank."""
    sure: list[_Relation] = []
    unsure: list[_Relation] = []
    for e in arithmetic.touched(cells):
        signs = {n: sign for n, sign in e.signs.items() if n in cells and sign}
        if signs and not e.contained and all(sign in (1, -1) for sign in signs.values()):
            off = e.difference - sum(sign * arithmetic.values[n] for n, sign in signs.items())
            tolerance = e.tolerance - sum(arithmetic.halves[n] for n in signs)
            rounded = sum((half if n in signs else arithmetic.halves[n]) ** 2 for n in e.signs)
            found = sure if e.lifts.isdisjoint(cells) else unsure
            found.append(_Relation(signs, off, tolerance, max(1, rounded)))
    return sure, unsure


def _printing(arithmetic: Arithmetic, known: Mapping[int, Amount]) -> Iterator[_Relation]:
    """That cells print some amounts."""
    for n, amount in known.items():
        half = arithmetic.units(amount.half)
        yield _Relation({n: 1}, -arithmetic.units(amount.yuan), half, max(1, 2 * half**2))


def _printed_for(derivation: Derivation, regions: Mapping[int, int]) -> Iterator[tuple[int, Amount]]:
    """What is printed elsewhere for the regions of some cells, the most exactly printed last; not those that several rows share."""
    count = Counter(regions.values())
    wanted = {region: n for n, region in regions.items() if region and count[region] == 1}
    found = [
        (wanted[region], figure.amount)
        for n, figure in enumerate(derivation.meaning.figures)
        if figure.amount is not None and figure.amount.yuan and n not in regions
        for region in {derivation.regions[n], derivation.masks[n]}
        if region in wanted
    ]
    yield from sorted(found, key=lambda pair: -pair[1].half)


class _Ranges:
    """What each lost cell can be, in units: from the lowest to the highest.

    Attributes:
        told: the cells of which relations leave no more than last digits open.
    """

    def __init__(self, relations: Sequence[_Relation], half: int, *, signed: bool) -> None:
        """Narrow as far as the relations tell; what is not `signed` is nothing or more."""
        self.half = half
        self.step = 2 * half
        self.of: dict[int, list[_Relation]] = {}
        for relation in relations:
            for n in relation.signs:
                self.of.setdefault(n, []).append(relation)
        self.ends = dict.fromkeys(self.of, (-UNBOUNDED if signed else 0, UNBOUNDED))
        self._digits = {n: 2 * max(map(self._reach, found)) for n, found in self.of.items()}
        self._narrow(relations)

    @property
    def told(self) -> frozenset[int]:
        return frozenset(n for n, (first, last) in self.ends.items() if last - first <= self._digits[n])

    def _narrow(self, waiting: Sequence[_Relation]) -> None:
        for _ in range(ROUNDS_AT_MOST):
            changed = dict.fromkeys(n for relation in waiting for n in self._narrowed(relation))
            waiting = list({id(r): r for n in changed for r in self.of[n]}.values())
            if not waiting:
                return

    def _reach(self, relation: _Relation) -> int:
        """How far rounding lets a relation be off."""
        return max(0, relation.tolerance + self.half * len(relation.signs) - 1)

    def _narrowed(self, relation: _Relation) -> Iterator[int]:
        """The cells that a relation narrows."""
        reach = self._reach(relation)
        ends = {n: self._signed(n, sign) for n, sign in relation.signs.items()}
        low, high = (sum(end[side] for end in ends.values()) for side in (0, 1))
        for n, sign in relation.signs.items():
            first = -relation.off - reach - (high - ends[n][1])
            last = -relation.off + reach - (low - ends[n][0])
            if sign < 0:
                first, last = -last, -first
            if self._meet(n, -(-first // self.step) * self.step, last // self.step * self.step):
                yield n

    def _signed(self, n: int, sign: int) -> tuple[int, int]:
        first, last = self.ends[n]
        return (first, last) if sign > 0 else (-last, -first)

    def _meet(self, n: int, first: int, last: int) -> bool:
        """Take nearer ends of a range; not those that contradict what is known, which another error may do."""
        before = self.ends[n]
        found = max(first, before[0]), min(last, before[1])
        if found[0] > found[1] or found == before:
            return False
        self.ends[n] = found
        return True

    def likeliest(self) -> dict[int, int]:
        """A number for every cell that is told, the narrowest first: each leaves its relations least off."""
        exact = {n: min(r.variance for r in self.of[n]) for n in self.ends}
        chosen: dict[int, int] = {}
        while left := self.told - chosen.keys():
            n = min(left, key=lambda n: (self.ends[n][1] - self.ends[n][0], exact[n], n))
            chosen[n] = self._nearest(n, chosen)
            if self.ends[n] != (chosen[n], chosen[n]):
                self.ends[n] = (chosen[n], chosen[n])
                self._narrow([r for r in self.of[n] if len(r.signs) > 1])
        return chosen

    def _nearest(self, n: int, chosen: Mapping[int, int]) -> int:
        """The number in the range of a cell to which its relations point on the mean, exact ones more than rounded ones.

        Blank where it can be: hardly an amount is as small as what rounding hides.
        """
        first, last = self.ends[n]
        if first <= 0 <= last and self._may_be_blank(n, chosen):
            return 0
        pointed = weights = Fraction(0)
        for relation in self.of[n] if first < last else ():
            if all(m in chosen for m in relation.signs if m != n):
                rest = relation.off + sum(sign * chosen[m] for m, sign in relation.signs.items() if m != n)
                weight = Fraction(1, relation.variance)
                pointed += -rest * relation.signs[n] * weight
                weights += weight
        if not weights:
            return first
        return min(max(round(pointed / weights / self.step) * self.step, first), last)

    def _may_be_blank(self, n: int, chosen: Mapping[int, int]) -> bool:
        """Whether a cell may print nothing, which rounds nothing either."""
        for relation in self.of[n]:
            if all(m in chosen for m in relation.signs if m != n):
                rest = relation.off + sum(sign * chosen[m] for m, sign in relation.signs.items() if m != n)
                if rest and abs(rest) >= relation.tolerance + self.half * sum(bool(chosen[m]) for m in relation.signs if m != n):
                    return False
        return True
