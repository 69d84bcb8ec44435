"""Raw tables → filled forms whose blocks stand side by side: columns, rows, keys, and what was put right."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from mingsuan.amounts import State, common_decimals, parse_amount, parse_number
from mingsuan.dialects.forms import Block, ColumnDef, Fixed, Form, Listed
from mingsuan.model import Cell, CellKind, Column, Quantity, Row, Table, Unrecognised
from mingsuan.model.tables import Value
from mingsuan.patterns import regex
from mingsuan.places import extent
from mingsuan.reading.columns import Page, Placement, place
from mingsuan.reading.content import fit, is_number, plain_number
from mingsuan.reading.document import GridCell
from mingsuan.reading.headers import decode
from mingsuan.reading.heading_paths import paths
from mingsuan.reading.headings import Heading
from mingsuan.reading.joining import RawTable
from mingsuan.reading.keys import KeyReader, Units
from mingsuan.reading.lexicon import Lexicon
from mingsuan.reading.lines import Line
from mingsuan.reading.ordinals import compact
from mingsuan.reading.titles import notes_of, unit_of
from mingsuan.values import dataclass

ASSUMED_UNIT = "万元"
"""Unit in which amounts are read where neither table, document nor form says one; the table's own unit stays None."""
MAX_PAGES = 40
"""Pages of a table that are aligned with its header one by one."""
STRANGE = -0.6
"""Fit at or below which a cell does not suit its column."""
MAX_SEARCHES = 100
"""Rows of a page that are looked at by themselves; a page with more shapes of shifted rows is damaged beyond repair."""
_TOTAL = regex(r"(?:合计|小计|总计)\Z")


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
    lexicon = Lexicon(form.blocks)
    heading = decode(lexicon, raw.labels)
    width = _width(raw)
    lines = _pages(raw)
    pages = [Page(heading, [line.texts for line in page], width) for page in lines]
    choices = [place(page) for page in pages]
    named = frame(raw, form, document_unit)
    count = max((len(c) for c in choices), default=1)
    readings = []
    for number in range(count):
        placed = [c[min(number, len(c) - 1)] for c in choices]
        readings.append(_reading(raw, form, heading, lines, pages, placed, named, units))
    return tuple(readings)


def _pages(raw: RawTable) -> list[tuple[Line, ...]]:
    """The lines page by page; more pages than a table can have are taken as one."""
    filled = [page for page in raw.pages if page]
    rest = tuple(line for page in filled[MAX_PAGES:] for line in page)
    return [*filled[:MAX_PAGES], *([rest] if rest else [])]


def _width(raw: RawTable) -> int:
    """Columns up to the last one with any content."""
    return max((line.filled[-1] + 1 for line in [*raw.header, *raw.lines] if line.filled), default=0)


def _positions(raw: RawTable, heading: Heading) -> dict[int, int]:
    """Where the header says that the leaves stand."""
    return heading.positions(_width(raw), max((len(line.texts) for line in [*raw.header, *raw.lines]), default=0))


def _reading(
    raw: RawTable,
    form: Form,
    heading: Heading,
    lines: Sequence[Sequence[Line]],
    pages: Sequence[Page],
    placed: Sequence[Placement],
    named: Frame,
    units: Units,
) -> Reading:
    lexicon = heading.lexicon
    used = sorted({leaf for p in placed for leaf in p.leaves.values()})
    rows: list[tuple[Line, Mapping[int, int]]] = []
    repairs: list[str] = [*raw.repairs, *_heading_repairs(heading, used, _positions(raw, heading))]
    for page, placement, printed in zip(pages, placed, lines, strict=True):
        moved = _moved(page, placement)
        if moved and len(printed) > 1:
            repairs.append(f"{extent((printed[0].place, printed[-1].place))}{moved}")
        placer = RowPlacer(page, placement)
        for line in printed:
            own, repair = placer.place(line)
            rows.append((line, own))
            if repair:
                repairs.append(repair)
    used = sorted({leaf for _, at in rows for leaf in at.values()})
    shown = [n for n in heading.order if heading.is_printed(n) or n in used]
    named_paths = paths(heading, shown)
    columns, unknown = _with_unknown(raw, heading, shown, named_paths, rows)
    listed = any(isinstance(b.rows, Listed) and not b.rows.outline for b in form.blocks) and form.code != "T14"
    filled = []
    halves = _halves(form, lexicon)
    rows = [(line, _with_total(line, _with_label(line, at, halves, lexicon.leaves), form, lexicon)) for line, at in rows]
    for half in halves:
        keys = KeyReader({named_paths[n]: lexicon.leaves[n] for n in shown if n in half}, units)
        for line, at in rows:
            own = {j: leaf for j, leaf in at.items() if leaf in half}
            if not own and len(half) < len(lexicon.leaves):
                continue
            cells = _cells(line, own, named_paths, lexicon.leaves, named.reading_unit) | _unknown_cells(line, at, unknown)
            if not cells:
                continue
            key = keys.read({p: c.text for p, c in cells.items()}) if listed else None
            filled.append(Row(cells, key))
        repairs.extend(keys.repairs)
    table = Table(
        kind=form.kind,
        title=named.title,
        unit=named.unit,
        columns=columns,
        rows=tuple(filled),
        place=raw.place,
        unit_inherited=named.inherited,
        notes=notes_of(raw.after),
        repairs=tuple(repairs),
    )
    cost = sum(p.cost for p in placed)
    why = f"“{form.title}”的表样没有这一列，内容照录"
    lost = tuple(Unrecognised(f"列“{path}”", why, replace(raw.place, column=j + 1)) for j, path in unknown.items())
    return Reading(replace(table, decimals=common_decimals(c.amount for _, _, c in table.amounts() if c.amount)), cost, lost)


