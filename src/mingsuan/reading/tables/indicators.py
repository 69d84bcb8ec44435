"""The indicator tree of a performance form: level labels, values and explanations of each line.

Conversion to text shifts cells, prints merged labels in the middle of their group and prints them again after a page
break. What a cell is follows from its words (what the authority prescribes, what looks like a value) before its position.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from functools import cached_property

from mingsuan.dialects.forms import Block, Indicators
from mingsuan.dialects.names import bare
from mingsuan.places import Place
from mingsuan.reading.document import GridCell
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.content import Look, is_operator, look
from mingsuan.reading.tables.placing import placed
from mingsuan.values import dataclass

NOTHING = frozenset({"无", "/", "-", "—", "——"})
"""What stands for an empty unit of measure."""

_UNIT_NAMES = ("单位",)
_UNMERGED = 0.6
"""Share of lines with all level labels from which the labels are repeated on purpose."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A column of the tree.

    Attributes:
        path: as printed, or as the form words it.
        form: the form's path, None for a heading that the form does not have.
        role: "levels", "value" or "more".
        column: where its heading stands.
    """

    path: str
    form: str | None
    role: str
    column: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A printed cell, or an operator joined with the value after it."""

    text: str
    column: int
    cell: GridCell


@dataclass(frozen=True)
class Entry:
    """A line of the tree.

    Attributes:
        cells: slot number → cell.
        place: its row.
        opens_page: it is the first of its page.
        moved: its cells did not stand under their headings.
    """

    cells: Mapping[int, Piece]
    place: Place
    opens_page: bool
    moved: bool = False


@dataclass(frozen=True)
class Tree:
    """How a form's tree is read.

    Attributes:
        block: the form's block.
        slots: its columns in printed order.
    """

    block: Block
    slots: tuple[Slot, ...]

    @cached_property
    def levels(self) -> tuple[int, ...]:
        """Numbers of the level slots, top first."""
        return tuple(n for n, s in enumerate(self.slots) if s.role == "levels")

    @cached_property
    def _standard(self) -> tuple[dict[str, int], dict[str, tuple[str, ...]]]:
        """Bare name → its level; bare name → its ancestors from the top, where they are certain."""
        level: dict[str, int] = {}
        above: dict[str, set[tuple[str, ...]]] = {}
        rows = self.block.rows
        standard = rows.standard if isinstance(rows, Indicators) else {}
        for first, seconds in standard.items():
            level[bare(first)] = 0
            for second, thirds in seconds.items():
                level[bare(second)] = 1
                above.setdefault(bare(second), set()).add((bare(first),))
                for third in thirds:
                    level.setdefault(bare(third), 2)
                    above.setdefault(bare(third), set()).add((bare(first), bare(second)))
        return level, {name: next(iter(found)) for name, found in above.items() if len(found) == 1}

    def level(self, text: str) -> int | None:
        """The level that the authority gives a name, None if it prescribes none."""
        return self._standard[0].get(bare(text))

    def ancestors(self, text: str) -> tuple[str, ...]:
        """Bare names of the levels above a prescribed name, () if it is none."""
        return self._standard[1].get(bare(text), ())

    def read(self, cells: Sequence[GridCell], *, opens_page: bool) -> tuple[Entry | None, tuple[int, ...]]:
        """Place the cells of one printed line: the entry, None if it has no content, and the columns that found no place."""
        pieces = _pieces(cells, self)
        if not pieces:
            return None, ()
        kept = pieces[: len(self.slots)]
        slots = placed(
            len(kept),
            len(self.slots),
            lambda cell, slot: self._score(kept[cell], slot),
            lambda a, s, b, t: self._link(kept[a], s, kept[b], t),
        )
        at = dict(zip(slots or (), kept, strict=True))
        moved = any(self.slots[s].column != p.column for s, p in at.items())
        held = {s: p for s, p in at.items() if not (_is_unit(self.slots[s]) and p.text in NOTHING)}
        return Entry(held, cells[0].place.of_row, opens_page, moved), tuple(p.column for p in pieces[len(kept) :])

    def _score(self, piece: Piece, slot: int) -> float:
        role = self.slots[slot].role
        at_home = _AT_HOME if self.slots[slot].column == piece.column else 0.0
        known = self.level(piece.text)
        if role == "levels":
            depth = self.levels.index(slot)
            return at_home + self._level_score(piece.text, depth, known, last=slot == self.levels[-1])
        if known is not None and len(piece.text) > 2:
            return at_home - 6.0
        if role == "value":
            return at_home + _VALUE_SCORE.get(look(piece.text), 0.0)
        return at_home + (_unit_score(piece.text) if _is_unit(self.slots[slot]) else _MORE_SCORE.get(look(piece.text), 0.0))

    def _level_score(self, text: str, depth: int, known: int | None, *, last: bool) -> float:
        if known is not None:
            return (8.0, 7.0, 6.0)[min(known, 2)] if known == depth else -1.0
        shape = look(text)
        if shape in {Look.VALUE, Look.DIGITS, Look.MONEY}:
            return -3.0 if last else -6.0
        if last:
            return {Look.NAME: 2.0, Look.LONG: 1.0 if len(text) < 60 else -2.0}.get(shape, 0.0)
        return (-3.0, -1.0)[min(depth, 1)]

    def _link(self, first: Piece, slot: int, second: Piece, other: int) -> float:
        """Neighbours keep their distance, and a value follows the name of an indicator."""
        same = self.slots[other].column - self.slots[slot].column == second.column - first.column
        nameless = slot in self.levels[:-1] and other not in self.levels
        return (_TOGETHER if same else 0.0) - (3.0 if nameless else 0.0)


