"""Runs → printed lines, by baseline, and their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.runs import Run

SAME_LINE = 0.4
"""Ems by which baselines of one line may differ: raised figures, and fonts that sit differently."""
WORD = 0.25
"""Ems between Latin words or figures."""
SPACE = 0.45
"""Ems between anything else that stands apart on a line."""


class Line(NamedTuple):
    """A printed line: runs from left to right (in their frame of reading)."""

    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        """Its text, a blank where runs stand apart."""
        text = self.runs[0].text
        for before, run in zip(self.runs, self.runs[1:], strict=False):
            text += (" " if _apart(before, run) else "") + run.text
        return text

    @property
    def box(self) -> Box:
        """Its extent on the page."""
        box = self.runs[0].box
        for run in self.runs[1:]:
            box = box.joins(run.box)
        return box

    @property
    def size(self) -> float:
        """Height of its largest em."""
        return max(run.size for run in self.runs)


def _apart(before: Run, run: Run) -> bool:
    gap, size = run.starts[0] - before.ends[-1], min(before.size, run.size)
    latin = before.text[-1].isascii() and run.text[0].isascii()
    return gap > size * (WORD if latin else SPACE)


def lines(runs: Iterable[Run]) -> list[Line]:
    """The lines of some runs from top to bottom; turned text after upright."""
    found: list[Line] = []
    by_turn: dict[int, list[Run]] = {}
    for run in runs:
        by_turn.setdefault(run.turn, []).append(run)
    for turn in sorted(by_turn):
        found += [Line(tuple(sorted(line, key=_start))) for line in _levels(by_turn[turn])]
    return found


def _start(run: Run) -> float:
    return run.starts[0]


def _levels(runs: list[Run]) -> Iterator[list[Run]]:
    """Runs that stand on one baseline."""
    runs.sort(key=attrgetter("line"))
    level: list[Run] = []
    for run in runs:
        if level and run.line - level[0].line > SAME_LINE * min(run.size, level[0].size):
            yield level
            level = []
        level.append(run)
    if level:
        yield level


def text_of(runs: Sequence[Run]) -> str:
    """The text of a cell: its lines joined by nothing."""
    if len(runs) == 1:
        return runs[0].text
    return "".join([line.text for line in lines(runs)])