def _halves(form: Form, lexicon: Lexicon) -> tuple[frozenset[int], ...]:
    """The leaves that make up a row: all; where a list with keys goes on side by side, those of each of its parts, left to right."""
    if not any(b.continues and isinstance(b.rows, Listed) for b in form.blocks):
        return (frozenset(range(len(lexicon.leaves))),)
    return tuple(frozenset(lexicon.index[c.path] for c in b.columns) for b in form.blocks)


def _with_label(line: Line, at: Mapping[int, int], halves: Sequence[frozenset[int]], leaves: Sequence[ColumnDef]) -> Mapping[int, int]:
    """Where the cells of a row belong, amounts that stand in a half without any label given to the label in the half before."""
    moved = dict(at)
    labelled: frozenset[int] | None = None
    for half in halves if len(halves) > 1 else ():
        own = {j: at[j] for j in line.filled if at.get(j) in half}
        keys = [leaf for leaf in own.values() if leaves[leaf].kind is not CellKind.AMOUNT]
        if own and not keys and labelled is not None:
            money = [[n for n in sorted(h) if leaves[n].kind is CellKind.AMOUNT] for h in (labelled, half)]
            moved |= {j: money[0][money[1].index(leaf)] for j, leaf in own.items()}
        if own:
            labelled = half if len(keys) == len(own) else None
    return moved


def _with_total(line: Line, at: Mapping[int, int], form: Form, lexicon: Lexicon) -> Mapping[int, int]:
    """Where the cells of a row belong, a total that two blocks share moved from the right one to the left, which names it."""
    columns = {leaf: j for j, leaf in at.items() if j in line.filled}
    moved = dict(at)
    for named, other in pairwise(form.blocks):
        if isinstance(other.rows, Fixed) and not other.continues:
            item, amount = _filled(named, lexicon, columns)
            again, loose = _filled(other, lexicon, columns)
            if item and not amount and loose and not again and _TOTAL.search(line.texts[columns[item[0]]]):
                moved[columns[loose[0]]] = next(lexicon.index[c.path] for c in named.columns if c.kind is CellKind.AMOUNT)
    return moved


def _filled(block: Block, lexicon: Lexicon, columns: Container[int]) -> tuple[list[int], list[int]]:
    """The leaves of a block that a row fills: those that name it, and amounts."""
    own = [(lexicon.index[c.path], c) for c in block.columns if lexicon.index[c.path] in columns]
    return [n for n, c in own if c.key == "item"], [n for n, c in own if c.kind is CellKind.AMOUNT]


