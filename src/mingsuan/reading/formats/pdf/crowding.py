"""Ruled tables with rules between columns but none between rows: what stands between two rules is parted into the rows that it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mingsuan.reading.formats.pdf.headings import Heading, headings, levels
from mingsuan.reading.formats.pdf.lattice import Lattice, Span
from mingsuan.reading.formats.pdf.lines import lines
from mingsuan.reading.formats.pdf.parts import LEVEL, Segment, closeness, column_at, em_of, rows_of, segments, stacks
from mingsuan.reading.formats.pdf.runs import Run
from mingsuan.reading.formats.pdf.wrapped import decimals_of, without_rests

TALL = 2.4
"""Ems that a row is high which may hold several …"""
LEAST = 14.0
"""… and points."""
_TWO = 2


def parted(grid: Lattice, runs: Sequence[Run]) -> Lattice:
    """The grid with the rows that no rule shows, and the heading over them told apart if it is one row too."""
    em = em_of(runs) if runs else LEAST
    tall = [row for row in range(grid.rows) if _may_hold_rows(grid, row, em)]
    inside = [run for run in runs if run.turn == 0 and grid.box.holds(*run.centre(0))] if tall else []
    if not inside:
        return grid
    found: dict[int, list[float]] = {}
    for row in tall:
        if rows := _rows(grid, row, inside, em):
            found[row] = rows
    if not found:
        return grid
    heading = _heading(grid, inside, em) if 1 in found and 0 not in found else []
    return _rebuilt(grid, found, heading)


def _may_hold_rows(grid: Lattice, row: int, em: float) -> bool:
    """Whether a row is high enough for several, and no merged cell reaches into it."""
    high = grid.ys[row + 1] - grid.ys[row] > max(LEAST, TALL * em)
    return high and all(span.top == span.bottom for span in grid.cells if span.top <= row <= span.bottom)


def _in_row(grid: Lattice, row: int, runs: Sequence[Run]) -> list[Run]:
    top, bottom = grid.ys[row], grid.ys[row + 1]
    return [run for run in runs if top <= (run.top + run.bottom) / 2 < bottom]


def _rows(grid: Lattice, row: int, runs: Sequence[Run], em: float) -> list[float]:
    """Boundaries between the rows that one between rules holds: where amounts stand under each other, beside others that do."""
    own = _in_row(grid, row, runs)
    if not _may_repeat(grid, own):
        return []
    told = without_rests([segments(line, em, grid.xs) for line in lines(own)], grid.xs, decimals_of(runs), em)
    columns = [{column_at(grid.xs, s.middle) for s in line if s.is_figure} for line in told if len(line) >= _TWO]
    if not any(a & b for n, a in enumerate(columns) for b in columns[n + 1 :]):
        return []
    close = closeness(told, em)
    cells: dict[int, list[Segment]] = {}
    for line in told:
        for part in line:
            cells.setdefault(column_at(grid.xs, part.middle), []).append(part)
    rows = rows_of([stacks(cell, close, em) for _, cell in sorted(cells.items())])
    extents = sorted((min(s.top for s in one), max(s.bottom for s in one)) for one in rows)
    return [(above[1] + below[0]) / 2 for above, below in pairwise(extents)]


def _may_repeat(grid: Lattice, runs: Sequence[Run]) -> bool:
    """Whether a column has digits on two lines at least."""
    first: dict[int, float] = {}
    for run in runs:
        if run.text[-1].isdigit() or run.text[-1] in "%％":
            column = column_at(grid.xs, run.starts[0])
            if abs(first.setdefault(column, run.line) - run.line) > LEVEL:
                return True
    return False


def _heading(grid: Lattice, runs: Sequence[Run], em: float) -> list[Heading]:
    """Cells of a heading that is one row between rules though it has several; none where it has not."""
    told = [segments(line, em, grid.xs) for line in lines(_in_row(grid, 0, runs))]
    cells, _ = headings(stacks((s for line in told for s in line), closeness(told, em), em), grid.xs, em)
    return cells if any(cell.is_group for cell in cells) else []


def _rebuilt(grid: Lattice, found: dict[int, list[float]], heading: Sequence[Heading]) -> Lattice:
    ys = [grid.ys[0]]
    firsts = []
    for row in range(grid.rows):
        firsts.append(len(ys) - 1)
        inner = levels(grid.ys[0], grid.ys[1], heading)[1:] if row == 0 and heading else found.get(row, [])
        ys += [*inner, grid.ys[row + 1]]
    firsts.append(len(ys) - 1)
    return Lattice(grid.xs, tuple(ys), tuple(sorted(_cells(grid, firsts, found, [cell.span for cell in heading]))))


def _cells(grid: Lattice, firsts: Sequence[int], found: dict[int, list[float]], heading: Sequence[Span]) -> Iterator[Span]:
    for span in grid.cells:
        if span.top == 0 and heading:
            continue
        if span.top in found:
            yield from (Span(row, span.left, row, span.right) for row in range(firsts[span.top], firsts[span.top + 1]))
        else:
            yield Span(firsts[span.top], span.left, firsts[span.bottom + 1] - 1, span.right)
    taken = {(r, c) for s in heading for r in range(s.top, s.bottom + 1) for c in range(s.left, s.right + 1)}
    yield from heading
    if heading:
        yield from (Span(r, c, r, c) for r in range(firsts[1]) for c in range(grid.columns) if (r, c) not in taken)
