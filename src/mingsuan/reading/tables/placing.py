"""Cells in their printed order → slots in theirs: the monotone placement that scores best."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def placed(
    cells: int, slots: int, score: Callable[[int, int], float], link: Callable[[int, int, int, int], float]
) -> tuple[int, ...] | None:
    """The slot of each cell, increasing, with the greatest sum of scores; None where there are more cells than slots.

    Args:
        cells: number of cells.
        slots: number of slots.
        score: what it is worth to put a cell into a slot.
        link: what it is worth that neighbouring cells (first, its slot, second, its slot) stand as they do.
    """
    if cells > slots:
        return None
    best: list[tuple[float, tuple[int, ...]] | None] = [None] * slots
    for cell in range(cells):
        fresh: list[tuple[float, tuple[int, ...]] | None] = [None] * slots
        for slot in range(cell, slots - (cells - cell) + 1):
            own = score(cell, slot)
            if cell == 0:
                fresh[slot] = (own, (slot,))
                continue
            for before in range(slot):
                state = best[before]
                if state is not None:
                    total = state[0] + own + link(cell - 1, before, cell, slot)
                    known = fresh[slot]
                    if known is None or total > known[0]:
                        fresh[slot] = (total, (*state[1], slot))
        best = fresh
    ended: Sequence[tuple[float, tuple[int, ...]]] = [s for s in best if s is not None]
    return max(ended, key=lambda s: s[0])[1] if ended else ()
