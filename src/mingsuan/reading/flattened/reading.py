"""A flattened table whose form is known → a filled form, and the rows whose amounts may stand in several columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal
from functools import cache, cached_property

from mingsuan.amounts import common_decimals
from mingsuan.codes.classification import Classification, bundled
from mingsuan.dialects.forms import Form, Listed
from mingsuan.dialects.names import bare
from mingsuan.ledger import Axes, NamedTree
from mingsuan.model import Cell, CellKind, Column, Row, Table, Unrecognised
from mingsuan.reading.flattened.finding import FlatTable
from mingsuan.reading.flattened.fragments import Fragment, joined
from mingsuan.reading.flattened.indicator_rows import regrouped
from mingsuan.reading.flattened.judging import Judge, Known
from mingsuan.reading.flattened.marks import RESTORED
from mingsuan.reading.flattened.options import Option, options_of, proportions, rules_of
from mingsuan.reading.flattened.rows import FlatRow, rows_of
from mingsuan.reading.flattened.slots import Slot, slots_of
from mingsuan.reading.flattened.stacked import as_grid
from mingsuan.reading.flattened.wording import Header, header_of
from mingsuan.reading.tables.heading_paths import paths
from mingsuan.reading.tables.keys import LEADING, KeyReader, Units
from mingsuan.reading.tables.keyvalue import read_stack
from mingsuan.reading.tables.lexicon import Lexicon
from mingsuan.reading.tables.sides import Frame, Reading, cell_of, frame
from mingsuan.reading.tables.titles import body_over, notes_of
from mingsuan.values import dataclass

MAX_LOST = 20
"""Fragments of a table that belong to no row and are named one by one."""


@dataclass(frozen=True)
class Open:
    """A row whose amounts may stand in several columns.

    Attributes:
        row: its number.
        cells: its amounts, in printed order.
        options: the column paths that they may stand in, the leftmost first; the table is filled with the first.
        costs: what speaks against each by itself.
    """

    row: int
    cells: tuple[Cell, ...]
    options: tuple[tuple[str, ...], ...]
    costs: tuple[int, ...]

    @cached_property
    def cost(self) -> Mapping[tuple[str, ...], int]:
        """What speaks against each option by itself."""
        return dict(zip(self.options, self.costs, strict=True))

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns that it may fill."""
        return tuple(dict.fromkeys(p for option in self.options for p in option))

    @cached_property
    def alike(self) -> tuple[int, ...]:
        """For each amount the number of the first that is equal to it."""
        amounts = [c.amount for c in self.cells]
        return tuple(map(amounts.index, amounts))


@dataclass(frozen=True)
class FlatReading(Reading):
    """A reading that leaves some rows open."""

    open: tuple[Open, ...] = ()


def read_flat(raw: FlatTable, form: Form, document_unit: str | None, units: Units, axes: Axes | None = None) -> Reading:
    """Read a flattened table."""
    if form.arrange == "stack":
        read = read_stack(as_grid(raw, form, known_names(units, axes)), form, document_unit)
        return replace(read, table=replace(read.table, place=raw.place, repairs=(RESTORED, *read.table.repairs)))
    header = header_of(raw.fragments, Lexicon(form.blocks))
    body = _without_reprints(raw.fragments[header.length :], raw.fragments[: header.length])
    return _Builder(raw, form, header, frame(raw, form, document_unit), units, known_names(units, axes)).read(body)


def known_names(units: Units, axes: Axes | None) -> Known:
    """What a document's units, the official lists and a dialect's kinds are called."""
    tree = axes["kind"] if axes is not None and "kind" in axes else None
    kinds = frozenset(map(bare, (*tree.parents, *tree.aliases))) if isinstance(tree, NamedTree) else frozenset()
    return Known(dict(units.names), _official_names(), kinds)


@cache
def _official_names() -> frozenset[str]:
    """The bare names of all classes."""
    lists = (Classification.FUNCTION, Classification.DEPARTMENT_ECONOMIC, Classification.GOVERNMENT_ECONOMIC)
    return frozenset(bare(code.name) for kind in lists for rows in bundled(kind).values() for code in rows)


