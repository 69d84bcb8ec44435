"""The columns of a form as slots of a row, and how well neighbouring fragments make a cell of one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from mingsuan.dialects.filling import label_column
from mingsuan.dialects.forms import Block, ColumnDef, Fixed, Indicators, Listed
from mingsuan.dialects.names import bare, ordinal, plain
from mingsuan.model import CellKind
from mingsuan.reading.content import TOTALS, Look, fit, is_number, is_value, look
from mingsuan.reading.flattened.breaks import breaks
from mingsuan.reading.flattened.fragments import Fragment
from mingsuan.reading.flattened.hints import hint
from mingsuan.reading.keys import LEADING

CODES = frozenset({"function", "department", "government", "unit", "unit_or_project"})
"""Keys that are digits."""
_LONGEST_UNIT = 9
_LONGEST_PROJECT = 22
"""Digits of the longest project code."""
_UNITS = (3, 6, 9)
"""Digits of a unit's code."""
_KEYED = CODES | {"project_name"}
_PARTS = {3: (3,), 5: (2, 5), 7: (2, 7)}
"""Digits that complete a code of three, five or seven."""


@dataclass(frozen=True)
class Slot:
    """A column that a row fills with one cell, or a run of amount columns that it fills in order with some.

    Attributes:
        leaves: numbers of its columns among the form's leaves.
        column: the first of them.
        block: number of its block.
    """

    leaves: tuple[int, ...]
    column: ColumnDef
    block: int

    @property
    def amounts(self) -> bool:
        """Whether it is a run of amounts."""
        return self.column.kind is CellKind.AMOUNT


def slots_of(blocks: Sequence[Block], leaves: Sequence[int]) -> tuple[Slot, ...]:
    """The slots of a table that has some of the leaves of its form, from left to right."""
    found: list[Slot] = []
    columns = [(c, number) for number, block in enumerate(blocks) for c in block.columns]
    for leaf in leaves:
        column, block = columns[leaf]
        if found and column.kind is CellKind.AMOUNT and found[-1].amounts and found[-1].block == block:
            found[-1] = Slot((*found[-1].leaves, leaf), found[-1].column, block)
        else:
            found.append(Slot((leaf,), column, block))
    return tuple(found)


