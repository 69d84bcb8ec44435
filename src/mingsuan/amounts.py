"""Exact money as it was printed.

An amount is a number of yuan together with the unit and the number of decimals it was printed
with. A printed amount stands for the interval of half its last digit to either side
(XBRL Calculations 1.1 argues the same way), so every comparison of amounts in this project
goes through `Amount.half` and never through a fixed tolerance.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from functools import cached_property

from mingsuan.patterns import regex
from mingsuan.values import dataclass

UNITS: dict[str, Decimal] = {"元": Decimal(1), "千元": Decimal(1000), "万元": Decimal(10000), "亿元": Decimal(100000000)}
"""Yuan per unit of account."""

MAX_DIGITS = 20
"""Longer runs of digits are codes or damage, not money (20 digits of 元 exceed any budget)."""

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－−﹣▲△（）", "0123456789.,-----()")
_NUMBER = regex(r"(?P<sign>-?)(?P<int>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.(?P<dec>[0-9]+))?\Z")


class State(Enum):
    """What an amount cell holds when it does not hold an amount."""

    BLANK = "blank"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Amount:
    """An exact amount of money and how it was printed.

    Attributes:
        yuan: the exact value in 元.
        unit: the unit it was printed in, a key of `UNITS`.
        decimals: how many decimals of `unit` the printed digit string stands for.
    """

    yuan: Decimal
    unit: str
    decimals: int

    @cached_property
    def step(self) -> Decimal:
        """Value in 元 of the last printed digit."""
        return UNITS[self.unit].scaleb(-self.decimals)

    @cached_property
    def half(self) -> Decimal:
        """Half of the last printed digit, in 元: the rounding an amount may hide."""
        return self.step / 2

    @property
    def in_unit(self) -> Decimal:
        """The value in the printed unit."""
        return self.yuan / UNITS[self.unit]

    def at(self, decimals: int) -> Amount:
        """The same amount read as printed with `decimals` digits, if that is finer than it was.

        A form of two decimals that prints 395 means 395.00.
        """
        return self if decimals <= self.decimals else replace(self, decimals=decimals)

    def text(self, *, thousands: bool = False) -> str:
        """Printed digits, without the unit."""
        quantum = Decimal(1).scaleb(-self.decimals)
        return f"{self.in_unit.quantize(quantum):{',' if thousands else ''}f}"

    def __str__(self) -> str:
        return f"{self.text(thousands=True)}{self.unit}"


def parse_number(text: str) -> Decimal | None:
    """The exact decimal that a digit string prints, or None if it is not one number.

    Accepts full-width digits, thousands separators, a stray blank inside ("2, 217.0"), and for negatives a leading minus, the
    accountant's triangle (▲, △) and brackets.
    """
    compact = "".join(text.split()).translate(_FULL_WIDTH)
    negative = compact.startswith("(") and compact.endswith(")")
    match = _NUMBER.match(compact[1:-1] if negative else compact)
    if match is None or len(compact) > MAX_DIGITS + 8:
        return None
    digits = match["int"].replace(",", "")
    if len(digits) + len(match["dec"] or "") > MAX_DIGITS:
        return None
    value = Decimal(f"{digits}.{match['dec']}" if match["dec"] else digits)
    return -value if value and (negative or match["sign"]) else value


def parse_amount(text: str, unit: str) -> Amount | State:
    """Read a printed amount of `unit`.

    Blank cells (also "-", "—", "/": nothing is there) are `State.BLANK`; a printed 0 is an amount of zero; anything else that is
    not a number is `State.UNREADABLE`.

    Raises:
        KeyError: `unit` is not one of `UNITS`.
    """
    compact = "".join(text.split())
    if compact in {"", "-", "--", "—", "——", "－", "/"}:
        return State.BLANK
    number = parse_number(compact)
    if number is None:
        return State.UNREADABLE
    exponent = number.as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    return Amount(number * UNITS[unit], unit, decimals)


def rounded(yuan: Decimal, unit: str, decimals: int) -> Amount:
    """Print `yuan` in `unit` with `decimals`, rounding half away from zero as spreadsheets do."""
    quantum = Decimal(1).scaleb(-decimals)
    shown = (yuan / UNITS[unit]).quantize(quantum, rounding=ROUND_HALF_UP)
    return Amount(shown * UNITS[unit], unit, decimals)


def common_decimals(amounts: Iterable[Amount]) -> int:
    """The number of decimals a form prints: the most that at least two of its amounts show.

    A single longer digit string is a slip of one cell (or the trace of a binary fraction), not the form's precision;
    with fewer than two amounts the longest counts.
    """
    seen = sorted((a.decimals for a in amounts), reverse=True)
    return seen[1] if len(seen) > 1 else (seen[0] if seen else 0)
