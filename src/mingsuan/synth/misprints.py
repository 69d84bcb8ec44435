"""Errors in tables: slips of the hand in a cell, totals that were not brought up to date, columns, rows and tables that went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from random import Random

from mingsuan.amounts import UNITS, Amount
from mingsuan.model import Cell, CellKind, Column, Disclosure, Row, Table
from mingsuan.synth.slips import Altered, Slip


def retyped(text: str, slip: str, rng: Random) -> str | None:
    """Digits with a slip of the hand, as many decimals as before; None where they do not allow it."""
    places = [n for n, c in enumerate(text) if c.isdigit()]
    whole = [n for n in places if n < (text.index(".") if "." in text else len(text))]
    place = rng.choice(places)
    match slip:
        case "一位数字错":
            return text[:place] + rng.choice([d for d in "0123456789" if d != text[place]]) + text[place + 1 :]
        case "相邻数字颠倒":
            pairs = [n for n in places if n + 1 in places and text[n] != text[n + 1]]
            n = rng.choice(pairs) if pairs else -1
            return f"{text[:n]}{text[n + 1]}{text[n]}{text[n + 2 :]}" if pairs else None
        case "漏一位数字":
            n = rng.choice(whole)
            return text[:n] + text[n + 1 :] if len(whole) > 1 else None
        case "重一位数字":
            n = rng.choice(whole)
            return text[:n] + text[n] + text[n:]
        case "正负号":
            return text[1:] if text.startswith("-") else f"-{text}"
        case _:
            return str(Decimal(text).scaleb(1))


def _cell(slip: str) -> Slip:
    """A slip of the hand in one amount."""

    def slipped(disclosure: Disclosure, rng: Random) -> Altered | None:
        cells = list(_amounts(disclosure))
        if not cells:
            return None
        table, row, column, amount = rng.choice(cells)
        text = retyped(amount.text(), slip, rng)
        if text is None:
            return None
        changed = Amount(Decimal(text) * UNITS[amount.unit], amount.unit, amount.decimals)
        if changed.yuan == amount.yuan:
            return None
        return _edited(disclosure, table, {(row, column): changed})

    return slipped


def _blank(disclosure: Disclosure, rng: Random) -> Altered | None:
    cells = [c for c in _amounts(disclosure) if c[3].yuan]
    if not cells:
        return None
    table, row, column, _ = rng.choice(cells)
    return _edited(disclosure, table, {(row, column): None})


def _beside(disclosure: Disclosure, rng: Random) -> Altered | None:
    """An amount in the blank cell beside its own."""
    found = [
        (n, r, one, two)
        for n, table in enumerate(disclosure.tables)
        for r, row in enumerate(table.rows)
        for one, two in _neighbours(table)
        if _value(row, one) and not _amount(row, two)
    ]
    if not found:
        return None
    table, row, one, two = rng.choice(found)
    return _edited(disclosure, table, {(row, one): None, (row, two): _amount(disclosure.tables[table].rows[row], one)})


def _swapped(disclosure: Disclosure, rng: Random) -> Altered | None:
    """Two amounts of one row in each other's place."""
    found = [
        (n, r, one, two)
        for n, table in enumerate(disclosure.tables)
        for r, row in enumerate(table.rows)
        for one, two in _neighbours(table)
        if _value(row, one) and _value(row, two) and _value(row, one) != _value(row, two)
    ]
    if not found:
        return None
    table, number, one, two = rng.choice(found)
    row = disclosure.tables[table].rows[number]
    return _edited(disclosure, table, {(number, one): _amount(row, two), (number, two): _amount(row, one)})


def _totals(disclosure: Disclosure) -> Iterator[tuple[int, int, str, list[str]]]:
    """The first amounts of rows, as a rule their totals, with the columns of the others: table, row, column, others."""
    for n, table in enumerate(disclosure.tables):
        columns = [c.path for c in table.columns if c.kind is CellKind.AMOUNT]
        for r, row in enumerate(table.rows):
            others = [c for c in columns[1:] if _value(row, c)]
            if len(others) > 1 and _value(row, columns[0]):
                yield n, r, columns[0], others


def _stale_total(disclosure: Disclosure, rng: Random) -> Altered | None:
    """A total without one of its parts."""
    found = list(_totals(disclosure))
    if not found:
        return None
    table_number, row_number, total, others = rng.choice(found)
    row = disclosure.tables[table_number].rows[row_number]
    whole, part = _amount(row, total), _amount(row, rng.choice(others))
    if whole is None or part is None or whole.yuan == part.yuan or whole.unit != part.unit:
        return None
    return _edited(disclosure, table_number, {(row_number, total): replace(whole, yuan=whole.yuan - part.yuan)})


