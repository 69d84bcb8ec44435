"""Which causes have one root: what two of them have in common, asked for all pairs at once.

A document that contradicts itself everywhere has thousands of causes, so that no two are compared that need not be: they are looked up by
the numbers that they print and want, by columns and rows, and by how far their relations are apart.
"""

from __future__ import annotations

from itertools import chain

from mingsuan.checking.roots.apart import apart_as_far
from mingsuan.checking.roots.crowds import crowds
from mingsuan.checking.roots.displaced import displaced
from mingsuan.checking.roots.failing import Failing
from mingsuan.checking.roots.grouping import grouped
from mingsuan.checking.roots.last_digits import of_one_quantity
from mingsuan.checking.roots.other_units import in_another_unit
from mingsuan.checking.roots.repeated_rows import of_one_row
from mingsuan.checking.roots.short_lists import of_short_lists


def kindred(failing: Failing) -> list[list[int]]:
    """The numbers of causes by what they have in common, directly or through others, in order.

    What a row that is printed twice causes is kin to what else it causes, and to nothing besides.
    """
    kin = chain(
        of_one_row(failing.repeated),
        of_one_quantity(failing),
        displaced(failing),
        crowds(failing),
        of_short_lists(failing),
        in_another_unit(failing),
        apart_as_far(failing),
    )
    return grouped(len(failing.causes), kin)
