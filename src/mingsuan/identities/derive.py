"""Deriving the identities of a disclosure from the regions of its figures (DESIGN.md, sections 2 and 8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, reduce
from operator import or_

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning import Figure, Meaning
from mingsuan.identities.bits import Bits, Emptiness, Index, Reducer, Rest, atoms, grown
from mingsuan.identities.identity import Identity, Sort, Violation, violation
from mingsuan.identities.partitions import Contained, NotExecuted, Numbers, Partition, all_disjoint, declared, sum_of


@dataclass(frozen=True)
class Term:
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


ZERO = Decimal(0)
CHAINED_AT_MOST = 500
EMPTIES_AT_MOST = 600
"""The largest empty regions that are kept; lists of thousands of rows with blanks say little by their small ones."""
SIGNED = "调整"
"""The measure of which amounts may be negative, so that a zero empties nothing and a part may be more than its whole."""


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
    partitions: list[Partition] = []
    contained: list[Contained] = []
    skipped: list[NotExecuted] = []
    for relation in declared(meaning, bits, masks):
        if isinstance(relation, Partition):
            partitions.append(relation)
        elif isinstance(relation, Contained):
            contained.append(relation)
        else:
            skipped.append(relation)
    signed = bits.node("measure", SIGNED)
    contained = [c for c in contained if not masks[c.part[0]] & signed]
    stated = [*map(sum_of, (p for p in partitions if p.whole)), *map(_contained_identity, contained)]
    splitting = [p for p in partitions if p.whole and _splits(bits, masks[p.whole[0]], [masks[m[0]] for m in p.members])]
    violated = [i for i in stated if violation(i, figures) is not None]
    suspects = frozenset(n for i in violated for n in i.members)
    terms = _terms(figures, masks)
    empties = _empties(bits, meaning, masks, terms, splitting, contained, suspects)
    trusted, contradictions = _confront(bits, empties, terms)
    reduced = _reducer(bits, trusted, like)
    classes = _classes(terms, reduced)
    identities = [*stated, *_void(figures, masks)]
    identities.extend(_contradicted(contradictions, terms, contained))
    identities.extend(_equal(classes, reduced))
    identities.extend(_listings(bits, classes, splitting, masks, reduced))
    identities.extend(_chains(bits, classes, signed, reduced))
    identities.extend(_together(bits, meaning, classes, partitions, reduced))
    identities.extend(() if like is not None else _conventions(bits, meaning, classes, splitting, masks, reduced))
    return Derivation(
        meaning,
        bits,
        tuple(reduced(mask).mask for mask in masks),
        tuple(_distinct(identities)),
        tuple(skipped),
        tuple(tuple(n for t in group for n in t.numbers) for group in classes.values()),
        masks,
        trusted,
        reduced,
    )


def _compiler(meaning: Meaning) -> Bits:
    """The compiler of all regions that a derivation asks for."""
    dialect = meaning.dialect
    boxes = {box for f in meaning.figures for box in f.boxes} | set(dialect.absent)
    boxes |= {dialect.meant} | {b for c in dialect.conventions for b in (c.left, *c.right)} | {t.where for t in meaning.tables}
    boxes |= {t.form.together for t in meaning.tables if t.form.together is not None}
    return Bits.over(dialect.axes, boxes)


def _reducer(bits: Bits, trusted: Sequence[Emptiness], like: Derivation | None) -> Reducer:
    """The reducer of some empty regions; what does not hang on what another derivation had and this one has not is taken over from it."""
    if like is None or like.reduced is None:
        return Reducer(bits, grown(bits, trusted))
    if like.trusted == trusted:
        return like.reduced
    lost = [e.witnesses for e in set(like.trusted).difference(trusted)]
    closed = [e for e in like.reduced.empties if not any(e.witnesses >= witnesses for witnesses in lost)]
    return Reducer(bits, grown(bits, trusted, closed), like.reduced.without(lost))


def _masks(bits: Bits, figures: Sequence[Figure]) -> list[int]:
    """The region of every figure. Boxes are told apart by identity, which the figures keep alive: hashing them takes longer."""
    known: dict[tuple[int, ...], int] = {}
    masks = []
    for figure in figures:
        key = tuple(map(id, figure.boxes))
        if key not in known:
            known[key] = bits.meet(figure.boxes)
        masks.append(known[key])
    return masks


def _contained_identity(relation: Contained) -> Identity:
    return Identity(Sort.CONTAINED, relation.part, relation.whole, relation.label, declared=True)


def _terms(figures: Sequence[Figure], masks: Sequence[int]) -> list[Term]:
    """Figures by region; rows of one key in one table and column become one term, which one unreadable row makes unknown."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for number, figure in enumerate(figures):
        if masks[number]:
            key = (figure.claim,) if figure.claim is not None else (figure.table, figure.form_column, figure.item, masks[number])
            groups.setdefault(key, []).append(number)
    terms = []
    for numbers in groups.values():
        if any(figures[n].unreadable for n in numbers):
            continue
        amounts = [a for n in numbers if (a := figures[n].amount) is not None]
        value = sum((a.yuan for a in amounts), ZERO) if amounts else None
        terms.append(Term(tuple(numbers), masks[numbers[0]], value, sum((a.half for a in amounts), ZERO)))
    return terms


