"""Several wrong figures at once: the cheapest set of edits after which every identity around them holds, with CP-SAT.

After Fellegi and Holt (1976) with typed errors (Scholtus 2016). Figures are integers in last digits of their own; a figure is kept, or was
made by a known slip, or is an arbitrary wrong number, or takes part in a slip of two figures (an amount in the wrong column, two
amounts exchanged). The solver's C++ library is used without its Python modelling layer, which would import pandas.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import Any

from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Arithmetic, Equation, Value
from mingsuan.identities.localising.edits import slips
from mingsuan.identities.localising.neighbourhood import Neighbourhood
from mingsuan.identities.localising.proposals import Proposal, Proposer
from mingsuan.values import dataclass

OPTIMA_AT_MOST = 8
"""Equally cheap repairs that are looked for."""
EFFORT = 0.25
"""Deterministic time that one neighbourhood may take, all its searches together: some tenths of a second."""
EQUATIONS_AT_MOST = 1500
LARGEST = 10**16
"""Larger numbers, in last digits, could overflow the solver's 64 bits in a sum."""


@dataclass(frozen=True)
class Solution:
    """A set of edits after which all equations of the neighbourhood hold.

    Attributes:
        edits: what figures would be, slip by slip.
        cost: what they cost by kind (`weights`).
    """

    edits: tuple[Proposal, ...]
    cost: int


@dataclass(frozen=True)
class Solved:
    """What a search found.

    Attributes:
        effort: deterministic time that it took.
        solutions: the cheapest, all equally cheap, up to `OPTIMA_AT_MOST`.
        more: there may be further ones.
        exhausted: the search was cut off, and so proves nothing.
    """

    solutions: tuple[Solution, ...] = ()
    more: bool = False
    exhausted: bool = False
    effort: float = 0.0


def solve(proposer: Proposer, around: Neighbourhood, patterns: Sequence[Proposal], effort: float = EFFORT) -> Solved:
    """The cheapest repairs of a neighbourhood; none where it has no repair without further figures.

    Args:
        proposer: the figures.
        around: what may be changed and what must hold.
        patterns: slips of two figures that may have happened.
        effort: deterministic time that is left.
    """
    model = _Model(proposer, around, patterns, min(effort, EFFORT))
    if model.too_large:
        return Solved(exhausted=True)
    found: list[Solution] = []
    least = None
    while len(found) < OPTIMA_AT_MOST:
        status, values = model.search(least)
        if status == "exhausted":
            return Solved(tuple(found), bool(found), not found, model.spent)
        if status == "none":
            return Solved(tuple(found), effort=model.spent)
        solution = model.solution(values)
        least = solution.cost if least is None else least
        found.append(solution)
        model.exclude(values)
    return Solved(tuple(found), more=True, effort=model.spent)


