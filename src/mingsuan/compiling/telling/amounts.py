"""Amounts as the narrative tells them, and what it says of their change against last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from mingsuan.amounts import Amount, rounded
from mingsuan.dialects.dialect import Dialect
from mingsuan.ledger import Box, Ledger, NamedTree, UnknownNode
from mingsuan.ledger.trees import Selection
from mingsuan.values import dataclass

UNIT, DECIMALS = "万元", 2
"""The narrative prints 万元 with two decimals, whatever the tables print."""
_SPLIT = ("function", "department", "government", "kind")
"""Axes on which spending may be known as a whole only."""
THRESHOLD = Decimal("0.10")
"""A change of a total by this share of last year's, or more, asks for a reason (常识); the three public expenses always do
(财预〔2016〕143号)."""


def told(yuan: Decimal) -> Amount:
    """An amount of 元 as the narrative prints it."""
    return rounded(yuan, UNIT, DECIMALS)


def words(yuan: Decimal) -> str:
    """The same in words: 12.50万元."""
    return f"{told(yuan).text()}{UNIT}"


@dataclass(frozen=True)
class Told:
    """Sums of a ledger by region.

    Attributes:
        last_known: last year's budget is in the ledger; without it nothing is said of changes.
    """

    dialect: Dialect
    ledger: Ledger
    year: int
    last_known: bool
    _known: dict[tuple[tuple[tuple[str, str], ...], str], Amount | None] = field(default_factory=dict, repr=False, compare=False)

    def has(self, axis: str, node: str) -> bool:
        """Whether the dialect's tree of an axis has a node."""
        tree = self.dialect.axes[axis]
        return not isinstance(tree, NamedTree) or node in tree.parents or node in tree.aliases

    def amount(self, region: Mapping[str, str], year: str = "0") -> Amount | None:
        """What a region holds in a year ("0" this year, "-1" the last); None where the dialect does not know the region."""
        key = (tuple(sorted(region.items())), year)
        if key not in self._known:
            self._known[key] = self._amount(region, year)
        return self._known[key]

    def _amount(self, region: Mapping[str, str], year: str) -> Amount | None:
        try:
            stated = Box.parse(self.ledger.axes, region)
        except UnknownNode:
            return None
        box = self.dialect.meant.override(Box.of({"year": Selection(((year, True),))})).override(stated)
        return told(self.ledger.total(box))

    def last(self, region: Mapping[str, str]) -> Amount | None:
        """Last year's amount, None where it is not known: last year's budget is not there, or not split or measured as the region asks."""
        measured = region.get("measure", "") in ("", *self._measures)
        return self.amount(region, "-1") if self.last_known and measured and not self._unsplit & region.keys() else None

    @cached_property
    def _measures(self) -> frozenset[str]:
        """What is measured of last year: of what nobody stated, nothing can be said."""
        return frozenset(line.measure for line in self.ledger.lines if line.year == "-1")

    @cached_property
    def _unsplit(self) -> frozenset[str]:
        """Axes on which some of last year's spending has no code: of its parts there nothing can be said."""
        spent = [line for line in self.ledger.lines if line.year == "-1" and line.use == "支出" and line.amount]
        return frozenset(axis for axis in _SPLIT if any(not getattr(line, axis) for line in spent))


def growth(now: Amount, last: Amount) -> Decimal | None:
    """The change as a share of last year's, None where there was nothing."""
    return (now.yuan - last.yuan) / last.yuan if last.yuan else None


def needs_reason(now: Amount, last: Amount | None) -> bool:
    """Whether a total changed so much that it asks for a reason."""
    if last is None or now.yuan == last.yuan:
        return False
    share = growth(now, last)
    return share is None or abs(share) >= THRESHOLD


def change(now: Amount, last: Amount | None, last_year: str, *, share: bool = True) -> str:
    """“比2022年预算增加3.00万元，增长5.00%”, “与2022年预算持平”, or "" where last year's is not known."""
    if last is None:
        return ""
    moved = now.yuan - last.yuan
    if not moved:
        return f"与{last_year}预算持平"
    said = f"比{last_year}预算{'增加' if moved > 0 else '减少'}{words(abs(moved))}"
    part = growth(now, last)
    if share and part is not None:
        percent = (abs(part) * 100).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        said += f"，{'增长' if moved > 0 else '下降'}{percent}%"
    return said
