"""Demands placed on the sides that can tell them apart, and what the sides share: the sums that amounts must give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan.compiling.lifting.cells import SHARED, Side, members
from mingsuan.compiling.lifting.demands import Demand
from mingsuan.values import dataclass

NEAR = 50
"""Units by which rounding a vertex may miss a demand."""
Amounts = tuple[tuple[int, ...], ...]
"""Amounts by side and cell, in the problem's grain."""


@dataclass(frozen=True)
class Row:
    """A demand with the cells that it sums.

    Attributes:
        side: number of the side whose cells are summed.
        cells: their numbers.
        demand: number of the demand.
    """

    side: int
    cells: tuple[int, ...]
    demand: int


@dataclass(frozen=True)
class Problem:
    """Sides, demands, and which cells each demand sums.

    Attributes:
        links: groups of cells, one of the first side and one of another, with equal sums: what the two sides share.
        unplaced: demands whose region no side can tell apart.
    """

    sides: tuple[Side, ...]
    demands: tuple[Demand, ...]
    rows: tuple[Row, ...]
    links: tuple[tuple[int, tuple[int, ...], tuple[int, ...]], ...]
    unplaced: tuple[int, ...]

    def sums(self, amounts: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
        """Number of each demand with its sum, exact."""
        for row in self.rows:
            yield row.demand, sum(amounts[row.side][c] for c in row.cells)

    def agrees(self, amounts: Sequence[Sequence[int]]) -> bool:
        """Whether the sides agree on what they share."""
        return all(sum(amounts[0][c] for c in ours) == sum(amounts[side][c] for c in theirs) for side, ours, theirs in self.links)


def problem(sides: Sequence[Side], demands: Sequence[Demand]) -> Problem:
    """Place each demand on the first side that can tell its region apart, and join the sides by what they share."""
    alive = [_alive(side, demands) for side in sides]
    rows: list[Row] = []
    unplaced: list[int] = []
    for number, demand in enumerate(demands):
        place = next((n for n, side in enumerate(sides) if side.tells(demand.mask)), None)
        if place is None:
            unplaced.append(number)
        else:
            rows.append(Row(place, tuple(members(sides[place].inside(demand.mask) & alive[place])), number))
    links: list[tuple[int, tuple[int, ...], tuple[int, ...]]] = []
    for other in range(1, len(sides)):
        ours, theirs = _by_shared(sides[0], sides[other], alive[0]), _by_shared(sides[other], sides[other], alive[other])
        links.extend((other, tuple(ours.get(key, ())), tuple(theirs.get(key, ()))) for key in dict.fromkeys((*ours, *theirs)))
    return Problem(tuple(sides), tuple(demands), tuple(rows), tuple(links), tuple(unplaced))


def _alive(side: Side, demands: Sequence[Demand]) -> int:
    """Cells without those that must be empty because a part prints as much as its whole."""
    alive = (1 << len(side.cells)) - 1
    by_amount: dict[tuple[int, int], dict[int, None]] = {}
    for demand in demands:
        if demand.low == demand.high and side.tells(demand.mask):
            by_amount.setdefault((demand.low, demand.high), {})[side.inside(demand.mask)] = None
    for group in by_amount.values():
        for whole in group:
            for part in group:
                if part & alive and not part & ~whole:
                    alive &= ~(whole & ~part)
    return alive


def _by_shared(side: Side, like: Side, alive: int) -> Mapping[tuple[str, ...], list[int]]:
    """Cells of a side by what it shares with another; money that is not spent is on the first side only."""
    has = [any(cell.shared[n] for cell in like.cells) for n in range(len(SHARED))]
    uses = {cell.shared[:1] for cell in like.cells}
    kinds = {cell.shared[2] for cell in like.cells}
    found: dict[tuple[str, ...], list[int]] = {}
    for number in members(alive):
        shared = side.cells[number].shared
        if shared[:1] in uses and shared[2] in kinds:
            found.setdefault(tuple(s for s, h in zip(shared, has, strict=True) if h), []).append(number)
    return found
