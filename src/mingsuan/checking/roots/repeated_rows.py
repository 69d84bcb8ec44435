"""Rows that are printed twice, one right after the other, with the same words and the same amounts: which they are, and what they cause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities import Cause, Violation
from mingsuan.model import Row
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Repeated:
    """A row that is printed twice.

    Attributes:
        table: number of the table.
        row: number of the second.
    """

    table: int
    row: int

    @property
    def places(self) -> frozenset[tuple[int, int]]:
        """Table and row of both."""
        return frozenset({(self.table, self.row - 1), (self.table, self.row)})


def repeated_rows(meaning: Meaning) -> Iterator[Repeated]:
    """Rows with a key and an amount that say what the row above says."""
    for known in meaning.tables:
        rows = known.table.rows
        for number, (above, row) in enumerate(pairwise(rows), 1):
            if (
                row.key
                and row.key == above.key
                and _texts(row) == _texts(above)
                and any(c.amount and c.amount.yuan for c in row.cells.values())
            ):
                yield Repeated(known.index, number)


def _texts(row: Row) -> dict[str, str]:
    return {path: cell.text for path, cell in row.cells.items() if cell.text}


def causing(meaning: Meaning, causes: Sequence[Cause]) -> dict[int, Repeated]:
    """The row printed twice that alone is a cause, by number of the cause: it prints what the shortest relation is apart by."""
    twice = {place: row for row in repeated_rows(meaning) for place in row.places} if causes else {}
    found: dict[int, Repeated] = {}
    for number, cause in enumerate(causes) if twice else ():
        shortest = min(cause.violations, key=lambda v: len(v.identity.members), default=None)
        for row in _rows_apart(meaning.figures, shortest, twice) if shortest is not None else ():
            if _is_of(meaning.figures, cause, row):
                found[number] = row
    return found


def _rows_apart(figures: Sequence[Figure], violation: Violation, twice: Mapping[tuple[int, int], Repeated]) -> Iterable[Repeated]:
    """The rows that are printed twice which print what a relation is apart by, each once."""
    members = (figures[n] for n in violation.identity.members)
    rows = (twice.get((f.table, f.row)) for f in members if f.amount and f.amount.yuan and _is_by(violation, f.amount))
    return dict.fromkeys(row for row in rows if row is not None)


def _is_by(violation: Violation, amount: Amount) -> bool:
    """Whether a relation is apart by an amount."""
    return abs(abs(violation.difference) - abs(amount.yuan)) <= violation.tolerance


def _is_of(figures: Sequence[Figure], cause: Cause, row: Repeated) -> bool:
    """Whether every relation of a cause is apart by what a row that is printed twice prints in it."""
    return all(
        any(
            (f.table, f.row) in row.places and f.amount is not None and f.amount.yuan and _is_by(v, f.amount)
            for f in (figures[n] for n in v.identity.members)
        )
        for v in cause.violations
    )


def of_one_row(repeated: Mapping[int, Repeated]) -> Iterable[list[int]]:
    """The numbers of causes that one row printed twice is."""
    by_row: dict[Repeated, list[int]] = {}
    for number, row in repeated.items():
        by_row.setdefault(row, []).append(number)
    return by_row.values()
