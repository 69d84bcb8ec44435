"""A flattened stacked form → the lines of its grid: labels with their values, blocks of rows, the indicator tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property

from mingsuan.dialects.forms import Block, Fields, Form, Indicators
from mingsuan.dialects.names import bare, plain
from mingsuan.places import NOWHERE, Place
from mingsuan.reading.document import GridCell
from mingsuan.reading.flattened.finding import FlatTable
from mingsuan.reading.flattened.fragments import Fragment, joined
from mingsuan.reading.flattened.judging import Judge, Known
from mingsuan.reading.flattened.rows import rows_of
from mingsuan.reading.flattened.slots import Slot, slots_of
from mingsuan.reading.flattened.wording import Word, names_of, printed_nodes, words_of
from mingsuan.reading.tables.dealing import Words
from mingsuan.reading.tables.lexicon import Lexicon, Node
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.raw import Opening, RawTable
from mingsuan.reading.tables.vocabulary import label_of
from mingsuan.values import dataclass

_LABEL_LINES = 3
"""Lines over which a label may break."""


@dataclass
class _Segment:
    """A label or heading and what follows it up to the next.

    Attributes:
        label: the label of a field, or of a block that prints its name.
        block: the block whose rows follow, None for a field.
        heading: its headings with their cells.
        body: the fragments that follow.
    """

    label: GridCell | None
    block: Block | None = None
    heading: tuple[tuple[Node, GridCell], ...] = ()
    body: list[Fragment] = field(default_factory=list)


def as_grid(raw: FlatTable, form: Form, known: Known) -> RawTable:
    """The table with its fragments as lines in which every cell stands under its heading."""
    lines = [line for segment in _Cutter(form, raw.fragments).segments() for line in _lines(segment, known)]
    kept = tuple(line for line in lines if line.filled)
    return RawTable((), (kept,), raw.before, Opening.FORM, raw.after, raw.repairs)


@dataclass
class _Cutter:
    """Cuts the fragments of a form at its labels."""

    form: Form
    fragments: Sequence[Fragment]
    seen: set[str] = field(default_factory=set)

    @cached_property
    def names(self) -> dict[tuple[str, int], dict[str, str]]:
        """The words of each block's headings."""
        return {(b.name, len(b.columns)): names_of(Lexicon((b,)).nodes) for b in self.form.blocks}

    def segments(self) -> Iterator[_Segment]:
        """The segments from top to bottom."""
        words = Words(self.form)
        current: _Segment | None = None
        position = 0
        while position < len(self.fragments):
            found = self._opens(position, words)
            if found is None:
                if current is not None:
                    current.body.append(self.fragments[position])
                position += 1
                continue
            if current is not None:
                yield current
            current, position = found
        if current is not None:
            yield current

    def _opens(self, position: int, words: Words) -> tuple[_Segment, int] | None:
        """The segment that begins at a position and where its body begins."""
        for block in self.form.blocks:
            if isinstance(block.rows, Fields):
                continue
            found = self._block(position, block)
            if found is not None:
                return found
        return self._field(position, words)

    def _block(self, position: int, block: Block) -> tuple[_Segment, int] | None:
        """A block that begins with its name, its headings, or both; an indicator tree begins with two of its levels."""
        start = position
        if not self._may_open(position, block):
            return None
        named = self._label(position, {bare(block.name)}) if block.name else 0
        start += named
        lexicon = Lexicon((block,))
        words = _from_start(words_of(self.fragments[start : start + 4 * len(lexicon.nodes)], self.names[block.name, len(block.columns)]))
        heading = [(n, w) for n, w in printed_nodes(words, lexicon) if n.path != block.name]
        leaves = [n for n, _ in heading if n.leaf]
        levels = isinstance(block.rows, Indicators) and sum(n.path in block.rows.levels for n in leaves) >= 2
        if not levels and not named and len(leaves) < max(2, len(block.columns)):
            return None
        if named and not levels and len(leaves) < 2:
            heading = []
        end = start + (max(w.last for _, w in heading) + 1 if heading else 0)
        cells = tuple((n, joined(self.fragments[start + w.first : start + w.last + 1])) for n, w in heading)
        name = joined(self.fragments[position:start]) if named else None
        return _Segment(name, block, cells), end

    def _may_open(self, position: int, block: Block) -> bool:
        """Whether the fragment at a position begins some name or heading of a block, or a name begins with it."""
        text = plain(self.fragments[position].text)
        names = (*self.names[block.name, len(block.columns)], plain(block.name))
        return any(text.startswith(name) or name.startswith(text) for name in names if name)

    def _field(self, position: int, words: Words) -> tuple[_Segment, int] | None:
        own = self.fragments[position]
        label, value = label_of(own.text)
        if value and bare(label) in words.fields and bare(label) not in self.seen:
            self.seen.add(bare(label))
            rest = replace(own, text=value)
            return _Segment(GridCell(label, own.place), body=[rest]), position + 1
        length = self._label(position, set(words.groups))
        if length:
            return _Segment(joined(self.fragments[position : position + length])), position + length
        length = self._label(position, {n for n in words.fields if n not in self.seen})
        if not length:
            return None
        cell = joined(self.fragments[position : position + length])
        self.seen.update(words.fields[bare(cell.text)].names)
        return _Segment(cell), position + length

    def _label(self, position: int, names: set[str]) -> int:
        """How many fragments print one of some labels, 0 for none."""
        text = ""
        for length, fragment in enumerate(self.fragments[position : position + _LABEL_LINES], 1):
            if length > 1 and not fragment.opens:
                return 0
            text += fragment.text
            if bare(text) in names:
                return length
        return 0


