"""Numbers that the narrative states, with what each is a number of."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from mingsuan.amounts import UNITS, Amount
from mingsuan.places import NOWHERE, Place
from mingsuan.values import dataclass


class Role(StrEnum):
    """What a number does in its sentence."""

    AMOUNT = "amount"
    COUNT = "count"
    CHANGE = "change"
    GROWTH = "growth"
    SHARE = "share"
    RATE = "rate"
    FACTOR = "factor"
    RESULT = "result"
    THRESHOLD = "threshold"


@dataclass(frozen=True, slots=True)
class Claim:
    """One number stated in a sentence.

    Attributes:
        section: headings over the sentence joined by "/".
        quote: at most 60 characters of the source around the number.
        measure: what the sentence says it is a number of, in its words (收入总计, 增减额, 增减百分比 …).
        value: the number as printed.
        unit: 万元, 元, %, 辆 … ("" where none is printed).
        year: the year that it is a number of.
        place: line of the source.
        sentence: number of the sentence in the narrative; claims of one sentence share it.
        template: id of the sentence template that read it, None for a number that no template knows.
        slot: name of the template's slot, or the role's name where no template knows it.
        decimals: decimals that the printed number stands for.
        text: the digits as printed.
        role: what the number does in its sentence.
        region: (axis, node expression) pairs of the ledger region that an amount stands for; None where it is not known
            or the number is no amount of the ledger. () is the whole ledger.
        relation: how the number follows from those of `links`: "amount - last", "change / last", "part / whole", "whole - part".
        links: (name in `relation`, index among the document's claims); a name without a link is derived.
        direction: the word that says whether something rose or fell (增加, 下降), as printed.
        scope: numbered parts around the sentence, outermost first: ("4、", "（5）", "7、").
    """

    section: str
    quote: str
    measure: str
    value: Decimal
    unit: str
    year: int | None
    place: Place = NOWHERE
    sentence: int = 0
    template: str | None = None
    slot: str | None = None
    decimals: int = 0
    text: str = ""
    role: Role = Role.AMOUNT
    region: tuple[tuple[str, str], ...] | None = None
    relation: str | None = None
    links: tuple[tuple[str, int], ...] = ()
    direction: str | None = None
    scope: tuple[str, ...] = ()

    @property
    def amount(self) -> Amount | None:
        """The claim as money, None where its unit is not one of money."""
        if self.unit not in UNITS:
            return None
        return Amount(self.value * UNITS[self.unit], self.unit, self.decimals)

    def link(self, name: str) -> int | None:
        """Index of the claim that a name of `relation` means."""
        return next((index for key, index in self.links if key == name), None)
