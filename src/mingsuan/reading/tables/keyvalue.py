"""Stacked forms: labels with their values, blocks of rows, and an indicator tree, one above the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field, replace
from datetime import date

from mingsuan.amounts import common_decimals
from mingsuan.dialects.forms import Block, ColumnDef, Fields, Form, Indicators
from mingsuan.dialects.names import bare
from mingsuan.model import Cell, CellKind, Column, Row, Table, Unrecognised
from mingsuan.places import Place, rows_named
from mingsuan.reading.document import GridCell
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.columns import Page, place
from mingsuan.reading.tables.dealing import BlockLines, Dealer, FieldValue, TreeLine, Words
from mingsuan.reading.tables.headers import decode
from mingsuan.reading.tables.heading_paths import completed, paths
from mingsuan.reading.tables.indicators import Entry, Slot, Tree, put_right
from mingsuan.reading.tables.lexicon import Lexicon
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.row_placing import RowPlacer
from mingsuan.reading.tables.sides import Frame, Reading, cell_of, frame
from mingsuan.reading.tables.titles import body_over, department_of, notes_of
from mingsuan.values import dataclass


def read_stack(raw: RawTable, form: Form, document_unit: str | None) -> Reading:
    """Read a form whose blocks stand one above the other."""
    named = frame(raw, form, document_unit)
    dealer = Dealer(Words(form))
    for page in raw.pages:
        dealer.take_page(page)
    builder = _Builder(named)
    for block in form.blocks:
        if isinstance(block.rows, Fields):
            builder.add_fields(block, [*_from_above(block, dealer.fields, raw), *dealer.fields])
        elif isinstance(block.rows, Indicators):
            builder.add_tree(block, dealer.tree, dealer.levels)
        elif block.name in dealer.blocks:
            builder.add_rows(block, dealer.blocks[block.name])
    table = Table(
        kind=form.kind,
        title=named.title,
        unit=named.unit,
        columns=tuple(builder.columns),
        rows=tuple(builder.rows),
        place=raw.place,
        unit_inherited=named.inherited,
        notes=notes_of(raw.after),
        printed_for=body_over(raw.before),
        repairs=(*raw.repairs, *dealer.repairs, *builder.repairs),
    )
    decimals = common_decimals(c.amount for _, _, c in table.amounts() if c.amount)
    return Reading(replace(table, decimals=decimals), 0.0, tuple(builder.unrecognised))


def _from_above(block: Block, found: Sequence[FieldValue], raw: RawTable) -> list[FieldValue]:
    """The first field where it is printed above the table (部门名称：…) instead of in it."""
    above = department_of(raw.before)
    column = block.columns[0]
    if above is None or column.kind is not CellKind.TEXT or any(v.column is column for v in found):
        return []
    name, label, place_above = above
    return [FieldValue(column, label, [GridCell(name, place_above)])]


@dataclass
class _Builder:
    """Collects the columns and rows of a stacked form."""

    named: Frame
    columns: list[Column] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    repairs: list[str] = field(default_factory=list)
    unrecognised: list[Unrecognised] = field(default_factory=list)

    def add_fields(self, block: Block, values: Sequence[FieldValue]) -> None:
        """Key–value pairs: one row for a record, one per printed line where all are texts."""
        order = {c.path: n for n, c in enumerate(block.columns)}
        ranked = sorted(values, key=lambda v: order.get(v.column.path, len(order)) if v.column else len(order))
        for value in ranked:
            path, column = _field_path(value), value.column
            if path not in {c.path for c in self.columns}:
                self.columns.append(Column(path, column.kind if column else CellKind.TEXT, column.path if column else None))
            if column is None and value.values:
                self.unrecognised.append(Unrecognised(f"“{value.label}”", "表样没有这一项，内容照录", value.values[0].place))
        cells = [(_field_path(v), [self._cell(c, v.column) for c in v.values]) for v in values]
        if any(c.kind is not CellKind.TEXT for c in block.columns):
            self.rows.append(Row({path: _merged(found) for path, found in cells if found}))
        else:
            self.rows.extend(Row({path: cell}) for path, found in cells for cell in found)

    def _cell(self, printed: GridCell, column: ColumnDef | None) -> Cell:
        if column is not None and column.kind is CellKind.DATE:
            return Cell(compact(printed.text), printed.place, _date(compact(printed.text)))
        return cell_of(printed, column.kind if column else CellKind.TEXT, self.named.reading_unit)

    def add_rows(self, block: Block, lines: BlockLines) -> None:
        """A block of rows under its own headings."""
        heading = decode(Lexicon((block,)), lines.header)
        width = max((line.filled[-1] + 1 for line in lines.body), default=0)
        page = Page(heading, [line.texts for line in lines.body], width)
        placer = RowPlacer(page, place(page)[0])
        rows = [(line, *placer.place(line)) for line in lines.body]
        used = {leaf for _, at, _ in rows for leaf in at.values()}
        leaves = heading.lexicon.leaves
        shown = [n for n in heading.order if n in used or heading.is_printed(n) or not heading.printed]
        named = paths(heading, shown)
        self.columns.extend(Column(named[n], leaves[n].kind, leaves[n].path) for n in shown)
        for line, at, repair in rows:
            self.rows.append(Row({named[at[j]]: self._cell(line.cells[j], leaves[at[j]]) for j in line.filled if j in at}))
            self.repairs.extend([repair] if repair else [])
            self._lose(line, [j for j in line.filled if j not in at])

    def _lose(self, line: Line, columns: Iterable[int]) -> None:
        for j in columns:
            self.unrecognised.append(Unrecognised(f"“{line.texts[j][:30]}”", "这一格不属于表样的任何一栏", line.cells[j].place))

    def add_tree(self, block: Block, lines: Sequence[TreeLine], levels: Line | None) -> None:
        """The indicator tree."""
        if levels is None:
            return
        trees: dict[Place, Tree] = {}
        first = _slots(block, lines[0].levels if lines else levels)
        entries: list[Entry] = []
        for tree_line in lines:
            head = tree_line.levels.place
            if head not in trees:
                trees[head] = Tree(block, _like(first, _slots(block, tree_line.levels)))
            entry, left = trees[head].read(tree_line.line.cells, opens_page=tree_line.opens_page)
            self._lose(tree_line.line, left)
            if entry is not None:
                entries.append(entry)
        tree = Tree(block, first)
        settled, repairs = put_right(tree, entries)
        moved = [e.place for e in settled if e.moved]
        if moved:
            self.repairs.append(f"{rows_named(moved)}各格与表头错位，已按内容归位")
        self.repairs.extend(repairs)
        self.columns.extend(Column(s.path, CellKind.INDICATOR, s.form) for s in tree.slots)
        for entry in settled:
            self.rows.append(Row({tree.slots[s].path: Cell(p.text, p.cell.place) for s, p in sorted(entry.cells.items())}))


def _slots(block: Block, levels: Line) -> tuple[Slot, ...]:
    """The columns of a tree as its header prints them."""
    slots: list[Slot] = []
    for j in levels.filled:
        text = levels.texts[j]
        known = next((c for c in block.columns if bare(text) in c.names and c.path not in {s.form for s in slots}), None)
        if known is None:
            slots.append(Slot(text, None, "more", j))
        else:
            role = known.indicator[1] if known.indicator else "more"
            slots.append(Slot(completed(text, known.path, known.names), known.path, role, j))
    return tuple(slots)


def _like(first: Sequence[Slot], again: Sequence[Slot]) -> tuple[Slot, ...]:
    """The columns of a tree where a reprinted header puts them."""
    columns = {s.path: s.column for s in again}
    return tuple(replace(s, column=columns.get(s.path, s.column)) for s in first)


def _field_path(value: FieldValue) -> str:
    """The path of a field in the words printed, headed by its group as the form words it."""
    if value.column is None:
        return value.label
    group, _, own = value.column.path.rpartition("/")
    words = completed(value.label, own, value.column.names)
    return f"{group}/{words}" if group else words


def _merged(cells: Sequence[Cell]) -> Cell:
    """The lines of one value as one cell."""
    return cells[0] if len(cells) == 1 else Cell("".join(c.text for c in cells), cells[0].place, cells[0].value)


def _date(text: str) -> date | None:
    parts = [p for p in text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-").split("-") if p]
    try:
        return date(*(int(p) for p in parts)) if len(parts) == 3 else None
    except ValueError:
        return None
