"""Tables whose columns only alignment shows: with level rules alone (three-line tables), in a mere frame, or with no rules at all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from mingsuan.reading.formats.pdf.columns import boundaries, columns, seamed
from mingsuan.reading.formats.pdf.drawing import Piece
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.headings import Heading, headings, levels
from mingsuan.reading.formats.pdf.lattice import SNAP, Lattice, Span
from mingsuan.reading.formats.pdf.limits import MAX_CELLS
from mingsuan.reading.formats.pdf.lines import Line, lines
from mingsuan.reading.formats.pdf.parts import (
    ASCENT,
    FINE,
    LEVEL,
    Segment,
    Stack,
    closeness,
    column_at,
    em_of,
    overlap,
    rows_of,
    segments,
    stacks,
    united,
)
from mingsuan.reading.formats.pdf.regions import bare_regions, ruled_regions
from mingsuan.reading.formats.pdf.runs import Run

WHOLE = 0.8
"""Share of a table's width that a rule takes which parts all its rows."""
_TWO = 2
_LEAST_FILLED = 4


def aligned_in_frame(frame: Box, level: Sequence[Piece], runs: Sequence[Run]) -> Lattice | None:
    """The table in a frame that has no inner upright rules, None where it holds none."""
    return _aligned(frame, level, _upright_within(frame, runs))


def aligned_tables(level: Sequence[Piece], runs: Sequence[Run], taken: Sequence[Box]) -> list[Lattice]:
    """The tables among level rules and runs that belong to no ruled table; `taken` are the boxes of those."""
    found = []
    rest = list(runs)
    for frame, rules in ruled_regions(level, taken, lines([run for run in runs if run.turn == 0]) if level else ()):
        grid = _aligned(frame, rules, _upright_within(frame, rest))
        if grid is not None:
            found.append(grid)
            rest = [run for run in rest if not _stands_in(run, grid.box)]
    upright = [run for run in rest if run.turn == 0]
    if not upright:
        return found
    for frame in bare_regions(lines(upright), [*taken, *(grid.box for grid in found)], em_of(upright)):
        grid = _aligned(frame, (), _upright_within(frame, rest))
        if grid is not None:
            found.append(grid)
    return found


def _upright_within(frame: Box, runs: Sequence[Run]) -> list[Run]:
    return [run for run in runs if run.turn == 0 and _stands_in(run, frame)]


def _stands_in(run: Run, frame: Box) -> bool:
    box = run.box
    return frame.holds((box.left + box.right) / 2, (box.top + box.bottom) / 2)


class _Text(NamedTuple):
    """What stands in the frame of a table.

    Attributes:
        em: width of a Chinese character.
        close: distance of the lines of a cell at most.
        heading: parts of lines over the rows.
        body: lines of the rows.
        under: where the rows begin.
    """

    em: float
    close: float
    heading: list[Segment]
    body: list[list[Segment]]
    under: float


def _aligned(frame: Box, level: Sequence[Piece], runs: Sequence[Run]) -> Lattice | None:
    """The grid of a region, None where its text stands in one column."""
    if not runs:
        return None
    em = em_of(runs)
    xs = seamed(frame.left, frame.right, level, runs)
    printed = lines(runs)
    rows = [segments(line, em, xs, FINE) for line in printed]
    if sum(1 for row in rows if len(row) >= _TWO) < _TWO or sum(map(len, rows)) < _LEAST_FILLED:
        return None
    rules = _whole(frame, level)
    text = _told(frame, rules, rows, em)
    heads = stacks(text.heading, text.close, em)
    choices = [xs] if xs else _columns(frame, text, heads)
    fits = [(*headings(heads, choice, em), choice) for choice in choices if len(choice) > _TWO and _agrees(rows, choice)]
    if not fits:
        return None
    cells, _, xs = min(fits, key=lambda fit: fit[1])
    text = text._replace(body=_below(printed, text.under, em, xs))
    above = levels(frame.top, text.under, cells, sorted(rule.at for rule in level))
    ys = (*above, *_rows(text.under, frame.bottom, rules, text, xs))
    if len(xs) * len(ys) > MAX_CELLS:
        return None
    return Lattice(tuple(xs), ys, tuple(_spans(xs, ys, cells, len(above), text.body)))


def _below(printed: Sequence[Line], top: float, em: float, xs: Sequence[float]) -> list[list[Segment]]:
    """The lines under a heading, parted by the columns now known."""
    rows = ([s for s in segments(line, em, xs) if s.line >= top] for line in printed)
    return [row for row in rows if row]


def _columns(frame: Box, text: _Text, heads: Sequence[Stack]) -> list[list[float]]:
    """Boundaries of columns that the text may show: one choice, or two."""
    body = [s for row in text.body if len(row) >= _TWO for s in row] or [s for row in text.body for s in row]
    choices = [columns(body, heads, text.em, floating=floating) for floating in (False, True)]
    found = [boundaries(extents, frame.left, frame.right) for extents in choices if extents]
    return found if found[1:] != found[:1] else found[:1]


def _whole(frame: Box, level: Sequence[Piece]) -> list[float]:
    """Positions of the rules that part all rows within a frame."""
    found = [frame.top]
    for rule in sorted(level):
        if rule.at - found[-1] > SNAP and frame.bottom - rule.at > SNAP and rule.end - rule.start >= WHOLE * frame.width:
            found.append(rule.at)
    return found[1:]


