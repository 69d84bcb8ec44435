"""What every number of a disclosure stands for: tables and claims → figures with regions.

A figure's region is the intersection of the boxes of its table, its row and its column; they are kept apart because
most of the work on them (identities) is done on bit masks, where an intersection is one operation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from mingsuan import codes
from mingsuan.amounts import Amount, State
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import OUTLINE, Block, ColumnDef, Fields, Fixed, Form, Indicators, Listed, RowDef, Single
from mingsuan.dialects.names import bare, plain
from mingsuan.ledger import ROOT, WHOLE, Axes, Box, UnknownNode
from mingsuan.ledger.trees import FULL, Selection
from mingsuan.model import Cell, CellKind, Claim, Column, Disclosure, Row, RowKey, Table
from mingsuan.places import Place


@dataclass(frozen=True)
class Figure:
    """One amount that is printed, or left blank where one could be, and what it stands for.

    Attributes:
        boxes: the region is their intersection.
        amount: at the decimals that its table prints; None where the cell is blank.
        unreadable: the cell holds something that is no amount.
        label: how a finding names it.
        table, row, column: the cell; table is -1 for a claim.
        claim: number of the claim, None for a cell.
        item: path of the fixed row or key of the listed row, which parts of one key share; "#n" for a total.
        form_column: path of the form's column.
    """

    boxes: tuple[Box, ...]
    amount: Amount | None
    label: str
    place: Place
    table: int = -1
    row: int = -1
    column: str = ""
    form_column: str = ""
    claim: int | None = None
    unreadable: bool = False
    item: str = ""

    def box(self, axes: Axes) -> Box:
        """The region as one box, completed."""
        result = Box()
        for box in self.boxes:
            result = result.meet(axes, box)
        return result.completed(axes.spending)


class RowMeaning(NamedTuple):
    """What one printed line of a block stands for: its number, item (see `Figure.item`), name and box; whether it is a total."""

    row: int
    item: str
    label: str
    box: Box
    total: bool


@dataclass(frozen=True)
class BlockMeaning:
    """A block of a found table with the lines that were understood.

    Attributes:
        columns: form path → printed column, amounts only.
        lost: amount columns of the form that the found table does not have.
        strange: numbers of lines that were not understood.
    """

    block: Block
    rows: tuple[RowMeaning, ...]
    columns: Mapping[str, Column]
    lost: tuple[str, ...]
    strange: tuple[int, ...] = ()


@dataclass(frozen=True)
class TableMeaning:
    """A found table and its form."""

    index: int
    table: Table
    form: Form
    where: Box
    blocks: tuple[BlockMeaning, ...]


@dataclass(frozen=True)
class Meaning:
    """A disclosure's figures.

    Attributes:
        year: its fiscal year, which decides the rows that a form has.
        tables: every table whose form the dialect has.
        figures: every cell of an amount column in a row that was understood, blanks too, and every claim with a region.
        unknown: (table, row, what) of rows without a meaning.
    """

    dialect: Dialect
    tables: tuple[TableMeaning, ...]
    figures: tuple[Figure, ...]
    unknown: tuple[tuple[int, int, str], ...]
    year: int | None = None

    @cached_property
    def by_cell(self) -> Mapping[tuple[int, int, str], int]:
        """Number of the figure of a cell: (table, row, form column)."""
        return {(f.table, f.row, f.form_column): n for n, f in enumerate(self.figures) if f.table >= 0}


@dataclass(frozen=True)
class _Context:
    """What the rows of all tables tell about units and projects.

    Attributes:
        roots: units that no listed unit contains.
        projects: a project's name → the (unit, kind) pairs that the list of projects prints for it.
        titles: a project's code → its name; a summary prints the name on the first of a project's rows only.
        named: the names of all projects that some table prints.
    """

    dialect: Dialect
    year: int | None
    roots: frozenset[str]
    projects: Mapping[str, tuple[tuple[str | None, str | None], ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    named: frozenset[str] = frozenset()

    def printed(self, name: str) -> str | None:
        """A project as some table prints it, where the narrative names it with or without a closing 项目; None if none does."""
        return next((n for n in (plain(name), plain(name).removesuffix("项目")) if n in self.named), None)

    def unit(self, code: str) -> Selection:
        """The department's own code, where the tables have one root, stands for all units."""
        return FULL if self.roots == {code} else Selection(((code, True),))

    def project(self, name: str, unit: str | None, kind: str | None = None) -> Box | None:
        """The box of a project: a project fixes its unit and its kind where the list of projects tells them.

        A name that the list has once is that project, also under another unit: a summary that lost a unit's row still
        shows its projects. None where several projects of that name may be meant.
        """
        known = self.projects.get(name, ())
        meant = known if len(known) == 1 else [k for k in known if _may_be(unit, k[0]) and kind in (None, k[1])]
        if len(meant) > 1:
            return None
        owner, kind = meant[0] if meant else (unit, kind)
        code = name if len(known) < 2 else f"{name}@{owner}"
        if [k[0] for k in known].count(owner) > 1:
            code = f"{code}@{kind}"
        sides: dict[str, Selection] = {}
        if owner:
            sides["unit"] = self.unit(owner)
        if kind:
            sides["kind"] = Selection(((kind, True),))
        sides["project"] = Selection(((code, True),))
        return Box.of(sides)


