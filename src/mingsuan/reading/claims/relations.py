"""Relations between a change and its base: growth, differences of two years.

Every relation is a frozen value with what is printed and what is expected; it holds when the interval that the printed digits leave open
meets the interval that the other printed numbers imply, so a rounding difference is never a violation. Nothing here compares with tables.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claims.change_links import CHANGE_OF
from mingsuan.reading.claims.links import GROWTH_OF, GROWTH_OF_TWO, half_of, value_of
from mingsuan.values import dataclass

NEAR = 60


"""Claims around one that are looked at for what belongs to it; no list of a real narrative is longer."""


FALLS = frozenset({"减少", "下降", "降低", "压减", "压缩", "缩减", "节约", "调减", "净减", "降幅"})


"""Directions downwards; all others are upwards."""


@dataclass(frozen=True, slots=True)
class Interval:
    """The values that a number may stand for; a closed interval."""

    low: Decimal
    high: Decimal

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both: strictly within, or both are exact and equal."""
        if self.low == self.high or other.low == other.high:
            return self.low <= other.high and other.low <= self.high
        return self.low < other.high and other.low < self.high

    def __contains__(self, value: Decimal) -> bool:
        return self.low <= value <= self.high


def interval(claim: Claim) -> Interval:
    """What a claim may stand for: half its last digit to either side, in 元, or as a fraction for a percentage."""
    value, half = value_of(claim), half_of(claim)
    return Interval(value - half, value + half)


@dataclass(frozen=True, slots=True)
class GrowthRelation:
    """A growth rate and the change and base that it follows from.

    Attributes:
        growth: the printed rate.
        change: the printed increase or decrease, None where the rate compares two printed amounts.
        amount: this year's amount, None where the base is printed.
        last: last year's amount where it is printed.
        base: last year's amount in 元 (or pieces), printed or derived.
        expected: change over base as a fraction, None for a zero base.
        bounds: the fractions that the printed amounts allow.
        zero_base: a rate is printed although nothing was there to grow from.
        same_direction: the words of the change and of the rate go the same way, or the rate's word that of the two amounts.
        holds: the printed rate may follow.
        rounds: the rate is what the printed amounts give when rounded; False with `holds` is an inaccuracy, not an error.
        wrong_base: the rate is the change over this year's amount, the commonest mistake.
    """

    growth: Claim
    change: Claim | None
    amount: Claim | None
    last: Claim | None
    base: Decimal
    expected: Decimal | None
    bounds: Interval | None
    zero_base: bool
    same_direction: bool
    holds: bool
    rounds: bool
    wrong_base: bool


def growth_relations(claims: Sequence[Claim]) -> tuple[GrowthRelation, ...]:
    """Every growth rate with what it must be by the change and the base beside it."""
    found = (
        _growth(claim, claims) if claim.relation == GROWTH_OF else _growth_of_two(claim, claims)
        for claim in claims
        if claim.relation in {GROWTH_OF, GROWTH_OF_TWO}
    )
    return tuple(relation for relation in found if relation is not None)


def contrary_words(claims: Sequence[Claim]) -> tuple[tuple[Claim, Claim], ...]:
    """Changes and the rates beside them of which one word rises and the other falls, also where no base is known."""
    rates = (claim for claim in claims if claim.relation == GROWTH_OF and claim.direction and claim.value)
    pairs = ((change, rate) for rate in rates if (change := linked(rate, "change", claims)) is not None)
    return tuple((c, r) for c, r in pairs if c.direction and c.value and (c.direction in FALLS) != (r.direction in FALLS))


