"""The hand-made transcriptions of ../shared/gold as disclosures, so that what follows reading can be measured without it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from mingsuan.amounts import Amount, common_decimals, parse_amount
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Block, ColumnDef, Form
from mingsuan.dialects.names import bare, plain
from mingsuan.model import Cell, CellKind, Column, Disclosure, Row, RowKey, Stage, Table
from mingsuan.places import Place

DIALECTS = {"000": "zhengzhou-2023", "001": "zhengzhou-2021", "003": "luohe-2024", "004": "zhengzhou-2020"}


def gold(shared: Path, number: str) -> dict[str, Any]:
    """The transcription of one seed."""
    loaded: dict[str, Any] = json.loads((shared / "gold" / f"{number}.json").read_text(encoding="utf-8"))
    return loaded


def disclosure(source: dict[str, Any], dialect: Dialect) -> Disclosure:
    """A transcription as a disclosure of tables only."""
    meta = source["meta"]
    tables = tuple(_table(t, n, dialect, meta) for n, t in enumerate(source["tables"]))
    stage = Stage.PERFORMANCE_DECLARATION if meta["kind"] != "budget" else Stage.BUDGET
    return Disclosure(meta["department"], meta["region"], meta["year"], stage, dialect=dialect.name, tables=tables)


def _table(source: dict[str, Any], number: int, dialect: Dialect, meta: dict[str, Any]) -> Table:
    form = dialect.by_kind.get(source["kind"])
    unit = source.get("unit") or meta.get("default_unit") or "万元"
    columns = tuple(_column(path, form) for path in source["columns"])
    money = {c.path for c in columns if c.kind is CellKind.AMOUNT}
    keys = source.get("row_keys") or [None] * len(source["rows"])
    rows = []
    for line, (cells, key) in enumerate(zip(source["rows"], keys, strict=True)):
        made = {
            path: Cell(text, Place("gold", line=number * 1000 + line), parse_amount(text, unit) if path in money else None)
            for path, text in cells.items()
        }
        rows.append(Row(made, RowKey(**key) if key else None))
    amounts = [c.value for r in rows for c in r.cells.values() if isinstance(c.value, Amount)]
    notes = tuple(re.findall(r"[“]([^”]*)[”]", source.get("note") or ""))
    return Table(source["kind"], source["title"], unit, columns, tuple(rows), decimals=common_decimals(amounts), notes=notes)


def _column(path: str, form: Form | None) -> Column:
    definition = next((d for b in form.blocks for d in b.columns if _same(path, d, b)), None) if form else None
    return Column(path, definition.kind if definition else CellKind.TEXT, definition.path if definition else None)


def _same(path: str, definition: ColumnDef, block: Block) -> bool:
    words = path.split("/")
    wanted = definition.path.split("/")
    if len(words) != len(wanted):
        return False
    for depth, (word, want) in enumerate(zip(words, wanted, strict=True)):
        names = definition.names if depth == len(wanted) - 1 else block.groups.get("/".join(wanted[: depth + 1]), (bare(want),))
        if bare(word) not in names and plain(word) != plain(want):
            return False
    return True
