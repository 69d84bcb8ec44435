"""Slips of whole columns, rows and tables: one cause of many violations, which no search over cells should meet.

A table printed in 元 that says 万元, a column whose amounts stand one column beside, two rows exchanged, a column that a conversion lost.
Each is a hypothesis about one table, tried in exact arithmetic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import combinations, islice, pairwise

from mingsuan.amounts import UNITS, Amount
from mingsuan.dialects.meaning import BlockMeaning, Figure, Meaning
from mingsuan.identities.arithmetic import Arithmetic
from mingsuan.identities.causes import Candidate, Edits, Extent
from mingsuan.identities.derive import Derivation, derive
from mingsuan.identities.edits import EXCHANGED, LOST, POINT, SHIFTED
from mingsuan.identities.identity import Sort, Violation, total

LEAST = 3
"""Violations that a slip of many cells must explain, and cells that it must explain them by: fewer are slips of cells."""
POWERS = (4, 3, 8, 1, 2)
"""Powers of ten between units of account, and slips of the decimal point."""
TRIED_AT_MOST = 60
"""Hypotheses of one kind about one block."""
VERIFIED_AT_MOST = 4
"""Hypotheses that are verified by a fresh derivation."""
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
    """

    candidates: tuple[Candidate, ...]
    solved: tuple[Violation, ...]
    after: Derivation
    conversion: bool = False


@dataclass(frozen=True)
class _Hypothesis:
    candidate: Candidate
    conversion: bool = False


@dataclass(frozen=True)
class _Tried:
    """A hypothesis with the violations that it repairs and how many more of these there are than of what it breaks."""

    hypothesis: _Hypothesis
    solved: frozenset[int]
    gain: int


