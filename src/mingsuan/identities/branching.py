"""Several slips that meet in the same sums, found without a solver: one repair after another, the cheapest whole set kept.

Of slips that meet, one after the other is the last of some sum, so that this sum asks for its value once the others are put right. Sets of
edits are built in that order, cheapest and most telling first, until no set can be as cheap as the best that was found. What has no such
order (two slips that meet in every sum that they are in) is left to `solving`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

from mingsuan.identities import weights
from mingsuan.identities.arithmetic import Equation, Value
from mingsuan.identities.proposals import Proposal, Proposer
from mingsuan.identities.solving import OPTIMA_AT_MOST, Solution, Solved

EDITS_AT_MOST = 8
"""Edits of one component that are searched together."""
TRIED_AT_MOST = 6_000
"""Edits that are tried for one document."""
TOLD_BY = weights.SLIP // 2
"""What a relation that still fails counts against a set of edits while it is built; it orders and excludes nothing."""


@dataclass(frozen=True)
class _Step:
    """A set of edits on the way.

    Attributes:
        failing: what still fails after them.
    """

    edits: tuple[Proposal, ...]
    cost: int
    failing: tuple[Equation, ...]


@dataclass
class Branching:
    """The search over the components of one document.

    Attributes:
        left: how many edits may still be tried.
        pairs: whether one slip of two figures may repair two relations that share none.
        least: what an edit costs at least.
    """

    proposer: Proposer
    left: int = TRIED_AT_MOST
    pairs: bool = True
    least: int = weights.SIGN
    _costs: dict[Proposal, int] = field(default_factory=dict)
    _meeting: dict[int, set[int]] = field(default_factory=dict)
    _order: Iterator[int] = field(default_factory=count)

    def __call__(self, failing: Sequence[Equation], limit: int | None = None) -> Solved:
        """The cheapest repairs of one component, the likeliest values first; `exhausted` where the search was cut off without one.

        Args:
            failing: the component.
            limit: what repairs may cost at most, where dearer ones are not wanted.
        """
        start = _Step((), 0, tuple(failing))
        self.pairs = self._pairs(failing)
        self.least = weights.SIGN if any(self._minus(n) for e in failing for n in (*e.left, *e.right)) else weights.UNSAID
        self._meeting = _meeting(failing)
        waiting: list[tuple[int, int, _Step]] = [(0, next(self._order), start)]
        seen: set[frozenset[tuple[int, int | None]]] = set()
        found: list[_Step] = []
        best = limit
        while waiting and self.left > 0:
            _, _, step = heappop(waiting)
            if best is not None and step.cost + self._least_for(step.failing) > best:
                continue
            for after in self._steps(step, best):
                made = frozenset((n, v.units) for p in after.edits for n, v in p.edits)
                if made in seen:
                    continue
                seen.add(made)
                if after.failing:
                    told = sum(not e.contained for e in after.failing)
                    heappush(waiting, (after.cost + TOLD_BY * max(told, 1), next(self._order), after))
                elif best is None or after.cost <= best:
                    found = [after] if not found or after.cost < found[0].cost else [*found, after]
                    best = after.cost
        cut = self.left <= 0 and bool(waiting)
        if not found:
            return Solved(exhausted=cut)
        solutions = [Solution(s.edits, s.cost) for s in self._likeliest(found)]
        return Solved(tuple(solutions[:OPTIMA_AT_MOST]), more=len(solutions) > OPTIMA_AT_MOST)

    def _steps(self, step: _Step, best: int | None) -> Iterator[_Step]:
        """The sets with one more edit that repairs something and breaks nothing."""
        if len(step.edits) == EDITS_AT_MOST:
            return
        arithmetic = self.proposer.arithmetic
        before = {n: value for p in step.edits for n, value in p.edits}
        with arithmetic.edited(before):
            inside = {id(e) for e in step.failing}
            for proposal in self._proposals(step.failing):
                if not proposal.figures.isdisjoint(before):
                    continue
                self.left -= 1
                after = self._after(proposal, step.failing, inside)
                if after is None:
                    continue
                cost = step.cost + self._cost(proposal)
                if best is None or cost + self._least_for(after) <= best:
                    yield _Step((*step.edits, proposal), cost, after)

    def _after(self, proposal: Proposal, failing: Sequence[Equation], inside: set[int]) -> tuple[Equation, ...] | None:
        """What still fails after an edit; None where it repairs nothing or breaks something."""
        arithmetic, figures = self.proposer.arithmetic, proposal.figures
        touched = arithmetic.touched(figures)
        still: list[Equation] = []
        with arithmetic.edited(dict(proposal.edits)):
            for e in touched:
                if arithmetic.fails(e):
                    if id(e) not in inside:
                        return None
                    still.append(e)
            off = [abs(arithmetic.difference(e)) for e in still]
        met = {id(e) for e in touched}.difference(map(id, still))
        left = tuple(e for e in failing if id(e) not in met and (e in still or figures.isdisjoint(e.lifts)))
        if len(left) < len(failing):
            return left
        nearer = still and all(now < abs(arithmetic.difference(e)) for e, now in zip(still, off, strict=True))
        return left if nearer and self._unsaid(proposal) else None

    def _unsaid(self, proposal: Proposal) -> bool:
        """Whether an edit puts back a zero or takes the only minus: one that repairs nothing by itself may meet another in every sum."""
        ((n, value), *others) = proposal.edits
        return not others and (self.proposer.unsaid(n, value.units) or self.proposer.strange(n, value.units))

    def _cost(self, proposal: Proposal) -> int:
        if proposal not in self._costs:
            self._costs[proposal] = self.proposer.cost(proposal)
        return self._costs[proposal]

    def _pairs(self, failing: Sequence[Equation]) -> bool:
        """Whether some slip of two figures leaves what holds as it is."""
        arithmetic = self.proposer.arithmetic
        inside = {id(e) for e in failing}
        for proposal in self.proposer.of(failing):
            if proposal.slip:
                with arithmetic.edited(dict(proposal.edits)):
                    if all(id(e) in inside for e in arithmetic.touched(proposal.figures) if arithmetic.fails(e)):
                        return True
        return False

    def _least_for(self, failing: Sequence[Equation]) -> int:
        """What the repair of some relations costs at least: those that share no figure take an edit each, or one of two figures for two."""
        met: set[int] = set()
        apart = 0
        for e in failing:
            if id(e) not in met:
                apart += 1
                met |= self._meeting[id(e)]
        return self.least * ((apart + 1) // 2 if self.pairs else apart)

    def _proposals(self, failing: Sequence[Equation]) -> Iterator[Proposal]:
        """Edits that what fails asks for, each once."""
        proposer = self.proposer
        done: set[tuple[int, int | None]] = set()
        for proposal in list(proposer.of(failing)):
            if proposal.slip:
                yield proposal
                continue
            ((n, value),) = proposal.edits
            for near in (value, *self._near(n, value, failing)):
                if (n, near.units) not in done:
                    done.add((n, near.units))
                    yield Proposal(((n, near),))
        for one in (p for e in failing for p in proposer.within(e)):
            ((n, value),) = one.edits
            if (n, value.units) not in done:
                done.add((n, value.units))
                yield one
        yield from proposer.filled(failing)
        for n in dict.fromkeys(n for e in failing for n in (*e.left, *e.right)):
            if (n, 0) not in done and proposer.arithmetic.values[n] and proposer.unsaid(n, 0) and proposer.typed_near(n, 0, 0):
                yield Proposal(((n, Value(0, proposer.arithmetic.halves[n])),))
            opposite = -proposer.arithmetic.values[n]
            if self._minus(n) and (n, opposite) not in done:
                yield Proposal(((n, Value(opposite, proposer.arithmetic.halves[n])),))

    def _minus(self, n: int) -> bool:
        """Whether a figure prints the only minus of its table."""
        return self.proposer.strange(n, -self.proposer.arithmetic.values[n])

    def _near(self, n: int, value: Value, failing: Sequence[Equation]) -> list[Value]:
        """Known slips that rounding lets stand for a value."""
        arithmetic = self.proposer.arithmetic
        own = [e for e in failing if not e.contained and (n in e.left or n in e.right)]
        reach = min((arithmetic.tolerance(e) for e in own), default=0) - 1
        if value.units is None or reach < 2 * value.half:
            return []
        return [v for v in self.proposer.typed_near(n, value.units, reach) if v.units != value.units]

    def _likeliest(self, found: Sequence[_Step]) -> list[_Step]:
        """The likeliest values for each set of figures, all that are equally likely; the likeliest sets first, then by role."""
        likely = {id(s): self._likely(s) for s in found}
        best: dict[frozenset[int], tuple[int, int, int]] = {}
        for step in found:
            mine = frozenset(n for p in step.edits for n in p.figures)
            best[mine] = min(likely[id(step)], best.get(mine, likely[id(step)]))
        kept = [s for s in found if likely[id(s)] == best[frozenset(n for p in s.edits for n in p.figures)]]
        return sorted(kept, key=lambda s: (likely[id(s)], self._role(s)))

    def _likely(self, step: _Step) -> tuple[int, int, int]:
        """Values that recur, that leave least over, of slips that few numbers fit by chance: the smaller the likelier."""
        recurring = sum(map(self.proposer.echoed, step.edits))
        return -recurring, self._residue(step), sum(map(self.proposer.rarity, step.edits))

    def _residue(self, step: _Step) -> int:
        arithmetic = self.proposer.arithmetic
        edits = {n: value for p in step.edits for n, value in p.edits}
        with arithmetic.edited(edits):
            return sum(abs(arithmetic.difference(e)) for e in arithmetic.touched(edits) if not e.contained)

    def _role(self, step: _Step) -> int:
        return sum(self.proposer.role(n) for p in step.edits for n in p.figures)


def _meeting(failing: Sequence[Equation]) -> dict[int, set[int]]:
    """Which relations share a figure with each, by the identity of their objects."""
    by_figure: dict[int, list[int]] = {}
    for e in failing:
        for n in {*e.signs, *e.lifts}:
            by_figure.setdefault(n, []).append(id(e))
    found: dict[int, set[int]] = {id(e): {id(e)} for e in failing}
    for together in by_figure.values():
        for one in together if len(together) > 1 else ():
            found[one].update(together)
    return found
