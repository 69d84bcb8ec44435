"""Where a page may hold tables that no web of rules shows: between level rules of one extent, and where amounts stand under each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import pairwise
from statistics import median

from mingsuan.patterns import regex
from mingsuan.reading.formats.pdf.drawing import Piece
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.lattice import SNAP
from mingsuan.reading.formats.pdf.lines import Line
from mingsuan.reading.formats.pdf.parts import Segment, overlap, segments, united
from mingsuan.values import dataclass

LONG = 60.0
"""Points of a level rule that can bound a table."""
EVEN = 4.0
"""Points by which the ends of rules of one table may differ."""
NEAR = 3.2
"""Ems between the lines of a table without rules at most."""
LEAST_ROWS = 3
"""Rows with figures that make a table where no rule does …"""
LEAST_AMOUNTS = 4
"""… or amounts of one row under a heading."""
REGULAR = 1.5
"""Times the usual distance of rows by which a row of a single segment in the first column may follow."""
SIZES = 0.25
"""Share by which the sizes of a table's lines may differ."""
LONGEST = 14.0
"""Ems of a heading at most that stands alone on a line."""
OVER = 1.5
"""Ems that a heading must be off the middle of its table, or it is a title."""
LOOSE = 2.4
"""Ems by which it may follow however near each other other lines are."""
CLOSE = 0.6
"""Ems between two lines of one cell at most."""
_TWO = 2
_NOTE = regex(r"(?:备?注|说明|填表)\s*[:：]?")
_UNIT = regex(r"[（(]?(?:金额|货币)?(?:单位|币种)\s*[:：]")


def ruled_regions(level: Sequence[Piece], taken: Sequence[Box], printed: Sequence[Line]) -> Iterator[tuple[Box, list[Piece]]]:
    """What lies between level rules of one extent, with the shorter rules there; no other table and no title stands between them."""
    rules = sorted(rule for rule in level if rule.end - rule.start >= LONG)
    titles = list(_titles(printed)) if rules else []
    groups: list[list[Piece]] = []
    for rule in rules:
        group = next((g for g in groups if abs(g[0].start - rule.start) <= EVEN and abs(g[0].end - rule.end) <= EVEN), None)
        if group is not None and not _are_parted(group[-1], rule, taken, titles):
            group.append(rule)
        else:
            groups.insert(0, [rule])
    for group in groups:
        if len(group) >= _TWO:
            frame = Box(group[0].start, group[0].at, group[0].end, group[-1].at)
            yield frame, [rule for rule in level if _lies_in(rule, frame)]


def _lies_in(rule: Piece, frame: Box) -> bool:
    return frame.top <= rule.at <= frame.bottom and rule.start >= frame.left - EVEN and rule.end <= frame.right + EVEN


def _titles(printed: Sequence[Line]) -> Iterator[Box]:
    """Lines that name the unit of a table, with the line right over them: the title of the table below."""
    for above, line in pairwise(printed):
        if _UNIT.search(line.text) and line.box.top - above.box.bottom <= NEAR * line.size:
            yield above.box.joins(line.box)


def _are_parted(above: Piece, below: Piece, taken: Sequence[Box], titles: Sequence[Box]) -> bool:
    """Whether two rules belong to two tables: one stands between them, or both lines of a title do."""
    return any(_parts(box, above, below) for box in taken) or any(
        _parts(box, above, below) and above.at < box.top and box.bottom < below.at for box in titles
    )


def _parts(box: Box, above: Piece, below: Piece) -> bool:
    return box.top < below.at and box.bottom > above.at and box.left < above.end and box.right > above.start


@dataclass
class _Block:
    """Lines that may be the rows of a table, while they are collected, each with its parts; `before` are those right over them."""

    before: list[tuple[Line, list[Segment]]]
    rows: list[tuple[Line, list[Segment]]] = field(default_factory=list)


def bare_regions(printed: Sequence[Line], taken: Sequence[Box], em: float) -> Iterator[Box]:
    """Lines that follow each other, most with several segments, some of them amounts, with the heading over them."""
    block = _Block([])
    seen: list[tuple[Line, list[Segment]]] = []
    for line in printed:
        parts = segments(line, em)
        is_unit = any(_UNIT.match(part.text) for part in parts)
        if is_unit or not _belongs(block.rows, line, parts, taken, em):
            yield from _region(block, taken)
            block = _Block(seen[-_MOST_BEFORE:])
        if not is_unit and (block.rows or len(parts) >= _TWO):
            block.rows.append((line, parts))
        else:
            block.before = [*seen, (line, parts)][-_MOST_BEFORE:]
        seen.append((line, parts))
    yield from _region(block, taken)


_MOST_BEFORE = 8
"""Lines over a table that are looked at for its heading."""


def _region(block: _Block, taken: Sequence[Box]) -> Iterator[Box]:
    """The extent of some lines up to the last with several segments, with the heading over them, if they are a table."""
    last = max((number for number, (_, row) in enumerate(block.rows) if len(row) >= _TWO), default=-1)
    columns = united((s for _, row in block.rows[: last + 1] for s in row if len(row) >= _TWO), 0.0)
    while columns and last < len(block.rows) - 1 and _goes_on(columns, block.rows[last + 1][1][0]):
        last += 1
    rows = block.rows[: last + 1]
    if _is_tabular([row for _, row in rows]):
        yield _around([line for line, _ in (*_heading(block.before, rows, taken), *rows)])


