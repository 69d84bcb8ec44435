"""Deriving the identities of a disclosure from the regions of its figures (DESIGN.md, sections 2 and 8)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property

from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.bits import Bits, all_disjoint
from mingsuan.identities.classes import Classes, terms
from mingsuan.identities.customs import conventions
from mingsuan.identities.empties import Evidence, confront, contradicted, empties
from mingsuan.identities.following import Split, chains, equal, listings, together, void
from mingsuan.identities.growing import Emptiness, grown
from mingsuan.identities.identity import Identity, Sort, Violation, violation
from mingsuan.identities.partitions import Contained, NotExecuted, Partition, declared, sum_of
from mingsuan.identities.reducing import Reducer
from mingsuan.ledger import Box
from mingsuan.values import dataclass

SIGNED = "调整"
"""The measure of which amounts may be negative, so that a zero empties nothing and a part may be more than its whole."""


@dataclass(frozen=True)
class Derivation:
    """All identities of a disclosure.

    Attributes:
        identities: hard ones, then conventions.
        not_executed: declared relations that could not be evaluated, with reasons.
        classes: figures of equal region, by reduced region.
        bits: the compiler of regions.
        regions: the region of every figure without what is known to be empty, as a mask of `bits`.
        masks: the region of every figure as it is printed.
        trusted: the regions that are known to be empty.
        reduced: what takes them out of other regions.
    """

    meaning: Meaning
    bits: Bits
    regions: tuple[int, ...]
    identities: tuple[Identity, ...]
    not_executed: tuple[NotExecuted, ...]
    classes: tuple[tuple[int, ...], ...]
    masks: Sequence[int] = field(default=(), repr=False, compare=False)
    trusted: Sequence[Emptiness] = field(default=(), repr=False, compare=False)
    reduced: Reducer | None = field(default=None, repr=False, compare=False)

    def violations(self) -> tuple[Violation, ...]:
        """Identities that printed digits do not meet."""
        return self._violations

    @cached_property
    def _violations(self) -> tuple[Violation, ...]:
        found = (violation(i, self.meaning.figures) for i in self.identities)
        return tuple(v for v in found if v is not None)


def derive(meaning: Meaning, like: Derivation | None = None) -> Derivation:
    """Derive all identities.

    Args:
        meaning: the figures.
        like: a derivation of the same figures with other amounts; what does not hang on amounts is taken over from it, and customs,
            which prove nothing, are left out.
    """
    figures = meaning.figures
    bits = _compiler(meaning) if like is None else like.bits
    masks = _masks(bits, figures) if like is None else like.masks
    signed = bits.node("measure", SIGNED)
    stated = _Stated.of(meaning, bits, masks, signed)
    printed = terms(figures, masks)
    found = empties(Evidence(bits, meaning, masks, printed, stated.splitting, stated.contained, stated.suspects(figures), signed))
    trusted, contradictions = confront(bits, found, printed)
    reduced = _reducer(bits, trusted, like)
    rests = [reduced(mask) for mask in masks]
    classes = Classes.of(bits, printed, reduced)
    splits = [Split(partition, masks, rests) for partition in stated.splitting]
    identities = [*stated.identities, *void(figures, masks)]
    identities.extend(contradicted(contradictions, printed, stated.contained))
    identities.extend(equal(classes, reduced))
    identities.extend(listings(bits, classes, splits, reduced))
    negative = sorted({reduced(t.mask).mask for t in printed if t.yuan is not None and t.yuan < 0})
    identities.extend(chains(classes, signed, negative, reduced))
    identities.extend(together(bits, meaning, classes, stated.partitions, reduced))
    identities.extend(() if like is not None else conventions(bits, meaning, classes, splits, reduced))
    return Derivation(
        meaning,
        bits,
        tuple(rest.mask for rest in rests),
        tuple(_with_signs(_distinct(identities), frozenset(n for n, mask in enumerate(masks) if mask & signed))),
        stated.not_executed,
        tuple(classes.figures()),
        masks,
        trusted,
        reduced,
    )


@dataclass(frozen=True)
class _Stated:
    """What the forms state about their own tables.

    Attributes:
        splitting: partitions whose parts lie in their whole and apart from each other: only then do they leave nothing over
            when they add up.
    """

    partitions: Sequence[Partition]
    splitting: Sequence[Partition]
    contained: Sequence[Contained]
    not_executed: tuple[NotExecuted, ...]

    @classmethod
    def of(cls, meaning: Meaning, bits: Bits, masks: Sequence[int], signed: int) -> _Stated:
        relations = tuple(declared(meaning, bits, masks))
        partitions = [r for r in relations if isinstance(r, Partition)]
        return cls(
            partitions,
            [p for p in partitions if p.whole and _splits(bits, masks[p.whole[0]], [masks[m[0]] for m in p.members])],
            [r for r in relations if isinstance(r, Contained) and not masks[r.part[0]] & signed],
            tuple(r for r in relations if isinstance(r, NotExecuted)),
        )

    @cached_property
    def identities(self) -> Sequence[Identity]:
        """As identities."""
        contained = (Identity(Sort.CONTAINED, c.part, c.whole, c.label, declared=True) for c in self.contained)
        return [*(sum_of(p) for p in self.partitions if p.whole), *contained]

    def suspects(self, figures: Sequence[Figure]) -> frozenset[int]:
        """The figures of those that fail."""
        return frozenset(n for i in self.identities if violation(i, figures) is not None for n in i.members)


def _splits(bits: Bits, whole: int, members: Sequence[int]) -> bool:
    return not any(m & ~whole for m in members) and all_disjoint(bits, members)


def _compiler(meaning: Meaning) -> Bits:
    """The compiler of all regions that a derivation asks for."""
    dialect = meaning.dialect
    others = [dialect.meant, *dialect.absent, *(b for c in dialect.conventions for b in (c.left, *c.right))]
    for table in meaning.tables:
        others += (table.where,) if table.form.together is None else (table.where, table.form.together)
    return Bits.over(dialect.axes, (*_boxes(meaning.figures), *others))


def _boxes(figures: Sequence[Figure]) -> Collection[Box]:
    """The boxes of all figures, told apart by identity, which the figures keep alive: hashing each anew takes longer."""
    return {id(box): box for figure in figures for box in figure.boxes}.values()


def _masks(bits: Bits, figures: Sequence[Figure]) -> list[int]:
    """The region of every figure."""
    of_box = {id(box): bits.box(box) for box in _boxes(figures)}
    masks = []
    for figure in figures:
        found = bits.full
        for box in figure.boxes:
            found &= of_box[id(box)]
        masks.append(0 if bits.vanishes(found) else found)
    return masks


def _reducer(bits: Bits, trusted: Sequence[Emptiness], like: Derivation | None) -> Reducer:
    """The reducer of some empty regions; what does not hang on what another derivation had and this one has not is taken over from it."""
    if like is None or like.reduced is None:
        return Reducer(bits, grown(bits, trusted))
    if like.trusted == trusted:
        return like.reduced
    lost = [e.witnesses for e in set(like.trusted).difference(trusted)]
    closed = [e for e in like.reduced.empties if not any(e.witnesses >= witnesses for witnesses in lost)]
    return Reducer(bits, grown(bits, trusted, closed), like.reduced.without(lost))


def _with_signs(identities: Iterator[Identity], signed: frozenset[int]) -> Iterator[Identity]:
    """Identities, of which those of some figures may have negative amounts."""
    for identity in identities:
        yield replace(identity, signed=True) if signed and not signed.isdisjoint(identity.members) else identity


def _distinct(identities: Sequence[Identity]) -> Iterator[Identity]:
    """One of each set of signed coefficients; what the form declares before what follows from it."""
    seen: set[tuple[bool, frozenset[int], frozenset[int]]] = set()
    for identity in identities:
        left, right = frozenset(identity.left), frozenset(identity.right)
        contained = identity.sort is Sort.CONTAINED
        if (contained, left, right) not in seen:
            seen.add((contained, left, right))
            if not contained:
                seen.add((contained, right, left))
            yield identity
