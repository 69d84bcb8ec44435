"""One year and measure of a disclosure: what its figures ask for, the amounts that meet it, and the lines they make."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import cached_property

from mingsuan.compiling.lifting.axes import SPENT, choices
from mingsuan.compiling.lifting.bounds import told
from mingsuan.compiling.lifting.cells import SHARED, Maker, Side
from mingsuan.compiling.lifting.demands import demands, grain_of, printed, terms
from mingsuan.compiling.lifting.join import Portion, joined
from mingsuan.compiling.lifting.kinds import one_kind_each
from mingsuan.compiling.lifting.lists import unlisted
from mingsuan.compiling.lifting.problem import Problem, problem
from mingsuan.compiling.lifting.solve import Solution, Unsolved, solve
from mingsuan.dialects.dialect import Dialect
from mingsuan.dialects.meaning.understand import Meaning
from mingsuan.identities.bits import Bits
from mingsuan.identities.growing import Emptiness, grown
from mingsuan.ledger import Box, Line
from mingsuan.model import Disclosure
from mingsuan.values import dataclass

EXACT_AT_MOST = 5_000
"""Cells of problems of which an answer in the last printed digits is tried before one with more digits."""


@dataclass(frozen=True)
class Answer:
    """What was found of one year and measure.

    Attributes:
        lines: with whether the figures determine each.
        asked, found: the problem and its solution.
    """

    lines: tuple[tuple[Line, bool], ...]
    asked: Problem
    found: Solution


@dataclass(frozen=True)
class Part:
    """The figures of one year and measure.

    Attributes:
        chosen: their numbers.
        usual: the fund of most of this year's money where these are of another year or measure, "" for the budget itself.
    """

    meaning: Meaning
    disclosure: Disclosure
    dialect: Dialect
    year: str
    measure: str
    chosen: tuple[int, ...]
    usual: str

    @cached_property
    def groups(self) -> tuple[tuple[int, ...], ...]:
        """Figures that stand for one region together."""
        return tuple(terms(self.meaning, self.chosen))

    @cached_property
    def loud(self) -> tuple[tuple[int, ...], ...]:
        """Those that print an amount other than zero."""
        return tuple(g for g in self.groups if any(a.yuan for a in printed(self.meaning.figures, g)))

    def answer(self, suspects: Callable[[], frozenset[int]]) -> Answer:
        """Amounts that meet the figures, in the last printed digit if they can, or else as finely as parts are rounded.

        Args:
            suspects: figures that are likelier wrong than others; asked for only where not all can be met.
        """
        grain = grain_of(self.meaning, self.chosen, finer=False)
        asked = self._asked(grain, frozenset())
        found = _exactly(asked)
        if found is None:
            grain = grain_of(self.meaning, self.chosen, finer=True)
            asked = self._asked(grain, frozenset())
            found = solve(asked)
            if found.missed and (doubted := suspects()):
                asked = self._asked(grain, doubted)
                found = solve(asked)
            found = _natural(asked, found)
        asked, found = _of_one_kind(asked, found)
        sure = told(asked, found.missed)
        lines = tuple(self._line(p, grain) for p in joined(asked.sides, found.amounts, sure, self.meaning.year))
        return Answer(lines, asked, found)

    def _asked(self, grain: Decimal, suspects: frozenset[int]) -> Problem:
        bits, sides = self._space
        return problem(sides, demands(self.meaning, bits, self.groups, grain, suspects)[0])

    @cached_property
    def _space(self) -> tuple[Bits, tuple[Side, ...]]:
        """The cells that may hold money."""
        axes, absent = self.dialect.axes, self.dialect.absent
        loud = set(self.loud)
        regions = list({self.meaning.figures[g[0]].box(axes) for g in self.loud})
        silent_regions = list({self.meaning.figures[g[0]].box(axes) for g in self.groups if g not in loud})
        options = choices(axes, regions, silent_regions, self.disclosure, self.usual)
        left_out = list(unlisted(self.meaning, options))
        bits = Bits.over(axes, [*{b for n in self.chosen for b in self.meaning.figures[n].boxes}, *options.boxes(), *absent, *left_out])
        asked, silent = demands(self.meaning, bits, self.groups, Decimal(1), frozenset())
        masks = {d.mask for d in asked}
        nowhere = {bits.box(b) for b in left_out}
        nothing = {*(d.mask for d in silent), *map(bits.box, absent), *(m for m in nowhere if not any(not d & ~m for d in masks))}
        empty = grown(bits, [Emptiness(mask, frozenset()) for mask in nothing])
        whole = bits.box(Box.parse(axes, {"year": self.year, "measure": self.measure}))
        usual = not any({"人员经费", "公用经费"} & set(r.lookup["kind"].nodes()) for r in regions if "kind" in r.lookup)
        named = {axis for r in regions for axis in r.lookup}
        maker = Maker(bits, options, [e.mask for e in empty], whole, usual)
        return bits, maker.sides(classes=bool(named & {"department", "government"}), projects="project" in named)

    def _line(self, portion: Portion, grain: Decimal) -> tuple[Line, bool]:
        shared = dict(zip(SHARED, portion.shared, strict=True))
        del shared["head"]
        spent = shared["use"] == SPENT
        department, government = (code.replace("?", "") for code in portion.pair)
        line = Line(
            amount=portion.amount * grain,
            **shared,
            function=portion.function if spent or "function" not in self.dialect.axes.spending else "",
            department=department,
            government=government,
            project=portion.project,
            year=self.year,
            measure=self.measure,
        )
        return line, portion.told


def _exactly(asked: Problem) -> Solution | None:
    """Amounts in the last printed digits that meet all demands, None where there are none: parts that were rounded on their own.

    Of a large problem the answer is not worth the time.
    """
    if sum(len(side.cells) for side in asked.sides) > EXACT_AT_MOST:
        return None
    try:
        found = solve(asked)
    except Unsolved:
        return None
    return None if found.missed else found


def _natural(asked: Problem, found: Solution) -> Solution:
    """Amounts that do not lean towards the demands that they miss anyway."""
    if not found.missed:
        return found
    missed = frozenset(found.missed)
    met = replace(asked, rows=tuple(row for row in asked.rows if row.demand not in missed))
    try:
        again = solve(met)
    except Unsolved:
        return found
    return found if again.missed else replace(again, missed=found.missed)


def _of_one_kind(asked: Problem, found: Solution) -> tuple[Problem, Solution]:
    """Amounts in which every project has one kind, where there are such."""
    fewer = one_kind_each(asked, found)
    if fewer is None:
        return asked, found
    try:
        again = solve(fewer)
    except Unsolved:
        return asked, found
    return (asked, found) if set(again.missed) - set(found.missed) else (fewer, again)