def _without_reprints(body: Sequence[Fragment], header: Sequence[Fragment]) -> Sequence[Fragment]:
    """The body without headers that were printed again on a further page."""
    words = [f.text for f in header]
    if len(words) < 3:
        return body
    kept: list[Fragment] = []
    position = 0
    while position < len(body):
        if [f.text for f in body[position : position + len(words)]] == words:
            position += len(words)
        else:
            kept.append(body[position])
            position += 1
    return kept


@dataclass(frozen=True)
class _Builder:
    """Fills a form with rows of fragments.

    Attributes:
        options: number of a slot and its amounts in proportion → the options of such rows.
    """

    raw: FlatTable
    form: Form
    header: Header
    named: Frame
    units: Units
    known: Known
    options: dict[tuple[int, tuple[int, ...]], tuple[Option, ...]] = field(default_factory=dict)

    def read(self, body: Sequence[Fragment]) -> FlatReading:
        slots = self._slots()
        found, dropped = rows_of(body, Judge(self.form.blocks, slots, self.known))
        rows = regrouped(self._without_nameless(found), slots)
        leaves = self.header.heading.lexicon.leaves
        filled = {leaf for row in rows for n in row.cells for leaf in slots[n].leaves}
        placed = [dict(self._placed(row, slots)) for row in rows]
        filled |= {leaf for found in placed for options in found.values() for option in options for leaf in option.at}
        shown = [n for n in self.header.heading.order if self.header.heading.is_printed(n) or n in filled]
        named = paths(self.header.heading, shown)
        keys = KeyReader({named[n]: leaves[n] for n in shown}, self.units)
        made: list[Row] = []
        open_rows: list[Open] = []
        lost = [*_lost(dropped)]
        for row, options in zip(rows, placed, strict=True):
            lost.extend(_unplaced(row, options, slots))
            cells, several = self._row(row, options, slots, named)
            open_rows.extend(replace(run, row=len(made)) for run in several)
            key = keys.read({p: c.text for p, c in cells.items()}) if self.form.keyed else None
            made.append(Row(cells, key))
        if self.raw.cut is not None:
            lost.append(Unrecognised(f"表“{self.raw.title}”的后半", "表太长，从这里起没有读取", self.raw.cut))
        table = Table(
            kind=self.form.kind,
            title=self.named.title,
            unit=self.named.unit,
            columns=tuple(Column(named[n], leaves[n].kind, leaves[n].path) for n in shown),
            rows=tuple(made),
            place=self.raw.place,
            unit_inherited=self.named.inherited,
            notes=notes_of(self.raw.after),
            printed_for=body_over(self.raw.before),
            repairs=(RESTORED, *keys.repairs),
        )
        table = replace(table, decimals=common_decimals(c.amount for _, _, c in table.amounts() if c.amount))
        return FlatReading(table, 0.0, tuple(lost), tuple(open_rows))

    def _without_nameless(self, rows: Sequence[FlatRow]) -> list[FlatRow]:
        """Rows of a list that have nothing but amounts go with the row before: together they are too many for its columns."""
        named = any(isinstance(b.rows, Listed) and b.rows.totals and "" not in b.rows.totals for b in self.form.blocks)
        kept: list[FlatRow] = []
        for row in rows:
            if named and kept and not row.cells:
                run = next(iter(row.amounts))
                kept[-1].amounts[run] = (*kept[-1].amounts.get(run, ()), *row.amounts[run])
            else:
                kept.append(row)
        return kept

    def _slots(self) -> tuple[Slot, ...]:
        """Slots for the keys of the form and the other columns that the header prints; all those of a block whose amounts it lost.

        A key that stands in place of another counts only where it is printed, and takes the other's place then.
        """
        heading = self.header.heading
        leaves = heading.lexicon.leaves
        shown = {c.path for n, c in enumerate(leaves) if heading.is_printed(n)}
        coded = {c.key for c in leaves if c.path in shown and c.key in LEADING}
        lost = {
            c.path
            for b in self.form.blocks
            if not any(c.kind is CellKind.AMOUNT and c.path in shown for c in b.columns)
            for c in b.columns
            if c.kind is CellKind.AMOUNT and not c.variant
        }
        needed = {c.path for c in leaves if c.kind is CellKind.KEY and not c.variant and c.key not in coded}
        return slots_of(self.form.blocks, [n for n in heading.order if leaves[n].path in shown | lost | needed])

    def _placed(self, row: FlatRow, slots: Sequence[Slot]) -> Iterator[tuple[int, tuple[Option, ...]]]:
        """For each run of amounts of a row the leaves that they may stand in."""
        leaves = self.header.heading.lexicon.leaves
        for number, found in row.amounts.items():
            run = slots[number].leaves
            columns = [leaves[n] for n in run]
            cells = [cell_of(joined([f]), CellKind.AMOUNT, self.named.reading_unit) for f in found]
            half = max((a.half for c in cells if (a := c.amount)), default=Decimal(1))
            digits = tuple(int(c.amount.yuan / half) if c.amount else 0 for c in cells)
            pattern = (number, proportions(digits))
            if pattern not in self.options:
                rules = rules_of(self.form.blocks[slots[number].block], columns)
                self.options[pattern] = options_of(columns, rules, pattern[1])
            yield number, tuple(Option(tuple(run[n] for n in option.at), option.cost) for option in self.options[pattern])

    def _row(
        self, row: FlatRow, placed: Mapping[int, tuple[Option, ...]], slots: Sequence[Slot], named: Mapping[int, str]
    ) -> tuple[dict[str, Cell], list[Open]]:
        """The cells of a row with the first option of each run, and what else they may be."""
        leaves = self.header.heading.lexicon.leaves
        at: dict[int, Cell] = {}
        several: list[Open] = []
        for number, found in row.cells.items():
            leaf = slots[number].leaves[0]
            at[leaf] = cell_of(joined(found), leaves[leaf].kind, self.named.reading_unit)
        for number, fragments in row.amounts.items():
            options = placed[number]
            if not options:
                continue
            cells = tuple(cell_of(joined([f]), CellKind.AMOUNT, self.named.reading_unit) for f in fragments)
            at |= dict(zip(options[0].at, cells, strict=True))
            if len(options) > 1:
                columns = tuple(tuple(named[n] for n in option.at) for option in options)
                several.append(Open(0, cells, columns, tuple(option.cost for option in options)))
        return {named[n]: at[n] for n in sorted(at)}, several


