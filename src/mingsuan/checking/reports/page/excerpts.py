"""The rows and columns of a table around the cells that a finding is about, each of those with its number; persons are left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from mingsuan.checking.personal import HIDDEN, is_personal
from mingsuan.checking.reports.page.headings import Heading, heading_rows
from mingsuan.checking.reports.pictures import Spot
from mingsuan.model import CellKind, Disclosure, Repair, Table
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass

MAX_TABLES = 4
"""Tables that are quoted for one finding."""
MAX_MARKED = 10
"""Rows with marks that are quoted of one table."""
MAX_COLUMNS = 7
"""A table with more columns is quoted without those that say nothing here."""
MAX_TEXT = 60
"""Characters of a cell."""
SKIPPED = "…"
"""Stands for columns and rows that are not quoted."""
_OPENING_ROWS = 2


@dataclass(frozen=True)
class Quoted:
    """A quoted cell: its text, the numbers of the finding's places that it is, and what it should be, "" where that is not known."""

    text: str
    marks: tuple[int, ...] = ()
    wanted: str = ""
    figure: bool = False


@dataclass(frozen=True)
class Excerpt:
    """A part of a table.

    Attributes:
        marks: numbers of the finding's places that are the table as a whole.
        rows: quoted rows, None where rows are left out.
    """

    title: str
    unit: str
    place: Place
    marks: tuple[int, ...]
    head: tuple[tuple[Heading, ...], ...]
    rows: tuple[tuple[Quoted, ...] | None, ...]

    @property
    def numbers(self) -> frozenset[int]:
        """Numbers of the places that are marked in it."""
        return frozenset(self.marks) | {n for row in self.rows if row for cell in row for n in cell.marks}

    @property
    def columns(self) -> int:
        """Quoted columns."""
        return sum(heading.wide for heading in self.head[0]) if self.head else 1


@dataclass(frozen=True)
class Excerpts:
    """Quotes from the tables of a disclosure."""

    disclosure: Disclosure

    @cached_property
    def _cells(self) -> Mapping[Place, tuple[int, int, str]]:
        known: dict[Place, tuple[int, int, str]] = {}
        for t, table in enumerate(self.disclosure.tables):
            for r, row in enumerate(table.rows):
                for path, cell in row.cells.items():
                    known.setdefault(cell.place, (t, r, path))
        known.pop(NOWHERE, None)
        return known

    @cached_property
    def _tables(self) -> Mapping[Place, int]:
        return {t.place: n for n, t in reversed(list(enumerate(self.disclosure.tables))) if t.place != NOWHERE}

    def holds(self, place: Place) -> bool:
        """Whether a place is a cell of a table, or a table."""
        return place in self._cells or place in self._tables

    def table_at(self, place: Place) -> Table | None:
        """The table that a cell belongs to."""
        found = self._cells.get(place)
        return self.disclosure.tables[found[0]] if found else None

    def of(self, spots: Iterable[Spot], repairs: Sequence[Repair] = ()) -> tuple[Excerpt, ...]:
        """The tables in which some places lie, in the order of the places, each once and at most `MAX_TABLES`."""
        wanted = _wanted(repairs)
        cells: dict[int, dict[tuple[int, str], list[int]]] = {}
        wholes: dict[int, list[int]] = {}
        for spot in spots:
            if spot.place in self._cells:
                t, r, path = self._cells[spot.place]
                cells.setdefault(t, {}).setdefault((r, path), []).append(spot.number)
            elif spot.place in self._tables:
                cells.setdefault(self._tables[spot.place], {})
                wholes.setdefault(self._tables[spot.place], []).append(spot.number)
        shown = [t for n, t in enumerate(cells) if cells[t] or not self._alike(t, list(cells)[:n])]
        return tuple(_excerpt(self.disclosure.tables[t], cells[t], wholes.get(t, ()), wanted) for t in shown[:MAX_TABLES])

    def _alike(self, table: int, before: Sequence[int]) -> bool:
        """Whether a table of the same title is quoted already: a table that is marked as a whole says no more than that one."""
        return any(self.disclosure.tables[other].title == self.disclosure.tables[table].title for other in before)


