"""Totals and the parts that a form declares exhaustive, found in the tables of a disclosure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from mingsuan.amounts import UNITS, State, parse_number
from mingsuan.dialects.forms import Block, Fixed, Listed, Rows, Sum
from mingsuan.dialects.meaning.understand import BlockMeaning, Meaning, TableMeaning
from mingsuan.identities.bits import Bits
from mingsuan.identities.identity import Identity, Sort, violation
from mingsuan.identities.nesting import nesting
from mingsuan.model import Cell, CellKind
from mingsuan.values import dataclass

Numbers = tuple[int, ...]
"""Figures that count together: one, or the rows of one key."""


@dataclass(frozen=True, slots=True)
class Partition:
    """A total and its exhaustive parts.

    Attributes:
        whole: figures of the total.
        members: figures of each part.
        label: what it says, in Chinese.
        listed: its parts are what the table lists, so that what it does not list is empty.
    """

    whole: Numbers
    members: tuple[Numbers, ...]
    label: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Contained:
    """A part that the form declares to be contained in another amount (其中)."""

    part: Numbers
    whole: Numbers
    label: str


@dataclass(frozen=True, slots=True)
class NotExecuted:
    """A declared relation that the found table cannot show, and why."""

    table: int
    label: str
    reason: str


Declared = Partition | Contained | NotExecuted


def declared(meaning: Meaning, bits: Bits, masks: Sequence[int]) -> Iterator[Declared]:
    """Every relation that a form states about its own table."""
    for table in meaning.tables:
        for block in table.blocks:
            if not block.columns or not block.rows:
                continue
            yield from _across(meaning, table, block)
        for halves in _lists(table.blocks):
            rows = halves.blocks[0].block.rows
            if isinstance(rows, Fixed):
                yield from _down(meaning, table, halves, rows)
            elif isinstance(rows, Listed):
                yield from _nested(meaning, table, halves, bits)
    yield from _together(meaning, masks)


@dataclass(frozen=True)
class _List:
    """One list of rows, printed in one block or in several side by side.

    Attributes:
        columns: amount columns by their order in the blocks, each with the form's path in every block, "" where the found table lacks it.
    """

    blocks: tuple[BlockMeaning, ...]

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        paths = [[c.path if c.path in b.columns else "" for c in b.block.columns if c.kind is CellKind.AMOUNT] for b in self.blocks]
        return tuple(column for column in zip(*paths, strict=True) if any(column))

    def figures(self, meaning: Meaning, table: TableMeaning, rows: Iterable[tuple[int, int]], column: Sequence[str]) -> Numbers:
        """The figures of some rows, each given by its block's number and its own, in one column."""
        return tuple(meaning.by_cell[table.index, row, column[block]] for block, row in rows if column[block])


def _lists(blocks: Sequence[BlockMeaning]) -> Iterator[_List]:
    """The lists of a table, blocks that were not found or not understood left out."""
    waiting: list[BlockMeaning] = []
    for block in blocks:
        if waiting and not block.block.continues:
            yield _List(tuple(waiting))
            waiting = []
        if block.columns and block.rows:
            waiting.append(block)
    if waiting:
        yield _List(tuple(waiting))


def _short(path: str) -> str:
    return path.rpartition("/")[2]


def _across(meaning: Meaning, table: TableMeaning, block: BlockMeaning) -> Iterator[Declared]:
    """Column sums and 其中 columns, row by row."""
    for declaration in block.block.sums:
        if declaration.total in block.columns:
            yield from _column_sum(meaning, table, block, declaration)
    for path in block.columns:
        whole = _whole_of(block.block, path)
        if whole is None or whole not in block.columns:
            continue
        for row in block.rows:
            part, all_of_it = (meaning.by_cell[table.index, row.row, p] for p in (path, whole))
            yield Contained((part,), (all_of_it,), f"{row.label}：{_short(path)}不大于{whole}")


