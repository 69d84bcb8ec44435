"""Tables whose columns only alignment shows: with level rules alone (three-line tables), in a mere frame, or with no rules at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from mingsuan.reading.pdf.columns import Segment, column_at, columns, seamed, segments
from mingsuan.reading.pdf.drawing import Piece
from mingsuan.reading.pdf.geometry import Box
from mingsuan.reading.pdf.lattice import SNAP, Lattice, Span
from mingsuan.reading.pdf.lines import Line, lines
from mingsuan.reading.pdf.runs import Run

LONG = 60.0
"""Points of a level rule that can bound a table."""
EVEN = 4.0
"""Points by which the ends of rules of one table may differ."""
NEAR = 3.2
"""Ems between the lines of a table without rules at most."""
LEAST_ROWS = 3
"""Rows with amounts that make a table where no rule does …"""
LEAST_AMOUNTS = 4
"""… or amounts of one row under a heading."""
WRAPPED = 0.8
"""Share of the usual distance of rows at which a line goes on with the row above."""
REGULAR = 1.25
"""Share of the usual distance of rows by which a row of a single segment may follow."""
_OVERLAP = 0.3
_TWO = 2
_LEAST_FILLED = 4


def aligned_in_frame(frame: Box, level: Sequence[Piece], runs: Sequence[Run]) -> Lattice | None:
    """The table in a frame that has no inner upright rules, None where it holds none."""
    return _aligned(frame, level, _upright_within(frame, runs))


def aligned_tables(level: Sequence[Piece], runs: Sequence[Run], taken: Sequence[Box]) -> list[Lattice]:
    """The tables among level rules and runs that belong to no ruled table; `taken` are the boxes of those."""
    found = []
    rest = list(runs)
    for frame, rules in _ruled_regions(level, taken):
        grid = _aligned(frame, rules, _upright_within(frame, rest))
        if grid is not None:
            found.append(grid)
            rest = [run for run in rest if not _stands_in(run, grid.box)]
    for frame in _bare_regions(lines(run for run in rest if run.turn == 0), [*taken, *(grid.box for grid in found)]):
        grid = _aligned(frame, (), _upright_within(frame, rest))
        if grid is not None:
            found.append(grid)
    return found


def _upright_within(frame: Box, runs: Sequence[Run]) -> list[Run]:
    return [run for run in runs if run.turn == 0 and _stands_in(run, frame)]


def _stands_in(run: Run, frame: Box) -> bool:
    box = run.box
    return frame.holds((box.left + box.right) / 2, (box.top + box.bottom) / 2)


# Regions that may hold a table.


def _ruled_regions(level: Sequence[Piece], taken: Sequence[Box]) -> Iterator[tuple[Box, list[Piece]]]:
    """What lies between level rules of one extent, with the shorter rules there; no other table stands between them."""
    rules = sorted(rule for rule in level if rule.end - rule.start >= LONG)
    groups: list[list[Piece]] = []
    for rule in rules:
        group = next((g for g in groups if abs(g[0].start - rule.start) <= EVEN and abs(g[0].end - rule.end) <= EVEN), None)
        if group is not None and not any(_parts(box, group[-1], rule) for box in taken):
            group.append(rule)
        else:
            groups.insert(0, [rule])
    for group in groups:
        if len(group) >= _TWO:
            frame = Box(group[0].start, group[0].at, group[0].end, group[-1].at)
            yield frame, [rule for rule in level if _lies_in(rule, frame)]


def _lies_in(rule: Piece, frame: Box) -> bool:
    return frame.top <= rule.at <= frame.bottom and rule.start >= frame.left - EVEN and rule.end <= frame.right + EVEN


def _parts(box: Box, above: Piece, below: Piece) -> bool:
    return box.top < below.at and box.bottom > above.at and box.left < above.end and box.right > above.start


def _bare_regions(printed: Sequence[Line], taken: Sequence[Box]) -> Iterator[Box]:
    """Lines that follow each other, most with several segments, some of them amounts."""
    block: list[tuple[Line, list[Segment]]] = []
    for line in printed:
        parts = segments(line)
        if not _belongs(block, line, parts, taken):
            yield from _region(block)
            block = []
        if block or len(parts) >= _TWO:
            block.append((line, parts))
    yield from _region(block)


def _region(block: Sequence[tuple[Line, Sequence[Segment]]]) -> Iterator[Box]:
    """The extent of some lines up to the last with several segments, if they are a table."""
    last = max((number for number, (_, row) in enumerate(block) if len(row) >= _TWO), default=-1)
    if _is_tabular([row for _, row in block[: last + 1]]):
        yield _around([line for line, _ in block[: last + 1]])


def _belongs(block: Sequence[tuple[Line, Sequence[Segment]]], line: Line, parts: Sequence[Segment], taken: Sequence[Box]) -> bool:
    """Whether a line may be a row of the table that some lines begin; one of a single segment must begin where one of theirs does."""
    if not block:
        return True
    if not _follows(block[-1][0], line, taken):
        return False
    if len(parts) >= _TWO:
        return True
    step = line.runs[0].line - block[-1][0].runs[0].line
    lined_up = any(abs(line.box.left - segment.start) <= SNAP for _, row in block for segment in row)
    return len(block) >= _TWO and lined_up and step <= REGULAR * _usual_step([one for one, _ in block])


def _follows(above: Line, line: Line, taken: Sequence[Box]) -> bool:
    top, bottom = above.box.bottom, line.box.top
    return bottom - top <= NEAR * line.size and not any(box.top < bottom and box.bottom > top for box in taken)


def _is_tabular(rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether enough lines hold amounts, in columns that are as many as the segments of most lines."""
    numeric = [row for row in rows if any(s.is_amount for s in row[1:])]
    widest = max((sum(s.is_amount for s in row) for row in numeric), default=0)
    if len(numeric) < LEAST_ROWS and (len(rows) < _TWO or widest < LEAST_AMOUNTS):
        return False
    extents = columns(rows)
    decimal = any("." in s.text or "," in s.text for row in numeric for s in row[1:] if s.is_amount)
    return len(extents) >= median(len(row) for row in numeric) and (decimal or len(extents) > _TWO)