def _growth_of_two(growth: Claim, claims: Sequence[Claim]) -> GrowthRelation | None:
    """A rate between two printed amounts (2023年45.41万元，2024年42.60万元，比2023年减少6.19%)."""
    amount, last = linked(growth, "amount", claims), linked(growth, "last", claims)
    if amount is None or last is None:
        return None
    now, then = interval(amount), interval(last)
    difference = value_of(amount) - value_of(last)
    same = difference == 0 or (growth.direction in FALLS) == (difference < 0)
    if then.low <= 0:
        no_base = value_of(last) == 0
        holds = not no_base or (difference == 0 and growth.value == 0)
        return GrowthRelation(growth, None, amount, last, value_of(last), None, None, no_base and not holds, same, holds, holds, False)
    low, high = now.low / then.high - 1, now.high / then.low - 1
    bounds = Interval(low, high) if low >= 0 else Interval(-high, -low) if high <= 0 else Interval(Decimal(0), max(-low, high))
    expected = abs(difference) / value_of(last)
    rounds = abs(expected - abs(value_of(growth))) <= half_of(growth)
    holds = bounds.meets(_magnitude(growth))
    by_amount = value_of(amount) != 0 and abs(abs(difference) / value_of(amount) - abs(value_of(growth))) <= half_of(growth)
    wrong_base = by_amount and not holds
    return GrowthRelation(growth, None, amount, last, value_of(last), expected, bounds, False, same, holds, rounds, wrong_base)


def _growth(growth: Claim, claims: Sequence[Claim]) -> GrowthRelation | None:
    change, amount, last = (linked(growth, name, claims) for name in ("change", "amount", "last"))
    if change is None or (amount is None and last is None):
        return None
    size = abs(value_of(change))
    falls = _falls(change)
    base = _base(change, amount, last)
    same = growth.direction is None or change.direction is None or (growth.direction in FALLS) == (change.direction in FALLS)
    printed = _magnitude(growth)
    if base is None:
        return None
    if base.low <= 0:
        exact = value_of(last) if last is not None else value_of(amount) + (size if falls else -size) if amount is not None else Decimal(0)
        least = max(interval(change).low, Decimal(0)) / base.high if base.high > 0 else None
        no_base = exact == 0 and (least is None or _magnitude(growth).high < least)
        holds = not no_base or (size == 0 and value_of(growth) == 0)
        return GrowthRelation(growth, change, amount, last, exact, None, None, no_base and not holds, same, holds, holds, False)
    moved = interval(change)
    bounds = Interval(max(moved.low, Decimal(0)) / base.high, moved.high / base.low)
    if last is None and amount is not None:
        bounds = _growth_bounds(interval(amount), moved, falls=falls)
    middle = value_of(last) if last is not None else _middle(base)
    expected = size / middle
    step = 2 * half_of(growth)
    rounds = abs(expected - abs(value_of(growth))) <= step / 2
    by_amount = amount is not None and value_of(amount) != 0 and Interval(*_around(size / value_of(amount), step)).meets(printed)
    holds = bounds.meets(printed)
    return GrowthRelation(growth, change, amount, last, middle, expected, bounds, False, same, holds, rounds, not holds and by_amount)


def _growth_bounds(amount: Interval, change: Interval, *, falls: bool) -> Interval:
    """Bounds of change / (amount ∓ change); the rate rises with the change and falls with the amount."""
    low_change, high_change = max(change.low, Decimal(0)), change.high
    if falls:
        return Interval(low_change / (amount.high + low_change), high_change / (amount.low + high_change))
    return Interval(low_change / (amount.high - low_change), high_change / (amount.low - high_change))


def _base(change: Claim, amount: Claim | None, last: Claim | None) -> Interval | None:
    if last is not None:
        return interval(last)
    if amount is None:
        return None
    now, moved = interval(amount), interval(change)
    if _falls(change):
        return Interval(now.low + moved.low, now.high + moved.high)
    return Interval(now.low - moved.high, now.high - moved.low)


def _middle(bounds: Interval) -> Decimal:
    return (bounds.low + bounds.high) / 2


def _around(value: Decimal, step: Decimal) -> tuple[Decimal, Decimal]:
    return value - step / 2, value + step / 2


def _magnitude(growth: Claim) -> Interval:
    """What a printed rate may stand for, without its sign."""
    size, half = abs(value_of(growth)), half_of(growth)
    return Interval(size - half, size + half)


