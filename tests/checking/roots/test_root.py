"""What one slip does to several columns, rows or tables is one finding; two slips stay two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from mingsuan import check
from mingsuan.dialects.dialect import load
from mingsuan.model import Cell, CellKind, Disclosure, Finding, Level, Row, Table
from mingsuan.reading.read import read
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

Change = Callable[[Table], Table]


@cache
def _made(name: str, seed: int) -> Disclosure:
    return random_disclosure(load(name), seed)


def _found(name: str, seed: int, *changes: tuple[str, Change]) -> list[Finding]:
    """The findings, remarks apart, of a made-up disclosure of which tables were changed, by kind."""
    made = _made(name, seed)
    for kind, change in changes:
        number = next(n for n, t in enumerate(made.tables) if t.kind == kind)
        made = made.with_table(number, change(made.tables[number]))
    found = check(read(as_text(made, load(name)).encode(), name="甲.txt")).findings
    return [f for f in found if f.level is not Level.INFO]


def _item(table: Table, which: int = 0) -> int:
    """An item of the functional classification with money."""
    items = [n for n, r in enumerate(table.rows) if r.key and len(r.key.function or "") == 7 and _money(table, r)]
    return items[which]


def _money(table: Table, row: Row) -> list[str]:
    return [c.path for c in table.columns if (cell := row.cells.get(c.path)) and cell.amount and cell.amount.yuan]


def _without(table: Table) -> Table:
    gone = _item(table)
    return replace(table, rows=(*table.rows[:gone], *table.rows[gone + 1 :]))


def _twice(table: Table) -> Table:
    row = _item(table)
    return replace(table, rows=(*table.rows[: row + 1], *table.rows[row:]))


def _exchanged(table: Table) -> Table:
    """The amounts of two items in each other's rows."""
    one, two = _item(table), _item(table, -1)
    rows = list(table.rows)
    for here, there in ((one, two), (two, one)):
        cells = dict(table.rows[here].cells)
        for column in table.columns:
            if column.kind is CellKind.AMOUNT:
                cells[column.path] = table.rows[there].cells.get(column.path, Cell(""))
        rows[here] = replace(table.rows[here], cells=cells)
    return replace(table, rows=tuple(rows))


def _lower(table: Table) -> Table:
    """The amounts of the first column one row lower."""
    path = next(c.path for c in table.columns if c.kind is CellKind.AMOUNT)
    filled = [n for n, r in enumerate(table.rows) if path in _money(table, r)]
    rows = list(table.rows)
    for n, above in zip(filled, [filled[-1], *filled[:-1]], strict=True):
        rows[n] = replace(rows[n], cells={**rows[n].cells, path: table.rows[above].cells[path]})
    return replace(table, rows=tuple(rows))


def _other_digit(table: Table) -> Table:
    """The first amount of an item with another first digit."""
    row = _item(table, -1)
    path = _money(table, table.rows[row])[0]
    amount = table.rows[row].cells[path].amount
    assert amount is not None
    return table.with_cell(row, path, replace(table.rows[row].cells[path], value=replace(amount, yuan=amount.yuan + 100000 * amount.step)))


@pytest.mark.parametrize("change", [_without, _twice, _exchanged, _lower])
def test_one_slip_of_many_cells_is_one_finding(change: Change) -> None:
    found = _found("shanghai-budget", 7, ("expenditure_overview", change))
    assert len(found) == 1, [f.message for f in found]


def test_a_row_that_is_printed_twice_is_told_as_such() -> None:
    (found,) = _found("shanghai-budget", 7, ("expenditure_overview", _twice))
    assert "紧接着印了两次" in found.message
    assert found.fix.startswith("删去重复的")


@pytest.mark.parametrize("change", [_without, _twice])
def test_two_slips_are_two_findings(change: Change) -> None:
    found = _found("shanghai-budget", 7, ("expenditure_overview", change), ("revenue_overview", _other_digit))
    assert len(found) == 2, [f.message for f in found]


def _second_character(text: str) -> str:
    return f"{text[:1]}辆{text[2:]}"


def test_a_project_under_a_mistyped_name_is_told_once_and_adds_up() -> None:
    name, seed = "zhengzhou-2023", 11
    made = _made(name, seed)
    number = next(n for n, t in enumerate(made.tables) if t.kind == "project_performance_summary")
    table = made.tables[number]
    path = next(c.path for c in table.columns if "项目名称" in c.path and c.kind is not CellKind.AMOUNT)
    row = next(n for n, r in enumerate(table.rows) if r.key and r.key.project and len(r.text(path)) >= 6)
    wrong = table.with_cell(row, path, replace(table.rows[row].cells[path], text=_second_character(table.rows[row].text(path))))
    found = check(read(as_text(made.with_table(number, wrong), load(name)).encode(), name="甲.txt")).findings
    (only,) = set(found) - set(check(read(as_text(made, load(name)).encode(), name="甲.txt")).findings)
    assert only.code == "TEXT110"
    assert only.observed.count("“") == 2