def _may_be(unit: str | None, owner: str | None) -> bool:
    """Whether a project said to be of `unit` may be the one that the list of projects prints for `owner` (one may contain the other)."""
    return unit is None or owner is None or unit.startswith(owner) or owner.startswith(unit)


def understand(disclosure: Disclosure, dialect: Dialect) -> Meaning:
    """Give every amount of a disclosure its region."""
    context = _context(disclosure, dialect)
    tables: list[TableMeaning] = []
    figures: list[Figure] = []
    unknown: list[tuple[int, int, str]] = []
    for index, table in enumerate(disclosure.tables):
        form = dialect.by_kind.get(table.kind)
        if form is None:
            continue
        meaning = _table(index, table, form, context, unknown)
        tables.append(meaning)
        figures.extend(_figures(meaning, _name_of(disclosure, table, form)))
    figures.extend(_claims(disclosure, dialect, context))
    return Meaning(dialect, tuple(tables), tuple(figures), tuple(unknown), disclosure.year)


def _name_of(disclosure: Disclosure, table: Table, form: Form) -> str:
    same = disclosure.of_kind(table.kind)
    title = table.title or form.title
    place = next(n for n, other in enumerate(same, start=1) if other is table)
    return f"{title}（之{place}）" if len(same) > 1 else title


def _context(disclosure: Disclosure, dialect: Dialect) -> _Context:
    codes = {row.key.unit for t in disclosure.tables for row in t.rows if row.key and row.key.unit and not row.key.project}
    roots = frozenset(c for c in codes if not any(c != o and c.startswith(o) for o in codes))
    titles: dict[str, str] = {}
    named: set[str] = set()
    projects: dict[str, list[tuple[str | None, str | None]]] = {}
    for table in disclosure.tables:
        form = dialect.by_kind.get(table.kind)
        if form is None:
            continue
        by_key = {d.key: c.path for c in table.columns if (d := form.by_path.get(c.form or "")) and d.key}
        for row in table.rows:
            if name := row.text(by_key.get("project_name", "")):
                named.add(plain(name))
            if not (row.key and row.key.project):
                continue
            if "project_name" not in by_key and (name := row.text(by_key.get("name", ""))):
                titles.setdefault(row.key.project, plain(name))
            if table.kind == "project_expenditure":
                entry = (row.key.unit, _node(dialect.axes, "kind", row.text(by_key.get("kind", ""))))
                known = projects.setdefault(plain(row.key.project), [])
                if entry not in known:
                    known.append(entry)
    return _Context(dialect, disclosure.year, roots, {name: tuple(found) for name, found in projects.items()}, titles, frozenset(named))


