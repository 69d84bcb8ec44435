"""Forms: the definition of a table.

One definition serves reading (which column is which), checking (identities), compiling (regions to sum) and publishing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import field, replace
from functools import cached_property

from mingsuan.ledger import WHOLE, Box
from mingsuan.model import CellKind
from mingsuan.values import dataclass

_BEARS = {
    "unit": {"unit", "unit_name", "unit_or_project"},
    "function": {"function", "class_name", "class_or_project"},
    "department": {"department", "class_name"},
    "government": {"government"},
    "project": {"project", "project_name", "unit_or_project", "class_or_project"},
}
"""The keys by which a column tells what a row is on an axis."""
OUTLINE = "outline"
"""Axis of the lines of a table whose rows nest by the column that they fill."""


@dataclass(frozen=True)
class ColumnDef:
    """A leaf column of a form.

    Attributes:
        path: names from the top joined by "/", the block's name first.
        names: the leaf's names, bare, its own first.
        kind: what the cells hold.
        key: which key a key column holds, "" otherwise.
        digits: length of the code that a key column completes (3, 5, 7), 0 for a whole code.
        region: what an amount column selects besides its table and row.
        beside: (sibling's path, further region) applied where the found table has that sibling.
        contained: 其中, not part of its group's sum.
        optional: found tables may lack it.
        variant: found tables may have it in place of others; a form that is filled has it not.
        indicator: (first-level name, "name" | "value") of an indicator column in a summary table.
    """

    path: str
    names: tuple[str, ...]
    kind: CellKind
    key: str = ""
    digits: int = 0
    region: Box = WHOLE
    beside: tuple[tuple[str, Box], ...] = ()
    contained: bool = False
    optional: bool = False
    variant: bool = False
    indicator: tuple[str, str] | None = None

    @property
    def group(self) -> str:
        """The path of the heading above, "" at the top."""
        return self.path.rpartition("/")[0]


@dataclass(frozen=True)
class Sum:
    """A total and the parts that the form declares exhaustive (paths of columns or of rows)."""

    total: str
    parts: tuple[str, ...]

    def over(self, found: Container[str], others: Sequence[Sum]) -> Sum:
        """The sum over what a table prints: in place of a part that it does not print, that part's own parts, if it prints any of them."""
        return Sum(self.total, tuple(_printed(self.parts, found, others)))


def _printed(parts: Iterable[str], found: Container[str], sums: Sequence[Sum]) -> Iterator[str]:
    for part in parts:
        own = next((s.parts for s in sums if s.total == part), ())
        below = () if part in found else tuple(_printed(own, found, sums))
        yield from below if any(p in found for p in below) else (part,)


@dataclass(frozen=True)
class RowDef:
    """A fixed row.

    Attributes:
        path: bare names from the top joined by "/".
        names: bare names, its own first.
        printed: its name as the authority prints it, with the ordinal.
        region: what the row selects, with what the headings above it select.
        heading: the row above it in the form, whose meaning it hangs on; "" at the top.
        contained: 其中.
        optional: found tables may lack it.
        variant: found tables may have it in place of others; a form that is filled has it not.
        since, until: fiscal years in which the form has it.
        label: a grouping that is not printed; only its rows are.
        listed: one of a list of which found tables print only the rows that they use.
        split: which of several partitions of one total it belongs to, "" where there is one.
        aside: a 其中 of which the dialect cannot say what it selects: known, and no figure.
    """

    path: str
    names: tuple[str, ...]
    printed: str
    region: Box
    heading: str = ""
    contained: bool = False
    optional: bool = False
    variant: bool = False
    since: int | None = None
    until: int | None = None
    label: bool = False
    listed: bool = False
    split: str = ""
    aside: bool = False

    def in_year(self, year: int | None) -> bool:
        """Whether the form has the row in a fiscal year."""
        return year is None or ((self.since is None or self.since <= year) and (self.until is None or year <= self.until))


@dataclass(frozen=True)
class Listed:
    """Rows `by` axes: declared by what is listed.

    Attributes:
        axes: what a row may stand for, outermost first.
        totals: bare labels of the total row; "" where it may have none.
        total_at: the total row comes first ("top") or last ("bottom") when the form is filled.
        total_label: how the total row is named when the form is filled.
        subtotals: totals of parts of the table (人员经费合计), each with its printed name, its bare names and what it selects;
            together they make up the table.
        outline: the key columns are levels: a row stands under the rows above it that fill a column further left.
    """

    axes: tuple[str, ...]
    totals: tuple[str, ...] = ("合计",)
    total_at: str = "top"
    total_label: str = "合计"
    subtotals: tuple[tuple[str, tuple[str, ...], Box], ...] = ()
    outline: bool = False


@dataclass(frozen=True)
class Fixed:
    """Rows that the form prescribes."""

    rows: tuple[RowDef, ...]
    sums: tuple[Sum, ...]

    @cached_property
    def by_path(self) -> Mapping[str, RowDef]:
        """The rows by path."""
        return {r.path: r for r in self.rows}

    @cached_property
    def plain(self) -> Fixed:
        """The rows without those that only some found tables have."""
        kept = tuple(r for r in self.rows if not (r.variant or r.aside))
        return self if len(kept) == len(self.rows) else Fixed(kept, _without(self.sums, {r.path for r in self.rows if r.variant}))


@dataclass(frozen=True)
class Single:
    """One line of amounts without a key (the horizontal 三公 table)."""


@dataclass(frozen=True)
class Fields:
    """Key–value pairs: labels beside their values."""


@dataclass(frozen=True)
class Indicators:
    """An indicator tree: level columns, a value, and what the form adds.

    Attributes:
        levels: paths of the level columns, top first.
        standard: what the authority prescribes: first level → second level → third-level names.
    """

    levels: tuple[str, ...]
    standard: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


Rows = Listed | Fixed | Single | Fields | Indicators


@dataclass(frozen=True)
class Block:
    """Part of a form with columns and rows of its own.

    Attributes:
        name: headings over the block from the top, joined by "/" ("收入", "支出/功能分类"), "" if none.
        columns: leaf columns in order.
        sums: declared partitions among the columns.
        groups: headings over columns, path → bare names, its own first.
        rows: what its rows stand for.
        continues: its rows go on with those of the block before it: one list is printed in two halves side by side.
    """

    name: str
    columns: tuple[ColumnDef, ...]
    sums: tuple[Sum, ...]
    groups: Mapping[str, tuple[str, ...]]
    rows: Rows
    continues: bool = False

    @cached_property
    def by_path(self) -> Mapping[str, ColumnDef]:
        """The columns by path."""
        return {c.path: c for c in self.columns}

    @cached_property
    def keyed(self) -> bool:
        """Whether its rows are listed by what a column prints; items of a list that no column tells apart have no keys."""
        if not isinstance(self.rows, Listed) or self.rows.outline:
            return False
        printed = {c.key for c in self.columns}
        return any(not printed.isdisjoint(_BEARS.get(axis, {axis})) for axis in self.rows.axes)

    @cached_property
    def plain(self) -> Block:
        """The block without the columns and rows that only some found tables have."""
        gone = {c.path for c in self.columns if c.variant}
        rows = self.rows.plain if isinstance(self.rows, Fixed) else self.rows
        kept = tuple(c for c in self.columns if not c.variant)
        return replace(self, columns=kept, sums=_without(self.sums, gone), rows=rows) if gone or rows is not self.rows else self


def _without(sums: tuple[Sum, ...], gone: Set[str]) -> tuple[Sum, ...]:
    """Sums without some totals and parts."""
    kept = (Sum(s.total, tuple(p for p in s.parts if p not in gone)) for s in sums if s.total not in gone)
    return tuple(s for s in kept if s.parts)


@dataclass(frozen=True)
class Form:
    """The definition of a table.

    Attributes:
        kind: `expenditure_overview` …
        code: shorthand of the gold and of findings, T03.
        title: as the dialect prints it.
        titles: usual titles, bare, the dialect's own first.
        unit: unit of account it is printed in; None where the form prints none.
        decimals: digits it prints.
        where: region of the whole table.
        narrowed: (words of a note, further region).
        arrange: "side" (blocks side by side), "stack" (one above the other).
        empty_note: an empty table needs a note; a word it must hold.
        together: a disclosure has one such table per project, which together make up this region; None for single tables.
        names_units: its rows tell how the units are called whose codes other tables print alone.
        perhaps: some authorities print only this part of the whole (this year's appropriations without what was carried over).
        source: the file that defines it.
    """

    kind: str
    code: str
    title: str
    titles: tuple[str, ...]
    unit: str | None
    decimals: int
    where: Box
    blocks: tuple[Block, ...]
    narrowed: tuple[tuple[str, Box], ...] = ()
    arrange: str = "side"
    empty_note: tuple[str, ...] = ()
    together: Box | None = None
    perhaps: Box | None = None
    names_units: bool = False
    source: str = ""

    def halves(self, number: int) -> tuple[Block, ...]:
        """The blocks that print one list with the block of a number: itself, those that it continues and those that continue it."""
        first = next(n for n in range(number, -1, -1) if not self.blocks[n].continues)
        last = next((n for n in range(number + 1, len(self.blocks)) if not self.blocks[n].continues), len(self.blocks))
        return self.blocks[first:last]

    @cached_property
    def plain(self) -> Form:
        """The form as it is filled: without the columns and rows that only some found tables have."""
        blocks = tuple(b for b in (b.plain for b in self.blocks) if b.columns)
        return self if blocks == self.blocks else replace(self, blocks=blocks)

    @cached_property
    def columns(self) -> tuple[ColumnDef, ...]:
        """All leaf columns in order."""
        return tuple(c for b in self.blocks for c in b.columns)

    @property
    def keyed(self) -> bool:
        """Whether its rows, or those of a block of it, have keys."""
        return any(b.keyed for b in self.blocks)

    @cached_property
    def by_path(self) -> Mapping[str, ColumnDef]:
        """All columns by path."""
        return {c.path: c for c in self.columns}