def _total_of_first(disclosure: Disclosure, rng: Random) -> Altered | None:
    """A total that repeats the first of its parts, though there are others."""
    rows = ((n, r, total, disclosure.tables[n].rows[r], others[0]) for n, r, total, others in _totals(disclosure))
    found = [(n, r, total, _amount(row, part)) for n, r, total, row, part in rows if _value(row, total) != _value(row, part)]
    if not found:
        return None
    table_number, row_number, total, part = rng.choice(found)
    return _edited(disclosure, table_number, {(row_number, total): part})


def _table_unit(disclosure: Disclosure, rng: Random) -> Altered | None:
    """A table whose numbers are in 元 and whose unit says 万元."""
    tables = [n for n, t in enumerate(disclosure.tables) if t.unit == "万元" and sum(1 for _ in t.amounts()) > 3]
    if not tables:
        return None
    number = rng.choice(tables)
    table = disclosure.tables[number]
    changes = {(r, c.path): replace(cell.amount, yuan=cell.amount.yuan * 10000) for r, c, cell in table.amounts() if cell.amount}
    altered, *_ = _edited(disclosure, number, changes)
    return altered, f"《{table.title}》", "数字以万元计", "数字以元计，单位仍标万元"


def _column_lost(disclosure: Disclosure, rng: Random) -> Altered | None:
    """The amounts of a column gone, as a conversion loses them."""
    found = [(n, c.path) for n, t in enumerate(disclosure.tables) for c in t.columns if sum(bool(_value(r, c.path)) for r in t.rows) > 3]
    if not found:
        return None
    number, path = rng.choice(found)
    table = disclosure.tables[number]
    altered, *_ = _edited(disclosure, number, {(r, path): None for r, row in enumerate(table.rows) if _amount(row, path)})
    return altered, f"《{table.title}》{path}", "有数", "整列空白"


def _columns_swapped(disclosure: Disclosure, rng: Random) -> Altered | None:
    """The amounts of two columns in each other's place."""
    found = [
        (n, one, two)
        for n, t in enumerate(disclosure.tables)
        for one, two in _neighbours(t)
        if sum(_value(r, one) != _value(r, two) for r in t.rows) > 2
    ]
    if not found:
        return None
    number, one, two = rng.choice(found)
    table = disclosure.tables[number]
    changes = {}
    for r, row in enumerate(table.rows):
        changes.update({(r, one): _amount(row, two), (r, two): _amount(row, one)})
    altered, *_ = _edited(disclosure, number, changes)
    return altered, f"《{table.title}》", f"“{one}”“{two}”两列", "两列的数互换"


def _row_dropped(disclosure: Disclosure, rng: Random) -> Altered | None:
    found = [(n, r) for n, t in enumerate(disclosure.tables) for r, row in enumerate(t.rows) if _leaf(row) and any(_money(t, row))]
    if not found:
        return None
    number, gone = rng.choice(found)
    table = disclosure.tables[number]
    kept = tuple(row for r, row in enumerate(table.rows) if r != gone)
    return disclosure.with_table(number, replace(table, rows=kept)), _row_place(table, gone), "有此行", "漏列此行"


def _rows_swapped(disclosure: Disclosure, rng: Random) -> Altered | None:
    """The amounts of two neighbouring rows in each other's place."""
    found = [
        (n, r)
        for n, t in enumerate(disclosure.tables)
        for r, (row, after) in enumerate(zip(t.rows, t.rows[1:], strict=False))
        if _leaf(row) and _leaf(after) and any(_money(t, row)) and any(_money(t, after))
    ]
    if not found:
        return None
    number, first = rng.choice(found)
    table = disclosure.tables[number]
    columns = [c.path for c in table.columns if c.kind is CellKind.AMOUNT]
    changes = {}
    for c in columns:
        changes[first, c], changes[first + 1, c] = _amount(table.rows[first + 1], c), _amount(table.rows[first], c)
    altered, *_ = _edited(disclosure, number, changes)
    return altered, _row_place(table, first), "本行的数", "与下一行的数互换"


def _code(disclosure: Disclosure, rng: Random) -> Altered | None:
    """A digit of a printed class code."""
    found = [
        (n, r, c.path, row.text(c.path))
        for n, t in enumerate(disclosure.tables)
        for r, row in enumerate(t.rows)
        for c in t.columns
        if c.kind is CellKind.KEY and row.key and row.text(c.path).isdigit() and 3 <= len(row.text(c.path)) <= 7
    ]
    if not found:
        return None
    number, r, path, text = rng.choice(found)
    wrong = rng.choice([d for d in "123456789" if d != text[0]]) + text[1:]
    table = disclosure.tables[number]
    altered = disclosure.with_table(number, table.with_cell(r, path, replace(table.rows[r].cells[path], text=wrong)))
    return altered, f"《{table.title}》第{r + 1}行 {path}", text, wrong


