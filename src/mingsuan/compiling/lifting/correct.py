"""The last correction: whole amounts beside near ones, by CP-SAT.

OR-Tools' own Python model needs pandas; the messages beneath it do not.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from mingsuan.compiling.lifting.problem import NEAR, Amounts, Problem

CORRECTED_AT_MOST = 10_000
"""Units by which the last correction may change a cell."""
WORK_AT_MOST = 10
"""Deterministic seconds of CP-SAT."""


def corrected(problem: Problem, near: Amounts, used: Sequence[Collection[int]]) -> Amounts | None:
    """Amounts within `CORRECTED_AT_MOST` of near ones that meet the demands that those nearly meet; None where none were found.

    Args:
        problem: what is asked.
        near: amounts that a vertex was rounded to.
        used: by side the cells that may change: those of the vertex.
    """
    from ortools.sat.python import cp_model_helper as cp

    model = cp.CpModelProto()
    number_of: dict[tuple[int, int], int] = {}

    def cells(side: int, chosen: Sequence[int]) -> list[int]:
        free = [cell for cell in chosen if cell in used[side]]
        for cell in free:
            if (side, cell) not in number_of:
                number_of[side, cell] = len(model.variables)
                variable = model.variables.add()
                variable.domain.extend([-min(near[side][cell], CORRECTED_AT_MOST), CORRECTED_AT_MOST])
        return [number_of[side, cell] for cell in free]

    def asked(positive: Sequence[int], negative: Sequence[int], low: int, high: int) -> None:
        linear = model.constraints.add().linear
        linear.vars.extend([*positive, *negative])
        linear.coeffs.extend([1] * len(positive) + [-1] * len(negative))
        linear.domain.extend([low, high])

    for row in problem.rows:
        demand = problem.demands[row.demand]
        now = sum(near[row.side][c] for c in row.cells)
        if demand.low - NEAR <= now <= demand.high + NEAR:
            asked(cells(row.side, row.cells), (), demand.low - now, demand.high - now)
    for side, ours, theirs in problem.links:
        left = sum(near[side][c] for c in theirs) - sum(near[0][c] for c in ours)
        asked(cells(0, ours), cells(side, theirs), left, left)
    parameters = cp.SatParameters()
    parameters.num_workers, parameters.random_seed, parameters.max_deterministic_time = 1, 0, WORK_AT_MOST
    solver: Any = cp.SolveWrapper()
    solver.set_parameters(parameters)
    response = solver.solve(model)
    if response.status not in (cp.CpSolverStatus.OPTIMAL, cp.CpSolverStatus.FEASIBLE):
        return None
    return tuple(
        tuple(a + (response.solution[number_of[n, c]] if (n, c) in number_of else 0) for c, a in enumerate(own))
        for n, own in enumerate(near)
    )
