"""Physical columns → the leaf columns of a form, decided by labels, by what the cells look like and by the form's sums."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property, lru_cache

from mingsuan.amounts import parse_number
from mingsuan.dialects.forms import Sum
from mingsuan.model import CellKind
from mingsuan.reading.tables.content import Look, fit, look
from mingsuan.reading.tables.headings import Heading
from mingsuan.values import dataclass

KEPT = 8
"""Partial placements remembered for each column and leaf while searching."""
SAMPLE = 60
"""Rows of a page that are looked at to tell what a column holds."""

_FIT, _POSITION, _UNPRINTED, _JUMP, _DROP = 3.0, 2.0, 1.0, 1.5, 8.0
_OTHER_NAME = 10.0
"""What speaks against a column of the form that the header does not print, where the header prints another name over the values."""
_BROKEN = 2.0
"""What a row with a broken sum costs."""
_BROKEN_CAP = 12
"""Rows with a broken sum beyond which more of them say nothing new."""
_SUSPICIOUS = 3
"""Rows with a broken sum from which the columns may be shifted; one or two wrong amounts are no reason."""

Texts = Sequence[str]


@dataclass(frozen=True)
class Placement:
    """Which leaf each physical column with content holds.

    Attributes:
        leaves: physical column → leaf index; columns that fit nowhere are left out.
        cost: how much speaks against it; only differences count.
    """

    leaves: Mapping[int, int]
    cost: float


@dataclass(frozen=True)
class Page:
    """The rows of one page of a table, placed under one heading."""

    heading: Heading
    rows: Sequence[Texts]
    width: int
    expected: Mapping[int, int] | None = None
    """Leaf index → physical column, where it is known better than from the header."""

    @cached_property
    def filled(self) -> tuple[int, ...]:
        """Physical columns with content."""
        return tuple(j for j in range(self.width) if any(j < len(r) and r[j] for r in self.rows))

    @cached_property
    def positions(self) -> dict[int, int]:
        """Leaf index → where the header says that it stands."""
        return dict(self.expected) if self.expected is not None else self.heading.positions(self.width, max(map(len, self.rows), default=0))

    @cached_property
    def named_otherwise(self) -> frozenset[int]:
        """Physical columns under a name that the form does not know."""
        return frozenset(label.column for label in self.heading.unknown if self.heading.placed)

    def search(self) -> Placement | None:
        """The best placement that keeps the columns' order, None if there is none."""
        return min(_search(self, kept=1), key=lambda p: p.cost, default=None)

    def fits(self, column: int, leaf: int) -> float:
        """How well the content of a physical column suits a leaf, -1 … 1."""
        definition = self.heading.lexicon.leaves[leaf]
        texts = [r[column] for r in self.rows[:SAMPLE] if column < len(r) and r[column] and look(r[column]) is not Look.BLANK]
        return sum(fit(definition, t) for t in texts) / len(texts) if texts else 0.0

    @cached_property
    def literal(self) -> Placement | None:
        """The placement that the header's positions give, None where the content does not suit it.

        Columns under names that the form does not know are left out where every other one stands under its own label.
        """
        at = {column: leaf for leaf, column in self.positions.items()}
        strange = [j for j in self.filled if j not in at]
        if strange and not (all(map(self.leaves_out, strange)) and all(self._is_under_its_label(j, at[j]) for j in self.filled if j in at)):
            return None
        if any(self.fits(j, at[j]) < 0.2 for j in self.filled if j in at):
            return None
        return Placement({j: at[j] for j in self.filled if j in at}, 0.0)

    def leaves_out(self, column: int) -> bool:
        """Whether a column is none of the form's: it has a name that the form does not know, or goes on a label with words."""
        return column in self.named_otherwise or self._is_under_a_merged_label(column)

    def _is_under_a_merged_label(self, column: int) -> bool:
        """Whether a column of words stands behind that of a label merged over both, and the form has no column for it."""
        labelled = {label.column for label in (*self.heading.printed.values(), *self.heading.unknown)}
        words = (r[column] for r in self.rows if column < len(r) and r[column])
        if not self.heading.placed or column in labelled or any(_number(text) is not None for text in words):
            return False
        before = max((leaf for leaf, at in self.positions.items() if at < column), default=-1)
        behind = min((leaf for leaf, at in self.positions.items() if at > column), default=len(self.heading.lexicon.leaves))
        return behind <= before + 1

    def _is_under_its_label(self, column: int, leaf: int) -> bool:
        label = self.heading.printed.get(self.heading.lexicon.leaves[leaf].path)
        return label is not None and label.column == column

    def broken(self, leaves: Mapping[int, int]) -> int:
        """How many rows break a sum that the form declares among its columns, if the columns hold these leaves."""
        at = {self.heading.lexicon.leaves[leaf].path: column for column, leaf in leaves.items()}
        printed = self.heading.printed
        found = {*printed, *at}
        sums = [s.over(found, b.sums) for b in self.heading.lexicon.blocks for s in b.sums if s.total in found]
        return sum(1 for row in self.rows if any(_breaks(row, s, at) for s in sums))


