"""The codes that the tables print, each with the name beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingsuan.model import CellKind, Disclosure, Row, Side, Table
from mingsuan.values import dataclass

CLASSIFICATIONS = {"function": "功能科目", "department_economic": "部门预算支出经济分类", "government_economic": "政府预算支出经济分类"}
FIELDS = {"function": "function", "department_economic": "department", "government_economic": "government"}
"""Classification → field of a row's key."""


@dataclass(frozen=True)
class CodeUse:
    """One printed code with its name."""

    kind: str
    code: str
    name: str
    table: Table
    row: Row
    path: str

    @property
    def side(self) -> Side:
        """Where it stands and what is printed."""
        cell = self.row.cells.get(self.path)
        return Side(cell.place if cell else self.table.place, f"{self.table.title} {self.code}", self.name)


def code_uses(disclosure: Disclosure) -> Iterator[CodeUse]:
    """Every code that a row prints or stands under, with the name printed beside it in its own row ("" where none is)."""
    for table in disclosure.tables:
        columns = name_columns(table)
        for row in table.rows:
            if row.key is None:
                continue
            for kind, field in FIELDS.items():
                path, code = columns.get(kind, ""), getattr(row.key, field)
                if code:
                    yield CodeUse(kind, code, row.text(path) if path else "", table, row, path)


def name_columns(table: Table) -> dict[str, str]:
    """The column with the names of each classification; none where it cannot be told."""
    found: dict[str, str] = {}
    for column in table.columns:
        leaf = column.path.rpartition("/")[2]
        if column.kind is CellKind.AMOUNT or not re.search(r"名称", leaf):
            continue
        if "政府" in column.path and "经济" in column.path:
            found["government_economic"] = column.path
        elif "经济" in column.path:
            found["department_economic"] = column.path
        elif "科目名称" in leaf:
            found["function"] = column.path
    return found
