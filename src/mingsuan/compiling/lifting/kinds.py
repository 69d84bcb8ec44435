"""One kind for every project: forms that print a project do not always print its kind, and half a project of a kind is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mingsuan.compiling.lifting.cells import SHARED
from mingsuan.compiling.lifting.problem import Problem
from mingsuan.compiling.lifting.solve import Solution, chosen_of_each

_UNIT, _KIND = SHARED.index("unit"), SHARED.index("kind")

Groups = Mapping[tuple[str, str], Mapping[str, list[int]]]


def one_kind_each(problem: Problem, found: Solution) -> Problem | None:
    """The problem with the cells of one kind for each project that has several; None where none has, or no choice is good."""
    number = next((n for n, side in enumerate(problem.sides) if side.name == "project"), None)
    if number is None:
        return None
    split = {key: kinds for key, kinds in _projects(problem, number).items() if len(kinds) > 1}
    amounts = found.amounts[number]
    if not any(sum(any(amounts[c] for c in cells) for cells in kinds.values()) > 1 for kinds in split.values()):
        return None
    kept = chosen_of_each(problem, number, [list(kinds.values()) for kinds in split.values()])
    if kept is None:
        return None
    gone = {c for kinds in split.values() for cells in kinds.values() for c in cells} - kept
    rows = (replace(r, cells=tuple(c for c in r.cells if c not in gone)) if r.side == number else r for r in problem.rows)
    links = ((s, ours, tuple(c for c in theirs if c not in gone) if s == number else theirs) for s, ours, theirs in problem.links)
    return replace(problem, rows=tuple(rows), links=tuple(links))


def _projects(problem: Problem, number: int) -> Groups:
    """The cells of each printed project of a unit, by kind."""
    found: dict[tuple[str, str], dict[str, list[int]]] = {}
    for place, cell in enumerate(problem.sides[number].cells):
        if cell.own[0]:
            found.setdefault((cell.own[0], cell.shared[_UNIT]), {}).setdefault(cell.shared[_KIND], []).append(place)
    return found
