"""What a slip is called that made one number of another, where that follows from the numbers of a document."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.identity import Sort
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.edits import LEFT_OUT, REPEATED, STALE, UNTYPED, operation
from mingsuan.ledger.trees import Selection


class Naming:
    """Names slips; what it found is kept."""

    def __init__(self, meaning: Meaning, arithmetic: Arithmetic) -> None:
        """Take what the figures stand for, and the figures."""
        self._meaning = meaning
        self._arithmetic = arithmetic
        self._operations: dict[tuple[int, Amount | None], str] = {}
        self._stales: dict[int, str] = {}

    def slip(self, number: int, amount: Amount | None) -> str:
        """The kind of slip that made one figure of what it should be."""
        printed = self._arithmetic.figures[number].amount
        name = self._operations.get((number, amount))
        if name is None:
            name = self._operations[number, amount] = operation(printed, amount)
        if name != UNTYPED or amount is None or printed is None:
            return name
        return self._slip_of_total(number, self._arithmetic.units(printed.yuan - amount.yuan)) or self._stale(number) or name

    def _slip_of_total(self, number: int, off: int) -> str:
        """A total that leaves out one of its parts or adds one twice."""
        for equation in self._arithmetic.of(number):
            if equation.identity.sort is Sort.PARTITION and equation.left == (number,) and len(equation.right) > 1:
                parts = {self._arithmetic.values[n] for n in equation.right} - {0}
                if -off in parts:
                    return LEFT_OUT
                if off in parts:
                    return REPEATED
        return ""

    def _stale(self, number: int) -> str:
        """An amount that repeats the one that another year's figure of the same kind prints."""
        if number not in self._stales:
            self._stales[number] = self._repeated(number)
        return self._stales[number]

    def _repeated(self, number: int) -> str:
        axes = self._meaning.dialect.axes
        figures = self._meaning.figures
        mine = figures[number]
        alike = self._alike.get(mine.amount.yuan, {}) if mine.amount and mine.amount.yuan else {}
        years = _years(mine)
        for other in (n for stated, numbers in alike.items() if stated != years for n in numbers):
            left, right = (dict(f.box(axes).sides) for f in (mine, figures[other]))
            if left.pop("year", None) != right.pop("year", None) and left == right:
                return STALE
        return ""

    @cached_property
    def _alike(self) -> Mapping[Decimal, Mapping[frozenset[Selection | None], list[int]]]:
        """Figures by what they print and the years that they name: a list may print one amount in hundreds of rows."""
        found: dict[Decimal, dict[frozenset[Selection | None], list[int]]] = {}
        for n, f in enumerate(self._meaning.figures):
            if f.amount is not None:
                found.setdefault(f.amount.yuan, {}).setdefault(_years(f), []).append(n)
        return found


def _years(figure: Figure) -> frozenset[Selection | None]:
    """The years that the boxes of a figure name: cheaper to compare than whole boxes."""
    return frozenset(box.lookup.get("year") for box in figure.boxes) - {None}
