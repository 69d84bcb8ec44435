"""Whether what was read back is what was published: table by table, cell by cell, paragraph by paragraph; places aside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from itertools import zip_longest

from mingsuan.dialects.names import undated
from mingsuan.model import Cell, Disclosure, Row, Section, Table
from mingsuan.reading.ordinals import compact
from mingsuan.values import dataclass

ABSENT = "（无）"


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that was read back otherwise than it was to be published.

    Attributes:
        table: title of the table, or what part of the document it is.
        row: number of the row as a person counts, None where it is not about a row.
        column: path of the column, or what differs.
        wanted, found: both values as printed.
    """

    table: str
    row: int | None
    column: str
    wanted: str
    found: str

    def __str__(self) -> str:
        """One line in Chinese."""
        where = f"《{self.table}》" + (f"第{self.row}行" if self.row is not None else "")
        return f"{where}“{self.column}”：应为{self.wanted or '空白'}，读回{self.found or '空白'}"


def differences(wanted: Disclosure, found: Disclosure) -> Iterator[Difference]:
    """What differs: department, year, dialect, tables with their columns, cells, keys and notes, and the narrative."""
    for name, mine, theirs in (
        ("部门名称", compact(wanted.department or ""), compact(found.department or "")),
        ("年度", str(wanted.year or ""), str(found.year or "")),
        ("版式", wanted.dialect or "", found.dialect or ""),
    ):
        if mine and mine != theirs:
            yield Difference("全文", None, name, mine, theirs)
    yield from _tables(wanted.tables, found.tables)
    yield from _narrative(wanted.sections, found.sections)


def _tables(wanted: Sequence[Table], found: Sequence[Table]) -> Iterator[Difference]:
    for number, (mine, theirs) in enumerate(zip_longest(wanted, found), 1):
        if mine is None or theirs is None or mine.kind != theirs.kind:
            yield Difference(f"第{number}张表", None, "表", mine.title if mine else ABSENT, theirs.title if theirs else ABSENT)
            return
        yield from _table(mine, theirs)


def _table(mine: Table, theirs: Table) -> Iterator[Difference]:
    def differ(row: int | None, column: str, wanted: object, found: object) -> Iterator[Difference]:
        if wanted != found:
            yield Difference(mine.title, row, column, str(wanted), str(found))

    yield from differ(None, "表名", undated(mine.title), undated(theirs.title))
    yield from differ(None, "单位", mine.unit, theirs.unit)
    yield from differ(None, "表头", "、".join(_paths(mine)), "、".join(_paths(theirs)))
    yield from differ(None, "备注", "".join(map(compact, mine.notes)), "".join(map(compact, theirs.notes)))
    rows, others = _filled(mine), _filled(theirs)
    yield from differ(None, "行数", len(rows), len(others))
    for number, (row, other) in enumerate(zip(rows, others, strict=False), 1):
        yield from differ(number, "代码", _key(row), _key(other))
        own, read = _cells(row), _cells(other)
        for path in {**own, **read}:
            yield from differ(number, path, own.get(path, ""), read.get(path, ""))


def _paths(table: Table) -> list[str]:
    return [compact(c.path) for c in table.columns]


def _filled(table: Table) -> list[Row]:
    return [row for row in table.rows if _cells(row)]


def _cells(row: Row) -> dict[str, str]:
    return {compact(path): said for path, cell in row.cells.items() if (said := _said(cell))}


def _key(row: Row) -> str:
    """The codes of a row and the name of its project, in words; white space aside, as with cells."""
    return compact("、".join(code for f in fields(row.key) if (code := getattr(row.key, f.name)))) if row.key else ""


def _said(cell: Cell) -> str:
    """An amount by its value, unit and last digit, anything else by its characters."""
    return str(cell.amount) if cell.amount is not None else compact(cell.text)


def _narrative(wanted: Sequence[Section], found: Sequence[Section]) -> Iterator[Difference]:
    """The headings and paragraphs as lines, in order."""
    mine, theirs = list(_lines(wanted)), list(_lines(found))
    for (heading, line), other in zip_longest(mine, theirs, fillvalue=("", ABSENT)):
        if line != other[1]:
            yield Difference(heading or "叙述", None, "文字", _cut(line), _cut(other[1]))
            return


def _lines(sections: Sequence[Section]) -> Iterator[tuple[str, str]]:
    """The heading over each line, and the line; a numbered paragraph that heads others is one line, the heading over tables none."""
    for section in (s for s in sections if s.kind != "tables"):
        paragraphs = [compact(line) for line in section.text.split("\n") if line.strip()]
        title = compact(section.title)
        if title and not (section.level > 1 and paragraphs and paragraphs[0].startswith(title)):
            yield section.title, title.rstrip(":：")
        yield from ((section.title, paragraph) for paragraph in paragraphs)


def _cut(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:60]}…"