def _table_missing(disclosure: Disclosure, rng: Random) -> Altered | None:
    if len(disclosure.tables) < 2:
        return None
    gone = rng.randrange(len(disclosure.tables))
    kept = tuple(t for n, t in enumerate(disclosure.tables) if n != gone)
    return replace(disclosure, tables=kept), f"《{disclosure.tables[gone].title}》", "有此表", "目录列有而正文没有"


_FUNDS = ("政府性基金", "国有资本经营")


def _wrong_note(disclosure: Disclosure, rng: Random) -> Altered | None:
    """A note under a table that speaks of another fund."""
    found = [(n, k, fund) for n, t in enumerate(disclosure.tables) for k, note in enumerate(t.notes) for fund in _FUNDS if fund in note]
    if not found:
        return None
    number, place, fund = rng.choice(found)
    table = disclosure.tables[number]
    before = table.notes[place]
    after = before.replace(fund, rng.choice([f for f in _FUNDS if f != fund]))
    notes = (*table.notes[:place], after, *table.notes[place + 1 :])
    return disclosure.with_table(number, replace(table, notes=notes)), f"《{table.title}》表下说明", before, after


MISPRINTS: Mapping[str, Slip] = {
    **{slip: _cell(slip) for slip in ("一位数字错", "相邻数字颠倒", "漏一位数字", "重一位数字", "正负号", "十倍")},
    "漏填": _blank,
    "错列": _beside,
    "两数互换": _swapped,
    "合计漏加一项": _stale_total,
    "合计只等于首项": _total_of_first,
    "整表单位": _table_unit,
    "整列缺失": _column_lost,
    "两列互换": _columns_swapped,
    "漏行": _row_dropped,
    "两行互换": _rows_swapped,
    "编码错": _code,
    "缺表": _table_missing,
    "表下说明错": _wrong_note,
}
"""Errors in tables by kind."""


def _amounts(disclosure: Disclosure) -> Iterator[tuple[int, int, str, Amount]]:
    """Table, row, column and amount of every printed amount."""
    for n, table in enumerate(disclosure.tables):
        for r, column, cell in table.amounts():
            if cell.amount is not None:
                yield n, r, column.path, cell.amount


def _amount(row: Row, path: str) -> Amount | None:
    cell = row.cells.get(path)
    return cell.amount if cell else None


def _value(row: Row, path: str) -> Decimal:
    amount = _amount(row, path)
    return amount.yuan if amount else Decimal(0)


def _money(table: Table, row: Row) -> Iterator[Decimal]:
    return (_value(row, c.path) for c in table.columns if c.kind is CellKind.AMOUNT)


def _leaf(row: Row) -> bool:
    """Whether a row is one class or project, not a unit's or the table's total."""
    return row.key is not None and any((row.key.function, row.key.department, row.key.government, row.key.project))


def _neighbours(table: Table) -> list[tuple[str, str]]:
    """Amount columns that stand beside each other."""

    def money(column: Column) -> bool:
        return column.kind is CellKind.AMOUNT

    return [(a.path, b.path) for a, b in zip(table.columns, table.columns[1:], strict=False) if money(a) and money(b)]


def _row_place(table: Table, row: int) -> str:
    words = [cell.text for cell in table.rows[row].cells.values() if cell.amount is None and cell.text]
    return f"《{table.title}》第{row + 1}行 {''.join(words[:4])}".rstrip()


def _edited(disclosure: Disclosure, number: int, changes: Mapping[tuple[int, str], Amount | None]) -> Altered:
    """A disclosure with other amounts in some cells of a table, and where the first is and was."""
    table = disclosure.tables[number]
    row = next(r for r, _ in changes)
    before = "、".join(_text(_amount(table.rows[r], c)) for r, c in changes)
    after = "、".join(map(_text, changes.values()))
    for (r, c), amount in changes.items():
        old = table.rows[r].cells.get(c, Cell(""))
        table = table.with_cell(r, c, Cell(amount.text() if amount else "", old.place, amount))
    where = "、".join(dict.fromkeys(c for _, c in changes))
    return disclosure.with_table(number, table), f"{_row_place(disclosure.tables[number], row)} {where}", before, after


def _text(amount: Amount | None) -> str:
    return str(amount) if amount else "空白"
