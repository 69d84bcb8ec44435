"""What a disclosure shows to be empty (DESIGN.md, section 2, Conditional), and what contradicts it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.identities.bits import Bits, atoms
from mingsuan.identities.classes import Term
from mingsuan.identities.growing import Emptiness, covered, largest_first
from mingsuan.identities.identity import Identity, Sort
from mingsuan.identities.partitions import Contained, Numbers, Partition
from mingsuan.identities.sides import Index, numbers_of

EMPTIES_AT_MOST = 600
"""The largest empty regions that are kept; lists of thousands of rows with blanks say little by their small ones."""

Contradiction = tuple[Emptiness, Term]
"""A region said to be empty and an amount in it."""


def empties(
    bits: Bits,
    meaning: Meaning,
    masks: Sequence[int],
    terms: Sequence[Term],
    partitions: Sequence[Partition],
    contained: Sequence[Contained],
    suspects: frozenset[int],
    signed: int,
) -> list[Emptiness]:
    """The four things that empty a region: what partitions that add up leave over is one of them.

    Figures of violated relations (`suspects`) empty nothing, nor does a zero of the measure (`signed`) that may be negative.
    """
    figures = meaning.figures
    printed = {f.table for f in figures}
    found = [Emptiness(bits.box(box), frozenset()) for box in meaning.dialect.absent]
    found.extend(Emptiness(t.mask, frozenset(t.numbers)) for t in terms if not t.yuan and suspects.isdisjoint(t.numbers))
    found.extend(Emptiness(bits.box(t.where), frozenset()) for t in meaning.tables if t.index not in printed and not t.table.rows)
    for partition in partitions:
        numbers = frozenset(partition.whole).union(*partition.members)
        if suspects.isdisjoint(numbers) and not any(figures[n].unreadable for n in numbers):
            members = [masks[m[0]] for m in partition.members]
            found.extend(Emptiness(rest, numbers) for rest in _remainders(bits, masks[partition.whole[0]], members))
    # An amount that several rows of one key share is not all of its region, so its 其中 empties nothing.
    single = {t.numbers for t in terms if len(t.numbers) == 1}
    for relation in contained:
        part, whole = (_alone(numbers, figures) for numbers in (relation.part, relation.whole))
        alone = {relation.part, relation.whole} <= single
        if part is not None and part == whole and alone and not suspects.intersection(relation.part + relation.whole):
            witnesses = frozenset(relation.part + relation.whole)
            rests = bits.minus(masks[relation.whole[0]], masks[relation.part[0]])
            found.extend(Emptiness(rest, witnesses) for rest in rests)
    return [e for e in found if e.mask and not bits.vanishes(e.mask) and not (e.witnesses and e.mask & signed)]


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
