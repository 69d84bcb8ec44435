"""FIG, continued: columns that print the change from one year to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingsuan.amounts import UNITS, Amount, parse_amount, parse_number, rounded
from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.dialects.forms import Form
from mingsuan.dialects.names import plain
from mingsuan.ledger import WHOLE
from mingsuan.model import Cell, CellKind, Column, Level, Row, Side, Table
from mingsuan.values import dataclass

_LEAST = 3
"""Rows in which a change must follow from two columns before a row in which it does not is an error."""
_RATIO = 2
"""So many times as many rows must follow as do not: what a column compares is told by its rows, not by its heading alone."""


@dataclass(frozen=True)
class _Change:
    """One printed change: its cell, what the two years beside it give, and whether it is that."""

    row: Row
    cell: Cell
    before: Cell
    now: Cell
    expected: str
    holds: bool


@rule(
    "FIG303",
    level=Level.ERROR,
    chapter="数字",
    basis="算术",
    needs=(Need.DIALECT, Need.TABLES),
    about=About.TABLES,
    fix="核对两年的数；两数无误的，把增减改为{expected}。",
)
def changes_follow_from_both_years(subject: Subject) -> Iterator[Outcome]:
    """表中的增减额、增减率与同一行两年的数相符。

    错：2023年执行数100.00万元，2024年预算数110.00万元，增减率12.00%。
    对：2023年执行数100.00万元，2024年预算数110.00万元，增减率10.00%。
    """
    assert subject.dialect is not None
    found = False
    for table in subject.disclosure.tables:
        form = subject.dialect.by_kind.get(table.kind)
        for column in table.columns if form is not None else ():
            if form is None or column.form is None or not column.form.rpartition("/")[2].startswith("增减"):
                continue
            found = True
            yield from _told(table, column, _compared(table, form, column))
    if not found:
        yield not_applicable("没有列两年增减的表")


def _told(table: Table, column: Column, changes: Sequence[_Change]) -> Iterator[Outcome]:
    wrong = [c for c in changes if not c.holds]
    if len(changes) - len(wrong) < max(_LEAST, _RATIO * len(wrong)):
        yield insufficient(f"“{column.path}”一列比的是哪两列，从各行看不出来，没有核对", table.place)
        return
    yield Examined(table.place)
    for change in wrong:
        yield Draft(
            f"《{table.title}》“{column.path}”印作{change.cell.text}，按同一行的{change.before.text}和{change.now.text}应为{change.expected}",
            (
                Side(change.cell.place, column.path, change.cell.text),
                Side(change.before.place, "上年", change.before.text),
                Side(change.now.place, "本年", change.now.text),
            ),
            change.cell.text,
            change.expected,
            witnesses=(f"{change.now.text}与{change.before.text}相比",),
        )


def _compared(table: Table, form: Form, column: Column) -> Sequence[_Change]:
    """The changes of a column against this year's total and the one column of the last year from which most of them follow."""
    printed = [(c, form.by_path[c.form]) for c in table.columns if c.form and c.form in form.by_path and c.kind is CellKind.AMOUNT]
    before = [c for c, d in printed if d.region.lookup.get("year") is not None]
    now = next((c for c, d in printed if d.region == WHOLE), None)
    tried = [[*_changes(table, column, b, now)] for b in before] if now is not None else []
    return max(tried, key=lambda changes: sum(c.holds for c in changes), default=[])


def _changes(table: Table, column: Column, before: Column, now: Column) -> Iterator[_Change]:
    for row in table.rows:
        cells = [row.cells.get(c.path) for c in (column, before, now)]
        own, last, this = cells
        if own is None or last is None or this is None or last.amount is None or this.amount is None or last.amount.yuan <= 0:
            continue
        amounts = last.amount.at(table.decimals), this.amount.at(table.decimals)
        told = _rate(own, *amounts) if _is_rate(column, own) else _difference(own, *amounts)
        if told is not None:
            yield _Change(row, own, last, this, *told)


def _is_rate(column: Column, cell: Cell) -> bool:
    return "%" in plain(column.path) or "%" in plain(cell.text) or any(word in column.path for word in ("率", "幅度", "比例"))


def _rate(cell: Cell, last: Amount, this: Amount) -> tuple[str, bool] | None:
    """The rate that two amounts give, at the digits of the printed one, and whether rounding allows that; None where none is printed."""
    printed = parse_number(plain(cell.text).rstrip("%"))
    low_base, high_base = last.yuan - last.half, last.yuan + last.half
    if printed is None or low_base <= 0:
        return None
    step = Decimal(1).scaleb(int(printed.as_tuple().exponent))
    low = (this.yuan - this.half) / high_base * 100 - 100
    high = (this.yuan + this.half) / low_base * 100 - 100
    right = ((this.yuan - last.yuan) / last.yuan * 100).quantize(step)
    return f"{right}%", low - step / 2 <= printed <= high + step / 2


def _difference(cell: Cell, last: Amount, this: Amount) -> tuple[str, bool] | None:
    """The difference of two amounts, printed like them, and whether rounding allows the printed one; None where none is printed."""
    printed = parse_amount(cell.text, this.unit)
    if not isinstance(printed, Amount):
        return None
    difference = this.yuan - last.yuan
    right = rounded(difference, this.unit, this.decimals)
    return str(right), abs(printed.yuan - difference) < this.half + last.half + UNITS[this.unit] * Decimal(1).scaleb(-this.decimals) / 2
