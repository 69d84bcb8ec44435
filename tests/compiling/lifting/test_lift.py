"""From margins back to a ledger: what is printed comes out again, and what contradicts itself is named."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from mingsuan.compiling import compile_book, read_book, write_book
from mingsuan.compiling.lifting.book import book_of, factors
from mingsuan.compiling.lifting.compare import Comparison, compare
from mingsuan.compiling.lifting.lift import Lifted, lift
from mingsuan.dialects.dialect import load
from mingsuan.model import Cell, Disclosure
from mingsuan.synth.disclosures import random_disclosure

SMALL = [
    ("zhengzhou-2021", 0),
    ("zhengzhou-2023", 2),
    ("luohe-2024", 4),
    ("sanmenxia-2023", 0),
    ("shanghai-budget", 1),
]
"""Random disclosures that are lifted in about a second: every Henan dialect, and Shanghai's budgets."""


@cache
def lifted(name: str, seed: int) -> Lifted:
    return lift(random_disclosure(load(name), seed), load(name))


@cache
def again(name: str, seed: int) -> Comparison:
    found = lifted(name, seed)
    dialect = load(found.disclosure.dialect or "")
    compiled = compile_book(book_of(found, dialect))
    return compare(found.disclosure, compiled.disclosure, dialect)


def tampered(original: Disclosure, steps: int) -> tuple[Disclosure, str]:
    """The disclosure with the total of its expenditure overview some last digits off."""
    number = next(n for n, t in enumerate(original.tables) if t.kind == "expenditure_overview")
    table = original.tables[number]
    row, column, cell = next(a for a in table.amounts() if a[2].amount and a[2].amount.yuan)
    assert cell.amount is not None
    wrong = replace(cell.amount, yuan=cell.amount.yuan + steps * cell.amount.step)
    return original.with_table(number, table.with_cell(row, column.path, Cell(wrong.text(), cell.place, wrong))), str(wrong)


@pytest.mark.parametrize(("name", "seed"), SMALL)
def test_a_lifted_disclosure_prints_the_same_amounts_again(name: str, seed: int) -> None:
    assert lifted(name, seed).departures == ()
    assert [d for d in again(name, seed).departures if d.printed is not None] == []


@pytest.mark.parametrize(("name", "seed"), [("zhengzhou-2023", 2), ("luohe-2024", 4)])
def test_nothing_is_printed_that_was_not(name: str, seed: int) -> None:
    assert again(name, seed).departures == ()


def test_lifting_twice_gives_the_same_lines() -> None:
    dialect = load("luohe-2024")
    assert lift(random_disclosure(dialect, 4), dialect).ledger.lines == lifted("luohe-2024", 4).ledger.lines


def test_the_one_wrong_amount_is_given_up_and_what_contradicts_it_is_named() -> None:
    dialect = load("luohe-2024")
    original, wrong = tampered(random_disclosure(dialect, 4), 900)
    (departure,) = lift(original, dialect).departures
    assert str(departure.printed) == wrong
    assert 1 <= len(departure.against) <= 20
    assert wrong in departure.finding().message


def test_few_lines_are_made() -> None:
    found = lifted("luohe-2024", 4)
    assert len(found.ledger.lines) < sum(1 for t in found.disclosure.tables for _ in t.amounts()) / 3


def test_a_workbook_of_a_lifted_book_reads_back_and_compiles_to_the_same_sums(tmp_path: Path) -> None:
    dialect = load("zhengzhou-2021")
    book = book_of(lifted("zhengzhou-2021", 0), dialect)
    write_book(book, dialect, tmp_path / "book.xlsx")
    back, findings = read_book(tmp_path / "book.xlsx")
    assert findings == ()
    assert sum(x.amount for x in compile_book(back).ledger.lines) == sum(x.amount for x in compile_book(book).ledger.lines)


@pytest.mark.parametrize("amount", ["891444", "0.01", "1234567.89", "5250000.00"])
@pytest.mark.parametrize("people", ["1", "7", "29", "163"])
def test_people_standard_and_months_give_the_amount_to_the_cent(amount: str, people: str) -> None:
    heads, standard, months = factors(Decimal(amount), Decimal(people))
    assert (heads * standard * months).quantize(Decimal("0.01")) == Decimal(amount)
