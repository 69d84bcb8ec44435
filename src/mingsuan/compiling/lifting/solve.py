"""Whole amounts for the cells of all sides that meet the demands: a linear program, made whole and verified in exact arithmetic.

A vertex of the program has at most as many cells with money as there are demands, so the ledger it gives is sparse by itself.
GLOP proposes in floating point; nothing of it is believed before whole numbers were found and summed exactly.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mingsuan.compiling.lifting.correct import corrected
from mingsuan.compiling.lifting.problem import NEAR, Amounts, Problem, Row
from mingsuan.values import dataclass

SECONDS_AT_MOST = 60
"""Time of one solve; whole numbers beside a vertex are found in far less or not at all."""
REFINED_AT_MOST = 4
"""Linear programs, each on what the last left over."""
LARGEST = 1e6
"""The largest amount of a program; larger ones are scaled to it, since GLOP's tolerances are absolute."""
STRAYED_COSTS = 20
"""What leaving a printed amount within its rounding costs by the unit."""
MISSED_COSTS = 1000
"""What missing a demand by one unit costs against a unit in an unlikely cell."""


class Unsolved(Exception):
    """No ledger was found in the time there is."""

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__(f"在{SECONDS_AT_MOST}秒内没有找到与各表一致的明细账；请先用 mingsuan check 核对并修正，再还原")


@dataclass(frozen=True)
class Solution:
    """Amounts of all cells, and the numbers of the demands that they miss."""

    amounts: Amounts
    missed: tuple[int, ...]


def solve(problem: Problem) -> Solution:
    """Amounts that meet as many demands as can be, by weight and by how much they are missed.

    Floating point is refined: each further program only seeks the correction of what the last one, rounded, left over, so its
    numbers are small and its digits suffice. If rounding still leaves something over, CP-SAT seeks the last correction.

    Raises:
        Unsolved: the time does not suffice.
    """
    found: Amounts = _nothing(problem)
    for _ in range(REFINED_AT_MOST):
        correction = _Program(problem, found).solved()
        if correction is None:
            raise Unsolved
        found = _corrected(found, correction)
        if _settled(problem, found):
            return Solution(found, _missed(problem, found))
        used = [{c for c, amount in enumerate(own) if amount} | set(more) for own, more in zip(found, correction, strict=True)]
        last = corrected(problem, found, used)
        if last is not None and problem.agrees(last):
            return Solution(last, _missed(problem, last))
    if not problem.agrees(found):
        raise Unsolved
    return Solution(found, _missed(problem, found))


def _settled(problem: Problem, amounts: Amounts) -> bool:
    """Whether the sides agree, and no demand is missed by so little that rounding may be the reason."""
    sums = dict(problem.sums(amounts))
    demanded = problem.demands
    nearly = (min(abs(sums[n] - demanded[n].low), abs(sums[n] - demanded[n].high)) <= NEAR for n in _missed(problem, amounts))
    return problem.agrees(amounts) and not any(nearly)


def _corrected(amounts: Amounts, correction: Sequence[Mapping[int, float]]) -> Amounts:
    return tuple(
        tuple(max(0, amount + round(more.get(cell, 0.0))) for cell, amount in enumerate(own))
        for own, more in zip(amounts, correction, strict=True)
    )


def _missed(problem: Problem, amounts: Amounts) -> tuple[int, ...]:
    return tuple(n for n, s in problem.sums(amounts) if not problem.demands[n].low <= s <= problem.demands[n].high)


