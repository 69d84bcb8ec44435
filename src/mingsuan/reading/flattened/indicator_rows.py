"""The indicators of a project in a summary, side by side by kind: which of them stand in one row, and under which kind.

Every kind is a list that begins in the project's first row, so a kind that a row lacks is at its end. Beside this the words of an
indicator tell its kind, and lines tell rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

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
_FURTHER_RIGHT = 0.001
"""A kind further right, where nothing else tells kinds apart."""
MAX_PAIRS = 400
"""Indicators of one project."""

Cells = dict[int, tuple[Fragment, ...]]


_State = tuple[int, int]
"""The kinds of the row before that may still follow, and the kinds of the row so far, as bit sets."""


class _Way(NamedTuple):
    """The best way to a state: what speaks against it, the state before, the kind of its last indicator, whether that begins a row."""

    cost: float
    before: _State
    kind: int
    opens: bool


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
    placed = _best(pairs, slots, kinds) if 1 < len(pairs) <= MAX_PAIRS else ()
    if not placed:
        yield from rows
        return
    for (name, value), (kind, opens) in zip(pairs, placed, strict=True):
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
) -> Sequence[tuple[int, bool]]:
    """For each indicator its kind and whether it begins a row, in the way against which least speaks."""
    every: _State = ((1 << len(kinds)) - 1, 0)
    named = [(slots[name].column.indicator or ("", ""))[0] for name, _ in kinds]
    layers: list[dict[_State, _Way]] = [{every: _Way(0.0, every, 0, opens=True)}]
    for pair in pairs:
        text = "".join(f.text for f in pair[0])
        starts = (pair[0] or pair[1])[0].opens
        hints = [hint(kind, text) for kind in named]
        layers.append(_next(layers[-1], hints, starts=starts))
    state = min(layers[-1], key=lambda s: layers[-1][s].cost)
    found: list[tuple[int, bool]] = []
    for layer in layers[:0:-1]:
        way = layer[state]
        found.append((way.kind, way.opens))
        state = way.before
    return found[::-1]


def _next(ways: Mapping[_State, _Way], hints: Sequence[float], *, starts: bool) -> dict[_State, _Way]:
    """The ways over one more indicator: `hints` tell its kind, and it `starts` a line or stands within one."""
    fresh: dict[_State, _Way] = {}
    for state, way in ways.items():
        for kind, told in enumerate(hints):
            for opens in (False, True):
                if not opens and state[1] >> kind:
                    continue
                after, cost = _after(state, kind, opens=opens, starts=starts)
                cost += way.cost - told + _FURTHER_RIGHT * kind
                if after not in fresh or cost < fresh[after].cost:
                    fresh[after] = _Way(cost, state, kind, opens or not state[1])
    return fresh


def _after(state: _State, kind: int, *, opens: bool, starts: bool) -> tuple[_State, float]:
    """The state after an indicator of a kind, in a new row or further right in the same, and what speaks against it."""
    above, here = state
    cost = 0.0
    if here:
        cost = _MID_LINE * (not starts) if opens else _SAME_ROW * starts
    if opens:
        above, here = here or above, 0
    return (above >> kind + 1 << kind + 1, here | 1 << kind), cost + _BEGINS_LATE * (not above >> kind & 1)