def _node(axes: Axes, axis: str, name: str) -> str | None:
    if not name or axis not in axes:
        return None
    try:
        return axes[axis].resolve(name)
    except UnknownNode:
        return None


# ---- tables ----------------------------------------------------------------------------------------------------------


def _table(index: int, table: Table, form: Form, context: _Context, unknown: list[tuple[int, int, str]]) -> TableMeaning:
    where = form.where
    said = "".join(table.notes)
    for words, box in form.narrowed:
        if words in said:
            where = where.override(box)
    printed = {c.form: c for c in table.columns if c.form}
    blocks = tuple(_block(index, table, form, n, printed, context, unknown) for n in range(len(form.blocks)))
    return TableMeaning(index, table, form, context.dialect.meant.override(where), blocks)


def _block(
    index: int,
    table: Table,
    form: Form,
    number: int,
    printed: Mapping[str, Column],
    context: _Context,
    unknown: list[tuple[int, int, str]],
) -> BlockMeaning:
    block = form.blocks[number]
    money = {c.path: printed[c.path] for c in block.columns if c.kind is CellKind.AMOUNT and c.path in printed}
    lost = tuple(c.path for c in block.columns if c.kind is CellKind.AMOUNT and c.path not in printed)
    if not money:
        return BlockMeaning(block, (), money, lost)
    before = len(unknown)
    rows: Iterator[RowMeaning]
    match block.rows:
        case Fixed():
            rows = _fixed_rows(index, table, _Halves.of(form, number, printed), block.rows, money, context, unknown)
        case Listed(outline=True):
            rows = _outline_rows(table, block, block.rows, printed, money)
        case Listed():
            rows = _listed_rows(index, table, block, block.rows, printed, money, context, unknown)
        case Single():
            rows = (
                RowMeaning(n, f"#{n}", "", WHOLE, True)
                for n, row in enumerate(table.rows)
                if any(c.path in row.cells for c in money.values())
            )
        case Fields():
            rows = _field_rows(index, table, form, printed, money, context, unknown)
        case Indicators():
            rows = iter(())
    understood = tuple(rows)
    return BlockMeaning(block, understood, money, lost, tuple(row for _, row, _ in unknown[before:]))


@dataclass(frozen=True)
class _Halves:
    """The item and amount columns of a block and of those that its list goes on from or into, from left to right.

    Attributes:
        own: which of them is the block.
        items: paths of the item columns of each.
        money: paths of the amount columns of each.
    """

    own: int
    items: tuple[tuple[str, ...], ...]
    money: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, form: Form, number: int, printed: Mapping[str, Column]) -> _Halves:
        blocks = form.halves(number)
        items = tuple(tuple(printed[c.path].path for c in b.columns if c.key == "item" and c.path in printed) for b in blocks)
        money = tuple(tuple(printed[c.path].path for c in b.columns if c.kind is CellKind.AMOUNT and c.path in printed) for b in blocks)
        return cls(blocks.index(form.blocks[number]), items, money)

    def words(self, row: Row) -> list[str]:
        """The bare name of a line of the block; a merged one stands in the half before, whose amounts are then blank."""
        words = [bare(row.text(c)) for c in self.items[self.own]]
        half = self.own
        while half and not any(words) and self._filled(row, self.own) and not self._filled(row, half - 1):
            half -= 1
            words = [bare(row.text(c)) for c in self.items[half]]
        return words

    def passes_on(self, row: Row) -> bool:
        """Whether the name that the block prints is merged over the half behind it, which holds the amounts."""
        if self._filled(row, self.own):
            return False
        for half in range(self.own + 1, len(self.items)):
            if any(row.text(c) for c in self.items[half]):
                return False
            if self._filled(row, half):
                return True
        return False

    def _filled(self, row: Row, half: int) -> bool:
        return any(c in row.cells for c in self.money[half])


