"""Cells that break over lines: full lines are as wide as their column, the last is no wider."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mingsuan.model import CellKind
from mingsuan.reading.flattened.fragments import Fragment

_CLOSE = 2.0
"""Ideographs by which full lines of one cell differ at most."""
_NARROW_TEXT = 8.0
"""Ideographs of a line below which columns of free text are seldom that narrow."""
_NARROWEST = 3.0
"""Ideographs that the narrowest column holds in a line."""


def breaks(cell: Sequence[Fragment], kind: CellKind, width: float, *, known: bool) -> float:
    """What speaks against the breaks within a cell: full lines are equally long and the last is no longer.

    Explanations have paragraphs of their own; the cells of a list of texts tell each other apart by nothing else.
    """
    if len(cell) == 1:
        return 0.0
    cost = 0.0
    widths = [cell[0].width]
    for before, fragment in pairwise(cell):
        if fragment.opens:
            widths.append(fragment.width)
            cost += 0.1
        else:
            widths[-1] += fragment.width
            cost += 0.0 if len(before.text) == 1 or known else (1.5 if kind is CellKind.TEXT else 0.9)
    if known:
        return 0.5 * cost
    full, last = widths[:-1], widths[-1]
    if full:
        most = max(width, *full)
        uneven = sum(1 for w in full if most - w > _CLOSE)
        if kind is CellKind.TEXT:
            return cost + 1.5 * (last > most + 1.0) + 1.5 * uneven + 0.4 * (most < _NARROW_TEXT)
        cost += 0.8 * (last > most + 1.0) + min(2.0, 0.6 * uneven) + 0.7 * (most < _NARROWEST)
    return cost
