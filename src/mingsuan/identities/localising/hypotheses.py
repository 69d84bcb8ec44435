"""What slips of whole columns, rows and tables may have happened: hypotheses, each about one table.

A table printed in 元 that says 万元, a column whose amounts stand one column beside, two rows exchanged, a column that a conversion lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise

from mingsuan.amounts import UNITS, Amount
from mingsuan.dialects.meaning.understand import BlockMeaning, Figure, Meaning
from mingsuan.identities.identity import Sort, Violation, total
from mingsuan.identities.localising import weights
from mingsuan.identities.localising.causes import Candidate, Edits, Extent
from mingsuan.identities.localising.edits import EXCHANGED, LOST, POINT, SHIFTED, printed_as
from mingsuan.identities.localising.lost import LostColumn
from mingsuan.values import dataclass

LEAST = 3
"""Violations that a slip of many cells must explain, and cells that it must explain them by: fewer are slips of cells."""
POWERS = (4, 3, 8, 1, 2)
"""Powers of ten between units of account, and slips of the decimal point."""
TRIED_AT_MOST = 60
"""Hypotheses of one kind about one block."""


@dataclass(frozen=True)
class Hypothesis:
    """A slip of many cells that may have happened.

    Attributes:
        digits: the edits with no more digits than are known, where they are told with more.
        cost: by its kind (`weights`).
        least: violations that it must repair more than it breaks.
        lost: the column that it fills.
    """

    candidate: Candidate
    conversion: bool = False
    digits: Edits = ()
    cost: int = weights.WHOLE
    least: int = LEAST
    lost: LostColumn | None = None

    @property
    def edits(self) -> Edits:
        """What it is tried with."""
        return self.digits or self.candidate.edits


def hypotheses(meaning: Meaning, failing: Sequence[Violation]) -> Iterator[Hypothesis]:
    """Every slip of many cells that what fails may come from but for lost columns, tables and columns in the wrong unit first."""
    yield from rescalings(meaning, failing)
    counts = Counter(t for v in failing for t in {meaning.figures[n].table for n in v.identity.members} if t >= 0)
    for table in sorted(meaning.tables, key=lambda table: -counts[table.index]):
        if counts[table.index] >= LEAST:
            for block in table.blocks:
                if block.columns and block.rows:
                    yield from _of_block(meaning, table.index, block, failing)
    yield from _beside(meaning, failing)


def rescalings(meaning: Meaning, failing: Sequence[Violation]) -> Iterator[Hypothesis]:
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
            yield of_table(meaning, table, power, column)


def of_table(meaning: Meaning, table: int, power: int, column: str = "") -> Hypothesis:
    """A table, or a column of it, whose amounts are a power of ten too large (negative: too small)."""
    cells = [
        (n, f.amount)
        for n, f in enumerate(meaning.figures)
        if f.amount is not None and f.amount.yuan and f.table == table and column in ("", f.form_column)
    ]
    edits = tuple((n, rescaled(a, power)) for n, a in cells)
    candidate = Candidate(edits, _unit_slip(edits, meaning.figures), Extent.COLUMN if column else Extent.TABLE)
    return Hypothesis(candidate, digits=_as_exact(cells, power))


def _power(v: Violation, figures: Sequence[Figure]) -> int:
    """By which power of ten the left of an identity is too large (negative: too small); 0 where it is none."""
    if v.identity.sort not in (Sort.EQUAL, Sort.CONDITIONAL, Sort.LISTING, Sort.CONTAINED):
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


def _as_exact(cells: Sequence[tuple[int, Amount]], power: int) -> Edits:
    """Amounts with the point moved, where all have no more digits then than their table prints: they are as exact as those, no more.

    Of amounts that are too small, the unit alone tells how exact they are.
    """
    if power < 0:
        return ()
    moved = tuple((n, printed_as(a.yuan / Decimal(10) ** power, a)) for n, a in cells)
    return moved if all(a is not None for _, a in moved) else ()


def rescaled(amount: Amount, power: int) -> Amount:
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


def _of_block(meaning: Meaning, table: int, block: BlockMeaning, failing: Sequence[Violation]) -> Iterator[Hypothesis]:
    """Columns and rows in each other's place."""
    columns = list(block.columns)
    rows = [row.row for row in block.rows]
    suspect = [meaning.figures[n] for v in failing for n in v.identity.members if meaning.figures[n].table == table]
    wrong_columns = {f.form_column for f in suspect}
    place = {column: n for n, column in enumerate(columns)}
    pairs = [(one, two) for one, two in combinations(columns, 2) if {one, two} & wrong_columns]
    for one, two in sorted(pairs, key=lambda pair: place[pair[1]] - place[pair[0]])[:TRIED_AT_MOST]:
        edits = _exchanged(meaning, [((table, r, one), (table, r, two)) for r in rows])
        if len(edits) > 2:
            yield Hypothesis(Candidate(edits, SHIFTED, Extent.COLUMN))
    yield from _neighbours(meaning, table, block, _suspicion(meaning, table, failing), LEAST)


