"""Tables read with forms of many authorities: what contradicts everything is taken for misread, a misprint for a misprint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

import mingsuan
from mingsuan.dialects.dialect import load
from mingsuan.model import Cell, Disclosure, Level, Row, Status, Table
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.printing import as_text

KIND, COLUMN = "general_budget_expenditure", "基本支出/小计"


def read(dialect: str = "national-budget", region: str | None = None) -> Disclosure:
    """A made-up budget of no known authority, printed and read back."""
    text = as_text(random_disclosure(load(dialect), 9003), load(dialect))
    return replace(mingsuan.read(text.encode(), name="预算.md", dialect=dialect), region=region)


def changed(disclosure: Disclosure, change: Callable[[Table], Table]) -> Disclosure:
    """The same with one of its tables read otherwise."""
    return replace(disclosure, tables=tuple(change(t) if t.kind == KIND else t for t in disclosure.tables))


def scaled(table: Table, column: str) -> Table:
    """A column that holds something else: every amount half as much again, as a wider heading over it would."""

    def other(path: str, cell: Cell) -> Cell:
        if not path.endswith(column) or cell.amount is None:
            return cell
        return replace(cell, value=replace(cell.amount, yuan=cell.amount.yuan * Decimal("1.5")))

    return replace(table, rows=tuple(replace(r, cells={p: other(p, c) for p, c in r.cells.items()}) for r in table.rows))


def in_yuan(table: Table) -> Table:
    """Every amount as if 元 stood where 万元 should."""

    def small(cell: Cell) -> Cell:
        amount = cell.amount
        return cell if amount is None else replace(cell, value=replace(amount, yuan=amount.yuan / 10_000, unit="元"))

    return replace(table, unit="元", rows=tuple(replace(r, cells={p: small(c) for p, c in r.cells.items()}) for r in table.rows))


def misprinted(table: Table, column: str) -> Table:
    """One amount of the last row with its decimal point one place off."""
    row, path, amount = next(
        (r, p, c.amount) for r in reversed(table.rows) for p, c in r.cells.items() if p.endswith(column) and c.amount is not None
    )
    wrong = replace(row.cells[path], value=replace(amount, yuan=amount.yuan * 10))
    return replace(table, rows=tuple(replace(r, cells={**r.cells, path: wrong}) if r is row else r for r in table.rows))


def mistyped(table: Table) -> Table:
    """The last eight rows with amounts, their first digit doubled, as if they were of another department."""
    filled = [r for r in table.rows if any(c.amount and c.amount.yuan for c in r.cells.values())]

    def other(cell: Cell) -> Cell:
        amount = cell.amount
        return replace(cell, value=replace(amount, yuan=amount.yuan * 11)) if amount is not None else cell

    def wrong(row: Row) -> Row:
        return replace(row, cells={path: other(cell) for path, cell in row.cells.items()})

    return replace(table, rows=tuple(wrong(r) if r in filled[-8:] else r for r in table.rows))


def figures(disclosure: Disclosure) -> list[str]:
    return [f.code for f in mingsuan.check(disclosure).findings if f.code.startswith("FIG1") and f.level is Level.ERROR]


def unread(disclosure: Disclosure) -> list[str]:
    receipts = mingsuan.check(disclosure).receipts
    return [r.about for r in receipts if r.status is Status.NOT_EXECUTED and "没有认准" in r.reason]


@pytest.fixture(scope="module")
def sound() -> Disclosure:
    return read()


def test_a_sound_table_of_no_known_authority_is_checked(sound: Disclosure) -> None:
    assert not figures(sound)
    assert not unread(sound)


def test_a_column_that_contradicts_everything_is_said_to_be_unread_not_wrong(sound: Disclosure) -> None:
    misread = changed(sound, lambda t: scaled(t, COLUMN))
    assert misread != sound
    assert not figures(misread)
    assert len(unread(misread)) == 1


def test_a_misprint_is_an_error_all_the_same(sound: Disclosure) -> None:
    wrong = changed(sound, lambda t: misprinted(t, COLUMN))
    assert len(figures(wrong)) == 1
    assert not unread(wrong)


def test_rows_that_are_wrong_throughout_speak_against_their_table_once_each(sound: Disclosure) -> None:
    wrong = changed(sound, mistyped)
    assert wrong != sound
    assert any(f.code.startswith("FIG1") for f in mingsuan.check(wrong).findings)
    assert not unread(wrong)


def test_a_table_in_the_wrong_unit_is_an_error_beside_others_too(sound: Disclosure) -> None:
    wrong = changed(sound, lambda t: misprinted(in_yuan(t), COLUMN))
    other = replace(wrong, tables=tuple(misprinted(t, "合计") if t.kind == "expenditure_overview" else t for t in wrong.tables))
    assert other != wrong
    assert len(figures(other)) >= 2
    assert not unread(other)


def test_the_own_forms_of_an_authority_are_never_set_aside() -> None:
    own = read("zhengzhou-2023", "河南省郑州市")
    misread = changed(own, lambda t: scaled(t, COLUMN))
    assert misread != own
    assert figures(misread)
    assert not unread(misread)


def test_a_table_under_the_title_of_another_form_is_said_to_be_unread(sound: Disclosure) -> None:
    renamed = changed(sound, lambda t: replace(t, title="政府性基金预算支出表"))
    others = replace(renamed, tables=tuple(t for t in renamed.tables if t.kind == KIND or "政府性基金" not in t.title))
    assert len(unread(others)) == 1


def test_a_title_that_is_printed_twice_is_wrong(sound: Disclosure) -> None:
    twice = changed(sound, lambda t: replace(t, title="政府性基金预算支出表"))
    assert not unread(twice)
    assert "FORM103" in [f.code for f in mingsuan.check(twice).findings]


@pytest.mark.parametrize(
    ("name", "region", "year", "stands_in"),
    [
        ("national-budget", None, 2024, True),
        ("national-final", "广东省广州市", 2024, True),
        ("henan", "河南省开封市", 2024, True),
        ("zhengzhou-2023", "河南省郑州市", 2023, False),
        ("zhengzhou-2023", "河南省郑州市", 2030, True),
        ("zhengzhou-2023", "河南省洛阳市", 2023, True),
        ("shanghai-budget", "上海市普陀区", 2025, False),
    ],
)
def test_a_dialect_stands_in_for_other_authorities_and_years(name: str, region: str | None, year: int, *, stands_in: bool) -> None:
    assert load(name).stands_in(region, year) is stands_in
