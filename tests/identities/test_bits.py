from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from mingsuan.identities.bits import Bits, Emptiness, Reducer, grown
from mingsuan.ledger import Box, Line, Region
from tests.ledger.strategies import AXES, boxes, lies_in, lines

some_boxes = st.lists(boxes(), min_size=1, max_size=6)
ledgers = st.lists(lines(), max_size=15)


def mask_of(bits: Bits, line: Line) -> int:
    """The one point of a line: its atom on every axis. Money carried out counts as of the first kind, which no box can tell."""
    point = 0
    for axis, (shift, names) in bits._atoms.items():
        code = str(getattr(line, axis))
        tree = AXES[axis]
        if tree.closed and not code:
            point |= 1 << shift
            continue
        nearest = next(node for node in tree.path(code) if node in names)
        point |= 1 << shift + names.index(nearest)
    return point


def within(bits: Bits, line: Line, mask: int) -> bool:
    return not mask_of(bits, line) & ~mask


def respecting(of: Sequence[Line], empty: Sequence[Box]) -> list[Line]:
    return [line for line in of if not any(lies_in(line, box) for box in empty)]


@given(some_boxes, ledgers)
def test_a_line_lies_in_a_box_where_its_point_lies_in_the_mask(found: list[Box], of: list[Line]) -> None:
    bits = Bits.over(AXES, found)
    for box in found:
        for line in of:
            assert within(bits, line, bits.box(box)) == lies_in(line, box)


@given(some_boxes)
def test_a_mask_vanishes_where_some_axis_has_no_bit_left(found: list[Box]) -> None:
    bits = Bits.over(AXES, found)
    masks = [bits.box(box) for box in found]
    for mask in (*masks, *(a & b for a in masks for b in masks)):
        assert bits.vanishes(mask) == any(not mask & own for own in bits.fields)
    assert not bits.vanishes(bits.full)
    assert bits.full & bits.idle == 0


@given(some_boxes)
def test_an_intersection_of_boxes_is_that_of_their_regions(found: list[Box]) -> None:
    bits = Bits.over(AXES, found)
    together = Region(AXES, (Box(),))
    for box in found:
        together &= Region.of(AXES, [box])
    assert (bits.meet(found) == 0) == (not together)


@given(boxes(), boxes())
def test_boxes_are_disjoint_where_their_regions_are(left: Box, right: Box) -> None:
    bits = Bits.over(AXES, [left, right])
    assert bits.disjoint(bits.box(left), bits.box(right)) == (not Region.of(AXES, [left]) & Region.of(AXES, [right]))


@given(boxes(), boxes(), ledgers)
def test_a_difference_is_made_of_disjoint_boxes_of_all_that_is_left(left: Box, right: Box, of: list[Line]) -> None:
    bits = Bits.over(AXES, [left, right])
    whole, part = bits.box(left), bits.box(right)
    pieces = list(bits.minus(whole, part))
    for line in of:
        inside = sum(within(bits, line, piece) for piece in pieces)
        assert inside == (within(bits, line, whole) and not within(bits, line, part))


@given(boxes(), some_boxes, ledgers)
def test_reduction_removes_no_line_that_an_empty_box_does_not_cover(box: Box, empty: list[Box], of: list[Line]) -> None:
    bits = Bits.over(AXES, [box, *empty])
    found = [Emptiness(bits.box(e), frozenset({n})) for n, e in enumerate(empty) if not bits.vanishes(bits.box(e))]
    mask = bits.box(box)
    rest = Reducer(bits, grown(bits, found))(mask)
    assert not rest.mask & ~mask
    for line in respecting(of, empty):
        assert within(bits, line, mask) == within(bits, line, rest.mask)


@given(boxes(), boxes(), some_boxes, ledgers)
def test_boxes_of_one_reduced_mask_hold_the_same_lines_of_every_ledger_that_respects_the_empty_ones(
    left: Box, right: Box, empty: list[Box], of: list[Line]
) -> None:
    bits = Bits.over(AXES, [left, right, *empty])
    found = [Emptiness(bits.box(e), frozenset()) for e in empty if not bits.vanishes(bits.box(e))]
    reduced = Reducer(bits, grown(bits, found))
    if reduced(bits.box(left)).mask == reduced(bits.box(right)).mask:
        for line in respecting(of, empty):
            assert lies_in(line, left) == lies_in(line, right)


