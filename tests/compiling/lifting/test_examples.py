"""The example workbooks: what they print is what was published, save where that contradicts itself."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from mingsuan.compiling import compile_book, read_book
from mingsuan.compiling.book import Book
from mingsuan.compiling.lifting.compare import compare
from mingsuan.dialects.dialect import load
from tools.examples import EXAMPLES, SEEDS, disclosure, example, lifted

FOLDER = Path(__file__).parents[3] / "examples"
EXCEPTIONS = {
    "002": ("公务用车运行维护费", "“三公”经费合计", "公务用车购置及运行费"),
    "003": ("公务用车购置及运行费/公务用车运行费", "部门预算项目绩效目标表"),
}
"""Where a disclosure contradicts itself. 002: vehicles are 10.00 in the table of the three expenses and 12.00 by economic class. 003: one
column is blank, and a list has 16 of 31 projects."""
NUMBERS = [n for n in EXAMPLES if (FOLDER / f"{EXAMPLES[n]}.xlsx").exists()]

published = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs the published texts in ../shared/seeds")


@cache
def book(number: str) -> Book:
    found, findings = read_book(FOLDER / f"{EXAMPLES[number]}.xlsx")
    assert findings == ()
    return found


@published
@pytest.mark.parametrize("number", NUMBERS)
def test_an_example_prints_the_published_amounts_but_for_the_listed_exceptions(number: str) -> None:
    original = disclosure(number)
    dialect = load(original.dialect or "")
    compiled = compile_book(book(number))
    departures = compare(original, compiled.disclosure, dialect).departures
    known = EXCEPTIONS.get(number, ())
    assert [d.label for d in departures if not any(words in d.label for words in known)] == []


@published
def test_the_example_is_what_the_generator_makes() -> None:
    assert example(lifted("001")) == book("001")


@pytest.mark.parametrize("number", NUMBERS)
def test_an_example_compiles_without_an_error(number: str) -> None:
    assert not compile_book(book(number)).failed


@pytest.mark.parametrize("number", NUMBERS)
def test_an_example_holds_people_quotas_projects_and_cost_lines(number: str) -> None:
    found = book(number)
    assert found.people and found.quotas and found.projects and found.costs


def test_changing_one_salary_changes_every_table_that_it_is_in() -> None:
    found = book("001")
    raised = replace(found.people[0], standard=found.people[0].standard + 100)
    before = compile_book(found).disclosure
    after = compile_book(replace(found, people=(raised, *found.people[1:]))).disclosure
    changed = {b.kind for b, a in zip(before.tables, after.tables, strict=True) if b != a}
    assert {"revenue_expenditure_overview", "general_budget_expenditure", "general_budget_basic_expenditure"} <= changed
