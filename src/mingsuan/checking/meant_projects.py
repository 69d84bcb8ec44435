"""Projects as they were meant where the performance tables print another name than the list of projects: one slip of the pen, told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from mingsuan.checking.wording import left_out
from mingsuan.dialects.names import plain
from mingsuan.model import CellKind, Disclosure, Side, Table
from mingsuan.patterns import regex
from mingsuan.values import dataclass

LIST, TARGETS = "project_expenditure", frozenset({"project_performance_summary", "project_performance_form"})
TELLS_APART = regex(r"[\d一二三四五六七八九十东西南北中上下新老县市区省A-Za-z非不]")
"""Characters by which the names of two projects differ."""
_LONG = 6
"""A name of fewer characters may be another's but for one."""


@dataclass(frozen=True, slots=True)
class Misnamed:
    """A project under a name that is not the list's.

    Attributes:
        table, row, column: where the performance table prints it.
        printed: as it is printed there.
        listed: as the list of projects prints it, and where.
    """

    table: int
    row: int
    column: str
    printed: Side
    listed: Side


@dataclass(frozen=True)
class _Named:
    table: int
    row: int
    column: str
    side: Side
    amounts: frozenset[Decimal]


def misnamed_projects(disclosure: Disclosure) -> tuple[Misnamed, ...]:
    """Projects of the performance tables that the list has not, each with the one of the list that these tables have not and that is it.

    The names differ by one character that tells no two projects apart, and the amounts, where both are printed, are the same.
    """
    listed, aimed = (_named(disclosure, kinds) for kinds in (frozenset({LIST}), TARGETS))
    loose = [one for name, one in listed.items() if name not in aimed]
    found = []
    for name, one in aimed.items():
        meant = [other for other in loose if name not in listed and _is_one(one, other)]
        if len(meant) == 1:
            found.append((one, meant[0]))
    once = [(one, other) for one, other in found if sum(o is other for _, o in found) == 1]
    return tuple(Misnamed(a.table, a.row, a.column, a.side, b.side) for a, b in once)


def as_listed(disclosure: Disclosure, misnamed: Iterable[Misnamed]) -> Disclosure:
    """A disclosure whose performance tables name the projects as the list does; the same one where they do."""
    for one in misnamed:
        table = disclosure.tables[one.table]
        row = table.rows[one.row]
        cells = {**row.cells, one.column: replace(row.cells[one.column], text=one.listed.text)}
        key = replace(row.key, project=one.listed.text) if row.key and row.key.project == one.printed.text else row.key
        rows = (*table.rows[: one.row], replace(row, cells=cells, key=key), *table.rows[one.row + 1 :])
        disclosure = disclosure.with_table(one.table, replace(table, rows=rows))
    return disclosure


def _named(disclosure: Disclosure, kinds: frozenset[str]) -> Mapping[str, _Named]:
    found: dict[str, _Named] = {}
    for number, table in enumerate(disclosure.tables):
        if table.kind in kinds:
            for one in _of_table(number, table):
                found.setdefault(plain(one.side.text), one)
    return found


def _of_table(number: int, table: Table) -> Iterator[_Named]:
    paths = [c.path for c in table.columns if c.kind is not CellKind.AMOUNT and "项目名称" in c.path]
    for r, row in enumerate(table.rows):
        for path in paths:
            cell = row.cells.get(path)
            if cell is not None and cell.text and row.key and row.key.project:
                amounts = frozenset(c.amount.yuan for c in row.cells.values() if c.amount and c.amount.yuan)
                yield _Named(number, r, path, Side(cell.place, table.title, cell.text), amounts)


def _is_one(one: _Named, other: _Named) -> bool:
    if one.amounts and other.amounts and one.amounts.isdisjoint(other.amounts):
        return False
    names = plain(one.side.text), plain(other.side.text)
    if min(map(len, names)) < _LONG:
        return False
    apart = [a + b for a, b in zip(*names, strict=False) if a != b] if len(names[0]) == len(names[1]) else []
    changed = apart[0] if len(apart) == 1 else left_out(*names)
    return changed is not None and 0 < len(changed) <= 2 and not TELLS_APART.search(changed)