@given(some_boxes, ledgers)
def test_growing_empty_boxes_covers_no_line_that_none_of_them_covered(empty: list[Box], of: list[Line]) -> None:
    bits = Bits.over(AXES, empty)
    found = [Emptiness(bits.box(e), frozenset()) for e in empty if not bits.vanishes(bits.box(e))]
    larger = grown(bits, found)
    for line in of:
        covered = any(within(bits, line, e.mask) for e in larger)
        assert covered == any(within(bits, line, e.mask) for e in found)
    for number, one in enumerate(larger):
        assert not any(not one.mask & ~other.mask for other in larger[:number])


@given(boxes(), some_boxes)
def test_reduction_needs_no_more_than_its_witnesses(box: Box, empty: list[Box]) -> None:
    bits = Bits.over(AXES, [box, *empty])
    found = [Emptiness(bits.box(e), frozenset({n})) for n, e in enumerate(empty) if not bits.vanishes(bits.box(e))]
    mask = bits.box(box)
    rest = Reducer(bits, grown(bits, found))(mask)
    named = [e for e in found if e.witnesses <= rest.witnesses]
    again = Reducer(bits, grown(bits, named))(mask)
    assert not again.mask & ~rest.mask


def test_two_empty_boxes_side_by_side_are_one_larger_one() -> None:
    """Nothing of fund 基金 and nothing of fund 单位 is nothing but 一般; alone neither covers the funds that are not 一般."""
    general, fund, own = (Box.parse(AXES, {"fund": name}) for name in ("一般", "基金", "单位"))
    bits = Bits.over(AXES, [general, fund, own])
    empties = [Emptiness(bits.box(fund), frozenset({1})), Emptiness(bits.box(own), frozenset({2}))]
    (one,) = grown(bits, empties)
    assert one == Emptiness(bits.box(Box.parse(AXES, {"fund": "基金 + 单位"})), frozenset({1, 2}))
    rest = Reducer(bits, (one,))(bits.full)
    assert rest.mask == bits.box(general)
    assert rest.witnesses == {1, 2}


def test_empty_boxes_that_differ_on_two_axes_are_not_one_larger_one() -> None:
    """Nothing of 基金 in 003 and nothing of 单位 in 004 says nothing about 基金 in 004."""
    one, other = Box.parse(AXES, {"fund": "基金", "unit": "003"}), Box.parse(AXES, {"fund": "单位", "unit": "004"})
    bits = Bits.over(AXES, [one, other])
    found = [Emptiness(bits.box(one), frozenset({1})), Emptiness(bits.box(other), frozenset({2}))]
    assert set(grown(bits, found)) == set(found)


def test_a_region_that_empty_ones_cover_is_nothing() -> None:
    box = Box.parse(AXES, {"fund": "拨款", "unit": "003001"})
    wide = Box.parse(AXES, {"fund": "一般"})
    bits = Bits.over(AXES, [box, wide])
    rest = Reducer(bits, (Emptiness(bits.box(wide), frozenset({7})),))(bits.box(box))
    assert rest == (0, frozenset({7}))


def test_a_box_that_is_empty_on_two_axes_takes_nothing_from_a_wider_one() -> None:
    """That class 208 of unit 003 is empty says nothing about class 208 or unit 003 alone."""
    corner = Box.parse(AXES, {"function": "208", "unit": "003"})
    bits = Bits.over(AXES, [corner])
    rest = Reducer(bits, (Emptiness(bits.box(corner), frozenset({1})),))(bits.full)
    assert rest == (bits.full, frozenset())


def test_a_node_that_no_box_mentions_has_no_bits_of_its_own() -> None:
    bits = Bits.over(AXES, [Box.parse(AXES, {"fund": "一般"})])
    assert bits.node("kind", "基本") == 0
    assert bits.node("fund", "拨款").bit_count() == 1
    assert bits.node("fund", "一般").bit_count() == 2