def _fixed_rows(
    index: int,
    table: Table,
    halves: _Halves,
    fixed: Fixed,
    money: Mapping[str, Column],
    context: _Context,
    unknown: list[tuple[int, int, str]],
) -> Iterator[RowMeaning]:
    """Match printed lines with the form's rows by name; a name that stands under several headings goes by its heading."""
    names: dict[str, list[int]] = {}
    for number, definition in enumerate(fixed.rows):
        for name in definition.names:
            names.setdefault(name, []).append(number)
    position, heading = -1, ""
    for number, row in enumerate(table.rows):
        if halves.passes_on(row):
            continue
        words = halves.words(row)
        if len(words) == 2:
            heading = words[0] or heading
        word = _row_name(words, heading)
        filled = any(c.path in row.cells for c in money.values())
        if not word and not filled:
            continue
        found = _pick(fixed, names.get(word, []), position, heading if len(words) == 2 else "")
        meant = None
        if found is not None:
            position = found
            meant = _in_force(fixed, fixed.rows[found], context.year)
        if meant is not None:
            yield RowMeaning(number, meant.path, word, meant.region, False)
        elif found is None or filled:
            unknown.append((index, number, word or "（无名称）"))


def _row_name(words: Sequence[str], heading: str) -> str:
    """The name that a line goes by; of two name columns (class and detail) the second, where it is no mere subtotal."""
    if len(words) != 2:
        return words[0] if words else ""
    first, second = words
    if second == "小计":
        return first or heading
    return second or first


def _in_force(fixed: Fixed, definition: RowDef, year: int | None) -> RowDef | None:
    """The row itself, or in place of a retired one the row that took over its region: both are parts of one amount."""
    if definition.in_year(year) and (year is not None or definition.until is None):
        return definition
    present = (r for r in fixed.rows if r.in_year(year) and r.heading == definition.heading and r.region == definition.region)
    return next((r for r in present if r is not definition), definition if year is None else None)


def _pick(fixed: Fixed, candidates: Sequence[int], position: int, heading: str) -> int | None:
    under = [c for c in candidates if heading and fixed.rows[c].heading.rpartition("/")[2] == heading]
    later = [c for c in (under or candidates) if c > position]
    best = later or under or list(candidates)
    return best[0] if best else None


def _listed_rows(
    index: int,
    table: Table,
    block: Block,
    listed: Listed,
    printed: Mapping[str, Column],
    money: Mapping[str, Column],
    context: _Context,
    unknown: list[tuple[int, int, str]],
) -> Iterator[RowMeaning]:
    """Give lines their region by key: totals, units that open a block, and what stands under them."""
    keys = {c.key: printed[c.path].path for c in reversed(block.columns) if c.kind is CellKind.KEY and c.path in printed}
    key_paths = [printed[c.path].path for c in block.columns if c.kind is CellKind.KEY and c.path in printed]
    text_paths = [printed[c.path].path for c in block.columns if c.kind is CellKind.TEXT and c.path in printed]
    unit: str | None = None
    own = {printed[c.path].path for c in block.columns if c.path in printed}
    for number, row in enumerate(table.rows):
        if row.key and not own & set(row.cells):
            continue
        words = {bare(row.text(p)) for p in key_paths} - {""}
        named_total = bool(words & set(listed.totals))
        part = next((s for s in listed.subtotals if words & set(s[1])), None)
        if part is not None:
            meaning: RowMeaning | None = RowMeaning(number, f"#{part[0]}", part[0], part[2], False)
        elif row.key:
            if row.key.unit and not any((row.key.function, row.key.department, row.key.government, row.key.project)):
                unit = row.key.unit
            meaning = _keyed(number, row, row.key, unit, keys, context)
        elif not named_total and not any(c.path in row.cells for c in money.values()):
            continue
        elif named_total or (not words and ("" in listed.totals or not text_paths)):
            meaning = RowMeaning(number, f"#{number}", "合计", WHOLE, True)
        elif "project" in listed.axes and not any("project" in key for key in keys):
            name = plain(next((row.text(p) for p in text_paths if row.text(p)), ""))
            meaning = _of_project(number, name, None, context)
        else:
            meaning = None
        if meaning is None:
            unknown.append((index, number, "".join(sorted(words))))
        else:
            yield meaning


