"""Tables of three made-up departments, worked out by hand: a region that is wrong in every copy of the forms shows here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from mingsuan.dialects.dialect import load
from mingsuan.dialects.filling.fill import fill_all
from mingsuan.dialects.forms import Block, Form
from mingsuan.dialects.roster import Purchase, Roster, RosterProject, RosterUnit
from mingsuan.ledger import Ledger, Line
from mingsuan.model import CellKind, Row, Table

HANDMADE = sorted((Path(__file__).parent / "handmade").glob("*.yaml"))

Amounts = dict[str, dict[str, str]]
"""Printed digits by the label of a row and the path of a column."""


@pytest.fixture(params=HANDMADE, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(request.param.read_text(encoding="utf-8"))
    return loaded


def department(case: dict[str, Any]) -> tuple[Ledger, Roster]:
    units = tuple(RosterUnit(code, name) for code, name in case["units"].items())
    roster = Roster(
        case["code"],
        case["name"],
        units,
        tuple(RosterProject(**p) for p in case["projects"]),
        tuple(Purchase(code, {"采购项目": name}) for code, name in case.get("purchases", {}).items()),
    )
    lines = tuple(Line(**{"unit": units[0].code, **line, "amount": Decimal(line["amount"])}) for line in case["lines"])
    return Ledger(load(case["dialect"]).axes, lines), roster


def test_filled_forms_print_what_was_worked_out_by_hand(case: dict[str, Any]) -> None:
    dialect = load(case["dialect"])
    tables = fill_all(dialect, *department(case), case["year"])
    printed: dict[str, Amounts] = {}
    for table in tables:
        printed.setdefault(table.kind, {}).update(amounts(table, dialect.by_kind[table.kind]))
    wanted = {kind: {row: {c: str(v) for c, v in cells.items()} for row, cells in rows.items()} for kind, rows in case["tables"].items()}
    assert printed == wanted


def amounts(table: Table, form: Form) -> Amounts:
    """The amounts of a table; a label that stands twice gets ② the second time."""
    found: Amounts = {}
    for block in form.blocks:
        seen: Counter[str] = Counter()
        for row in table.rows:
            label = labelled(row, block)
            seen[label] += 1
            cells = dict(digits(row, block))
            if cells:
                found[label if seen[label] == 1 else f"{label} {'①②③④'[seen[label] - 1]}"] = cells
    return found


def digits(row: Row, block: Block) -> Iterator[tuple[str, str]]:
    for column in block.columns:
        cell = row.cells.get(column.path)
        if column.kind is CellKind.AMOUNT and cell is not None and cell.amount is not None:
            yield column.path, cell.amount.text()


def labelled(row: Row, block: Block) -> str:
    """The texts of a row's keys, names only where nothing else is printed."""
    keys = [(c.key, row.text(c.path)) for c in block.columns if c.kind is CellKind.KEY and row.text(c.path)]
    telling = [text for key, text in keys if key not in {"name", "unit_name"}]
    return " ".join(telling or [text for _, text in keys])
