"""The heading of a table whose rules do not show its cells → which columns each of its texts stands over, and how deep.

A heading is a tree: a text over several columns stands above those of its columns, in their middle; a text with none under it reaches down
to the rows. The tree that fits the places of the texts best is found for ever wider ranges of columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from mingsuan.reading.formats.pdf.lattice import SNAP, Span
from mingsuan.reading.formats.pdf.parts import Stack, column_at

BLANK = 0.3
"""Cost, in ems off the middle, of a column without a heading …"""
ALONE = 6.0
"""… of a text that has one under it over the same columns …"""
BARE = 2.0
"""… of a text over several columns that has none under it …"""
OUTSIDE = 2.0
"""… of each em by which a text stands out of its columns …"""
UNEVEN = 1.5
"""… and of each em by which texts under one text lie higher than others there."""
LOWER = 0.35
"""Share of a text's height that those under it may reach up into it."""
MOST_COLUMNS = 40
MOST_TEXTS = 90
"""More of either than this are each put over the columns that they touch, in one row."""
_NEVER = float("inf")


class Heading(NamedTuple):
    """A text of the heading: the rows and columns of its cell, the text, and whether it has others under it."""

    span: Span
    stack: Stack
    is_group: bool


class _Node(NamedTuple):
    stack: Stack
    first: int
    last: int
    under: tuple[_Node, ...]

    @property
    def depth(self) -> int:
        return 1 + max((node.depth for node in self.under), default=0)


class _Fit(NamedTuple):
    cost: float
    nodes: tuple[_Node, ...]


def headings(texts: Sequence[Stack], xs: Sequence[float], em: float) -> tuple[list[Heading], float]:
    """The cells of a heading over columns with boundaries `xs`, blank ones left out, and how badly they fit, in ems."""
    if not texts:
        return [], 0.0
    if len(xs) - 1 > MOST_COLUMNS or len(texts) > MOST_TEXTS:
        return list(_in_one_row(texts, xs)), _NEVER
    fit = _best(tuple(sorted(texts)), tuple(xs), em)
    if fit.cost == _NEVER:
        return list(_in_one_row(texts, xs)), _NEVER
    depth = max(node.depth for node in fit.nodes)
    return [heading for node in fit.nodes for heading in _cells(node, 0, depth)], fit.cost + UNEVEN * _spread(fit.nodes) / em


def levels(top: float, bottom: float, cells: Sequence[Heading], rules: Sequence[float] = ()) -> list[float]:
    """Boundaries of the rows of a heading, without the last: at the rules between them, or in the middle between its texts."""
    depth = max((heading.span.bottom for heading in cells), default=-1) + 1
    found = [top] if depth else []
    for row in range(1, depth):
        over = max((c.stack.bottom for c in cells if c.is_group and c.span.bottom < row), default=found[-1])
        under = min((c.stack.top for c in cells if c.span.top >= row), default=bottom)
        low, high = min(over, under) - SNAP, max(over, under) + SNAP
        found.append(next((at for at in rules if low <= at <= high and at > found[-1] + SNAP), (over + under) / 2))
    return found


def _cells(node: _Node, row: int, depth: int) -> Iterator[Heading]:
    bottom = row if node.under else depth - 1
    yield Heading(Span(row, node.first, bottom, node.last), node.stack, bool(node.under))
    for under in node.under:
        yield from _cells(under, row + 1, depth)


def _in_one_row(texts: Sequence[Stack], xs: Sequence[float]) -> Iterator[Heading]:
    for stack in texts:
        yield Heading(Span(0, column_at(xs, stack.start), 0, column_at(xs, stack.end)), stack, False)


def _best(texts: tuple[Stack, ...], xs: tuple[float, ...], em: float) -> _Fit:
    """The tree of least cost over all columns."""
    columns = [column_at(xs, stack.middle) for stack in texts]

    @cache
    def over(first: int, last: int, without: frozenset[int]) -> _Fit:
        """The trees that stand side by side over a range of columns, without the texts above them."""
        fits = [_Fit(0.0, ())]
        for end in range(first, last + 1):
            best = _Fit(_NEVER, ())
            for start in range(first, end + 1):
                if fits[start - first].cost == _NEVER:
                    continue
                one = tree(start, end, without)
                cost = fits[start - first].cost + one.cost
                if cost < best.cost:
                    best = _Fit(cost, fits[start - first].nodes + one.nodes)
            fits.append(best)
        return fits[-1]

    @cache
    def tree(first: int, last: int, without: frozenset[int]) -> _Fit:
        """One tree over all of a range of columns."""
        own = [n for n, column in enumerate(columns) if first <= column <= last and n not in without]
        if not own:
            return _Fit(BLANK if first == last else _NEVER, ())
        top = min(own, key=lambda n: texts[n].top)
        head = texts[top]
        cost = _off(head, xs[first], xs[last + 1], em) if first < last else 0.0
        if len(own) == 1:
            return _Fit(cost + (BARE if first < last else 0.0), (_Node(head, first, last, ()),))
        if any(texts[n].top < head.bottom - LOWER * head.height for n in own if n != top):
            return _Fit(_NEVER, ())
        under = over(first, last, without | {top})
        cost += under.cost + UNEVEN * _spread(under.nodes) / em + (ALONE if len(under.nodes) == 1 else 0.0)
        return _Fit(cost, (_Node(head, first, last, under.nodes),))

    return over(0, len(xs) - 2, frozenset())


def _off(stack: Stack, left: float, right: float, em: float) -> float:
    """Ems that a text is off the middle of its columns, and stands out of them."""
    outside = max(0.0, left - stack.start) + max(0.0, stack.end - right)
    return (abs(stack.middle - (left + right) / 2) + OUTSIDE * outside) / em


def _spread(nodes: Sequence[_Node]) -> float:
    """Points by which the middles of texts with none under them differ."""
    middles = [(node.stack.top + node.stack.bottom) / 2 for node in nodes if not node.under]
    return max(middles) - min(middles) if middles else 0.0
