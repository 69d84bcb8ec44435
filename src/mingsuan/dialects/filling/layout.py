"""Laying forms out for one department and year: which lines each has and what they print beside their amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingsuan import codes
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.filling.beside import side_by_side
from mingsuan.dialects.filling.indicators import indicator_lines, summary_lines
from mingsuan.dialects.filling.lines import CODED, LaidLine, LaidSheet, amounts_of, label_column, told_by
from mingsuan.dialects.forms import Block, Fields, Fixed, Form, Indicators, Listed, Single
from mingsuan.dialects.roster import Roster, RosterProject
from mingsuan.ledger import Box, Ledger
from mingsuan.ledger.trees import Selection
from mingsuan.model import CellKind, RowKey
from mingsuan.values import dataclass

_CLASSES = {"function": "function", "department": "department_economic", "government": "government_economic"}
"""Classification of each axis whose codes have official names."""


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
class FormLayout:
    """Lays forms out for one department and year."""

    dialect: Dialect
    ledger: Ledger
    roster: Roster
    year: int
    style: Style

    def sheets(self, kind: str) -> Iterator[LaidSheet]:
        """The sheets of one form."""
        form = self.dialect.by_kind[kind]
        if form.together is not None:
            for project in self.roster.projects:
                yield LaidSheet(form, tuple(line for b in form.blocks for line in self._of_project(b, project)), title=form.title)
            return
        notes = tuple(f"备注：本表{words}安排的支出" for words, _ in form.narrowed) if self.style.narrowed else ()
        blocks = [tuple(self._lines(form, number)) for number in range(len(form.blocks))]
        beside = form.arrange == "side" and not any(b.continues and isinstance(b.rows, Listed) for b in form.blocks)
        lines = side_by_side(form, blocks) if beside else tuple(line for block in blocks for line in block)
        yield LaidSheet(form, lines, notes, form.title)

    def _lines(self, form: Form, number: int) -> Iterator[LaidLine]:
        block = form.blocks[number]
        match block.rows:
            case Fixed():
                yield from self._fixed(block, block.rows, form.halves(number))
            case Listed(outline=True):
                yield from self._outline(block, block.rows)
            case Listed():
                yield from self._listed(block, block.rows, form.halves(number))
            case Single():
                yield from self._single(block)
            case Fields():
                yield from self._fields(block)
            case Indicators():
                yield from indicator_lines(block, block.rows, self.roster.aims)

    def _single(self, block: Block) -> Iterator[LaidLine]:
        if amounts := amounts_of(block):
            yield LaidLine({}, open=amounts)
            return
        texts = [c.path for c in block.columns]
        for values in self.roster.tasks:
            yield LaidLine(dict(zip(texts, values, strict=False)))

    def _fields(self, block: Block) -> Iterator[LaidLine]:
        for column in block.columns:
            if text := told_by(column, self.roster.texts):
                yield LaidLine({column.path: text})

    def _of_project(self, block: Block, project: RosterProject) -> Iterator[LaidLine]:
        """The rows of a form that is one project's: one with its labels, then its indicators."""
        if isinstance(block.rows, Indicators):
            yield from indicator_lines(block, block.rows, project.aims)
            return
        texts = {c.path: t for c in block.columns if (t := told_by(c, project.texts))}
        for column in block.columns:
            if column.key in {"project_name", "unit"}:
                texts[column.path] = project.name if column.key == "project_name" else project.unit
        yield LaidLine(texts, open=amounts_of(block))

    def _fixed(self, block: Block, fixed: Fixed, halves: Sequence[Block]) -> Iterator[LaidLine]:
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
            yield LaidLine(texts, open=amounts_of(block))

    def _outline(self, block: Block, listed: Listed) -> Iterator[LaidLine]:
        """The totals; what lies below them is the department's own list."""
        yield from self._total(block, listed)
        for name, _, _ in listed.subtotals:
            yield LaidLine(
                {label_column([c for c in block.columns if c.kind is CellKind.KEY]).path: name}, open=amounts_of(block), kept=False
            )

    def _listed(self, block: Block, listed: Listed, halves: Sequence[Block]) -> Iterator[LaidLine]:
        if listed.subtotals:
            if block is halves[0]:
                yield from self._in_parts(block, listed)
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
            yield from self._classes(block, [a for a in listed.axes if a in CODED], by_unit="unit" in listed.axes)
        if listed.total_at != "top":
            yield from totals

    def _in_parts(self, block: Block, listed: Listed) -> Iterator[LaidLine]:
        """The classes of each part with its subtotal below them, in one column; halves are a matter of printing."""
        axis = next(a for a in listed.axes if a in CODED)
        tree = self.dialect.axes[axis]
        label = label_column([c for c in block.columns if c.kind is CellKind.KEY]).path
        for name, _, box in listed.subtotals:
            for line in self._classes(block, [axis], by_unit=False):
                if line.key is not None and box.lookup[axis].covers(tree, str(getattr(line.key, axis))):
                    yield line
            yield LaidLine({label: name}, open=amounts_of(block))

    def _total(self, block: Block, listed: Listed) -> Iterator[LaidLine]:
        keys = [c for c in block.columns if c.kind is CellKind.KEY]
        if not listed.totals or not keys:
            return
        label = {} if "" in listed.totals else {label_column(keys).path: listed.total_label}
        yield LaidLine(label, open=amounts_of(block))

    def _unit(self, block: Block, code: str, *, kept: bool) -> LaidLine:
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
        return LaidLine(texts, RowKey(unit=code), amounts_of(block), kept=kept)

    def _classes(self, block: Block, axes: Sequence[str], *, by_unit: bool) -> Iterator[LaidLine]:
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

    def _class(self, block: Block, axes: Sequence[str], key: Sequence[str]) -> LaidLine:
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
        return LaidLine({p: t for p, t in texts.items() if t}, RowKey(**own), amounts_of(block), kept=False)

    def _name(self, axis: str, code: str) -> str:
        found = codes.lookup(_CLASSES[axis], code, self.year)
        return found.name if found else code

    def _projects(self, block: Block) -> Iterator[LaidLine]:
        """The department, then its projects; under their units where rows name a unit or a project in one column."""
        keys = {c.key: c.path for c in block.columns if c.kind is CellKind.KEY}
        yield self._unit(block, self.roster.code, kept=True)
        for unit in self.roster.units:
            if "unit_or_project" in keys:
                yield self._unit(block, unit.code, kept=False)
            for project in (p for p in self.roster.projects if p.unit == unit.code):
                if "unit_or_project" in keys:
                    yield from summary_lines(block, keys, project)
                    continue
                texts = {keys["kind"]: project.kind, keys["project_name"]: project.name, keys["unit_name"]: unit.name}
                yield LaidLine(texts, RowKey(unit=unit.code, project=project.name), amounts_of(block), kept=False)

    def _tasks(self, block: Block) -> Iterator[LaidLine]:
        texts = [c for c in block.columns if c.kind is CellKind.TEXT]
        for project in self.roster.projects:
            told = {c.path: t for c in texts if (t := told_by(c, project.texts))}
            yield LaidLine({texts[0].path: project.name, **told}, open=amounts_of(block))

    def _purchases(self, block: Block) -> Iterator[LaidLine]:
        """Items of procurement: each has lines of its own in the ledger."""
        known = {p.code: p for p in self.roster.purchases}
        for line in self.ledger.lines:
            purchase = known.get(line.project)
            if purchase is None or line.measure != "政府采购":
                continue
            row = self._class(block, ["function"], [line.function])
            names = {c.path: self.roster.unit_names[line.unit] for c in block.columns if c.key == "unit_name"}
            told = {c.path: t for c in block.columns if (t := told_by(c, purchase.texts))}
            part = Box.of({"project": Selection(((purchase.code, True),))})
            yield replace(row, texts={**row.texts, **names, **told}, key=None, part=part)
