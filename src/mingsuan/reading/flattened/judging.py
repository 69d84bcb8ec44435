"""Which fragments make a cell of which slot: a form's columns with their voices."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from functools import cached_property, partial

from mingsuan.dialects.filling.lines import label_column
from mingsuan.dialects.forms import Block, ColumnDef, Fixed, Indicators, Listed
from mingsuan.dialects.names import bare, ordinal, plain
from mingsuan.model import CellKind
from mingsuan.reading.flattened.hints import hint
from mingsuan.reading.flattened.pieces import Piece
from mingsuan.reading.flattened.slots import Slot
from mingsuan.reading.flattened.voices import Voice, amount, explanation, free_text, indicator, level, value, words_of
from mingsuan.reading.tables.content import TOTALS, fit, is_number
from mingsuan.reading.tables.keys import LEADING
from mingsuan.values import dataclass

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
_LONGEST_TEXT, _LONGEST_KEY, _LONGEST_INDICATOR, _LONGEST_LABEL = 60, 12, 6, 4
"""Fragments of the longest explanation, name, indicator, and label of a total in a column of codes."""


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
    """Gives each slot its voice.

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
    def voices(self) -> tuple[Voice, ...]:
        """The voices of all columns; columns that judge alike share one."""
        first = {number: slot for slot, number in reversed([*zip(self.slots, self.voice_of, strict=True)])}
        return tuple(self._voice(first[number]) for number in range(len(first)))

    @cached_property
    def voice_of(self) -> tuple[int, ...]:
        """The number of each slot's voice."""
        numbers: dict[object, int] = {}
        return tuple(numbers.setdefault(self._like(slot), len(numbers)) for slot in self.slots)

    def _like(self, slot: Slot) -> object:
        """What the voice of a slot depends on."""
        column = slot.column
        if slot.amounts:
            return CellKind.AMOUNT
        if column.kind is CellKind.INDICATOR and _part(column) == "value":
            return "value"
        if column.kind is CellKind.KEY:
            return column.key, column.digits, column.path == self.label_path, column.path == self.unit_path, slot.block
        return column.path

    def _voice(self, slot: Slot) -> Voice:
        column = slot.column
        match column.kind:
            case CellKind.AMOUNT:
                return Voice(1, amount)
            case CellKind.KEY:
                return self._key(column, slot.block)
            case CellKind.INDICATOR:
                return self._indicator(column)
            case CellKind.TEXT:
                return Voice(_LONGEST_TEXT, free_text, known=self._is_known, width=self.widths.get(column.path, 0.0))
        return Voice(1, partial(_fitting, column))

    def _key(self, column: ColumnDef, block: int) -> Voice:
        if column.key == "item":
            return Voice(_LONGEST_KEY, partial(self._item, block), known=partial(self._is_item, block))
        if column.key in CODES:
            longest = _LONGEST_KEY if column.key == "unit_or_project" else _LONGEST_LABEL if column.path == self.label_path else 1
            return Voice(longest, partial(self._code, column), known=self._is_known)
        return Voice(_LONGEST_KEY, partial(self._name, column), known=self._is_known)

    def _is_known(self, text: str) -> bool:
        words = words_of(text)
        return words in self.totals or words in self.known.unit_names or words in self.known.names or words in self.known.kinds

    def _is_item(self, block: int, text: str) -> bool:
        words = words_of(text)
        return words in self.items[block] or words in self.totals

    def _item(self, block: int, piece: Piece) -> float | None:
        """The name of a fixed row."""
        text = piece.text
        if piece.money or (piece.size > 1 and piece.first.is_number):
            return None
        words = words_of(text)
        if words in self.items[block]:
            return 2.8 if plain(text) in self.printed[block] else 2.5
        if any(words in names for n, names in enumerate(self.items) if n != block):
            return -1.5
        return 0.1 if not is_number(text) else -2.0

    def _code(self, column: ColumnDef, piece: Piece) -> float | None:
        """A code, or the label of a total row in its place."""
        text = piece.text
        if not text.isdigit():
            return self._total(column) if words_of(text) in self.totals else None
        if column.key in LEADING:
            whole = not column.digits or len(text) in _PARTS[column.digits]
            if whole and (len(text) == 2 or text.startswith(LEADING[column.key])):
                return 1.0
            is_unit = column.path == self.unit_path and len(text) in _UNITS
            return (0.8 if text in self.known.units else 0.1) if is_unit else None
        if len(text) < 3 or (column.key == "unit" and len(text) > _LONGEST_UNIT):
            return None
        return 1.4 if text in self.known.units else (0.8 if len(text) <= _LONGEST_PROJECT else 0.0)

    def _total(self, column: ColumnDef) -> float:
        """The label of a total row."""
        return 1.6 if column.path == self.label_path else 0.2

    def _name(self, column: ColumnDef, piece: Piece) -> float | None:
        """The name of a class, a unit, a project or a kind of spending."""
        text, words = piece.text, words_of(piece.text)
        if words in self.totals and column.key != "kind":
            return self._total(column)
        if piece.money or (piece.size > 1 and piece.first.is_number and column.key != "project_name"):
            return None
        match column.key:
            case "kind":
                return 1.6 if words in self.known.kinds else -1.0
            case "unit_name":
                return 2.2 if words in self.known.unit_names else (0.2 if self.known.unit_names else 0.7)
            case "project_name":
                return (1.2 if text in self.known.units else 0.4) if text.isdigit() else 0.8
        if text.isdigit():
            return -0.5
        return 1.6 if self._is_known(text) else 0.9

    def _indicator(self, column: ColumnDef) -> Voice:
        match _part(column):
            case "value":
                return Voice(_LONGEST_INDICATOR, value)
            case "more":
                return Voice(_LONGEST_TEXT, explanation)
        kind = column.indicator[0] if column.indicator else ""
        leans = partial(hint, kind) if kind else None
        if not self.standard:
            return Voice(_LONGEST_INDICATOR, indicator, leans)
        prescribed = self.standard.get(column.path, frozenset())
        others = frozenset[str]().union(*(names for path, names in self.standard.items() if path != column.path))
        upper = column.path in list(self.standard)[:-1]
        own = partial(level, prescribed, others, upper=upper)
        return Voice(_LONGEST_INDICATOR, own, leans, known=lambda text: words_of(text) in prescribed)

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
        own = (n for rows in listed for n in (*rows.totals, *(name for s in rows.subtotals for name in s[1])))
        return frozenset(filter(None, own)) | TOTALS

    @cached_property
    def label_path(self) -> str:
        """The column in which total rows have their label."""
        keys = [s.column for s in self.slots if s.column.kind is CellKind.KEY]
        return label_column(keys).path if keys else ""

    @cached_property
    def unit_path(self) -> str:
        """The column in which the code of a unit's own row stands, "" in a form without keys."""
        keys = [s.column for s in self.slots if s.column.key in _KEYED]
        own = next((c for c in keys if c.key not in LEADING), None)
        if own is not None or not keys:
            return own.path if own is not None else ""
        parts = [c for c in keys if c.key == keys[0].key]
        return (parts[-1] if keys[0].key == "function" else parts[0]).path

    @cached_property
    def standard(self) -> Mapping[str, frozenset[str]]:
        """The names that the authority prescribes for each level of an indicator tree, by the level's column."""
        found: dict[str, frozenset[str]] = {}
        for block in self.blocks:
            if isinstance(block.rows, Indicators):
                found |= dict(zip(block.rows.levels, _levels(block.rows), strict=False))
        return found


def _part(column: ColumnDef) -> str:
    return column.indicator[1] if column.indicator else ""


def _fitting(column: ColumnDef, piece: Piece) -> float:
    return fit(column, piece.text)


def _levels(rows: Indicators) -> tuple[frozenset[str], ...]:
    """The prescribed names of each level."""
    seconds = [(second, thirds) for below in rows.standard.values() for second, thirds in below.items()]
    return (
        frozenset(map(bare, rows.standard)),
        frozenset(bare(second) for second, _ in seconds),
        frozenset(bare(third) for _, thirds in seconds for third in thirds),
    )