_AT_HOME, _TOGETHER = 2.0, 2.2
"""A cell under its own heading; two cells as far apart as their headings, which outlasts a shift of the whole line."""
_VALUE_SCORE = {Look.VALUE: 4.0, Look.DIGITS: 3.0, Look.MONEY: 3.0, Look.SHORT: 2.0, Look.NAME: -2.0, Look.LONG: -5.0, Look.TOTAL: -2.0}
_MORE_SCORE = {Look.LONG: 3.0, Look.NAME: 1.0, Look.VALUE: -2.0, Look.DIGITS: -2.0, Look.MONEY: -2.0}


def _is_unit(slot: Slot) -> bool:
    return slot.path.endswith(_UNIT_NAMES)


def _unit_score(text: str) -> float:
    if text in {"%", "％"} or text in NOTHING:
        return 1.0
    return {Look.SHORT: 0.5, Look.VALUE: -2.0}.get(look(text), -4.0)


def _pieces(cells: Sequence[GridCell], tree: Tree) -> list[Piece]:
    """The filled cells of a line: operators joined with their values, labels printed twice side by side taken once."""
    found: list[Piece] = []
    for column, cell in enumerate(cells):
        text = compact(cell.text)
        if not text:
            continue
        if found and is_operator(found[-1].text):
            found[-1] = replace(found[-1], text=found[-1].text + text)
        elif found and found[-1].text == text and tree.level(text) is not None:
            found[-1] = Piece(text, column, cell)
        else:
            found.append(Piece(text, column, cell))
    return found


@dataclass
class _Labels:
    """Where the labels of the upper levels stand, while they are put right."""

    tree: Tree
    entries: list[Entry]
    repairs: list[str] = field(default_factory=list)

    def text(self, number: int, depth: int) -> str:
        piece = self.entries[number].cells.get(self.tree.levels[depth])
        return piece.text if piece else ""

    def take(self, number: int, depth: int) -> Piece:
        entry = self.entries[number]
        slot = self.tree.levels[depth]
        piece = entry.cells[slot]
        self.entries[number] = replace(entry, cells={s: p for s, p in entry.cells.items() if s != slot})
        return piece

    def put(self, number: int, depth: int, piece: Piece) -> None:
        entry = self.entries[number]
        self.entries[number] = replace(entry, cells=dict(sorted({**entry.cells, self.tree.levels[depth]: piece}.items())))

    def expected(self, number: int, depth: int) -> str:
        """The bare label that the authority's names give a line at some depth, "" if they give none."""
        for below in range(len(self.tree.levels) - 1, depth, -1):
            ancestors = self.tree.ancestors(self.text(number, below))
            if len(ancestors) > depth and len(ancestors) == below:
                return ancestors[depth]
        return ""


def put_right(tree: Tree, entries: Sequence[Entry]) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries whose level labels stand once each, on the first line that they cover, and what was put right."""
    upper = len(tree.levels) - 1
    state = _Labels(tree, list(entries))
    if upper < 1 or _is_unmerged(state, upper):
        return tuple(state.entries), ()
    _drop_reprints(state, upper)
    for depth in range(upper - 1, -1, -1):
        for number in range(len(state.entries)):
            if state.text(number, depth):
                _move_up(state, number, depth)
    return tuple(state.entries), tuple(state.repairs)


def _is_unmerged(state: _Labels, upper: int) -> bool:
    full = [all(state.text(n, d) for d in range(upper)) for n in range(len(state.entries))]
    return len(full) > 3 and sum(full) >= _UNMERGED * len(full)


def _drop_reprints(state: _Labels, upper: int) -> None:
    """Drop labels that merely repeat the open one."""
    current = [""] * upper
    for number in range(len(state.entries)):
        for depth in range(upper):
            text = bare(state.text(number, depth))
            if not text:
                continue
            if text == current[depth]:
                state.take(number, depth)
                state.repairs.append(f"{state.entries[number].place}重印的“{text}”不是新的一组，已略去")
            else:
                current[depth:] = [text, *[""] * (upper - depth - 1)]


def _move_up(state: _Labels, number: int, depth: int) -> None:
    """Move a label printed in the middle of its group to the group's first line."""
    label = bare(state.text(number, depth))
    target = number
    while target > 0 and _belongs(state, target - 1, depth, label):
        target -= 1
    if target < number:
        piece = state.take(number, depth)
        state.put(target, depth, piece)
        state.repairs.append(f"{state.entries[number].place}的“{piece.text}”印在本组中间，已移到本组首行（{state.entries[target].place}）")


def _belongs(state: _Labels, number: int, depth: int, label: str) -> bool:
    """Whether the line above a label is of its group: nothing is open there, or its own names say so."""
    if state.text(number, depth):
        return False
    expected = state.expected(number, depth)
    if expected:
        return expected == label
    opened = any(state.text(n, depth) for n in range(number, _group_start(state, number, depth) - 1, -1))
    return not opened and not any(state.text(number + 1, d) for d in range(depth))


def _group_start(state: _Labels, number: int, depth: int) -> int:
    """The first line of the group, one level up, that a line is in."""
    while number > 0 and not any(state.text(number, d) for d in range(depth)):
        number -= 1
    return number
