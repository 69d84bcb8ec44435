"""Several slips that meet in the same sums, found without a solver: one repair after another, the cheapest whole set kept.

Of slips that meet, one after the other is the last of some sum, so that this sum asks for its value once the others are put right. Sets of
edits are built in that order, cheapest and most telling first, until no set can be as cheap as the best that was found. Where no set of
them repairs all without breaking anything on the way, one wrong number stands in several places, or two slips cancel in a sum that holds:
then an edit takes along what must equal it, and what it breaks is repaired by the next. What has no such order (two slips that meet in
every sum that they are in) is left to `solving`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import field
from enum import Enum
from heapq import heappop, heappush
from itertools import count

from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Equation, Value
from mingsuan.identities.localising.floors import Floor
from mingsuan.identities.localising.proposals import Proposal, Proposer
from mingsuan.identities.localising.ranking import likeliest
from mingsuan.identities.localising.solving import OPTIMA_AT_MOST, Solution, Solved
from mingsuan.values import dataclass

EDITS_AT_MOST = 8
"""Edits of one component that are searched together."""


class Way(Enum):
    """How sets of edits are built: at each step with what one relation asks for, the smallest; or all; or so that others may break."""

    NARROW = "narrow"
    WIDE = "wide"
    FREE = "free"


TRIED_AT_MOST = {Way.NARROW: 3_000, Way.WIDE: 1_000, Way.FREE: 2_000}
"""Edits that are tried for one document."""
CHECKED_AT_MOST = 150
"""Edits that are tried for a set cheaper than one that was found: there hardly ever is one."""
LONG_SUM = 250
"""Members of a sum from which an edit of it counts as so many more, since each takes as much longer to try."""
TOLD_BY = weights.SLIP // 2
"""What a relation that still fails counts against a set of edits while it is built; it orders and excludes nothing."""


@dataclass(frozen=True)
class _Step:
    """A set of edits on the way.

    Attributes:
        failing: what fails after them.
        least: what they and the repair of that cost at least.
    """

    edits: tuple[Proposal, ...]
    cost: int
    failing: tuple[Equation, ...]
    least: int = 0

    @property
    def rank(self) -> int:
        """Which sets are built on first: cheap ones, after which little fails."""
        return self.cost + TOLD_BY * max(sum(not e.contained for e in self.failing), 1)


@dataclass
class Branching:
    """The search over the components of one document.

    Attributes:
        left: how many edits may still be tried, in each way.
    """

    proposer: Proposer
    left: dict[Way, int] = field(default_factory=lambda: dict(TRIED_AT_MOST))
    _floor: Floor = field(init=False)
    _way: Way = Way.WIDE
    _most: int = EDITS_AT_MOST
    _costs: dict[Proposal, int] = field(default_factory=dict)
    _order: Iterator[int] = field(default_factory=count)

    def __call__(self, failing: Sequence[Equation], limit: int | None = None) -> Solved:
        """The cheapest repairs of one component, the likeliest values first; `exhausted` where the search was cut off without one.

        Args:
            failing: the component.
            limit: what repairs may cost at most, where dearer ones are not wanted.
        """
        found, cut = self._searched(failing, limit, Way.NARROW)
        if not found and limit is not None:
            return Solved(exhausted=cut)
        cheaper, cut = self._searched(failing, found[0].cost - 1 if found else None, Way.WIDE, CHECKED_AT_MOST if found else None)
        return self._solved(cheaper or found) if cheaper or found else Solved(exhausted=cut)

    def freely(self, failing: Sequence[Equation]) -> Solved:
        """The cheapest repairs of one component on the way to which other relations may fail; none where the search was cut off.

        More edits than relations fail explain nothing, and are not looked for.
        """
        found, cut = self._searched(failing, None, Way.FREE)
        return self._solved(found) if found and not cut else Solved(exhausted=cut)

    def _searched(self, failing: Sequence[Equation], best: int | None, way: Way, most: int | None = None) -> tuple[list[_Step], bool]:
        """The cheapest sets of edits, and whether the search was cut off."""
        self._floor = Floor(self.proposer, failing, pairs=self._pairs(failing), lifted=way is not Way.FREE)
        self._way = way
        self._most = min(EDITS_AT_MOST, len(failing)) if way is Way.FREE else EDITS_AT_MOST
        given = left = self.left[way] if most is None else min(most, self.left[way])
        weight = max(len(e.signs) for e in failing) // LONG_SUM
        start = _Step((), 0, tuple(failing), self._floor(failing))
        waiting = [(start.rank, next(self._order), start)]
        seen: set[frozenset[tuple[int, int | None]]] = set()
        found: list[_Step] = []
        while waiting and left > 0:
            _, _, step = heappop(waiting)
            left -= weight
            if best is not None and step.least > best:
                continue
            for after in self._steps(step, best, seen):
                left -= 1 + weight
                if left <= 0:
                    break
                if after is None or (best is not None and after.least > best):
                    continue
                if after.failing:
                    heappush(waiting, (after.rank, next(self._order), after))
                else:
                    found = [after] if not found or after.cost < found[0].cost else [*found, after]
                    best = after.cost
        self.left[way] -= given - left
        return found, left <= 0

    def _solved(self, found: Sequence[_Step]) -> Solved:
        cost = found[0].cost
        solutions = [Solution(edits, cost) for edits in likeliest(self.proposer, [s.edits for s in found])]
        return Solved(tuple(solutions[:OPTIMA_AT_MOST]), more=len(solutions) > OPTIMA_AT_MOST)

    def _steps(self, step: _Step, best: int | None, seen: set[frozenset[tuple[int, int | None]]]) -> Iterator[_Step | None]:
        """The sets with one more edit that repairs something; None for one that was tried in vain."""
        if len(step.edits) >= self._most:
            return
        before = {n: value for p in step.edits for n, value in p.edits}
        so_far = frozenset((n, v.units) for n, v in before.items())
        with self.proposer.arithmetic.edited(before):
            inside = {id(e) for e in step.failing}
            for proposal in self._asked(step.failing):
                made = so_far.union((n, v.units) for n, v in proposal.edits)
                if made in seen or not proposal.figures.isdisjoint(before):
                    continue
                seen.add(made)
                edits = self._with_equals(proposal, inside) if self._way is Way.FREE else (proposal,)
                cost = step.cost + sum(map(self._cost, edits))
                too_many = len(step.edits) + len(edits) > self._most or any(n in before for p in edits[1:] for n in p.figures)
                if too_many or (best is not None and cost > best):
                    yield None
                    continue
                seen.add(so_far.union((n, v.units) for p in edits for n, v in p.edits))
                after = self._after(edits, step.failing, inside)
                yield None if after is None else _Step((*step.edits, *edits), cost, after, cost + self._floor(after))

    def _asked(self, failing: Sequence[Equation]) -> Iterator[Proposal]:
        """The edits that are tried: all, or those of the figures of one relation, since no repair leaves these as they are."""
        if self._way is Way.WIDE:
            yield from self._proposals(failing)
            return
        blank = self.proposer.arithmetic.blank
        one = min(failing, key=lambda e: sum(not blank[n] for n in e.signs))
        among = list(one.signs)
        if one.lifts:
            members = {n for e in failing for n in e.signs}
            among.extend(n for n in sorted(one.lifts) if n in members and n not in one.signs)
        yield from self._proposals(failing, among)

    def _with_equals(self, proposal: Proposal, inside: Collection[int]) -> tuple[Proposal, ...]:
        """An edit with those of the figures that equal it and would not any more: one wrong number stands in several places."""
        arithmetic, proposer = self.proposer.arithmetic, self.proposer
        before = arithmetic.state()
        arithmetic.apply(dict(proposal.edits))
        edits = [proposal]
        waiting = sorted(proposal.figures)
        done = set(waiting)
        while waiting and len(edits) < EDITS_AT_MOST:
            n = waiting.pop()
            for e in arithmetic.of(n):
                if e.contained or id(e) in inside or not arithmetic.fails(e):
                    continue
                others = [m for m in e.signs if m != n and arithmetic.values[m]]
                other = others[0] if len(others) == 1 else n
                value = proposer.wanted(other, e, arithmetic.difference(e)) if other not in done else None
                if value is not None:
                    edits.append(Proposal(((other, value),)))
                    arithmetic.apply({other: value})
                    waiting.append(other)
                    done.add(other)
        arithmetic.restore(before)
        return tuple(edits)

    def _after(self, edits: Sequence[Proposal], failing: Sequence[Equation], inside: Collection[int]) -> tuple[Equation, ...] | None:
        """What fails after some edits; None where they repair nothing, or break something and may not."""
        arithmetic = self.proposer.arithmetic
        figures = frozenset[int]().union(*(p.figures for p in edits))
        touched = arithmetic.touched(figures)
        still: list[Equation] = []
        broken: list[Equation] = []
        with arithmetic.edited({n: value for p in edits for n, value in p.edits}):
            for e in touched:
                if not arithmetic.fails(e):
                    continue
                if id(e) in inside:
                    still.append(e)
                elif self._way is not Way.FREE:
                    return None
                elif figures.isdisjoint(e.lifts):
                    broken.append(e)
            off = [abs(arithmetic.difference(e)) for e in still]
        met = {id(e) for e in touched}.difference(map(id, still))
        left = tuple(e for e in failing if id(e) not in met and (e in still or figures.isdisjoint(e.lifts)))
        if len(left) < len(failing):
            return (*left, *broken)
        nearer = still and all(now < abs(arithmetic.difference(e)) for e, now in zip(still, off, strict=True))
        return left if nearer and not broken and self._unsaid(edits[0]) else None

    def _unsaid(self, proposal: Proposal) -> bool:
        """Whether an edit puts back a zero or takes the only minus: one that repairs nothing by itself may meet another in every sum."""
        ((n, value), *others) = proposal.edits
        return not others and (self.proposer.habits.unsaid(n, value.units) or self.proposer.habits.strange(n, value.units))

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

    def _proposals(self, failing: Sequence[Equation], among: Sequence[int] | None = None) -> Iterator[Proposal]:
        """Edits that what fails asks for, each once; `among` some figures only, where they are given."""
        proposer = self.proposer
        done: set[tuple[int, int | None]] = set()
        for proposal in list(proposer.of(failing, among)):
            if proposal.slip:
                yield proposal
                continue
            ((n, value),) = proposal.edits
            for near in (value, *self._near(n, value, failing)):
                if (n, near.units) not in done:
                    done.add((n, near.units))
                    yield Proposal(((n, near),))
        wholes = failing if among is None else [e for e in failing if e.contained and e.has(among)]
        for one in (p for e in wholes for p in proposer.within(e)) if self._way is not Way.FREE else ():
            ((n, value),) = one.edits
            if (n, value.units) not in done and (among is None or n in among):
                done.add((n, value.units))
                yield one
        yield from proposer.filled(failing, among)
        for n in dict.fromkeys(n for e in failing for n in e.signs) if among is None else among:
            if (n, 0) not in done and proposer.arithmetic.values[n] and proposer.habits.unsaid(n, 0) and proposer.typed_near(n, 0, 0):
                yield Proposal(((n, Value(0, proposer.arithmetic.halves[n])),))
            opposite = -proposer.arithmetic.values[n]
            if self._minus(n) and (n, opposite) not in done:
                yield Proposal(((n, Value(opposite, proposer.arithmetic.halves[n])),))

    def _minus(self, n: int) -> bool:
        """Whether a figure prints the only minus of its table."""
        return self.proposer.habits.strange(n, -self.proposer.arithmetic.values[n])

    def _near(self, n: int, value: Value, failing: Sequence[Equation]) -> list[Value]:
        """Known slips that rounding lets stand for a value in the relations that ask for it: the others may fail for another cause too."""
        arithmetic = self.proposer.arithmetic
        if value.units is None:
            return []
        more = value.units - arithmetic.values[n]
        own = [e for e in failing if not e.contained and n in e.signs and abs(e.difference + e.signs[n] * more) < e.tolerance]
        reach = min((arithmetic.tolerance(e) for e in own), default=0) - 1
        if reach < 2 * value.half:
            return []
        return [v for v in self.proposer.typed_near(n, value.units, reach) if v.units != value.units]
