"""Neighbouring fragments as one cell, and what speaks against the breaks within it.

Full lines of a cell are as wide as their column, the last is no wider.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mingsuan.reading.flattened.fragments import Fragment

_CLOSE = 2.0
"""Ideographs by which full lines of one cell differ at most."""
_NARROW_TEXT = 8.0
"""Ideographs of a line below which columns of free text are seldom that narrow."""
_NARROWEST = 3.0
"""Ideographs that the narrowest column holds in a line."""
_LINE = 0.1
"""A further line."""
_GAP_IN_TEXT, _GAP = 1.5, 0.9
"""A blank within a line of free text, and of anything else: cells have none."""


class Piece(NamedTuple):
    """Neighbouring fragments as one cell.

    Attributes:
        first, last: where it begins and ends.
        size: how many there are.
        text: what they print together.
        money: one of them prints a number with a decimal point or separators.
        lines: the widths of its lines in ideographs.
        gaps: blanks within its lines; one after a single character is none, short words are spaced so (合 计).
    """

    first: Fragment
    last: Fragment
    size: int
    text: str
    money: bool
    lines: tuple[float, ...]
    gaps: int

    @classmethod
    def of(cls, fragment: Fragment) -> Piece:
        """A fragment by itself."""
        return cls(fragment, fragment, 1, fragment.text, fragment.is_money, (fragment.width,), 0)

    def and_then(self, fragment: Fragment) -> Piece:
        """The cell that goes on with one more fragment."""
        first, last, size, text, money, lines, gaps = self
        if fragment.opens:
            lines = (*lines, fragment.width)
        else:
            lines = (*lines[:-1], lines[-1] + fragment.width)
            gaps += len(last.text) > 1
        return Piece(first, fragment, size + 1, text + fragment.text, money or fragment.is_money, lines, gaps)


def pieces(fragments: Sequence[Fragment], start: int) -> Iterator[Piece]:
    """The cells that may begin with a fragment, the shortest first."""
    piece = Piece.of(fragments[start])
    yield piece
    for number in range(start + 1, len(fragments)):
        piece = piece.and_then(fragments[number])
        yield piece


def breaks(piece: Piece) -> float:
    """What speaks against the breaks within a cell: full lines are equally long, the last is no longer, and none has a blank."""
    *full, last = piece.lines
    cost = _LINE * len(full) + _GAP * piece.gaps
    if not full:
        return cost
    most = max(full)
    uneven = sum(1 for w in full if most - w > _CLOSE)
    return cost + 0.8 * (last > most + 1.0) + min(2.0, 0.6 * uneven) + 0.7 * (most < _NARROWEST)


def known_breaks(piece: Piece) -> float:
    """What speaks against breaks within words that are known from elsewhere: little."""
    return 0.5 * _LINE * (len(piece.lines) - 1)


def text_breaks(piece: Piece, width: float) -> float:
    """What speaks against the breaks within free text, which nothing else tells apart from the text in the next row.

    Args:
        piece: the cell.
        width: how many ideographs its column is known to hold in a line.
    """
    *full, last = piece.lines
    cost = _LINE * len(full) + _GAP_IN_TEXT * piece.gaps
    if not full:
        return cost
    most = max(width, *full)
    uneven = sum(1 for w in full if most - w > _CLOSE)
    return cost + 1.5 * (last > most + 1.0) + 1.5 * uneven + 0.4 * (most < _NARROW_TEXT)