# ---- what is empty ---------------------------------------------------------------------------------------------------


def _empties(
    bits: Bits,
    meaning: Meaning,
    masks: Sequence[int],
    terms: Sequence[Term],
    partitions: Sequence[Partition],
    contained: Sequence[Contained],
    suspects: frozenset[int],
) -> list[Emptiness]:
    """The four things that empty a region (DESIGN.md, section 2, Conditional); figures of violated relations empty nothing."""
    figures = meaning.figures
    printed = {f.table for f in figures}
    found = [Emptiness(bits.box(box), frozenset()) for box in meaning.dialect.absent]
    found.extend(Emptiness(t.mask, frozenset(t.numbers)) for t in terms if not t.yuan and not suspects.intersection(t.numbers))
    found.extend(Emptiness(bits.box(t.where), frozenset()) for t in meaning.tables if t.index not in printed and not t.table.rows)
    for partition in partitions:
        numbers = frozenset(partition.whole).union(*partition.members)
        if not suspects & numbers and not any(figures[n].unreadable for n in numbers):
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
    signed = bits.node("measure", SIGNED)
    return [e for e in found if e.mask and not bits.vanishes(e.mask) and not (e.witnesses and e.mask & signed)]


def _alone(numbers: Numbers, figures: Sequence[Figure]) -> Amount | None:
    """The amount of a region that one figure prints; None where it is blank or where several figures are its parts."""
    printed = [a for n in numbers if (a := figures[n].amount) is not None]
    return printed[0] if len(printed) == 1 and not any(figures[n].unreadable for n in numbers) else None


def _splits(bits: Bits, whole: int, members: Sequence[int]) -> bool:
    """Whether parts lie in their whole and apart from each other: only then do they leave nothing over when they add up."""
    return not any(m & ~whole for m in members) and all_disjoint(bits, members)


def _remainders(bits: Bits, whole: int, members: Sequence[int]) -> Iterator[int]:
    """What exhaustive parts leave over: the rest on each axis, and on pairs of axes (a class with a class it is not listed with)."""
    union = 0
    for member in members:
        union |= member
    split = [own for own in bits.fields if any(m & own != whole & own for m in members)]
    for own in split:
        outside = whole & own & ~union
        if outside:
            yield whole & ~own | outside
    if len(split) != 2:
        return
    for own, other in (split, reversed(split)):
        for part, met in _met(members, own, other).items():
            outside = whole & other & ~met
            if outside:
                yield whole & ~own & ~other | part | outside


def _met(members: Sequence[int], own: int, other: int) -> Mapping[int, int]:
    """For each of the members' parts on one axis, what members that share an atom with it have on another."""
    beside: dict[int, int] = {}
    for member in members:
        beside[member & own] = beside.get(member & own, 0) | member & other
    by_atom: dict[int, int] = {}
    for part, found in beside.items():
        for atom in atoms(part):
            by_atom[atom] = by_atom.get(atom, 0) | found
    return {part: reduce(or_, (by_atom[atom] for atom in atoms(part)), 0) for part in beside}


def _confront(bits: Bits, empties: Sequence[Emptiness], terms: Sequence[Term]) -> tuple[list[Emptiness], list[tuple[Emptiness, Term]]]:
    """The maximal empty regions that hold no printed non-zero; those that do are dropped, with what contradicts them."""
    loud: dict[int, Term] = {}
    for term in terms:
        if term.yuan:
            loud.setdefault(term.mask, term)
    near = _Near(bits, tuple(loud))
    trusted: list[Emptiness] = []
    covers: list[int] = []
    known: set[int] = set()
    contradictions: list[tuple[Emptiness, Term]] = []
    for empty in sorted(empties, key=lambda e: -e.mask.bit_count()):
        if len(trusted) == EMPTIES_AT_MOST:
            break
        free = ~empty.mask
        if empty.mask in known or 0 in [empty.mask & outside for outside in covers]:
            continue
        against = sorted((loud[mask] for mask in near(empty.mask) if not mask & free), key=lambda term: term.numbers)
        if against:
            contradictions.extend((empty, term) for term in against)
        else:
            trusted.append(empty)
            covers.append(free)
            known.add(empty.mask)
    return trusted, contradictions


