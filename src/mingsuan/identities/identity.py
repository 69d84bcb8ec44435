"""Identities and how they are evaluated on printed digits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure
from mingsuan.values import dataclass


class Sort(StrEnum):
    """Why amounts must agree."""

    EQUAL = "equal"
    PARTITION = "partition"
    LISTING = "listing"
    CONTAINED = "contained"
    CONDITIONAL = "conditional"
    CONVENTION = "convention"


@dataclass(frozen=True, slots=True)
class Identity:
    """A relation among figures: the left sum equals the right sum, or is at most it (contained).

    Attributes:
        left: numbers of figures that are added on the left; rows of one key count together.
        right: those on the right.
        witnesses: figures whose blankness or equality makes the relation hold; editing one of them lifts it.
        declared: the form states it; otherwise it follows from what else is printed.
        label: what it says, in Chinese.
        signed: amounts of it may be negative.
    """

    sort: Sort
    left: tuple[int, ...]
    right: tuple[int, ...]
    label: str
    witnesses: frozenset[int] = frozenset()
    declared: bool = False
    signed: bool = False

    @property
    def members(self) -> tuple[int, ...]:
        """All figures in it."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Violation:
    """An identity that printed digits do not meet.

    Attributes:
        difference: left minus right in 元.
        tolerance: how much rounding could explain, in 元.
    """

    identity: Identity
    difference: Decimal
    tolerance: Decimal


ZERO = Decimal(0)


def total(figures: Sequence[Figure], numbers: Sequence[int]) -> tuple[Decimal, Decimal]:
    """Sum in 元 and the sum of half digits; a blank counts as 0 and hides nothing."""
    value = half = ZERO
    for number in numbers:
        amount = figures[number].amount
        if amount is not None:
            value += amount.yuan
            half += amount.half
    return value, half


def violation(identity: Identity, figures: Sequence[Figure]) -> Violation | None:
    """Whether an identity fails by more than its printed digits allow.

    A difference must be zero or strictly less than the half digits together (DESIGN.md, section 4), without those of zeros that could
    only widen it: of what cannot be negative, a printed zero hides an amount above nothing, none below. Unreadable cells
    leave an identity undecided. What the narrative states in a coarser unit than the tables (1,742,164元 as 174.21万元) may
    have been cut off instead of rounded, to make its own items add up: it stands for a whole last digit to either side.
    """
    difference = ZERO
    for n in identity.left:
        figure = figures[n]
        if figure.amount is not None:
            difference += figure.amount.yuan
        elif figure.unreadable:
            return None
    for n in identity.right:
        figure = figures[n]
        if figure.amount is not None:
            difference -= figure.amount.yuan
        elif figure.unreadable:
            return None
    if not difference or (identity.sort is Sort.CONTAINED and difference < 0):
        return None
    tolerance = total(figures, identity.left)[1] + total(figures, identity.right)[1] + cut_off(identity, figures)
    if not identity.signed:
        tolerance -= sum((a.half for n in (identity.left if difference > 0 else identity.right) if (a := _zero(figures[n]))), ZERO)
    return None if abs(difference) < tolerance else Violation(identity, difference, tolerance)


def _zero(figure: Figure) -> Amount | None:
    """The zero that a cell prints; a sentence says how little something changed, too."""
    return figure.amount if figure.amount is not None and not figure.amount.yuan and figure.claim is None else None


def cut_off(identity: Identity, figures: Sequence[Figure]) -> Decimal:
    """Half digits of the claims of an identity that are printed more coarsely than its cells, in 元."""
    cells = [a.half for n in identity.members if figures[n].claim is None and (a := figures[n].amount) is not None]
    claims = [a.half for n in identity.members if figures[n].claim is not None and (a := figures[n].amount) is not None]
    return sum((half for half in claims if cells and half > max(cells)), ZERO)
