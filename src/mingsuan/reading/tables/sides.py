"""Raw tables → filled forms whose blocks stand side by side: columns, rows, keys, and what was put right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from mingsuan.amounts import State, common_decimals, parse_amount, parse_number
from mingsuan.dialects.forms import ColumnDef, Form
from mingsuan.model import Cell, CellKind, Column, Quantity, Row, Table, Unrecognised
from mingsuan.model.tables import Value
from mingsuan.places import extent
from mingsuan.reading.document import GridCell
from mingsuan.reading.ordinals import compact
from mingsuan.reading.tables.columns import Page, Placement, place
from mingsuan.reading.tables.content import is_number, plain_number
from mingsuan.reading.tables.halves import halves_of, with_label, with_total
from mingsuan.reading.tables.headers import decode
from mingsuan.reading.tables.heading_paths import paths
from mingsuan.reading.tables.headings import Heading
from mingsuan.reading.tables.keys import KeyReader, Units
from mingsuan.reading.tables.lexicon import Lexicon
from mingsuan.reading.tables.lines import Line
from mingsuan.reading.tables.placing_told import heading_told, moved_told
from mingsuan.reading.tables.raw import RawTable
from mingsuan.reading.tables.row_placing import RowPlacer
from mingsuan.reading.tables.titles import body_over, notes_of, unit_of
from mingsuan.values import dataclass

ASSUMED_UNIT = "万元"
"""Unit in which amounts are read where neither table, document nor form says one; the table's own unit stays None."""
MAX_PAGES = 40
"""Pages of a table that are aligned with its header one by one."""


@dataclass(frozen=True)
class Frame:
    """What a table is called and how its amounts are to be read.

    Attributes:
        title: as printed, white space removed.
        unit: unit of account, None where none is known.
        inherited: the unit is the document's.
        reading_unit: unit in which the amounts are read.
    """

    title: str
    unit: str | None
    inherited: bool
    reading_unit: str


def own_unit(table: RawTable) -> str | None:
    """The unit printed for a table: over it, in its header or in a row label."""
    above = unit_of(p.text for p in table.before)
    header = unit_of(label.text for row in table.labels for label in row)
    rows = unit_of(t for line in table.lines for t in line.texts if "元）" in t or "元)" in t) if not (above or header) else None
    return above or header or rows


def frame(table: RawTable, form: Form, document_unit: str | None) -> Frame:
    """Title and unit of a table."""
    printed = own_unit(table)
    unit = printed or document_unit
    return Frame(table.title, unit, printed is None and unit is not None, unit or form.unit or ASSUMED_UNIT)


@dataclass(frozen=True)
class Reading:
    """One way to read a table, with what could not be read.

    Attributes:
        table: the filled form.
        cost: how much speaks against this reading; only differences count.
        unrecognised: columns that the form does not know.
    """

    table: Table
    cost: float = 0.0
    unrecognised: tuple[Unrecognised, ...] = ()


def read_side(raw: RawTable, form: Form, document_unit: str | None, units: Units) -> tuple[Reading, ...]:
    """Read a table whose blocks stand side by side.

    More than one reading is returned where the header lost a column and nothing in the table tells whose values they are.
    """
    sides = _SideBySide(raw, form, decode(Lexicon(form.blocks), raw.labels), frame(raw, form, document_unit), units)
    choices = [place(page) for page in sides.pages]
    count = max((len(c) for c in choices), default=1)
    return tuple(sides.reading([c[min(number, len(c) - 1)] for c in choices]) for number in range(count))


Placed = Sequence[tuple[Line, Mapping[int, int]]]
"""Rows with the leaf that each of their columns belongs to."""


