"""Which printed cell is wrong, and what it should be (DESIGN.md, section 5).

After Fellegi and Holt (1976): the smallest edit of printed cells after which every hard identity holds. Slips of whole tables are
looked for first, then single slips, which needs no solver; slips that meet in the same sums are solved together. Every repair holds in
exact arithmetic; what several repairs explain equally well is told apart by deriving the identities anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property

from mingsuan.identities.customs import unusual
from mingsuan.identities.derive import Derivation
from mingsuan.identities.identity import Identity, Sort, Violation
from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Arithmetic, Equation, State
from mingsuan.identities.localising.causes import Candidate, Cause, Extent
from mingsuan.identities.localising.hypotheses import LEAST
from mingsuan.identities.localising.incomplete import incomplete
from mingsuan.identities.localising.joint import Joint
from mingsuan.identities.localising.proposals import Proposal, Proposer
from mingsuan.identities.localising.sayable import sayable
from mingsuan.identities.localising.scales import misscaled
from mingsuan.identities.localising.singles import SEARCHED_AT_MOST, Found, components, peeled
from mingsuan.identities.localising.trials import Price
from mingsuan.identities.localising.verification import Verifier
from mingsuan.identities.localising.wholesale import wholesale
from mingsuan.values import dataclass

WHOLESALE_AT_MOST = 4
"""Slips of many cells in one document."""
LOCALISED_AT_MOST = 3_000
"""Violations of one document that are explained cell by cell: each costs about a millisecond, and no pen slips so often."""
JOINED_AT_MOST = 40
"""Components among which slips that reach into two of them are looked for."""


def localise(derivation: Derivation) -> tuple[Cause, ...]:
    """Explain every violation of a hard identity, one root cause at a time; where too much fails, only a wrong unit is looked for."""
    many: list[Cause] = []
    for unit in misscaled(derivation):
        many.append(unit.cause)
        derivation = unit.after
    if is_beyond(derivation):
        return (*many, *_unsearched(derivation))
    search = _Search.of(derivation, rough=True)
    while (search.crowded or search.strange) and len(many) < WHOLESALE_AT_MOST:
        found = wholesale(search.derivation, search.arithmetic, search.violations, search.prices, rows=not search.crowded)
        after = _Search.of(found.after, rough=True) if found is not None else None
        if found is None or after is None or after.cost + found.cost > search.cost:
            break
        many.append(Cause(found.solved, found.candidates, conversion=found.conversion))
        search = after
    if search.cut:
        search = _Search.of(search.derivation)
    causes = tuple(search.causes())
    refuted = search.refuted(causes)
    if refuted:
        search = _Search.of(search.derivation, refuted)
        causes = tuple(search.causes())
    return sayable((*_folded(many, causes), *search.incomplete), derivation.meaning.figures)


def is_beyond(derivation: Derivation) -> bool:
    """Whether so much fails in a document that nothing tells which of its numbers are wrong."""
    return sum(v.identity.sort is not Sort.CONVENTION for v in derivation.violations()) > LOCALISED_AT_MOST


def _unsearched(derivation: Derivation) -> Iterator[Cause]:
    """What fails by the table where it does, and nothing looked for."""
    failing = [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION]
    by_table: dict[int, list[Violation]] = {}
    for v in failing:
        by_table.setdefault(max(derivation.meaning.figures[n].table for n in v.identity.members), []).append(v)
    for _, found in sorted(by_table.items()):
        yield Cause(tuple(found), beyond=True)


def _folded(many: Sequence[Cause], causes: Sequence[Cause]) -> Iterator[Cause]:
    """Slips of many cells with what else is said of the same cells: last digits that rounding left open are no causes of their own."""
    left = list(causes)
    for cause in many:
        cells = {n for n, _ in cause.candidates[0].edits}
        inside = [c for c in left if c.candidates and all(n in cells for candidate in c.candidates for n, _ in candidate.edits)]
        better = dict(e for c in inside for e in c.candidates[0].edits)
        first = replace(cause.candidates[0], edits=tuple((n, better.get(n, amount)) for n, amount in cause.candidates[0].edits))
        yield replace(cause, candidates=(first, *cause.candidates[1:]))
        left = [c for c in left if not any(c is i for i in inside)]
    yield from left


@dataclass(frozen=True)
class _Peeled:
    """A component with what single edits explain of it and what they leave."""

    equations: list[Equation]
    found: list[Found]
    stuck: list[Equation]
    state: State


@dataclass
class _Search:
    """The search for the causes of a document's violations.

    Attributes:
        derivation: of the document, with what slips of many cells are put right.
        identities: the hard ones but for those of incomplete lists.
        violations: what is to be explained.
        incomplete: lists that leave rows out.
        rough: what costs more than a few slips of cells need not be explained.
        cut: something was not, for that reason.
    """

    derivation: Derivation
    identities: Sequence[Identity]
    violations: Sequence[Violation]
    incomplete: tuple[Cause, ...] = ()
    rough: bool = False
    cut: bool = False

    @classmethod
    def of(cls, derivation: Derivation, refuted: Collection[tuple[int, ...]] = (), *, rough: bool = False) -> _Search:
        """The search over a derivation, in which no list lacks what `refuted` says."""
        failing = [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION]
        lists = tuple(c for c in incomplete(failing, derivation) if c.missing not in refuted)
        set_aside = {id(v.identity) for c in lists for v in c.violations}
        hard = [i for i in derivation.identities if i.sort is not Sort.CONVENTION and id(i) not in set_aside] if failing else []
        return cls(derivation, hard, [v for v in failing if id(v.identity) not in set_aside], lists, rough)

    def __post_init__(self) -> None:
        self.meaning = self.derivation.meaning
        self.arithmetic = Arithmetic(self.meaning.figures, self.identities)
        self.proposer = Proposer(self.meaning, self.arithmetic, unusual(self.derivation.bits, self.meaning, self.derivation.masks))
        self.jointly = Joint(self.proposer)
        self.verifier = Verifier(self.derivation, len(self.violations))
        by_identity = {id(v.identity): v for v in self.violations}
        self.failing = self.arithmetic.compiled(v.identity for v in self.violations)
        self.violation_of = {id(e): by_identity[id(e.identity)] for e in self.failing}

    @cached_property
    def peeled(self) -> list[_Peeled]:
        """Every component with its slips; what leaves something is tried again with what is certain of the others put right."""
        before = self.arithmetic.state()
        done = []
        for component in self._joined(components(self.failing)):
            done.append(self._peeled(component))
            self.arithmetic.restore(before)
        for place, stuck in enumerate(done if len(done) <= JOINED_AT_MOST else ()):
            certain = [f.alternatives[0] for p in done if p is not stuck for f in p.found if len(f.alternatives) == 1]
            if not stuck.stuck or not certain:
                continue
            for proposal in (p for edits in certain for p in edits):
                self.arithmetic.apply(dict(proposal.edits))
            again = self._peeled([e for e in stuck.equations if self.arithmetic.fails(e)])
            if len(again.stuck) < len(stuck.stuck):
                done[place] = replace(again, equations=stuck.equations)
            self.arithmetic.restore(before)
        return done

    def _peeled(self, component: list[Equation]) -> _Peeled:
        """A component with its single slips, or with several one after another where those leave something."""
        before = self.arithmetic.state()
        found, stuck = peeled(self.proposer, component)
        after = self.arithmetic.state()
        if stuck or len(found) > 1 or (found and not self.proposer.typed(found[0].alternatives[0][0])):
            self.arithmetic.restore(before)
            together = self.jointly.quickly(component, weights.ROUGH if self.rough else None)
            self.cut |= self.rough and not together
            if together:
                return _Peeled(component, list(together), [], self.arithmetic.state())
        return _Peeled(component, found, stuck, after)

    @cached_property
    def prices(self) -> list[Price]:
        """What explaining by slips of cells costs; what they leave costs at least an arbitrary number each."""
        found = [(f.solved, min(sum(map(self.proposer.cost, a)) for a in f.alternatives)) for p in self.peeled for f in p.found]
        left = [((e,), weights.ARBITRARY) for p in self.peeled for e in p.stuck]
        return [Price(frozenset(id(self.violation_of[id(e)]) for e in solved), cost) for solved, cost in (*found, *left)]

    @property
    def cost(self) -> int:
        """What all of it costs."""
        return sum(price.cost for price in self.prices)

    @property
    def strange(self) -> bool:
        """Whether slips of cells leave something or are no known ones, so that rows may be exchanged."""
        first = [edit for p in self.peeled for f in p.found for edit in f.alternatives[0]]
        return any(p.stuck for p in self.peeled) or not all(map(self.proposer.typed, first))

    @property
    def crowded(self) -> bool:
        """Whether slips of cells leave something, are no known ones or crowd in one table, so that a slip of many cells may be behind."""
        if self.cost <= weights.WHOLE:
            return False
        first = [f.alternatives[0] for p in self.peeled for f in p.found]
        tables = Counter(self.meaning.figures[n].table for a in first for p in a for n in p.figures)
        unknown = sum(not self.proposer.typed(p) for a in first for p in a)
        unexplained = sum(len(p.stuck) for p in self.peeled)
        return unexplained + unknown >= LEAST or any(count >= LEAST for table, count in tables.items() if table >= 0)

    def refuted(self, causes: Sequence[Cause]) -> list[tuple[int, ...]]:
        """What incomplete lists are said to lack although it is wrong itself: an amount that should not be there is missing nowhere."""
        gone = {n for c in causes if len(c.candidates) == 1 for n, amount in c.candidates[0].edits if amount is None or not amount.yuan}
        return [c.missing for c in self.incomplete if gone.intersection(c.missing)]

    def causes(self) -> Iterator[Cause]:
        """Every violation in one cause; equally cheap repairs are told apart with what the other causes ask for put right."""
        found = [cause for component in self.peeled for cause in self._explained(component)]
        for place, cause in enumerate(found):
            if not self.verifier.tells_apart(cause.candidates):
                continue
            others = (c.candidates[0].edits for n, c in enumerate(found) if n != place and c.candidates)
            kept = self.verifier.kept(cause.candidates, tuple(e for edits in others for e in edits))
            found[place] = replace(cause, candidates=tuple(kept))
        yield from found

    def _joined(self, found: list[list[Equation]]) -> list[list[Equation]]:
        """Components, those put together that one amount in the wrong column violates: its two columns share no figure."""
        if len(found) > JOINED_AT_MOST or any(len(c) > SEARCHED_AT_MOST for c in found):
            return found
        for place in range(len(found) - 1, 0, -1):
            mine = {n for e in found[place] for n in (*e.left, *e.right)}
            for other in found[:place]:
                theirs = {n for e in other for n in (*e.left, *e.right)}
                if self._reach_into_both(mine, theirs):
                    other.extend(found.pop(place))
                    break
        return found

    def _reach_into_both(self, mine: set[int], theirs: set[int]) -> bool:
        for n in (*mine, *theirs):
            for target in self.proposer.beside(n):
                if len({n, target} & mine) and len({n, target} & theirs) and self._holds(n, target):
                    return True
        return False

    def _holds(self, n: int, target: int) -> bool:
        """Whether an amount may stand in the blank cell beside it."""
        values = self.arithmetic
        moved = self.proposer.moved(n, target)
        with values.edited(dict(moved.edits)):
            return not any(values.fails(e) for e in values.touched(moved.figures))

    def _explained(self, peeled: _Peeled) -> Iterator[Cause]:
        """Causes of one connected set of violations: single slips, or several together where those do not explain all."""
        before = self.arithmetic.state()
        self.arithmetic.restore(peeled.state)
        found = list(peeled.found)
        left = []
        for part in components(peeled.stuck):
            searched = self.jointly(part)
            found.extend(searched.found)
            if not searched.found:
                left.append((part, searched.beyond))
        self.arithmetic.restore(before)
        if left and found:
            again = self.jointly(peeled.equations)
            found, left = (list(again.found), []) if again.found else (found, left)
        yield from self._told(peeled.equations, found)
        for part, beyond in left:
            yield Cause(tuple(self.violation_of[id(e)] for e in part), beyond=beyond)

    def _told(self, component: Sequence[Equation], found: Sequence[Found]) -> Iterator[Cause]:
        """Causes with their violations: what several contribute to is told with the one that has fewest."""
        told: dict[int, list[Equation]] = {place: [] for place in range(len(found))}
        parts = [frozenset(n for a in f.alternatives for p in a for n in p.figures) for f in found]
        of = {id(e): [p for p, f in enumerate(found) if any(e is s for s in f.solved)] for e in component}
        for equation in sorted(component, key=lambda e: len(of[id(e)])):
            if of[id(equation)]:
                told[min(of[id(equation)], key=lambda p: len(told[p]))].append(equation)
        order = {id(e): place for place, e in enumerate(component)}
        for place, cause in enumerate(found):
            own = sorted(told[place], key=lambda e: order[id(e)])
            shared = [e for e in component if e not in own and not parts[place].isdisjoint((*e.left, *e.right))]
            candidates = [self._candidate(a) for a in cause.alternatives]
            yield Cause(
                tuple(self.violation_of[id(e)] for e in own),
                tuple(candidates),
                shared=tuple(self.violation_of[id(e)] for e in shared),
            )

    def _candidate(self, edits: Sequence[Proposal]) -> Candidate:
        made = [self.proposer.candidate(p) for p in edits]
        if len(made) == 1:
            return made[0]
        return Candidate(tuple(e for c in made for e in c.edits), "、".join(dict.fromkeys(c.operation for c in made)), Extent.CELLS)
