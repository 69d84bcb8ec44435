"""Which printed cell is wrong, and what it should be, where violated and satisfied identities leave few candidates.

After Fellegi and Holt (1976): the smallest edit of printed cells after which every hard identity holds. This first
version edits one cell of a cause, or moves one amount to the empty cell beside it; every repair is verified by
deriving the identities anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning import Figure, Meaning
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.edits import TYPED, operation, printed_as
from mingsuan.identities.identity import Identity, Sort, Violation, total, violation

FIGURES_DERIVED_AT_MOST = 60_000
"""Figures over which identities are derived anew to tell candidates apart: forty derivations of an ordinary disclosure."""
JOINED_AT_MOST = 40
"""Components among which shifted columns are looked for in pairs."""
SEARCHED_AT_MOST = 200
"""Violations of one component among which single edits are looked for; where more fail together, no single cell is at fault."""
VERIFIED_AT_MOST = 6
"""Candidates of one cause that are verified by a fresh derivation; more than these are not told apart anyway."""


@dataclass(frozen=True)
class Candidate:
    """An edit after which the identities of its cause hold.

    Attributes:
        edits: (figure, what it should be) — one, or two where an amount stands in the wrong column.
        operation: the kind of slip, in Chinese.
    """

    edits: tuple[tuple[int, Amount | None], ...]
    operation: str

    @property
    def figure(self) -> int:
        """The figure that is wrong."""
        return self.edits[0][0]


@dataclass(frozen=True)
class Cause:
    """Violations that one edit, or one defect of a table, explains.

    Attributes:
        violations: what fails.
        candidates: equally likely repairs, likelier kinds of slip first; () where no single edit repairs all.
        missing: figures of other tables that the violated list leaves out (an incomplete table).
    """

    violations: tuple[Violation, ...]
    candidates: tuple[Candidate, ...] = ()
    missing: tuple[int, ...] = ()


def localise(derivation: Derivation) -> tuple[Cause, ...]:
    """Explain every violation of a hard identity, one root cause at a time."""
    hard = tuple(i for i in derivation.identities if i.sort is not Sort.CONVENTION)
    failing = [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION]
    if not failing:
        return ()
    incomplete = tuple(_incomplete(failing, derivation))
    set_aside = {id(v.identity) for c in incomplete for v in c.violations}
    causes: list[Cause] = []
    search = _Search(derivation.meaning, tuple(i for i in hard if id(i) not in set_aside), list(derivation.meaning.figures), len(failing))
    for component in search.joined(_components([v for v in failing if id(v.identity) not in set_aside])):
        causes.extend(search.explain(component))
    return (*causes, *incomplete)


def _components(violations: Sequence[Violation]) -> Iterator[list[Violation]]:
    """Violations that share figures, directly or through others."""
    by_figure: dict[int, list[int]] = {}
    for place, v in enumerate(violations):
        for number in v.identity.members:
            by_figure.setdefault(number, []).append(place)
    left = dict.fromkeys(range(len(violations)))
    while left:
        group: list[int] = []
        waiting = [next(iter(left))]
        reach = {n for n in violations[waiting[0]].identity.witnesses for n in by_figure.get(n, ())}
        del left[waiting[0]]
        waiting.extend(n for n in reach if left.pop(n, waiting) is None)
        while waiting:
            place = waiting.pop()
            group.append(place)
            for number in violations[place].identity.members:
                waiting.extend(n for n in by_figure[number] if left.pop(n, waiting) is None)
        yield [violations[place] for place in sorted(group)]


def _incomplete(violations: Sequence[Violation], derivation: Derivation) -> Iterator[Cause]:
    """A list whose total is not met and that leaves out what another table lists: rows are missing, no number is wrong.

    Such sums are set aside before numbers are suspected, since no number of an incomplete list can be verified by them.
    """
    figures, regions = derivation.meaning.figures, derivation.regions
    unlisted = [(v.identity.left[0], v) for v in violations if v.identity.sort is Sort.LISTING and not v.identity.right]
    by_table: dict[int, tuple[list[Violation], dict[int, Violation]]] = {}
    for failed in violations:
        if failed.identity.sort is not Sort.PARTITION or not failed.identity.right:
            continue
        outside = ~regions[failed.identity.left[0]]
        members = {regions[n] for n in failed.identity.right}
        left_out = {n: v for n, v in unlisted if not regions[n] & outside and all(regions[n] & ~m for m in members)}
        if left_out:
            parts, absent = by_table.setdefault(figures[failed.identity.left[0]].table, ([], {}))
            parts.append(failed)
            absent.update(left_out)
    for parts, absent in by_table.values():
        yield Cause((*parts, *absent.values()), missing=tuple(absent))


@dataclass
class _Search:
    """The search for repairs over one set of figures."""

    meaning: Meaning
    identities: Sequence[Identity]
    figures: list[Figure]
    failing: int
    budget: int = FIGURES_DERIVED_AT_MOST

    def __post_init__(self) -> None:
        index: dict[int, list[Identity]] = {}
        for identity in self.identities:
            for number in {*identity.members, *identity.witnesses}:
                index.setdefault(number, []).append(identity)
        self.index: Mapping[int, list[Identity]] = index

    def joined(self, components: Iterable[list[Violation]]) -> list[list[Violation]]:
        """Components, those put together that one amount in the wrong column violates: its two columns share no figure."""
        found = list(components)
        if len(found) > JOINED_AT_MOST or any(len(c) > SEARCHED_AT_MOST for c in found):
            return found
        for place in range(len(found) - 1, 0, -1):
            mine = {n for v in found[place] for n in v.identity.members}
            for other in found[:place]:
                theirs = {n for v in other for n in v.identity.members}
                if any(self._holds(c) for n in mine | theirs for c in self._moves(n) if _joins(c, mine, theirs)):
                    other.extend(found.pop(place))
                    break
        return found

    def explain(self, component: list[Violation]) -> Iterator[Cause]:
        """Causes of one connected set of violations: one edit for all of it, or the most that one edit explains, again and again."""
        if len(component) > SEARCHED_AT_MOST:
            yield Cause(tuple(component))
            return
        left = list(component)
        while left:
            ranked = sorted(self._ranked(left), key=lambda r: (-len(r[1]), r[0].operation not in TYPED))
            if not ranked:
                yield Cause(tuple(left))
                return
            most = len(ranked[0][1])
            best = self._likeliest([candidate for candidate, solved in ranked if len(solved) == most])
            solved_ids = {id(v.identity) for v in ranked[0][1]}
            if most < len(left) and most < 2:
                yield Cause(tuple(left))
                return
            candidates = self._verified(best, len(left) == most)
            yield Cause(tuple(v for v in left if id(v.identity) in solved_ids), tuple(candidates))
            left = [v for v in left if id(v.identity) not in solved_ids]

    def _ranked(self, violations: Sequence[Violation]) -> Iterator[tuple[Candidate, list[Violation]]]:
        """Edits that repair every violated identity they are in and break none, with the violations they repair."""
        for candidate in self._proposals(violations):
            touched = {n for n, _ in candidate.edits}
            solved = [v for v in violations if touched & {*v.identity.members, *v.identity.witnesses}]
            if solved and self._holds(candidate):
                yield candidate, solved

    def _likeliest(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Of edits that all stay within rounding: known slips before arbitrary numbers, then those that leave the least over."""
        rank = [(c.operation not in TYPED, self._residue(c)) for c in candidates]
        return [c for c, r in zip(candidates, rank, strict=True) if r == min(rank)]

    def _residue(self, candidate: Candidate) -> Decimal:
        with self._edited(candidate):
            touched = {id(i): i for n, _ in candidate.edits for i in self.index.get(n, ()) if i.sort is not Sort.CONTAINED}
            return sum((abs(total(self.figures, i.left)[0] - total(self.figures, i.right)[0]) for i in touched.values()), Decimal(0))

    @contextmanager
    def _edited(self, candidate: Candidate) -> Iterator[None]:
        before = {n: self.figures[n] for n, _ in candidate.edits}
        for number, amount in candidate.edits:
            self.figures[number] = replace(before[number], amount=amount)
        try:
            yield
        finally:
            for number, figure in before.items():
                self.figures[number] = figure

    def _holds(self, candidate: Candidate) -> bool:
        with self._edited(candidate):
            return all(
                violation(identity, self.figures) is None
                for number, _ in candidate.edits
                for identity in self.index.get(number, ())
                if number in identity.members
            )

    def _proposals(self, violations: Sequence[Violation]) -> Iterator[Candidate]:
        seen: set[tuple[tuple[int, Amount | None], ...]] = set()
        for v in sorted(violations, key=lambda v: v.tolerance):
            for number in dict.fromkeys(v.identity.members):
                for candidate in (*self._values(number, v), *self._moves(number)):
                    if candidate.edits not in seen:
                        seen.add(candidate.edits)
                        yield candidate

    def _values(self, number: int, v: Violation) -> Iterator[Candidate]:
        """What one figure would have to be for one identity to hold exactly."""
        amount = self.figures[number].amount
        if amount is None:
            return
        sign = v.identity.left.count(number) - v.identity.right.count(number)
        if sign:
            wanted = printed_as(amount.yuan - v.difference / sign, amount) or printed_as(
                _to_step(amount.yuan - v.difference / sign, amount.step), amount
            )
            if wanted is not None and wanted != amount:
                yield Candidate(((number, wanted),), operation(amount, wanted))

    def _moves(self, number: int) -> Iterator[Candidate]:
        """The amount moved to the empty cell beside it: a shifted column."""
        figure = self.figures[number]
        if figure.amount is None or figure.table < 0:
            return
        table = next(t for t in self.meaning.tables if t.index == figure.table)
        for block in table.blocks:
            columns = list(block.columns)
            if figure.form_column not in columns:
                continue
            place = columns.index(figure.form_column)
            for other in columns[max(0, place - 1) : place] + columns[place + 1 : place + 2]:
                target = self.meaning.by_cell.get((figure.table, figure.row, other))
                if target is not None and self.figures[target].amount is None:
                    yield Candidate(((number, None), (target, figure.amount)), "错列")

    def _verified(self, candidates: Sequence[Candidate], alone: bool) -> list[Candidate]:
        """Candidates after which a fresh derivation finds none of the violations; all where there are too many to tell."""
        cost = len(candidates) * len(self.figures)
        if not 1 < len(candidates) <= VERIFIED_AT_MOST or cost > self.budget:
            return list(candidates)
        self.budget -= cost
        verified = []
        for candidate in candidates:
            figures = list(self.meaning.figures)
            for number, amount in candidate.edits:
                figures[number] = replace(figures[number], amount=amount)
            after = [
                v for v in derive(replace(self.meaning, figures=tuple(figures))).violations() if v.identity.sort is not Sort.CONVENTION
            ]
            if len(after) < self.failing:
                verified.append((len(after), candidate))
        if not verified:
            return list(candidates)
        least = min(count for count, _ in verified)
        return [candidate for count, candidate in verified if count == least]


def _joins(candidate: Candidate, left: Set[int], right: Set[int]) -> bool:
    """Whether an edit is one of figures of both sets."""
    edited = {n for n, _ in candidate.edits}
    return bool(edited & left and edited & right)


def _to_step(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).to_integral_value() * step
