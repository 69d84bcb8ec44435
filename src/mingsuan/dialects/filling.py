"""Filling forms from a ledger.

A form is laid out first: its rows with their keys and texts, an empty cell wherever an amount may stand. What each
empty cell stands for is then read by `dialects.meaning`, just as it is read from a published table, and the ledger's
sum over that region is put in. So reading and filling share one description of what a cell means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace
from decimal import Decimal

from mingsuan import codes
from mingsuan.amounts import Amount, rounded
from mingsuan.dialects.dialect import Dialect, TableDuty
from mingsuan.dialects.forms import Block, ColumnDef, Fields, Fixed, Form, Indicators, Listed, Single
from mingsuan.dialects.meaning import Figure, Meaning, understand
from mingsuan.dialects.roster import Aim, Roster, RosterProject
from mingsuan.ledger import Box, Ledger
from mingsuan.ledger.trees import Selection
from mingsuan.model import Cell, CellKind, Column, Disclosure, Row, RowKey, Stage, Table
from mingsuan.values import dataclass

_CLASSES = {"function": "function", "department": "department_economic", "government": "government_economic"}
"""Classification of each axis whose codes have official names."""
_CODED = ("function", "department", "government")
_EMPTY = Cell("")


@dataclass(frozen=True)
class Style:
    """What forms leave to the department that fills them.

    Attributes:
        by_unit: rows by unit and function or class stand under a row of their unit; otherwise the units are added up.
        parts: rows by economic class are printed unit by unit, so that several rows share one key.
        zeros: zero is printed as 0.00, not left blank.
        narrowed: notes that narrow a form to part of its region are printed under it.
        empty_rows: the blank total row of an empty table is printed.
    """

    by_unit: bool = True
    parts: bool = False
    zeros: bool = False
    narrowed: bool = False
    empty_rows: bool = True


@dataclass(frozen=True)
class _Line:
    """A laid-out row.

    Attributes:
        texts: printed texts by column path.
        open: columns in which amounts may stand.
        part: which lines of the row's region it shows, where several rows share it.
        kept: it is printed also where it has no amount.
    """

    texts: Mapping[str, str]
    key: RowKey | None = None
    open: tuple[str, ...] = ()
    part: Box = field(default_factory=Box)
    kept: bool = True


@dataclass(frozen=True)
class _Sheet:
    """A laid-out form."""

    form: Form
    lines: tuple[_Line, ...]
    notes: tuple[str, ...] = ()
    title: str = ""

    def table(self) -> Table:
        """The form with nothing in it yet."""
        return Table(
            kind=self.form.kind,
            title=self.title,
            unit=self.form.unit,
            columns=tuple(Column(c.path, c.kind, c.path) for c in self.form.columns),
            rows=tuple(
                Row({p: Cell(t) for p, t in line.texts.items()} | dict.fromkeys(line.open, _EMPTY), line.key) for line in self.lines
            ),
            decimals=self.form.decimals,
            notes=self.notes,
        )


def fill(form: Form, dialect: Dialect, ledger: Ledger, roster: Roster, year: int, style: Style | None = None) -> tuple[Table, ...]:
    """The tables of one form: one, or one per project where the form is a project's."""
    return tuple(t for t in fill_all(dialect, ledger, roster, year, style) if t.kind == form.kind)


def fill_all(dialect: Dialect, ledger: Ledger, roster: Roster, year: int, style: Style | None = None) -> tuple[Table, ...]:
    """All tables that the dialect prescribes for the year, amounts rounded to each form's unit and decimals."""
    chosen = style or Style()
    dialect = replace(dialect, forms=tuple(f.plain for f in dialect.forms))
    layout = _Layout(dialect, ledger, roster, year, chosen)
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


# ---- amounts ---------------------------------------------------------------------------------------------------------


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


def _filled(number: int, sheet: _Sheet, blank: Disclosure, meaning: Meaning, sums: _Sums, style: Style) -> Table:
    """A laid-out table with its amounts; rows that turn out empty are left out unless the form prints them."""
    form, table = sheet.form, blank.tables[number]
    figures: dict[tuple[int, str], Figure] = {(f.row, f.column): f for f in meaning.figures if f.table == number}
    where = next(t.where for t in meaning.tables if t.index == number)
    rows: list[Row] = []
    loud = False
    for place, (line, row) in enumerate(zip(sheet.lines, table.rows, strict=True)):
        cells = {path: cell for path, cell in row.cells.items() if cell is not _EMPTY}
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


