"""Pieces of rules → whole rules: broken ones joined, drawn-over ones made one, corner dots taken in, crumbs dropped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter

from mingsuan.reading.formats.pdf.drawing import Piece

SAME_LINE = 1.0
"""Points by which pieces of one rule may lie beside each other."""
JOIN = 3.0
"""Points of a gap that a broken or dashed rule may have."""
SHORTEST = 4.0
"""Points of a rule that can be the side of a cell."""


_AT, _START = itemgetter(0), itemgetter(1)


def joined(pieces: Iterable[Piece], *, seams: bool = False) -> list[Piece]:
    """Whole rules of one direction, by position, with the `seams` of their pieces if they are wanted."""
    return [rule for line in _lines(pieces) for rule in _joined(line, seams) if rule.end - rule.start >= SHORTEST]


def _lines(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces that lie on one line."""
    line: list[Piece] = []
    for piece in sorted(pieces, key=_AT):
        if line and piece.at - line[-1].at > SAME_LINE:
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _joined(line: list[Piece], seams: bool) -> Iterator[Piece]:
    """The pieces of one line that meet, as one rule where the longer of them lie."""
    line.sort(key=_START)
    run: list[Piece] = []
    end = float("-inf")
    for piece in line:
        if run and piece.start > end + JOIN:
            yield _one(run, end, seams)
            run, end = [], piece.end
        run.append(piece)
        if piece.end > end:
            end = piece.end
    if run:
        yield _one(run, end, seams)


def _one(run: list[Piece], end: float, seams: bool) -> Piece:
    if len(run) == 1:
        return run[0]
    lengths = [p.end - p.start for p in run]
    weight = sum(lengths)
    at = sum([p.at * length for p, length in zip(run, lengths, strict=True)]) / weight if weight > SHORTEST else run[0].at
    thickness = max([p.thickness for p in run])
    return Piece(at, run[0].start, end, thickness, tuple(_seams(run, thickness)) if seams else ())


def _seams(run: list[Piece], thickness: float) -> Iterator[float]:
    """Where pieces meet end to end; strokes stand out by their thickness."""
    reached = run[0].end
    for piece in run[1:]:
        if abs(piece.start - reached) <= thickness + SAME_LINE and piece.end > reached:
            yield (piece.start + reached) / 2
        reached = max(reached, piece.end)
