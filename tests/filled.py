"""Small tables and disclosures written as text, as they look in print."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.amounts import parse_amount
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Figure, Meaning, understand
from mingsuan.ledger import Box
from mingsuan.model import Cell, CellKind, Claim, Column, Disclosure, Row, RowKey, Table
from mingsuan.places import Place

_KEYS = {"u": "unit", "f": "function", "d": "department", "g": "government", "p": "project"}


def filled(
    dialect: Dialect, kind: str, text: str, *, unit: str = "万元", decimals: int = 2, notes: Sequence[str] = (), title: str | None = None
) -> Table:
    """A table of `kind`: a line of column paths, then one line per row, cells parted by |.

    A first column 键 holds the row's key: u003 f2010301 is the function 2010301 of the unit 003.
    """
    form = dialect.by_kind[kind]
    heads, *lines = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    keyed = heads[0] == "键"
    paths = heads[1:] if keyed else heads
    columns = tuple(_column(path, {c.path: c.kind for c in form.columns}) for path in paths)
    rows = tuple(
        Row(
            {
                c.path: Cell(cell, Place("t", line=number), parse_amount(cell, unit) if c.kind is CellKind.AMOUNT else None)
                for c, cell in zip(columns, cells[keyed:], strict=True)
                if cell
            },
            _key(cells[0]) if keyed else None,
        )
        for number, cells in enumerate(lines)
    )
    return Table(kind, title or form.title, unit, columns, rows, decimals=decimals, notes=tuple(notes))


def _column(path: str, known: dict[str, CellKind]) -> Column:
    return Column(path, known.get(path, CellKind.TEXT), path if path in known else None)


def _key(text: str) -> RowKey | None:
    return RowKey(**{_KEYS[word[0]]: word[1:] for word in text.split()}) if text else None


def understood(dialect: Dialect, *tables: Table, year: int | None = 2023, claims: Sequence[Claim] = ()) -> Meaning:
    """The figures of a disclosure of some tables."""
    return understand(Disclosure(year=year, dialect=dialect.name, tables=tables, claims=tuple(claims)), dialect)


def figure(meaning: Meaning, row: int, column: str, table: int = 0) -> Figure:
    """The figure of a cell."""
    return meaning.figures[meaning.by_cell[table, row, column]]


def region(meaning: Meaning, row: int, column: str, table: int = 0) -> Box:
    """What a cell stands for."""
    return figure(meaning, row, column, table).box(meaning.dialect.axes)


def budget(dialect: Dialect, **sides: str) -> Box:
    """A region of this year's approved budget."""
    return Box.parse(dialect.axes, {"year": "0", "measure": "年初预算", **sides}).completed()
