"""What stands apart on printed lines, and which of it stands so close above each other that one cell holds it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

from mingsuan.patterns import regex
from mingsuan.reading.formats.pdf.lines import Line
from mingsuan.reading.formats.pdf.runs import Run

GUTTER = 0.65
"""Ems that part two columns on a line …"""
FINE = 0.3
"""… and where it is known that there is a table, of which all lines leave its gutters free."""
ASCENT = 0.8
"""Ems that Chinese characters stand out above their baseline …"""
DESCENT = 0.12
"""… and below it."""
LEADING = 1.75
"""Ems between the lines of a cell at most …"""
TIGHTEST = 0.8
"""… and at least."""
ALIKE = 1.06
"""Times the least distance of lines that the lines of a cell may be from each other."""
EDGE = 0.6
"""Ems by which the lines of a cell may stand off each other's edges."""
HANGING = 1.1
"""Ems by which a line may be longer than the one before: punctuation may stand out."""
EQUAL = 0.97
"""Share of the least distance of two rows below which a distance is another one."""
INK = 0.5
"""Share of its width that a full-width bracket leaves blank on its outer side …"""
TOUCH = 0.2
"""… which parts two columns where their boxes are as many ems apart at least, as does a mere amount before text."""
BESIDE = 0.4
"""Share of the lower of two stacks by which they stand beside each other in a row."""
LEVEL = 2.0
"""Points by which the baselines of parts may differ that stand beside each other."""
_FAR = float("inf")
_SAMPLE = 60
"""Runs by which the size of an em is taken."""
_LOOSE_BOX = 1.25
"""Ems that the box of a font is usually high."""
_TWO = 2
_OPENING, _CLOSING = "（《〈【〔［｛“‘「『", "）》〉】〕］｝”’」』，。、；：！？"
_AMOUNT = regex(r"[-－—+(（]?[¥￥]?\d[\d,，]*(?:[.．]\d+)?[%％)）]?|[-－—]+")
_ITEM = regex(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|其中[:：]")
_SEPARATED = regex(r"[.．,，]")
_CODE = regex(r"\d{10,}")
_FIGURE = regex(r"[≥≤＞＜><=]\s*\d.*")


class Segment(NamedTuple):
    """Text between gutters on a line."""

    start: float
    end: float
    line: float
    text: str

    @property
    def is_amount(self) -> bool:
        """Whether it is a number or the dash that stands for none."""
        return _AMOUNT.fullmatch(self.text) is not None

    @property
    def is_figure(self) -> bool:
        """Whether it is an amount or a bound on one, which no cell breaks into lines (but long codes)."""
        return (self.is_amount and not self.is_code) or _FIGURE.fullmatch(self.text) is not None

    @property
    def is_code(self) -> bool:
        """Whether it is a number of more digits than an amount has."""
        return _CODE.fullmatch(self.text) is not None

    @property
    def begins_item(self) -> bool:
        """Whether it begins with the number of an item of a list."""
        return _ITEM.match(self.text) is not None

    @property
    def middle(self) -> float:
        """Its middle across."""
        return (self.start + self.end) / 2


class Stack(NamedTuple):
    """Lines that follow each other as the lines of a cell do."""

    start: float
    end: float
    top: float
    bottom: float
    segments: tuple[Segment, ...]

    @property
    def middle(self) -> float:
        """Its middle across."""
        return (self.start + self.end) / 2

    @property
    def height(self) -> float:
        """Its extent down."""
        return self.bottom - self.top


def em_of(runs: Sequence[Run]) -> float:
    """Width of a Chinese character; the boxes of characters are as high as the font says, which is more."""
    wide = [
        run.ends[n] - run.starts[n] for run in runs[:_SAMPLE] for n, character in enumerate(run.text) if "\u4e00" <= character <= "\u9fff"
    ]
    return median(wide) if wide else median([run.size for run in runs[:_SAMPLE]]) / _LOOSE_BOX


def segments(line: Line, em: float, boundaries: Sequence[float] = (), gutter: float = GUTTER) -> list[Segment]:
    """The parts of a line that gutters keep apart, or that stand in different columns where their boundaries are known."""
    groups: list[list[Run]] = []
    for run in line.runs:
        if groups and _together(groups[-1], run, em, boundaries, gutter):
            groups[-1].append(run)
        else:
            groups.append([run])
    return [Segment(g[0].starts[0], max(run.ends[-1] for run in g), g[0].line, "".join(run.text for run in g)) for g in groups]


def _together(group: Sequence[Run], run: Run, em: float, boundaries: Sequence[float], gutter: float) -> bool:
    before = group[-1]
    if boundaries:
        return column_at(boundaries, _middle(before)) == column_at(boundaries, _middle(run))
    gap = run.starts[0] - before.ends[-1]
    if gap <= TOUCH * em:
        return True
    if len(group) == 1 and _AMOUNT.fullmatch(before.text) and (_SEPARATED.search(before.text) or _ITEM.match(run.text)):
        return False
    return gap + _blank(run.text[0], _OPENING, em) + _blank(before.text[-1], _CLOSING, em) <= gutter * em


def _blank(character: str, brackets: str, em: float) -> float:
    """Points that a bracket leaves blank on its outer side."""
    return INK * em if character in brackets else 0.0


def _middle(run: Run) -> float:
    return (run.starts[0] + run.ends[-1]) / 2


def column_at(boundaries: Sequence[float], x: float) -> int:
    """Number of the column that a point stands in; what is outside stands in the outermost."""
    return max(0, min(bisect_right(boundaries, x) - 1, len(boundaries) - _TWO))


def overlap(a: Segment | Stack, b: Segment | Stack) -> float:
    """Points that two things share across; negative where they stand apart."""
    return min(a.end, b.end) - max(a.start, b.start)


def closeness(rows: Sequence[Sequence[Segment]], em: float) -> float:
    """Distance of baselines up to which lines under each other are lines of one cell.

    The lines of a cell are the nearest of all, and equally far from each other. Figures and numbered items are never lines that go on,
    so the nearest of them under each other are two rows; where there are none and all lines are equally far apart, each is a row.
    """
    pairs = [pair for pair in _pairs(s for row in rows for s in row) if pair[1].line - pair[0].line >= TIGHTEST * em]
    steps = [below.line - above.line for above, below in pairs if may_go_on(above, below, em)]
    apart = min((below.line - above.line for above, below in pairs if _are_rows(above, below)), default=None)
    most = LEADING * em if apart is None else min(LEADING * em, EQUAL * apart)
    leading = min(steps, default=most)
    if leading >= most:
        return most
    if apart is not None:
        return min(ALIKE * leading, (leading + apart) / 2)
    return ALIKE * leading if max(steps) > ALIKE * leading else EQUAL * leading


def _are_rows(above: Segment, below: Segment) -> bool:
    """Whether two parts under each other are surely of two rows."""
    return (above.is_figure and below.is_figure) or below.begins_item


def may_go_on(above: Segment, below: Segment, em: float) -> bool:
    """Whether a part may be the next line of a text: that is at least as wide, and set at the same side or middle."""
    if _are_rows(above, below) or above.is_figure or (below.is_figure and not above.is_code):
        return False
    off = min(abs(above.start - below.start), abs(above.end - below.end), abs(above.middle - below.middle))
    return off <= EDGE * em and below.end - below.start <= above.end - above.start + HANGING * em


def _pairs(parts: Iterable[Segment]) -> Iterator[tuple[Segment, Segment]]:
    """Parts with those next under them, of one line all."""
    waiting: list[tuple[Segment, float]] = []
    for part in sorted(parts, key=lambda p: p.line):
        still: list[tuple[Segment, float]] = []
        for above, line in waiting:
            if overlap(above, part) <= 0 or above.line > part.line - LEVEL:
                still.append((above, line))
            elif part.line - line <= LEVEL:
                yield above, part
                still.append((above, min(line, part.line)))
        waiting = [*still, (part, _FAR)]


def stacks(parts: Iterable[Segment], close: float, em: float) -> list[Stack]:
    """Parts under each other that stand close, from top to bottom; a text that has two under it does not go on."""
    ordered = sorted(parts, key=lambda p: p.line)
    below: dict[Segment, list[Segment]] = {}
    above: dict[Segment, list[Segment]] = {}
    for over, under in _pairs(ordered):
        below.setdefault(over, []).append(under)
        above.setdefault(under, []).append(over)
    groups: list[list[Segment]] = []
    ending: dict[Segment, list[Segment]] = {}
    for part in ordered:
        before = next((o for o in above.get(part, ()) if o in ending and len(below[o]) == 1 and _goes_on(o, part, close, em)), None)
        group = ending.pop(before) if before is not None else []
        if not group:
            groups.append(group)
        group.append(part)
        ending[part] = group
    return [_stack(group, em) for group in groups]


def _goes_on(last: Segment, part: Segment, close: float, em: float) -> bool:
    return part.line - last.line <= close and may_go_on(last, part, em)


def _stack(group: Sequence[Segment], em: float) -> Stack:
    return Stack(
        min(s.start for s in group), max(s.end for s in group), group[0].line - ASCENT * em, group[-1].line + DESCENT * em, tuple(group)
    )


def united(parts: Iterable[Segment], least: float) -> list[Segment]:
    """Extents of parts that overlap or stand nearer than `least`, from left to right."""
    found: list[Segment] = []
    for part in sorted(parts):
        if found and part.start < found[-1].end + least:
            found[-1] = found[-1]._replace(end=max(found[-1].end, part.end))
        else:
            found.append(part._replace(text=""))
    return found


def rows_of(columns: Sequence[Sequence[Stack]]) -> list[list[Stack]]:
    """Stacks of several columns that stand beside each other, row by row: of each column one at most."""
    ordered = sorted(((s.top, n, s) for n, column in enumerate(columns) for s in column), key=lambda item: item[0])
    rows: list[dict[int, Stack]] = []
    for _, number, stack in ordered:
        row = next((r for r in rows[-_TWO:] if number not in r and _beside(stack, r.values())), None)
        if row is None:
            rows.append({number: stack})
        else:
            row[number] = stack
    return [list(row.values()) for row in rows]


def _beside(stack: Stack, row: Iterable[Stack]) -> bool:
    """Whether a stack stands beside those of a row: it covers much of one of them, or one of it."""
    return any(min(stack.bottom, s.bottom) - max(stack.top, s.top) > BESIDE * min(stack.height, s.height) for s in row)
