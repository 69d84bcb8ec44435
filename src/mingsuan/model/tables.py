"""Filled forms: tables, rows and cells, each cell with its printed text and its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mingsuan.amounts import Amount, State
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass


class CellKind(StrEnum):
    """What a column holds. Only amounts have regions."""

    KEY = "key"
    AMOUNT = "amount"
    QUANTITY = "quantity"
    DATE = "date"
    TEXT = "text"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count or measure that is not money: 4000 本, 44318.04 平方米."""

    value: Decimal
    unit: str


Value = Amount | State | Quantity | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its text without white space, what it means, and where it stands."""

    text: str
    place: Place = NOWHERE
    value: Value = None

    @property
    def amount(self) -> Amount | None:
        """The amount, or None where the cell is blank, unreadable or no amount."""
        return self.value if isinstance(self.value, Amount) else None


@dataclass(frozen=True, slots=True)
class Column:
    """A leaf column.

    Attributes:
        path: the path of its heading in the words printed, joined by "/" (`基本支出/人员经费/工资福利支出`).
        kind: what its cells hold.
        form: the path of the form's column that it was recognised as, None where it was not.
    """

    path: str
    kind: CellKind
    form: str | None = None


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row stands for, from its own cells and the merged cells over it, in full codes."""

    unit: str | None = None
    function: str | None = None
    department: str | None = None
    government: str | None = None
    project: str | None = None

    def __bool__(self) -> bool:
        return any((self.unit, self.function, self.department, self.government, self.project))


@dataclass(frozen=True)
class Row:
    """One printed line: its non-empty cells by column path, and its key."""

    cells: Mapping[str, Cell]
    key: RowKey | None = None

    def text(self, path: str) -> str:
        """The printed text in a column, "" where the cell is empty."""
        cell = self.cells.get(path)
        return cell.text if cell else ""


@dataclass(frozen=True)
class Table:
    """A filled form.

    Attributes:
        kind: the form's kind, `expenditure_overview` …
        title: as printed, white space removed, also where it is wrong.
        unit: unit of account (a key of `amounts.UNITS`), None where none is known.
        unit_inherited: the unit is printed for the document, not for this table.
        columns: leaf columns in order, empty ones too.
        rows: one per printed line.
        decimals: how many decimals the table's amounts print.
        notes: sentences printed under the table.
        repairs: what the reader put right (shifted headings, lost columns), one Chinese sentence each.
        printed_for: the body that a line over the table names (编制单位：…), None where none does.
    """

    kind: str
    title: str
    unit: str | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    place: Place = NOWHERE
    unit_inherited: bool = False
    decimals: int = 0
    notes: tuple[str, ...] = ()
    repairs: tuple[str, ...] = field(default=())
    printed_for: Cell | None = None

    def column(self, form_path: str) -> Column | None:
        """The printed column that was recognised as the form's column `form_path`."""
        return next((c for c in self.columns if c.form == form_path), None)

    def amounts(self) -> Iterator[tuple[int, Column, Cell]]:
        """Row number, column and cell of every printed amount."""
        money = [c for c in self.columns if c.kind is CellKind.AMOUNT]
        for number, row in enumerate(self.rows):
            for column in money:
                cell = row.cells.get(column.path)
                if cell is not None and cell.amount is not None:
                    yield number, column, cell

    def with_cell(self, row: int, path: str, cell: Cell) -> Table:
        """A copy in which one cell is another."""
        rows = list(self.rows)
        rows[row] = replace(rows[row], cells={**rows[row].cells, path: cell})
        return replace(self, rows=tuple(rows))