def _lost(dropped: Sequence[Fragment]) -> Iterator[Unrecognised]:
    """What belongs to no row, one by one or, where it is much, once."""
    why = "去掉空格的文本里，这里不属于表的任何一行，没有读取"
    if len(dropped) > MAX_LOST:
        yield Unrecognised(f"“{dropped[0].text[:30]}”等{len(dropped)}处", why, dropped[0].place)
        return
    for fragment in dropped:
        yield Unrecognised(f"“{fragment.text[:30]}”", why, fragment.place)


def _unplaced(row: FlatRow, placed: Mapping[int, tuple[Option, ...]], slots: Sequence[Slot]) -> Iterator[Unrecognised]:
    """Runs of more amounts than there are columns: none of them is placed."""
    for number, options in placed.items():
        if not options:
            fragments = row.amounts[number]
            why = f"这一行有{len(fragments)}个数，表头只有{len(slots[number].leaves)}栏，归不了栏，没有读取"
            yield Unrecognised(f"“{'、'.join(f.text for f in fragments[:8])}”", why, fragments[0].place)


def with_option(row: Row, several: Open, option: Sequence[str], columns: Sequence[Column]) -> Row:
    """An open row whose amounts stand in the columns of one option; `columns` are those of its table."""
    at = {p: c for p, c in row.cells.items() if p not in several.columns} | dict(zip(option, several.cells, strict=True))
    return replace(row, cells={c.path: at[c.path] for c in columns if c.path in at})
