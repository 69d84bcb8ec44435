"""Figures too long for their cells, which the typesetter broke into two lines: 1431.6749 over 55 in a table of six decimals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingsuan.patterns import regex
from mingsuan.reading.formats.pdf.parts import EDGE, LEADING, Segment, column_at
from mingsuan.reading.formats.pdf.runs import Run

MARGINS = 2.0
"""Ems that a cell leaves free at both sides together at most."""
_BROKEN = regex(r"[-－−]?\d[\d,，]*\.(\d*)")
_DECIMALS = regex(r"\.(\d+)\Z")


def decimals_of(runs: Iterable[Run]) -> int:
    """The decimals of the figures of a table: a broken one has fewer."""
    return max((len(found[1]) for run in runs if (found := _DECIMALS.search(run.text))), default=0)


def without_rests(told: Sequence[Sequence[Segment]], xs: Sequence[float], decimals: int, em: float) -> list[list[Segment]]:
    """The lines of what stands between two rules without the parts that only end a figure broken over them.

    Such a part lacks nothing but the decimals that the figure over it in the same cell has too few of, and both together do not fit.
    """
    found: list[list[Segment]] = []
    above: dict[int, Segment] = {}
    for line in told:
        rests = [part for part in line if _ends(above.get(column_at(xs, part.middle)), part, xs, decimals, em)]
        above.update((column_at(xs, part.middle), part) for part in line)
        found.append([part for part in line if part not in rests])
    return [line for line in found if line]


def _ends(above: Segment | None, part: Segment, xs: Sequence[float], decimals: int, em: float) -> bool:
    broken = _BROKEN.fullmatch(above.text) if above is not None else None
    if above is None or broken is None or not part.text.isdecimal() or len(broken[1]) + len(part.text) != decimals:
        return False
    column = column_at(xs, part.middle)
    whole = above.end - above.start + part.end - part.start
    aligned = min(abs(above.start - part.start), abs(above.end - part.end), abs(above.middle - part.middle)) <= EDGE * em
    return aligned and part.line - above.line <= LEADING * em and whole + MARGINS * em > xs[column + 1] - xs[column]
