"""Hypotheses of slips of many cells, tried on the integers of a document: what each repairs, and what it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from mingsuan.identities.identity import Violation
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.hypotheses import Hypothesis
from mingsuan.identities.localising.singles import components
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Price:
    """What some violations, by the identity of their objects, cost when they are explained by slips of cells (`weights`)."""

    violations: frozenset[int]
    cost: int


@dataclass(frozen=True)
class Tried:
    """A hypothesis with the violations that it repairs, how many more of these there are than of what it breaks, and how much it lifts:

    what would fail but hangs on a figure that it changes.
    """

    hypothesis: Hypothesis
    solved: frozenset[int]
    gain: int
    lifted: int


class Trial:
    """Tries hypotheses on the integers of a document; what a fresh derivation verifies afterwards may be rounded here."""

    def __init__(self, arithmetic: Arithmetic, failing: Sequence[Violation], told: Sequence[Price]) -> None:
        """Take what fails now, and what it costs when single cells explain it."""
        self.told = told
        self.by_figure: dict[int, list[Violation]] = {}
        for v in failing:
            for n in v.identity.members:
                self.by_figure.setdefault(n, []).append(v)
        self.arithmetic = arithmetic
        self.failing = {id(v.identity): v for v in failing}
        self.by_witness: dict[int, list[Violation]] = {}
        for e in arithmetic.compiled(v.identity for v in failing):
            for n in e.lifts:
                self.by_witness.setdefault(n, []).append(self.failing[id(e.identity)])

    def __call__(self, hypothesis: Hypothesis) -> Tried | None:
        """What a hypothesis repairs; None where it repairs too little."""
        edits = dict(hypothesis.edits)
        gone = [v for n, amount in edits.items() if amount is not None and amount.yuan for v in self.by_witness.get(n, ())]
        reached = {id(v) for v in gone} | {id(v) for n in edits for v in self.by_figure.get(n, ())}
        if len(reached) < hypothesis.least or (self.told and sum(p.cost for p in self.told if p.violations <= reached) <= hypothesis.cost):
            return None
        touched = self.arithmetic.touched(edits)
        with self.arithmetic.edited({n: self.arithmetic.value(amount) for n, amount in edits.items()}):
            failing = [e for e in touched if self.arithmetic.fails(e)]
        still = {id(e.identity) for e in failing}
        broken = [e for e in failing if id(e.identity) not in self.failing]
        lifted = sum(not edits.keys().isdisjoint(e.lifts) for e in broken)
        met = [v for e in touched if (v := self.failing.get(id(e.identity))) is not None and id(e.identity) not in still]
        solved = list({id(v): v for v in (*met, *gone)}.values())
        gain = len(solved) - 2 * (len(broken) - lifted)
        if gain < hypothesis.least or 2 * gain <= len(solved):  # one that breaks a quarter of what it repairs is not worth a derivation
            return None
        return Tried(hypothesis, frozenset(id(v) for v in solved), gain, lifted)

    def apart(self, tried: Tried) -> bool:
        """Whether what a hypothesis repairs shares no figure with what it leaves: else one of several slips that meet seems explained."""
        return all(together <= tried.solved or together.isdisjoint(tried.solved) for together in self._together)

    @cached_property
    def _together(self) -> list[frozenset[int]]:
        """Violations that share figures, by the identity of their objects."""
        equations = self.arithmetic.compiled(v.identity for v in self.failing.values())
        return [frozenset(id(self.failing[id(e.identity)]) for e in component) for component in components(equations)]
