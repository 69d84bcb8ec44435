"""A table in another unit than it says is one finding, and every other number is checked as if the unit were right."""

from __future__ import annotations

from dataclasses import replace

import pytest

import mingsuan
from mingsuan.amounts import UNITS, Amount
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Finding, Level, Receipt, Status, Table
from mingsuan.synth.disclosures import random_disclosure

DIALECT = "luohe-2024"
KINDS = ("general_budget_expenditure", "project_expenditure", "fiscal_appropriation_overview")


@pytest.fixture(scope="module")
def budget() -> Disclosure:
    return random_disclosure(load(DIALECT), 4)


def labelled(disclosure: Disclosure, kind: str, unit: str) -> Disclosure:
    """A disclosure with another unit over a table of some kind."""

    def other(table: Table) -> Table:
        cells = (
            {
                path: replace(cell, value=Amount(a.in_unit * UNITS[unit], unit, a.decimals)) if (a := cell.amount) is not None else cell
                for path, cell in row.cells.items()
            }
            for row in table.rows
        )
        return replace(table, unit=unit, rows=tuple(replace(row, cells=c) for row, c in zip(table.rows, cells, strict=True)))

    return replace(disclosure, tables=tuple(other(t) if t.kind == kind else t for t in disclosure.tables))


def grave(disclosure: Disclosure) -> list[Finding]:
    return [f for f in mingsuan.check(disclosure).findings if f.level is not Level.INFO]


def misprinted(disclosure: Disclosure, kind: str) -> Disclosure:
    """A disclosure with the first amount of a table ten times too large."""
    table = next(t for t in disclosure.tables if t.kind == kind)
    at, path, amount = next((n, p, a) for n, r in enumerate(table.rows) for p, c in r.cells.items() if (a := c.amount) and a.yuan)
    rows = list(table.rows)
    rows[at] = replace(
        rows[at], cells={**rows[at].cells, path: replace(rows[at].cells[path], value=replace(amount, yuan=10 * amount.yuan))}
    )
    return replace(disclosure, tables=tuple(replace(t, rows=tuple(rows)) if t is table else t for t in disclosure.tables))


@pytest.mark.parametrize("kind", KINDS)
def test_a_unit_is_one_finding_and_causes_no_other(budget: Disclosure, kind: str) -> None:
    title = next(t.title for t in budget.tables if t.kind == kind)
    before = {f.message for f in grave(budget)}
    told = [f for f in grave(labelled(budget, kind, "元")) if f.message not in before]
    assert [(f.level, f.message.startswith(f"《{title}》全部")) for f in told] == [(Level.ERROR, True)]
    assert "单位误标：数字以万元计，标作元" in told[0].message
    assert "或者" not in told[0].message


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_wrong_besides_is_told_as_where_the_unit_is_right(budget: Disclosure, kind: str) -> None:
    wrong = misprinted(budget, "expenditure_overview")
    before = {f.message for f in grave(wrong)}
    now = {f.message for f in grave(labelled(wrong, kind, "元"))}
    assert before < now
    assert len(now - before) == 1


def test_the_receipts_of_a_table_in_another_unit_say_that_relations_fail(budget: Disclosure) -> None:
    def failed(disclosure: Disclosure) -> list[Receipt]:
        return [r for r in mingsuan.check(disclosure).receipts if r.status is Status.FAILED and r.obligation.startswith("FIG102")]

    assert not failed(budget)
    assert any("一般公共预算支出" in r.obligation for r in failed(labelled(budget, KINDS[0], "元")))
