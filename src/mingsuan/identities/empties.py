"""What a disclosure shows to be empty (DESIGN.md, section 2, Conditional), and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
from operator import and_, or_

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.bits import Bits, atoms
from mingsuan.identities.classes import Term
from mingsuan.identities.growing import Emptiness, covered, largest_first
from mingsuan.identities.identity import Identity, Sort
from mingsuan.identities.partitions import Contained, Numbers, Partition
from mingsuan.identities.sides import Index, numbers_of
from mingsuan.values import dataclass

EMPTIES_AT_MOST = 600
"""The largest empty regions that are kept; lists of thousands of rows with blanks say little by their small ones."""

Contradiction = tuple[Emptiness, Term]
"""A region said to be empty and an amount in it."""


@dataclass(frozen=True)
class Evidence:
    """What a disclosure prints, as far as it shows regions to be empty.

    Attributes:
        bits: the regions as bit masks.
        meaning: the figures.
        masks: the region of each figure.
        terms: the amounts by key.
        partitions: those that the forms declare exhaustive.
        contained: amounts with their 其中.
        suspects: figures of violated relations, which empty nothing.
        signed: the measure that may be negative, of which no zero empties anything.
    """

    bits: Bits
    meaning: Meaning
    masks: Sequence[int]
    terms: Sequence[Term]
    partitions: Sequence[Partition]
    contained: Sequence[Contained]
    suspects: frozenset[int]
    signed: int


def empties(evidence: Evidence) -> list[Emptiness]:
    """The four things that empty a region: a blank or zero, what exhaustive parts leave over, what a 其中 exhausts, what forms lack."""
    bits, signed = evidence.bits, evidence.signed
    found = chain(_absent(evidence), _blank(evidence), _left_over(evidence), _exhausted(evidence))
    return [e for e in found if e.mask and not bits.vanishes(e.mask) and not (e.witnesses and e.mask & signed)]


def _absent(evidence: Evidence) -> Iterator[Emptiness]:
    """What the dialect declares absent."""
    for box in evidence.meaning.dialect.absent:
        yield Emptiness(evidence.bits.box(box), frozenset())


def _blank(evidence: Evidence) -> Iterator[Emptiness]:
    """Blanks, zeros, and tables without a row."""
    for term in evidence.terms:
        if not term.yuan and evidence.suspects.isdisjoint(term.numbers):
            yield Emptiness(term.mask, frozenset(term.numbers))
    printed = {figure.table for figure in evidence.meaning.figures}
    for known in evidence.meaning.tables:
        if known.index not in printed and not known.table.rows:
            yield Emptiness(evidence.bits.box(known.where), frozenset())


def _left_over(evidence: Evidence) -> Iterator[Emptiness]:
    """What partitions that add up leave over."""
    masks, figures = evidence.masks, evidence.meaning.figures
    for partition in evidence.partitions:
        numbers = frozenset(partition.whole).union(*partition.members)
        if evidence.suspects.isdisjoint(numbers) and not any(figures[n].unreadable for n in numbers):
            members = [masks[m[0]] for m in partition.members]
            for rest in _remainders(evidence.bits, masks[partition.whole[0]], members):
                yield Emptiness(rest, numbers)


def _exhausted(evidence: Evidence) -> Iterator[Emptiness]:
    """The rest of amounts whose 其中 equals them with the same digits."""
    masks, figures = evidence.masks, evidence.meaning.figures
    # An amount that several rows of one key share is not all of its region, so its 其中 empties nothing.
    single = {t.numbers for t in evidence.terms if len(t.numbers) == 1}
    for relation in evidence.contained:
        part, whole = (_alone(numbers, figures) for numbers in (relation.part, relation.whole))
        witnesses = frozenset(relation.part + relation.whole)
        alone = {relation.part, relation.whole} <= single
        if part is not None and part == whole and alone and evidence.suspects.isdisjoint(witnesses):
            for rest in evidence.bits.minus(masks[relation.whole[0]], masks[relation.part[0]]):
                yield Emptiness(rest, witnesses)


def _alone(numbers: Numbers, figures: Sequence[Figure]) -> Amount | None:
    """The amount of a region that one figure prints; None where it is blank or where several figures are its parts."""
    printed = [a for n in numbers if (a := figures[n].amount) is not None]
    return printed[0] if len(printed) == 1 and not any(figures[n].unreadable for n in numbers) else None


def _remainders(bits: Bits, whole: int, members: Sequence[int]) -> Iterator[int]:
    """What exhaustive parts leave over: the rest on each axis, and on pairs of axes (a class with a class it is not listed with)."""
    union = reduce(or_, members, 0)
    outside = whole & ~union
    narrowed = whole & ~reduce(and_, members, whole)
    split = [own for own in bits.fields if narrowed & own]
    for own in split:
        if outside & own:
            yield whole & ~own | outside & own
    if len(split) != 2:
        return
    for own, other in (split, reversed(split)):
        for part, met in _met(members, own, other).items():
            unmet = whole & other & ~met
            if unmet:
                yield whole & ~own & ~other | part | unmet


def _met(members: Sequence[int], own: int, other: int) -> Mapping[int, int]:
    """For each of the members' parts on one axis, what members that share an atom with it have on another."""
    beside: dict[int, int] = {}
    for member in members:
        part = member & own
        beside[part] = beside.get(part, 0) | member & other
    by_atom: dict[int, int] = {}
    for part, found in beside.items():
        for atom in atoms(part):
            by_atom[atom] = by_atom.get(atom, 0) | found
    return {part: reduce(or_, (by_atom[atom] for atom in atoms(part)), 0) for part in beside}


