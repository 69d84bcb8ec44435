"""Fragments → rows: the reading of a stream of fragments as rows of a form in which most speaks for every cell.

A row fills some of the slots from left to right; a cell is one or more neighbouring fragments. The best reading is found
by dynamic programming over (fragment, slot filled last), so no line break and no blank has to be trusted by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import NamedTuple

from mingsuan.model import CellKind
from mingsuan.reading.flattened.fragments import Fragment
from mingsuan.reading.flattened.gaps import Gaps
from mingsuan.reading.flattened.judging import Judge
from mingsuan.reading.flattened.pieces import pieces
from mingsuan.reading.flattened.slots import Slot
from mingsuan.reading.flattened.voices import heard
from mingsuan.values import dataclass

_DROPPED = -3.0
"""A fragment that belongs to no cell."""
_MID_LINE = -2.5
"""A row that begins within a line."""
_NEXT_LINE = -0.45
"""A row that goes on in the next line, in a dump that mostly keeps rows in one."""
_ONE_PER_LINE = 0.85
"""Share of fragments that open their line from which lines tell nothing of rows."""

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


class _Step(NamedTuple):
    """How a state was reached: from where, whether with a new row or by dropping a fragment."""

    score: float
    start: int
    before: State
    opens_row: bool
    dropped: bool = False


_Layer = dict[State, _Step]
"""The best way to each state after some fragments."""


def rows_of(fragments: Sequence[Fragment], judge: Judge) -> tuple[tuple[FlatRow, ...], tuple[Fragment, ...]]:
    """The rows that fragments make, and the fragments that belong to none.

    Columns of free text are told apart by how wide they are, which a first reading shows.
    """
    rows, dropped = _Search(fragments, judge).run()
    texts = [n for n, slot in enumerate(judge.slots) if slot.column.kind is CellKind.TEXT]
    if not texts or judge.widths:
        return rows, dropped
    widths = {judge.slots[n].column.path: max((f.width for r in rows for f in r.cells.get(n, ())), default=0.0) for n in texts}
    return rows_of(fragments, replace(judge, widths=widths))


@dataclass(frozen=True)
class _Here:
    """The ways that have come to a fragment.

    Attributes:
        position: number of the fragment.
        layer: the states that may still be on the best way.
        fresh: the way on with a new row, but for what that begins with.
        on: what speaks against going on in a row.
    """

    position: int
    layer: _Layer
    fresh: _Step
    on: float

    @cached_property
    def tops(self) -> Sequence[tuple[int, State, float]]:
        """The slots filled last, each with its best state and the score of that."""
        found: dict[int, tuple[int, State, float]] = {}
        for state, step in self.layer.items():
            slot = state[0]
            if slot >= 0 and (slot not in found or step.score > found[slot][2]):
                found[slot] = (slot, state, step.score)
        return tuple(found.values())

    def entry(self, number: int, gaps: Gaps) -> _Step:
        """The best way to come to a slot: on in a row, or with a new one."""
        score = self.fresh.score + gaps.opens[number]
        before: State | None = None
        for slot, state, top in self.tops:
            if slot < number and top + self.on + gaps.between[slot][number] > score:
                score = top + self.on + gaps.between[slot][number]
                before = state
        if before is None:
            return self.fresh._replace(score=score)
        return _Step(score, self.position, before, opens_row=False)


@dataclass
class _Search:
    """The search over one stream."""

    fragments: Sequence[Fragment]
    judge: Judge
    best: list[_Layer] = field(default_factory=list)

    @cached_property
    def gaps(self) -> Gaps:
        return Gaps.of(self.judge)

    @cached_property
    def lined(self) -> bool:
        """Whether lines tell something of rows."""
        return sum(f.opens for f in self.fragments) < _ONE_PER_LINE * len(self.fragments)

    @cached_property
    def behind(self) -> float:
        """So far behind a finished row a way is lost: whatever comes next may begin a row of its own for less."""
        return _MID_LINE + min(self.gaps.opens, default=0.0)

    def run(self) -> tuple[tuple[FlatRow, ...], tuple[Fragment, ...]]:
        """The rows of the best way, and the fragments that it drops."""
        self.best = [{} for _ in range(len(self.fragments) + 1)]
        self.best[0][_NOTHING] = _Step(0.0, 0, _NOTHING, opens_row=False)
        for position in range(len(self.fragments)):
            self._advance(self._here(position))
        return self._traced()

    def _here(self, position: int) -> _Here:
        layer = self.best[position]
        ended = self._ended(layer)
        score = layer[ended].score + self.gaps.ends[ended[0]]
        opens = self.fragments[position].opens
        alive = {state: step for state, step in layer.items() if step.score >= score + self.behind}
        fresh = _Step(score if opens or ended == _NOTHING else score + _MID_LINE, position, ended, opens_row=True)
        return _Here(position, alive, fresh, _NEXT_LINE if self.lined and opens else 0.0)

    def _ended(self, layer: _Layer) -> State:
        """The state of the best finished row."""
        return max(layer, key=lambda state: layer[state].score + self.gaps.ends[state[0]])

    def _advance(self, here: _Here) -> None:
        """All ways over one more cell, or without the fragment."""
        for state, step in here.layer.items():
            score = step.score + _DROPPED
            self._keep(here.position + 1, state, score, _Step(score, here.position, state, opens_row=False, dropped=True))
        worths = heard(pieces(self.fragments, here.position), self.judge.voices)
        for number, voice in enumerate(self.judge.voice_of):
            own = worths[voice]
            if not own:
                continue
            slot = self.judge.slots[number]
            entry = here.entry(number, self.gaps)
            state = (number, int(slot.amounts))
            for end, worth in enumerate(own, here.position + 1):
                self._keep(end, state, entry.score + worth, entry)
            if slot.amounts:
                self._go_on(here, number, slot, own[0])

    def _go_on(self, here: _Here, number: int, slot: Slot, worth: float) -> None:
        """One more amount of a run."""
        for count in range(1, len(slot.leaves)):
            state = (number, count)
            if state in here.layer:
                score = here.layer[state].score + here.on + worth
                self._keep(here.position + 1, (number, count + 1), score, _Step(score, here.position, state, opens_row=False))

    def _keep(self, end: int, state: State, score: float, step: _Step) -> None:
        """Remember a way to a state, if it is the best."""
        layer = self.best[end]
        if state not in layer or score > layer[state].score:
            layer[state] = _Step(score, *step[1:])

    def _traced(self) -> tuple[tuple[FlatRow, ...], tuple[Fragment, ...]]:
        """Follow the best way back."""
        position = len(self.fragments)
        state = self._ended(self.best[position])
        taken: list[tuple[State, _Step, int]] = []
        dropped: list[Fragment] = []
        while position > 0:
            step = self.best[position][state]
            if step.dropped:
                dropped.append(self.fragments[step.start])
            else:
                taken.append((state, step, position))
            position, state = step.start, step.before
        return tuple(_rows(self.fragments, reversed(taken))), tuple(reversed(dropped))


def _rows(fragments: Sequence[Fragment], taken: Iterator[tuple[State, _Step, int]]) -> Iterator[FlatRow]:
    row: FlatRow | None = None
    for (slot, count), step, end in taken:
        if step.opens_row or row is None:
            if row is not None:
                yield row
            row = FlatRow()
        own = tuple(fragments[step.start : end])
        if count:
            row.amounts[slot] = (*row.amounts.get(slot, ()), *own)
        else:
            row.cells[slot] = own
    if row is not None:
        yield row
