"""What speaks against a row by the slots that it begins with, leaves out, and ends with."""

from __future__ import annotations

from collections.abc import Sequence

from mingsuan.dialects.forms import ColumnDef, Listed
from mingsuan.model import CellKind
from mingsuan.reading.flattened.judging import CODES, Judge
from mingsuan.reading.flattened.slots import Slot
from mingsuan.values import dataclass

_ROW = -0.5
"""A further row."""
_NO_AMOUNTS = -2.0
"""A row of a list that ends before its amounts."""
_NO_CODE = 0.6
"""A row that begins with a name, the code before it left out: merged over several rows, or no row of its own."""
_VALUELESS = 1.2
"""An indicator without its value, or a value without its indicator."""
_OPENED_BY = {"name": 0.0, "value": -_VALUELESS, "more": -1.5}
"""A further row that begins with an indicator of a summary, with a value, with an explanation."""
_NAMELESS = 1.5
"""Amounts of a block whose names stand in another part of the row, or nowhere."""
_MISSED = {"item": 0.6, "name": 0.5, "project_name": 0.5, "kind": 0.3, "unit_name": 0.3}
"""A key that is left out."""


@dataclass(frozen=True)
class Gaps:
    """What speaks against the slots of a row, by their numbers.

    Attributes:
        opens: a row that begins with a slot.
        ends: a row that ends with it; the last where there is no row yet, which numbers it -1.
        between: a row in which nothing stands between two.
    """

    opens: tuple[float, ...]
    ends: tuple[float, ...]
    between: tuple[tuple[float, ...], ...]

    @classmethod
    def of(cls, judge: Judge) -> Gaps:
        """Those of the rows that are judged."""
        every = range(len(judge.slots))
        return cls(
            tuple(_opens(judge.slots, n) for n in every),
            (*(_ends(judge, n) for n in every), 0.0),
            tuple(tuple(_between(judge.slots, a, b) for b in every) for a in every),
        )


def _opens(slots: Sequence[Slot], number: int) -> float:
    """What speaks against a row that begins with a slot."""
    slot = slots[number]
    nameless = _NAMELESS if slot.amounts and number and slots[number - 1].block == slot.block else 0.0
    before = [s for s in slots[:number] if s.block == slot.block]
    codeless = _NO_CODE if slot.column.key == "name" and any(s.column.key in CODES for s in before) else 0.0
    part = slot.column.indicator[1] if slot.column.indicator else ""
    row = _OPENED_BY.get(part, _ROW)
    return row - sum(map(_missed, before)) - nameless - codeless


def _ends(judge: Judge, number: int) -> float:
    """What speaks against a row that ends with a slot: a list says nothing without its amounts."""
    slots = judge.slots
    own = slots[number].column.indicator
    if own is not None and own[1] in {"name", "levels"}:
        return -_VALUELESS
    listed = isinstance(judge.blocks[slots[number].block].rows, Listed)
    return _NO_AMOUNTS if listed and any(s.amounts and s.block == slots[number].block for s in slots[number + 1 :]) else 0.0


def _between(slots: Sequence[Slot], before: int, number: int) -> float:
    """What speaks against the slots left out between two."""
    slot = slots[number]
    cost = sum(_missed(s) for s in slots[before + 1 : number])
    other = slot.amounts and slots[before].block != slot.block and number > before + 1
    return -cost - (_NAMELESS if other else 0.0) - _unpaired(slots, before, number)


def _unpaired(slots: Sequence[Slot], before: int, number: int) -> float:
    """An indicator without its value, or a value without its indicator."""
    last, slot = slots[before].column, slots[number].column
    nameless = slot.indicator is not None and slot.indicator[1] == "value" and _loose(last, slot)
    part = last.indicator[1] if last.indicator is not None else ""
    more = slot.indicator is not None and slot.indicator[1] == "more"
    valueless = (part == "name" and number > before + 1) or (part == "levels" and more)
    return _VALUELESS * (valueless + nameless)


def _loose(last: ColumnDef, slot: ColumnDef) -> bool:
    """Whether a value does not stand beside the name or level that it is the value of."""
    before, own = last.indicator, slot.indicator
    return before is None or own is None or before[1] in {"value", "more"} or before[0] != own[0]


def _missed(slot: Slot) -> float:
    """What it costs to leave a slot of a row empty."""
    if slot.amounts:
        return 0.2
    if slot.column.kind is CellKind.KEY:
        return _MISSED.get(slot.column.key, 0.05)
    return 0.02 if slot.column.kind is CellKind.INDICATOR else 0.3
