"""How many boxes lie to one is how each of them does."""

from collections.abc import Callable

from hypothesis import given

from mingsuan.identities.bits import Bits
from mingsuan.identities.sides import Index, numbers_of
from mingsuan.ledger import Box
from tests.identities.points import some_boxes
from tests.ledger.strategies import AXES, boxes


def such(masks: list[int], holds: Callable[[int], bool]) -> list[int]:
    return [number for number, mask in enumerate(masks) if holds(mask)]


@given(boxes(), some_boxes)
def test_an_index_answers_for_all_boxes_what_masks_answer_one_by_one(box: Box, found: list[Box]) -> None:
    bits = Bits.over(AXES, [box, *found])
    masks = [bits.box(other) for other in found]
    index, mask = Index(bits, masks), bits.box(box)
    assert list(numbers_of(index.covering(mask))) == such(masks, lambda other: not mask & ~other)
    assert list(numbers_of(index.inside(mask))) == such(masks, lambda other: not other & ~mask)
    assert list(numbers_of(index.meeting(mask))) == such(masks, lambda other: not bits.disjoint(mask, other))


@given(some_boxes)
def test_sides_are_how_boxes_lie_axis_by_axis(found: list[Box]) -> None:
    bits = Bits.over(AXES, found)
    masks = [bits.box(box) for box in found]
    index = Index(bits, masks)
    for mask in masks:
        for own, side in zip(bits.fields, index.sides(mask), strict=True):
            assert list(numbers_of(side.open)) == such(masks, lambda other, part=mask & own: bool(part & ~other))  # type: ignore[misc]
            assert list(numbers_of(side.meeting)) == such(masks, lambda other, part=mask & own: bool(part & other))  # type: ignore[misc]
