"""From a published cell to what it is made of: through the cell's region to ledger lines, and from each to its row of the workbook.

A cell is named TABLE!ROW!COLUMN or TABLE!R5C4. TABLE is the form's kind (general_budget_expenditure) or the title; a # with a number
chooses among several of one kind (project_performance_form#3). ROW is R with the number of the table's row, from 1 below the headings,
or words that a key of the row prints (a code with its parts joined, 2010301; a name; 合计). COLUMN is C with the number of the column,
or its heading path, or the last part of the path.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.compiling.bundle import Bundle
from mingsuan.compiling.lines import Origin
from mingsuan.dialects.dialect import load
from mingsuan.dialects.filling.fill import renamed
from mingsuan.dialects.meaning.understand import understand
from mingsuan.dialects.names import bare, plain
from mingsuan.ledger import Box, Line
from mingsuan.ledger.trees import Selection
from mingsuan.model import CellKind, Row, Table
from mingsuan.patterns import regex
from mingsuan.values import dataclass

_SHORT = regex(r"[Rr](\d{1,6})[Cc](\d{1,4})\Z")
_NUMBERED = regex(r"([RrCc])(\d{1,6})\Z")


AXIS_WORDS = {
    "year": "年度",
    "measure": "口径",
    "unit": "单位",
    "post": "编制",
    "use": "用途",
    "function": "功能科目",
    "department": "部门经济科目",
    "government": "政府经济科目",
    "kind": "类别",
    "project": "项目",
    "fund": "资金",
    "origin": "来源年度",
}
"""Axes as people call them."""
_RELATIVE = {"0": "本年", "-1": "上年"}


class UnknownCellError(ValueError):
    """No cell is named so; the message says what there is."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a cell is made of.

    Attributes:
        label: title, row and column.
        printed: the printed amount, None for a blank cell.
        exact: what the region holds, in 元.
        region: the region in words of the axes.
        parts: lines with where each comes from, the largest first; those of one row of the workbook are apart.
        shared: how many rows of the table share the cell's key; their cells together are the region.
    """

    label: str
    printed: Amount | None
    exact: Decimal
    region: str
    parts: tuple[tuple[Line, Origin], ...]
    shared: int = 1


def trace(bundle: Bundle, cell: str) -> Trace:
    """What the named cell is made of.

    Raises:
        UnknownCellError: there is no such table, row or column, or the cell holds no amount.
    """
    number, row, column = locate(bundle, cell)
    table = bundle.disclosure.tables[number]
    dialect = load(str(bundle.disclosure.dialect))
    meaning = understand(bundle.disclosure, dialect)
    path = table.columns[column].path
    figure = next((f for f in meaning.figures if f.table == number and f.row == row and f.column == path), None)
    label = f"《{table.title}》{row_label(table.rows[row], table)}·{path}"
    if figure is None:
        raise UnknownCellError(f"{label}没有金额，不能追溯。请换一个有金额的格。")
    box = figure.box(dialect.axes)
    bits = renamed(bundle.ledger, bundle.names).chosen(box)
    chosen = [n for n in range(len(bundle.ledger.lines)) if bits >> n & 1]
    parts = sorted(((bundle.ledger.lines[n], bundle.provenance[n]) for n in chosen), key=lambda p: -abs(p[0].amount))
    exact = sum((line.amount for line, _ in parts), Decimal(0))
    alike = [f for f in meaning.figures if f.table == number and f.column == path and f.boxes == figure.boxes]
    found = table.rows[row].cells.get(path)
    printed = found.amount if found else None
    whole = printed is None or abs(printed.yuan - exact) <= printed.half
    return Trace(label, printed, exact, _in_words(box), tuple(parts), 1 if whole else len(alike))


def _in_words(box: Box) -> str:
    """A region as people say it: 资金 一般公共预算，科目 2010301."""
    return "，".join(f"{AXIS_WORDS.get(axis, axis)} {_nodes(selection)}" for axis, selection in box.sides)


def _nodes(selection: Selection) -> str:
    parts = [f"{'' if wanted else '除'}{_RELATIVE.get(node, node) or '全部'}" for node, wanted in selection.marks]
    return "、".join(parts)


def locate(bundle: Bundle, cell: str) -> tuple[int, int, int]:
    """Numbers of the table, row and column that a name means, from 0.

    Raises:
        UnknownCellError: there is none.
    """
    name, sign, rest = cell.partition("!")
    if not sign:
        raise UnknownCellError(f"“{cell}”写法不对：应为 表!行!列 或 表!R5C4，例如 general_budget_expenditure!R3C6。")
    number = _table(bundle, name.strip())
    table = bundle.disclosure.tables[number]
    short = _SHORT.match(rest.strip())
    words = (f"R{short[1]}", f"C{short[2]}") if short else tuple(rest.split("!", 1))
    if len(words) != 2:
        raise UnknownCellError(f"“{cell}”缺少列：应为 表!行!列 或 表!R5C4。")
    return number, _row(table, words[0].strip()), _column(table, words[1].strip())


def _table(bundle: Bundle, name: str) -> int:
    word, _, which = name.partition("#")
    tables = list(enumerate(bundle.disclosure.tables))
    found = [n for n, t in tables if t.kind == word] or [n for n, t in tables if bare(t.title) == bare(word)]
    place = int(which) - 1 if which.isdecimal() and len(which) < 6 else 0
    if not 0 <= place < len(found):
        known = "、".join(dict.fromkeys(f"{t.kind}（{t.title}）" for _, t in tables))
        raise UnknownCellError(f"没有表“{name}”。这份公开文本的表：{known}。")
    return found[place]


def _row(table: Table, name: str) -> int:
    numbered = _NUMBERED.match(name)
    if numbered and numbered[1] in "Rr":
        row = int(numbered[2]) - 1
        if 0 <= row < len(table.rows):
            return row
        raise UnknownCellError(f"《{table.title}》只有{len(table.rows)}行，没有第{numbered[2]}行。")
    wanted = plain(name)
    found = next((n for n, row in enumerate(table.rows) if wanted in {plain(w) for w in _words(row, table)}), None)
    if found is None:
        found = next((n for n, row in enumerate(table.rows) if bare(name) in {bare(w) for w in _words(row, table)}), None)
    if found is None:
        raise UnknownCellError(f"《{table.title}》没有“{name}”这一行。可以写行号，例如 R3。")
    return found


def _column(table: Table, name: str) -> int:
    numbered = _NUMBERED.match(name)
    if numbered and numbered[1] in "Cc":
        column = int(numbered[2]) - 1
        if 0 <= column < len(table.columns):
            return column
        raise UnknownCellError(f"《{table.title}》只有{len(table.columns)}列，没有第{numbered[2]}列。")
    paths = [plain(c.path) for c in table.columns]
    wanted = plain(name)
    exact = [n for n, path in enumerate(paths) if path == wanted]
    last = [n for n, path in enumerate(paths) if path.rpartition("/")[2] == wanted]
    if len(exact or last) != 1:
        listed = "、".join(c.path for c in table.columns if c.kind is CellKind.AMOUNT)
        raise UnknownCellError(f"《{table.title}》{'有几列叫' if last else '没有列'}“{name}”。有金额的列：{listed}。")
    return (exact or last)[0]


def _words(row: Row, table: Table) -> Iterator[str]:
    """What a row can be called by: each text that is no amount, and its codes joined."""
    texts = [row.cells[c.path].text for c in table.columns if c.path in row.cells and c.kind is not CellKind.AMOUNT]
    yield from texts
    yield "".join(t for t in texts if t.isdigit())
    if row.key is not None:
        yield from (word for word in (row.key.function, row.key.department, row.key.unit, row.key.project) if word)


def row_label(row: Row, table: Table) -> str:
    """The texts of a row in one line."""
    texts = [row.cells[c.path].text for c in table.columns if c.path in row.cells and c.kind is not CellKind.AMOUNT]
    return " ".join(t for t in texts if t) or "（无标题的行）"
