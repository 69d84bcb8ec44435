"""Customs of the authority, of which a disclosure may print both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache

from mingsuan.dialects.meaning.understand import Meaning
from mingsuan.identities.bits import Bits
from mingsuan.identities.classes import Classes
from mingsuan.identities.following import Split
from mingsuan.identities.identity import Identity, Sort, violation
from mingsuan.identities.partitions import Numbers
from mingsuan.identities.reducing import Reducer


def unusual(bits: Bits, meaning: Meaning, masks: Sequence[int]) -> Callable[[int], bool]:
    """Whether custom has nothing where a figure stands: it lies in a region that is another by custom, and outside that one.

    Pay under 公用经费, where 公用经费 is by custom what classes 302 and 310 say.
    """
    meant = meaning.dialect.meant
    customs: list[tuple[int, list[int]]] = []
    for convention in meaning.dialect.conventions:
        left = bits.box(meant.override(convention.left))
        rights = [bits.box(meant.override(box)) for box in convention.right]
        if convention.in_year(meaning.year) and not any(bits.disjoint(left, right) for right in rights):
            customs.append((left, rights))

    @cache
    def stands_apart(number: int) -> bool:
        mask = masks[number]
        return any(mask and not mask & ~left and all(bits.disjoint(mask, right) for right in rights) for left, rights in customs)

    return stands_apart


def conventions(bits: Bits, meaning: Meaning, classes: Classes, splits: Sequence[Split], reduced: Reducer) -> Iterator[Identity]:
    """Customs whose both sides the disclosure prints; a side that names no year or measure means this year's budget."""

    def printed(mask: int) -> Numbers | None:
        rest = reduced(mask).mask
        if rest in classes.pivots:
            return classes.pivots[rest].numbers
        wider = (split for split in splits if rest and not rest & ~split.whole.mask)
        return next((numbers for split in wider if (numbers := split.inside(bits, rest))), None)

    meant = meaning.dialect.meant
    for convention in meaning.dialect.conventions:
        if not convention.in_year(meaning.year):
            continue
        left = printed(bits.box(meant.override(convention.left)))
        rights = [r for box in convention.right if (r := printed(bits.box(meant.override(box)))) is not None]
        if left is None or not rights:
            continue
        options = [Identity(Sort.CONVENTION, left, right, convention.text) for right in rights if set(right) != set(left)]
        holding = next((i for i in options if violation(i, meaning.figures) is None), None)
        if holding or options:
            yield holding or options[0]
