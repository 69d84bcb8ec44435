from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from mingsuan.ledger import WHOLE, Box, Line, Region, Selection
from tests.ledger.strategies import AXES, boxes, lies_in, lines

regions = st.lists(boxes(), max_size=4).map(lambda found: Region.of(AXES, found))
ledgers = st.lists(lines(), max_size=12)


def members(region: Region, of: list[Line]) -> set[int]:
    return {n for n, line in enumerate(of) if any(lies_in(line, box) for box in region.boxes)}


@given(regions, regions, ledgers)
def test_the_algebra_of_regions_is_that_of_sets_of_lines(left: Region, right: Region, of: list[Line]) -> None:
    a, b = members(left, of), members(right, of)
    assert members(left | right, of) == a | b
    assert members(left & right, of) == a & b
    assert members(left - right, of) == a - b


@given(regions, regions, ledgers)
def test_the_boxes_of_a_result_do_not_share_lines(left: Region, right: Region, of: list[Line]) -> None:
    for region in (left | right, left & right, left - right):
        for line in of:
            assert sum(lies_in(line, box) for box in region.boxes) <= 1


@given(regions, regions, ledgers)
def test_a_region_within_another_has_no_line_outside_it(left: Region, right: Region, of: list[Line]) -> None:
    if left <= right:
        assert members(left, of) <= members(right, of)
    assert left & right <= left
    assert left <= left | right


@given(regions, regions, regions, ledgers)
def test_regions_the_same_but_for_empty_ones_hold_the_same_lines_of_every_ledger_that_respects_them(
    left: Region, right: Region, empty: Region, of: list[Line]
) -> None:
    respecting = [line for line in of if not any(lies_in(line, box) for box in empty.boxes)]
    if left.same(right, empty):
        assert members(left, respecting) == members(right, respecting)
    assert left.same(left | (right & empty), empty)
    assert left.same(left - empty, empty)


@given(regions, regions)
def test_the_same_is_mutual_inclusion(left: Region, right: Region) -> None:
    assert left.same(right) == (left <= right and right <= left)


@given(boxes(), boxes(), ledgers)
def test_the_intersection_of_boxes_is_a_box(left: Box, right: Box, of: list[Line]) -> None:
    met = left.meet(AXES, right)
    for line in of:
        assert lies_in(line, met) == (lies_in(line, left) and lies_in(line, right))


@given(boxes(), boxes(), ledgers)
def test_a_box_within_another_has_no_line_outside_it(left: Box, right: Box, of: list[Line]) -> None:
    if left.within(AXES, right):
        assert all(lies_in(line, right) for line in of if lies_in(line, left))
    assert left.meet(AXES, right).within(AXES, right)


def test_all_but_basic_spending_is_project_spending_and_what_is_carried_out() -> None:
    carried = Line(Decimal(1), "003", "拨款", use="结转")
    project = Line(Decimal(1), "003", "拨款", function="201", kind="特定")
    basic = Line(Decimal(1), "003", "拨款", function="201", kind="人员")
    rest = Region.of(AXES, [WHOLE]) - Region.of(AXES, [Box.parse(AXES, {"kind": "基本"}).completed()])
    assert members(rest, [carried, project, basic]) == {0, 1}


def test_a_kind_a_function_or_a_class_is_one_of_spending() -> None:
    for axis, node in (("kind", "基本"), ("function", "201")):
        assert Box.parse(AXES, {axis: node}).completed().lookup["use"] == Selection((("支出", True),))


def test_a_fund_alone_is_income_as_well_as_spending() -> None:
    assert "use" not in Box.parse(AXES, {"fund": "一般"}).completed().lookup


def test_a_use_that_is_said_is_kept() -> None:
    carried = Box.parse(AXES, {"use": "结转", "unit": "003"})
    assert carried.completed() == carried


def test_a_side_that_does_not_narrow_is_no_side() -> None:
    assert Box.parse(AXES, {"fund": "全部", "use": "支出 + 结转"}) == WHOLE


def test_boxes_of_the_same_sides_are_equal_in_whatever_order_they_are_named() -> None:
    one = Box.parse(AXES, {"fund": "一般", "unit": "003"})
    other = Box.parse(AXES, {"unit": "003", "fund": "拨款 + 收费"})
    assert one == other
    assert hash(one) == hash(other)


def test_override_replaces_the_sides_it_names_and_no_other() -> None:
    box = Box.parse(AXES, {"fund": "一般", "unit": "003"})
    assert box.override(Box.parse(AXES, {"fund": "基金"})) == Box.parse(AXES, {"fund": "基金", "unit": "003"})


def test_an_empty_box_lies_within_every_box() -> None:
    nothing = Box.parse(AXES, {"fund": "一般"}).meet(AXES, Box.parse(AXES, {"fund": "基金"}))
    assert nothing.empty
    assert nothing.within(AXES, Box.parse(AXES, {"unit": "003"}))
    assert not Region.of(AXES, [nothing])