def _outline_rows(
    table: Table, block: Block, listed: Listed, printed: Mapping[str, Column], money: Mapping[str, Column]
) -> Iterator[RowMeaning]:
    """Give lines their place below each other: a line lies in the nearest ones above it that fill a column further left."""
    columns = [printed[c.path].path for c in block.columns if c.kind is CellKind.KEY and c.path in printed]
    counts = [0] * len(columns)
    section = WHOLE
    for number, row in enumerate(table.rows):
        words = [bare(row.text(c)) for c in columns]
        filled = [level for level, word in enumerate(words) if word]
        if not filled and not any(c.path in row.cells for c in money.values()):
            continue
        if set(words) & set(listed.totals):
            yield RowMeaning(number, f"#{number}", "合计", WHOLE, True)
            continue
        levels = filled or [len(columns) - 1]
        for level in levels:
            counts[level:] = [counts[level] + 1, *[0] * (len(columns) - level - 1)]
        code = "".join(f"{count:03d}" for count in counts[: levels[-1] + 1])
        part = next((s for s in listed.subtotals if set(words) & set(s[1])), None)
        if part is not None:
            section = part[2]
            yield RowMeaning(number, f"#{part[0]}", part[0], section, False)
            continue
        section = WHOLE if levels[0] == 0 else section
        box = section.override(Box.of({OUTLINE: Selection(((code, True),))}))
        yield RowMeaning(number, code, words[levels[-1]] or "（无名称）", box, False)


def _keyed(number: int, row: Row, key: RowKey, unit: str | None, keys: Mapping[str, str], context: _Context) -> RowMeaning | None:
    name = row.text(keys.get("name", "")) or row.text(keys.get("project_name", ""))
    owner = key.unit or unit
    kind = _node(context.dialect.axes, "kind", row.text(keys.get("kind", "")))
    sides = {axis: Selection(((code, True),)) for axis in ("function", "department", "government") if (code := getattr(key, axis))}
    if key.department and not (key.function or key.government):
        sides["department"] = Selection(((_economic_class(key.department, name), True),))
    if owner:
        sides["unit"] = context.unit(owner)
    if kind:
        sides["kind"] = Selection(((kind, True),))
    box = Box.of(sides)
    project = ""
    if key.project:
        own = context.project(context.titles.get(key.project, plain(key.project)), owner, kind)
        if own is None:
            return None
        box = box.override(own)
        project = str(own.lookup["project"].single)
    printed = "→".join(c for c in (key.unit, key.function, key.department, key.government) if c)
    item = "|".join([owner or "", key.function or "", key.department or "", key.government or "", project or kind or ""])
    return RowMeaning(number, item, f"{printed}{name or key.project or ''}", box, False)


def _economic_class(code: str, name: str) -> str:
    """The class of a row; where its name contradicts the code, an item of the same class that is no other table's."""
    return f"{code[:3]}?{code[3:]}" if len(code) > 3 and codes.contradicts("department_economic", code, name) else code


def _of_project(number: int, name: str, unit: str | None, context: _Context) -> RowMeaning | None:
    """A line that names a project and nothing else; None where several projects may be meant."""
    box = context.project(name, unit) if name else WHOLE
    return None if box is None else RowMeaning(number, name, name, box, False)


def _field_rows(
    index: int,
    table: Table,
    form: Form,
    printed: Mapping[str, Column],
    money: Mapping[str, Column],
    context: _Context,
    unknown: list[tuple[int, int, str]],
) -> Iterator[RowMeaning]:
    columns = {c.key: printed[c.path].path for c in form.columns if c.key in ("project_name", "unit") and c.path in printed}
    for number, row in enumerate(table.rows):
        if not any(c.path in row.cells for c in money.values()):
            continue
        name = plain(row.text(columns.get("project_name", "")))
        meaning = _of_project(number, name, row.text(columns.get("unit", "")) or None, context)
        if meaning is None:
            unknown.append((index, number, name))
        else:
            yield meaning


