"""Single slips that may have caused a violation: another number in one cell, an amount in the wrong column, two amounts exchanged."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import field
from functools import cached_property
from typing import NamedTuple

from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.localising import weights
from mingsuan.identities.localising.arithmetic import Arithmetic, Equation, Value
from mingsuan.identities.localising.causes import Candidate, Extent
from mingsuan.identities.localising.edits import (
    EXCHANGED_DIGITS,
    MOVED,
    RARITY,
    SWAPPED,
    TYPED,
    apart,
    doubled,
    slips,
)
from mingsuan.identities.localising.habits import Habits
from mingsuan.identities.localising.naming import Naming
from mingsuan.values import dataclass

ECHO = 100
"""Last digits of the smallest number that is hardly printed twice by chance."""


class Proposal(NamedTuple):
    """An edit of one slip.

    Attributes:
        edits: figures and what they would be.
        slip: its kind where that does not follow from the numbers (a move, an exchange).
    """

    edits: tuple[tuple[int, Value], ...]
    slip: str = ""

    @property
    def figures(self) -> frozenset[int]:
        """The figures that it changes."""
        return frozenset(n for n, _ in self.edits)


@dataclass
class Proposer:
    """Makes proposals from what is violated.

    Attributes:
        meaning: what the figures stand for.
        arithmetic: the figures as they stand, edits of causes already explained among them.
        habits: what its tables usually print.
        unusual: whether custom has nothing where a figure stands.
        naming: what slips are called.
    """

    meaning: Meaning
    arithmetic: Arithmetic
    unusual: Callable[[int], bool] = field(default=lambda _: False)
    _slips: dict[int, list[int]] = field(default_factory=dict)
    _moves: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _within: dict[tuple[int, ...], tuple[Proposal, ...]] = field(default_factory=dict)
    _rarities: dict[Proposal, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Know what tables usually print, and what slips are called."""
        self.habits = Habits(self.arithmetic)
        self.naming = Naming(self.meaning, self.arithmetic)

    def of(self, failing: Sequence[Equation], among: Collection[int] | None = None) -> Iterator[Proposal]:
        """Proposals for some violated equations, each once; `among` some figures only, where they are given."""
        wanted: dict[int, dict[int, None]] = {}
        for number, value in self._wants(failing, among, fill=False):
            if value.units is not None and value.units not in wanted.setdefault(number, {}):
                wanted[number][value.units] = None
                yield Proposal(((number, value),))
        members = dict.fromkeys(n for e in failing for n in e.signs)
        for number in members if among is None else among:
            for target in self.beside(number):
                yield self.moved(number, target)
            if among is not None and self.arithmetic.blank[number]:
                yield from (self.moved(n, number) for n in self.adjacent(number) if n in members and not self.arithmetic.blank[n])
        if among is not None and wanted:
            alike = self._printing(members, {value for values in wanted.values() for value in values})
            for number, value in self._wants(failing, alike - wanted.keys(), fill=False):
                wanted.setdefault(number, {})[value.units or 0] = None
        yield from self._exchanges(wanted)

    def _printing(self, members: Iterable[int], units: Collection[int]) -> set[int]:
        values = self.arithmetic.values
        return {n for n in members if values[n] in units and not self.arithmetic.blank[n]}

    def filled(self, failing: Iterable[Equation], among: Collection[int] | None = None) -> Iterator[Proposal]:
        """Proposals of an amount where nothing is printed."""
        yield from dict.fromkeys(Proposal(((n, v),)) for n, v in self._wants(failing, among, fill=True) if self.arithmetic.blank[n])

    def _wants(self, failing: Iterable[Equation], among: Collection[int] | None, *, fill: bool) -> Iterator[tuple[int, Value]]:
        """What each figure would have to be, exactly printed equations first."""
        for equation in sorted(failing, key=self.arithmetic.tolerance):
            difference = self.arithmetic.difference(equation)
            for number in equation.signs if among is None else [n for n in among if n in equation.signs]:
                value = self.wanted(number, equation, difference, fill=fill)
                if value is not None:
                    yield number, value

    def moved(self, number: int, target: int) -> Proposal:
        """The amount of one figure in the place of another."""
        return Proposal(((number, Value(None, 0)), (target, self._value(number))), MOVED)

    def wanted(self, number: int, equation: Equation, difference: int, *, fill: bool = False) -> Value | None:
        """What one figure would have to be for one equation to hold exactly, to its own last digit; None where that is what it is."""
        sign = equation.sign(number)
        half = self.arithmetic.halves[number]
        if self.arithmetic.blank[number]:
            half = self.habits.half_of_blank(number) if fill else 0
        if not sign or not half:
            return None
        step = 2 * half
        units = _to_step(self.arithmetic.values[number] * sign - difference, sign * step) * step
        return Value(units, half) if units != self.arithmetic.values[number] else None

    def typed_near(self, number: int, units: int, reach: int) -> list[Value]:
        """What the number that is printed may have been before a known slip, within `reach` of a value that rounded sums ask for."""
        amount = self.arithmetic.figures[number].amount
        if amount is None:
            return []
        half = self.arithmetic.units(amount.half)
        known = self._slips.get(number)
        if known is None:
            known = self._slips[number] = sorted(slips(self.arithmetic.units(amount.yuan) // (2 * half), amount.decimals))
        first = bisect_left(known, -(-(units - reach) // (2 * half)))
        last = bisect_right(known, (units + reach) // (2 * half))
        return [Value(v * 2 * half, half) for v in known[first:last]]

    def within(self, equation: Equation) -> Sequence[Proposal]:
        """Known slips that may have made a part larger than its whole; not of digits, of which there are too many for a mere ≤ to tell."""
        if not equation.contained:
            return ()
        key = (id(equation), *(self.arithmetic.values[n] for n in (*equation.left, *equation.right)))
        found = self._within.get(key)
        if found is None:
            found = self._within[key] = tuple(self._parts_within(equation))
        return found

    def _parts_within(self, equation: Equation) -> Iterator[Proposal]:
        off = self.arithmetic.difference(equation)
        for n in (*equation.left, *equation.right):
            half, sign, printed = self.arithmetic.halves[n], equation.sign(n), self.arithmetic.values[n]
            for value in self.typed_near(n, printed, 10 * abs(off) + 10 * abs(printed)) if half and not self.arithmetic.blank[n] else ():
                made = Proposal(((n, value),))
                fits = value.units is not None and value.units >= 0 and (value.units - printed) * sign <= -off
                if fits and self.rarity(made) <= 1:
                    yield made

    def rarity(self, proposal: Proposal) -> int:
        """How many numbers a slip of its kind may make of one (`edits.RARITY`); of two figures, few."""
        found = self._rarities.get(proposal)
        if found is None:
            found = self._rarities[proposal] = self._rare(proposal)
        return found

    def _rare(self, proposal: Proposal) -> int:
        if proposal.slip:
            return 0
        made = self.candidate(proposal)
        printed, wanted = self.arithmetic.figures[made.figure].amount, made.edits[0][1]
        if printed is not None and wanted is not None and doubled(printed, wanted):
            return 0
        if made.operation == EXCHANGED_DIGITS and printed is not None and wanted is not None and apart(printed, wanted):
            return 3
        return RARITY.get(made.operation, 3)

    def _value(self, number: int) -> Value:
        blank = self.arithmetic.blank[number]
        return Value(None if blank else self.arithmetic.values[number], self.arithmetic.halves[number])

    def beside(self, number: int) -> Sequence[int]:
        """The blank figures in the columns beside a printed one."""
        blank = self.arithmetic.blank
        return () if blank[number] else [t for t in self.adjacent(number) if blank[t]]

    def adjacent(self, number: int) -> tuple[int, ...]:
        """The figures in the columns beside one."""
        found = self._moves.get(number)
        if found is None:
            found = self._moves[number] = tuple(self._beside(self.arithmetic.figures[number]))
        return found

    def _beside(self, figure: Figure) -> Iterator[int]:
        columns = self._columns.get((figure.table, figure.form_column))
        if columns is None:
            return
        place = columns.index(figure.form_column)
        for other in columns[max(0, place - 1) : place] + columns[place + 1 : place + 2]:
            target = self.meaning.by_cell.get((figure.table, figure.row, other))
            if target is not None:
                yield target

    @cached_property
    def _columns(self) -> Mapping[tuple[int, str], tuple[str, ...]]:
        """The amount columns of the block that a column is in."""
        return {(t.index, c): tuple(b.columns) for t in self.meaning.tables for b in t.blocks for c in b.columns}

    def _exchanges(self, wanted: Mapping[int, Mapping[int, None]]) -> Iterator[Proposal]:
        """Two printed amounts of one row or one column, each of which would have to be the other."""
        by_value: dict[int, list[int]] = {}
        for number in wanted:
            by_value.setdefault(self.arithmetic.values[number], []).append(number)
        for number, values in wanted.items():
            for value in values:
                for other in by_value.get(value, ()):
                    if number < other and self.arithmetic.values[number] in wanted[other] and self._in_line(number, other):
                        yield Proposal(((number, self._value(other)), (other, self._value(number))), SWAPPED)

    def _in_line(self, number: int, other: int) -> bool:
        one, two = self.arithmetic.figures[number], self.arithmetic.figures[other]
        return one.table == two.table >= 0 and (one.row == two.row or one.form_column == two.form_column)

    def candidate(self, proposal: Proposal) -> Candidate:
        """A proposal in amounts, with the name of its slip."""
        like = {n: a for n, _ in proposal.edits if (a := self.habits.like(n)) is not None}
        edits = self.arithmetic.amounts(dict(proposal.edits), like)
        extent = Extent.CELL if len(edits) == 1 or proposal.slip == MOVED else Extent.CELLS
        return Candidate(edits, proposal.slip or self.naming.slip(*edits[0]), extent)

    def cost(self, proposal: Proposal) -> int:
        """What a proposal costs by its kind (`weights`)."""
        if proposal.slip:
            return weights.SLIP
        ((n, value),) = proposal.edits
        if self.arithmetic.blank[n]:
            return weights.FILLED
        if not self.typed(proposal):
            return weights.NEGATIVE if (value.units or 0) < 0 <= self.arithmetic.values[n] else weights.ARBITRARY
        if self.habits.strange(n, value.units):
            return weights.SIGN
        return weights.UNSAID if self.habits.unsaid(n, value.units) else weights.SLIP

    def echoed(self, proposal: Proposal) -> bool:
        """Whether an edit makes a figure what another one prints that its region holds or lies in: amounts recur, and not by chance."""
        if len(proposal.edits) != 1:
            return False
        ((n, value),) = proposal.edits
        if not value.units or abs(value.units) < ECHO * 2 * value.half:
            return False
        values = self.arithmetic.values
        pairs = (e for e in self.arithmetic.of(n) if e.contained and len(e.left) == len(e.right) == 1)
        return any(values[e.left[0] if e.right[0] == n else e.right[0]] == value.units for e in pairs)

    def role(self, n: int) -> int:
        """What changing a figure costs by its role (`weights`)."""
        equations = [e for e in self.arithmetic.of(n) if not e.contained]
        total = any(e.left == (n,) and len(e.right) > 1 and e.identity.declared for e in equations)
        held = sum(1 for e in equations if not self.arithmetic.fails(e))
        return weights.of_role(total=total, claim=self.arithmetic.figures[n].claim is not None, confirmations=held)

    def typed(self, proposal: Proposal) -> bool:
        """Whether it undoes a known slip; a number where the table means nothing is one if a slip may make it of a zero."""
        if proposal.slip:
            return proposal.slip in TYPED
        ((number, value),) = proposal.edits
        if self.habits.unsaid(number, value.units):
            return bool(self.typed_near(number, 0, 0))
        return self.candidate(proposal).operation in TYPED


def _to_step(value: int, step: int) -> int:
    """A quotient rounded to the nearest integer, half to even."""
    quotient, rest = divmod(value, step)
    twice = 2 * rest
    if step < 0:
        twice, step = -twice, -step
    return quotient + (twice > step or (twice == step and quotient % 2))