def wholesale(derivation: Derivation, arithmetic: Arithmetic, failing: Sequence[Violation]) -> Wholesale | None:
    """The slip of many cells that explains most, verified by a fresh derivation; None where there is none.

    A wrong table lets wrong relations be derived in tables that it is not in, so that a hypothesis need not repair all, and may break
    some, of what stands in the derivation at hand.
    """
    if len(failing) < LEAST:
        return None
    trial = _Trial(arithmetic, failing)
    hypotheses = islice(_hypotheses(derivation.meaning, failing), CELLS_TRIED_AT_MOST // len(derivation.meaning.figures))
    tried = sorted((t for h in hypotheses if (t := trial(h)) is not None), key=lambda t: -t.gain)
    if not tried:
        return None
    place = min(range(min(len(tried), VERIFIED_AT_MOST)), key=lambda p: len(_left(derivation, tried[p])[1]))
    best = tried[place]
    fresh, left = _left(derivation, best)
    before = sum(v.identity.sort is not Sort.CONVENTION for v in derivation.violations())
    if len(left) > before - max(LEAST, 7 * len(best.solved) // 10):
        return None
    equal = [t.hypothesis for t in tried if t.solved == best.solved and t.gain == best.gain]
    solved = tuple(v for v in failing if _key(v) not in left)
    return Wholesale(tuple(h.candidate for h in equal), solved, fresh, all(h.conversion for h in equal))


def _left(derivation: Derivation, tried: _Tried) -> tuple[Derivation, set[_Key]]:
    """The derivation of the figures with a hypothesis, and what fails in it."""
    figures = list(derivation.meaning.figures)
    for number, amount in tried.hypothesis.candidate.edits:
        figures[number] = replace(figures[number], amount=amount)
    fresh = derive(replace(derivation.meaning, figures=tuple(figures)), derivation)
    return fresh, {_key(v) for v in fresh.violations() if v.identity.sort is not Sort.CONVENTION}


_Key = tuple[bool, tuple[int, ...], tuple[int, ...]]


def _key(v: Violation) -> _Key:
    return v.identity.sort is Sort.CONTAINED, v.identity.left, v.identity.right


class _Trial:
    """Tries hypotheses on the integers of a document; what a fresh derivation verifies afterwards may be rounded here."""

    def __init__(self, arithmetic: Arithmetic, failing: Sequence[Violation]) -> None:
        """Take what fails now."""
        self.arithmetic = arithmetic
        self.failing = {id(v.identity): v for v in failing}

    def __call__(self, hypothesis: _Hypothesis) -> _Tried | None:
        """What a hypothesis repairs; None where it repairs too little, or a single cell would do."""
        edits = dict(hypothesis.candidate.edits)
        touched = self.arithmetic.touched(edits)
        with self.arithmetic.edited({n: self.arithmetic.value(amount) for n, amount in edits.items()}):
            still = {id(e.identity) for e in touched if self.arithmetic.fails(e)}
        solved = [v for e in touched if (v := self.failing.get(id(e.identity))) is not None and id(e.identity) not in still]
        gain = len(solved) - 2 * len(still - self.failing.keys())
        if gain < LEAST or _one_cell(solved, edits):
            return None
        return _Tried(hypothesis, frozenset(id(v) for v in solved), gain)


def _one_cell(solved: Iterable[Violation], edits: Mapping[int, Amount | None]) -> bool:
    """Whether one cell, or two, are in all that is repaired: then those are wrong, not a column or table."""
    counts = Counter(n for v in solved for n in {*v.identity.members} & edits.keys())
    wanted = len(list(solved))
    (first, most), *_ = counts.most_common(1)
    rest = Counter(n for v in solved if first not in v.identity.members for n in {*v.identity.members} & edits.keys())
    return most + max(rest.values(), default=0) >= wanted


# ---- hypotheses ------------------------------------------------------------------------------------------------------


def _hypotheses(meaning: Meaning, failing: Sequence[Violation]) -> Iterator[_Hypothesis]:
    yield from _scales(meaning, failing)
    counts = Counter(t for v in failing for t in {meaning.figures[n].table for n in v.identity.members} if t >= 0)
    for table in meaning.tables:
        if counts[table.index] >= LEAST:
            for block in table.blocks:
                if block.columns and block.rows:
                    yield from _of_block(meaning, table.index, block, failing)


def _scales(meaning: Meaning, failing: Sequence[Violation]) -> Iterator[_Hypothesis]:
    """Tables and columns whose amounts are a power of ten too large or too small beside others."""
    votes: Counter[tuple[int, str, int]] = Counter()
    for v in failing:
        power = _power(v, meaning.figures)
        if power:
            for side, sign in ((v.identity.left, 1), (v.identity.right, -1)):
                figures = [meaning.figures[n] for n in side if meaning.figures[n].amount is not None]
                votes.update({(f.table, "", sign * power) for f in figures if f.table >= 0})
                votes.update({(f.table, f.form_column, sign * power) for f in figures if f.table >= 0})
    for (table, column, power), count in votes.most_common(TRIED_AT_MOST):
        if count >= LEAST:
            edits = tuple(
                (n, _scaled(f.amount, power))
                for n, f in enumerate(meaning.figures)
                if f.amount is not None and f.table == table and column in ("", f.form_column)
            )
            yield _Hypothesis(Candidate(edits, _unit_slip(edits, meaning.figures), Extent.COLUMN if column else Extent.TABLE))


def _power(v: Violation, figures: Sequence[Figure]) -> int:
    """By which power of ten the left of an identity is too large (negative: too small); 0 where it is none."""
    if v.identity.sort not in (Sort.EQUAL, Sort.CONDITIONAL, Sort.LISTING):
        return 0
    left, right = (total(figures, side)[0] for side in (v.identity.left, v.identity.right))
    if left * right <= 0:
        return 0
    for power in POWERS:
        factor = Decimal(10) ** power
        if abs(left - right * factor) < v.tolerance * factor:
            return power
        if abs(right - left * factor) < v.tolerance * factor:
            return -power
    return 0


def _scaled(amount: Amount, power: int) -> Amount:
    """The digits of an amount in the unit that they are meant in, or with the point moved where no unit lies so far off."""
    wanted = UNITS[amount.unit] / Decimal(10) ** power
    unit = next((name for name, yuan in UNITS.items() if yuan == wanted), None)
    yuan = amount.yuan / Decimal(10) ** power
    return Amount(yuan, unit, amount.decimals) if unit else Amount(yuan, amount.unit, max(0, amount.decimals + power))


def _unit_slip(edits: Edits, figures: Sequence[Figure]) -> str:
    number, wanted = edits[0]
    printed = figures[number].amount
    if printed is None or wanted is None or printed.unit == wanted.unit:
        return POINT
    return f"单位误标：数字以{wanted.unit}计，标作{printed.unit}"


def _of_block(meaning: Meaning, table: int, block: BlockMeaning, failing: Sequence[Violation]) -> Iterator[_Hypothesis]:
    """Columns that stand in each other's place or are lost, rows exchanged."""
    columns = list(block.columns)
    rows = [row.row for row in block.rows]
    suspect = [meaning.figures[n] for v in failing for n in v.identity.members if meaning.figures[n].table == table]
    wrong_columns, wrong_rows = {f.form_column for f in suspect}, {f.row for f in suspect}
    yield from _lost(meaning, table, columns, rows, failing)
    pairs = ((one, two) for one, two in combinations(columns, 2) if {one, two} & wrong_columns)
    for one, two in islice(pairs, TRIED_AT_MOST):
        edits = _exchanged(meaning, [((table, r, one), (table, r, two)) for r in rows])
        if len(edits) > 2:
            yield _Hypothesis(Candidate(edits, SHIFTED, Extent.COLUMN))
    neighbours = ((one, two) for one, two in pairwise(rows) if {one, two} <= wrong_rows)
    for first, second in islice(neighbours, TRIED_AT_MOST):
        edits = _exchanged(meaning, [((table, first, c), (table, second, c)) for c in columns])
        if len(edits) > 2:
            yield _Hypothesis(Candidate(edits, EXCHANGED, Extent.ROWS))


def _exchanged(meaning: Meaning, pairs: Iterable[tuple[tuple[int, int, str], tuple[int, int, str]]]) -> Edits:
    """The amounts of cells in each other's place; only where they differ."""
    edits: list[tuple[int, Amount | None]] = []
    for one, two in pairs:
        a, b = meaning.by_cell.get(one), meaning.by_cell.get(two)
        if a is not None and b is not None and meaning.figures[a].amount != meaning.figures[b].amount:
            edits.extend(((a, meaning.figures[b].amount), (b, meaning.figures[a].amount)))
    return tuple(edits)


def _lost(meaning: Meaning, table: int, columns: Sequence[str], rows: Sequence[int], failing: Sequence[Violation]) -> Iterator[_Hypothesis]:
    """A column without any amount, filled with what most of the relations of each of its cells lack."""
    figures = meaning.figures
    like = next((f.amount for f in figures if f.table == table and f.amount is not None), None)
    for column in columns:
        cells = {n for r in rows if (n := meaning.by_cell.get((table, r, column))) is not None}
        if like is None or any((a := figures[n].amount) is not None and a.yuan for n in cells):
            continue
        lacking: dict[int, Counter[Decimal]] = {}
        for v in failing:
            alone = cells.intersection(v.identity.members)
            if len(alone) == 1 and v.identity.sort is not Sort.CONTAINED:
                (n,) = alone
                lacking.setdefault(n, Counter())[v.difference * (v.identity.right.count(n) - v.identity.left.count(n))] += 1
        if len(lacking) >= LEAST:
            edits = tuple((n, Amount(lacking[n].most_common(1)[0][0], like.unit, like.decimals)) for n in sorted(lacking))
            yield _Hypothesis(Candidate(edits, LOST, Extent.COLUMN), conversion=True)