def _around(printed: Sequence[Line]) -> Box:
    box = printed[0].box
    for line in printed[1:]:
        box = box.joins(line.box)
    return box


# The grid of a region.


def _aligned(frame: Box, level: Sequence[Piece], runs: Sequence[Run]) -> Lattice | None:
    """The grid of a region, None where its text stands in one column."""
    printed = lines(runs)
    xs = seamed(frame.left, frame.right, level, runs)
    rows = [segments(line, xs) for line in printed]
    if sum(1 for row in rows if len(row) >= _TWO) < _TWO or sum(map(len, rows)) < _LEAST_FILLED:
        return None
    xs = xs or _from_text(frame, rows)
    if len(xs) <= _TWO or not _agrees(rows, xs):
        return None
    ys = _row_boundaries(frame, xs, level, printed, rows)
    return Lattice(tuple(xs), tuple(ys), tuple(_cells(xs, ys, level, printed, rows)))


def _from_text(frame: Box, rows: Sequence[Sequence[Segment]]) -> list[float]:
    """Boundaries of columns in the middle of gutters."""
    extents = columns(rows)
    return [min(frame.left, extents[0][0]), *((a[1] + b[0]) / 2 for a, b in pairwise(extents)), max(frame.right, extents[-1][1])]


def _agrees(rows: Sequence[Sequence[Segment]], xs: Sequence[float]) -> bool:
    """Whether the lines keep to the columns: running text stands in one and crosses many."""
    crossing = sum(1 for row in rows if len(row) == 1 and column_at(xs, row[0].end) > column_at(xs, row[0].start))
    return crossing * _TWO <= len(rows)


