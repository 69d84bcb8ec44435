"""Lists that lack rows which others list: whether one does, and what else fails for that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan.checking.roots.failing import Failing, is_slip
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Sort


def without_false_lists(figures: Sequence[Figure], causes: Sequence[Cause]) -> list[Cause]:
    """Causes, of which a list is not said to lack rows by whose amounts its sum is not short, where another list is."""
    fitting = {n for c in causes if c.missing and _is_short(figures, c) for n in c.missing}
    return [
        replace(c, missing=(), violations=tuple(v for v in c.violations if v.identity.right))
        if c.missing and fitting.intersection(c.missing) and not _is_short(figures, c)
        else c
        for c in causes
    ]


def _is_short(figures: Sequence[Figure], cause: Cause) -> bool:
    """Whether a sum of a list that lacks rows is short of the amounts of one column of them."""
    columns: dict[tuple[int, str], Decimal] = {}
    for figure in (figures[n] for n in cause.missing):
        at = (figure.table, figure.column)
        columns[at] = columns.get(at, Decimal(0)) + (figure.amount.yuan if figure.amount else 0)
    sums = [v for v in cause.violations if v.identity.sort is Sort.PARTITION]
    return any(abs(abs(v.difference) - abs(yuan)) <= v.tolerance for v in sums for yuan in columns.values())


def of_short_lists(failing: Failing) -> Iterator[tuple[int, int]]:
    """Each list that lacks rows with what else fails for that: the sums of the same list in other columns."""
    for short in failing.others:
        if failing.causes[short].missing:
            lists = _summing(failing.figures, failing.causes[short])
            for other in failing.others:
                if other != short and _fails_within(failing.figures, failing.causes[other], lists):
                    yield short, other


def _summing(figures: Sequence[Figure], short: Cause) -> set[int]:
    """The tables whose sums fail with a list that lacks rows."""
    return {figures[v.identity.left[0]].table for v in short.violations if v.identity.sort is Sort.PARTITION and v.identity.left}


def _fails_within(figures: Sequence[Figure], other: Cause, lists: set[int]) -> bool:
    """Whether all that fails is within some tables, and no known slip explains it."""
    return not is_slip(other) and all({figures[n].table for n in v.identity.members} <= lists for v in other.violations)
