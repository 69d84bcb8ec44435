"""Figures: every printed amount of a disclosure with the region that it stands for.

A figure's region is the intersection of the boxes of its table, its row and its column; they are kept apart because
most of the work on them (identities) is done on bit masks, where an intersection is one operation.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Block, Form
from mingsuan.ledger import Axes, Box
from mingsuan.model import Column, Table
from mingsuan.places import Place
from mingsuan.values import dataclass

UNNAMED = "（无名称）"
"""What a line without a name is called."""


@dataclass(frozen=True)
class Figure:
    """One amount that is printed, or left blank where one could be, and what it stands for.

    Attributes:
        boxes: the region is their intersection.
        amount: at the decimals that its table prints; None where the cell is blank.
        unreadable: the cell holds something that is no amount.
        label: how a finding names it.
        table, row, column: the cell; table is -1 for a claim.
        claim: number of the claim, None for a cell.
        item: path of the fixed row or key of the listed row, which parts of one key share; "#n" for a total.
        form_column: path of the form's column.
    """

    boxes: tuple[Box, ...]
    amount: Amount | None
    label: str
    place: Place
    table: int = -1
    row: int = -1
    column: str = ""
    form_column: str = ""
    claim: int | None = None
    unreadable: bool = False
    item: str = ""

    def box(self, axes: Axes) -> Box:
        """The region as one box, completed."""
        result = Box()
        for box in self.boxes:
            result = result.meet(axes, box)
        return result.completed(axes.spending)


class RowMeaning(NamedTuple):
    """What one printed line of a block stands for: its number, item (see `Figure.item`), name and box; whether it is a total."""

    row: int
    item: str
    label: str
    box: Box
    total: bool


@dataclass(frozen=True)
class BlockMeaning:
    """A block of a found table with the lines that were understood.

    Attributes:
        columns: form path → printed column, amounts only.
        lost: amount columns of the form that the found table does not have.
        strange: numbers of lines that were not understood.
    """

    block: Block
    rows: tuple[RowMeaning, ...]
    columns: Mapping[str, Column]
    lost: tuple[str, ...]
    strange: tuple[int, ...] = ()


@dataclass(frozen=True)
class TableMeaning:
    """A found table and its form."""

    index: int
    table: Table
    form: Form
    where: Box
    blocks: tuple[BlockMeaning, ...]


@dataclass(frozen=True)
class Meaning:
    """A disclosure's figures.

    Attributes:
        year: its fiscal year, which decides the rows that a form has.
        tables: every table whose form the dialect has.
        figures: every cell of an amount column in a row that was understood, blanks too, and every claim with a region.
        unknown: (table, row, what) of rows without a meaning.
    """

    dialect: Dialect
    tables: tuple[TableMeaning, ...]
    figures: tuple[Figure, ...]
    unknown: tuple[tuple[int, int, str], ...]
    year: int | None = None

    @cached_property
    def by_cell(self) -> Mapping[tuple[int, int, str], int]:
        """Number of the figure of a cell: (table, row, form column)."""
        return {(f.table, f.row, f.form_column): n for n, f in enumerate(self.figures) if f.table >= 0}
