"""A slip of a whole table, column or pair of rows is one cause."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect, load
from mingsuan.dialects.meaning.understand import Meaning, understand
from mingsuan.identities import Cause, Extent, derive, localise
from mingsuan.synth.disclosures import random_disclosure
from tests.identities.pocket import SPENDING, derived, name, printed

Edits = dict[int, Amount | None]


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    """A made-up budget that agrees with itself."""
    dialect = load("shanghai-budget")
    return understand(random_disclosure(dialect, 4), dialect)


def causes(meaning: Meaning, edits: Edits) -> tuple[Cause, ...]:
    figures = [replace(f, amount=edits[n]) if n in edits else f for n, f in enumerate(meaning.figures)]
    return localise(derive(replace(meaning, figures=tuple(figures))))


def cells(meaning: Meaning, table: int) -> list[int]:
    return [n for n, f in enumerate(meaning.figures) if f.table == table and f.amount is not None and f.amount.yuan]


def largest(meaning: Meaning) -> int:
    return max((t.index for t in meaning.tables), key=lambda index: len(cells(meaning, index)))


def test_a_table_in_another_unit_is_one_cause_with_its_unit() -> None:
    """Numbers in 元 under the unit 万元."""
    dialect = load("luohe-2024")
    meaning = understand(random_disclosure(dialect, 4), dialect)
    table = next(t.index for t in meaning.tables if t.form.kind == "state_capital_expenditure")
    wrong: Edits = {n: replace(a, yuan=a.yuan * 10000) for n in cells(meaning, table) if (a := meaning.figures[n].amount)}
    (cause,) = causes(meaning, wrong)
    (candidate,) = cause.candidates
    assert candidate.extent is Extent.TABLE
    assert candidate.operation == "单位误标：数字以元计，标作万元"
    right = {n: a.yuan for n in wrong if (a := meaning.figures[n].amount)}
    assert {n: a.yuan for n, a in candidate.edits if a} == right
    assert all(a is not None and a.unit == "元" for _, a in candidate.edits)


def test_a_unit_is_found_however_much_fails_and_nothing_else_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[localise.__module__], "LOCALISED_AT_MOST", 3)
    dialect = load("luohe-2024")
    meaning = understand(random_disclosure(dialect, 4), dialect)
    table = next(t.index for t in meaning.tables if t.form.kind == "state_capital_expenditure")
    figures = {n: a for n in cells(meaning, table) if (a := meaning.figures[n].amount)}
    (unit,) = causes(meaning, {n: replace(a, yuan=a.yuan * 10000) for n, a in figures.items()})
    assert unit.candidates[0].extent is Extent.TABLE
    other = causes(meaning, {n: replace(a, yuan=a.yuan * (n + 2)) for n, a in figures.items()})
    assert other
    assert all(cause.beyond and not cause.candidates for cause in other)


def test_two_columns_in_each_others_place_are_one_cause(meaning: Meaning) -> None:
    kind = next(t for t in meaning.tables if t.table.title == "部门收入预算总表")
    (block,) = (b for b in kind.blocks if b.columns)
    one, two = list(block.columns)[1:3]
    wrong: Edits = {}
    for row in block.rows:
        a, b = (meaning.by_cell[kind.index, row.row, c] for c in (one, two))
        if meaning.figures[a].amount != meaning.figures[b].amount:
            wrong |= {a: meaning.figures[b].amount, b: meaning.figures[a].amount}
    (cause,) = causes(meaning, wrong)
    assert cause.candidates[0].extent is Extent.COLUMN
    assert dict(cause.candidates[0].edits) == {n: meaning.figures[n].amount for n in wrong}


def test_two_rows_in_each_others_place_are_one_cause_though_two_totals_alone_tell_it(city: Dialect) -> None:
    """The rows add up where they stand; only the classes of the overview say which amounts are whose."""
    overview = "支出/项目|支出/金额\n一、教育|600.25\n二、社会保障|250.40\n三、卫生健康|149.35\n本年支出|1000.00"
    found = derived(city, printed(city, "spending", SPENDING), printed(city, "overview", overview))
    assert len(found.violations()) == 2
    (cause,) = localise(found)
    (candidate,) = cause.candidates
    assert (candidate.extent, candidate.operation) == (Extent.ROWS, "两行互换")
    wanted = {name(found, n): amount.text() for n, amount in candidate.edits if amount}
    education = {f"支出表2.{column}": value for column, value in zip(("合计", "基本", "项目"), ("600.25", "450.15", "150.10"), strict=True)}
    security = {f"支出表3.{column}": value for column, value in zip(("合计", "基本", "项目"), ("250.40", "150.20", "100.20"), strict=True)}
    assert wanted == education | security


def test_a_column_without_its_amounts_is_a_defect_of_the_conversion() -> None:
    dialect = load("zhengzhou-2021")
    meaning = understand(random_disclosure(dialect, 4), dialect)
    lost: Edits = {}
    for table in meaning.tables:
        for block in table.blocks:
            for column in block.columns:
                filled = [n for r in block.rows if meaning.figures[n := meaning.by_cell[table.index, r.row, column]].amount]
                if len(filled) > len(lost) and table.form.kind == "expenditure_overview":
                    lost = dict.fromkeys(filled)
    found = causes(meaning, lost)
    assert found[0].conversion
    assert found[0].candidates[0].operation == "整列缺失"
    assert {n for n, _ in found[0].candidates[0].edits} <= set(lost)


def test_one_wrong_cell_is_no_wrong_column(meaning: Meaning) -> None:
    number = cells(meaning, largest(meaning))[0]
    amount = meaning.figures[number].amount
    assert amount is not None
    (cause,) = causes(meaning, {number: replace(amount, yuan=amount.yuan * 10)})
    assert cause.candidates[0].extent is Extent.CELL


def test_rows_that_two_tables_may_have_exchanged_are_told_of_both(city: Dialect) -> None:
    """Two tables print the same rows and nothing else tells whose they are: both repairs are kept, however much each would lift."""
    lines = SPENDING.splitlines()
    amounts = [line.split("|", 2)[2] for line in lines[3:5]]
    lines[3:5] = ["|".join((*line.split("|", 2)[:2], other)) for line, other in zip(lines[3:5], reversed(amounts), strict=True)]
    found = derived(city, printed(city, "spending", SPENDING), printed(city, "general", "\n".join(lines)))
    (cause,) = localise(found)
    tables = {found.meaning.figures[c.figure].table for c in cause.candidates}
    assert {c.operation for c in cause.candidates} == {"两行互换"}
    assert len(tables) == len(cause.candidates) == 2
