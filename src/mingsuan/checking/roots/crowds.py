"""Many wrong cells of one column, or wrong sums of one row, that nothing puts right: they have one cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingsuan.checking.roots.failing import Failing, is_slip
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Sort

_MANY = 4


def crowds(failing: Failing) -> Iterator[list[int]]:
    """Causes without a known repair that share a column or are the sums of one row, so many that they have one cause."""
    found: dict[tuple[int, str | int], list[int]] = {}
    for number, cause in enumerate(failing.causes):
        if not cause.missing and (_is_bounded(cause) or not (is_slip(cause) or len(cause.candidates) == 1)):
            for line in _columns(failing.figures, cause) | _summed(failing.figures, cause):
                found.setdefault(line, []).append(number)
    return ([number for number in crowd if number not in failing.repeated] for crowd in found.values() if len(crowd) >= _MANY)


def _columns(figures: Sequence[Figure], cause: Cause) -> set[tuple[int, str | int]]:
    """The columns that a cause has figures in."""
    return {(f.table, f.column) for v in cause.violations for n in v.identity.members if (f := figures[n]).claim is None}


def _summed(figures: Sequence[Figure], cause: Cause) -> set[tuple[int, str | int]]:
    """The rows that are sums of others of their table, where nothing else fails: they lack a row in every column."""
    if not all(v.identity.sort is Sort.PARTITION and len({figures[n].table for n in v.identity.members}) == 1 for v in cause.violations):
        return set()
    return {(figures[v.identity.left[0]].table, figures[v.identity.left[0]].row) for v in cause.violations if v.identity.left}


def _is_bounded(cause: Cause) -> bool:
    """Whether all that fails is that a part exceeds its whole, which puts no number right."""
    return all(v.identity.sort is Sort.CONTAINED for v in cause.violations)
