"""How much of a document is checked: tables of more amounts than any department prints are left out, and that is said.

What relates amounts to each other takes memory by rows times cells, so that there must be an end; 300 pages hold some 15,000.
"""

from __future__ import annotations

from dataclasses import replace

from mingsuan.checking.subject import Subject
from mingsuan.model import CellKind, Table, Unrecognised

CELLS_AT_MOST = 36_000
"""Cells of amounts, blank ones too, that are checked against each other."""
TOO_MANY = "没有核对："
"""How the reason begins for which a table that was read is left out."""


def bounded(subject: Subject) -> Subject:
    """A subject without its largest tables, as many as make it too large; each counts as unread, for a reason that is said."""
    tables = subject.disclosure.tables
    cells = [_cells(table) for table in tables]
    left, out = sum(cells), set[int]()
    for number in sorted(range(len(tables)), key=lambda n: -cells[n]):
        if left <= CELLS_AT_MOST:
            break
        out.add(number)
        left -= cells[number]
    if not out:
        return subject
    unread = tuple(_left_out(tables[n], cells[n], sum(cells)) for n in sorted(out))
    kept = tuple(table for n, table in enumerate(tables) if n not in out)
    disclosure = replace(subject.disclosure, tables=kept, unrecognised=(*subject.disclosure.unrecognised, *unread))
    return replace(subject, disclosure=disclosure)


def _cells(table: Table) -> int:
    return len(table.rows) * sum(column.kind is CellKind.AMOUNT for column in table.columns)


def _left_out(table: Table, cells: int, together: int) -> Unrecognised:
    why = f"全文有{together}个金额格，超过一次核对的上限{CELLS_AT_MOST}个，其中这张表有{cells}个；请把它按单位分成几个文件，分别核对"
    return Unrecognised(f"表“{table.title or '未印标题的表'}”", f"{TOO_MANY}{why}", table.place)
