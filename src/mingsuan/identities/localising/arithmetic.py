"""Printed amounts as integers, and the identities over them: what an edit repairs and what it breaks, exactly and fast.

The unit is half of the finest last digit of the document, so that amounts and the rounding that they hide are both whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.identity import Identity, Sort, cut_off
from mingsuan.identities.localising.causes import Edits
from mingsuan.values import dataclass

State = dict[int, tuple[int, int, bool]]
"""Value, half and blank of the figures that do not stand as they are printed."""


@dataclass(slots=True, eq=False)
class Equation:
    """An identity over numbered figures.

    Attributes:
        slack: what claims printed more coarsely than cells may be cut off by, in units.
        contained: the left is at most the right.
        lifts: witnesses of which a change ends what they bear witness of: blanks and zeros. Numbers that add up exactly, or a 其中 as
            large as its whole, do not come about by a slip.
        signs: of every member, how often it counts on the left, less how often on the right.
        difference: left minus right of the figures as they stand, kept up with every edit: lists have thousands of rows.
        tolerance: how much rounding could explain, slack among it; a difference must be smaller.
        excess, shortfall: how much less it could explain where the left, where the right is larger: zeros hide nothing below them.
    """

    identity: Identity
    left: tuple[int, ...]
    right: tuple[int, ...]
    slack: int
    contained: bool
    lifts: frozenset[int]
    signs: Mapping[int, int]
    difference: int = 0
    tolerance: int = 0
    excess: int = 0
    shortfall: int = 0

    def sign(self, number: int) -> int:
        """How often a figure counts on the left, less how often on the right."""
        return self.signs.get(number, 0)

    def has(self, figures: Iterable[int]) -> bool:
        """Whether one of some figures is a member."""
        return any(n in self.signs for n in figures)


@dataclass(frozen=True, slots=True)
class Value:
    """What a figure is or may be: in units, None where blank; and half of its last digit."""

    units: int | None
    half: int


class Arithmetic:
    """The figures of a disclosure as integers, with the equations that each is in.

    Identities are compiled when a figure of theirs is first asked for: a slip concerns a few of thousands.

    Attributes:
        unit: 元 per unit.
        values: figures in units, 0 where blank.
        halves: half of each figure's last digit, 0 where blank.
        blank: whether a figure prints nothing.
    """

    def __init__(self, figures: Sequence[Figure], identities: Iterable[Identity]) -> None:
        """Take figures and identities; those with an unreadable figure are undecided and left out."""
        self.figures = figures
        self.unit = min((f.amount.half for f in figures if f.amount is not None), default=Decimal(1))
        self.values = [0 if f.amount is None else int(f.amount.yuan / self.unit) for f in figures]
        self.halves = [0 if f.amount is None else int(f.amount.half / self.unit) for f in figures]
        self.blank = [f.amount is None for f in figures]
        self.unreadable = {n for n, f in enumerate(figures) if f.unreadable}
        self.claimed = {n for n, f in enumerate(figures) if f.claim is not None}
        self._loose = {n for n, value in enumerate(self.values) if not value}
        self._lifts: dict[frozenset[int], frozenset[int]] = {}
        self._identities = list(identities)
        self._of_figure: dict[int, tuple[Equation, ...]] = {}
        self._compiled: dict[int, Equation | None] = {}
        self._printed: State = {}
        self._changed: State = {}
        self._places: dict[int, list[int]] = {}
        for place, identity in enumerate(self._identities):
            for n in identity.left:
                self._places.setdefault(n, []).append(place)
            for n in identity.right:
                self._places.setdefault(n, []).append(place)

    def of(self, number: int) -> tuple[Equation, ...]:
        """The equations that a figure is a member of."""
        found = self._of_figure.get(number)
        if found is None:
            compiled = map(self._at, dict.fromkeys(self._places.get(number, ())))
            found = self._of_figure[number] = tuple(e for e in compiled if e is not None)
        return found

    @property
    def equations(self) -> list[Equation]:
        """All of them."""
        compiled = map(self._at, range(len(self._identities)))
        return [e for e in compiled if e is not None]

    def compiled(self, identities: Iterable[Identity]) -> list[Equation]:
        """The equations of some of the identities, known by their objects, in the order of all."""
        wanted = set(map(id, identities))
        places = (place for place, identity in enumerate(self._identities) if id(identity) in wanted)
        return [e for place in places if (e := self._at(place)) is not None]

    def _at(self, place: int) -> Equation | None:
        if place not in self._compiled:
            self._compiled[place] = self._compile(self._identities[place])
        return self._compiled[place]

    def _compile(self, identity: Identity) -> Equation | None:
        """An identity over the figures as they stand; None where an unreadable one leaves it undecided."""
        members = identity.members
        if self.unreadable and not self.unreadable.isdisjoint(members):
            return None
        values, halves = self.values, self.halves
        signs = dict.fromkeys(identity.left, 1) | dict.fromkeys(identity.right, -1)
        if len(signs) != len(members):
            signs = {n: identity.left.count(n) - identity.right.count(n) for n in signs}
        slack = 0 if self.claimed.isdisjoint(members) else self.units(cut_off(identity, self.figures))
        equation = Equation(identity, identity.left, identity.right, slack, identity.sort is Sort.CONTAINED, self._lifting(identity), signs)
        equation.difference = sum([values[n] for n in identity.left]) - sum([values[n] for n in identity.right])
        equation.tolerance = sum([halves[n] for n in members]) + slack
        if not identity.signed:
            equation.excess = sum(map(self.hidden, identity.left))
            equation.shortfall = sum(map(self.hidden, identity.right))
        return equation

    def hidden(self, n: int) -> int:
        """The half digit that a printed zero hides above nothing only; a sentence says how little something changed, too."""
        return 0 if self.values[n] or n in self.claimed else self.halves[n]

    def _lifting(self, identity: Identity) -> frozenset[int]:
        found = self._lifts.get(identity.witnesses)
        if found is None:
            found = self._lifts[identity.witnesses] = identity.witnesses & self._loose
        return found

    def units(self, yuan: Decimal) -> int:
        """An amount in units; what falls between two units goes to the nearest (a slip may have printed more digits than its table)."""
        return int((yuan / self.unit).to_integral_value())

    def value(self, amount: Amount | None) -> Value:
        """An amount as an edit of the integers."""
        return Value(None, 0) if amount is None else Value(self.units(amount.yuan), self.units(amount.half))

    def difference(self, equation: Equation) -> int:
        """Left minus right."""
        return equation.difference

    def tolerance(self, equation: Equation) -> int:
        """How much rounding could explain; a difference must be smaller."""
        return equation.tolerance

    def fails(self, equation: Equation) -> bool:
        """Whether printed digits do not meet it."""
        difference = equation.difference
        if difference == 0 or (equation.contained and difference < 0):
            return False
        if difference > 0:
            return difference >= equation.tolerance - equation.excess
        return -difference >= equation.tolerance - equation.shortfall

    @contextmanager
    def edited(self, edits: Mapping[int, Value]) -> Iterator[None]:
        """The figures with some edits, for a while."""
        before = {n: (self.values[n], self.halves[n], self.blank[n]) for n in edits}
        self.apply(edits)
        try:
            yield
        finally:
            for n, (value, half, blank) in before.items():
                self._set(n, value, half, blank)

    def apply(self, edits: Mapping[int, Value]) -> None:
        """Edit for good."""
        for n, value in edits.items():
            self._set(n, value.units or 0, value.half, value.units is None)

    def _set(self, n: int, value: int, half: int, blank: bool) -> None:
        equations = self.of(n)  # compiled before the figure changes
        wanted = (value, half, blank)
        if wanted == self._printed.setdefault(n, (self.values[n], self.halves[n], self.blank[n])):
            self._changed.pop(n, None)
        else:
            self._changed[n] = wanted
        more, wider, hidden = value - self.values[n], half - self.halves[n], self.hidden(n)
        self.values[n], self.halves[n], self.blank[n] = value, half, blank
        hidden = self.hidden(n) - hidden
        for e in equations:
            e.difference += e.signs[n] * more
            if wider:
                e.tolerance += wider * ((e.left + e.right).count(n) if e.signs[n] not in (1, -1) else 1)
            if hidden and not e.identity.signed:
                e.excess += hidden * e.left.count(n)
                e.shortfall += hidden * e.right.count(n)

    def state(self) -> State:
        """The figures as they stand, to come back to."""
        return dict(self._changed)

    def restore(self, state: State) -> None:
        """Come back to a state; it can be restored again."""
        for n in (self._changed.keys() | state.keys()) if self._changed != state else ():
            wanted = state.get(n, self._printed[n])
            if wanted != (self.values[n], self.halves[n], self.blank[n]):
                self._set(n, *wanted)

    def touched(self, edits: Iterable[int]) -> list[Equation]:
        """The equations that some figures are members of."""
        found: dict[int, Equation] = {}
        for n in edits:
            for equation in self.of(n):
                found[id(equation)] = equation
        return list(found.values())

    def amounts(self, edits: Mapping[int, Value], like: Mapping[int, Amount]) -> Edits:
        """Edits as amounts; `like` says how a figure that prints nothing would print."""
        found = []
        for n, value in edits.items():
            pattern = self.figures[n].amount or like.get(n)
            amount = None if value.units is None or pattern is None else Amount(value.units * self.unit, pattern.unit, pattern.decimals)
            found.append((n, amount))
        return tuple(found)