@dataclass(frozen=True)
class _SideBySide:
    """A table whose blocks stand side by side, its header read."""

    raw: RawTable
    form: Form
    heading: Heading
    named: Frame
    units: Units

    @cached_property
    def width(self) -> int:
        """Columns up to the last one with any content."""
        return max((line.filled[-1] + 1 for line in [*self.raw.header, *self.raw.lines] if line.filled), default=0)

    @cached_property
    def positions(self) -> dict[int, int]:
        """Where the header says that the leaves stand."""
        return self.heading.positions(self.width, max((len(line.texts) for line in [*self.raw.header, *self.raw.lines]), default=0))

    @cached_property
    def lines(self) -> list[tuple[Line, ...]]:
        """The lines page by page; more pages than a table can have are taken as one."""
        filled = [page for page in self.raw.pages if page]
        rest = tuple(line for page in filled[MAX_PAGES:] for line in page)
        return [*filled[:MAX_PAGES], *([rest] if rest else [])]

    @cached_property
    def pages(self) -> list[Page]:
        """The texts of the pages under the header."""
        return [Page(self.heading, [line.texts for line in page], self.width) for page in self.lines]

    def reading(self, placed: Sequence[Placement]) -> Reading:
        """The table with the columns of each page placed so."""
        rows, moved = self._rows(placed)
        by_page = sorted({leaf for p in placed for leaf in p.leaves.values()})
        used = {leaf for _, at in rows for leaf in at.values()}
        shown = [n for n in self.heading.order if self.heading.is_printed(n) or n in used]
        named = paths(self.heading, shown)
        columns, unknown = self._columns(shown, named, rows)
        filled, keys_repaired = self._filled(rows, named, unknown)
        table = Table(
            kind=self.form.kind,
            title=self.named.title,
            unit=self.named.unit,
            columns=columns,
            rows=filled,
            place=self.raw.place,
            unit_inherited=self.named.inherited,
            notes=notes_of(self.raw.after),
            printed_for=body_over(self.raw.before),
            repairs=(*self.raw.repairs, *heading_told(self.heading, by_page, self.positions), *moved, *keys_repaired),
        )
        why = f"“{self.form.title}”的表样没有这一列，内容照录"
        lost = tuple(Unrecognised(f"列“{path}”", why, replace(self.raw.place, column=j + 1)) for j, path in unknown.items())
        decimals = common_decimals(c.amount for _, _, c in table.amounts() if c.amount)
        return Reading(replace(table, decimals=decimals), sum(p.cost for p in placed), lost)

    def _rows(self, placed: Sequence[Placement]) -> tuple[Placed, list[str]]:
        """The rows with the leaves of their columns, and what was put right, a sentence each."""
        rows: list[tuple[Line, Mapping[int, int]]] = []
        repairs: list[str] = []
        for page, placement, lines in zip(self.pages, placed, self.lines, strict=True):
            moved = moved_told(page, placement)
            if moved and len(lines) > 1:
                repairs.append(f"{extent((lines[0].place, lines[-1].place))}{moved}")
            placer = RowPlacer(page, placement)
            for line in lines:
                own, repair = placer.place(line)
                rows.append((line, own))
                if repair:
                    repairs.append(repair)
        return rows, repairs

    def _columns(self, shown: Sequence[int], named: Mapping[int, str], rows: Placed) -> tuple[tuple[Column, ...], Mapping[int, str]]:
        """The columns of the table: those of the form and those that it does not know, by their physical column."""
        columns = [Column(named[n], self.heading.lexicon.leaves[n].kind, self.heading.lexicon.leaves[n].path) for n in shown]
        taken = {j for _, at in rows for j in at}
        loose = {j for line, at in rows for j in line.filled if j not in at}
        labels = {label.column: label.text for label in self.heading.unknown}
        unknown: dict[int, str] = {}
        positions = set(self.positions.values())
        for j in sorted(loose | {j for j in labels if j not in taken and j not in positions}):
            name = labels.get(j) or f"第{j + 1}列"
            while name in {c.path for c in columns}:
                name += "′"
            unknown[j] = name
            texts = [line.texts[j] for line in self.raw.lines if j < len(line.texts) and line.texts[j]]
            kind = CellKind.AMOUNT if texts and all(is_number(t) for t in texts) else CellKind.TEXT
            columns.append(Column(name, kind, None))
        return tuple(columns), unknown

    def _filled(self, rows: Placed, named: Mapping[int, str], unknown: Mapping[int, str]) -> tuple[tuple[Row, ...], list[str]]:
        """The rows with cells and keys, those of each half of a list after those of the half before; and the keys put right."""
        lexicon = self.heading.lexicon
        halves = halves_of(self.form, lexicon)
        moved = [with_total(line, with_label(line, at, halves, lexicon.leaves), self.form, lexicon) for line, at in rows]
        # What the table has no column for cannot have been meant for it.
        rows = [(line, to if named.keys() >= set(to.values()) else at) for (line, at), to in zip(rows, moved, strict=True)]
        filled: list[Row] = []
        repairs: list[str] = []
        for half in halves:
            keys = KeyReader({path: lexicon.leaves[n] for n, path in named.items() if n in half}, self.units)
            for line, at in rows:
                own = {j: leaf for j, leaf in at.items() if leaf in half}
                if not own and len(half) < len(lexicon.leaves):
                    continue
                cells = _cells(line, own, named, lexicon.leaves, self.named.reading_unit) | _unknown_cells(line, at, unknown)
                if cells:
                    key = keys.read({p: c.text for p, c in cells.items()}) if self.form.keyed else None
                    filled.append(Row(cells, key))
            repairs.extend(keys.repairs)
        return tuple(filled), repairs


def _cells(line: Line, at: Mapping[int, int], named: Mapping[int, str], leaves: Sequence[ColumnDef], unit: str) -> dict[str, Cell]:
    found: dict[str, Cell] = {}
    for j in line.filled:
        leaf = at.get(j)
        if leaf is not None:
            found[named[leaf]] = cell_of(line.cells[j], leaves[leaf].kind, unit)
    return found


def _unknown_cells(line: Line, at: Mapping[int, int], unknown: Mapping[int, str]) -> dict[str, Cell]:
    loose = {j: path for j, path in unknown.items() if j in line.filled and j not in at}
    return {path: cell_of(line.cells[j], CellKind.TEXT, ASSUMED_UNIT) for j, path in loose.items()}


def cell_of(printed: GridCell, kind: CellKind, unit: str) -> Cell:
    """A cell with its meaning: amounts in `unit`, plain decimals as text."""
    text = compact(printed.text)
    if kind is CellKind.AMOUNT:
        value = parse_amount(text, unit)
        return Cell(plain_number(text) if not isinstance(value, State) else text, printed.place, value)
    return Cell(text, printed.place, _quantity(text) if kind is CellKind.QUANTITY else None)


def _quantity(text: str) -> Value:
    number = parse_number(text)
    return Quantity(number, "") if number is not None else None


def named_units(tables: Iterable[Table]) -> tuple[tuple[str, str], ...]:
    """The (code, name) pairs of units that tables by unit print."""
    found: list[tuple[str, str]] = []
    for table in tables:
        for row in table.rows:
            code = row.key.unit if row.key else None
            name = next((c.text for p, c in row.cells.items() if code and not c.text.isdigit() and c.amount is None), None)
            if code and name:
                found.append((code, name))
    return tuple(dict.fromkeys(found))
