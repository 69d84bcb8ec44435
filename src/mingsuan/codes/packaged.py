"""Rows of the packaged CSV tables."""

from __future__ import annotations

import csv
from pathlib import Path

# A plain path, not importlib.resources: that import alone costs as much as reading the largest table.
_DATA = Path(__file__).with_name("data")


def rows(table: str) -> list[list[str]]:
    """All rows of data/`table`.csv below its header, as printed there."""
    with (_DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        return list(reader)