@dataclass(frozen=True)
class Known:
    """Names that a document or the authority gives, bare.

    Attributes:
        units: code → name.
        names: names of classes in the official lists.
        kinds: names of the kinds of spending.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    @cached_property
    def unit_names(self) -> frozenset[str]:
        """The names of units."""
        return frozenset(self.units.values())


@dataclass(frozen=True)
class Judge:
    """Says how well fragments make a cell of a slot: the higher the better, None where they cannot.

    Attributes:
        blocks: the blocks whose rows are read.
        slots: their slots.
        known: names known from elsewhere.
        widths: how wide the columns of free text are at least, by path.
    """

    blocks: tuple[Block, ...]
    slots: tuple[Slot, ...]
    known: Known
    widths: Mapping[str, float] = field(default_factory=dict)

    @cached_property
    def items(self) -> tuple[frozenset[str], ...]:
        """The bare names of the fixed rows of each block."""
        return tuple(frozenset(n for r in b.rows.rows for n in r.names) if isinstance(b.rows, Fixed) else frozenset() for b in self.blocks)

    @cached_property
    def printed(self) -> tuple[frozenset[str], ...]:
        """The names of the fixed rows of each block with their ordinals, which tell apart what both sides of a table name alike."""
        return tuple(
            frozenset(f"{ordinal(r.printed)}{name}" for r in b.rows.rows for name in r.names) if isinstance(b.rows, Fixed) else frozenset()
            for b in self.blocks
        )

    @cached_property
    def totals(self) -> frozenset[str]:
        """The labels of total rows."""
        listed = [b.rows for b in self.blocks if isinstance(b.rows, Listed)]
        return frozenset(n for rows in listed for n in (*rows.totals, *(name for s in rows.subtotals for name in s[1]))) | TOTALS

    @cached_property
    def label_path(self) -> str:
        """The column in which total rows have their label."""
        keys = [s.column for s in self.slots if s.column.kind is CellKind.KEY]
        return label_column(keys).path if keys else ""

    @cached_property
    def standard(self) -> Mapping[str, frozenset[str]]:
        """The names that the authority prescribes for each level of an indicator tree, by the level's column."""
        found: dict[str, frozenset[str]] = {}
        for block in self.blocks:
            if isinstance(block.rows, Indicators):
                found |= dict(zip(block.rows.levels, _levels(block.rows), strict=False))
        return found

    def longest(self, slot: Slot) -> int:
        """Fragments of the longest cell."""
        if slot.amounts or slot.column.kind in {CellKind.QUANTITY, CellKind.DATE}:
            return 1
        if slot.column.key in CODES and slot.column.key != "unit_or_project":
            return 4 if slot.column.path == self.label_path else 1
        if slot.column.indicator is not None and slot.column.indicator[1] == "more":
            return _LONGEST[CellKind.TEXT]
        return _LONGEST.get(slot.column.kind, 12)

    def value(self, slot: Slot, cell: Sequence[Fragment]) -> float | None:
        """What it is worth to read some fragments as one cell of a slot."""
        column = slot.column
        if slot.amounts:
            return _amount(cell[0])
        text = "".join(f.text for f in cell)
        match column.kind:
            case CellKind.KEY:
                own = self._key(column, text, cell, slot.block)
            case CellKind.INDICATOR:
                own = self._indicator(column, text, cell)
            case CellKind.TEXT:
                own = None if _has_money(cell) else 0.6
            case _:
                own = fit(column, text)
        if own is None:
            return None
        return own - _CELL - breaks(cell, column.kind, self.widths.get(column.path, 0.0), known=self._is_known(column, text, slot.block))

    def _is_known(self, column: ColumnDef, text: str, block: int) -> bool:
        words = bare(text)
        if column.key == "item":
            return words in self.items[block] or words in self.totals
        if column.kind is CellKind.INDICATOR:
            return words in self.standard.get(column.path, ())
        return words in self.totals or words in self.known.unit_names or words in self.known.names or words in self.known.kinds

    def _key(self, column: ColumnDef, text: str, cell: Sequence[Fragment], block: int) -> float | None:
        if bare(text) in self.totals and column.key not in {"item", "kind"}:
            return 1.6 if column.path == self.label_path else 0.2
        if column.key in CODES:
            return self._code(column, text) if text.isdigit() else None
        if _has_money(cell) or (len(cell) > 1 and cell[0].is_number and column.key != "project_name"):
            return None
        match column.key:
            case "item":
                return self._item(text, block)
            case "kind":
                return 1.6 if bare(text) in self.known.kinds else -1.0
            case "unit_name":
                return 2.2 if bare(text) in self.known.unit_names else (0.2 if self.known.unit_names else 0.7)
            case "project_name":
                return (1.2 if text in self.known.units else 0.4) if text.isdigit() else 0.8
        if text.isdigit():
            return -0.5
        return 1.6 if self._is_known(column, text, block) else 0.9

    @cached_property
    def unit_path(self) -> str:
        """The column in which the code of a unit's own row stands, "" in a form without keys."""
        keys = [s.column for s in self.slots if s.column.key in _KEYED]
        own = next((c for c in keys if c.key not in LEADING), None)
        if own is not None or not keys:
            return own.path if own is not None else ""
        parts = [c for c in keys if c.key == keys[0].key]
        return (parts[-1] if keys[0].key == "function" else parts[0]).path

    def _code(self, column: ColumnDef, text: str) -> float | None:
        if column.key in LEADING:
            whole = not column.digits or len(text) in _PARTS[column.digits]
            if whole and (len(text) == 2 or text.startswith(LEADING[column.key])):
                return 1.0
            is_unit = column.path == self.unit_path and len(text) in _UNITS
            return (0.8 if text in self.known.units else 0.1) if is_unit else None
        if len(text) < 3 or (column.key == "unit" and len(text) > _LONGEST_UNIT):
            return None
        return 1.4 if text in self.known.units else (0.8 if len(text) <= _LONGEST_PROJECT else 0.0)

    def _item(self, text: str, block: int) -> float:
        words = bare(text)
        if words in self.items[block]:
            return 2.8 if plain(text) in self.printed[block] else 2.5
        if any(words in names for n, names in enumerate(self.items) if n != block):
            return -1.5
        return 0.1 if not is_number(text) else -2.0

    def _indicator(self, column: ColumnDef, text: str, cell: Sequence[Fragment]) -> float | None:
        part = column.indicator[1] if column.indicator else ""
        shape = look(text)
        words = bare(text)
        if part == "value" and _FORMULA.match(text):
            return -1.5
        if part == "value":
            return None if len(cell) > 3 else _VALUE.get(shape, -1.0) - (1.0 if _goes_past_value(cell) else 0.0)
        if part != "more" and len(cell) > 1 and _has_money(cell):
            return None
        if part == "more":
            return {Look.LONG: 1.0, Look.NAME: 0.5, Look.SHORT: 0.0}.get(shape, -0.6)
        level = self.standard.get(column.path)
        if level is not None and words in level:
            return 3.0
        if any(words in names for path, names in self.standard.items() if path != column.path):
            return -3.0
        if shape in {Look.VALUE, Look.MONEY, Look.DIGITS} or (shape is Look.LONG and len(text) > _LONG_NAME):
            return -1.0
        top = level is not None and column.path != list(self.standard)[-1]
        return (-0.5 if top else 0.8) + hint(column, text)