def _from_start(words: Sequence[Word]) -> tuple[Word, ...]:
    """Headings that follow each other without a gap from the first fragment on."""
    found: list[Word] = []
    end = -1
    for word in words:
        if word.first not in {end, end + 1}:
            break
        found.append(word)
        end = word.last
    return tuple(found)


def _lines(segment: _Segment, known: Known) -> Iterator[Line]:
    """The lines of a segment: a label beside its value, or headings over rows; the name of a block stands in a column of its own."""
    if segment.block is None:
        value = [joined(segment.body)] if segment.body else []
        yield Line.of([*([segment.label] if segment.label else []), *value])
        return
    block = segment.block
    width = len(block.columns)
    first = [segment.label or GridCell("", _place(segment))] if block.name else []
    for depth in sorted({node.depth for node, _ in segment.heading}):
        at = {node.first: cell for node, cell in segment.heading if node.depth == depth}
        blank = GridCell("", _place(segment))
        yield Line.of([*first, *(at.get(n, blank) for n in range(width))])
        first = [blank for _ in first]
    leaves = sorted(node.first for node, _ in segment.heading if node.leaf) or list(range(width))
    slots = slots_of((block,), leaves)
    rows, dropped = rows_of(segment.body, Judge((block,), slots, known))
    for row in rows:
        cells = _cells(row.cells, row.amounts, slots)
        blank = GridCell("", row.first.place)
        yield Line.of([*first, *(cells.get(n, blank) for n in range(width))])
        first = [blank for _ in first]
    for fragment in dropped:
        yield Line.of([joined([fragment])])


def _cells(cells: dict[int, tuple[Fragment, ...]], amounts: dict[int, tuple[Fragment, ...]], slots: Sequence[Slot]) -> dict[int, GridCell]:
    """The cells of a row by column; amounts are taken from the left."""
    found = {slots[n].leaves[0]: joined(own) for n, own in cells.items()}
    for n, own in amounts.items():
        found |= {leaf: joined([f]) for leaf, f in zip(slots[n].leaves, own, strict=False)}
    return found


def _place(segment: _Segment) -> Place:
    cells = [segment.label, *(cell for _, cell in segment.heading), *(joined([f]) for f in segment.body[:1])]
    return next((cell.place for cell in cells if cell is not None), NOWHERE)
