"""A table in another unit than it says is found whatever else is wrong, and is no cause of anything else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import load
from mingsuan.dialects.meaning.understand import Meaning, understand
from mingsuan.identities import Derivation, Extent, Sort, derive, localise
from mingsuan.identities.localising.scales import misscaled
from mingsuan.synth.disclosures import random_disclosure


def budget() -> Meaning:
    """A made-up budget in 万元 that agrees with itself."""
    dialect = load("luohe-2024")
    return understand(random_disclosure(dialect, 4), dialect)


def number_of(meaning: Meaning, kind: str) -> int:
    return next(t.index for t in meaning.tables if t.form.kind == kind)


def in_yuan(meaning: Meaning, table: int) -> dict[int, Amount]:
    """The digits of a table's amounts as if 元 stood over them."""
    return {
        n: Amount(a.in_unit, "元", a.decimals) for n, f in enumerate(meaning.figures) if f.table == table and (a := f.amount) is not None
    }


def with_amounts(meaning: Meaning, edits: Mapping[int, Amount]) -> Derivation:
    figures = tuple(replace(f, amount=edits.get(n, f.amount)) for n, f in enumerate(meaning.figures))
    return derive(replace(meaning, figures=figures))


def slip(meaning: Meaning, table: int) -> tuple[int, Amount]:
    """The largest amount of a table that is no total, twice as large."""
    totals = {(t.index, r.row) for t in meaning.tables for b in t.blocks for r in b.rows if r.total}
    cells = [n for n, f in enumerate(meaning.figures) if f.table == table and f.amount and (f.table, f.row) not in totals]
    number = max(cells, key=lambda n: a.yuan if (a := meaning.figures[n].amount) else Decimal(0))
    amount = meaning.figures[number].amount
    assert amount is not None
    return number, replace(amount, yuan=2 * amount.yuan)


def test_a_table_in_another_unit_and_slips_elsewhere_are_told_apart() -> None:
    meaning = budget()
    general = number_of(meaning, "general_budget_expenditure")
    other = slip(meaning, number_of(meaning, "fiscal_appropriation_overview"))
    unit, *others = localise(with_amounts(meaning, {**in_yuan(meaning, general), other[0]: other[1]}))
    (candidate,) = unit.candidates
    assert (candidate.extent, candidate.operation) == (Extent.TABLE, "单位误标：数字以万元计，标作元")
    assert {meaning.figures[n].table for n, _ in candidate.edits} == {general}
    assert [cause.candidates[0].edits for cause in others] == [((other[0], meaning.figures[other[0]].amount),)]


def test_two_tables_in_another_unit_are_two_causes() -> None:
    meaning = budget()
    tables = {number_of(meaning, "general_budget_expenditure"), number_of(meaning, "fiscal_appropriation_overview")}
    found = list(misscaled(with_amounts(meaning, {n: a for t in tables for n, a in in_yuan(meaning, t).items()})))
    assert {one.table for one in found} == tables
    assert not [v for v in found[-1].after.violations() if v.identity.sort is not Sort.CONVENTION]


def test_a_table_in_the_right_unit_with_one_amount_in_another_is_not_rescaled() -> None:
    meaning = budget()
    number, amount = slip(meaning, number_of(meaning, "general_budget_expenditure"))
    right = replace(amount, yuan=amount.yuan / 2)
    assert not list(misscaled(with_amounts(meaning, {number: replace(right, yuan=right.yuan * 10_000)})))


def test_amounts_too_small_are_as_exact_as_they_are_printed_in_the_right_unit() -> None:
    """One decimal of 万元 is a thousand 元, whatever unit stands over it."""
    meaning = budget()
    general = number_of(meaning, "general_budget_expenditure")
    (found,) = misscaled(with_amounts(meaning, in_yuan(meaning, general)))
    printed = {n: a for n, f in enumerate(meaning.figures) if f.table == general and (a := f.amount) and a.yuan}
    assert dict(found.edits) == printed
