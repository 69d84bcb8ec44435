"""What printed amounts ask of a ledger: for each region the whole numbers between which its sum must lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.bits import Bits
from mingsuan.ledger import Axes
from mingsuan.values import dataclass

CENT = Decimal("0.01")
FINER = 100
"""Where amounts contradict each other within their rounding, sums are sought in this part of the finest printed digit."""
SUSPECT_COUNTS = 1
"""Weight of a figure that localisation suspects, or that only the narrative states; others have `SOUND_COUNTS`."""
SOUND_COUNTS = 8


@dataclass(frozen=True, slots=True)
class Demand:
    """The sum over a region must lie in [low, high], best at `wanted`; whole numbers of the problem's grain.

    Attributes:
        mask: the region (`Bits`).
        figures: numbers of the figures that print it.
        weight: how much it counts where not all demands can be met.
    """

    mask: int
    low: int
    high: int
    wanted: int
    figures: tuple[int, ...]
    weight: int

    @property
    def nothing(self) -> bool:
        """Whether the region must hold nothing."""
        return self.high == 0 == self.low


def terms(meaning: Meaning, chosen: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Figures that stand for one region only together: the rows of one key in one table and column; a claim stands alone."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number in chosen:
        figure = meaning.figures[number]
        key = (figure.claim,) if figure.claim is not None else (figure.table, figure.form_column, figure.item, figure.boxes)
        groups.setdefault(key, []).append(number)
    for numbers in groups.values():
        if not any(meaning.figures[n].unreadable for n in numbers):
            yield tuple(numbers)


def printed(figures: Sequence[Figure], numbers: Sequence[int]) -> list[Amount]:
    """The amounts that some figures print."""
    return [a for n in numbers if (a := figures[n].amount) is not None]


def grain_of(meaning: Meaning, chosen: Sequence[int], *, finer: bool) -> Decimal:
    """What one unit of the problem is worth in 元: the last digit of the finest amount, or a part of it, never below 分."""
    steps = [a.step for a in printed(meaning.figures, chosen) if a.yuan]
    finest = min(steps, default=CENT)
    return max(CENT, finest / FINER) if finer else max(CENT, finest)


def demands(
    meaning: Meaning, bits: Bits, groups: Sequence[tuple[int, ...]], grain: Decimal, suspects: Set[int]
) -> tuple[list[Demand], list[Demand]]:
    """The demands of some figures: those that ask for something, and those that ask for nothing.

    A blank asks for nothing. A region of which another figure prints something, or that contains one of those, is not asked to be
    empty by a blank or zero: the figure with the amount is believed.
    """
    asked: dict[tuple[int, int, int, int], list[tuple[int, ...]]] = {}
    silent: dict[int, list[int]] = {}
    for numbers in groups:
        mask = bits.meet(meaning.figures[numbers[0]].boxes)
        if not mask:
            continue
        amounts = printed(meaning.figures, numbers)
        total = sum((a.yuan for a in amounts), Decimal(0))
        if not total:
            silent.setdefault(mask, []).extend(numbers)
            continue
        slack = sum((a.half for a in amounts), Decimal(0))
        wanted = int((total / grain).to_integral_value())
        room = max(0, _below(slack / grain) - abs(wanted - total / grain).__ceil__())
        asked.setdefault((mask, wanted - room, wanted + room, wanted), []).append(numbers)
    loud = [
        Demand(mask, low, high, wanted, tuple(n for g in found for n in g), _weight(meaning, found, suspects))
        for (mask, low, high, wanted), found in asked.items()
    ]
    masks = {d.mask for d in loud}
    quiet = [
        Demand(mask, 0, 0, 0, tuple(numbers), len(numbers))
        for mask, numbers in silent.items()
        if not any(not other & ~mask for other in masks)
    ]
    return loud, quiet


def _below(value: Decimal) -> int:
    """The largest whole number that is strictly less."""
    whole = int(value)
    return whole - 1 if whole == value else whole


def _weight(meaning: Meaning, groups: Sequence[tuple[int, ...]], suspects: Set[int]) -> int:
    doubtful = sum(1 for g in groups if any(n in suspects for n in g) or meaning.figures[g[0]].claim is not None)
    return SUSPECT_COUNTS * doubtful + SOUND_COUNTS * (len(groups) - doubtful)


def by_year_and_measure(meaning: Meaning, axes: Axes) -> Mapping[tuple[str, str], list[int]]:
    """The figures of each year and measure, the budget itself first; their ledgers have nothing to do with each other.

    A figure of several years or measures is of none.
    """
    meant = meaning.dialect.meant.lookup
    found: dict[tuple[str, str], list[int]] = {(meant["year"].single or "", meant["measure"].single or ""): []}
    known: dict[tuple[int, ...], tuple[str | None, str | None]] = {}
    for number, figure in enumerate(meaning.figures):
        key = tuple(map(id, figure.boxes))
        if key not in known:
            lookup = figure.box(axes).lookup
            known[key] = tuple(lookup[a].single if a in lookup else None for a in ("year", "measure"))  # type: ignore[assignment]
        year, measure = known[key]
        if year is not None and measure is not None:
            found.setdefault((year, measure), []).append(number)
    return found
