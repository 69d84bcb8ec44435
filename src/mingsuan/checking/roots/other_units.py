"""Tables in another unit than they say: what else fails within what their digits round to in the right one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from mingsuan.checking.roots.failing import Failing
from mingsuan.identities import Cause, Extent


def in_another_unit(failing: Failing) -> Iterator[tuple[int, int]]:
    """Each table in another unit than it says, with what fails besides and would not in the right one."""
    for table in failing.others:
        cause = failing.causes[table]
        if cause.candidates and cause.candidates[0].extent is Extent.TABLE:
            times = _times(failing, cause)
            for other in failing.others:
                if other != table and _rounds(failing, failing.causes[other], times):
                    yield table, other


def _times(failing: Failing, table: Cause) -> dict[int, Decimal]:
    """How many times its printed amount each figure of the table should be."""
    edits = ((failing.figures[n].amount, n, a) for n, a in table.candidates[0].edits)
    return {n: a.yuan / p.yuan for p, n, a in edits if a and a.yuan and p is not None and p.yuan}


def _rounds(failing: Failing, other: Cause, times: Mapping[int, Decimal]) -> bool:
    """Whether what a cause is apart by is less than what the digits of its figures round to in the right unit."""
    factor = max(times.values(), key=abs, default=Decimal(1))
    for v in other.violations:
        amounts = ((n, failing.figures[n].amount) for n in v.identity.members)
        halves = [p.half * (factor if n in times else 1) for n, p in amounts if p is not None]
        if times.keys().isdisjoint(v.identity.members) or abs(v.difference) >= sum(halves):
            return False
    return True
