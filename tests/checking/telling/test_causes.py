"""A cause is one finding: with its fix, the chain of what fails because of it, and every equally likely repair."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from mingsuan import check
from mingsuan.checking.telling.figures import money_in, signed_in
from mingsuan.dialects.dialect import load
from mingsuan.model import Disclosure, Finding
from mingsuan.synth.corruption import corrupt
from mingsuan.synth.disclosures import random_disclosure
from tests.filled import filled

SOUND = random_disclosure(load("luohe-2024"), 4)


def figures(disclosure: Disclosure) -> list[Finding]:
    return [f for f in check(disclosure).findings if f.code.startswith("FIG1")]


def edited(table: str, row: int, column: str, factor: int) -> Disclosure:
    """The sound disclosure with one amount so many times too large."""
    number, found = next((n, t) for n, t in enumerate(SOUND.tables) if t.kind == table)
    cell = found.rows[row].cells[column]
    assert cell.amount is not None
    amount = replace(cell.amount, yuan=cell.amount.yuan * factor)
    return SOUND.with_table(number, found.with_cell(row, column, replace(cell, text=amount.text(), value=amount)))


def test_a_sound_disclosure_has_no_finding() -> None:
    assert figures(SOUND) == []


def test_one_wrong_cell_is_one_finding_with_its_fix_and_its_chain() -> None:
    number, row, column = next(
        (n, r, c.path) for n, t in enumerate(SOUND.tables) for r, c, cell in t.amounts() if cell.amount and cell.amount.yuan and r > 3
    )
    (finding,) = figures(edited(SOUND.tables[number].kind, row, column, 10))
    assert len(finding.repairs) == 1
    assert finding.repairs[0].after == finding.expected
    assert finding.fix == f"核对原始数据，确认后把{finding.observed}改为{finding.expected}；其余各数不必改动。"
    assert finding.message.startswith(f"《{SOUND.tables[number].title}》“")
    assert "·" not in finding.message
    assert finding.difference.startswith("+")
    assert finding.witnesses


def test_a_table_in_the_wrong_unit_is_one_finding_that_says_so() -> None:
    number, table = next((n, t) for n, t in enumerate(SOUND.tables) if t.kind == "state_capital_expenditure")
    rows = tuple(
        replace(
            r, cells={p: replace(c, value=replace(c.amount, yuan=c.amount.yuan * 10000)) if c.amount else c for p, c in r.cells.items()}
        )
        for r in table.rows
    )
    (finding,) = figures(SOUND.with_table(number, replace(table, rows=rows)))
    assert "单位误标：数字以元计，标作万元" in finding.message
    assert f"《{table.title}》全部" in finding.message
    assert "把《" in finding.fix
    assert "单位改为元" in finding.fix
    assert len(finding.repairs) == 1


@pytest.mark.parametrize("seed", range(3))
def test_two_slips_are_two_findings_and_no_relation_is_lost(seed: int) -> None:
    changed, changes = corrupt(SOUND, seed, 2, ["十倍"])
    found = figures(changed)
    assert len(changes) == 2
    assert 1 <= len(found) <= 2
    assert all(f.witnesses for f in found)


def test_equally_likely_repairs_are_all_told() -> None:
    """A table that nothing else prints: 46.00 for 45.00, 37.00 for 38.00 and 8.00 for 9.00 are one digit each."""
    dialect = load("zhengzhou-2023")
    own = "公务用车购置及运行费"
    heads = f"“三公”经费合计 | 因公出国（境）费 | {own}/小计 | {own}/公务用车购置费 | {own}/公务用车运行费 | 公务接待费"
    table = filled(dialect, "three_public_expenses", f"{heads}\n46.00 | | 37.00 | | 37.00 | 8.00")
    (finding,) = figures(Disclosure("某局", year=2023, dialect=dialect.name, tables=(table,)))
    assert {(r.before, r.after) for r in finding.repairs} == {("46.00万元", "45.00万元"), ("8.00万元", "9.00万元")}
    assert "可能性相同" in finding.message
    assert "由46.00万元改为45.00万元" in finding.fix


def test_differences_are_said_with_the_decimals_that_are_printed() -> None:
    assert money_in(Decimal(40_000_000), "万元", 2) == "4,000.00万元"
    assert money_in(Decimal(250), "万元", 2) == "0.025万元"
    assert signed_in(Decimal(-1_315_300), "万元", 2) == "−131.53万元"