def _figures(meaning: TableMeaning, title: str) -> Iterator[Figure]:
    present = {c.form for c in meaning.table.columns}
    for block in meaning.blocks:
        for column_path, column in block.columns.items():
            definition = block.block.by_path[column_path]
            region = _column_region(definition, present)
            for row in block.rows:
                cell = meaning.table.rows[row.row].cells.get(column.path)
                yield Figure(
                    boxes=(_where(meaning.where, region, row.box), region, row.box),
                    amount=_amount(cell, meaning.table.decimals),
                    label=_label(title, row.label, column.path, block.block),
                    place=cell.place if cell else _near(meaning.table.rows[row.row], meaning.table),
                    table=meaning.index,
                    row=row.row,
                    column=column.path,
                    form_column=column_path,
                    unreadable=cell is not None and cell.value is State.UNREADABLE,
                    item=row.item,
                )


def _where(where: Box, *boxes: Box) -> Box:
    """The table's region, with the year and measure that a row or column states in place of its own."""
    stated = {axis: s for box in boxes for axis, s in box.sides if axis in ("year", "measure")}
    return where.override(Box.of(stated)) if stated else where


def _column_region(definition: ColumnDef, present: set[str | None]) -> Box:
    region = definition.region
    for sibling, further in definition.beside:
        if sibling in present:
            region = region.override(further)
    return region


def _amount(cell: Cell | None, decimals: int) -> Amount | None:
    amount = cell.amount if cell else None
    return None if amount is None else amount.at(decimals)


def _label(title: str, row: str, column: str, block: Block) -> str:
    heading = column if not isinstance(block.rows, Fixed) or len([c for c in block.columns if c.kind is CellKind.AMOUNT]) > 1 else ""
    return "·".join(p for p in (f"《{title}》", row, heading) if p)


def _near(row: Row, table: Table) -> Place:
    return next((c.place for c in row.cells.values()), table.place)


# ---- claims ----------------------------------------------------------------------------------------------------------


def _claims(disclosure: Disclosure, dialect: Dialect, context: _Context) -> Iterator[Figure]:
    stated: set[tuple[object, ...]] = set()
    for number, claim in enumerate(disclosure.claims):
        amount = claim.amount
        if claim.region is None or amount is None:
            continue
        said = (claim.section, claim.region, amount)
        if said in stated:  # said again in the same words and figures, which is the same statement and would be the same mistake
            continue
        stated.add(said)
        box = _claim_box(claim, dialect.axes, context)
        if box is not None:
            yield Figure((_where(dialect.meant, box), box), amount, f"说明“{claim.quote}”", claim.place, claim=number)


def _claim_box(claim: Claim, axes: Axes, context: _Context) -> Box | None:
    """A claim's region, None where the dialect's trees do not have its words or several projects may be meant."""
    sides: dict[str, Selection] = {}
    project: Box | None = WHOLE
    for axis, expression in claim.region or ():
        if axis == "project":
            name = context.printed(expression)
            project = context.project(name, None) if name else None
            continue
        try:
            sides[axis] = axes.selection(axis, expression)
        except UnknownNode:
            return None
    return None if project is None else Box.of(sides).override(project)


def definition_of(meaning: Meaning, figure: Figure) -> RowDef | None:
    """The fixed row of a figure, None for listed rows and claims."""
    for table in meaning.tables:
        if table.index == figure.table:
            for block in table.blocks:
                if figure.form_column in block.columns and isinstance(block.block.rows, Fixed):
                    return block.block.rows.by_path.get(figure.item)
    return None


__all__ = ["ROOT", "BlockMeaning", "Figure", "Meaning", "RowMeaning", "TableMeaning", "definition_of", "understand"]