def _row_boundaries(
    frame: Box, xs: Sequence[float], level: Sequence[Piece], printed: Sequence[Line], rows: Sequence[Sequence[Segment]]
) -> list[float]:
    """The frame, the rules, and where no rule parts them, the middles between lines that are rows of their own."""
    ys = [frame.top]
    for rule in sorted(level):
        if rule.at - ys[-1] > SNAP:
            ys.append(rule.at)
    if frame.bottom - ys[-1] > SNAP:
        ys.append(frame.bottom)
    usual = _usual_step(printed)
    found = [ys[0]]
    for top, bottom in pairwise(ys):
        within = [i for i, line in enumerate(printed) if top <= (line.box.top + line.box.bottom) / 2 < bottom]
        if _holds_rows([rows[i] for i in within], xs):
            for group, following in pairwise(_rows_of([printed[i] for i in within], [rows[i] for i in within], usual)):
                found.append((max(line.box.bottom for line in group) + min(line.box.top for line in following)) / 2)
        found.append(bottom)
    return found


def _holds_rows(rows: Sequence[Sequence[Segment]], xs: Sequence[float]) -> bool:
    """Whether what stands between two rules is several rows and not one of several lines."""
    numeric = sum(1 for row in rows if any(s.is_amount for s in row))
    several = sum(1 for row in rows if len(row) >= _TWO)
    heads = any(column_at(xs, s.start) < column_at(xs, s.end) for row in rows for s in row)
    return numeric >= _TWO or several >= _TWO or (several > 0 and heads and len(rows) >= _TWO)


def _usual_step(printed: Sequence[Line]) -> float:
    steps = [b.runs[0].line - a.runs[0].line for a, b in pairwise(printed)]
    return median(steps) if steps else 0.0


def _rows_of(printed: Sequence[Line], rows: Sequence[Sequence[Segment]], usual: float) -> list[list[Line]]:
    """Lines grouped into rows: those that overlap, and those of words only that follow the line above more closely than rows do."""
    groups: list[list[Line]] = []
    for line, row in zip(printed, rows, strict=True):
        if groups:
            above = groups[-1][-1]
            overlap = above.box.bottom - line.box.top
            close = line.runs[0].line - above.runs[0].line < WRAPPED * usual
            if overlap > _OVERLAP * line.size or (close and len(row) == 1 and not row[0].is_amount):
                groups[-1].append(line)
                continue
        groups.append([line])
    return groups


def _cells(
    xs: Sequence[float], ys: Sequence[float], level: Sequence[Piece], printed: Sequence[Line], rows: Sequence[Sequence[Segment]]
) -> Iterator[Span]:
    """Cells of one position each, but headings over several columns."""
    heads: dict[int, list[tuple[int, int]]] = {}
    for line, row in zip(printed, rows, strict=True):
        middle = (line.box.top + line.box.bottom) / 2
        number = max(0, min(sum(1 for y in ys[1:-1] if y <= middle), len(ys) - 2))
        for segment in row:
            first, last = column_at(xs, segment.start), column_at(xs, segment.end)
            if first < last:
                heads.setdefault(number, []).append(_under_rule(first, last, ys[number + 1], xs, level))
    for number in range(len(ys) - 1):
        column = 0
        while column < len(xs) - 1:
            last = max((b for a, b in heads.get(number, []) if a <= column <= b), default=column)
            yield Span(number, column, number, last)
            column = last + 1


def _under_rule(first: int, last: int, bottom: float, xs: Sequence[float], level: Sequence[Piece]) -> tuple[int, int]:
    """Columns of a heading: those that the rule right under it spans, where it is a part of the line."""
    for rule in level:
        part = (column_at(xs, rule.start + SNAP), column_at(xs, rule.end - SNAP))
        if abs(rule.at - bottom) <= SNAP and part[0] <= first and last <= part[1] and part[1] - part[0] < len(xs) - _TWO:
            return part
    return first, last
