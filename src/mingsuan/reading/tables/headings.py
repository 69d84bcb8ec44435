"""A header as a form reads it: which headings are printed over which columns, and where their values should stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from mingsuan.places import NOWHERE, Place
from mingsuan.reading.tables.lexicon import Lexicon
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """A printed heading: its words without white space, where it stands (0-based), and the place of its row.

    Attributes:
        relative: its bare words with 本年 and 上年 for the years, where the table compares years; else "".
    """

    text: str
    row: int
    column: int
    place: Place = NOWHERE
    relative: str = ""


@dataclass(frozen=True)
class Heading:
    """A header read with the eyes of one form.

    Attributes:
        lexicon: the form's headings.
        printed: heading path → the label that prints it.
        unknown: labels that are no heading of the form.
        repeated: labels that print a heading of the form once more, over another column.
        labels: how many labels the header has, repetitions not counted.
        agreement: sum of how well the labels agree with their headings.
        rows: number of header rows.
        strays: paths of headings whose labels do not stand in the form's order.
        placed: labels stand over their columns; not so where merged cells vanished and every row was pushed together.
    """

    lexicon: Lexicon
    printed: Mapping[str, Label]
    unknown: tuple[Label, ...]
    labels: int
    agreement: float
    rows: int
    strays: frozenset[str] = frozenset()
    placed: bool = True
    repeated: tuple[Label, ...] = ()

    @cached_property
    def order(self) -> tuple[int, ...]:
        """Leaf indexes from left to right: the form's order unless the labels say otherwise."""
        kept = [n for n, leaf in enumerate(self.lexicon.leaves) if leaf.path not in self.strays]
        if not self.strays:
            return tuple(kept)
        return self._by_neighbours(kept) if self._is_pushed() else self._by_column()

    def _is_pushed(self) -> bool:
        """Whether a label stands left of the heading that it is under, right under another column: its row was pushed together."""
        columns = {(label.row, label.column) for path, label in self.printed.items() if self.lexicon.by_path[path].leaf}
        above = ((label, self.printed.get(group_of(path))) for path, label in self.printed.items())
        return any(
            over is not None and label.column < over.column and any((row, label.column) in columns for row in range(label.row))
            for label, over in above
        )

    def _by_column(self) -> tuple[int, ...]:
        """The leaves as their labels stand, whatever row they are in."""
        columns: dict[int, float] = {}
        last = -1.0
        for n, leaf in enumerate(self.lexicon.leaves):
            label = self.printed.get(leaf.path)
            last = float(label.column) if label else last + 0.01
            columns[n] = last
        return tuple(sorted(columns, key=lambda n: columns[n]))

    def _by_neighbours(self, kept: Sequence[int]) -> tuple[int, ...]:
        """The leaves in the form's order where a row was pushed together; a stray one behind its left neighbour in its own row."""
        order = list(kept)
        strays = [n for n, leaf in enumerate(self.lexicon.leaves) if leaf.path in self.strays]
        for leaf in sorted(strays, key=lambda n: self.printed[self.lexicon.leaves[n].path].column):
            own = self.printed[self.lexicon.leaves[leaf].path]
            left = {label.column: path for path, label in self.printed.items() if label.row == own.row and label.column < own.column}
            before = self.lexicon.by_path[left[max(left)]] if left else None
            behind = [at + 1 for at, n in enumerate(order) if before is not None and before.first <= n <= before.last]
            order.insert(max(behind, default=0), leaf)
        return tuple(order)

    @property
    def score(self) -> float:
        """How well form and header explain each other, 0 … 1."""
        leaves = self.lexicon.leaves
        required = [c for c in leaves if not c.optional]
        shown = sum(1 for c in required if c.path in self.printed)
        if not self.labels or not required:
            return 0.0
        return self.agreement / self.labels * (0.55 + 0.45 * shown / len(required))

    def is_printed(self, leaf: int) -> bool:
        """Whether a leaf column has a label of its own."""
        return self.lexicon.leaves[leaf].path in self.printed

    def positions(self, width: int, full_width: int = 0) -> dict[int, int]:
        """Leaf index → the physical column at which its values should stand, for the leaves that are printed.

        A header that prints as many leaves as the table has columns is complete, and then its order alone tells; otherwise
        a label's own position counts where it agrees with that of the labels around it.

        Args:
            width: columns with any content.
            full_width: columns with empty ones at the end.
        """
        printed = [n for n in self.order if self.is_printed(n)]
        if not self.unknown and width <= len(printed) <= max(width, full_width):
            return {leaf: column for column, leaf in enumerate(printed)}
        return _increasing([(n, self.printed[self.lexicon.leaves[n].path].column) for n in printed])


def _increasing(positions: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The longest increasing run of positions; the others move in between where there is room."""
    best: list[list[tuple[int, int]]] = []
    for leaf, column in positions:
        earlier = [run for run in best if run[-1][1] < column]
        best.append([*(max(earlier, key=len) if earlier else []), (leaf, column)])
    longest: list[tuple[int, int]] = max(best, key=len) if best else []
    kept = dict(longest)
    taken = set(kept.values())
    last = -1
    for leaf, _ in positions:
        if leaf not in kept:
            if last + 1 in taken:
                continue
            kept[leaf] = last + 1
            taken.add(last + 1)
        last = kept[leaf]
    return kept


def group_of(path: str) -> str:
    """The path of the heading over one; empty at the top."""
    return path.rpartition("/")[0]


def last_word(path: str) -> str:
    """The words of a heading without those over it."""
    return path.rpartition("/")[2]
