"""The columns of a form as slots of a row."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.forms import Block, ColumnDef
from mingsuan.model import CellKind
from mingsuan.values import dataclass


@dataclass(frozen=True)
class Slot:
    """A column that a row fills with one cell, or a run of amount columns that it fills in order with some.

    Attributes:
        leaves: numbers of its columns among the form's leaves.
        column: the first of them.
        block: number of its block.
    """

    leaves: tuple[int, ...]
    column: ColumnDef
    block: int

    @property
    def amounts(self) -> bool:
        """Whether it is a run of amounts."""
        return self.column.kind is CellKind.AMOUNT


def slots_of(blocks: Sequence[Block], leaves: Sequence[int]) -> tuple[Slot, ...]:
    """The slots of a table that has some of the leaves of its form, from left to right."""
    found: list[Slot] = []
    columns = [(c, number) for number, block in enumerate(blocks) for c in block.columns]
    for leaf in leaves:
        column, block = columns[leaf]
        if found and column.kind is CellKind.AMOUNT and found[-1].amounts and found[-1].block == block:
            found[-1] = Slot((*found[-1].leaves, leaf), found[-1].column, block)
        else:
            found.append(Slot((leaf,), column, block))
    return tuple(found)
