"""What every number of a disclosure stands for: tables and claims → figures with regions."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.amounts import Amount, State
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.forms import Block, ColumnDef, Fields, Fixed, Form, Indicators, Listed, RowDef, Single
from mingsuan.dialects.meaning.block import FoundBlock, UnknownLine
from mingsuan.dialects.meaning.context import Context, context_of
from mingsuan.dialects.meaning.figures import BlockMeaning, Figure, Meaning, RowMeaning, TableMeaning
from mingsuan.dialects.meaning.fixed import fixed_rows
from mingsuan.dialects.meaning.listed import listed_rows, outline_rows
from mingsuan.dialects.meaning.projects import field_rows
from mingsuan.dialects.sentences.wording import Region
from mingsuan.ledger import WHOLE, Axes, Box, UnknownNode
from mingsuan.ledger.trees import Selection
from mingsuan.model import Cell, CellKind, Disclosure, Row, Table
from mingsuan.places import NOWHERE, Place


def understand(disclosure: Disclosure, dialect: Dialect, partial: frozenset[str] = frozenset()) -> Meaning:
    """Give every amount of a disclosure its region.

    Args:
        disclosure: what was read.
        dialect: what its tables and words mean.
        partial: kinds of tables that are taken to cover only what their forms `perhaps` do.
    """
    context = context_of(disclosure, dialect)
    tables: list[TableMeaning] = []
    figures: list[Figure] = []
    unknown: list[tuple[int, int, str]] = []
    for index, table in enumerate(disclosure.tables):
        form = dialect.by_kind.get(table.kind)
        if form is None:
            continue
        meaning, strange = _table(index, table, form, context, partial=table.kind in partial)
        tables.append(meaning)
        unknown.extend((index, line.row, line.name) for line in strange)
        figures.extend(_figures(meaning, _name_of(disclosure, table, form)))
    figures.extend(_claims(disclosure, dialect, context))
    return Meaning(dialect, tuple(tables), tuple(figures), tuple(unknown), disclosure.year)


def _name_of(disclosure: Disclosure, table: Table, form: Form) -> str:
    same = disclosure.of_kind(table.kind)
    title = table.title or form.title
    place = next(n for n, other in enumerate(same, start=1) if other is table)
    return f"{title}（之{place}）" if len(same) > 1 else title


def _table(index: int, table: Table, form: Form, context: Context, *, partial: bool) -> tuple[TableMeaning, tuple[UnknownLine, ...]]:
    """A table with the lines that were understood, and those that were not."""
    where = form.where.override(form.perhaps) if partial and form.perhaps is not None else form.where
    said = "".join(table.notes)
    for words, box in form.narrowed:
        if words in said:
            where = where.override(box)
    printed = {c.form: c for c in table.columns if c.form}
    blocks = [_block(FoundBlock(index, table, form, number, printed, context)) for number in range(len(form.blocks))]
    meaning = TableMeaning(index, table, form, context.dialect.meant.override(where), tuple(block for block, _ in blocks))
    return meaning, tuple(line for _, unknown in blocks for line in unknown)


def _block(found: FoundBlock) -> tuple[BlockMeaning, tuple[UnknownLine, ...]]:
    """A block with the lines that were understood, and those that were not."""
    lines = tuple(_lines(found)) if found.money else ()
    unknown = tuple(line for line in lines if isinstance(line, UnknownLine))
    rows = tuple(line for line in lines if isinstance(line, RowMeaning))
    return BlockMeaning(found.block, rows, found.money, found.lost, tuple(line.row for line in unknown)), unknown


def _lines(found: FoundBlock) -> Iterator[RowMeaning | UnknownLine]:
    match found.block.rows:
        case Fixed() as fixed:
            yield from fixed_rows(found, fixed)
        case Listed(outline=True) as listed:
            yield from outline_rows(found, listed)
        case Listed() as listed:
            yield from listed_rows(found, listed)
        case Single():
            filled = (number for number, row in enumerate(found.table.rows) if found.has_amount(row))
            yield from (RowMeaning(number, f"#{number}", "", WHOLE, True) for number in filled)
        case Fields():
            yield from field_rows(found)
        case Indicators():
            pass


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


def _claims(disclosure: Disclosure, dialect: Dialect, context: Context) -> Iterator[Figure]:
    stated: set[tuple[object, ...]] = set()
    for number, claim in enumerate(disclosure.claims):
        amount = claim.amount
        if claim.region is None or amount is None:
            continue
        said = (claim.section, claim.region, amount)
        if said in stated:  # said again in the same words and figures, which is the same statement and would be the same mistake
            continue
        stated.add(said)
        box = _claim_box(claim.region, dialect.axes, context)
        if box is not None:
            yield Figure((_where(dialect.meant, box), box), amount, f"说明“{claim.quote}”", claim.place, claim=number)


def region_box(region: Region, dialect: Dialect) -> Box | None:
    """What words that mean a region stand for in a document of a dialect, None where its trees do not have them."""
    box = _claim_box(region, dialect.axes, None)
    return None if box is None else Figure((_where(dialect.meant, box), box), None, "", NOWHERE).box(dialect.axes)


def _claim_box(region: Region, axes: Axes, context: Context | None) -> Box | None:
    """A claim's region, None where the dialect's trees do not have its words or several projects may be meant."""
    sides: dict[str, Selection] = {}
    project: Box | None = WHOLE
    for axis, expression in region:
        if axis == "project" and context is None:
            return None
        if axis == "project" and context is not None:
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


__all__ = ["BlockMeaning", "Figure", "Meaning", "RowMeaning", "TableMeaning", "definition_of", "understand"]
