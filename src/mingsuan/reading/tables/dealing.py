"""The lines of a stacked form → its blocks: which line is a field, a heading, a row or an indicator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from functools import cached_property

from mingsuan.dialects.forms import ColumnDef, Fields, Fixed, Form
from mingsuan.dialects.names import bare
from mingsuan.reading.document import GridCell
from mingsuan.reading.tables.content import Look, look
from mingsuan.reading.tables.headings import Label
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.vocabulary import StackWords, label_of, stack_words
from mingsuan.values import dataclass

LONGEST_LABEL = 16
"""Characters of the longest label of a field."""


@dataclass
class FieldValue:
    """A label with the cells beside and under it.

    Attributes:
        column: the form's field, None where the form does not know the label.
        label: as printed.
        values: its cells, line by line.
    """

    column: ColumnDef | None
    label: str
    values: list[GridCell] = field(default_factory=list)


@dataclass
class BlockLines:
    """The lines of one block, the block's own label taken out."""

    header: list[list[Label]] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class TreeLine:
    """A line of the indicator tree, whether it opens a page, and the header line that it stands under."""

    line: Line
    opens_page: bool
    levels: Line


@dataclass(frozen=True)
class Words:
    """A stacked form's words by what they announce."""

    form: Form

    @cached_property
    def stack(self) -> StackWords:
        """What the form is recognised by."""
        return stack_words(self.form)

    @cached_property
    def fields(self) -> dict[str, ColumnDef]:
        """Bare label → field."""
        return {n: c for b in self.form.blocks if isinstance(b.rows, Fields) for c in b.columns for n in c.names}

    @cached_property
    def groups(self) -> frozenset[str]:
        """Bare headings over fields."""
        return frozenset(n for b in self.form.blocks if isinstance(b.rows, Fields) for names in b.groups.values() for n in names)

    @cached_property
    def blocks(self) -> dict[str, str]:
        """Bare name of a block → its name."""
        return {bare(b.name): b.name for b in self.form.blocks if b.name}

    @cached_property
    def heads(self) -> dict[str, frozenset[str]]:
        """Name of a block → bare names of its headings."""
        return {
            b.name: frozenset(n for c in b.columns for n in c.names) | {n for names in b.groups.values() for n in names}
            for b in self.form.blocks
            if b.name
        }

    @cached_property
    def items(self) -> dict[str, str]:
        """Bare label of a prescribed row → name of its block."""
        return {n: b.name for b in self.form.blocks if isinstance(b.rows, Fixed) for r in b.rows.rows for n in r.names}

    def is_level_row(self, texts: Sequence[str]) -> bool:
        """Whether a line is the header of the indicator tree."""
        return sum(bare(t) in self.stack.levels for t in dict.fromkeys(texts) if t) >= 2


@dataclass
class Dealer:
    """Deals the lines of a stacked form out to its blocks, from top to bottom."""

    words: Words
    fields: list[FieldValue] = field(default_factory=list)
    blocks: dict[str, BlockLines] = field(default_factory=dict)
    tree: list[TreeLine] = field(default_factory=list)
    levels: Line | None = None
    repairs: list[str] = field(default_factory=list)
    _opens_page: bool = True
    _current: str | None = None

    def take_page(self, lines: Sequence[Line]) -> None:
        """Deal out the lines of one page."""
        self._opens_page = True
        for line in lines:
            if line.filled:
                self._take(line)

    def _take(self, line: Line) -> None:
        if self.words.is_level_row(line.texts):
            if self.levels is not None:
                self.repairs.append(f"{line.place}换页重印的指标表头已略去")
            self.levels = line
        elif self.levels is not None:
            self._take_indicator(line, self.levels)
        else:
            self._take_upper(line)

    def _take_indicator(self, line: Line, levels: Line) -> None:
        item = next((t for t in line.texts if bare(t) in self.words.items), None)
        first = None if item is None else self._printed_before(item)
        if first is not None:
            same = [t for t in first.texts if t] == [t for t in line.texts if t]
            self.repairs.append(f"{line.place}换页重印的“{item}”已略去" + ("" if same else f"，与{first.place}所印不同"))
            return
        self.tree.append(TreeLine(line, self._opens_page, levels))
        self._opens_page = False

    def _printed_before(self, item: str) -> Line | None:
        """The line of a block that printed a row's label before."""
        return next((line for lines in self.blocks.values() for line in lines.body if item in line.texts), None)

    def _take_upper(self, line: Line) -> None:
        first = line.filled[0]
        block = self.words.blocks.get(bare(line.texts[first]))
        if block is not None:
            self._current = block
            line = _without(line, first)
        texts = [line.texts[j] for j in line.filled]
        if not texts or bare(texts[0]) in self.words.groups:
            return
        owner = self._owner(texts)
        if owner is not None:
            self._take_block_line(line, *owner)
        elif block is None and self._label(texts[0], first) is not None:
            self._current = None
            self._take_fields(line)
        elif self._current is not None:
            self._block(self._current).body.append(line)
        elif self.fields:
            self.fields[-1].values.extend(line.cells[j] for j in line.filled)

    def _owner(self, texts: Sequence[str]) -> tuple[str, bool] | None:
        """The block whose heading (True) or prescribed row (False) a line prints."""
        for name, heads in self.words.heads.items():
            if all(bare(t) in heads for t in texts) and (len(texts) > 1 or self._current == name):
                return name, True
        item = self.words.items.get(bare(texts[0]))
        return None if item is None else (item, False)

    def _take_block_line(self, line: Line, name: str, heading: bool) -> None:
        self._current = name
        lines = self._block(name)
        if heading:
            lines.header.append([Label(line.texts[j], len(lines.header) + 1, j, line.place) for j in line.filled])
        elif not any(known.texts == line.texts for known in lines.body):
            lines.body.append(line)

    def _block(self, name: str) -> BlockLines:
        return self.blocks.setdefault(name, BlockLines())

    def _label(self, text: str, column: int) -> FieldValue | None:
        """The field that a cell labels; a label unknown to the form counts in the first column before any block."""
        words, value = label_of(text)
        known = self.words.fields.get(bare(text))
        if known is not None:
            return FieldValue(known, text)
        known = self.words.fields.get(bare(words)) if value else None
        if known is not None:
            return FieldValue(known, words)
        unknown = column == 0 and self._current is None and len(text) <= LONGEST_LABEL and look(text) in {Look.NAME, Look.SHORT}
        return FieldValue(None, text) if unknown else None

    def _take_fields(self, line: Line) -> None:
        """Labels with the values beside them; a known label that was printed before is a value or goes on."""
        for j in line.filled:
            found = self._label(line.texts[j], j)
            taken = found is not None and any(f.column is found.column for f in self.fields if f.column is not None)
            if found is not None and not taken:
                self.fields.append(found)
                value = label_of(line.texts[j])[1]
                if value and found.label != line.texts[j]:
                    found.values.append(replace(line.cells[j], text=value))
            elif self.fields and not (taken and j == line.filled[0]):
                self.fields[-1].values.append(line.cells[j])


def _without(line: Line, column: int) -> Line:
    cells = tuple(replace(c, text="") if n == column else c for n, c in enumerate(line.cells))
    return Line(cells, tuple("" if n == column else t for n, t in enumerate(line.texts)))