def _falls(change: Claim) -> bool:
    return (change.direction in FALLS) != (change.value < 0)


def linked(claim: Claim, name: str, claims: Sequence[Claim]) -> Claim | None:
    """The claim that a name of another's relation stands for, None where it is derived."""
    index = claim.link(name)
    return None if index is None else claims[index]


@dataclass(frozen=True, slots=True)
class ChangeRelation:
    """A change and the two amounts that it lies between.

    Attributes:
        expected: this year's less last year's amount, with its sign, in 元 (or pieces).
        right_direction: the word goes the way of the sign.
        holds: the printed change may be the difference, and the word is right.
    """

    change: Claim
    amount: Claim
    last: Claim
    expected: Decimal
    right_direction: bool
    holds: bool


def change_relations(claims: Sequence[Claim]) -> tuple[ChangeRelation, ...]:
    """Every change whose two amounts are printed, last year's beside it, a sentence on, or in another part of its project."""
    found = []
    budgets = _last_budgets(claims)
    for claim in claims:
        amount, last = linked(claim, "amount", claims), linked(claim, "last", claims)
        if claim.relation == CHANGE_OF and amount is not None:
            last = last or _last_of_project(claim, amount, budgets)
            if last is not None:
                found.append(_change(claim, amount, last))
    return tuple(found)


def rises_above_all(claims: Sequence[Claim]) -> tuple[tuple[Claim, Claim], ...]:
    """Rises larger than what they led to and than all else in their sentence, each with that amount: last year's would be negative."""
    found = []
    for index, claim in enumerate(claims):
        amount = claims[index - 1] if index and claim.link("amount") == index - 1 else None
        if claim.relation != CHANGE_OF or amount is None or claim.direction is None or _falls(claim):
            continue
        around = [c for c in claims[max(0, index - NEAR) : index + NEAR] if c.sentence == claim.sentence and c.role is Role.AMOUNT]
        if amount in around and all(interval(claim).low >= interval(c).high for c in around) and interval(amount).high > 0:
            found.append((claim, amount))
    return tuple(found)


def _last_budgets(claims: Sequence[Claim]) -> Mapping[tuple[int | None, tuple[str, ...]], Sequence[Claim]]:
    """What is stated of last year's budgets, by year and project."""
    found: dict[tuple[int | None, tuple[str, ...]], list[Claim]] = {}
    for claim in claims:
        if claim.measure == "上年预算":
            found.setdefault((claim.year, project_scope(claim)), []).append(claim)
    return found


def _last_of_project(change: Claim, amount: Claim, budgets: Mapping[tuple[int | None, tuple[str, ...]], Sequence[Claim]]) -> Claim | None:
    """Last year's budget of a numbered project that another paragraph of it states, where only one amount is stated."""
    scope = project_scope(change)
    numbered = bool(scope) and re.match(r"\d{1,2}[、.．]", scope[-1]) is not None
    if change.year is None or change.unit == "人" or not numbered or amount.scope != scope:
        return None
    stated = budgets.get((change.year - 1, scope), ())
    return stated[0] if len({value_of(c) for c in stated}) == 1 else None


def _change(change: Claim, amount: Claim, last: Claim) -> ChangeRelation:
    expected = value_of(amount) - value_of(last)
    slack = half_of(amount) + half_of(last) + half_of(change)
    difference = abs(abs(expected) - abs(value_of(change)))
    fits = difference == 0 or difference < slack
    right = expected == 0 or abs(expected) < half_of(amount) + half_of(last) or (expected < 0) == _falls(change)
    return ChangeRelation(change, amount, last, expected, right, fits and right)


def project_scope(claim: Claim) -> tuple[str, ...]:
    """The scope of a claim down to the numbered project that it belongs to."""
    arabic = [i for i, mark in enumerate(claim.scope) if re.match(r"\d{1,2}[、.．]", mark)]
    return claim.scope[: arabic[0] + 1] if arabic else claim.scope