@dataclass
class RowPlacer:
    """Places the rows of a page one by one; a row whose cells do not suit the page's columns is looked at by itself."""

    page: Page
    placement: Placement
    _seen: dict[tuple[tuple[int, ...], ...], Mapping[int, int]] = field(default_factory=dict)

    def place(self, line: Line) -> tuple[Mapping[int, int], str]:
        """Where the cells of one row belong, and how that was put right, "" if it was not."""
        base = self.placement.leaves
        leaves = self.page.heading.lexicon.leaves
        strange = [j for j in line.filled if self._is_strange(j, line.texts[j])]
        if not strange or not base:
            return base, ""
        looks = tuple((j, *(round(10 * fit(leaf, line.texts[j])) for leaf in leaves)) for j in line.filled)
        if looks not in self._seen:
            if len(self._seen) >= MAX_SEARCHES:
                return base, ""
            self._seen[looks] = self._searched(line)
        found = self._seen[looks]
        return (base, "") if found is base else (found, f"{line.place}各格与表头错位，已按内容归位")

    def _is_strange(self, column: int, text: str) -> bool:
        """Whether a cell does not suit its column, or has none and does not stand under a name that the form does not know either."""
        leaf = self.placement.leaves.get(column)
        if leaf is None:
            return not self.page.leaves_out(column)
        return fit(self.page.heading.lexicon.leaves[leaf], text) <= STRANGE

    def _searched(self, line: Line) -> Mapping[int, int]:
        """The placement of a row by itself where that is clearly better, else the page's own."""
        base = self.placement.leaves
        alone = Page(self.page.heading, [line.texts], self.page.width, {leaf: j for j, leaf in base.items()}).search()
        if alone is None or len(alone.leaves) < len(line.filled):
            return base
        return alone.leaves if self._suits(alone.leaves, line) > self._suits(base, line) + 1.0 else base

    def _suits(self, at: Mapping[int, int], line: Line) -> float:
        leaves = self.page.heading.lexicon.leaves
        return sum(fit(leaves[at[j]], line.texts[j]) if j in at else -1.0 for j in line.filled)


def _moved(page: Page, placement: Placement) -> str:
    """What a page's placement changes against the header's positions, as a clause; "" if nothing."""
    at = {column: leaf for leaf, column in page.positions.items()}
    moved = [j for j, leaf in placement.leaves.items() if at.get(j, leaf) != leaf]
    if not moved:
        return ""
    names = "、".join(page.heading.lexicon.leaves[placement.leaves[j]].path for j in moved[:3])
    return f"有{len(moved)}列与表头错位，已按内容和合计关系归位（{names}{'等' if len(moved) > 3 else ''}）"


def _heading_repairs(heading: Heading, used: Sequence[int], positions: Mapping[int, int]) -> list[str]:
    """What was put right in the header, one sentence each."""
    found: list[str] = []
    shifted = []
    for leaf, column in positions.items():
        label = heading.printed[heading.lexicon.leaves[leaf].path]
        if label.column != column:
            shifted.append(label)
    for node in heading.lexicon.nodes:
        group = heading.printed.get(node.path)
        starts = [positions[n] for n in range(node.first, node.last + 1) if n in positions]
        if group is not None and not node.leaf and starts and group.column != min(starts):
            shifted.append(group)
    for row in dict.fromkeys(label.place for label in shifted):
        words = "、".join(label.text for label in shifted if label.place == row)
        found.append(f"{row}表头“{words}”错位，已归到所辖各列之上")
    lost = [heading.lexicon.leaves[leaf].path for leaf in used if not heading.is_printed(leaf)]
    return found + [f"表头没有印“{path}”，该列有内容，已按表样补出" for path in lost]


def _with_unknown(
    raw: RawTable,
    heading: Heading,
    shown: Sequence[int],
    named: Mapping[int, str],
    rows: Sequence[tuple[Line, Mapping[int, int]]],
) -> tuple[tuple[Column, ...], Mapping[int, str]]:
    """The columns of a table: those of the form and those that it does not know, by their physical column."""
    columns = [Column(named[n], heading.lexicon.leaves[n].kind, heading.lexicon.leaves[n].path) for n in shown]
    taken = {j for _, at in rows for j in at}
    loose = {j for line, at in rows for j in line.filled if j not in at}
    labels = {label.column: label.text for label in heading.unknown}
    unknown: dict[int, str] = {}
    positions = set(_positions(raw, heading).values())
    for j in sorted(loose | {j for j in labels if j not in taken and j not in positions}):
        name = labels.get(j) or f"第{j + 1}列"
        while name in {c.path for c in columns}:
            name += "′"
        unknown[j] = name
        texts = [line.texts[j] for line in raw.lines if j < len(line.texts) and line.texts[j]]
        kind = CellKind.AMOUNT if texts and all(is_number(t) for t in texts) else CellKind.TEXT
        columns.append(Column(name, kind, None))
    return tuple(columns), unknown


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
