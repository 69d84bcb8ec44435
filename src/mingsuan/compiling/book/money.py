"""What the amounts of a book share: exact, in 元, whole 分; the origin of this year's money, and the mark of what was inferred."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
"""Amounts of a book are whole 分: a product of people, standard and months is rounded to it, half away from zero."""
INFERRED = "推定"
"""What the note of a record begins with whose figures were inferred, not stated."""
THIS_YEAR = "本年"
"""The origin of money of the fiscal year."""


def in_cents(value: Decimal) -> Decimal:
    """An amount in 元 rounded to 分."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)
