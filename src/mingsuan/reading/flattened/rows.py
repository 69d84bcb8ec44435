"""Fragments → rows: the reading of a stream of fragments as rows of a form in which most speaks for every cell.

A row fills some of the slots from left to right; a cell is one or more neighbouring fragments. The best reading is found
by dynamic programming over (fragment, slot filled last), so no line break and no blank has to be trusted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from mingsuan.dialects.forms import ColumnDef, Listed
from mingsuan.model import CellKind
from mingsuan.reading.flattened.fragments import Fragment
from mingsuan.reading.flattened.slots import CODES, Judge, Slot

_DROPPED = -3.0
"""A fragment that belongs to no cell."""
_MID_LINE = -2.5
"""A row that begins within a line."""
_NEXT_LINE = -0.45
"""A row that goes on in the next line, in a dump that mostly keeps rows in one."""
_ONE_PER_LINE = 0.85
"""Share of fragments that open their line from which lines tell nothing of rows."""
_HOPELESS = -4.0
"""A cell that no further fragment mends."""
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

State = tuple[int, int]
"""The slot filled last and, in a run of amounts, how many of them."""
_NOTHING: State = (-1, 0)


@dataclass(frozen=True)
class FlatRow:
    """A row of fragments.

    Attributes:
        cells: number of a slot that holds one cell → its fragments.
        amounts: number of a run of amounts → its fragments, left to right.
    """

    cells: dict[int, tuple[Fragment, ...]] = field(default_factory=dict)
    amounts: dict[int, tuple[Fragment, ...]] = field(default_factory=dict)

    @property
    def first(self) -> Fragment:
        """Its first fragment."""
        return next(f for n, found in sorted([*self.cells.items(), *self.amounts.items()]) for f in found)


@dataclass(frozen=True, slots=True)
class _Step:
    """How a state was reached: from where, whether with a new row; `state` None for a dropped fragment."""

    score: float
    start: int
    before: State
    opens_row: bool
    dropped: bool = False


def rows_of(fragments: Sequence[Fragment], judge: Judge) -> tuple[tuple[FlatRow, ...], tuple[Fragment, ...]]:
    """The rows that fragments make, and the fragments that belong to none.

    Columns of free text are told apart by how wide they are, which a first reading shows.
    """
    search = _Search(fragments, judge)
    rows, dropped = _traced(fragments, search.run(), search.ends)
    texts = [n for n, slot in enumerate(judge.slots) if slot.column.kind is CellKind.TEXT]
    if not texts or judge.widths:
        return rows, dropped
    widths = {judge.slots[n].column.path: max((f.width for r in rows for f in r.cells.get(n, ())), default=0.0) for n in texts}
    return rows_of(fragments, replace(judge, widths=widths))


@dataclass
class _Search:
    """The search over one stream."""

    fragments: Sequence[Fragment]
    judge: Judge
    best: list[dict[State, _Step]] = field(default_factory=list)
    lined: bool = True
    opens: list[float] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    gaps: list[list[float]] = field(default_factory=list)

    def run(self) -> list[dict[State, _Step]]:
        """The best way to each state after each fragment."""
        slots = self.judge.slots
        opening = sum(f.opens for f in self.fragments)
        self.lined = opening < _ONE_PER_LINE * len(self.fragments)
        self.opens = [self._opens(n) for n in range(len(slots))]
        self.ends = [*(self._ends(n) for n in range(len(slots))), 0.0]
        self.gaps = [[self._gap(a, b) for b in range(len(slots))] for a in range(len(slots))]
        self.best = [{} for _ in range(len(self.fragments) + 1)]
        self.best[0][_NOTHING] = _Step(0.0, 0, _NOTHING, opens_row=False)
        for position in range(len(self.fragments)):
            self._advance(position)
        return self.best

    def _advance(self, position: int) -> None:
        here = self.best[position]
        ended = max(here, key=lambda state: here[state].score + self.ends[state[0]])
        for state, step in here.items():
            self._keep(position + 1, state, _Step(step.score + _DROPPED, position, state, opens_row=False, dropped=True))
        for number, slot in enumerate(self.judge.slots):
            if slot.amounts:
                self._take_amount(position, number, slot, ended)
            else:
                self._take_cell(position, number, slot, ended)

    def _take_cell(self, position: int, number: int, slot: Slot, ended: State) -> None:
        entry = self._entry(position, number, ended)
        for end in range(position + 1, min(position + self.judge.longest(slot), len(self.fragments)) + 1):
            value = self.judge.value(slot, self.fragments[position:end])
            if value is None or value < _HOPELESS:
                break
            self._keep(end, (number, 0), _Step(entry.score + value, position, entry.before, entry.opens_row))

    def _take_amount(self, position: int, number: int, slot: Slot, ended: State) -> None:
        value = self.judge.value(slot, self.fragments[position : position + 1])
        if value is None:
            return
        entry = self._entry(position, number, ended)
        self._keep(position + 1, (number, 1), _Step(entry.score + value, position, entry.before, entry.opens_row))
        on = self._on(position)
        for count in range(1, len(slot.leaves)):
            step = self.best[position].get((number, count))
            if step is not None:
                self._keep(position + 1, (number, count + 1), _Step(step.score + on + value, position, (number, count), opens_row=False))

    def _entry(self, position: int, number: int, ended: State) -> _Step:
        """The best way to come to a slot with the fragment at a position: on in a row, or with a new one."""
        here = self.best[position]
        on = self._on(position)
        first = 0.0 if self.fragments[position].opens or ended == _NOTHING else _MID_LINE
        score = here[ended].score + self.ends[ended[0]] + first + self.opens[number]
        found = _Step(score, position, ended, opens_row=True)
        for state, step in here.items():
            if 0 <= state[0] < number:
                score = step.score + on + self.gaps[state[0]][number]
                if score > found.score:
                    found = _Step(score, position, state, opens_row=False)
        return found

    def _on(self, position: int) -> float:
        return _NEXT_LINE if self.lined and self.fragments[position].opens else 0.0

    def _keep(self, position: int, state: State, step: _Step) -> None:
        known = self.best[position].get(state)
        if known is None or step.score > known.score:
            self.best[position][state] = step

    def _opens(self, number: int) -> float:
        """What speaks against a row that begins with a slot."""
        slot = self.judge.slots[number]
        nameless = _NAMELESS if slot.amounts and number and self.judge.slots[number - 1].block == slot.block else 0.0
        before = [s for s in self.judge.slots[:number] if s.block == slot.block]
        codeless = _NO_CODE if slot.column.key == "name" and any(s.column.key in CODES for s in before) else 0.0
        part = slot.column.indicator[1] if slot.column.indicator else ""
        row = _OPENED_BY.get(part, _ROW)
        return row - sum(map(_missed, before)) - nameless - codeless

    def _ends(self, number: int) -> float:
        """What speaks against a row that ends with a slot: a list says nothing without its amounts."""
        slots = self.judge.slots
        own = slots[number].column.indicator
        if own is not None and own[1] in {"name", "levels"}:
            return -_VALUELESS
        listed = isinstance(self.judge.blocks[slots[number].block].rows, Listed)
        return _NO_AMOUNTS if listed and any(s.amounts and s.block == slots[number].block for s in slots[number + 1 :]) else 0.0

    def _gap(self, before: int, number: int) -> float:
        """What speaks against the slots left out between two."""
        slot = self.judge.slots[number]
        cost = sum(_missed(s) for s in self.judge.slots[before + 1 : number])
        other = slot.amounts and self.judge.slots[before].block != slot.block and number > before + 1
        return -cost - (_NAMELESS if other else 0.0) - self._unpaired(before, number)

    def _unpaired(self, before: int, number: int) -> float:
        """An indicator without its value, or a value without its indicator."""
        last, slot = self.judge.slots[before].column, self.judge.slots[number].column
        nameless = slot.indicator is not None and slot.indicator[1] == "value" and _loose(last, slot)
        part = last.indicator[1] if last.indicator is not None else ""
        more = slot.indicator is not None and slot.indicator[1] == "more"
        valueless = (part == "name" and number > before + 1) or (part == "levels" and more)
        return _VALUELESS * (valueless + nameless)


def _loose(last: ColumnDef, slot: ColumnDef) -> bool:
    """Whether a value does not stand beside the name or level that it is the value of."""
    before, own = last.indicator, slot.indicator
    return before is None or own is None or before[1] in {"value", "more"} or before[0] != own[0]


_MISSED = {"item": 0.6, "name": 0.5, "project_name": 0.5, "kind": 0.3, "unit_name": 0.3}


def _missed(slot: Slot) -> float:
    """What it costs to leave a slot of a row empty."""
    if slot.amounts:
        return 0.2
    if slot.column.kind is CellKind.KEY:
        return _MISSED.get(slot.column.key, 0.05)
    return 0.02 if slot.column.kind is CellKind.INDICATOR else 0.3


def _traced(
    fragments: Sequence[Fragment], best: Sequence[dict[State, _Step]], ends: Sequence[float]
) -> tuple[tuple[FlatRow, ...], tuple[Fragment, ...]]:
    """Follow the best way back."""
    position = len(fragments)
    state = max(best[position], key=lambda s: best[position][s].score + ends[s[0]])
    taken: list[tuple[State, int, int, bool]] = []
    dropped: list[Fragment] = []
    while position > 0:
        step = best[position][state]
        if step.dropped:
            dropped.append(fragments[step.start])
        else:
            taken.append((state, step.start, position, step.opens_row))
        position, state = step.start, step.before
    return tuple(_rows(fragments, reversed(taken))), tuple(reversed(dropped))


def _rows(fragments: Sequence[Fragment], taken: Iterator[tuple[State, int, int, bool]]) -> Iterator[FlatRow]:
    row: FlatRow | None = None
    for (slot, count), start, end, opens in taken:
        if opens or row is None:
            if row is not None:
                yield row
            row = FlatRow()
        own = tuple(fragments[start:end])
        if count:
            row.amounts[slot] = (*row.amounts.get(slot, ()), *own)
        else:
            row.cells[slot] = own
    if row is not None:
        yield row
