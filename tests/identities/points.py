"""Lines as points of the bit masks that regions are."""

from collections.abc import Sequence

from hypothesis import strategies as st

from mingsuan.identities.bits import Bits
from mingsuan.ledger import Box, Line
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
    """Whether the point of a line lies in a mask."""
    return not mask_of(bits, line) & ~mask


def respecting(of: Sequence[Line], empty: Sequence[Box]) -> list[Line]:
    """The lines that lie in none of some boxes."""
    return [line for line in of if not any(lies_in(line, box) for box in empty)]