def _contradicted(
    contradictions: Sequence[tuple[Emptiness, Term]], terms: Sequence[Term], contained: Sequence[Contained]
) -> Iterator[Identity]:
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


def _void(figures: Sequence[Figure], masks: Sequence[int]) -> Iterator[Identity]:
    """A cell whose row and column share nothing (a class of pay under goods and services) holds nothing."""
    for number, figure in enumerate(figures):
        if not masks[number] and figure.boxes and figure.claim is None:
            yield Identity(Sort.LISTING, (number,), (), "此行的内容不在此列之内，应为空或零", declared=True)


# ---- classes of equal region -----------------------------------------------------------------------------------------


def _classes(terms: Sequence[Term], reduced: Reducer) -> dict[int, list[Term]]:
    """Terms with an amount, by reduced region."""
    classes: dict[int, list[Term]] = {}
    for term in terms:
        if term.yuan is None:
            continue
        rest = reduced(term.mask)
        if rest.mask:
            classes.setdefault(rest.mask, []).append(replace(term, used=rest.witnesses))
    return classes


def _pivot(group: Sequence[Term]) -> Term:
    """The best-printed term of a class: finest digits, one figure before sums, tables before claims."""
    return min(group, key=lambda t: (t.half, len(t.numbers), t.numbers))


def _equal(classes: dict[int, list[Term]], reduced: Reducer) -> Iterator[Identity]:
    for group in classes.values():
        if len(group) < 2:
            continue
        pivot = _pivot(group)
        for term in group:
            if term is pivot:
                continue
            if term.mask == pivot.mask:
                yield Identity(Sort.EQUAL, pivot.numbers, term.numbers, "同一口径两处应一致")
            else:
                yield Identity(
                    Sort.CONDITIONAL, pivot.numbers, term.numbers, "其余部分为空时两处应一致", reduced.union(pivot.used, term.used)
                )


def _listings(
    bits: Bits, classes: dict[int, list[Term]], partitions: Sequence[Partition], masks: Sequence[int], reduced: Reducer
) -> Iterator[Identity]:
    """A region is the sum of the members of a partition that lie in it, if no member straddles it."""
    pivots = {mask: _pivot(group) for mask, group in classes.items()}
    near = _Near(bits, tuple(pivots))
    for partition in partitions:
        whole = reduced(masks[partition.whole[0]])
        members = _Members(bits, [(m, reduced(masks[m[0]])) for m in partition.members])
        for mask in near(whole.mask):
            if mask == whole.mask or mask & ~whole.mask:
                continue
            pivot = pivots[mask]
            inside = members.inside(mask)
            if inside is None:
                continue
            apart = {rest.witnesses for numbers, rest in members.narrowed if not bits.disjoint(masks[numbers[0]], pivot.mask)}
            right = tuple(n for numbers, _ in inside for n in numbers)
            if not set(right) & set(pivot.numbers):
                yield Identity(
                    Sort.LISTING,
                    pivot.numbers,
                    right,
                    f"{partition.label}中属于此项的各行之和" if inside else f"{partition.label}未列此项",
                    reduce(reduced.union, (pivot.used, whole.witnesses, *apart)),
                )


class _Near:
    """Regions by their lowest atom on each axis, to find those that may lie in another without trying all."""

    def __init__(self, bits: Bits, masks: Sequence[int]) -> None:
        """Index the regions."""
        self.bits = bits
        self.masks = masks
        self.lowest: dict[int, list[int]] = {}
        for mask in masks:
            for own in bits.fields:
                part = mask & own
                self.lowest.setdefault(part & -part, []).append(mask)

    def __call__(self, whole: int) -> Iterable[int]:
        """The regions whose lowest atom, on the axis on which `whole` has fewest, is one of its own."""
        own = min(self.bits.fields, key=lambda f: (whole & f).bit_count() / f.bit_count())
        return (mask for low in atoms(whole & own) for mask in self.lowest.get(low, ()))


