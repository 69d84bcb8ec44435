"""A form as it is laid out before anything is filled in: its lines, their texts, and where amounts may stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from mingsuan.dialects.forms import Block, ColumnDef, Form
from mingsuan.ledger import Box
from mingsuan.model import Cell, CellKind, Column, Row, RowKey, Table
from mingsuan.values import dataclass

CODED = ("function", "department", "government")
"""Axes whose codes have official names."""
EMPTY = Cell("")
"""Where an amount may stand."""


@dataclass(frozen=True)
class LaidLine:
    """A laid-out row.

    Attributes:
        texts: printed texts by column path.
        open: columns in which amounts may stand.
        part: which lines of the row's region it shows, where several rows share it.
        kept: it is printed also where it has no amount.
    """

    texts: Mapping[str, str]
    key: RowKey | None = None
    open: tuple[str, ...] = ()
    part: Box = field(default_factory=Box)
    kept: bool = True


@dataclass(frozen=True)
class LaidSheet:
    """A laid-out form."""

    form: Form
    lines: tuple[LaidLine, ...]
    notes: tuple[str, ...] = ()
    title: str = ""

    def table(self) -> Table:
        """The form with nothing in it yet."""
        return Table(
            kind=self.form.kind,
            title=self.title,
            unit=self.form.unit,
            columns=tuple(Column(c.path, c.kind, c.path) for c in self.form.columns),
            rows=tuple(Row({p: Cell(t) for p, t in line.texts.items()} | dict.fromkeys(line.open, EMPTY), line.key) for line in self.lines),
            decimals=self.form.decimals,
            notes=self.notes,
        )


def amounts_of(block: Block) -> tuple[str, ...]:
    """The columns of a block in which amounts may stand."""
    return tuple(c.path for c in block.columns if c.kind is CellKind.AMOUNT)


def label_column(keys: Sequence[ColumnDef]) -> ColumnDef:
    """Where 合计 is printed: in the first column of names, or with the codes where codes are whole."""
    return keys[0] if keys[0].key in CODED and not keys[0].digits else next((c for c in keys if c.key in {"name", "unit_name"}), keys[0])


def told_by(column: ColumnDef, texts: Mapping[str, str]) -> str:
    """What is told for a column, under one of its names; "" if nothing is."""
    return next((texts[name] for name in column.names if name in texts), "")
