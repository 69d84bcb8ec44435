from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mingsuan.ledger import WHOLE, Box, Ledger, Line, Region
from tests.ledger.strategies import AXES, boxes, lies_in, lines

ledgers = st.lists(lines(), max_size=20).map(lambda found: Ledger(AXES, tuple(found)))


@given(ledgers, boxes())
def test_the_total_of_a_box_is_the_sum_of_the_lines_that_lie_in_it(ledger: Ledger, box: Box) -> None:
    chosen = [line for line in ledger.lines if lies_in(line, box)]
    assert ledger.total(box) == sum((line.amount for line in chosen), Decimal(0))
    assert ledger.pick(box) == tuple(chosen)


@given(ledgers, st.lists(boxes(), max_size=4))
def test_the_total_of_a_region_counts_each_line_once(ledger: Ledger, found: list[Box]) -> None:
    chosen = [line for line in ledger.lines if any(lies_in(line, box) for box in found)]
    assert ledger.total(Region.of(AXES, found)) == sum((line.amount for line in chosen), Decimal(0))


@given(ledgers, boxes(), boxes())
def test_totals_add_up_over_a_region_and_its_rest(ledger: Ledger, one: Box, other: Box) -> None:
    left, right = Region.of(AXES, [one]), Region.of(AXES, [other])
    assert ledger.total(left) == ledger.total(left & right) + ledger.total(left - right)


@given(ledgers, st.lists(lines(), max_size=5), boxes())
def test_further_lines_are_seen_by_the_new_ledger_only(ledger: Ledger, further: list[Line], box: Box) -> None:
    before = ledger.total(box)
    grown = ledger.plus(further)
    assert grown.total(box) == before + sum((line.amount for line in further if lies_in(line, box)), Decimal(0))
    assert ledger.total(box) == before


def test_the_total_of_the_whole_is_that_of_all_lines_and_of_no_lines_is_zero() -> None:
    ledger = Ledger(AXES, (Line(Decimal("1.5"), "003", "拨款", kind="人员"), Line(Decimal("2"), "003", "基金", use="结转")))
    assert ledger.total(WHOLE) == Decimal("3.5")
    assert Ledger(AXES, ()).total(WHOLE) == 0


def test_income_is_the_same_lines_seen_by_source() -> None:
    """An income of 10, of which 7 are spent and 3 are carried into next year."""
    spent = Line(Decimal(7), "003", "拨款", function="2010301", kind="人员")
    carried = Line(Decimal(3), "003", "拨款", use="结转")
    ledger = Ledger(AXES, (spent, carried))
    assert ledger.total(Box.parse(AXES, {"fund": "拨款"})) == 10
    assert ledger.total(Box.parse(AXES, {"use": "支出"})) == 7
    assert ledger.total(Box.parse(AXES, {"function": "201"})) == 7