def row_exchanges(meaning: Meaning, failing: Sequence[Violation]) -> Iterator[Hypothesis]:
    """Rows in each other's place, of every table in which something fails."""
    for table in meaning.tables:
        wrong = _suspicion(meaning, table.index, failing)
        for block in table.blocks if wrong else ():
            if block.columns and block.rows:
                yield from _neighbours(meaning, table.index, block, wrong, 1)


def _suspicion(meaning: Meaning, table: int, failing: Sequence[Violation]) -> Counter[int]:
    """How much speaks against each row of a table: what relates few figures says more of each."""
    found: Counter[int] = Counter()
    for v in failing:
        members = v.identity.members
        for row in {f.row for n in members if (f := meaning.figures[n]).table == table}:
            found[row] += 1000 // len(members)
    return found


def _neighbours(meaning: Meaning, table: int, block: BlockMeaning, wrong: Counter[int], least: int) -> Iterator[Hypothesis]:
    """Neighbouring rows in each other's place, the most suspect first."""
    pairs = sorted(pairwise(row.row for row in block.rows), key=lambda pair: -max(wrong[pair[0]], wrong[pair[1]]))
    for first, second in pairs[:TRIED_AT_MOST]:
        if wrong[first] or wrong[second]:
            edits = _exchanged(meaning, [((table, first, c), (table, second, c)) for c in block.columns])
            if len(edits) > 2:
                yield Hypothesis(Candidate(edits, EXCHANGED, Extent.ROWS), cost=weights.ROWS, least=least)


def _beside(meaning: Meaning, failing: Sequence[Violation]) -> Iterator[Hypothesis]:
    """Columns whose amounts stand in the empty column beside: that these seem to hold nothing is what lets relations fail."""
    figures = meaning.figures
    witnesses = frozenset[int]().union(*(v.identity.witnesses for v in failing))
    empty = {(f.table, f.form_column) for n in witnesses if (f := figures[n]).table >= 0 and f.amount is None}
    for table in meaning.tables:
        for block in table.blocks:
            for one, two in pairwise(block.columns):
                if (table.index, one) in empty or (table.index, two) in empty:
                    cells = [((table.index, r.row, one), (table.index, r.row, two)) for r in block.rows]
                    edits = _exchanged(meaning, cells)
                    if len(edits) > 2 and len({figures[n].form_column for n, amount in edits if amount is None}) == 1:
                        yield Hypothesis(Candidate(edits, SHIFTED, Extent.COLUMN))


def _exchanged(meaning: Meaning, pairs: Iterable[tuple[tuple[int, int, str], tuple[int, int, str]]]) -> Edits:
    """The amounts of cells in each other's place; only where they differ."""
    edits: list[tuple[int, Amount | None]] = []
    for one, two in pairs:
        a, b = meaning.by_cell.get(one), meaning.by_cell.get(two)
        if a is not None and b is not None and meaning.figures[a].amount != meaning.figures[b].amount:
            edits.extend(((a, meaning.figures[b].amount), (b, meaning.figures[a].amount)))
    return tuple(edits)


def refilled(lost: LostColumn, edits: Edits) -> Iterator[Hypothesis]:
    """That a column was lost, if enough of its cells are known."""
    if len(edits) >= LEAST:
        yield Hypothesis(Candidate(edits, LOST, Extent.COLUMN), conversion=True, lost=lost)