# ---- rows ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Layout:
    """Lays forms out for one department and year."""

    dialect: Dialect
    ledger: Ledger
    roster: Roster
    year: int
    style: Style

    def sheets(self, kind: str) -> Iterator[_Sheet]:
        """The sheets of one form."""
        form = self.dialect.by_kind[kind]
        if form.together is not None:
            for project in self.roster.projects:
                yield _Sheet(form, tuple(line for b in form.blocks for line in self._of_project(b, project)), title=form.title)
            return
        notes = tuple(f"备注：本表{words}安排的支出" for words, _ in form.narrowed) if self.style.narrowed else ()
        blocks = [tuple(self._lines(form, number)) for number in range(len(form.blocks))]
        beside = form.arrange == "side" and not any(b.continues and isinstance(b.rows, Listed) for b in form.blocks)
        lines = _side_by_side(form, blocks) if beside else tuple(line for block in blocks for line in block)
        yield _Sheet(form, lines, notes, form.title)

    def _lines(self, form: Form, number: int) -> Iterator[_Line]:
        block = form.blocks[number]
        match block.rows:
            case Fixed():
                yield from self._fixed(block, block.rows, form.halves(number))
            case Listed(outline=True):
                yield from self._outline(block, block.rows)
            case Listed():
                yield from self._listed(form, block, block.rows, form.halves(number))
            case Single():
                yield from self._single(block)
            case Fields():
                yield from self._fields(block)
            case Indicators():
                yield from _indicators(block, block.rows, self.roster.aims)

    def _single(self, block: Block) -> Iterator[_Line]:
        if amounts := _amounts(block):
            yield _Line({}, open=amounts)
            return
        texts = [c.path for c in block.columns]
        for values in self.roster.tasks:
            yield _Line(dict(zip(texts, values, strict=False)))

    def _fields(self, block: Block) -> Iterator[_Line]:
        for column in block.columns:
            if text := _told(column, self.roster.texts):
                yield _Line({column.path: text})

    def _of_project(self, block: Block, project: RosterProject) -> Iterator[_Line]:
        """The rows of a form that is one project's: one with its labels, then its indicators."""
        if isinstance(block.rows, Indicators):
            yield from _indicators(block, block.rows, project.aims)
            return
        texts = {c.path: t for c in block.columns if (t := _told(c, project.texts))}
        for column in block.columns:
            if column.key in {"project_name", "unit"}:
                texts[column.path] = project.name if column.key == "project_name" else project.unit
        yield _Line(texts, open=_amounts(block))

    def _fixed(self, block: Block, fixed: Fixed, halves: Sequence[Block]) -> Iterator[_Line]:
        """Every row that the form has in the year; where two columns name the rows, the class and then its details.

        Of a list in two halves each has the rows of the partition that it is named after, the first also all others.
        """
        named = {b.name.rpartition("/")[2]: b for b in halves[1:]}
        items = [c.path for c in block.columns if c.key == "item"]
        headings = {r.heading for r in fixed.rows}
        for row in fixed.rows:
            if row.label or not row.in_year(self.year) or named.get(row.split, halves[0]) is not block:
                continue
            texts = {items[0]: row.printed}
            if len(items) > 1 and row.heading:
                texts = {items[1]: row.printed}
            elif len(items) > 1 and row.path in headings:
                texts[items[1]] = "小计"
            yield _Line(texts, open=_amounts(block))

    def _outline(self, block: Block, listed: Listed) -> Iterator[_Line]:
        """The totals; what lies below them is the department's own list."""
        yield from self._total(block, listed)
        for name, _, _ in listed.subtotals:
            yield _Line({label_column([c for c in block.columns if c.kind is CellKind.KEY]).path: name}, open=_amounts(block), kept=False)

    def _listed(self, form: Form, block: Block, listed: Listed, halves: Sequence[Block]) -> Iterator[_Line]:
        if listed.subtotals:
            if block is halves[0]:
                yield from self._in_parts(form, block, listed)
            return
        totals = tuple(self._total(block, listed))
        if listed.total_at == "top":
            yield from totals
        if not any(c.kind is CellKind.KEY for c in block.columns):
            yield from self._single(block) if "" in listed.totals else self._tasks(block)
        elif any(c.kind is CellKind.TEXT for c in block.columns):
            yield from self._purchases(block)
        elif "project" in listed.axes:
            yield from self._projects(block)
        else:
            yield from self._classes(form, block, [a for a in listed.axes if a in _CODED], "unit" in listed.axes)
        if listed.total_at != "top":
            yield from totals

    def _in_parts(self, form: Form, block: Block, listed: Listed) -> Iterator[_Line]:
        """The classes of each part with its subtotal below them, in one column; halves are a matter of printing."""
        axis = next(a for a in listed.axes if a in _CODED)
        tree = self.dialect.axes[axis]
        label = label_column([c for c in block.columns if c.kind is CellKind.KEY]).path
        for name, _, box in listed.subtotals:
            for line in self._classes(form, block, [axis], by_unit=False):
                if line.key is not None and box.lookup[axis].covers(tree, str(getattr(line.key, axis))):
                    yield line
            yield _Line({label: name}, open=_amounts(block))

    def _total(self, block: Block, listed: Listed) -> Iterator[_Line]:
        keys = [c for c in block.columns if c.kind is CellKind.KEY]
        if not listed.totals or not keys:
            return
        label = {} if "" in listed.totals else {label_column(keys).path: listed.total_label}
        yield _Line(label, open=_amounts(block))

    def _unit(self, block: Block, code: str, *, kept: bool) -> _Line:
        """The row of a unit; where the form has no column for its code, it stands in the column of another key."""
        keys = [c for c in block.columns if c.kind is CellKind.KEY]
        codes_at = next((c for c in keys if c.key in {"unit", "unit_or_project", "project_name"}), None)
        if codes_at is None:
            parts = [c for c in keys if c.key == keys[0].key]
            codes_at = parts[-1] if keys[0].key == "function" else parts[0]
        names_at = next((c for c in keys if c.key in {"unit_name", "name"}), None)
        texts = {codes_at.path: code}
        if names_at is not None:
            texts[names_at.path] = self.roster.unit_names[code]
        return _Line(texts, RowKey(unit=code), _amounts(block), kept=kept)

    def _classes(self, form: Form, block: Block, axes: Sequence[str], by_unit: bool) -> Iterator[_Line]:
        """Rows by unit, by class, or by class under the row of its unit."""
        rooted = any(c.key == "unit" for c in block.columns) or axes != ["function"]
        if by_unit and rooted:
            yield self._unit(block, self.roster.code, kept=True)
        if by_unit and (self.style.by_unit or not axes or not rooted):
            for unit in self.roster.units:
                if not (axes and rooted and len(self.roster.units) == 1):
                    yield self._unit(block, unit.code, kept=False)
                yield from (self._class(block, axes, key) for key in self._keys(axes, unit.code))
            return
        if self.style.parts and len(axes) > 1:
            for unit in self.roster.units:
                part = Box.of({"unit": Selection(((unit.code, True),))})
                yield from (replace(self._class(block, axes, key), part=part) for key in self._keys(axes, unit.code))
            return
        yield from (self._class(block, axes, key) for key in self._keys(axes, None))

    def _keys(self, axes: Sequence[str], unit: str | None) -> list[tuple[str, ...]]:
        """The combinations of codes that the ledger has, of one unit or of all."""
        if not axes:
            return []
        found = {
            tuple(str(getattr(line, axis)) for axis in axes)
            for line in self.ledger.lines
            if line.year == "0" and (unit is None or line.unit.startswith(unit))
        }
        return sorted(key for key in found if all(key))

    def _class(self, block: Block, axes: Sequence[str], key: Sequence[str]) -> _Line:
        own = dict(zip(axes, key, strict=True))
        texts: dict[str, str] = {}
        axis = ""
        done = 0
        for column in block.columns:
            if column.key in own:
                done = done if column.key == axis else 0
                axis = column.key
                texts[column.path] = own[axis][done : column.digits or None]
                done = column.digits
            elif column.key == "name":
                texts[column.path] = self._name(axis, own[axis])
        return _Line({p: t for p, t in texts.items() if t}, RowKey(**own), _amounts(block), kept=False)

    def _name(self, axis: str, code: str) -> str:
        found = codes.lookup(_CLASSES[axis], code, self.year)
        return found.name if found else code

    def _projects(self, block: Block) -> Iterator[_Line]:
        """The department, then its projects; under their units where rows name a unit or a project in one column."""
        keys = {c.key: c.path for c in block.columns if c.kind is CellKind.KEY}
        yield self._unit(block, self.roster.code, kept=True)
        for unit in self.roster.units:
            if "unit_or_project" in keys:
                yield self._unit(block, unit.code, kept=False)
            for project in (p for p in self.roster.projects if p.unit == unit.code):
                if "unit_or_project" in keys:
                    yield from _summary(block, keys, project)
                    continue
                texts = {keys["kind"]: project.kind, keys["project_name"]: project.name, keys["unit_name"]: unit.name}
                yield _Line(texts, RowKey(unit=unit.code, project=project.name), _amounts(block), kept=False)

    def _tasks(self, block: Block) -> Iterator[_Line]:
        texts = [c for c in block.columns if c.kind is CellKind.TEXT]
        for project in self.roster.projects:
            told = {c.path: t for c in texts if (t := _told(c, project.texts))}
            yield _Line({texts[0].path: project.name, **told}, open=_amounts(block))

    def _purchases(self, block: Block) -> Iterator[_Line]:
        """Items of procurement: each has lines of its own in the ledger."""
        known = {p.code: p for p in self.roster.purchases}
        for line in self.ledger.lines:
            purchase = known.get(line.project)
            if purchase is None or line.measure != "政府采购":
                continue
            row = self._class(block, ["function"], [line.function])
            names = {c.path: self.roster.unit_names[line.unit] for c in block.columns if c.key == "unit_name"}
            told = {c.path: t for c in block.columns if (t := _told(c, purchase.texts))}
            part = Box.of({"project": Selection(((purchase.code, True),))})
            yield replace(row, texts={**row.texts, **names, **told}, key=None, part=part)


