"""Tables in another unit than they say, each told apart from whatever else is wrong in a document.

So many amounts do not agree by chance once the point is moved, so that such a table is found before any other slip is looked for, and
what is left to explain is what fails with its unit put right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.identity import Sort, Violation, total
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.causes import Cause, Edits
from mingsuan.identities.localising.hypotheses import Hypothesis, of_table
from mingsuan.identities.localising.trials import Trial, Tried
from mingsuan.values import dataclass

TABLES_AT_MOST = 4
"""Tables of one document whose unit is put right."""
SURE = 3
"""Amounts that agree but for the unit from which some of what fails about a table may have other reasons; two must explain all."""
DIGITS = 5
"""Digits that one amount or two which agree have together at least, zeros at the end not counted."""
MOST_OF = 0.5
"""Share of what fails between a table and others that must hold once its unit is another: the rest are slips of single cells."""
_UNITS = (4, 3, 8)
"""Powers of ten between units of account."""


@dataclass(frozen=True)
class Misscaled:
    """A table in another unit than it says.

    Attributes:
        table: its number in the disclosure; of several that may be it the likeliest.
        cause: what its unit breaks, with one candidate per table that may be it.
        edits: its figures in the right unit, no more exact than they are known to be.
        after: the derivation with these.
    """

    table: int
    cause: Cause
    edits: Edits
    after: Derivation


def misscaled(derivation: Derivation) -> Iterator[Misscaled]:
    """Every table in another unit than it says, each found with those before it put right."""
    for _ in range(TABLES_AT_MOST):
        found = _first(derivation)
        if found is None:
            return
        yield found
        derivation = found.after


def _first(derivation: Derivation) -> Misscaled | None:
    """The table whose unit explains most."""
    failing = _failing(derivation)
    suspects = [s for s in _suspects(derivation.meaning, failing) if s.is_told_by_enough]
    if not suspects:
        return None
    hard = [i for i in derivation.identities if i.sort is not Sort.CONVENTION]
    trial = Trial(Arithmetic(derivation.meaning.figures, hard), failing, ())
    tried = [(s, t) for s in suspects if (t := trial(s.hypothesis)) is not None and s.explains(t, failing, derivation.meaning.figures)]
    tried.sort(key=lambda pair: -pair[1].gain)
    for _, best in tried[:TABLES_AT_MOST]:
        equal = [s for s, t in tried if t.solved == best.solved]
        first, *others = (s for s in equal if s.likely == max(one.likely for one in equal))
        after = _edited(derivation, first.hypothesis.edits)
        if len(failing) - len(_failing(after)) >= MOST_OF * len(best.solved):
            solved = tuple(v for v in failing if id(v) in best.solved)
            cause = Cause(solved, tuple(s.hypothesis.candidate for s in (first, *others)))
            return Misscaled(first.table, cause, first.hypothesis.edits, after)
    return None


_Sums = dict[tuple[int, ...], Decimal]


@dataclass(frozen=True)
class _Suspect:
    """A table that may be in another unit.

    Attributes:
        sums: of its figures, that are what is printed elsewhere but for the unit.
        usual: the other unit is that of its form, and of more tables than its own.
        likely: how likely it is beside others that repair the same.
    """

    table: int
    sums: _Sums
    hypothesis: Hypothesis
    usual: bool
    likely: tuple[bool, int]

    @property
    def is_told_by_enough(self) -> bool:
        """Whether its amounts that agree but for the unit do not do so by chance."""
        digits = sum(len(yuan.normalize().as_tuple().digits) for yuan in self.sums.values())
        if self.usual:
            return len(self.sums) > 1 or digits >= DIGITS
        return len(self.sums) >= SURE or (len(self.sums) > 1 and digits >= DIGITS)

    def explains(self, tried: Tried, failing: Sequence[Violation], figures: Sequence[Figure]) -> bool:
        """Whether most of what fails between it and others holds in the other unit; all where few amounts agree and that is unusual."""
        between = [v for v in failing if len(tables := {figures[n].table for n in v.identity.members}) > 1 and self.table in tables]
        solved = sum(id(v) in tried.solved for v in between)
        return solved >= MOST_OF * len(between) if self.usual or len(self.sums) >= SURE else solved == len(between)


def _suspects(meaning: Meaning, failing: Sequence[Violation]) -> Iterator[_Suspect]:
    for (table, power), sums in _agreeing(failing, meaning.figures).items():
        hypothesis = replace(of_table(meaning, table, power), least=1)
        n, wanted = hypothesis.candidate.edits[0]
        printed = meaning.figures[n].amount
        if wanted is not None and printed is not None and wanted.unit != printed.unit:
            own = next(t.form.unit for t in meaning.tables if t.index == table)
            units = [t.table.unit for t in meaning.tables if t.index != table]
            more = units.count(wanted.unit) - units.count(printed.unit)
            yield _Suspect(table, sums, hypothesis, own == wanted.unit and more > 0, (own == wanted.unit, more))


def _agreeing(failing: Sequence[Violation], figures: Sequence[Figure]) -> dict[tuple[int, int], _Sums]:
    """By table and power of ten, the sums of its figures that are what is printed elsewhere but for that power."""
    found: dict[tuple[int, int], _Sums] = {}
    for v in failing:
        left, right = v.identity.left, v.identity.right
        power = _power(left, right, figures) if v.identity.sort is not Sort.PARTITION and left and right else 0
        for side, other, sign in ((left, right, 1), (right, left, -1)) if power else ():
            tables = {figures[n].table for n in side}
            if len(tables) == 1 and tables.isdisjoint(figures[n].table for n in other) and min(tables) >= 0:
                found.setdefault((min(tables), sign * power), {})[tuple(sorted(side))] = total(figures, side)[0]
    return found


def _power(left: Sequence[int], right: Sequence[int], figures: Sequence[Figure]) -> int:
    """By which power of ten between units the left is too large (negative: too small); 0 where it is none."""
    (one, one_half), (two, two_half) = ((total(figures, side)[0], _half(figures, side)) for side in (left, right))
    for power in _UNITS if one * two > 0 else ():
        factor = Decimal(10) ** power
        if abs(one - two * factor) < one_half + two_half * factor and abs(one) > one_half:
            return power
        if abs(two - one * factor) < two_half + one_half * factor and abs(two) > two_half:
            return -power
    return 0


def _half(figures: Sequence[Figure], numbers: Sequence[int]) -> Decimal:
    return sum((a.half for n in numbers if (a := figures[n].amount) is not None), Decimal(0))


def _edited(derivation: Derivation, edits: Edits) -> Derivation:
    figures = list(derivation.meaning.figures)
    for n, amount in edits:
        figures[n] = replace(figures[n], amount=amount)
    return derive(replace(derivation.meaning, figures=tuple(figures)), derivation)


def _failing(derivation: Derivation) -> list[Violation]:
    return [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION]