def _breaks(row: Texts, rule: Sum, at: Mapping[str, int]) -> bool:
    total = _amount(row, at.get(rule.total))
    parts = [a for a in (_amount(row, at.get(p)) for p in rule.parts) if a is not None]
    if total is None and not parts:
        return False
    if not any(p in at for p in rule.parts):
        return False
    exponent = min((int(a.as_tuple().exponent) for a in [*parts, *([] if total is None else [total])]), default=0)
    allowance = Decimal(len(parts) + 1) / 2 * Decimal(1).scaleb(min(exponent, 0))
    difference = abs((total or Decimal(0)) - sum(parts, Decimal(0)))
    return bool(difference >= allowance and difference)


def _amount(row: Texts, column: int | None) -> Decimal | None:
    return _number(row[column]) if column is not None and column < len(row) and row[column] else None


@lru_cache(maxsize=65536)
def _number(text: str) -> Decimal | None:
    return parse_number(text)


def place(page: Page) -> tuple[Placement, ...]:
    """Placements of a page's columns, the likeliest first.

    More than one is returned only where the header lacks a column of the form, so that values may stand under a
    neighbour's name; what else the document says has to settle those.
    """
    if not page.filled:
        return (Placement({}, 0.0),)
    literal = page.literal
    if literal is not None:
        broken = page.broken(literal.leaves)
        if broken < _SUSPICIOUS:
            return (literal, *_restored(page, literal, broken))
    ranked = sorted(
        (Placement(p.leaves, p.cost + _BROKEN * min(_BROKEN_CAP, page.broken(p.leaves))) for p in _search(page)), key=lambda p: p.cost
    )
    best = _completed(page, ranked[0])
    return (best, *_restored(page, best, page.broken(best.leaves)))


def _completed(page: Page, found: Placement) -> Placement:
    """A placement in which columns that suit no leaf stay under the heading over them, if that is free: their cells are damaged."""
    leaves = dict(found.leaves)
    at = {column: leaf for leaf, column in page.positions.items()}
    for column in page.filled:
        leaf = at.get(column)
        if column not in leaves and leaf is not None and leaf not in leaves.values() and _stays_in_order(leaves, column, leaf):
            leaves[column] = leaf
    return Placement(leaves, found.cost)


def _restored(page: Page, best: Placement, broken: int) -> Iterator[Placement]:
    """Placements in which the last values of a group belong to a column of the form that the header does not print."""
    leaves = page.heading.lexicon.leaves
    used = set(best.leaves.values())
    for rule in (s for b in page.heading.lexicon.blocks for s in b.sums):
        members = [n for n in (page.heading.lexicon.index[p] for p in rule.parts) if leaves[n].kind is CellKind.AMOUNT]
        for lost in members:
            if page.heading.is_printed(lost) or leaves[lost].optional or lost in used:
                continue
            for column, leaf in best.leaves.items():
                if leaf in members and _stays_in_order(best.leaves, column, lost):
                    changed = {**best.leaves, column: lost}
                    if page.broken(changed) <= broken:
                        yield Placement(changed, best.cost + _POSITION + _UNPRINTED)


