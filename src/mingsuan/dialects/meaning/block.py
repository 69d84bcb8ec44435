"""A block of a form as a found table prints it: what its lines are understood by."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple

from mingsuan.dialects.forms import Block, Form
from mingsuan.dialects.meaning.context import Context
from mingsuan.model import CellKind, Column, Row, Table
from mingsuan.values import dataclass


class UnknownLine(NamedTuple):
    """A printed line that the form does not have: its number and what it is called."""

    row: int
    name: str


@dataclass(frozen=True)
class FoundBlock:
    """A block of a found table.

    Attributes:
        index: number of the table in the disclosure.
        table: the found table.
        form: its form.
        number: number of the block in the form.
        printed: form path → printed column, of the whole table.
        context: what the tables together tell of units and projects.
    """

    index: int
    table: Table
    form: Form
    number: int
    printed: Mapping[str, Column]
    context: Context

    @cached_property
    def block(self) -> Block:
        """The form's block."""
        return self.form.blocks[self.number]

    @cached_property
    def money(self) -> Mapping[str, Column]:
        """Form path → printed column of the amounts."""
        return {c.path: self.printed[c.path] for c in self.block.columns if c.kind is CellKind.AMOUNT and c.path in self.printed}

    @cached_property
    def lost(self) -> tuple[str, ...]:
        """Amount columns of the form that the table does not have."""
        return tuple(c.path for c in self.block.columns if c.kind is CellKind.AMOUNT and c.path not in self.printed)

    def paths(self, *kinds: CellKind) -> list[str]:
        """Printed columns of some kinds (all by default), from left to right."""
        return [self.printed[c.path].path for c in self.block.columns if c.path in self.printed and (not kinds or c.kind in kinds)]

    @cached_property
    def paths_by_key(self) -> Mapping[str, str]:
        """Key → printed column, the leftmost one of a key."""
        return {c.key: self.printed[c.path].path for c in reversed(self.block.columns) if c.kind is CellKind.KEY and c.path in self.printed}

    def has_amount(self, row: Row) -> bool:
        """Whether a line fills an amount column of the block."""
        return any(c.path in row.cells for c in self.money.values())