def _agrees(rows: Sequence[Sequence[Segment]], xs: Sequence[float]) -> bool:
    """Whether the lines keep to the columns: running text stands in one and crosses many."""
    crossing = sum(1 for row in rows if len(row) == 1 and column_at(xs, row[0].end) > column_at(xs, row[0].start))
    return crossing * _TWO <= len(rows)


# Heading and rows.


def _told(frame: Box, rules: Sequence[float], rows: Sequence[list[Segment]], em: float) -> _Text:
    """The lines of a region parted into those of its heading and those of its rows."""
    close = closeness(rows, em)
    first = _first_row(rows, close, em)
    under = _rule_under_heading(rules, rows, first)
    if under is None and first:
        under = (max(s.line for s in rows[first - 1]) + min(s.line for s in rows[first]) - ASCENT * em) / 2
    if under is None:
        under = frame.top
    over = [[s for s in row if s.line < under] for row in rows]
    body = [[s for s in row if s.line >= under] for row in rows]
    return _Text(em, close, [s for row in over for s in row], [row for row in body if row], under)


def _first_row(rows: Sequence[Sequence[Segment]], close: float, em: float) -> int:
    """Number of the line that the rows begin with: with the first amounts, or after the first lines that stand close."""
    ends = [n for n in range(1, len(rows)) if _step(rows, n) > close]
    full = next((n for n, after in pairwise([*ends, len(rows)]) if _one_each(rows[:n], rows[n:after])), len(rows))
    number = next((n for n, row in enumerate(rows) if len(row) >= _TWO and any(s.is_amount for s in row)), None)
    if number is None:
        return min(full, next(iter(ends), 0))
    line = rows[number][0].line
    tall = (stack for stack in stacks((s for row in rows for s in row), close, em) if len(stack.segments) > 1)
    begun = min((t.segments[0].line for t in tall if t.segments[0].line < line <= t.bottom + close / 2), default=line)
    return min(full, next(n for n, row in enumerate(rows) if row[0].line >= begun - LEVEL))


def _one_each(over: Sequence[Sequence[Segment]], row: Sequence[Sequence[Segment]]) -> bool:
    """Whether a row holds one text under each of those that are lowest over it: then these head the columns."""
    under = united((s for line in row for s in line), 0.0)
    lowest = [
        s for n, line in enumerate(over) for s in line if not any(overlap(s, other) > 0 for lower in over[n + 1 :] for other in lower)
    ]
    if len(lowest) != len(under) or len(under) <= _TWO:
        return False
    edges = [float("-inf"), *((a.middle + b.middle) / 2 for a, b in pairwise(sorted(lowest))), float("inf")]
    return all(left <= s.middle < right for s, left, right in zip(under, edges, edges[1:], strict=False))


def _step(rows: Sequence[Sequence[Segment]], number: int) -> float:
    """Distance of a line from the one above."""
    return rows[number][0].line - rows[number - 1][0].line


def _rule_under_heading(rules: Sequence[float], rows: Sequence[Sequence[Segment]], first: int) -> float | None:
    """The rule that parts heading and rows: the first with text over it, or a later one where that text heads several columns."""
    found = None
    most = 0
    for top, at in pairwise([float("-inf"), *rules]):
        between = [number for number, row in enumerate(rows) if top < row[0].line < at]
        if not between:
            continue
        widest = len(united((s for number in between for s in rows[number]), 0.0))
        if found is not None and (between[-1] >= first or widest <= most):
            break
        found, most = at, widest
    return found


def _rows(top: float, bottom: float, rules: Sequence[float], text: _Text, xs: Sequence[float]) -> list[float]:
    """Boundaries of the rows under the heading: the rules, and where no rule parts them, the middles between them."""
    edges = [top, *(at for at in rules if at - top > SNAP), bottom]
    found = [top]
    for high, low in pairwise(edges):
        columns: list[list[Segment]] = [[] for _ in range(len(xs) - 1)]
        for row in text.body:
            for part in row:
                if high <= part.line - ASCENT / 2 * text.em < low:
                    columns[column_at(xs, part.middle)].append(part)
        rows = rows_of([stacks(column, text.close, text.em) for column in columns])
        extents = sorted((min(s.top for s in row), max(s.bottom for s in row)) for row in rows)
        for above, below in pairwise(extents):
            middle = (above[1] + below[0]) / 2
            if middle > found[-1] + SNAP:
                found.append(middle)
        found.append(low)
    return found


def _spans(
    xs: Sequence[float], ys: Sequence[float], heads: Sequence[Heading], depth: int, body: Sequence[Sequence[Segment]]
) -> Iterator[Span]:
    """Cells of one position each, but those of the heading, and texts over several columns."""
    known = {(heading.span.top, heading.span.left): heading.span for heading in heads}
    for row in body:
        for part in row:
            first, last = column_at(xs, part.start), column_at(xs, part.end)
            if first < last:
                number = max(depth, min(bisect_right(ys, part.line, 1, len(ys) - 1) - 1, len(ys) - _TWO))
                known.setdefault((number, first), Span(number, first, number, last))
    covered: set[tuple[int, int]] = set()
    for number in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (number, column) in covered:
                continue
            span = known.get((number, column), Span(number, column, number, column))
            own = {(r, c) for r in range(span.top, span.bottom + 1) for c in range(span.left, span.right + 1)}
            if own & covered:
                span, own = Span(number, column, number, column), {(number, column)}
            covered |= own
            yield span
