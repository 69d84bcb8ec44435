"""Amounts as they were meant where a whole table is in another unit than it says: one slip, told once, that causes nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mingsuan.amounts import UNITS, Amount
from mingsuan.identities import Cause, Derivation
from mingsuan.identities.localising.scales import Misscaled, misscaled
from mingsuan.model import Cell, Disclosure, Table
from mingsuan.values import dataclass


@dataclass(frozen=True)
class WrongUnit:
    """A table in another unit than it says.

    Attributes:
        cause: what that breaks.
        derivation: in which it does, of the amounts as they are printed but for tables found before.
    """

    cause: Cause
    derivation: Derivation


def wrong_units(disclosure: Disclosure, derivation: Derivation) -> tuple[Disclosure, tuple[WrongUnit, ...]]:
    """A disclosure with its tables in the units that were meant, and those that say another."""
    found = []
    for one in misscaled(derivation):
        found.append(WrongUnit(one.cause, derivation))
        disclosure = _in_its_unit(disclosure, one, derivation)
        derivation = one.after
    return disclosure, tuple(found)


def _in_its_unit(disclosure: Disclosure, found: Misscaled, derivation: Derivation) -> Disclosure:
    """A disclosure with one of its tables in the unit that was meant."""
    figures = derivation.meaning.figures
    amounts = {(figures[n].row, figures[n].column): amount for n, amount in found.edits}
    wanted = found.cause.candidates[0].edits[0][1]
    printed = figures[found.cause.candidates[0].figure].amount
    assert wanted is not None
    assert printed is not None
    tables = list(disclosure.tables)
    tables[found.table] = _table(tables[found.table], amounts, printed.unit, wanted.unit)
    return replace(disclosure, tables=tuple(tables))


def _table(table: Table, amounts: Mapping[tuple[int, str], Amount | None], printed: str, wanted: str) -> Table:
    """A table in another unit; figures at the exactness that is known of them."""

    def meant(row: int, column: str, cell: Cell) -> Cell:
        amount = cell.amount
        if amount is None or amount.unit != printed:
            return cell
        other = amounts.get((row, column)) or Amount(amount.in_unit * UNITS[wanted], wanted, amount.decimals)
        return replace(cell, value=other)

    rows = (replace(row, cells={c: meant(n, c, cell) for c, cell in row.cells.items()}) for n, row in enumerate(table.rows))
    return replace(table, unit=wanted, rows=tuple(rows))
