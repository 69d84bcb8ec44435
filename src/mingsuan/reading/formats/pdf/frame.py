"""Pages whose text runs up, down or upside down: they are read as they are turned for reading, and placed as they are shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from mingsuan.reading.formats.pdf.drawing import Piece
from mingsuan.reading.formats.pdf.geometry import Box
from mingsuan.reading.formats.pdf.glyphs import spot
from mingsuan.reading.formats.pdf.runs import Run

MOST = 0.6
"""Share of a page's characters that must be turned alike before it is turned."""


Point = tuple[float, float]


class Frame(NamedTuple):
    """How a page is held for reading.

    Attributes:
        turn: quarter turns clockwise that its text has as it is shown.
        width: its width as it is shown.
        height: its height as it is shown.
    """

    turn: int
    width: float
    height: float

    @property
    def held(self) -> Box:
        """The page as it is read."""
        return Box(0.0, 0.0, self.width, self.height) if self.turn % 2 == 0 else Box(0.0, 0.0, self.height, self.width)

    def _shift(self) -> Point:
        """What is added to the frame of reading of turned text so that the page begins at nought."""
        return ((0.0, 0.0), (0.0, self.width), (self.width, self.height), (self.height, 0.0))[self.turn]

    def run(self, run: Run) -> Run:
        """A run as the page is read."""
        dx, dy = self._shift()
        turn = (run.turn - self.turn) % 4
        du, dv = spot(dx, dy, -turn % 4)
        return Run(
            run.text,
            [u + du for u in run.starts],
            [u + du for u in run.ends],
            run.line + dv,
            run.top + dv,
            run.bottom + dv,
            turn,
            run.breaks,
        )

    def rules(self, level: Iterable[Piece], upright: Iterable[Piece]) -> tuple[list[Piece], list[Piece]]:
        """Level and upright rules as the page is read."""
        lying = [self._rule((r.start, r.at), (r.end, r.at), [(seam, r.at) for seam in r.seams], r.thickness) for r in level]
        standing = [self._rule((r.at, r.start), (r.at, r.end), [(r.at, seam) for seam in r.seams], r.thickness) for r in upright]
        return (sorted(lying), sorted(standing)) if self.turn % 2 == 0 else (sorted(standing), sorted(lying))

    def _rule(self, start: Point, end: Point, seams: Iterable[Point], thickness: float) -> Piece:
        (x0, y0), (x1, y1) = sorted((self._held(start), self._held(end)))
        across = x1 - x0 >= abs(y1 - y0)
        met = sorted(self._held(seam)[0 if across else 1] for seam in seams)
        return Piece(y0, x0, x1, thickness, tuple(met)) if across else Piece(x0, min(y0, y1), max(y0, y1), thickness, tuple(met))

    def _held(self, point: Point) -> Point:
        dx, dy = self._shift()
        x, y = spot(*point, -self.turn % 4)
        return x + dx, y + dy

    def shown(self, box: Box) -> Box:
        """Where a box of the page as it is read stands on the page as it is shown."""
        if self.turn == 0:
            return box
        dx, dy = self._shift()
        (x0, y0), (x1, y1) = spot(box.left - dx, box.top - dy, self.turn), spot(box.right - dx, box.bottom - dy, self.turn)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def frame_of(runs: Iterable[Run], width: float, height: float) -> Frame:
    """How a page is held so that most of its text stands upright."""
    counts: Counter[int] = Counter()
    for run in runs:
        counts[run.turn] += len(run.text)
    turn, most = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    return Frame(turn if most >= MOST * counts.total() else 0, width, height)