class _Members:
    """The members of a partition, found by the atoms of the axis that tells them apart (lists run to thousands of rows)."""

    def __init__(self, bits: Bits, members: Sequence[tuple[Numbers, Rest]]) -> None:
        """Index the members that are not empty."""
        self.bits = bits
        self.narrowed = [member for member in members if member[1].witnesses]
        present = [member for member in members if member[1].mask]
        self.axis = next((own for own in bits.fields if _tells_apart(own, [rest.mask for _, rest in present])), 0)
        self.present = present
        self.owner = {low: n for n, (_, rest) in enumerate(present) for low in atoms(rest.mask & self.axis)}

    def inside(self, mask: int) -> list[tuple[Numbers, Rest]] | None:
        """The members that lie in a region; None where one straddles it or is the region itself."""
        inside = []
        for numbers, rest in self._near(mask):
            if not rest.mask & ~mask:
                if rest.mask == mask:
                    return None
                inside.append((numbers, rest))
            elif not self.bits.disjoint(rest.mask, mask):
                return None
        return inside

    def _near(self, mask: int) -> Iterable[tuple[Numbers, Rest]]:
        """The members that share an atom of the axis with a region, in order."""
        if not self.axis or (mask & self.axis).bit_count() * 4 > len(self.present):
            return self.present
        found = sorted({n for low in atoms(mask & self.axis) if (n := self.owner.get(low)) is not None})
        return (self.present[n] for n in found)


def _tells_apart(own: int, masks: Sequence[int]) -> bool:
    """Whether no two regions share an atom of one axis."""
    union = 0
    for mask in masks:
        if union & mask & own:
            return False
        union |= mask & own
    return True


def _chains(bits: Bits, classes: dict[int, list[Term]], signed: int, reduced: Reducer) -> Iterator[Identity]:
    """≤ between neighbours: a region inside another with none between.

    Each region is compared with the `CHAINED_AT_MOST` largest only: lists of thousands of rows hold one another seldom.
    """
    masks = sorted((mask for mask in classes if not mask & signed), key=int.bit_count)
    pivots = [_pivot(classes[mask]) for mask in masks]
    first = max(0, len(masks) - CHAINED_AT_MOST)
    index = Index(bits, masks[first:])
    covering = [index.covering(mask) for mask in masks]
    for place, part in enumerate(pivots):
        above = covering[place] & ~(1 << place - first) if place >= first else covering[place]
        while above:
            other = first + (above & -above).bit_length() - 1
            above &= ~covering[other]
            whole = pivots[other]
            yield Identity(Sort.CONTAINED, part.numbers, whole.numbers, "部分应不大于总体", reduced.union(part.used, whole.used))


def _together(
    bits: Bits, meaning: Meaning, classes: dict[int, list[Term]], partitions: Sequence[Partition], reduced: Reducer
) -> Iterator[Identity]:
    """Forms of one kind, and subtotals without a total, together make up a region that other tables print."""
    for partition in partitions:
        if partition.whole or not partition.members:
            continue
        first = meaning.figures[partition.members[0][0]]
        table = next(t for t in meaning.tables if t.index == first.table)
        column = next(b.block.by_path[first.form_column] for b in table.blocks if first.form_column in b.columns)
        boxes = (table.where.override(column.region), column.region, *(() if table.form.together is None else (table.form.together,)))
        rest = reduced(bits.meet(boxes))
        group = classes.get(rest.mask)
        if group:
            pivot = _pivot(group)
            yield Identity(
                Sort.LISTING,
                pivot.numbers,
                tuple(n for m in partition.members for n in m),
                f"{partition.label}之和",
                reduced.union(rest.witnesses, pivot.used),
            )


# ---- conventions -----------------------------------------------------------------------------------------------------


def _conventions(
    bits: Bits,
    meaning: Meaning,
    classes: dict[int, list[Term]],
    partitions: Sequence[Partition],
    masks: Sequence[int],
    reduced: Reducer,
) -> Iterator[Identity]:
    """Customs of the authority whose both sides the disclosure prints; a side that names no year or measure means this year's budget."""

    def printed(mask: int) -> Numbers | None:
        rest = reduced(mask).mask
        if rest in classes:
            return _pivot(classes[rest]).numbers
        for partition in partitions:
            if not rest & ~reduced(masks[partition.whole[0]]).mask:
                inside = _Members(bits, [(m, reduced(masks[m[0]])) for m in partition.members]).inside(rest)
                if inside:
                    return tuple(n for numbers, _ in inside for n in numbers)
        return None

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


def _distinct(identities: Sequence[Identity]) -> Iterator[Identity]:
    """One of each set of signed coefficients; what the form declares before what follows from it."""
    seen: set[tuple[bool, frozenset[frozenset[int]] | tuple[frozenset[int], frozenset[int]]]] = set()
    for identity in identities:
        left, right = frozenset(identity.left), frozenset(identity.right)
        contained = identity.sort is Sort.CONTAINED
        key = (contained, (left, right) if contained else frozenset((left, right)))
        if key not in seen:
            seen.add(key)
            yield identity
