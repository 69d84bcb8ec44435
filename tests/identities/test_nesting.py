"""Rows nest as their regions do, whatever their order."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from mingsuan.identities.bits import Bits
from mingsuan.identities.nesting import _inside
from mingsuan.ledger import Box
from tests.ledger.strategies import AXES, boxes

some_boxes = st.lists(boxes(), min_size=1, max_size=10)


def masked(found: list[Box]) -> tuple[Bits, Mapping[str, int]]:
    bits = Bits.over(AXES, found)
    return bits, {str(number): bits.box(box) for number, box in enumerate(found)}


@given(some_boxes)
def test_the_nodes_inside_a_node_are_those_whose_regions_are(found: list[Box]) -> None:
    bits, masks = masked(found)
    items = sorted(masks, key=lambda item: masks[item].bit_count())
    for item, inside in _inside(bits, items, masks).items():
        mask = masks[item]
        assert list(inside) == [i for i in items if masks[i] != mask and not masks[i] & ~mask]
