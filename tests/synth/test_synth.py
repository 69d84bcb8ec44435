"""Made-up departments use what their dialect has, and are the same each time."""

from __future__ import annotations

import pytest

from mingsuan.dialects.dialect import Dialect, load, names
from mingsuan.dialects.filling.fill import fill_all
from mingsuan.dialects.filling.layout import Style
from mingsuan.ledger import AXES, NamedTree
from mingsuan.model import CellKind, Column
from mingsuan.synth.disclosures import random_disclosure
from mingsuan.synth.ledgers import random_ledger, year_of
from mingsuan.synth.printing import as_markdown, as_text, headings

BUDGETS = [name for name in names() if load(name).stage == "budget"]


@pytest.fixture(params=BUDGETS)
def dialect(request: pytest.FixtureRequest) -> Dialect:
    return load(request.param)


def test_the_same_seed_gives_the_same_disclosure(dialect: Dialect) -> None:
    assert random_disclosure(dialect, 5) == random_disclosure(dialect, 5)
    assert random_disclosure(dialect, 5) != random_disclosure(dialect, 6)


def test_ledgers_use_every_axis_and_every_fund(dialect: Dialect) -> None:
    lines = [line for seed in range(20) for line in random_ledger(dialect, seed)[0].lines]
    lacking = {axis for box in dialect.absent for axis, _ in box.sides}
    for axis in set(AXES) - lacking:
        assert len({getattr(line, axis) for line in lines}) > 1, axis
    funds = dialect.axes["fund"]
    assert isinstance(funds, NamedTree)
    assert set(funds.leaves()) <= {line.fund for line in lines}


def test_ledgers_hold_the_kinds_of_spending_that_the_dialects_own_tables_print(dialect: Dialect) -> None:
    kinds = dialect.axes["kind"]
    assert isinstance(kinds, NamedTree)
    made = {line.kind for seed in range(20) for line in random_ledger(dialect, seed)[0].lines}
    reserve = "单位预留机动经费"
    printed = dialect.name not in ("national-budget", "jiangsu-2021")  # only a table of some authorities prints it
    assert set(kinds.leaves()) - {reserve} <= made
    assert (reserve in made) == (reserve in kinds.leaves() and printed)


def test_ledgers_hold_nothing_that_the_dialect_lacks(dialect: Dialect) -> None:
    for seed in range(10):
        ledger, _ = random_ledger(dialect, seed)
        assert not any(ledger.pick(box) for box in dialect.absent)


def test_amounts_lie_between_hundreds_and_hundred_millions(dialect: Dialect) -> None:
    amounts = [line.amount for seed in range(10) for line in random_ledger(dialect, seed)[0].lines]
    assert min(amounts) >= 100
    assert max(amounts) > 10**8
    assert any(a % 1 for a in amounts)


def test_zeros_are_blank_unless_the_department_prints_them(dialect: Dialect) -> None:
    ledger, roster = random_ledger(dialect, 1)

    def zeros(style: Style) -> int:
        tables = fill_all(dialect, ledger, roster, year_of(dialect), style)
        return sum(1 for t in tables for _, _, cell in t.amounts() if cell.amount and not cell.amount.yuan)

    assert zeros(Style()) == 0
    assert zeros(Style(zeros=True)) > 0


def test_text_and_markdown_print_the_same_cells(dialect: Dialect) -> None:
    made = random_disclosure(dialect, 2)
    text, markdown = as_text(made, dialect), as_markdown(made, dialect)
    for table in made.tables:
        for _, _, cell in table.amounts():
            assert cell.amount is not None
            assert cell.amount.text(thousands=True) in text
            assert cell.amount.text(thousands=True) in markdown


def test_a_heading_over_several_columns_is_printed_once() -> None:
    columns = [Column(path, CellKind.AMOUNT) for path in ("合计", "基本支出/小计", "基本支出/公用经费", "项目支出/小计")]
    assert headings(columns) == [["合计", "基本支出", "", "项目支出"], ["", "小计", "公用经费", "小计"]]
