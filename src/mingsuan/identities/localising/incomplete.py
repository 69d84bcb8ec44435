"""Lists that leave rows out: then no number of theirs is wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.derive import Derivation
from mingsuan.identities.identity import Sort, Violation, total
from mingsuan.identities.localising.causes import Cause


def incomplete(violations: Sequence[Violation], derivation: Derivation) -> Iterator[Cause]:
    """A list whose total is not met and that leaves out what another table lists: rows are missing, no number is wrong.

    Such sums are set aside before numbers are suspected, since no number of an incomplete list can be verified by them. Where one list
    lacks just what its sum is short of, another whose sum is not is not to blame for the same items.
    """
    figures, regions = derivation.meaning.figures, derivation.regions
    unlisted = [(v.identity.left[0], v) for v in violations if v.identity.sort is Sort.LISTING and not v.identity.right]
    by_table: dict[int, tuple[list[Violation], dict[int, Violation]]] = {}
    short: set[int] = set()
    for failed in violations:
        if failed.identity.sort is not Sort.PARTITION or not failed.identity.right or failed.difference < 0:
            continue
        whole = regions[failed.identity.left[0]]
        members = {regions[n] for n in failed.identity.right}
        own = figures[failed.identity.left[0]].table
        parts_of = ((n, v) for n, v in unlisted if figures[n].table != own and not regions[n] & ~whole and whole & ~regions[n])
        left_out = {n: v for n, v in parts_of if all(regions[n] & ~m for m in members)}
        if left_out:
            parts, absent = by_table.setdefault(own, ([], {}))
            parts.append(failed)
            absent.update(left_out)
            if _is_short_of(failed, left_out, figures):
                short.add(own)
    known = {n for own in short for n in by_table[own][1]}
    for own, (parts, absent) in by_table.items():
        if own in short or known.isdisjoint(absent):
            yield Cause((*parts, *absent.values()), missing=tuple(absent))


def _is_short_of(failed: Violation, absent: Iterable[int], figures: Sequence[Figure]) -> bool:
    """Whether a sum lacks just the amounts of one column of what its list leaves out."""
    columns: dict[tuple[int, str], list[int]] = {}
    for n in absent:
        columns.setdefault((figures[n].table, figures[n].column), []).append(n)
    sums = (total(figures, column) for column in columns.values())
    return any(abs(failed.difference - yuan) < failed.tolerance + half for yuan, half in sums)