@dataclass
class _Model:
    """The model of one neighbourhood.

    Variables of an active figure: its number in last digits of its own, and one literal for each thing that may have happened to it.
    """

    proposer: Proposer
    around: Neighbourhood
    patterns: Sequence[Proposal]
    effort: float
    costs: dict[int, tuple[int, int]] = field(default_factory=dict)
    slip_of: dict[int, Proposal | None] = field(default_factory=dict)
    number_of: dict[int, int] = field(default_factory=dict)
    kept: dict[int, int] = field(default_factory=dict)
    spent: float = 0.0
    excluded_costlier: bool = False

    def __post_init__(self) -> None:
        from ortools.sat.python import cp_model_helper

        self.solver: Any = cp_model_helper
        self.model: Any = cp_model_helper.CpModelProto()
        self.arithmetic: Arithmetic = self.proposer.arithmetic
        self.steps = {n: 2 * (self.arithmetic.halves[n] or self.proposer.habits.half_of_blank(n)) for n in self.around.active}
        self.active = [n for n in self.around.active if self.steps[n]]
        if not self.too_large:
            self._figures()
            self._equations()

    @cached_property
    def too_large(self) -> bool:
        """Whether the numbers or their number are beyond the solver."""
        return len(self.around.equations) > EQUATIONS_AT_MOST or 4 * self.largest > LARGEST or not self.active

    @cached_property
    def largest(self) -> int:
        """The largest number, in units, that any figure here prints."""
        members = {n for e in self.around.equations for n in (*e.left, *e.right)}
        return max((abs(self.arithmetic.values[n]) for n in members), default=0)

    def _variable(self, *domain: int) -> int:
        self.model.variables.add().domain.extend(domain)
        return len(self.model.variables) - 1

    def _literal(self) -> int:
        return self._variable(0, 1)

    def _figures(self) -> None:
        """A number and literals for each active figure; exactly one thing happened to it."""
        happened: dict[int, list[int]] = {}
        for n in self.active:
            limit = 4 * self.largest // self.steps[n] + 1
            self.number_of[n] = self._variable(-limit, limit)
            happened[n] = [self._keep(n), *self._slips(n, limit)]
        for pattern in self.patterns:
            if all(n in happened for n in pattern.figures):
                literal = self._literal()
                self.slip_of[literal] = pattern
                self.costs[literal] = (weights.SLIP, sum(self.proposer.role(n) for n in pattern.figures))
                for n, value in pattern.edits:
                    happened[n].append(literal)
                    self._within(n, (value.units or 0) // self.steps[n], literal)
        for literals in happened.values():
            self.model.constraints.add().exactly_one.literals.extend(literals)

    def _keep(self, n: int) -> int:
        literal = self.kept[n] = self._literal()
        self._within(n, self.arithmetic.values[n] // self.steps[n], literal)
        return literal

    def _slips(self, n: int, limit: int) -> Iterator[int]:
        """Literals for a known slip (of a printed amount), and for an arbitrary wrong number."""
        printed = self.arithmetic.values[n] // self.steps[n]
        arbitrary = self._literal()
        self.slip_of[arbitrary] = None
        blank = self.arithmetic.blank[n]
        self.costs[arbitrary] = (weights.FILLED if blank else weights.ARBITRARY, self.proposer.role(n))
        lowest = -limit if printed < 0 else 0
        self._domain(
            n, [bound for ends in ((lowest, printed - 1), (printed + 1, limit)) if ends[0] <= ends[1] for bound in ends], arbitrary
        )
        yield arbitrary
        if printed >= 0:
            negative = self._literal()
            self.slip_of[negative] = None
            self.costs[negative] = (weights.NEGATIVE, self.proposer.role(n))
            self._domain(n, (-limit, -1), negative)
            yield negative
        amount = self.arithmetic.figures[n].amount
        if not blank and amount is not None:
            typed = self._literal()
            self.slip_of[typed] = None
            self.costs[typed] = (weights.SLIP, self.proposer.role(n))
            values = sorted(v for v in slips(printed, amount.decimals) if -limit <= v <= limit)
            self._domain(n, _intervals(values), typed)
            yield typed
            if 0 in values and self.proposer.habits.unsaid(n, 0):
                zero = self._literal()
                self.slip_of[zero] = None
                self.costs[zero] = (weights.UNSAID, self.proposer.role(n))
                self._within(n, 0, zero)
                yield zero
            if self.proposer.habits.strange(n, -self.arithmetic.values[n]):
                plus = self._literal()
                self.slip_of[plus] = None
                self.costs[plus] = (weights.SIGN, self.proposer.role(n))
                self._within(n, -printed, plus)
                yield plus

    def _within(self, n: int, value: int, literal: int) -> None:
        self._domain(n, (value, value), literal)

    def _domain(self, n: int, domain: Sequence[int], literal: int) -> None:
        """A figure lies in a union of intervals if a literal is true."""
        self._linear({self.number_of[n]: 1}, domain, (literal,))

    def _linear(self, terms: Mapping[int, int], domain: Sequence[int], literals: Sequence[int] = ()) -> None:
        constraint = self.model.constraints.add()
        constraint.enforcement_literal.extend(literals)
        constraint.linear.vars.extend(terms.keys())
        constraint.linear.coeffs.extend(terms.values())
        constraint.linear.domain.extend(domain)

    def _equations(self) -> None:
        for equation in self.around.equations:
            terms: dict[int, int] = {}
            constant = 0
            for numbers, sign in ((equation.left, 1), (equation.right, -1)):
                for n in numbers:
                    if n in self.number_of:
                        terms[self.number_of[n]] = terms.get(self.number_of[n], 0) + sign * self.steps[n]
                    else:
                        constant += sign * self.arithmetic.values[n]
            self._hold(equation, terms, constant)
            if self.arithmetic.fails(equation):
                changed = {-self.kept[n] - 1 for n in (*equation.left, *equation.right, *equation.lifts) if n in self.kept}
                self.model.constraints.add().bool_or.literals.extend(sorted(changed))

    def _hold(self, equation: Equation, terms: Mapping[int, int], constant: int) -> None:
        """The equation, unless one of the figures that it hangs on is changed."""
        tolerance = self._tolerance(equation)
        above, below = (max(0, tolerance - self._zeros(numbers, equation) - 1) for numbers in (equation.left, equation.right))
        lowest = -(2**62) if equation.contained else -below - constant
        unless = [self.kept[n] for n in sorted(equation.lifts) if n in self.kept]
        self._linear(terms, (lowest, above - constant), unless)

    def _zeros(self, numbers: Sequence[int], equation: Equation) -> int:
        """What the zeros of one side that stay as they are cannot explain (`arithmetic.Equation`)."""
        return 0 if equation.identity.signed else sum(self.arithmetic.hidden(n) for n in numbers if n not in self.number_of)

    def _tolerance(self, equation: Equation) -> int:
        """What rounding explains, a blank that may be filled counted with the digits that it would print."""
        members = (*equation.left, *equation.right)
        return sum(self.arithmetic.halves[n] for n in members) + equation.slack

    def search(self, least: int | None) -> tuple[str, Sequence[int]]:
        """The cheapest values; with `least`, the cheapest by role among those that cost so much by kind."""
        kinds = {literal: kind for literal, (kind, _) in self.costs.items()}
        if least is not None and not self.excluded_costlier:
            self._linear(kinds, (0, least))
            self.excluded_costlier = True
        self.model.clear_objective()
        self.model.objective.vars.extend(self.costs.keys())
        self.model.objective.coeffs.extend([kind + role for kind, role in self.costs.values()])
        settings = self.solver.SatParameters()
        settings.num_workers = 1
        settings.random_seed = 1
        settings.max_deterministic_time = max(0.0, self.effort - self.spent)
        settings.linearization_level = 2
        settings.cp_model_probing_level = 0  # with symmetries it takes most of the time of models as small as these
        settings.symmetry_level = 0
        run = self.solver.SolveWrapper()
        run.set_parameters(settings)
        answer = run.solve(self.model)
        self.spent += answer.deterministic_time
        status = self.solver.CpSolverStatus
        if answer.status == status.OPTIMAL:
            return "optimal", list(answer.solution)
        return ("none" if answer.status == status.INFEASIBLE else "exhausted"), ()

    def exclude(self, values: Sequence[int]) -> None:
        """Not the same things again."""
        true = [literal for literal in self.costs if values[literal]]
        self.model.constraints.add().bool_or.literals.extend([-literal - 1 for literal in true])

    def solution(self, values: Sequence[int]) -> Solution:
        """The edits that the solver chose."""
        chosen = [literal for literal in self.costs if values[literal]]
        edits = [p for literal in chosen if (p := self.slip_of[literal]) is not None]
        taken = frozenset[int]().union(*(p.figures for p in edits))
        for n in self.active:
            if not values[self.kept[n]] and n not in taken:
                half = self.steps[n] // 2
                edits.append(Proposal(((n, Value(values[self.number_of[n]] * self.steps[n], half)),)))
        return Solution(tuple(edits), sum(self.costs[literal][0] for literal in chosen))


def _intervals(values: Sequence[int]) -> list[int]:
    """Sorted numbers as first and last of the runs that they make: the solver wants no two intervals to touch."""
    ends: list[int] = []
    for value in values:
        if ends and ends[-1] == value - 1:
            ends[-1] = value
        else:
            ends.extend((value, value))
    return ends
