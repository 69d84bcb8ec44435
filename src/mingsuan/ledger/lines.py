"""Lines and ledgers: a line is one use of one source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from decimal import Decimal

from mingsuan.ledger.regions import Box, Region
from mingsuan.ledger.trees import Axes, Selection
from mingsuan.values import dataclass

AXES = ("year", "measure", "unit", "post", "use", "function", "department", "government", "kind", "project", "fund", "origin")
"""All axes of a line, in the order in which they are shown."""
_BIT = {True: ord("1"), False: ord("0")}


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
    _below: dict[str, dict[str, list[int]]] = field(default_factory=dict, repr=False, compare=False)

    def mask(self, axis: str, selection: Selection) -> int:
        """Bit set of the lines whose code on `axis` lies in `selection`."""
        key = (axis, selection)
        found = self._masks.get(key)
        if found is None:
            tree, below = self.axes[axis], self._under(axis)
            bits = bytearray(b"0") * (len(self.lines) + 1)
            # The deepest mark above a line decides, so marks are set from the root down.
            for node, inside in sorted(selection.marks, key=lambda mark: len(tree.path(mark[0]))):
                for number in below.get(node, ()):
                    bits[-1 - number] = _BIT[inside]
            found = self._masks[key] = int(bits, 2)
        return found

    def _under(self, axis: str) -> Mapping[str, Sequence[int]]:
        """Numbers of the lines at or below each node: a selection is found in the lines it has, not in all there are."""
        found = self._below.get(axis)
        if found is None:
            found = self._below[axis] = {}
            tree = self.axes[axis]
            for number, line in enumerate(self.lines):
                for node in tree.path(str(getattr(line, axis))):
                    found.setdefault(node, []).append(number)
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
        return sum((self.sum_of(self.chosen(box)) for box in boxes), Decimal(0))

    def sum_of(self, bits: int) -> Decimal:
        """Sum in 元 of the lines of a bit set."""
        return sum((line.amount for line in self._of(bits)), Decimal(0))

    def pick(self, where: Box) -> tuple[Line, ...]:
        """The lines of a box."""
        return tuple(self._of(self.chosen(where)))

    def _of(self, bits: int) -> Iterator[Line]:
        text = f"{bits:b}"
        last = len(text) - 1
        at = text.rfind("1")
        while at >= 0:
            yield self.lines[last - at]
            at = text.rfind("1", 0, at)

    def plus(self, lines: Iterable[Line]) -> Ledger:
        """A ledger with further lines."""
        return Ledger(self.axes, (*self.lines, *lines))
