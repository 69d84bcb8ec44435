"""Rows that are printed twice, one right after the other, with the same words and the same amounts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from mingsuan.dialects.meaning.understand import Meaning
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
