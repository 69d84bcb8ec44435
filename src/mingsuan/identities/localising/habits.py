"""How each table prints its amounts: whether zeros and minuses stand in it, and with how many decimals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cached_property

from mingsuan.amounts import Amount
from mingsuan.identities.localising.arithmetic import Arithmetic, Value

MINUS_ONE_IN = 100
"""Amounts of a table of which one below nothing is a stranger: a deficit makes its totals and its other prints negative, too."""


class Habits:
    """What is usual in each table of a disclosure, as it is printed."""

    def __init__(self, arithmetic: Arithmetic) -> None:
        """Take the figures."""
        self._arithmetic = arithmetic

    def unsaid(self, number: int, units: int | None) -> bool:
        """Whether a value is the zero that a figure's table prints where there is nothing: no other number is printed as often."""
        return units == 0 and self._arithmetic.figures[number].table in self._zeroed

    def strange(self, number: int, units: int | None) -> bool:
        """Whether a value takes away a minus of a table that hardly prints any."""
        printed = self._arithmetic.figures[number].amount
        return units is not None and printed is not None and number in self._minus and units == -self._arithmetic.units(printed.yuan)

    def negative(self, edits: Iterable[tuple[int, Value]]) -> bool:
        """Whether edits put a minus where its table prints none."""
        return any((v.units or 0) < 0 and self._arithmetic.figures[n].table not in self._with_minus for n, v in edits)

    @cached_property
    def _with_minus(self) -> frozenset[int]:
        """Tables, and claims as one, that print a negative amount."""
        return frozenset(f.table for f in self._arithmetic.figures if f.amount is not None and f.amount.yuan < 0)

    @cached_property
    def _minus(self) -> frozenset[int]:
        """The figures that print the only negative amount of their table, or one of a few among hundreds."""
        amounts = Counter(f.table for f in self._arithmetic.figures if f.amount is not None and f.amount.yuan)
        below = [(n, f.table) for n, f in enumerate(self._arithmetic.figures) if f.amount is not None and f.amount.yuan < 0 <= f.table]
        minuses = Counter(table for _, table in below)
        return frozenset(n for n, table in below if minuses[table] <= max(1, amounts[table] // MINUS_ONE_IN))

    @cached_property
    def _zeroed(self) -> frozenset[int]:
        """Tables that print zeros."""
        return frozenset(f.table for f in self._arithmetic.figures if f.amount is not None and not f.amount.yuan and f.table >= 0)

    def half_of_blank(self, number: int) -> int:
        """Half of the last digit that a figure would print: that of its table's other amounts; 0 for a table without any."""
        return self._like.get(self._arithmetic.figures[number].table, (0, None))[0]

    def like(self, number: int) -> Amount | None:
        """An amount that is printed as a figure would print one; None for a table without any."""
        return self._like.get(self._arithmetic.figures[number].table, (0, None))[1]

    @cached_property
    def _like(self) -> Mapping[int, tuple[int, Amount | None]]:
        found: dict[int, tuple[int, Amount | None]] = {}
        for f in self._arithmetic.figures:
            if f.amount is not None and f.table >= 0 and f.table not in found:
                found[f.table] = (self._arithmetic.units(f.amount.half), f.amount)
        return found