_CELL = 1.0
"""What a cell must be worth to be one, so that nothing is gained by cutting cells up."""
_LONGEST = {CellKind.TEXT: 60, CellKind.INDICATOR: 6}
_POINTED, _PLAIN, _DASH, _DAMAGED = 0.2, -0.3, -0.5, -1.6
"""An amount with a decimal point or separators; a mere number; a dash; what can be no number."""
_VALUE = {Look.VALUE: 1.4, Look.DIGITS: 0.8, Look.MONEY: 0.6, Look.SHORT: 0.8, Look.NAME: -0.4, Look.LONG: -1.5}
_FORMULA = re.compile(r"[=＝]\D{2}")
"""The beginning of a formula that a line break parted from its name."""
_LONG_NAME = 40
_LONGEST_MEASURE = 3.0
"""Ideographs of the longest unit of a value that stands in a line of its own (平方米)."""


def _amount(fragment: Fragment) -> float | None:
    """What it is worth to read a fragment as an amount."""
    if fragment.look is Look.BLANK:
        return _DASH
    if fragment.look not in {Look.MONEY, Look.DIGITS}:
        return None
    if not fragment.is_number:
        return _DAMAGED
    return _POINTED if "." in fragment.text or "," in fragment.text else _PLAIN


def _goes_past_value(cell: Sequence[Fragment]) -> bool:
    """Whether a value is whole before its last fragments, and these are no unit."""
    return len(cell) > 1 and is_value(cell[0].text) and sum(f.width for f in cell[1:]) > _LONGEST_MEASURE


def _has_money(cell: Sequence[Fragment]) -> bool:
    return any(f.is_money for f in cell)


def _levels(rows: Indicators) -> tuple[frozenset[str], ...]:
    """The prescribed names of each level."""
    seconds = [(second, thirds) for below in rows.standard.values() for second, thirds in below.items()]
    return (
        frozenset(map(bare, rows.standard)),
        frozenset(bare(second) for second, _ in seconds),
        frozenset(bare(third) for _, thirds in seconds for third in thirds),
    )