def _column_sum(meaning: Meaning, table: TableMeaning, block: BlockMeaning, declaration: Sum) -> Iterator[Declared]:
    declaration = declaration.over(block.columns, block.block.sums)
    definitions = block.block.by_path
    name = f"{_short(declaration.total)}＝{'＋'.join(_short(p) if _short(p) not in ('小计', '合计') else p for p in declaration.parts)}"
    parts = [p for p in declaration.parts if p in block.columns]
    lost = [p for p in declaration.parts if p not in block.columns and not definitions[p].optional]
    if not lost and not parts:
        return  # the table may leave out every part, and does: it does not divide this total
    if lost:
        yield NotExecuted(table.index, name, f"表中没有{'、'.join(f'“{p}”' for p in lost)}列，各部分不全")
        return
    strange = [c.path for c in table.table.columns if c.form is None and c.kind is CellKind.AMOUNT]
    for row in block.rows:
        cell, *members = (meaning.by_cell[table.index, row.row, p] for p in (declaration.total, *parts))
        partition = Partition((cell,), tuple((m,) for m in members), f"{row.label}：{name}", listed=False)
        unknown = _unknown_money(table, row.row, strange) if strange else None
        failed = violation(sum_of(partition), meaning.figures) if unknown else None
        if failed is not None and abs(failed.difference) == unknown:
            yield NotExecuted(table.index, partition.label, "差额正是认不出的列的金额，各部分不全")
        else:
            yield partition


def _unknown_money(table: TableMeaning, row: int, columns: Iterable[str]) -> Decimal:
    """What a row prints in columns that the form does not know, in 元."""
    cells = (table.table.rows[row].cells.get(path) for path in columns)
    numbers = (parse_number(cell.text) for cell in cells if cell is not None)
    return sum((n for n in numbers if n is not None), Decimal(0)) * UNITS[table.table.unit or "万元"]


def _whole_of(block: Block, path: str) -> str | None:
    """The column that a 其中 column is contained in: the nearest before it under the same heading that is no 其中 itself."""
    definition = block.by_path[path]
    if not definition.contained:
        return None
    whole = None
    for other in block.columns:
        if other.path == path:
            return whole
        if other.kind is CellKind.AMOUNT and other.group == definition.group and not other.contained:
            whole = other.path
    return None


def _down(meaning: Meaning, table: TableMeaning, listed: _List, fixed: Fixed) -> Iterator[Declared]:
    """Sums and 其中 of fixed rows, column by column."""
    found: dict[str, list[tuple[int, int]]] = {}
    for number, block in enumerate(listed.blocks):
        for row in block.rows:
            found.setdefault(row.item, []).append((number, row.row))

    def figures(path: str, column: Sequence[str]) -> Numbers:
        return listed.figures(meaning, table, found.get(path, ()), column)

    yield from _row_sums(meaning, table, listed, fixed, figures, found)
    for definition in fixed.rows:
        if definition.contained and definition.path in found and definition.heading in found:
            for column in listed.columns:
                yield Contained(
                    figures(definition.path, column),
                    figures(definition.heading, column),
                    f"{_short(definition.path)}不大于{_short(definition.heading)}",
                )


def _row_sums(
    meaning: Meaning,
    table: TableMeaning,
    listed: _List,
    fixed: Fixed,
    figures: Callable[[str, Sequence[str]], Numbers],
    found: Collection[str],
) -> Iterator[Declared]:
    """The declared totals of fixed rows, column by column; what the found table lacks is said."""
    for stated in fixed.sums:
        if stated.total not in found:
            continue
        declaration = stated.over(found, fixed.sums)
        name = f"{_short(declaration.total)}＝各项之和"
        lost = _lost_rows(fixed, declaration, found, meaning.year)
        if lost:
            yield NotExecuted(table.index, name, f"表中没有{'、'.join(f'“{_short(p)}”' for p in lost)}行，各部分不全")
            continue
        for column in listed.columns:
            members = tuple(f for p in declaration.parts if (f := figures(p, column)))
            yield _executed(meaning, table, listed, column, Partition(figures(declaration.total, column), members, name, listed=False))


