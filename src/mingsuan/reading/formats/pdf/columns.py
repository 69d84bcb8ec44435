"""Columns that only the text shows: what stands under each other between gutters, and the headings over it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from mingsuan.reading.formats.pdf.drawing import Piece
from mingsuan.reading.formats.pdf.lattice import SNAP
from mingsuan.reading.formats.pdf.parts import Segment, Stack, overlap, united
from mingsuan.reading.formats.pdf.runs import Run

NARROWEST = 7.0
"""Points of the narrowest column that seams of rules may show; dashes are nearer."""
MOST_OVER = 0.2
"""Share of runs that may stand over boundaries that seams show."""
LEAST_GUTTER = 0.2
"""Ems of a gutter over all rows at least."""
MOST_CROSSING = 0.1
"""Share of a column's parts that may cross the gutter between two headings over it."""
EMPTY = 0.6
"""Cost, in usual widths of a column between a heading and what it stands over, of a heading over nothing …"""
FURTHER = 0.4
"""… of each further part of a column that a gutter parts …"""
HEADLESS = 2.0
"""… of a column without a heading, …"""
SKIPPED = 0.1
"""… and of a text that may head its neighbours together being no heading of a column of its own."""
MOST_PAIRS = 4000
"""Pairs of headings and columns of which more are not tried."""
_FLOATING = "^"
_ORPHAN, _SKIP = -1, -2
_TWO = 2


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


def columns(body: Sequence[Segment], texts: Sequence[Stack], em: float, *, floating: bool = False) -> list[Segment]:
    """Extents of the columns of a table, from the parts of its rows and the texts of its heading.

    As many texts stand right over the rows as there are columns. What stands under each other belongs to the nearest of them, which may
    stand in the middle of a column whose figures stand at its right. A text between two lower ones may head these together, and does if
    `floating`.
    """
    extents = united(body, LEAST_GUTTER * em)
    leaves = _leaves(texts, em, floating=floating)
    extents = _parted(extents, body, leaves)
    if not leaves or len(leaves) * len(extents) > MOST_PAIRS:
        return extents
    leaves = _merged(leaves, extents)
    across = max(p.end for p in (*leaves, *extents)) - min(p.start for p in (*leaves, *extents))
    return sorted(_matched(leaves, extents, across / len(leaves)))


def boundaries(extents: Sequence[Segment], left: float, right: float) -> list[float]:
    """Boundaries of columns in the middle of gutters."""
    inner = [(a.end + b.start) / 2 for a, b in pairwise(extents)]
    return [min(left, extents[0].start), *inner, max(right, extents[-1].end)]


def _leaves(texts: Sequence[Stack], em: float, *, floating: bool) -> list[Segment]:
    """The texts of a heading that have none under them, from left to right; those that may head their neighbours together say so."""
    lowest = [t for t in texts if not any(_is_under(other, t, em) and overlap(t, other) > 0 for other in texts)]
    lowest.sort(key=lambda t: t.middle)
    middle = (min(t.top for t in texts) + max(t.bottom for t in texts)) / _TWO if texts else 0.0
    between = [t for n, t in enumerate(lowest) if _is_between(n, lowest, em)]
    if floating:
        while between:
            lowest = [t for t in lowest if t not in between]
            between = [t for n, t in enumerate(lowest) if _is_between(n, lowest, em)]
        return [Segment(t.start, t.end, t.bottom, "") for t in lowest]
    high = [t for t in between if _is_high(t, texts, middle, em)]
    return [Segment(t.start, t.end, t.bottom, _FLOATING if t in high else "") for t in lowest]


def _is_under(text: Stack, other: Stack, em: float) -> bool:
    return text.top > other.bottom - em / _TWO


def _is_between(number: int, lowest: Sequence[Stack], em: float) -> bool:
    """Whether there are lower texts at both sides of one."""
    beside = [*lowest[max(0, number - 1) : number], *lowest[number + 1 : number + _TWO]]
    return len(beside) == _TWO and all(_is_under(other, lowest[number], em) for other in beside)


def _is_high(text: Stack, texts: Sequence[Stack], middle: float, em: float) -> bool:
    """Whether a text stands elsewhere than one that reaches from the top of the heading to the rows."""
    higher = (text.top + text.bottom) / _TWO < middle - em / _TWO
    return higher or any(_is_under(text, other, em) and overlap(text, other) > 0 for other in texts)


def _parted(extents: Sequence[Segment], body: Sequence[Segment], leaves: Sequence[Segment]) -> list[Segment]:
    """Extents, those under several headings parted where hardly anything crosses the gutter between these."""
    found: list[Segment] = []
    for extent in extents:
        over = [leaf for leaf in leaves if overlap(leaf, extent) > 0]
        own = [part for part in body if overlap(part, extent) > 0]
        rest = own
        for a, b in pairwise(over):
            at = min((a.end, (a.end + b.start) / _TWO, b.start), key=lambda x: sum(1 for p in own if p.start < x < p.end))
            if sum(1 for p in own if p.start < at < p.end) <= MOST_CROSSING * len(own):
                before = [p for p in rest if p.middle < at]
                rest = [p for p in rest if p.middle >= at]
                found += _around(before)
        found += _around(rest)
    return sorted(found)


def _around(parts: Sequence[Segment]) -> list[Segment]:
    return [Segment(min(p.start for p in parts), max(p.end for p in parts), parts[0].line, "")] if parts else []


def _merged(leaves: Sequence[Segment], extents: Sequence[Segment]) -> list[Segment]:
    """Texts over one extent made one."""
    found: list[Segment] = []
    for leaf in leaves:
        if found and not (leaf.text or found[-1].text) and any(overlap(found[-1], e) > 0 and overlap(leaf, e) > 0 for e in extents):
            found[-1] = found[-1]._replace(end=max(found[-1].end, leaf.end))
        else:
            found.append(leaf)
    return found


def _matched(leaves: Sequence[Segment], extents: Sequence[Segment], usual: float) -> list[Segment]:
    """Columns: headings with the extents that belong to them, in order, at the least cost."""
    rows, count = len(leaves), len(extents)
    cost = [[0.0] * (count + 1) for _ in range(rows + 1)]
    taken = [[0] * (count + 1) for _ in range(rows + 1)]
    for i in range(rows, -1, -1):
        for j in range(count, -1, -1):
            cost[i][j], taken[i][j] = min(_choices(leaves, extents, i, j, cost, usual), default=(0.0, 0))
    found: list[Segment] = []
    i = j = 0
    while i < rows or j < count:
        step = taken[i][j]
        if step == _SKIP:
            i += 1
        elif step == _ORPHAN:
            found.append(extents[j])
            j += 1
        else:
            found += _around([leaves[i], *extents[j : j + step]])
            i, j = i + 1, j + step
    return found


def _choices(
    leaves: Sequence[Segment], extents: Sequence[Segment], i: int, j: int, cost: Sequence[Sequence[float]], usual: float
) -> Iterable[tuple[float, int]]:
    """What may come next and its cost: a column without heading, no column under a heading, or a heading with so many extents."""
    if j < len(extents):
        yield HEADLESS + cost[i][j + 1], _ORPHAN
    if i < len(leaves):
        yield EMPTY + cost[i + 1][j], 0
        if leaves[i].text == _FLOATING:
            yield SKIPPED + cost[i + 1][j], _SKIP
        asunder = 0.0
        for k in range(j, len(extents)):
            asunder += max(0.0, -overlap(leaves[i], extents[k])) / usual
            yield asunder + FURTHER * (k - j) + cost[i + 1][k + 1], k - j + 1
