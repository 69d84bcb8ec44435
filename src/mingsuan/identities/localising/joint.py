"""Several slips that meet in the same sums, solved together and told one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan.identities.localising.arithmetic import Equation, Value
from mingsuan.identities.localising.branching import Branching
from mingsuan.identities.localising.neighbourhood import Neighbourhood, neighbourhood
from mingsuan.identities.localising.proposals import Proposal, Proposer
from mingsuan.identities.localising.singles import Found
from mingsuan.identities.localising.solving import Solution, Solved, solve
from mingsuan.values import dataclass

EFFORT_OF_DOCUMENT = 0.4
"""Deterministic time of the solver for all components of one document: about a quarter of a second."""
MET_AT_MOST = 80
"""Violations of one component that are searched together: where more fail, it is no handful of slips."""
RINGS = 2
"""How often a neighbourhood without a repair is widened."""


@dataclass(frozen=True)
class Searched:
    """What a search found.

    Attributes:
        found: causes; () where no set of edits repairs all.
        beyond: the component is too large for a search, or the search was cut off: nothing is known.
    """

    found: tuple[Found, ...] = ()
    beyond: bool = False


@dataclass
class Joint:
    """The search for slips that meet, over the components of one document.

    Attributes:
        effort: deterministic time of the solver that is left for the document.
    """

    proposer: Proposer
    effort: float = EFFORT_OF_DOCUMENT

    def __post_init__(self) -> None:
        self.branching = Branching(self.proposer)

    def quickly(self, failing: Sequence[Equation], limit: int | None = None) -> tuple[Found, ...]:
        """The causes of one component, several slips one after another, at no more than some cost; () where it has no such repair."""
        solved = self.branching(failing, limit) if len(failing) <= MET_AT_MOST else Solved()
        return tuple(_told(self.proposer, failing, solved)) if solved.solutions else ()

    def __call__(self, failing: Sequence[Equation]) -> Searched:
        """The causes of one component, several slips together, one after another if that can be."""
        solved = self.branching.freely(failing) if len(failing) <= MET_AT_MOST else Solved()
        return Searched(tuple(_told(self.proposer, failing, solved))) if solved.solutions else self.at_once(failing)

    def at_once(self, failing: Sequence[Equation]) -> Searched:
        """The causes of one component with the solver; its neighbourhood is widened while it has no repair."""
        beyond = True
        for ring in range(RINGS if len(failing) <= MET_AT_MOST else 0):
            around = neighbourhood(self.proposer.arithmetic, failing, ring)
            if around is None:
                continue
            solved = self._solved(failing, around)
            if solved.exhausted:
                return Searched(beyond=True)
            beyond = False
            if solved.solutions:
                return Searched(tuple(_told(self.proposer, failing, solved)))
        return Searched(beyond=beyond)

    def _solved(self, failing: Sequence[Equation], around: Neighbourhood) -> Solved:
        if self.effort <= 0:
            return Solved(exhausted=True)
        active = set(around.active)
        solved = solve(self.proposer, around, [p for p in self.proposer.of(failing) if p.slip and p.figures <= active], self.effort)
        self.effort -= solved.effort
        return replace(solved, solutions=tuple(s for s in solved.solutions if self._holds(around, s)))

    def _holds(self, around: Neighbourhood, solution: Solution) -> bool:
        """Whether nothing fails after a repair: the solver lets a zero hide something below it, since it may become another number."""
        arithmetic = self.proposer.arithmetic
        edits = {n: value for p in _polished(self.proposer, solution) for n, value in p.edits}
        with arithmetic.edited(edits):
            return not any(arithmetic.fails(e) and e.lifts.isdisjoint(edits) for e in around.equations)


def _told(proposer: Proposer, failing: Sequence[Equation], solved: Solved) -> list[Found]:
    """One cause per slip that all repairs share, and one per group of figures on which they differ."""
    solutions = [_polished(proposer, s) for s in solved.solutions]
    common = [p for p in solutions[0] if all(_has(s, p.figures) for s in solutions[1:])] if not solved.more else []
    certain = frozenset[int]().union(*(p.figures for p in common))
    found = [Found(((p,),), tuple(e for e in failing if _in(e, p.figures))) for p in common]
    rest = [[p for p in s if not p.figures <= certain] for s in solutions]
    for group in _groups(rest, failing):
        alternatives = dict.fromkeys(tuple(p for p in s if p.figures & group) for s in rest)
        found.append(Found(tuple(alternatives), tuple(e for e in failing if _in(e, group))))
    return found


def _has(solution: Sequence[Proposal], figures: frozenset[int]) -> bool:
    return any(p.figures == figures for p in solution)


def _in(equation: Equation, figures: frozenset[int]) -> bool:
    return equation.has(figures) or not figures.isdisjoint(equation.lifts)


def _groups(rest: Sequence[Sequence[Proposal]], failing: Sequence[Equation]) -> Iterator[frozenset[int]]:
    """Figures on which repairs differ, those together that violated equations join; all in one where a group has no edit in some repair."""
    groups: list[set[int]] = []
    for edit in (p.figures for s in rest for p in s):
        joined = {n for e in failing if _in(e, edit) for n in (*e.left, *e.right)} | edit
        touching = [g for g in groups if not g.isdisjoint(joined)]
        groups = [g for g in groups if g.isdisjoint(joined)] + [set(joined).union(*touching)]
    apart = [frozenset(g) for g in groups]
    if all(any(p.figures & g for p in s) for g in apart for s in rest):
        yield from apart
    elif apart:
        yield frozenset().union(*apart)


def _polished(proposer: Proposer, solution: Solution) -> tuple[Proposal, ...]:
    """The repair with each number set where its sums hold exactly, where rounding leaves it some room."""
    arithmetic = proposer.arithmetic
    edits: dict[int, Value] = {n: v for p in solution.edits for n, v in p.edits}
    with arithmetic.edited(edits):
        for proposal in solution.edits:
            if len(proposal.edits) == 1:
                ((n, value),) = proposal.edits
                edits[n] = _exact(proposer, n, value)
                arithmetic.apply({n: edits[n]})
    return tuple(p if len(p.edits) > 1 else Proposal(((p.edits[0][0], edits[p.edits[0][0]]),), p.slip) for p in solution.edits)


def _exact(proposer: Proposer, n: int, value: Value) -> Value:
    """Of the values of a figure that keep all its equations, known slips first, the one that leaves least over."""
    arithmetic = proposer.arithmetic
    equations = [e for e in arithmetic.touched((n,)) if not e.contained]
    step = 2 * value.half
    if value.units is None or not step:
        return value
    options = {value.units}
    for equation in equations:
        sign = equation.sign(n)
        if sign in (1, -1):
            options.add(round((value.units - arithmetic.difference(equation) * sign) / step) * step)
    reach = min((arithmetic.tolerance(e) for e in equations), default=0)
    known = {v.units for units in options for v in proposer.typed_near(n, units, reach)}
    best = value
    least: tuple[bool, bool, bool, bool, int, int] | None = None
    for units in sorted(options | {u for u in known if u is not None}):
        with arithmetic.edited({n: Value(units, value.half)}):
            broken = any(arithmetic.fails(e) for e in arithmetic.touched((n,)))
            rank = (
                broken,
                units not in known,
                not proposer.habits.unsaid(n, units),
                not proposer.echoed(Proposal(((n, Value(units, value.half)),))),
                sum(abs(arithmetic.difference(e)) for e in equations),
                abs(units - value.units),
            )
        if least is None or rank < least:
            best, least = Value(units, value.half), rank
    return best
