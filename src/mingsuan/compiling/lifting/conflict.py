"""The smallest set of printed amounts that contradict each other."""

from __future__ import annotations

from mingsuan.compiling.lifting.problem import Problem
from mingsuan.compiling.lifting.solve import binding, misses

TRIED_AT_MOST = 40
"""Members of a conflict that are left out one by one to see whether the others suffice."""


def conflict(problem: Problem, given_up: int, missed: frozenset[int]) -> tuple[int, ...]:
    """Demands that, with the one given up, cannot all be met; each is needed for that.

    The demands whose sums bind when the one given up is missed as little as can be are a certificate that no ledger meets them all
    (Farkas); a deletion filter then leaves out what is not needed.

    Args:
        problem: what was asked.
        given_up: number of the demand.
        missed: all demands that were given up; the others are met together.
    """
    kept = [n for n in binding(problem, given_up, missed) if n != given_up]
    if len(kept) > TRIED_AT_MOST:
        return tuple(kept)
    for number in tuple(kept):
        fewer = [n for n in kept if n != number]
        if misses(problem, given_up, frozenset(fewer)):
            kept = fewer
    return tuple(kept)
