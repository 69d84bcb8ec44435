"""What tables print as the amount of each project: project lists, and performance tables with the budget beside the targets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from mingsuan.amounts import Amount, parse_amount
from mingsuan.dialects.names import plain
from mingsuan.indicators.listing import FORM, SUMMARY
from mingsuan.model import CellKind, Column, Row, Side, Table
from mingsuan.patterns import regex

_BUDGET = regex(r"(?:预算|资金|项目)(?:数|金额|总额|总数|安排)?(?:[（(](?:万?元)[）)])?$|^金额(?:[（(]万?元[）)])?$")
"""Headings under which a performance table that prints no amounts of its form's prints the project's budget."""
_NAME = regex(r"项目")


class Budget(NamedTuple):
    """An amount in 元, half its last digit, and where it stands."""

    yuan: Decimal
    half: Decimal
    side: Side


def budgets_of(table: Table) -> Mapping[str, Budget]:
    """Project name → the largest amount that a table prints for it; a name that stands twice with another amount has none."""
    name_column = _name_column(table)
    found: dict[str, Budget | None] = {}
    name = ""
    for row in table.rows if name_column is not None else ():
        said = plain(row.text(name_column.path)) if name_column else ""
        begins = bool(said) and said != name
        name = said or name
        amounts = [b for c in table.columns if (b := _budget(table, row, c)) is not None]
        if not name or not amounts:
            continue
        largest = max(amounts, key=lambda b: b.yuan)
        known = found.get(name)
        if begins and name in found and (known is None or known.yuan != largest.yuan):
            found[name] = None
        elif name not in found or (known is not None and largest.yuan > known.yuan):
            found[name] = largest
    return {name: budget for name, budget in found.items() if budget is not None}


def _name_column(table: Table) -> Column | None:
    named = [c for c in table.columns if "项目名称" in c.path]
    return next(iter(named or [c for c in table.columns if c.kind is CellKind.TEXT and _NAME.search(c.path)]), None)


def _budget(table: Table, row: Row, column: Column) -> Budget | None:
    cell = row.cells.get(column.path)
    if cell is None:
        return None
    amount = cell.amount
    if amount is None and table.kind in (FORM, SUMMARY) and column.form is None and _BUDGET.search(plain(column.path)):
        parsed = parse_amount(cell.text, "元" if "(元)" in plain(column.path) else table.unit or "万元")
        amount = parsed if isinstance(parsed, Amount) else None
    if amount is None:
        return None
    return Budget(amount.yuan, amount.half, Side(cell.place, f"{table.title} {column.path}", str(amount)))


def projects_with_amounts(tables: Iterable[Table]) -> Mapping[str, Budget]:
    """Project name → its amount by several tables; a name for which they print different amounts has none."""
    found: dict[str, Budget | None] = {}
    for table in tables:
        for name, budget in budgets_of(table).items():
            known = found.get(name)
            found[name] = budget if name not in found or (known is not None and known.yuan == budget.yuan) else None
    return {name: budget for name, budget in found.items() if budget is not None}
