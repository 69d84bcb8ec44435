"""Relations that are apart by the same amount: one slip fails in each of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from mingsuan.checking.roots.failing import Failing, is_slip
from mingsuan.identities import Violation

_CLEARLY = 3
"""How many times what rounding explains a difference must be to be told from others by its amount."""


def as_far(one: Violation, other: Violation) -> bool:
    """Whether two relations are apart by the same amount, as no two slips are by chance."""
    return _as_far(abs(one.difference), abs(other.difference), one.tolerance + other.tolerance)


def _as_far(one: Decimal, other: Decimal, slack: Decimal) -> bool:
    return abs(one - other) <= slack and min(one, other) > _CLEARLY * slack


class _Apart(NamedTuple):
    """What decides whether a relation is kin to another: how far it is apart, within what, and what its cause is like.

    Attributes:
        tables: that its cause fails in; sentences stand in one of their own.
        slip: a known slip explains its cause.
        missing: its cause is a list that lacks rows.
        listed: it is not that a table lists nothing of an amount: that table is not among its figures.
    """

    yuan: Decimal
    slack: Decimal
    tables: frozenset[int]
    slip: bool
    missing: bool
    listed: bool

    def kin(self, other: _Apart) -> bool:
        """Whether both have one root.

        Where it is known which list lacks an amount, what fails elsewhere by as much is apart by chance.
        """
        if (self.slip and other.slip) or not _as_far(self.yuan, other.yuan, self.slack + other.slack):
            return False
        unlisted = not (self.listed and other.listed) and not (self.missing or other.missing)
        return unlisted or not self.tables.isdisjoint(other.tables)


def apart_as_far(failing: Failing) -> Iterator[tuple[int, ...]]:
    """Causes with relations that are apart by the same amount, unless known slips explain both."""
    found = _by_distance(failing)
    ordered = sorted(found, key=lambda key: key.yuan)
    widest = max((key.slack for key in ordered), default=Decimal(0))
    for n, one in enumerate(ordered):
        for m in range(n, len(ordered)):
            other = ordered[m]
            gap = other.yuan - one.yuan
            if gap > one.slack + widest or _CLEARLY * gap > one.yuan:
                break
            if one.kin(other):
                yield (*found[one], *found[other])
                del found[one][1:], found[other][1:]  # one of those that are joined by now stands for all


def _by_distance(failing: Failing) -> dict[_Apart, list[int]]:
    """The causes by how far each of their relations is apart."""
    found: dict[_Apart, list[int]] = {}
    for number in failing.others:
        cause = failing.causes[number]
        tables = frozenset(failing.figures[n].table for v in cause.violations for n in v.identity.members)
        for v in cause.violations:
            key = _Apart(abs(v.difference), v.tolerance, tables, is_slip(cause), bool(cause.missing), bool(v.identity.right))
            found.setdefault(key, []).append(number)
    return found
