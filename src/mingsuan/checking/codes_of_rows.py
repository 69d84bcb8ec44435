"""The code that each row of a disclosure stands for in a classification or as a unit, with the name beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mingsuan import codes
from mingsuan.checking.code_uses import FIELDS, name_columns
from mingsuan.dialects.dialect import Dialect
from mingsuan.model import CellKind, Disclosure, Row, Table
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Use:
    """A code in a row: the numbers of its table and row, and of the part of the table that begins with a row without code, as of a unit."""

    table: int
    row: int
    part: int
    kind: str
    code: str
    name: str


UNIT = "unit"
"""The kind of the codes of units, beside the classifications."""
Uses = Mapping[tuple[str, str], Mapping[str, Sequence[Use]]]
"""(classification, bare name) → code → where it stands."""


def uses_of(disclosure: Disclosure, dialect: Dialect | None) -> Iterator[Use]:
    """Every code that a row stands for, malformed ones too."""
    for number, table in enumerate(disclosure.tables):
        names = _name_columns(table)
        chains = _chains(table, dialect)
        part = 0
        for place, row in enumerate(table.rows):
            own = {kind: code for kind, field in FIELDS.items() if row.key and (code := getattr(row.key, field))}
            if row.key and row.key.unit and not own:
                own = {kind: row.key.unit for path, kind in chains if row.text(path) == row.key.unit} or {UNIT: row.key.unit}
            part += not own or UNIT in own
            for kind, code in own.items():
                yield Use(number, place, 0 if kind == UNIT else part, kind, code, _name(row, kind, code, names))


def _chains(table: Table, dialect: Dialect | None) -> list[tuple[str, str]]:
    """The columns that print whole codes, with their classification: a malformed code may have been read as one of a unit there."""
    form = dialect.by_kind.get(table.kind) if dialect else None
    kinds = {field: kind for kind, field in FIELDS.items()}
    defined = ((c.path, form.by_path.get(c.form or "")) for c in table.columns) if form else ()
    return [(path, kinds[column.key]) for path, column in defined if column and column.key in kinds and not column.digits]


def is_code(kind: str, code: str) -> bool:
    """Whether a code has its digits; no level is numbered 00, and the codes of units are of any shape."""
    return kind == UNIT or (codes.well_formed(kind, code) and "00" not in (code[3:5], code[5:7]))


@dataclass(frozen=True)
class _Names:
    """The columns with names of a table: by classification, by the heading above, and all."""

    by_kind: Mapping[str, str]
    by_group: Mapping[str, str]
    every: Sequence[str]


def _name_columns(table: Table) -> _Names:
    paths = [c.path for c in table.columns if c.kind is not CellKind.AMOUNT and "名称" in c.path.rpartition("/")[2]]
    return _Names(name_columns(table), {path.rpartition("/")[0]: path for path in paths if "/" in path}, paths)


def _name(row: Row, kind: str, code: str, names: _Names) -> str:
    """The name that a row prints for a code: under the heading over the code, under its classification's, or the only one."""
    groups = (names.by_group.get(path.rpartition("/")[0]) for path, cell in row.cells.items() if cell.text and code.endswith(cell.text))
    beside = set(filter(None, groups))  # more than one where two classifications end in the same digits
    only = names.every[0] if len(names.every) == 1 else None
    path = (beside.pop() if len(beside) == 1 else None) or names.by_kind.get(kind) or only
    if path is None and kind == UNIT:
        path = next((p for p in names.every if row.text(p)), None)
    return row.text(path) if path else ""