class _Program:
    """The linear program of a problem around amounts that are known to be near, in OR-Tools' terms."""

    def __init__(
        self,
        problem: Problem,
        near: Amounts,
        hard: frozenset[int] | None = None,
        soft: frozenset[int] | None = None,
        engine: str = "GLOP",
    ) -> None:
        """Set up the program; `hard` demands must be met, `soft` ones may be missed and only that costs, others are left out."""
        from ortools.linear_solver import pywraplp

        self.problem, self.near, self.only_misses = problem, near, hard is not None
        self.now = {row.demand: sum(near[row.side][c] for c in row.cells) for row in problem.rows}
        self.scale = max(1.0, max((abs(problem.demands[n].wanted - s) for n, s in self.now.items()), default=0) / LARGEST)
        self.solver: Any = pywraplp.Solver.CreateSolver(engine)
        self.solver.SetTimeLimit(SECONDS_AT_MOST * 1000)
        if engine == "GLOP":
            # No costs are negative, so an empty ledger that misses everything is where the dual simplex may begin.
            self.solver.SetSolverSpecificParametersAsString("use_dual_simplex: true")
        self.variables: list[dict[int, Any]] = [{} for _ in problem.sides]
        self.rows: dict[int, Any] = {}
        self.goal = self.solver.Objective()
        self.goal.SetMinimization()
        for row in problem.rows:
            if hard is None or row.demand in hard or (soft is not None and row.demand in soft):
                self._demand(row, hard is None or row.demand not in hard)
        for side, ours, theirs in problem.links:
            left = sum(near[side][c] for c in theirs) - sum(near[0][c] for c in ours)
            link = self._equal(left)
            self._sum(link, 0, ours, 1)
            self._sum(link, side, theirs, -1)

    def _sum(self, constraint: Any, side: int, cells: Sequence[int], sign: int) -> None:
        own = self.variables[side]
        for cell in cells:
            if cell not in own:
                cost = 0 if self.only_misses else self.problem.sides[side].cells[cell].cost
                own[cell] = self._variable(-self.near[side][cell], self.solver.infinity(), cost)
            constraint.SetCoefficient(own[cell], sign)

    def _equal(self, amount: int) -> Any:
        return self.solver.Constraint(amount / self.scale, amount / self.scale)

    def _variable(self, least: float, most: float, cost: float) -> Any:
        found = self.solver.NumVar(least / self.scale, most / self.scale, "")
        if cost:
            self.goal.SetCoefficient(found, cost)
        return found

    def _demand(self, row: Row, soft: bool) -> None:
        demand = self.problem.demands[row.demand]
        constraint = self._equal(demand.wanted - self.now[row.demand])
        self._sum(constraint, row.side, row.cells, 1)
        for sign, room in ((1, demand.wanted - demand.low), (-1, demand.high - demand.wanted)):
            if room:
                constraint.SetCoefficient(self._variable(0, room, 0 if self.only_misses else STRAYED_COSTS), sign)
            if soft:
                constraint.SetCoefficient(self._variable(0, self.solver.infinity(), MISSED_COSTS * demand.weight), sign)
        self.rows[row.demand] = constraint

    def only_one_of(self, side: int, groups: Sequence[Sequence[Sequence[int]]]) -> list[list[Any]]:
        """Let one list of cells of each group hold money; the switches of the lists."""
        most = max((d.high for d in self.problem.demands), default=0) / self.scale
        found = []
        for lists in groups:
            switches = [self.solver.IntVar(0, 1, "") for _ in lists]
            only = self.solver.Constraint(1, 1)
            for cells, switch in zip(lists, switches, strict=True):
                only.SetCoefficient(switch, 1)
                held = self.solver.Constraint(-self.solver.infinity(), 0)
                held.SetCoefficient(switch, -most)
                self._sum(held, side, cells, 1)
            found.append(switches)
        return found

    def solved(self) -> list[dict[int, float]] | None:
        """The corrections of the cells of each side that are not nothing, None where the demands cannot be met."""
        from ortools.linear_solver import pywraplp

        if self.solver.Solve() not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
            return None
        return [{c: v * self.scale for c, x in side.items() if (v := x.solution_value())} for side in self.variables]


def chosen_of_each(problem: Problem, side: int, groups: Sequence[Sequence[Sequence[int]]]) -> frozenset[int] | None:
    """Of each group of lists of cells the one that may hold money, so that as little is missed as can be; None if none was found.

    A mixed-integer program; its amounts are not used.
    """
    program = _Program(problem, _nothing(problem), engine="SCIP")
    switches = program.only_one_of(side, groups)
    if program.solved() is None:
        return None
    lists = ((cells, on) for one, ons in zip(groups, switches, strict=True) for cells, on in zip(one, ons, strict=True))
    return frozenset(c for cells, on in lists if on.solution_value() > 0.5 for c in cells)


def _nothing(problem: Problem) -> Amounts:
    return tuple((0,) * len(side.cells) for side in problem.sides)


def binding(problem: Problem, given_up: int, missed: frozenset[int]) -> tuple[int, ...]:
    """The demands that keep one that was given up from being met while all others are."""
    hard = frozenset(row.demand for row in problem.rows) - missed
    program = _Program(problem, _nothing(problem), hard, frozenset({given_up}))
    if program.solved() is None:
        return ()
    return tuple(n for n, row in program.rows.items() if abs(row.dual_value()) > 1e-7)


def misses(problem: Problem, given_up: int, hard: frozenset[int]) -> bool:
    """Whether one demand cannot be met while some others are."""
    return _Program(problem, _nothing(problem), hard | {given_up}).solved() is None
