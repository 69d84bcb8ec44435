"""What the tests of flattened text ask of the tables that were read."""

from __future__ import annotations

from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Table

HENAN = load("sanmenxia-2023")


def table(disclosure: Disclosure, kind: str) -> Table:
    return disclosure.of_kind(kind)[0]


def amounts(found: Table) -> list[dict[str, str]]:
    """The amounts of each row under the last word of their columns, or the last two where that is 小计."""
    money = {c.path for c in found.columns if c.kind == "amount"}
    return [{_short(p): c.text for p, c in row.cells.items() if p in money} for row in found.rows]


def _short(path: str) -> str:
    parts = path.split("/")
    return "/".join(parts[-2:]) if parts[-1] in {"小计", "合计"} and len(parts) > 1 else parts[-1]
