"""What empty boxes leave of others."""

from hypothesis import given

from mingsuan.identities.bits import Bits
from mingsuan.identities.growing import Emptiness, grown
from mingsuan.identities.reducing import Reducer
from mingsuan.ledger import Box, Line
from tests.identities.points import ledgers, respecting, some_boxes, within
from tests.ledger.strategies import AXES, boxes, lies_in


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


@given(boxes(), some_boxes)
def test_reduction_needs_no_more_than_its_witnesses(box: Box, empty: list[Box]) -> None:
    bits = Bits.over(AXES, [box, *empty])
    found = [Emptiness(bits.box(e), frozenset({n})) for n, e in enumerate(empty) if not bits.vanishes(bits.box(e))]
    mask = bits.box(box)
    rest = Reducer(bits, grown(bits, found))(mask)
    named = [e for e in found if e.witnesses <= rest.witnesses]
    again = Reducer(bits, grown(bits, named))(mask)
    assert not again.mask & ~rest.mask


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
