"""Sides → lines: amounts of each side that share everything else are matched, with as few lines as the two lists together.

Any matching of two lists with equal sums is a ledger of the same tables. Equal amounts go together first, then what is named alike
(住房公积金 with 住房公积金), then the larger ones, so that the lines look like those that were published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from mingsuan import codes
from mingsuan.compiling.lifting.cells import SHARED, Side

_KIND, _HEAD = SHARED.index("kind"), SHARED.index("head")


class Portion(NamedTuple):
    """An amount of the joined ledger.

    Attributes:
        shared: by `SHARED`.
        function, pair, project: own codes of the sides; "" where a side is missing.
        amount: in the problem's grain.
        told: the printed figures leave it no other amount.
    """

    shared: tuple[str, ...]
    function: str
    pair: tuple[str, str]
    project: str
    amount: int
    told: bool


class _Part(NamedTuple):
    own: tuple[str, ...]
    amount: int
    told: bool


def joined(sides: Sequence[Side], amounts: Sequence[Sequence[int]], told: Sequence[Sequence[bool]], year: int | None) -> Iterator[Portion]:
    """The lines of some amounts by side.

    Args:
        sides: the function side first.
        amounts: by side and cell.
        told: whether the figures leave a cell no other amount.
        year: of the names of codes.
    """
    found = {side.name: _grouped(side, own, sure) for side, own, sure in zip(sides, amounts, told, strict=True)}
    by_project = _without_head(found["project"]) if "project" in found else {}
    lines: dict[tuple[str, ...], list[tuple[tuple[str, ...], _Part]]] = {}
    for shared, functions in found["function"].items():
        pairs = found.get("pair", {}).get(shared)
        rows = matched(functions, pairs, _likeness(year)) if pairs else _alone(functions)
        for f, p, amount, sure in rows:
            part = _Part((*f.own, *p.own), amount, sure and f.told and p.told)
            lines.setdefault((*shared[:_HEAD], "", *shared[_HEAD + 1 :]), []).append((shared, part))
    for key, parts in lines.items():
        projects = by_project.get(key)
        if not projects:
            yield from (Portion(shared, p.own[0], (p.own[1], p.own[2]), "", p.amount, p.told) for shared, p in parts)
            continue
        whole = {number: shared for number, (shared, _) in enumerate(parts)}
        numbered = [_Part((str(n), *p.own), p.amount, p.told) for n, (_, p) in enumerate(parts)]
        for q, p, amount, sure in matched(projects, numbered, _project_likeness(year)):
            shared = whole[int(p.own[0])]
            yield Portion(shared, p.own[1], (p.own[2], p.own[3]), q.own[0], amount, sure and p.told and q.told)


def _alone(functions: Sequence[_Part]) -> Iterator[tuple[_Part, _Part, int, bool]]:
    """Amounts of which no class is told."""
    yield from ((part, _Part(("", ""), part.amount, True), part.amount, True) for part in functions)


def _grouped(side: Side, amounts: Sequence[int], told: Sequence[bool]) -> Mapping[tuple[str, ...], list[_Part]]:
    found: dict[tuple[str, ...], list[_Part]] = {}
    for cell, amount, sure in zip(side.cells, amounts, told, strict=True):
        if amount:
            found.setdefault(cell.shared, []).append(_Part(cell.own, amount, sure))
    return found


def _without_head(found: Mapping[tuple[str, ...], list[_Part]]) -> Mapping[tuple[str, ...], list[_Part]]:
    return {(*shared[:_HEAD], "", *shared[_HEAD + 1 :]): parts for shared, parts in found.items()}


def matched(
    left: Sequence[_Part], right: Sequence[_Part], likeness: Callable[[_Part, _Part], int]
) -> Iterator[tuple[_Part, _Part, int, bool]]:
    """Pairs with the amount that they have in common until both lists are used up; sure where one list has one part only."""
    sure = len(left) == 1 or len(right) == 1
    order = sorted(
        ((a.amount != b.amount, -likeness(a, b), -min(a.amount, b.amount), i, j) for i, a in enumerate(left) for j, b in enumerate(right))
    )
    rest_left, rest_right = [p.amount for p in left], [p.amount for p in right]
    for _, _, _, i, j in order:
        amount = min(rest_left[i], rest_right[j])
        if amount:
            rest_left[i] -= amount
            rest_right[j] -= amount
            yield left[i], right[j], amount, sure


def _likeness(year: int | None) -> Callable[[_Part, _Part], int]:
    return lambda function, pair: _alike(_named("function", function.own[0], year), _named("department_economic", pair.own[0], year))


def _project_likeness(year: int | None) -> Callable[[_Part, _Part], int]:
    def likeness(project: _Part, line: _Part) -> int:
        names = _named("department_economic", line.own[2], year), _named("function", line.own[1], year)
        return sum(_alike(project.own[0], name) for name in names)

    return likeness


@lru_cache(maxsize=4096)
def _named(classification: str, code: str, year: int | None) -> str:
    found = codes.lookup(classification, code, year) if code and year is not None else None
    return found.name if found else ""


@lru_cache(maxsize=65536)
def _alike(left: str, right: str) -> int:
    """How many pairs of neighbouring characters two names share."""
    return len({left[n : n + 2] for n in range(len(left) - 1)} & {right[n : n + 2] for n in range(len(right) - 1)})
