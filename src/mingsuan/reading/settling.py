"""Settling by the whole document what a single table leaves open: whose values stand in a column that lost its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import State
from mingsuan.dialects.names import bare
from mingsuan.model import Cell, CellKind, Table
from mingsuan.reading.tables.content import Look, look

Cost = Callable[[Sequence[Table]], int]


def settle(candidates: Sequence[Sequence[Table]], cost: Cost | None = None) -> list[Table]:
    """Of each table's readings the one with which the document disagrees least.

    Greedy: tables with one reading are the ground, the others are decided in turn, earlier ones counting for later ones;
    among equals the first reading wins.
    """
    disagreement = cost or conflicts
    shown = [_with_all_columns(options) for options in candidates]
    chosen = [0] * len(candidates)
    open_ones = [n for n, options in enumerate(candidates) if len(options) > 1]
    for _ in range(2 if len(open_ones) > 1 else 1):
        for number in open_ones:
            costs = []
            for option in range(len(candidates[number])):
                chosen[number] = option
                costs.append(disagreement([options[n] for options, n in zip(shown, chosen, strict=True)]))
            chosen[number] = costs.index(min(costs))
    return [options[n] for options, n in zip(candidates, chosen, strict=True)]


def _with_all_columns(options: Sequence[Table]) -> list[Table]:
    """The readings of one table, each with the columns that only the others have, empty: what is not there is nothing."""
    every = {c.path: c for table in options for c in table.columns}
    return [replace(t, columns=(*t.columns, *(c for p, c in every.items() if p not in {o.path for o in t.columns}))) for t in options]


def conflicts(tables: Sequence[Table]) -> int:
    """How many equally named totals differ: a column's total in one table, a row or column of that name in another."""
    stated: dict[str, list[tuple[int, Decimal | None]]] = {}
    for number, table in enumerate(tables):
        for name, amount in _totals(table):
            stated.setdefault(name, []).append((number, amount))
    pairs = ((a, b) for found in stated.values() for n, a in enumerate(found) for b in found[n + 1 :] if a[0] != b[0])
    return sum(1 for (_, a), (_, b) in pairs if _differ(a, b))


def _differ(first: Decimal | None, second: Decimal | None) -> bool:
    """Whether two totals differ; one that is not known (None) is not nothing."""
    if first is None or second is None:
        return not (first or second) and first is not second
    return first != second


def _totals(table: Table) -> Iterator[tuple[str, Decimal | None]]:
    """Bare names with their amounts: fixed rows, and the columns of the total row; a blank counts as zero."""
    money = [c for c in table.columns if c.kind is CellKind.AMOUNT]
    items = [c for c in table.columns if c.kind is CellKind.KEY and c.path.rpartition("/")[2] == "项目"]
    for item in items:
        block = item.path.rpartition("/")[0]
        column = next((c for c in money if c.path.startswith(f"{block}/") or not block), None)
        for row in table.rows:
            if column is not None and row.text(item.path):
                yield bare(row.text(item.path)), _yuan(row.cells.get(column.path))
    total = next((r for r in table.rows if any(look(c.text) is Look.TOTAL for c in r.cells.values())), None)
    if not items and total is not None:
        for column in money:
            cell = total.cells.get(column.path)
            lost = cell is None and any(column.path in row.cells for row in table.rows)
            yield bare(column.path.rpartition("/")[2]), None if lost else _yuan(cell)


def _yuan(cell: Cell | None) -> Decimal | None:
    """The amount of a cell: zero where it is blank, None where it cannot be read."""
    if cell is None or cell.value is State.BLANK:
        return Decimal(0)
    return cell.amount.yuan if cell.amount is not None else None
