"""A column that a conversion lost is filled with what the relations of its cells leave for them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.dialects.dialect import Dialect
from mingsuan.identities import Derivation, Extent, derive, localise
from mingsuan.identities.localising.arithmetic import Arithmetic
from mingsuan.identities.localising.lost import LostColumn, filled, lost_columns
from tests.identities.pocket import SPENDING, derived, name, printed


def without(found: Derivation, column: str) -> tuple[Derivation, dict[str, str]]:
    """The derivation without a column's amounts, and what these were by cell."""
    figures = found.meaning.figures
    gone = {name(found, n): f.amount.text() for n, f in enumerate(figures) if f.form_column == column and f.amount is not None}
    blank = tuple(replace(f, amount=None) if f.form_column == column else f for f in figures)
    return derive(replace(found.meaning, figures=blank)), gone


def refilled(found: Derivation, lost: LostColumn) -> dict[str, str]:
    arithmetic = Arithmetic(found.meaning.figures, found.identities)
    return {name(found, n): amount.text() for n, amount in filled(found, arithmetic, lost) if amount is not None}


def lost(found: Derivation, column: str) -> LostColumn:
    return next(c for c in lost_columns(found.meaning) if c.column == column)


def test_a_column_with_an_amount_is_not_lost(city: Dialect) -> None:
    found = derived(city, printed(city, "spending", SPENDING))
    assert list(lost_columns(found.meaning)) == []


def test_every_cell_is_what_its_row_leaves(city: Dialect) -> None:
    found, gone = without(derived(city, printed(city, "spending", SPENDING)), "项目")
    assert refilled(found, lost(found, "项目")) == gone


def test_a_cell_that_its_row_leaves_nothing_for_stays_blank(city: Dialect) -> None:
    text = SPENDING.replace("| 99.65  | 49.70", "| 149.35 |      ").replace("700.00 | 300.00", "749.70 | 250.30")
    found, gone = without(derived(city, printed(city, "spending", text)), "项目")
    assert len(gone) == 3
    assert refilled(found, lost(found, "项目")) == gone


def test_totals_that_no_row_tells_are_the_sums_of_what_is_told(city: Dialect) -> None:
    """The row of the total lost its other amounts too: only the column itself tells it."""
    found, gone = without(derived(city, printed(city, "spending", SPENDING)), "项目")
    total = next(n for n, f in enumerate(found.meaning.figures) if name(found, n) == "支出表1.基本")
    unknown = tuple(replace(f, amount=None, unreadable=True) if n == total else f for n, f in enumerate(found.meaning.figures))
    less = derive(replace(found.meaning, figures=unknown))
    assert refilled(less, lost(less, "项目")) == gone


def test_the_column_is_one_cause_with_every_amount(city: Dialect) -> None:
    found, gone = without(derived(city, printed(city, "spending", SPENDING)), "基本")
    (cause,) = localise(found)
    (candidate,) = cause.candidates
    assert cause.conversion
    assert (candidate.extent, candidate.operation) == (Extent.COLUMN, "整列缺失")
    assert {name(found, n): amount.text() for n, amount in candidate.edits if amount} == gone


def test_nothing_is_filled_that_relations_leave_open(city: Dialect) -> None:
    """Of a table without any amount nothing is known."""
    found = derived(city, printed(city, "spending", SPENDING))
    blank = derive(replace(found.meaning, figures=tuple(replace(f, amount=None) for f in found.meaning.figures)))
    assert all(refilled(blank, column) == {} for column in lost_columns(blank.meaning))


def test_a_filled_amount_is_printed_as_its_table_prints(city: Dialect) -> None:
    found, _ = without(derived(city, printed(city, "spending", SPENDING)), "项目")
    arithmetic = Arithmetic(found.meaning.figures, found.identities)
    edits = filled(found, arithmetic, lost(found, "项目"))
    assert Amount(Decimal(3_000_000), "万元", 2) in [amount for _, amount in edits]
