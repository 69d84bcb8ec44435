"""The steps of lifting on problems small enough to see through."""

from __future__ import annotations

from mingsuan.compiling.lifting.bounds import told
from mingsuan.compiling.lifting.cells import Cell, Side, members
from mingsuan.compiling.lifting.conflict import conflict
from mingsuan.compiling.lifting.correct import corrected
from mingsuan.compiling.lifting.demands import Demand
from mingsuan.compiling.lifting.join import joined
from mingsuan.compiling.lifting.problem import Problem, Row
from mingsuan.compiling.lifting.solve import solve
from mingsuan.dialects.dialect import load
from mingsuan.identities.bits import Bits
from mingsuan.ledger import Box

CODES = ("201", "208", "210")
AXES = load("zhengzhou-2023").axes
BITS = Bits.over(AXES, [Box.parse(AXES, {"function": code}) for code in CODES])


def side() -> Side:
    cells = tuple(Cell(("支出", "u", "", "", "f", "本年", ""), (code,), BITS.box(Box.parse(AXES, {"function": code})), 0) for code in CODES)
    blocks = {own: tuple({c.mask & own for c in cells}) for own in BITS.fields}
    return Side("function", BITS, cells, blocks)


def demand(low: int, high: int, *codes: str) -> Demand:
    return Demand(BITS.box(Box.parse(AXES, {"function": " + ".join(codes)})), low, high, (low + high) // 2, (), 8)


def asked(*demands: Demand) -> Problem:
    own = side()
    rows = tuple(Row(0, tuple(members(own.inside(d.mask))), n) for n, d in enumerate(demands))
    return Problem((own,), demands, rows, (), ())


def test_a_side_knows_the_cells_in_a_region() -> None:
    assert tuple(members(side().inside(BITS.box(Box.parse(AXES, {"function": "201 + 210"}))))) == (0, 2)


def test_amounts_of_sixteen_digits_are_met_exactly() -> None:
    large = 9_876_543_210_987_654
    found = solve(asked(demand(large, large, *CODES), demand(1, 1, "201"), demand(large - 4, large - 4, "208")))
    assert found.amounts == ((1, large - 4, 3),)
    assert found.missed == ()


def test_the_demand_that_two_others_contradict_is_missed() -> None:
    found = solve(asked(demand(10, 10, "201"), demand(20, 20, "208"), demand(30, 30, "201", "208"), demand(99, 99, "201")))
    assert found.missed == (3,)
    assert found.amounts[0][:2] == (10, 20)


def test_a_conflict_holds_no_demand_that_it_does_not_need() -> None:
    problem = asked(demand(10, 10, "201"), demand(20, 20, "208"), demand(5, 5, "210"), demand(99, 99, "201", "208"))
    assert conflict(problem, 3, frozenset({3})) == (0, 1)


def test_a_cell_is_told_where_sums_leave_it_one_amount() -> None:
    problem = asked(demand(30, 30, "201", "208"), demand(10, 10, "201"), demand(50, 50, *CODES))
    assert told(problem, ()) == ((True, True, True),)


def test_a_cell_is_not_told_where_another_could_hold_its_money() -> None:
    problem = asked(demand(30, 30, "201", "208"), demand(50, 50, *CODES))
    assert told(problem, ())[0][:2] == (False, False)


def test_the_last_correction_moves_rounded_amounts_to_their_sums() -> None:
    problem = asked(demand(30, 30, "201", "208"), demand(10, 12, "201"))
    assert corrected(problem, ((11, 18, 0),), [{0, 1}]) in {((10, 20, 0),), ((11, 19, 0),), ((12, 18, 0),)}


def test_sides_are_joined_in_no_more_lines_than_they_have_cells_together() -> None:
    shared = ("支出", "u", "人员经费", "301", "f", "本年", "")
    functions = Side("function", BITS, tuple(Cell(shared, (code,), 0, 0) for code in ("2010301", "2210201")), {})
    pairs = Side("pair", BITS, tuple(Cell(shared, pair, 0, 0) for pair in (("30101", "50101"), ("30113", "50103"))), {})
    lines = list(joined([functions, pairs], [(70, 30), (70, 30)], [(True, True), (True, True)], 2023))
    assert {(p.function, p.pair[0], p.amount) for p in lines} == {("2010301", "30101", 70), ("2210201", "30113", 30)}
    assert not any(p.told for p in lines)
