"""The amounts of a disclosure by region: rows of one key together, and those of equal region in one class."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from mingsuan.dialects.meaning.understand import Figure
from mingsuan.identities.bits import Bits
from mingsuan.identities.partitions import Numbers
from mingsuan.identities.reducing import Reducer
from mingsuan.identities.sides import Index
from mingsuan.values import dataclass

ZERO = Decimal(0)


class Term(NamedTuple):
    """An amount of one region: one figure, or the rows of one key together.

    Attributes:
        mask: its region.
        used: figures that showed what is empty.
        yuan: None where all is blank.
    """

    numbers: Numbers
    mask: int
    yuan: Decimal | None
    half: Decimal
    used: frozenset[int] = frozenset()


def terms(figures: Sequence[Figure], masks: Sequence[int]) -> list[Term]:
    """Figures by region; rows of one key in one table and column become one term, which one unreadable row makes unknown."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, figure in enumerate(figures):
        if masks[number]:
            key = (figure.claim,) if figure.claim is not None else (figure.table, figure.form_column, figure.item, masks[number])
            groups.setdefault(key, []).append(number)
    read = (numbers for numbers in groups.values() if not any(figures[n].unreadable for n in numbers))
    return [_term(figures, tuple(numbers), masks[numbers[0]]) for numbers in read]


def _term(figures: Sequence[Figure], numbers: Numbers, mask: int) -> Term:
    """The amount of some figures together."""
    yuan, half = None, ZERO
    for n in numbers:
        amount = figures[n].amount
        if amount is not None:
            yuan = amount.yuan if yuan is None else yuan + amount.yuan
            half += amount.half
    return Term(numbers, mask, yuan, half)


@dataclass(frozen=True)
class Classes:
    """Terms with an amount, by what is left of their region without what is empty.

    Attributes:
        by_mask: the terms of each region, in the order of the figures.
    """

    bits: Bits
    by_mask: Mapping[int, Sequence[Term]]

    @classmethod
    def of(cls, bits: Bits, terms: Sequence[Term], reduced: Reducer) -> Classes:
        """The classes of some terms."""
        found: dict[int, list[Term]] = {}
        for term in terms:
            if term.yuan is None:
                continue
            rest = reduced(term.mask)
            if rest.mask:
                found.setdefault(rest.mask, []).append(term._replace(used=rest.witnesses) if rest.witnesses else term)
        return cls(bits, found)

    @cached_property
    def pivots(self) -> Mapping[int, Term]:
        """The best-printed term of each class: finest digits, one figure before sums, tables before claims."""
        return {mask: min(group, key=lambda t: (t.half, len(t.numbers), t.numbers)) for mask, group in self.by_mask.items()}

    @cached_property
    def masks(self) -> Sequence[int]:
        """The regions, the smallest first."""
        return sorted(self.by_mask, key=int.bit_count)

    @cached_property
    def index(self) -> Index:
        """How they lie to each other, by their order in `masks`."""
        return Index(self.bits, self.masks)

    def figures(self) -> Iterator[Numbers]:
        """The figures of each class."""
        for group in self.by_mask.values():
            yield tuple(n for t in group for n in t.numbers)