def _goes_on(columns: Sequence[Segment], part: Segment) -> bool:
    """Whether a line of one text is a further row, or a further line of the last one: it stays within a column and is no note."""
    free = [*(c.start for c in columns[1:]), columns[-1].end + SNAP]
    inside = any(c.start - SNAP <= part.start <= c.end and part.end <= end for c, end in zip(columns, free, strict=True))
    return inside and not _NOTE.match(part.text)


def _heading(
    before: Sequence[tuple[Line, list[Segment]]], rows: Sequence[tuple[Line, list[Segment]]], taken: Sequence[Box]
) -> list[tuple[Line, list[Segment]]]:
    """The lines right over some rows that head them: up to the highest that stands over several columns but not over all."""
    columns = sorted(united((s for _, row in rows for s in row if len(row) >= _TWO), 0.0))
    found: list[tuple[Line, list[Segment]]] = []
    kept = 0
    below = rows[0][0]
    for line, parts in reversed(before):
        if not _follows(line, below, taken) or abs(line.size - below.size) > SIZES * below.size or any(_UNIT.match(p.text) for p in parts):
            break
        if len(parts) == 1 and parts[0].end - parts[0].start > LONGEST * line.size:
            break
        found.insert(0, (line, parts))
        if len(parts) >= _TWO or _heads_some(parts[0], columns, line.size) or _begins_cell(line, parts[0], (*found[1:], *rows)):
            kept = len(found)
        below = line
    return found[len(found) - kept :]


def _heads_some(part: Segment, columns: Sequence[Segment], em: float) -> bool:
    """Whether a text stands over several columns, but not in the middle of all, as a title does."""
    left, right = columns[0].start, columns[-1].end
    inside = left <= part.start and part.end <= right and abs(part.middle - (left + right) / 2) > OVER * em
    return inside and not any(column.start <= part.start and part.end <= column.end for column in columns)


def _begins_cell(line: Line, part: Segment, below: Sequence[tuple[Line, Sequence[Segment]]]) -> bool:
    """Whether a text is the first line of a cell that is higher than those beside it: right under it stands what goes on with it."""
    under = next(((other, s) for other, row in below for s in row if overlap(s, part) > 0), None)
    if under is None or ":" in part.text or "：" in part.text:
        return False
    other, rest = under
    close = other.box.top - line.box.bottom <= CLOSE * line.size
    return close and abs(rest.middle - part.middle) <= line.size and part.end - part.start <= LONGEST * line.size


def _belongs(
    block: Sequence[tuple[Line, Sequence[Segment]]], line: Line, parts: Sequence[Segment], taken: Sequence[Box], em: float
) -> bool:
    """Whether a line may be a row of the table that some lines begin; one of a single segment must line up with one of theirs.

    Before the first figures it may be a heading, or stand under one.
    """
    if not block:
        return True
    if not _follows(block[-1][0], line, taken):
        return False
    if len(parts) >= _TWO:
        return True
    part = parts[0]
    if not any(_is_aligned(part, s) for _, row in block for s in row):
        if any(s.is_figure for _, row in block for s in row[1:]) or abs(line.size - block[0][0].size) > SIZES * line.size:
            return False
        over = sum(1 for extent in united((s for _, row in block for s in row), 0.0) if overlap(extent, part) > 0)
        return over == 1 or part.end - part.start <= LONGEST * em
    step = line.runs[0].line - block[-1][0].runs[0].line
    further = part.start > min(s.end for _, row in block for s in row)
    return further or step <= max(REGULAR * _usual_step([one for one, _ in block]), LOOSE * em)


def _is_aligned(part: Segment, other: Segment) -> bool:
    return min(abs(part.start - other.start), abs(part.end - other.end), abs(part.middle - other.middle)) <= SNAP


def _usual_step(printed: Sequence[Line]) -> float:
    steps = [b.runs[0].line - a.runs[0].line for a, b in pairwise(printed)]
    return median(steps) if steps else 0.0


def _follows(above: Line, line: Line, taken: Sequence[Box]) -> bool:
    top, bottom = above.box.bottom, line.box.top
    return bottom - top <= NEAR * line.size and not any(box.top < bottom and box.bottom > top for box in taken)


def _is_tabular(rows: Sequence[Sequence[Segment]]) -> bool:
    """Whether enough lines hold figures, in columns that are as many as the segments of most lines."""
    numeric = [row for row in rows if any(s.is_figure for s in row[1:])]
    widest = max((sum(s.is_amount for s in row) for row in numeric), default=0)
    if len(numeric) < LEAST_ROWS and (len(rows) < _TWO or widest < LEAST_AMOUNTS):
        return False
    extents = united([s for row in numeric if len(row) >= _TWO for s in row], 0.0)
    decimal = any("." in s.text or "," in s.text for row in numeric for s in row[1:] if s.is_amount)
    return len(extents) >= median(len(row) for row in numeric) and (decimal or len(extents) > _TWO)


def _around(printed: Sequence[Line]) -> Box:
    box = printed[0].box
    for line in printed[1:]:
        box = box.joins(line.box)
    return box