def _amounts(block: Block) -> tuple[str, ...]:
    return tuple(c.path for c in block.columns if c.kind is CellKind.AMOUNT)


def label_column(keys: Sequence[ColumnDef]) -> ColumnDef:
    """Where 合计 is printed: in the first column of names, or with the codes where codes are whole."""
    return keys[0] if keys[0].key in _CODED and not keys[0].digits else next((c for c in keys if c.key in {"name", "unit_name"}), keys[0])


def _told(column: ColumnDef, texts: Mapping[str, str]) -> str:
    return next((texts[name] for name in column.names if name in texts), "")


def _indicators(block: Block, rows: Indicators, aims: Sequence[Aim]) -> Iterator[_Line]:
    """One row per indicator; names of the upper levels on the first row that they cover."""
    more = [c.path for c in block.columns if c.path not in rows.levels]
    above: tuple[str, ...] = ()
    for aim in aims:
        shown = {
            path: name
            for depth, (path, name) in enumerate(zip(rows.levels, aim.levels, strict=True))
            if depth == len(rows.levels) - 1 or aim.levels[: depth + 1] != above[: depth + 1]
        }
        above = aim.levels
        values = (aim.target, *(aim.note for _ in more[1:]))
        yield _Line({**shown, **{p: v for p, v in zip(more, values, strict=True) if v}})


