"""Lines and ledgers: a line is one use of one source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from mingsuan.ledger.regions import Box, Region
from mingsuan.ledger.trees import Axes, Selection

AXES = ("year", "measure", "unit", "post", "use", "function", "department", "government", "kind", "project", "fund", "origin")
"""All axes of a line, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One use of one source.

    Attributes:
        amount: exact, in 元.
        year: relative to the fiscal year of the disclosure, "0" this year, "-1" last year.
        unit: code of the budget unit.
        post: nature of the posts it pays, 行政, 参公 or 事业; "" where it pays none.
        use: 支出 or 结转.
        function, department, government: codes; "" for money that is carried out.
    """

    amount: Decimal
    unit: str
    fund: str
    origin: str = "本年"
    use: str = "支出"
    function: str = ""
    department: str = ""
    government: str = ""
    kind: str = ""
    project: str = ""
    post: str = ""
    year: str = "0"
    measure: str = "年初预算"


@dataclass(frozen=True)
class Ledger:
    """Lines with sums over regions.

    Sums are computed on bit sets of line numbers, one per selection, kept while the ledger lives: filling a form asks
    for thousands of regions that share a few selections.
    """

    axes: Axes
    lines: tuple[Line, ...]
    _masks: dict[tuple[str, Selection], int] = field(default_factory=dict, repr=False, compare=False)

    def mask(self, axis: str, selection: Selection) -> int:
        """Bit set of the lines whose code on `axis` lies in `selection`."""
        key = (axis, selection)
        found = self._masks.get(key)
        if found is None:
            tree = self.axes[axis]
            verdicts: dict[str, bool] = {}
            found = 0
            for number, line in enumerate(self.lines):
                code = str(getattr(line, axis))
                if code not in verdicts:
                    verdicts[code] = selection.covers(tree, code)
                if verdicts[code]:
                    found |= 1 << number
            self._masks[key] = found
        return found

    def chosen(self, box: Box) -> int:
        """Bit set of the lines of a box."""
        bits = (1 << len(self.lines)) - 1
        for axis, selection in box.sides:
            bits &= self.mask(axis, selection)
            if not bits:
                break
        return bits

    def total(self, where: Box | Region) -> Decimal:
        """Sum in 元 over a box or region."""
        boxes = where.boxes if isinstance(where, Region) else (where,)
        return sum((self._sum(self.chosen(box)) for box in boxes), Decimal(0))

    def _sum(self, bits: int) -> Decimal:
        result = Decimal(0)
        while bits:
            low = bits & -bits
            result += self.lines[low.bit_length() - 1].amount
            bits ^= low
        return result

    def pick(self, where: Box) -> tuple[Line, ...]:
        """The lines of a box."""
        bits = self.chosen(where)
        return tuple(line for number, line in enumerate(self.lines) if bits >> number & 1)

    def plus(self, lines: Iterable[Line]) -> Ledger:
        """A ledger with further lines."""
        return Ledger(self.axes, (*self.lines, *lines))
