"""Filling forms from a ledger.

A form is laid out first: its rows with their keys and texts, an empty cell wherever an amount may stand. What each
empty cell stands for is then read by `dialects.meaning`, just as it is read from a published table, and the ledger's
sum over that region is put in. So reading and filling share one description of what a cell means.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from mingsuan.amounts import Amount, rounded
from mingsuan.dialects.dialect import Dialect, TableDuty
from mingsuan.dialects.filling.layout import FormLayout, Style
from mingsuan.dialects.filling.lines import EMPTY, LaidSheet
from mingsuan.dialects.meaning.understand import Figure, Meaning, understand
from mingsuan.dialects.roster import Roster
from mingsuan.ledger import Box, Ledger
from mingsuan.model import Cell, Column, Disclosure, Row, Stage, Table
from mingsuan.values import dataclass


def fill_all(dialect: Dialect, ledger: Ledger, roster: Roster, year: int, style: Style | None = None) -> tuple[Table, ...]:
    """All tables that the dialect prescribes for the year, amounts rounded to each form's unit and decimals."""
    chosen = style or Style()
    dialect = replace(dialect, forms=tuple(f.plain for f in dialect.forms))
    layout = FormLayout(dialect, ledger, roster, year, chosen)
    sheets = [sheet for duty in dialect.tables if duty.kind in dialect.by_kind and _due(duty, year) for sheet in layout.sheets(duty.kind)]
    stage = Stage.PERFORMANCE_DECLARATION if dialect.stage != "budget" else Stage.BUDGET
    blank = Disclosure(roster.name, roster.region, year, stage, dialect=dialect.name, tables=tuple(s.table() for s in sheets))
    sums = _Sums(renamed(ledger, roster.known_as(ledger)))
    meaning = understand(blank, dialect)
    return tuple(_filled(number, sheet, blank, meaning, sums, chosen) for number, sheet in enumerate(sheets))


def _due(duty: TableDuty, year: int) -> bool:
    return (duty.since is None or duty.since <= year) and (duty.until is None or year <= duty.until)


def renamed(ledger: Ledger, names: Mapping[str, str]) -> Ledger:
    """The ledger with its projects called as a reader of the tables knows them (`Roster.known_as`)."""
    lines = tuple(replace(line, project=names[line.project]) if line.project in names else line for line in ledger.lines)
    return Ledger(ledger.axes, lines)


@dataclass
class _Sums:
    """Sums over intersections of boxes; the lines of a box are found once."""

    ledger: Ledger
    _chosen: dict[Box, int] = field(default_factory=dict)
    _known: dict[int, Decimal] = field(default_factory=dict)

    def __call__(self, boxes: Sequence[Box]) -> Decimal:
        """Sum in 元 over the lines that lie in all of the boxes."""
        bits = (1 << len(self.ledger.lines)) - 1
        for box in boxes:
            found = self._chosen.get(box)
            if found is None:
                found = self._chosen[box] = self.ledger.chosen(box)
            bits &= found
        value = self._known.get(bits)
        if value is None:
            value = self._known[bits] = self.ledger.sum_of(bits)
        return value


def _filled(number: int, sheet: LaidSheet, blank: Disclosure, meaning: Meaning, sums: _Sums, style: Style) -> Table:
    """A laid-out table with its amounts; rows that turn out empty are left out unless the form prints them."""
    form, table = sheet.form, blank.tables[number]
    figures: dict[tuple[int, str], Figure] = {(f.row, f.column): f for f in meaning.figures if f.table == number}
    where = next(t.where for t in meaning.tables if t.index == number)
    rows: list[Row] = []
    loud = False
    for place, (line, row) in enumerate(zip(sheet.lines, table.rows, strict=True)):
        cells = {path: cell for path, cell in row.cells.items() if cell is not EMPTY}
        found = False
        for path in line.open:
            figure = figures.get((place, path))
            # A row of one project (an item of procurement) is known by its code; its printed name may be another row's too.
            told = figure is not None and "project" not in line.part.lookup
            region = figure.boxes if figure is not None and told else (where, form.by_path[path].region)
            value = sums((*region, line.part))
            found = found or bool(value)
            if value or style.zeros:
                amount = rounded(value, form.unit or "万元", form.decimals)
                cells[path] = Cell(amount.text(), value=amount)
        loud = loud or found
        if cells and (found or line.kept):
            rows.append(replace(row, cells=_in_order(cells, table.columns)))
    if not loud and form.empty_note:
        return replace(
            table,
            rows=_without_amounts(rows[:1]) if style.empty_rows else (),
            notes=(*table.notes, f"注：本单位无{form.empty_note[0]}预算支出，故本表无数据。"),
        )
    return replace(table, rows=tuple(rows))


def _without_amounts(rows: Sequence[Row]) -> tuple[Row, ...]:
    return tuple(replace(r, cells={p: c for p, c in r.cells.items() if not isinstance(c.value, Amount)}) for r in rows)


def _in_order(cells: Mapping[str, Cell], columns: Sequence[Column]) -> dict[str, Cell]:
    return {c.path: cells[c.path] for c in columns if c.path in cells}
