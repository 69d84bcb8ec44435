"""How a sentence names a cell: 《table》“row”行“column”列; what it shares with the cell named before it is left out. How it quotes."""

from __future__ import annotations

from typing import NamedTuple

_INNER = str.maketrans("“”", "‘’")
"""Quotation marks within quotation marks."""


class CellName(NamedTuple):
    """The parts of a figure's label; a cell that its row or its column alone names has no column."""

    table: str
    row: str
    column: str


def parted(label: str) -> CellName | None:
    """The parts of the label of a cell, None where it is another: of a claim, of a rule's own."""
    table, point, cell = label.partition("》·")
    if not point or not table.startswith("《"):
        return None
    row, point, column = cell.rpartition("·")
    return CellName(f"{table}》", row, column) if point else CellName(f"{table}》", cell, "")


def quoted(name: str) -> str:
    """A name in quotation marks, which it may hold itself."""
    return f"“{name.translate(_INNER)}”"


def nested(text: str) -> str:
    """A sentence with quotation marks within quotation marks as they are written; as it is where they do not pair."""
    depth, found = 0, []
    for c in text:
        if c == "“":
            found.append("‘" if depth % 2 else c)
            depth += 1
        elif c == "”":
            depth -= 1
            found.append("’" if depth % 2 else c)
        else:
            found.append(c)
        if depth < 0:
            return text
    return "".join(found) if depth == 0 else text


def named(label: str) -> str:
    """A cell in a sentence that has named none yet."""
    cell = parted(label)
    return label if cell is None else f"{cell.table}{_within(cell)}"


def named_after(before: str, label: str) -> str:
    """A cell in a sentence that has named another by its label."""
    known, cell = parted(before), parted(label)
    if known is None or cell is None or known.table != cell.table:
        return named(label)
    if cell.column and known.row == cell.row:
        return f"同行{quoted(cell.column)}列"
    if cell.column and known.column == cell.column:
        return f"同列{quoted(cell.row)}行"
    return f"同表{_within(cell)}"


def _within(cell: CellName) -> str:
    return f"{quoted(cell.row)}行{quoted(cell.column)}列" if cell.column else quoted(cell.row)