def _stays_in_order(placed: Mapping[int, int], column: int, leaf: int) -> bool:
    return all((j < column) == (n < leaf) for j, n in placed.items() if j != column)


def _search(page: Page, kept: int = KEPT) -> list[Placement]:
    """The best placements of the filled columns that keep their order.

    A page with far more columns than the form has is no page of that form; then the columns stay where the header has them.
    """
    if len(page.filled) > 2 * len(page.heading.lexicon.leaves) + 8:
        at = {column: leaf for leaf, column in page.positions.items()}
        return [Placement({j: at[j] for j in page.filled if j in at}, _DROP * len(page.filled))]
    keys = {leaf.key for n, leaf in enumerate(page.heading.lexicon.leaves) if leaf.digits and page.heading.is_printed(n)}
    order = {leaf: rank for rank, leaf in enumerate(page.heading.order) if _may_be_there(page.heading, leaf, keys)}
    states: dict[int, list[tuple[float, tuple[tuple[int, int], ...]]]] = {-1: [(0.0, ())]}
    for column in page.filled:
        fresh: dict[int, list[tuple[float, tuple[tuple[int, int], ...]]]] = {}
        for last, partials in states.items():
            for cost, pairs in partials:
                fresh.setdefault(last, []).append((cost + _DROP, pairs))
        for leaf, rank in order.items():
            own = _own_cost(page, column, leaf)
            for last, partials in states.items():
                if last < rank:
                    for cost, pairs in partials:
                        jump = _jump(page, pairs[-1] if pairs else None, (column, leaf))
                        fresh.setdefault(rank, []).append((cost + own + jump, (*pairs, (column, leaf))))
        states = {rank: sorted(found, key=lambda s: s[0])[:kept] for rank, found in fresh.items()}
    ended = sorted((s for found in states.values() for s in found), key=lambda s: s[0])[: 3 * kept]
    return [Placement(dict(pairs), cost) for cost, pairs in ended]


def _may_be_there(heading: Heading, leaf: int, keys: Container[str]) -> bool:
    """Whether a table may have a column: one that its header prints, or must have and does not print others in place of."""
    column = heading.lexicon.leaves[leaf]
    return heading.is_printed(leaf) or not (column.optional or column.key in keys)


def _own_cost(page: Page, column: int, leaf: int) -> float:
    suits = page.fits(column, leaf)
    cost = _FIT * (1.0 - suits) + (6.0 if suits < -0.3 else 0.0)
    if not page.heading.is_printed(leaf):
        cost += _UNPRINTED + (_OTHER_NAME if column in page.named_otherwise else 0.0)
    if page.positions.get(leaf) != column:
        cost += _POSITION
    return cost + _hint(page, column, leaf)


def _hint(page: Page, column: int, leaf: int) -> float:
    """What an indicator's words say about the sort of indicator: satisfaction is named 满意度."""
    kind = page.heading.lexicon.leaves[leaf].indicator
    if kind is None or kind[1] != "name":
        return 0.0
    texts = [r[column] for r in page.rows if column < len(r) and r[column]]
    content = sum("满意" in t for t in texts) / max(1, len(texts))
    return -2.0 * content if "满意" in kind[0] else 2.0 * content


def _jump(page: Page, before: tuple[int, int] | None, here: tuple[int, int]) -> float:
    """The cost of columns that were lost or inserted between two neighbours, as the header counts them."""
    column, leaf = here
    if before is None:
        start = page.positions.get(leaf)
        return 0.0 if start is None or start == column else _JUMP * 0.5
    expected = _between(page, before[1], leaf)
    found = column - before[0]
    if found == expected:
        return 0.0
    return _JUMP * (1.0 if found < expected else 1.3)


def _between(page: Page, first: int, second: int) -> int:
    """How far apart two leaves should stand."""
    a, b = page.positions.get(first), page.positions.get(second)
    return b - a if a is not None and b is not None else second - first
