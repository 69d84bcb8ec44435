"""Masks mean what their boxes mean."""

from hypothesis import given

from mingsuan.identities.bits import Bits
from mingsuan.ledger import Box, Line, Region
from tests.identities.points import ledgers, some_boxes, within
from tests.ledger.strategies import AXES, boxes, lies_in


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


def test_a_node_that_no_box_mentions_has_no_bits_of_its_own() -> None:
    bits = Bits.over(AXES, [Box.parse(AXES, {"fund": "一般"})])
    assert bits.node("kind", "基本") == 0
    assert bits.node("fund", "拨款").bit_count() == 1
    assert bits.node("fund", "一般").bit_count() == 2
