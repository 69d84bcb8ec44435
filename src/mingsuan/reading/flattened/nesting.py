"""The rows of a list that make up another: what lies below what by region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingsuan.dialects.meaning import RowMeaning
from mingsuan.ledger import Box
from mingsuan.reading.flattened.algebra import Algebra

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
    inside = {r.row: [o for o in rows if o.box != r.box and algebra.within(o.box, r.box)] for r in rows}
    for row in sorted(rows, key=lambda r: -len(inside[r.row])):
        below = inside[row.row]
        nearest = [o for o in below if not any(m.box != o.box and algebra.within(o.box, m.box) for m in below)]
        items: dict[Box, str] = {}
        for part in nearest:
            items.setdefault(part.box, part.item)
        parts = tuple(p.row for p in nearest if items[p.box] == p.item)
        if parts:
            yield Family(row.row, parts)