def _lost_rows(fixed: Fixed, declaration: Sum, found: Collection[str], year: int | None) -> list[str]:
    """Rows that the form has in the year and the table has not; of a list that departments shorten, all rows or none."""
    wanted = [fixed.by_path[p] for p in declaration.parts]
    if not any(r.path in found for r in wanted):
        return [r.path for r in wanted]
    return [r.path for r in wanted if r.path not in found and not r.optional and not r.listed and r.in_year(year)]


def _executed(meaning: Meaning, table: TableMeaning, listed: _List, column: Sequence[str], partition: Partition) -> Declared:
    """The partition itself, unless it fails while a line that was not understood holds an amount that may belong to it."""
    strange = [
        row
        for block, path in zip(listed.blocks, column, strict=True)
        if path
        for row in block.strange
        if (cell := table.table.rows[row].cells.get(block.columns[path].path)) and _speaks(cell)
    ]
    if not strange or violation(sum_of(partition), meaning.figures) is None:
        return partition
    return NotExecuted(table.index, partition.label, "表中有认不出的行带着金额，各部分不全")


def _speaks(cell: Cell) -> bool:
    return cell.value is State.UNREADABLE or bool(cell.amount and cell.amount.yuan)


def sum_of(partition: Partition) -> Identity:
    """The identity that a partition states."""
    return Identity(Sort.PARTITION, partition.whole, tuple(n for m in partition.members for n in m), partition.label, declared=True)


def _nested(meaning: Meaning, table: TableMeaning, listed: _List, bits: Bits) -> Iterator[Declared]:
    """A node of listed rows is the sum of the nearest listed rows strictly inside its region, whatever their order."""
    groups: dict[str, list[tuple[int, int]]] = {}
    masks: dict[str, int] = {}
    labels: dict[str, str] = {}
    for number, block in enumerate(listed.blocks):
        for row in block.rows:
            groups.setdefault(row.item, []).append((number, row.row))
            masks.setdefault(row.item, bits.box(row.box))
            labels.setdefault(row.item, row.label)

    def figures(item: str, column: Sequence[str]) -> Numbers:
        return listed.figures(meaning, table, groups[item], column)

    for whole, members in nesting(bits, masks):
        for column in listed.columns:
            name = f"{labels[whole]}＝所列各行之和（{_short(next(filter(None, column)))}）"
            partition = Partition(figures(whole, column), tuple(figures(m, column) for m in members), name, listed=True)
            yield _executed(meaning, table, listed, column, partition)
    parts = _subtotals(listed.blocks[0].block.rows)
    if parts and parts <= set(groups) and not any(mask == bits.full for mask in masks.values()):
        for column in listed.columns:
            yield Partition((), tuple(figures(p, column) for p in sorted(parts)), f"《{table.form.title}》各部分合计", listed=True)


def _subtotals(rows: Rows) -> frozenset[str]:
    """The items of the rows that a form without a printed total is made up of."""
    return frozenset(f"#{name}" for name, _, _ in rows.subtotals) if isinstance(rows, Listed) else frozenset()


def _together(meaning: Meaning, masks: Sequence[int]) -> Iterator[Partition]:
    """Forms of which there is one per project together make up a region (`Form.together`)."""
    kinds: dict[str, list[TableMeaning]] = {}
    for table in meaning.tables:
        if table.form.together is not None:
            kinds.setdefault(table.form.kind, []).append(table)
    for tables in kinds.values():
        indexes = {t.index for t in tables}
        by_column: dict[str, list[int]] = {}
        for number, figure in enumerate(meaning.figures):
            if figure.table in indexes and (figure.amount is not None or figure.unreadable):
                by_column.setdefault(figure.form_column, []).append(number)
        for column, numbers in by_column.items():
            if len({masks[n] for n in numbers}) == len(numbers) > 1:
                yield Partition((), tuple((n,) for n in numbers), f"各张《{tables[0].form.title}》的{_short(column)}", listed=True)