def _wanted(repairs: Sequence[Repair]) -> Mapping[Place, str]:
    """What cells should be, where one way only puts things right."""
    found: dict[Place, set[str]] = {}
    for repair in repairs:
        found.setdefault(repair.place, set()).add(repair.after)
    return {place: next(iter(after)) for place, after in found.items() if len(after) == 1}


def _excerpt(table: Table, marks: Mapping[tuple[int, str], Sequence[int]], whole: Sequence[int], wanted: Mapping[Place, str]) -> Excerpt:
    rows = _rows(table, sorted({r for r, _ in marks}))
    columns = _columns(table, [r for r in rows if r is not None], {path for _, path in marks})
    quoted = (None if r is None else tuple(_cells(table, r, columns, marks, wanted)) for r in rows)
    filled = [row if row and any(c.text not in ("", SKIPPED) or c.marks for c in row) else None for row in quoted]
    told = tuple(row for n, row in enumerate(filled) if row is not None or n == 0 or filled[n - 1] is not None)
    head = heading_rows([SKIPPED if path is None else path for path in columns])
    return Excerpt(table.title or "（没有标题的表）", table.unit or "", table.place, tuple(whole), head, told)


def _rows(table: Table, marked: Sequence[int]) -> list[int | None]:
    """Marked rows with their neighbours and the total that a table opens with, None where some are left out between."""
    opening = {0} if any(number == 0 for number, _, _ in table.amounts()) else set()
    near = {*opening, *(n for r in marked[:MAX_MARKED] for n in (r - 1, r, r + 1))} if marked else set(range(_OPENING_ROWS))
    shown: list[int | None] = []
    last = -1
    for number in sorted(n for n in near if 0 <= n < len(table.rows)):
        if number == last + 2:
            shown.append(last + 1)
        elif number > last + 1:
            shown.append(None)
        shown.append(number)
        last = number
    if last < len(table.rows) - 1:
        shown.append(None)
    return shown


def _columns(table: Table, rows: Sequence[int], marked: set[str]) -> list[str | None]:
    """Paths of the columns to quote, None where some are left out between: marked ones, the names, the first amounts, then as printed."""
    paths = [c.path for c in table.columns]
    if len(paths) <= MAX_COLUMNS:
        return list(paths)
    filled = [c for c in table.columns if c.path in marked or any(table.rows[r].text(c.path) for r in rows)]
    names = sorted(
        (c.path for c in filled if c.kind is not CellKind.AMOUNT),
        key=lambda path: -max((len(table.rows[r].text(path)) for r in rows), default=0),
    )
    amounts = [c.path for c in filled if c.kind is CellKind.AMOUNT]
    kept = {*marked, *names[:1], *amounts[:1]}
    for path in (c.path for c in filled):
        if len(kept) >= MAX_COLUMNS:
            break
        kept.add(path)
    shown: list[str | None] = []
    for path in paths:
        if path in kept:
            shown.append(path)
        elif not shown or shown[-1] is not None:
            shown.append(None)
    return shown


def _cells(
    table: Table, number: int, columns: Sequence[str | None], marks: Mapping[tuple[int, str], Sequence[int]], wanted: Mapping[Place, str]
) -> Iterator[Quoted]:
    row, figures = table.rows[number], {c.path for c in table.columns if c.kind is CellKind.AMOUNT}
    for path in columns:
        if path is None:
            yield Quoted(SKIPPED)
            continue
        cell = row.cells.get(path)
        text = cell.text if cell else ""
        if is_personal(path, text):
            text = HIDDEN
        shown = text if len(text) <= MAX_TEXT else text[:MAX_TEXT] + "……"
        yield Quoted(shown, tuple(marks.get((number, path), ())), wanted.get(cell.place, "") if cell else "", path in figures)
