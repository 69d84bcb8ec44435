"""Which cells the printed figures leave no other amount: bounds of every cell, tightened by every sum that it is in.

Sound, not complete: a cell whose bounds meet is determined; one whose bounds stay apart may be determined by longer reasoning, and
counts as inferred.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from mingsuan.compiling.lifting.cells import members
from mingsuan.compiling.lifting.problem import Problem

ROUNDS_AT_MOST = 12
WORK_AT_MOST = 2_000_000
"""Cells of sums that are looked at; where there are more, only sums of one cell determine it."""

_Sum = tuple[int, int, tuple[int, ...]]


def told(problem: Problem, missed: Sequence[int]) -> tuple[tuple[bool, ...], ...]:
    """For each side and cell whether its bounds leave no more room than the rounding of what is printed.

    Args:
        problem: what was asked.
        missed: demands that were given up, which bound nothing.
    """
    offset = [0]
    for side in problem.sides:
        offset.append(offset[-1] + len(side.cells))
    sums = list(_sums(problem, offset, frozenset(missed)))
    room = max((d.high - d.low for d in problem.demands), default=0)
    least, most = _bounds(sums, offset[-1])
    return tuple(
        tuple(most[n] is not None and (most[n] or 0) - least[n] <= room for n in range(start, end)) for start, end in pairwise(offset)
    )


def _sums(problem: Problem, offset: Sequence[int], missed: frozenset[int]) -> Iterator[_Sum]:
    """Every demand on every side that can tell its region apart."""
    for number, demand in enumerate(problem.demands):
        if number in missed:
            continue
        for start, side in zip(offset, problem.sides, strict=False):
            if side.tells(demand.mask):
                yield demand.low, demand.high, tuple(start + c for c in members(side.inside(demand.mask)))


def _bounds(sums: Sequence[_Sum], size: int) -> tuple[list[int], list[int | None]]:
    least = [0] * size
    most: list[int | None] = [None] * size
    work = 0
    for _ in range(ROUNDS_AT_MOST):
        changed = False
        for low, high, cells in sums:
            work += len(cells)
            if work > WORK_AT_MOST and len(cells) > 1:
                continue
            changed |= _tightened(low, high, cells, least, most)
        if not changed:
            break
    return least, most


def _tightened(low: int, high: int, cells: Sequence[int], least: list[int], most: list[int | None]) -> bool:
    """Tighten the bounds of the cells of one sum; whether any became tighter."""
    changed = False
    bottom = sum(least[c] for c in cells)
    for cell in cells:
        free = high - (bottom - least[cell])
        bound = most[cell]
        if bound is None or free < bound:
            most[cell] = max(free, least[cell])
            changed = True
    tops = [most[c] or 0 for c in cells]
    top = sum(tops)
    for cell, bound in zip(cells, tops, strict=True):
        needed = low - (top - bound)
        if needed > least[cell]:
            least[cell] = min(needed, bound)
            changed = True
    return changed
