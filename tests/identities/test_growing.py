"""Empty boxes side by side are larger ones."""

from hypothesis import given

from mingsuan.identities.bits import Bits
from mingsuan.identities.growing import Emptiness, grown
from mingsuan.identities.reducing import Reducer
from mingsuan.ledger import Box, Line
from tests.identities.points import ledgers, some_boxes, within
from tests.ledger.strategies import AXES


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