def confront(bits: Bits, empties: Sequence[Emptiness], terms: Sequence[Term]) -> tuple[list[Emptiness], list[Contradiction]]:
    """The maximal empty regions that hold no printed non-zero; those that do are dropped, with what contradicts them."""
    loud: dict[int, Term] = {}
    for term in terms:
        if term.yuan:
            loud.setdefault(term.mask, term)
    index, loud_terms = Index(bits, tuple(loud)), tuple(loud.values())
    trusted: list[Emptiness] = []
    frees: list[int] = []
    contradictions: list[Contradiction] = []
    for empty in largest_first(empties):
        if len(trusted) == EMPTIES_AT_MOST:
            break
        if covered(empty.mask, frees):
            continue
        against = sorted((loud_terms[n] for n in numbers_of(index.inside(empty.mask))), key=lambda term: term.numbers)
        if against:
            contradictions.extend((empty, term) for term in against)
        else:
            trusted.append(empty)
            frees.append(~empty.mask)
    return trusted, contradictions


def contradicted(contradictions: Sequence[Contradiction], terms: Sequence[Term], contained: Sequence[Contained]) -> Iterator[Identity]:
    """A blank or zero that another amount of the same region, or of a part of it, contradicts.

    Likewise an amount in what is left of a whole that its 其中 exhausts: the two together are more than the whole. What
    contradicts the rest of a partition is a listing that fails.
    """
    silent = {t.numbers: t for t in terms if not t.yuan}
    exhausted = {frozenset(c.part + c.whole): c for c in contained}
    for empty, term in contradictions:
        relation = exhausted.get(empty.witnesses)
        if relation is not None and not set(term.numbers) & empty.witnesses:
            yield Identity(Sort.CONTAINED, relation.part + term.numbers, relation.whole, "其中与其余各部分之和应不大于总体")
            continue
        numbers = tuple(sorted(empty.witnesses))
        if numbers not in silent:
            continue
        if silent[numbers].mask == term.mask:
            yield Identity(Sort.EQUAL, numbers, term.numbers, "同一口径两处应一致")
        else:
            yield Identity(Sort.CONTAINED, term.numbers, numbers, "部分应不大于总体")
