"""Slips of whole columns, rows and tables: one cause of many violations, which no search over cells should meet.

Each is a hypothesis about one table (`hypotheses`), tried in exact arithmetic and verified by a fresh derivation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from mingsuan.identities import weights
from mingsuan.identities.arithmetic import Arithmetic
from mingsuan.identities.causes import Candidate
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.hypotheses import LEAST, Hypothesis, hypotheses, rescalings, row_exchanges
from mingsuan.identities.identity import Sort, Violation
from mingsuan.identities.singles import components

ALL_OF = 8
"""Violations that a table in the wrong unit must explain to be told before slips of cells are looked for."""
VERIFIED_AT_MOST = 4
"""Hypotheses that are verified by a fresh derivation."""
ROWS_VERIFIED_AT_MOST = 2
"""Those of them where only rows are exchanged."""
CELLS_TRIED_AT_MOST = 400_000
"""Figures of a document times hypotheses about it."""


@dataclass(frozen=True)
class Wholesale:
    """A slip of many cells with what it explains.

    Attributes:
        candidates: equally likely readings (which of two tables is in the wrong unit).
        solved: the violations that are gone after it.
        after: the derivation of the repaired figures.
        conversion: a conversion of the file is the likelier culprit.
        cost: by its kind (`weights`).
    """

    candidates: tuple[Candidate, ...]
    solved: tuple[Violation, ...]
    after: Derivation
    conversion: bool = False
    cost: int = weights.WHOLE


@dataclass(frozen=True)
class Price:
    """What some violations, by the identity of their objects, cost when they are explained by slips of cells (`weights`)."""

    violations: frozenset[int]
    cost: int


@dataclass(frozen=True)
class _Tried:
    """A hypothesis with the violations that it repairs, how many more of these there are than of what it breaks, and how much it lifts:

    what would fail but hangs on a figure that it changes.
    """

    hypothesis: Hypothesis
    solved: frozenset[int]
    gain: int
    lifted: int


def wholesale(
    derivation: Derivation, arithmetic: Arithmetic, failing: Sequence[Violation], told: Sequence[Price], *, rows: bool = False
) -> Wholesale | None:
    """The slip of many cells that explains most, verified by a fresh derivation; None where there is none.

    A wrong table lets wrong relations be derived in tables that it is not in, so that a hypothesis need not repair all, and may break
    some, of what stands in the derivation at hand.

    Args:
        derivation: of the document.
        arithmetic: its figures.
        failing: what is to be explained.
        told: what explaining it by slips of single cells costs; a slip of many that saves less is not looked at.
        rows: only rows are exchanged, which little that fails may tell.
    """
    if not told or not (rows or len(failing) >= LEAST):
        return None
    trial = _Trial(arithmetic, failing, told)
    made = row_exchanges(derivation, failing) if rows else hypotheses(derivation, failing)
    within_reach = islice(made, CELLS_TRIED_AT_MOST // len(derivation.meaning.figures))
    promising = (t for h in within_reach if (t := trial(h)) is not None and _saved(t, told) > h.cost)
    tried = sorted((t for t in promising if len(t.solved) >= LEAST or trial.apart(t)), key=lambda t: (-t.gain, t.lifted))
    if not tried:
        return None
    verified: list[tuple[_Tried, Derivation, set[_Key]]] = []
    for t in tried[: ROWS_VERIFIED_AT_MOST if rows else VERIFIED_AT_MOST]:
        verified.append((t, *_left(derivation, t)))
        if not verified[-1][2]:
            break
    best, fresh, left = min(verified, key=lambda v: len(v[2]))
    before = sum(v.identity.sort is not Sort.CONVENTION for v in derivation.violations())
    if len(left) > before - max(best.hypothesis.least, 7 * len(best.solved) // 10):
        return None
    equal = [t.hypothesis for t in tried if (t.solved, t.gain, t.lifted) == (best.solved, best.gain, best.lifted)]
    solved = tuple(v for v in failing if _key(v) not in left)
    return Wholesale(tuple(h.candidate for h in equal), solved, fresh, all(h.conversion for h in equal), best.hypothesis.cost)


def rescaled(derivation: Derivation, arithmetic: Arithmetic, failing: Sequence[Violation]) -> Wholesale | None:
    """The table or column in the wrong unit that explains all that fails and breaks nothing; None where there is none, or another too.

    So much does not agree by chance, so that what slips of cells would cost need not be known.
    """
    if len(failing) < ALL_OF:
        return None
    trial = _Trial(arithmetic, failing, ())
    tried = [t for h in rescalings(derivation.meaning, failing) if (t := trial(h)) is not None and (t.gain, t.lifted) == (len(failing), 0)]
    if len(tried) != 1:
        return None
    fresh, left = _left(derivation, tried[0])
    return None if left else Wholesale((tried[0].hypothesis.candidate,), tuple(failing), fresh)


def _saved(tried: _Tried, told: Sequence[Price]) -> int:
    """What explaining by single cells would cost of what a hypothesis repairs whole."""
    return sum(price.cost for price in told if price.violations <= tried.solved)


def _left(derivation: Derivation, tried: _Tried) -> tuple[Derivation, set[_Key]]:
    """The derivation of the figures with a hypothesis, and what fails in it."""
    figures = list(derivation.meaning.figures)
    for number, amount in tried.hypothesis.edits:
        figures[number] = replace(figures[number], amount=amount)
    fresh = derive(replace(derivation.meaning, figures=tuple(figures)), derivation)
    return fresh, {_key(v) for v in fresh.violations() if v.identity.sort is not Sort.CONVENTION}


_Key = tuple[bool, tuple[int, ...], tuple[int, ...]]


def _key(v: Violation) -> _Key:
    return v.identity.sort is Sort.CONTAINED, v.identity.left, v.identity.right


class _Trial:
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

    def __call__(self, hypothesis: Hypothesis) -> _Tried | None:
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
        return _Tried(hypothesis, frozenset(id(v) for v in solved), gain, lifted)

    def apart(self, tried: _Tried) -> bool:
        """Whether what a hypothesis repairs shares no figure with what it leaves: else one of several slips that meet seems explained."""
        return all(together <= tried.solved or together.isdisjoint(tried.solved) for together in self._together)

    @cached_property
    def _together(self) -> list[frozenset[int]]:
        """Violations that share figures, by the identity of their objects."""
        equations = self.arithmetic.compiled(v.identity for v in self.failing.values())
        return [frozenset(id(self.failing[id(e.identity)]) for e in component) for component in components(equations)]
