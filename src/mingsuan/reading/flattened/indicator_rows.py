"""The indicators of a project in a summary, side by side by kind: which of them stand in one row, and under which kind.

Every kind is a list that begins in the project's first row, so a kind that a row lacks is at its end. Beside this the words of an
indicator tell its kind, and lines tell rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mingsuan.model import CellKind
from mingsuan.reading.flattened.fragments import Fragment
from mingsuan.reading.flattened.hints import hint
from mingsuan.reading.flattened.rows import FlatRow
from mingsuan.reading.flattened.slots import Slot

_BEGINS_LATE = 2.5
"""A kind that begins below the first row."""
_MID_LINE = 3.0
"""A row that begins within a line."""
_SAME_ROW = 0.5
"""A row that goes on in the next line."""
MAX_PAIRS = 400
"""Indicators of one project."""

Cells = dict[int, tuple[Fragment, ...]]


@dataclass(frozen=True)
class _Way:
    """A way to read the first indicators of a project.

    Attributes:
        cost: what speaks against it.
        above: the kinds of the row before, here: those of the row so far, as bit sets.
        kinds: the kind of each indicator; opens: whether it begins a row.
    """

    cost: float
    above: int
    here: int
    kinds: tuple[int, ...] = ()
    opens: tuple[bool, ...] = ()


def regrouped(rows: Sequence[FlatRow], slots: Sequence[Slot]) -> tuple[FlatRow, ...]:
    """The rows of a summary with each project's indicators under their kinds."""
    kinds = _kinds(slots)
    if len(kinds) < 2:
        return tuple(rows)
    return tuple(row for project in _projects(rows, slots) for row in _project(project, slots, kinds))


def _kinds(slots: Sequence[Slot]) -> tuple[tuple[int, int], ...]:
    """For each kind of indicator the slots of its names and values."""
    found: dict[str, dict[str, int]] = {}
    for number, slot in enumerate(slots):
        if slot.column.indicator is not None and slot.column.indicator[0]:
            found.setdefault(slot.column.indicator[0], {})[slot.column.indicator[1]] = number
    return tuple((parts["name"], parts["value"]) for parts in found.values() if len(parts) == 2)


def _projects(rows: Sequence[FlatRow], slots: Sequence[Slot]) -> Iterator[list[FlatRow]]:
    current: list[FlatRow] = []
    for row in rows:
        if current and (row.amounts or any(slots[n].column.kind is not CellKind.INDICATOR for n in row.cells)):
            yield current
            current = []
        current.append(row)
    if current:
        yield current


def _project(rows: Sequence[FlatRow], slots: Sequence[Slot], kinds: Sequence[tuple[int, int]]) -> Iterator[FlatRow]:
    """The rows of one project, its own cells on the first."""
    pairs = list(_pairs(rows, kinds))
    own = {n: c for row in rows for n, c in row.cells.items() if slots[n].column.kind is not CellKind.INDICATOR}
    first = replace(rows[0], cells=own)
    way = _best(pairs, slots, kinds) if 1 < len(pairs) <= MAX_PAIRS else None
    if way is None:
        yield from rows
        return
    for (name, value), kind, opens in zip(pairs, way.kinds, way.opens, strict=True):
        if opens and any(slots[n].column.kind is CellKind.INDICATOR for n in first.cells):
            yield first
            first = FlatRow()
        for slot, cell in zip(kinds[kind], (name, value), strict=True):
            if cell:
                first.cells[slot] = cell
    yield first


def _pairs(rows: Sequence[FlatRow], kinds: Sequence[tuple[int, int]]) -> Iterator[tuple[tuple[Fragment, ...], tuple[Fragment, ...]]]:
    """Names with their values in printed order."""
    for row in rows:
        for name, value in kinds:
            if name in row.cells or value in row.cells:
                yield row.cells.get(name, ()), row.cells.get(value, ())


def _best(
    pairs: Sequence[tuple[tuple[Fragment, ...], tuple[Fragment, ...]]], slots: Sequence[Slot], kinds: Sequence[tuple[int, int]]
) -> _Way | None:
    """The way against which least speaks."""
    every = (1 << len(kinds)) - 1
    ways = {(every, 0): _Way(0.0, every, 0)}
    for pair in pairs:
        text = "".join(f.text for f in pair[0])
        starts = (pair[0] or pair[1])[0].opens
        hints = [hint(slots[name].column, text) for name, _ in kinds]
        fresh: dict[tuple[int, int], _Way] = {}
        for way in ways.values():
            for kind, told in enumerate(hints):
                own = way.cost - told
                for opens in (False, True):
                    if not opens and way.here >> kind:
                        continue
                    above = way.here if opens and way.here else way.above
                    cost = own + (_SAME_ROW * starts if not opens and way.here else 0.0)
                    cost += _MID_LINE if opens and way.here and not starts else 0.0
                    cost += _BEGINS_LATE if not above >> kind & 1 else 0.0
                    here = (0 if opens else way.here) | 1 << kind
                    known = fresh.get((above, here))
                    if known is None or cost < known.cost:
                        fresh[above, here] = _Way(cost, above, here, (*way.kinds, kind), (*way.opens, opens or not way.here))
        ways = fresh
    return min(ways.values(), key=lambda w: w.cost, default=None)
