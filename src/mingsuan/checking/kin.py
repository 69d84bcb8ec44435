"""Which causes have one root: what two of them have in common, asked for all pairs at once.

A document that contradicts itself everywhere has thousands of causes, so that no two are compared that need not be: they are looked up by
the numbers that they print and want, by columns and rows, and by how far their relations are apart.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from mingsuan.checking.last_digits import is_last_digit, prints
from mingsuan.checking.repeated_rows import Repeated
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities import Cause, Extent, Sort, Violation
from mingsuan.identities.localising.edits import UNTYPED

_CLEARLY = 3
"""How many times what rounding explains a difference must be to be told from others by its amount."""
_MANY = 4
"""Cells of one column, or sums of one row, that are wrong and that nothing puts right: they have one cause."""


def kindred(figures: Sequence[Figure], causes: Sequence[Cause], repeated: Mapping[int, Repeated]) -> list[list[Cause]]:
    """Causes by what they have in common, directly or through others, in order; `repeated` are the rows printed twice by `id` of cause.

    What a row that is printed twice causes is kin to what else it causes, and to nothing besides.
    """
    groups = _Groups(len(causes))
    by_row: dict[int, list[int]] = {}
    others: list[int] = []
    for place, cause in enumerate(causes):
        row = repeated.get(id(cause))
        (others if row is None else by_row.setdefault(id(row), [])).append(place)
    for places in by_row.values():
        groups.join(places)
    _join_last_digits(groups, figures, causes, others)
    _join_displaced(groups, figures, causes, others)
    for crowd in _crowds(figures, causes):
        groups.join([place for place in crowd if id(causes[place]) not in repeated])
    _join_special(groups, figures, causes, others)
    _join_as_far(groups, figures, causes, others)
    return [[causes[place] for place in group] for group in groups.all()]


def as_far(one: Violation, other: Violation) -> bool:
    """Whether two relations are apart by the same amount, as no two slips are by chance."""
    return _as_far(abs(one.difference), abs(other.difference), one.tolerance + other.tolerance)


def _as_far(one: Decimal, other: Decimal, slack: Decimal) -> bool:
    return abs(one - other) <= slack and min(one, other) > _CLEARLY * slack


def is_slip(cause: Cause) -> bool:
    """Whether a known slip explains a cause by itself."""
    return bool(cause.candidates) and UNTYPED not in cause.candidates[0].operation


class _Groups:
    """Numbers in groups that are joined (union-find)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def join(self, numbers: Sequence[int]) -> None:
        """Put the groups of some numbers together."""
        for one, other in pairwise(numbers):
            low, high = sorted((self._top(one), self._top(other)))
            self._above[high] = low

    def _top(self, number: int) -> int:
        while self._above[number] != number:
            self._above[number] = number = self._above[self._above[number]]
        return number

    def all(self) -> list[list[int]]:
        """The groups by their first numbers, each in order."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._above)):
            found.setdefault(self._top(number), []).append(number)
        return list(found.values())


# ---- last digits, and a number in another's place --------------------------------------------------------------------


def _join_last_digits(groups: _Groups, figures: Sequence[Figure], causes: Sequence[Cause], places: Iterable[int]) -> None:
    """Join causes that are last digits of one quantity: a print of it fails in both."""
    printing: dict[int, list[int]] = {}
    for place in places:
        if is_last_digit(figures, causes[place]):
            for n in prints(causes[place]):
                printing.setdefault(n, []).append(place)
    for found in printing.values():
        groups.join(found)


def _join_displaced(groups: _Groups, figures: Sequence[Figure], causes: Sequence[Cause], places: Iterable[int]) -> None:
    """Join causes of which one wants the number that another prints in the same column or row: it went to the wrong place."""
    decided = [(place, causes[place].candidates[0].edits) for place in places if len(causes[place].candidates) == 1]
    printing: dict[Hashable, list[int]] = {}
    for place, edits in decided:
        for figure in (figures[n] for n, _ in edits):
            if figure.amount is not None:
                for line in _lines(figure):
                    printing.setdefault((line, figure.amount.yuan), []).append(place)
    for place, edits in decided:
        for n, amount in edits:
            if amount is not None and amount.yuan and figures[n].claim is None:
                for line in _lines(figures[n]):
                    found = printing.get((line, amount.yuan))
                    if found:
                        groups.join((*found, place))
                        del found[1:]  # one of those that are joined by now stands for all


def _lines(figure: Figure) -> tuple[Hashable, Hashable]:
    """The column and the row that a figure stands in."""
    return (figure.table, "column", figure.column), (figure.table, "row", figure.row)


# ---- many in one column or row ---------------------------------------------------------------------------------------


def _crowds(figures: Sequence[Figure], causes: Sequence[Cause]) -> Iterable[list[int]]:
    """Causes without a known repair that share a column or are the sums of one row, so many that they have one cause."""
    found: dict[tuple[int, str | int], list[int]] = {}
    for place, cause in enumerate(causes):
        if not cause.missing and (_is_bounded(cause) or not (is_slip(cause) or len(cause.candidates) == 1)):
            for line in _columns(figures, cause) | _summed(figures, cause):
                found.setdefault(line, []).append(place)
    return (crowd for crowd in found.values() if len(crowd) >= _MANY)


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


# ---- what a whole list or table causes -------------------------------------------------------------------------------


def _join_special(groups: _Groups, figures: Sequence[Figure], causes: Sequence[Cause], places: Sequence[int]) -> None:
    """Join to a list that lacks rows, and to a table in another unit, what else fails for that."""
    for special in places:
        cause = causes[special]
        if cause.missing or _of_table(cause):
            for place in places:
                if place != special and (_listed_short(figures, cause, causes[place]) or _in_another_unit(figures, cause, causes[place])):
                    groups.join((special, place))


def _of_table(cause: Cause) -> bool:
    return bool(cause.candidates) and cause.candidates[0].extent is Extent.TABLE


def _listed_short(figures: Sequence[Figure], short: Cause, other: Cause) -> bool:
    """Whether a list lacks rows, and what else fails without a known repair is the sums of the same list in other columns."""
    if not short.missing or is_slip(other):
        return False
    lists = {figures[v.identity.left[0]].table for v in short.violations if v.identity.sort is Sort.PARTITION and v.identity.left}
    return all({figures[n].table for n in v.identity.members} <= lists for v in other.violations)


def _in_another_unit(figures: Sequence[Figure], table: Cause, other: Cause) -> bool:
    """Whether what fails besides a table in the wrong unit is within what its digits round to in the right one."""
    if not _of_table(table):
        return False
    times = {n: a.yuan / p.yuan for n, a in table.candidates[0].edits if a and a.yuan and (p := figures[n].amount) is not None and p.yuan}
    factor = max(times.values(), key=abs, default=Decimal(1))
    for v in other.violations:
        halves = [p.half * (factor if n in times else 1) for n in v.identity.members if (p := figures[n].amount) is not None]
        if times.keys().isdisjoint(v.identity.members) or abs(v.difference) >= sum(halves):
            return False
    return True


# ---- apart by the same amount ----------------------------------------------------------------------------------------


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


def _join_as_far(groups: _Groups, figures: Sequence[Figure], causes: Sequence[Cause], places: Iterable[int]) -> None:
    """Join causes with relations that are apart by the same amount, unless known slips explain both."""
    found: dict[_Apart, list[int]] = {}
    for place in places:
        cause = causes[place]
        tables = frozenset(figures[n].table for v in cause.violations for n in v.identity.members)
        for v in cause.violations:
            key = _Apart(abs(v.difference), v.tolerance, tables, is_slip(cause), bool(cause.missing), bool(v.identity.right))
            found.setdefault(key, []).append(place)
    ordered = sorted(found, key=lambda key: key.yuan)
    widest = max((key.slack for key in ordered), default=Decimal(0))
    for n, one in enumerate(ordered):
        for m in range(n, len(ordered)):
            other = ordered[m]
            gap = other.yuan - one.yuan
            if gap > one.slack + widest or _CLEARLY * gap > one.yuan:
                break
            if one.kin(other):
                groups.join((*found[one], *found[other]))
                del found[one][1:], found[other][1:]  # one of those that are joined by now stands for all