def _summary(block: Block, keys: Mapping[str, str], project: RosterProject) -> Iterator[_Line]:
    """A project and its indicators side by side by first level; amounts on its first row."""
    columns = {c.indicator: c.path for c in block.columns if c.indicator}
    groups = {first: [a for a in project.aims if a.levels[0] == first] for first, _ in columns}
    key = RowKey(project=project.code)
    for number in range(max(1, *(len(aims) for aims in groups.values()))):
        texts = {keys["unit_or_project"]: project.code, keys["name"]: project.name} if number == 0 else {}
        for first, aims in groups.items():
            if number < len(aims):
                texts[columns[first, "name"]] = aims[number].levels[2]
                texts[columns[first, "value"]] = aims[number].target
        yield _Line(texts, key, _amounts(block) if number == 0 else ())


def _side_by_side(form: Form, blocks: Sequence[Sequence[_Line]]) -> tuple[_Line, ...]:
    """Lines of blocks that stand beside each other, closing totals on the last lines.

    A line of several blocks has no key: keys are those of blocks that stand alone.
    """
    if len(blocks) == 1:
        return tuple(blocks[0])
    height = max(len(b) for b in blocks)
    placed = [_spread(lines, _closing(block), height) for lines, block in zip(blocks, form.blocks, strict=True)]
    return tuple(_beside([p[n] for p in placed]) for n in range(height))


def _closing(block: Block) -> int:
    """How many rows close a block: from the first total that has no rows of its own below it."""
    if not isinstance(block.rows, Fixed):
        return 0
    totals = {s.total for s in block.rows.sums} - {r.heading for r in block.rows.rows}
    rows = block.rows.rows
    return next((len(rows) - n for n, r in enumerate(rows) if r.path in totals), 0)


def _spread(lines: Sequence[_Line], closing: int, height: int) -> list[_Line | None]:
    """A block's lines from the top, its closing rows at the bottom."""
    gap: list[_Line | None] = [None] * (height - len(lines))
    cut = len(lines) - closing
    return [*lines[:cut], *gap, *lines[cut:]]


def _beside(lines: Sequence[_Line | None]) -> _Line:
    present = [line for line in lines if line is not None]
    return _Line({p: t for line in present for p, t in line.texts.items()}, open=tuple(p for line in present for p in line.open))
