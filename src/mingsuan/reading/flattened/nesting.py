"""The rows of a list that make up another: what lies below what by region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.dialects.meaning.understand import RowMeaning
from mingsuan.ledger import Box
from mingsuan.reading.flattened.algebra import Algebra, Index, members
from mingsuan.values import dataclass

MAX_ROWS = 400
"""Rows of a list whose regions are compared pair by pair."""


@dataclass(frozen=True)
class Family:
    """A row and the rows that make it up.

    Attributes:
        whole: number of its line.
        parts: numbers of theirs; several lines of one key are all parts, of several names for one region only one counts.
    """

    whole: int
    parts: tuple[int, ...]


def families(rows: Sequence[RowMeaning], algebra: Algebra) -> Iterator[Family]:
    """Every row with rows below it, the widest first."""
    if len(rows) > MAX_ROWS:
        return
    boxes = tuple(dict.fromkeys(row.box for row in rows))
    index = Index(algebra, boxes)
    below = [index.inside(box) & ~(1 << n) for n, box in enumerate(boxes)]
    lines: dict[Box, list[RowMeaning]] = {}
    for row in rows:
        lines.setdefault(row.box, []).append(row)
    wide = {box: sum(len(lines[boxes[n]]) for n in members(below[at])) for at, box in enumerate(boxes)}
    nearest = {box: _nearest(below, below[n]) for n, box in enumerate(boxes)}
    for row in sorted(rows, key=lambda r: -wide[r.box]):
        found = [r for n in members(nearest[row.box]) for r in _one_name(lines[boxes[n]])]
        if found:
            yield Family(row.row, tuple(sorted(r.row for r in found)))


def _nearest(below: Sequence[int], own: int) -> int:
    """Of the regions inside another those that lie in no other of them."""
    for number in members(own):
        own &= ~below[number]
    return own


def _one_name(lines: Sequence[RowMeaning]) -> Iterator[RowMeaning]:
    """The lines that name a region as the first does."""
    return (line for line in lines if line.item == lines[0].item)
