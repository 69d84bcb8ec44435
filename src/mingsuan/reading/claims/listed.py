"""A stated whole and the parts listed for it, and whether they sum to it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from mingsuan.model.claims import Claim
from mingsuan.patterns import regex
from mingsuan.reading.claims.links import half_of, value_of
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Listing:
    """A stated whole and the parts listed for it.

    Attributes:
        kind: "within" for 其中 lists, "items" for numbered items, "details" for amounts inside one item, "shares" for percentages,
            "rest" for what is left of an amount, "classes" for economic classes (“三公”经费), "known" for parts that everyone knows.
        total: the stated whole, None where it is 100%.
        expected: the sum of the parts, in 元, pieces or as a fraction.
        complete: whether every listed part states an amount; without it nothing can be told.
        holds: the sum may be the whole; True for lists that are not complete.
        exhaustive: whether the list claims to be all there is; one that does not is violated only by a sum above the whole.
    """

    kind: str
    total: Claim | None
    parts: tuple[Claim, ...]
    expected: Decimal
    complete: bool
    holds: bool
    exhaustive: bool = False

    @property
    def printed(self) -> Decimal:
        """The whole as printed, in the unit of `expected`."""
        return Decimal(1) if self.total is None else value_of(self.total)


def listing(kind: str, total: Claim | None, parts: Sequence[Claim], *, complete: bool = True, exhaustive: bool = False) -> Listing:
    """A whole and its parts, with whether they sum to it by the digits printed."""
    expected = sum((value_of(p) for p in parts), Decimal(0))
    slack = sum((half_of(p) for p in parts), Decimal(0)) + (half_of(total) if total is not None else Decimal(0))
    difference = expected - (Decimal(1) if total is None else value_of(total))
    # The halves of rounded percentages may all be used up: 50.005% and 49.985% print 50.00% and 49.99%.
    fits = abs(difference) < slack or difference == 0 or (not exhaustive and difference < 0) or (total is None and abs(difference) == slack)
    return Listing(kind, total, tuple(parts), expected, complete, fits or not complete, exhaustive)


CALLED_TOTAL = regex(r"合计|总计|共计|小计|(?:\w{0,8}(?<!汇))总(?:收入|支出|预算)")
