"""The rows under a total: which of their options make the columns add up to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.model import Row
from mingsuan.reading.flattened.reading import Open
from mingsuan.reading.flattened.sums import Addends, Budget, Choice, Solution, Sums, TooMany, components, solve
from mingsuan.values import dataclass

_UNSOLVED = 100_000
"""What speaks against a total to which a group of columns cannot be made to add up."""

Columns = tuple[str, ...]
"""An option: the column path of each amount of a run."""


def held(run: Open, option: Sequence[str]) -> dict[str, Amount]:
    """The amounts of a run by column, one of its options chosen."""
    return {p: c.amount for p, c in zip(option, run.cells, strict=True) if c.amount is not None}


def amounts(row: Row) -> dict[str, Amount]:
    """The amounts of a row by column."""
    return {p: c.amount for p, c in row.cells.items() if c.amount is not None}


@dataclass(frozen=True)
class Addend:
    """An open row.

    Attributes:
        options: those that are left.
        costs: what speaks against each in each column.
    """

    run: Open
    options: Sequence[Columns]
    costs: Sequence[Mapping[str, int]]


@dataclass(frozen=True)
class Solved:
    """How well rows add up to a total, and the options of each with which they do, the best first."""

    cost: int
    left: tuple[Sequence[Columns], ...]


@dataclass(frozen=True)
class Children:
    """Open rows and what the others hold, ready to be added up.

    Attributes:
        rows: the open rows.
        sums: what each option of each puts into each column, in `step`s of yuan.
        fixed: what all else puts into each column.
        groups: columns that can be settled by themselves.
        choices: for each group and row the distinct choices.
        slack: what rounding allows, in steps.
    """

    rows: Sequence[Addend]
    paths: Sequence[str]
    step: Decimal
    sums: Sequence[Sequence[Sums]]
    fixed: Sums
    groups: Sequence[tuple[int, ...]]
    choices: Sequence[Sequence[tuple[Choice, ...]]]
    slack: int

    @classmethod
    def of(
        cls,
        rows: Sequence[Addend],
        every: Mapping[int, Mapping[str, Amount]],
        paths: Sequence[str],
        together: Sequence[Sequence[int]],
    ) -> Children:
        """Rows under a total.

        Args:
            rows: the open ones.
            every: number of each row, open or not → its amounts as they are now.
            paths: the columns.
            together: numbers of columns that are parts of one total.
        """
        step = min((a.step for row in every.values() for a in row.values()), default=Decimal(1))
        waiting = {row.run.row: {p for option in row.options for p in option} for row in rows}
        fixed = tuple(
            sum(_steps(row.get(path), step) for number, row in every.items() if path not in waiting.get(number, ())) for path in paths
        )
        sums = [_sums(row, paths, step) for row in rows]
        groups = components(sums, together)
        choices = [[_choices(group, paths, row, own) for row, own in zip(rows, sums, strict=True)] for group in groups]
        return cls(rows, paths, step, sums, fixed, groups, choices, (len(every) + 1) // 2)

    def solve(self, whole: Mapping[str, Amount], budget: Budget, solved: dict[Addends, Solution | None]) -> Solved:
        """Make the columns add up to a total; a group of columns for which that cannot be done stays open."""
        targets = [_steps(whole.get(p), self.step) - f for p, f in zip(self.paths, self.fixed, strict=True)]
        cost = 0
        left: list[list[Columns]] = [list(row.options) for row in self.rows]
        for group, choices in zip(self.groups, self.choices, strict=True):
            addends = Addends(tuple(choices), tuple(targets[c] for c in group), self.slack)
            if addends not in solved:
                solved[addends] = _solution(addends, budget)
            solution = solved[addends]
            if solution is None:
                cost += _UNSOLVED
                continue
            cost += solution.cost
            left = [self._left(n, group, choices[n], solution, options) for n, options in enumerate(left)]
        return Solved(cost, tuple(left))

    def _left(
        self, number: int, group: Sequence[int], choices: Sequence[Choice], solution: Solution, options: Sequence[Columns]
    ) -> list[Columns]:
        """The options of a row that a solution allows, the one that it prefers first."""
        row = self.rows[number]
        shown = {o: tuple(s[c] for c in group) for o, s in zip(row.options, self.sums[number], strict=True)}
        possible = {choices[n].sums for n in solution.possible[number]}
        first = choices[solution.first[number]].sums
        return sorted((o for o in options if shown[o] in possible), key=lambda o: shown[o] != first)


def _solution(addends: Addends, budget: Budget) -> Solution | None:
    try:
        return solve(addends, budget)
    except TooMany:
        return None


def _choices(group: Sequence[int], paths: Sequence[str], row: Addend, sums: Sequence[Sums]) -> tuple[Choice, ...]:
    """What a row's options put into some columns, each with the least that speaks against it."""
    found: dict[Sums, int] = {}
    for option, own, costs in zip(row.options, sums, row.costs, strict=True):
        shown = tuple(own[c] for c in group)
        total = row.run.cost[option] + sum(costs.get(paths[c], 0) for c in group)
        found[shown] = min(total, found.get(shown, total))
    return tuple(Choice(s, c) for s, c in found.items())


def _sums(row: Addend, paths: Sequence[str], step: Decimal) -> list[Sums]:
    """What each option of a row puts into each column."""
    steps = [_steps(c.amount, step) for c in row.run.cells]
    return [tuple(at.get(p, 0) for p in paths) for at in (dict(zip(o, steps, strict=True)) for o in row.options)]


def _steps(amount: Amount | None, step: Decimal) -> int:
    return 0 if amount is None else int(amount.yuan / step)
