"""What the repair of some violated identities costs at least: those without a common figure take an edit each, or two take one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Equation
from mingsuan.identities.localising.proposals import Proposer


class Floor:
    """The least cost of repairs of the relations of one component.

    Attributes:
        pairs: whether one slip of two figures may repair two relations that share none.
        lifted: whether what ends a relation counts as its repair.
    """

    def __init__(self, proposer: Proposer, failing: Iterable[Equation], *, pairs: bool, lifted: bool) -> None:
        """Take the relations that fail before any edit, which say where an edit may be."""
        self.proposer = proposer
        self.pairs = pairs
        members = {n for e in failing for n in e.signs}
        self._reachable = members | {t for n in members for t in proposer.beside(n)} if lifted else set()
        self._of_figure: dict[int, int] = {}
        self._of_relation: dict[int, tuple[int, frozenset[int]]] = {}

    def __call__(self, failing: Sequence[Equation]) -> int:
        """What it costs at least to repair some relations together; the smallest of those that share no figure say most."""
        met: set[int] = set()
        each = []
        for least, figures in sorted((self._relation(e) for e in failing), key=lambda r: len(r[1])):
            if met.isdisjoint(figures):
                met |= figures
                each.append(least)
        if not self.pairs:
            return sum(each)
        each.sort(reverse=True)
        return sum(min(weights.SLIP, sum(each[n : n + 2])) for n in range(0, len(each), 2))

    def _relation(self, equation: Equation) -> tuple[int, frozenset[int]]:
        """What the repair of one relation costs at least, and the figures of which it asks for an edit."""
        found = self._of_relation.get(id(equation))
        if found is None:
            figures = frozenset(equation.signs) | (equation.lifts & self._reachable)
            found = self._of_relation[id(equation)] = min(map(self._figure, figures), default=0), figures
        return found

    def _figure(self, n: int) -> int:
        if n not in self._of_figure:
            self._of_figure[n] = self._least(n)
        return self._of_figure[n]

    def _least(self, n: int) -> int:
        """What an edit of one figure costs at least (`weights`)."""
        if self.proposer.arithmetic.blank[n]:
            return weights.SLIP if self.pairs else weights.FILLED
        if self.proposer.habits.strange(n, -self.proposer.arithmetic.values[n]):
            return weights.SIGN
        return weights.UNSAID if self.proposer.habits.unsaid(n, 0) else weights.SLIP
