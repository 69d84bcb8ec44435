"""The columns that a row's amounts may stand in: in their order, a total over its parts, a 其中 within its whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from mingsuan.dialects.forms import Block, ColumnDef
from mingsuan.values import dataclass

MAX_STEPS = 20_000
"""Steps of the search for one row; the widest official row (17 columns, 6 amounts) takes some 2,000."""
MAX_OPTIONS = 128
"""Options of one row that are remembered; a row with so many stays open."""

_COARSE = 1000
"""Halves of the last digit from which rounding cannot make an amount look like none."""

_BROKEN, _LOOSE = 20, 3
"""A total that is not the sum of its parts, or parts without it; a total without any part."""
_BOUNDS = (0, _LOOSE, _BROKEN, 10**6)
"""Most that may speak against the best option: most rows have one that nothing speaks against, and it is found soon."""


class Option(NamedTuple):
    """A way to read a row.

    Attributes:
        at: the column of each amount, counted within the run.
        cost: what speaks against it.
    """

    at: tuple[int, ...]
    cost: int


@dataclass(frozen=True)
class Rule:
    """What the amounts of a row must satisfy, as positions within the run.

    Attributes:
        total: the total, or the whole of a 其中.
        parts: its parts.
        exhaustive: the parts make up the total; else each is at most the whole.
    """

    total: int
    parts: tuple[int, ...]
    exhaustive: bool

    @property
    def closes(self) -> int:
        """The last position that it speaks of."""
        return max(self.total, *self.parts)


def rules_of(block: Block, columns: Sequence[ColumnDef]) -> tuple[Rule, ...]:
    """The rules of a block among some of its columns."""
    at = {c.path: n for n, c in enumerate(columns)}
    found = [Rule(at[s.total], tuple(at[p] for p in s.parts if p in at), exhaustive=True) for s in block.sums if s.total in at]
    for number, column in enumerate(columns):
        whole = next((n for n, c in enumerate(columns) if c.group == column.group and not c.contained), None)
        if column.contained and whole is not None:
            found.append(Rule(whole, (number,), exhaustive=False))
    return tuple(rule for rule in found if rule.parts)


@dataclass
class _Search:
    """Depth first over the columns, the leftmost option first, as long as no more speaks against an option than a bound allows.

    Attributes:
        width: how many columns there are.
        amounts: the row's.
        closing: by column the rules of which it is the last.
        parts: by column the rules of which it is a part that follows the total.
        least: what speaks against the best option so far, at first the most that may.
    """

    width: int
    amounts: Sequence[int]
    closing: Sequence[Sequence[Rule]]
    parts: Sequence[Sequence[Rule]]
    least: int
    found: dict[tuple[int, ...], int] = field(default_factory=dict)
    steps: int = 0

    def run(self) -> None:
        self._visit(0, 0, [None] * self.width, 0)

    def _visit(self, column: int, taken: int, at: list[int | None], cost: int) -> None:
        self.steps += 1
        left = len(self.amounts) - taken
        if cost > self.least + _LOOSE or left > self.width - column or self.steps > MAX_STEPS:
            return
        if column == self.width:
            self._keep(tuple(c for c, n in enumerate(at) if n is not None), cost)
            return
        for chosen in (taken, None) if left else (None,):
            at[column] = chosen
            if chosen is not None and not self._may_stand(column, at, cost):
                continue
            more = sum(self._cost(rule, at) for rule in self.closing[column])
            self._visit(column + 1, taken + (chosen is not None), at, cost + more)
        at[column] = None

    def _may_stand(self, column: int, at: Sequence[int | None], cost: int) -> bool:
        """Whether a column may be filled: a rule may be broken by it as far as the bound allows."""
        return cost + _BROKEN <= self.least + _LOOSE or not any(self._is_past(rule, at, column) for rule in self.parts[column])

    def _is_past(self, rule: Rule, at: Sequence[int | None], column: int) -> bool:
        """Whether a rule is broken whatever follows a column: there is no total, or the parts up to here are more."""
        total = at[rule.total]
        if total is None:
            return True
        parts = (self.amounts[n] for p in rule.parts if p <= column and (n := at[p]) is not None)
        return rule.exhaustive and min(self.amounts) >= 0 and sum(parts) > self.amounts[total] + len(rule.parts) + 1

    def _keep(self, at: tuple[int, ...], cost: int) -> None:
        if cost < self.least:
            self.least = cost
            self.found = {o: c for o, c in self.found.items() if c <= cost + _LOOSE}
        if len(self.found) < MAX_OPTIONS or cost == self.least:
            self.found[at] = cost

    def _cost(self, rule: Rule, at: Sequence[int | None]) -> int:
        total = at[rule.total]
        parts = [self.amounts[n] for p in rule.parts if (n := at[p]) is not None]
        if total is None:
            return _BROKEN if parts else 0
        whole = self.amounts[total]
        if not parts:
            return _LOOSE if rule.exhaustive and whole else 0
        if not rule.exhaustive:
            return _BROKEN if parts[0] > whole >= 0 else 0
        return _BROKEN if abs(whole - sum(parts)) > len(parts) + 1 else 0


def proportions(amounts: Sequence[int]) -> tuple[int, ...]:
    """The same amounts, or where one amount is repeated and nothing else printed, a large one in its place: all such rows are alike."""
    large = len(set(amounts) - {0}) == 1 and max(amounts) > _COARSE
    return tuple(_COARSE * (a > 0) for a in amounts) if large else tuple(amounts)


def options_of(columns: Sequence[ColumnDef], rules: Sequence[Rule], amounts: Sequence[int]) -> tuple[Option, ...]:
    """The options against which least speaks, the best and then the leftmost first; () where there are more amounts than columns.

    A subtotal without parts is a thing that happens: such options are kept for what else the document says.

    Args:
        columns: those of the run.
        rules: what their amounts must satisfy.
        amounts: the row's, in printed order, in halves of the last printed digit; a printed dash is zero.
    """
    if len(amounts) > len(columns):
        return ()
    if len(amounts) == len(columns):
        return (Option(tuple(range(len(columns))), 0),)
    closing = [[r for r in rules if r.closes == n] for n in range(len(columns))]
    parts = [[r for r in rules if n in r.parts and r.total < n] for n in range(len(columns))]
    found: Mapping[tuple[int, ...], int] = {}
    for bound in _BOUNDS:
        search = _Search(len(columns), amounts, closing, parts, bound)
        search.run()
        found = search.found
        if found and min(found.values()) <= bound:
            break
    ranked = sorted((Option(at, cost) for at, cost in found.items()), key=lambda option: option.cost)
    return tuple(ranked[:MAX_OPTIONS]) or (Option(tuple(range(len(amounts))), _BROKEN),)
