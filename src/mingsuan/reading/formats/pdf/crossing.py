"""Rules that cross or touch each other: the rules of one table."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from mingsuan.reading.formats.pdf.drawing import Piece

REACH = 3.0
"""Points by which two rules that meet may miss each other."""
MERGED_ROW = 45.0
"""Points between a table and a rule that bounds a further row of it, which no upright rule crosses."""


class Web(NamedTuple):
    """Rules that hang together."""

    level: tuple[Piece, ...]
    upright: tuple[Piece, ...]


def webs(level: Sequence[Piece], upright: Sequence[Piece]) -> Iterator[Web]:
    """The rules of each table, from top to bottom; rules that meet none of the other direction are in no web."""
    upright = sorted(upright)
    parents = list(range(len(level) + len(upright)))
    met: set[int] = set()
    for here, there in _crossings(level, upright):
        parents[_root(parents, there)] = _root(parents, here)
        met.update((here, there))
    groups: dict[int, tuple[list[Piece], list[Piece]]] = {}
    for index in sorted(met):
        group = groups.setdefault(_root(parents, index), ([], []))
        group[index >= len(level)].append(level[index] if index < len(level) else upright[index - len(level)])
    alone = [level[index] for index in range(len(level)) if index not in met]
    found = [_with_outer(Web(tuple(across), tuple(down)), alone) for across, down in groups.values()]
    yield from sorted(found, key=lambda web: (web.level[0].at, web.upright[0].at))


def _with_outer(web: Web, alone: Sequence[Piece]) -> Web:
    """A web with the rule over it or under it that has its whole extent: an open-sided table's merged first or last row touches nothing."""
    top, bottom = web.level[0], web.level[-1]
    for rule in alone:
        if _same_extent(rule, top) and 0 < top.at - rule.at <= MERGED_ROW:
            web = Web((rule, *web.level), web.upright)
        elif _same_extent(rule, bottom) and 0 < rule.at - bottom.at <= MERGED_ROW:
            web = Web((*web.level, rule), web.upright)
    return web


def _same_extent(rule: Piece, other: Piece) -> bool:
    return abs(rule.start - other.start) <= REACH and abs(rule.end - other.end) <= REACH


def _crossings(level: Sequence[Piece], upright: Sequence[Piece]) -> Iterator[tuple[int, int]]:
    """Pairs of rules that meet; the upright ones, sorted, are numbered after the level ones."""
    positions = [rule.at for rule in upright]
    count = len(level)
    for here, rule in enumerate(level):
        for there in range(bisect_left(positions, rule.start - REACH), len(upright)):
            other = upright[there]
            if other.at > rule.end + REACH:
                break
            if other.start - REACH <= rule.at <= other.end + REACH:
                yield here, count + there


def _root(parents: list[int], index: int) -> int:
    while parents[index] != index:
        parents[index] = parents[parents[index]]
        index = parents[index]
    return index
