"""Slips of whole columns, rows and tables: one cause of many violations, which no search over cells should meet.

Each is a hypothesis about one table (`hypotheses`), tried in exact arithmetic and verified by a fresh derivation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice

from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.identity import Sort, Violation, violation
from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.causes import Candidate, Edits
from mingsuan.identities.localising.hypotheses import LEAST, Hypothesis, hypotheses, refilled, row_exchanges
from mingsuan.identities.localising.lost import filled, lost_columns, reached, without
from mingsuan.identities.localising.trials import Price, Trial, Tried
from mingsuan.values import dataclass

VERIFIED_AT_MOST = 4
"""Hypotheses that are verified by a fresh derivation."""
ROWS_VERIFIED_AT_MOST = 2
"""Those of them where only rows are exchanged."""
RIVALS_VERIFIED_AT_MOST = 2
"""Hypotheses that repair the same as the best and are verified besides, so that none that is as good is left out."""
REFILLED_AT_MOST = 2
"""How often a lost column is filled anew with what is derived from it."""
CELLS_UNREAD_AT_MOST = 6_000
"""Figures of a document times columns that are taken for unread, each with a fresh derivation."""
UNREAD = 3 * weights.WHOLE
"""What slips of cells must cost at least before a column is taken for unread: more than a handful of them."""
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
class _Verified:
    """A hypothesis that was tried, as a fresh derivation leaves it, and what fails in that."""

    tried: Tried
    hypothesis: Hypothesis
    fresh: Derivation
    left: set[_Key]


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
    trial = Trial(arithmetic, failing, told)
    lost = () if rows else _lost(derivation, arithmetic, failing, told)
    made = row_exchanges(derivation.meaning, failing) if rows else chain(hypotheses(derivation.meaning, failing), lost)
    within_reach = islice(made, CELLS_TRIED_AT_MOST // len(derivation.meaning.figures))
    promising = (t for h in within_reach if (t := trial(h)) is not None and _saved(t, told) > h.cost)
    tried = sorted((t for t in promising if len(t.solved) >= LEAST or trial.apart(t)), key=lambda t: (-t.gain, t.lifted))
    found = _best(derivation, failing, tried, ROWS_VERIFIED_AT_MOST if rows else VERIFIED_AT_MOST)
    unread = () if rows or found is not None else _unread(derivation, arithmetic, failing, told)
    return next((best for t in unread if (best := _best(derivation, failing, [t], 1)) is not None), found)


def _best(derivation: Derivation, failing: Sequence[Violation], tried: Sequence[Tried], most: int) -> Wholesale | None:
    """The hypothesis after which least fails in a fresh derivation, if that is little enough; with those that repair the same."""
    verified: list[_Verified] = []
    for t in tried[:most]:
        verified.append(_verified(derivation, t))
        if not verified[-1].left:
            break
    if not verified:
        return None
    best = min(verified, key=lambda v: len(v.left))
    if len(best.left) > len(_failing(derivation)) - max(best.hypothesis.least, 7 * len(best.tried.solved) // 10):
        return None
    solved = tuple(v for v in failing if _key(v) not in best.left)
    equal = _in_order(derivation, _equal(derivation, tried, verified, best))
    conversion = all(h.conversion for h in equal)
    fresh = best.fresh if equal[0] is best.hypothesis else _left(derivation, equal[0].edits)[0]
    return Wholesale(tuple(h.candidate for h in equal), solved, fresh, conversion, best.hypothesis.cost)


def _equal(derivation: Derivation, tried: Sequence[Tried], verified: Sequence[_Verified], best: _Verified) -> Iterator[Hypothesis]:
    """What repairs the same as the best and leaves as little: as it was tried, or where more is lifted, in a fresh derivation."""
    known = {id(v.tried): v for v in verified}
    left = RIVALS_VERIFIED_AT_MOST
    seen = {frozenset(best.hypothesis.edits)}
    yield best.hypothesis
    for t in tried:
        edits = frozenset(t.hypothesis.edits)
        if edits in seen or (t.solved, t.gain) != (best.tried.solved, best.tried.gain):
            continue
        seen.add(edits)
        if t.lifted == best.tried.lifted:
            yield t.hypothesis
        elif id(t) in known or left:
            left -= id(t) not in known
            rival = known.get(id(t)) or _verified(derivation, t)
            if len(rival.left) == len(best.left):
                yield rival.hypothesis


def _in_order(derivation: Derivation, equal: Iterator[Hypothesis]) -> list[Hypothesis]:
    """Those first after which customs hold: these prove nothing, but tell which of two tables is likelier wrong."""
    found = list(equal)
    return found if len(found) == 1 else sorted(found, key=lambda h: _strange(derivation, h.edits))


def _strange(derivation: Derivation, edits: Edits) -> int:
    """How many customs do not hold after some edits."""
    figures = _edited(derivation, edits)
    return sum(i.sort is Sort.CONVENTION and violation(i, figures) is not None for i in derivation.identities)


def _verified(derivation: Derivation, tried: Tried) -> _Verified:
    """A hypothesis with what fails after it; a lost column is filled again with what only its own amounts let be derived."""
    hypothesis = tried.hypothesis
    fresh, left = _left(derivation, hypothesis.edits)
    for _ in range(REFILLED_AT_MOST if left and hypothesis.lost is not None else 0):
        arithmetic = Arithmetic(fresh.meaning.figures, [i for i in fresh.identities if i.sort is not Sort.CONVENTION])
        edits = filled(fresh, arithmetic, hypothesis.lost, again=True) if left and hypothesis.lost else ()
        if not edits or edits == hypothesis.edits:
            break
        again, still = _left(derivation, edits)
        if len(still) >= len(left):
            break
        hypothesis = replace(hypothesis, candidate=replace(hypothesis.candidate, edits=edits))
        fresh, left = again, still
    return _Verified(tried, hypothesis, fresh, left)


def _lost(derivation: Derivation, arithmetic: Arithmetic, failing: Sequence[Violation], told: Sequence[Price]) -> Iterator[Hypothesis]:
    """Columns without any amount, filled with what the relations of their cells lack, where slips of cells would cost more."""
    for lost in lost_columns(derivation.meaning):
        lacking = frozenset(id(v) for v in failing if not lost.cells.isdisjoint(v.identity.members))
        if len(lacking) >= LEAST and sum(p.cost for p in told if p.violations <= lacking) > weights.WHOLE:
            yield from refilled(lost, filled(derivation, arithmetic, lost))


def _unread(derivation: Derivation, arithmetic: Arithmetic, failing: Sequence[Violation], told: Sequence[Price]) -> Iterator[Tried]:
    """Columns whose blanks nearly all that fails hangs on: what they printed is told by what holds when nothing is known of them."""
    budget = CELLS_UNREAD_AT_MOST
    members = Counter(n for v in failing for n in v.identity.members)
    columns = sorted(lost_columns(derivation.meaning), key=lambda lost: -sum(members[n] for n in lost.cells))
    for lost in columns:
        gone = reached(lost, failing)
        solved = frozenset(map(id, gone))
        if 10 * len(gone) < 9 * len(failing) or sum(p.cost for p in told if p.violations <= solved) < UNREAD:
            continue
        budget -= len(derivation.meaning.figures)
        if budget < 0:
            return
        fresh, known = without(derivation, lost)
        if 10 * len(_failing(fresh)) <= len(failing):
            for hypothesis in refilled(lost, filled(derivation, arithmetic, lost, known)):
                yield Tried(hypothesis, solved, len(gone), 0)


def _saved(tried: Tried, told: Sequence[Price]) -> int:
    """What explaining by single cells would cost of what a hypothesis repairs whole."""
    return sum(price.cost for price in told if price.violations <= tried.solved)


def _left(derivation: Derivation, edits: Edits) -> tuple[Derivation, set[_Key]]:
    """The derivation of the figures with some edits, and what fails in it."""
    fresh = derive(replace(derivation.meaning, figures=tuple(_edited(derivation, edits))), derivation)
    return fresh, {_key(v) for v in _failing(fresh)}


def _edited(derivation: Derivation, edits: Edits) -> list[Figure]:
    figures = list(derivation.meaning.figures)
    for number, amount in edits:
        figures[number] = replace(figures[number], amount=amount)
    return figures


def _failing(derivation: Derivation) -> list[Violation]:
    return [v for v in derivation.violations() if v.identity.sort is not Sort.CONVENTION]


_Key = tuple[bool, tuple[int, ...], tuple[int, ...]]


def _key(v: Violation) -> _Key:
    return v.identity.sort is Sort.CONTAINED, v.identity.left, v.identity.right
