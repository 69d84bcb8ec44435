"""How findings show the numbers that the narrative states."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from mingsuan.amounts import UNITS
from mingsuan.model import Claim, Side
from mingsuan.reading.ordinals import compact


def as_printed(claim: Claim) -> str:
    """A claim as it is printed: digits and unit."""
    return f"{claim.text or claim.value}{claim.unit}"


def claim_side(claim: Claim) -> Side:
    """Where a number is stated, and in what words: of a list, from the item that states it."""
    return Side(claim.place, claim.measure or "叙述", f"“{_own_words(claim)}”")


def _own_words(claim: Claim) -> str:
    quote = compact(claim.quote)
    before, _, own = quote.rpartition("、")
    return own if claim.text in own and any(c.isdigit() for c in before) else quote


def exact_in(value: Decimal, unit: str) -> str:
    """A value in 元 in a unit, all its digits."""
    shown = (value / UNITS.get(unit, Decimal(1))).normalize()
    return f"{shown:f}{unit}"


def in_unit_of(value: Decimal, like: Claim) -> str:
    """A value in 元 (or in pieces) in the unit of a claim, all its digits."""
    return exact_in(value, like.unit) if like.unit in UNITS else f"{value.normalize():f}{like.unit}"


def yuan_of(claim: Claim) -> Decimal:
    """A claim in 元, or as printed where it is no money."""
    return claim.amount.yuan if claim.amount is not None else claim.value


def signed_in(difference: Decimal, like: Claim) -> str:
    """A difference in the unit of a claim, with its sign."""
    return ("+" if difference > 0 else "−") + in_unit_of(abs(difference), like)


def rounded_like(value: Decimal, like: Claim) -> str:
    """A value in 元 (or as a fraction, or in pieces) as the claim would print it, with its unit; one more digit where needed."""
    scale = UNITS.get(like.unit, Decimal(1)) if like.unit != "%" else Decimal("0.01")
    exact = value / scale
    shown = exact.quantize(Decimal(1).scaleb(-like.decimals), rounding=ROUND_HALF_UP)
    if shown == like.value and shown != exact:
        shown = exact.quantize(Decimal(1).scaleb(-like.decimals - 3), rounding=ROUND_HALF_UP).normalize()
    return f"{shown:f}{like.unit}"
