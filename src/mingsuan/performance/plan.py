"""A disclosure's targets with the money that they are to be reached with."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import TypeVar

from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Figure, understand
from mingsuan.dialects.names import plain
from mingsuan.indicators.judging import unjudgeable
from mingsuan.indicators.listing import OVERALL, Indicator, indicators
from mingsuan.indicators.targets import Target
from mingsuan.model import Disclosure
from mingsuan.performance.direction import direction
from mingsuan.performance.goals import goals_of
from mingsuan.performance.names import keyed
from mingsuan.places import Place
from mingsuan.values import dataclass

_OF_A_PROJECT = frozenset({"project", "unit", "kind", "year", "measure", "use"})
"""Axes that a project's whole budget may be bound on; an amount that is bound on another is a part of it."""
_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Aim:
    """One indicator with its target.

    Attributes:
        path: the levels above it, as printed.
        weight: points that the form gives it, None where it gives none.
        unclear: why its target should be written anew, "" if it need not: a word may be judged by whoever set it, and yet say too little.
    """

    path: tuple[str, ...]
    name: str
    target: Target
    unit: str = ""
    note: str = ""
    weight: Decimal | None = None
    place: Place = _NOWHERE
    unclear: str = ""

    @property
    def operator(self) -> str:
        """The comparison that its target means, "" where nobody could tell."""
        return direction(self.name, self.first, self.target)

    @property
    def first(self) -> str:
        """The first level, "" where the form has none."""
        return self.path[0] if self.path else ""

    @property
    def second(self) -> str:
        """The second level, "" where the form has none."""
        return self.path[1] if len(self.path) > 1 else ""


@dataclass(frozen=True, slots=True)
class PlannedProject:
    """A project with its aims.

    Attributes:
        budget: the year's approved amount in 元, None where none is printed.
        goal: what is to be done in the year, "" where none is printed.
        unit: name of the unit that carries it out, "" likewise.
    """

    name: str
    budget: Decimal | None
    aims: tuple[Aim, ...]
    goal: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Plan:
    """What a department set out to reach in a year.

    Attributes:
        overall: the aims of the department as a whole.
        projects: those that have aims, in the order of the document.
        unaimed: names of projects that have a budget but no aim.
        goal: what the department as a whole is to do in the year, "" where none is printed.
    """

    department: str
    year: int | None
    region: str | None
    overall: tuple[Aim, ...]
    projects: tuple[PlannedProject, ...]
    unaimed: tuple[str, ...] = ()
    goal: str = ""

    def project(self, name: str) -> PlannedProject | None:
        """A project by name, in any width and spacing."""
        return next((p for p in self.projects if keyed(p.name) == keyed(name)), None)


Item = TypeVar("Item")


def arranged(items: Sequence[Item], aim: Callable[[Item], Aim]) -> tuple[Item, ...]:
    """Items of aims with those of one level beside each other, levels in the order in which they first come.

    A summary prints the levels side by side, so that the order of its lines mixes them.
    """
    order: dict[tuple[str, ...], int] = {}
    for item in items:
        path = aim(item).path
        for length in range(1, len(path) + 1):
            order.setdefault(path[:length], len(order))
    return tuple(sorted(items, key=lambda item: [order[aim(item).path[:n]] for n in range(1, len(aim(item).path) + 1)]))


def plan_of(disclosure: Disclosure, dialect: Dialect | None) -> Plan:
    """The plan that a disclosure publishes."""
    budgets = dict(_budgets(disclosure, dialect)) if dialect else {}
    overall: list[Aim] = []
    by_project: dict[str, list[Aim]] = {}
    names: dict[str, str] = {}
    for indicator in indicators(disclosure):
        if indicator.kind == OVERALL:
            overall.append(_aim(indicator))
        else:
            names.setdefault(plain(indicator.project), indicator.project)
            by_project.setdefault(plain(indicator.project), []).append(_aim(indicator))
    goals = goals_of(disclosure)
    projects = tuple(
        PlannedProject(names[key], budgets.get(key), tuple(aims), goals.of(keyed(names[key])), goals.units.get(keyed(names[key]), ""))
        for key, aims in by_project.items()
    )
    unaimed = tuple(name for name in budgets if name not in by_project)
    return Plan(disclosure.department or "", disclosure.year, disclosure.region, tuple(overall), projects, unaimed, goals.of(""))


def _aim(indicator: Indicator) -> Aim:
    path = tuple(level for level in (indicator.first, indicator.second) if level)
    unclear = unjudgeable(indicator)
    return Aim(path, indicator.name, indicator.target, indicator.unit, indicator.note, None, indicator.place, unclear)


def _budgets(disclosure: Disclosure, dialect: Dialect) -> Iterator[tuple[str, Decimal]]:
    """The year's whole amount of each project, in 元; a name that several projects share is left out."""
    found: dict[str, dict[str, Decimal]] = {}
    for figure in understand(disclosure, dialect).figures:
        if figure.amount is None or figure.claim is not None:
            continue
        code = _project_of(figure, dialect)
        if code:
            found.setdefault(code.partition("@")[0], {}).setdefault(code, figure.amount.yuan)
    for name, amounts in found.items():
        if len(amounts) == 1:
            yield name, next(iter(amounts.values()))


def _project_of(figure: Figure, dialect: Dialect) -> str | None:
    """The project whose whole budget of the year a figure is, None if it is another amount."""
    sides = dict(figure.box(dialect.axes).sides)
    meant = dict(dialect.meant.sides)
    project = sides.get("project")
    if project is None or project.single is None:
        return None
    bound = {axis for axis, selection in sides.items() if meant.get(axis) != selection}
    year = sides.get("year")
    return str(project.single) if bound <= _OF_A_PROJECT and (year is None or year.single in (None, "0")) else None
