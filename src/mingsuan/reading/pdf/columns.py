"""Columns that only the text shows: what stands under each other between gutters that no line crosses."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from mingsuan.reading.pdf.drawing import Piece
from mingsuan.reading.pdf.lattice import SNAP
from mingsuan.reading.pdf.lines import Line
from mingsuan.reading.pdf.runs import Run

GUTTER = 0.6
"""Ems that part two columns on a line."""
NARROWEST = 7.0
"""Points of the narrowest column that seams of rules may show; dashes are nearer."""
MOST_OVER = 0.2
"""Share of runs that may stand over boundaries that seams show."""

_TWO = 2
_AMOUNT = re.compile(r"[-－—+(（]?[¥￥]?\d[\d,，]*(?:[.．]\d+)?[%％)）]?|[-－—]+")


class Segment(NamedTuple):
    """Text between gutters on a line."""

    start: float
    end: float
    text: str

    @property
    def is_amount(self) -> bool:
        """Whether it is a number or the dash that stands for none."""
        return _AMOUNT.fullmatch(self.text) is not None


def segments(line: Line, boundaries: Sequence[float] = ()) -> list[Segment]:
    """The parts of a line that gutters keep apart, or that stand in different columns where their boundaries are known."""
    groups: list[list[Run]] = []
    for run in line.runs:
        if groups and _together(groups[-1][-1], run, boundaries):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [Segment(group[0].starts[0], max(run.ends[-1] for run in group), "".join(run.text for run in group)) for group in groups]


def _together(before: Run, run: Run, boundaries: Sequence[float]) -> bool:
    if boundaries:
        return column_at(boundaries, _middle(before)) == column_at(boundaries, _middle(run))
    return run.starts[0] - before.ends[-1] <= GUTTER * run.size


def _middle(run: Run) -> float:
    return (run.starts[0] + run.ends[-1]) / 2


def column_at(boundaries: Sequence[float], x: float) -> int:
    """Number of the column that a point stands in; what is outside stands in the outermost."""
    return max(0, min(bisect_right(boundaries, x) - 1, len(boundaries) - 2))


def seamed(left: float, right: float, level: Iterable[Piece], runs: Sequence[Run]) -> list[float]:
    """Boundaries of columns that the seams of level rules show, none where they show none or the text does not keep to them."""
    found = [left]
    for seam in sorted(seam for rule in level for seam in rule.seams):
        if seam - found[-1] > SNAP:
            found.append(seam)
    if right - found[-1] <= SNAP:
        found.pop()
    found.append(right)
    if len(found) == _TWO or min(b - a for a, b in pairwise(found)) < NARROWEST:
        return []
    over = sum(1 for run in runs if any(run.starts[0] + SNAP < x < run.ends[-1] - SNAP for x in found))
    return found if over <= MOST_OVER * len(runs) else []


def columns(rows: Sequence[Sequence[Segment]]) -> list[tuple[float, float]]:
    """Extents of the columns of a table, from the segments of each of its lines.

    The lines with amounts show the columns. A line above them may head several columns at once; the last such line heads one each,
    among them those that have no amounts.
    """
    body = [row for row in rows if any(s.is_amount for s in row) and len(row) > 1] or [row for row in rows if len(row) > 1]
    first = next((number for number, row in enumerate(rows) if row in body), 0)
    heads = [(segment, number + 1 < first) for number, row in enumerate(rows) if row not in body for segment in row]
    found = _united(segment for row in body for segment in row)
    headed: list[Segment] = []
    for segment, is_over_heads in heads:
        touched = sum(1 for start, end in found if segment.start < end and start < segment.end)
        if touched == 1 or (touched == 0 and not is_over_heads):
            headed.append(segment)
            found = _united([*(Segment(*extent, "") for extent in found), segment])
    return _paired(found, [segment for row in body for segment in row], headed)


def _paired(extents: Sequence[tuple[float, float]], body: Sequence[Segment], heads: Sequence[Segment]) -> list[tuple[float, float]]:
    """Extents with a heading set left made one with the amounts set right (or the other way) that have none over them."""
    found: list[tuple[float, float]] = []
    kinds: list[tuple[bool, bool]] = []
    for extent in extents:
        kind = (_any_within(body, extent), _any_within(heads, extent))
        if heads and found and kinds[-1] != kind and all(a != b for a, b in zip(kind, kinds[-1], strict=True)):
            found[-1], kinds[-1] = (found[-1][0], extent[1]), (True, True)
        else:
            found.append(extent)
            kinds.append(kind)
    return found


def _any_within(parts: Sequence[Segment], extent: tuple[float, float]) -> bool:
    return any(extent[0] <= part.start and part.end <= extent[1] for part in parts)


def _united(parts: Iterable[Segment]) -> list[tuple[float, float]]:
    """Extents of parts that overlap."""
    found: list[tuple[float, float]] = []
    for part in sorted(parts):
        if found and part.start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], part.end))
        else:
            found.append((part.start, part.end))
    return found
