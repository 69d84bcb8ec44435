"""Rows under a total: the choices with which every column adds up, by dynamic programming over the rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import add, ge, le

from mingsuan.values import dataclass

MAX_STEPS = 50_000
"""Partial sums that are made for one group of columns; where it would take more, the rows stay as open as they are."""
MAX_TOTAL = 400_000
"""Partial sums that are made for one document."""

Sums = tuple[int, ...]
"""What each column holds, in the last printed digit."""


@dataclass(frozen=True)
class Choice:
    """One of the ways to read a row: what it puts into each column, and what speaks against it."""

    sums: Sums
    cost: int


@dataclass(frozen=True)
class Addends:
    """Rows whose columns must add up.

    Attributes:
        rows: the choices of each.
        targets: the totals of the columns, without what rows that are not open hold.
        slack: what rounding allows.
    """

    rows: tuple[tuple[Choice, ...], ...]
    targets: Sums
    slack: int


@dataclass(frozen=True)
class Solution:
    """The cheapest ways to make the columns add up.

    Attributes:
        cost: of each of them.
        first: the choice of each row in the one of them that misses the totals least.
        possible: the choices of each row that occur in one of them.
    """

    cost: int
    first: tuple[int, ...]
    possible: tuple[frozenset[int], ...]


@dataclass
class Budget:
    """Partial sums that may still be made for a document."""

    left: int = MAX_TOTAL

    def spend(self, steps: int) -> bool:
        """Take some, if there are so many."""
        self.left -= steps
        return self.left >= 0


class TooMany(Exception):
    """More partial sums would have to be made than are worth it."""


def solve(addends: Addends, budget: Budget) -> Solution | None:
    """The cheapest solutions, None where there is none.

    What may be spent on top of the cheapest choices grows step by step, so that few partial sums live as long as little is needed.

    Raises:
        TooMany: the search is too large.
    """
    ahead = _reachable(addends)
    dearest = sum(max(c.cost for c in row) - min(c.cost for c in row) for row in addends.rows)
    extra = 0
    while True:
        layers = _layers(addends, ahead, extra, budget)
        if layers is not None:
            return _traced(addends, layers)
        if extra >= dearest:
            return None
        extra = max(2, 2 * extra)


def _layers(addends: Addends, ahead: Sequence[tuple[Sums, Sums]], extra: int, budget: Budget) -> list[dict[Sums, int]] | None:
    """The partial sums after each row with the least they cost, None where no way is so cheap."""
    layers: list[dict[Sums, int]] = [{(0,) * len(addends.targets): 0}]
    steps = 0
    for number, row in enumerate(addends.rows):
        low, high = ahead[number + 1]
        least = tuple(w - addends.slack - h for w, h in zip(addends.targets, high, strict=True))
        most = tuple(w + addends.slack - lo for w, lo in zip(addends.targets, low, strict=True))
        cheapest = min(choice.cost for choice in row)
        choices = [Choice(c.sums, c.cost - cheapest) for c in row if c.cost - cheapest <= extra]
        steps += len(layers[-1]) * len(choices)
        if steps > MAX_STEPS or not budget.spend(len(layers[-1]) * len(choices)):
            raise TooMany
        fresh = _next(layers[-1], choices, least, most, extra)
        if not fresh:
            return None
        layers.append(fresh)
    return layers


def _next(before: Mapping[Sums, int], choices: Sequence[Choice], least: Sums, most: Sums, extra: int) -> dict[Sums, int]:
    """The partial sums after one more row, those that can no longer reach the totals left out."""
    fresh: dict[Sums, int] = {}
    for sums, cost in before.items():
        for choice in choices:
            dear = cost + choice.cost
            if dear > extra:
                continue
            total = tuple(map(add, sums, choice.sums))
            if dear < fresh.get(total, dear + 1) and all(map(ge, total, least)) and all(map(le, total, most)):
                fresh[total] = dear
    return fresh


def _reachable(addends: Addends) -> list[tuple[Sums, Sums]]:
    """The least and the most that the rows from each on can add to each column."""
    width = len(addends.targets)
    found = [((0,) * width, (0,) * width)]
    for choices in reversed(addends.rows):
        low, high = found[-1]
        least = tuple(low[c] + min(choice.sums[c] for choice in choices) for c in range(width))
        most = tuple(high[c] + max(choice.sums[c] for choice in choices) for c in range(width))
        found.append((least, most))
    return found[::-1]


def _traced(addends: Addends, layers: Sequence[Mapping[Sums, int]]) -> Solution | None:
    """Walk back over every cheapest way."""
    least = min(layers[-1].values())
    alive: dict[Sums, None] = {s: None for s, cost in layers[-1].items() if cost == least}
    possible: list[frozenset[int]] = []
    followed = min(alive, key=lambda sums: sum(abs(a - b) for a, b in zip(sums, addends.targets, strict=True)))
    first: list[int] = []
    for number in range(len(addends.rows) - 1, -1, -1):
        cheapest = min(choice.cost for choice in addends.rows[number])
        before: dict[Sums, None] = {}
        used: set[int] = set()
        chosen: tuple[int, Sums] | None = None
        for sums in alive:
            for index, choice in enumerate(addends.rows[number]):
                origin = tuple(a - b for a, b in zip(sums, choice.sums, strict=True))
                cost = layers[number].get(origin)
                if cost is None or cost + choice.cost - cheapest != layers[number + 1][sums]:
                    continue
                before[origin] = None
                used.add(index)
                if sums == followed and (chosen is None or index < chosen[0]):
                    chosen = (index, origin)
        if chosen is None:
            return None
        first.append(chosen[0])
        followed = chosen[1]
        possible.append(frozenset(used))
        alive = before
    base = sum(min(choice.cost for choice in row) for row in addends.rows)
    return Solution(base + least, tuple(reversed(first)), tuple(reversed(possible)))


def components(rows: Sequence[Sequence[Sums]], together: Iterable[Iterable[int]]) -> tuple[tuple[int, ...], ...]:
    """The columns in groups that can be settled one by one: no row's choice in one group tells anything of another.

    Args:
        rows: what the options of each row put into each column.
        together: columns that are parts of one total.
    """
    width = len(rows[0][0]) if rows and rows[0] else 0
    groups = [{c} for c in range(width) if any(len({o[c] for o in options}) > 1 for options in rows)]
    for columns in together:
        groups = _merged(groups, set(columns))
    for options in {frozenset(options): options for options in rows}.values():
        if not _is_product(options, groups):
            groups = _merged(groups, {c for g in groups for c in g if len({o[c] for o in options}) > 1})
    return tuple(tuple(sorted(g)) for g in groups)


def _merged(groups: Sequence[set[int]], columns: set[int]) -> list[set[int]]:
    touched = [g for g in groups if g & columns]
    if len(touched) < 2:
        return list(groups)
    return [*(g for g in groups if not g & columns), set().union(*touched)]


def _is_product(options: Sequence[Sums], groups: Sequence[set[int]]) -> bool:
    """Whether a row's options are all combinations of what they are in each group."""
    count = 1
    for group in groups:
        count *= len({tuple(o[c] for c in group) for o in options})
    return count == len(set(options))
