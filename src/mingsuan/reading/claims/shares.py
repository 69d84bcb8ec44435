"""Shares of a whole, and what else of the text shows that the whole is the one meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claims.links import SHARE_OF, half_of, value_of
from mingsuan.reading.claims.relations import NEAR, Interval, interval, linked
from mingsuan.reading.claims.words import subject, whole_name
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class ShareRelation:
    """A share and the part and whole that it follows from.

    Attributes:
        expected: part over whole, None for a zero whole.
        bounds: the fractions that the printed amounts allow.
        holds: the printed share may follow.
        rounds: it is what the printed amounts give when rounded; False with `holds` is an inaccuracy, not an error.
        borne_out: other shares of the text are of the same whole and hold, so that this one must be of it too.
        named: the share names the whole.
    """

    share: Claim
    part: Claim
    whole: Claim
    expected: Decimal | None
    bounds: Interval | None
    holds: bool
    rounds: bool
    borne_out: bool = False
    named: bool = False


def share_relations(claims: Sequence[Claim]) -> tuple[ShareRelation, ...]:
    """Every share with what it must be by its part and whole.

    The whole is the one that the text names; where it names none, the one that the shares of the sentence agree on. A share that does
    not follow from it may be of another amount before it: the first that fits is taken.
    """
    stated = {id(c): _stated(claims, n) for n, c in enumerate(claims) if c.relation == SHARE_OF and linked(c, "part", claims) is not None}
    found = [relation for n, c in enumerate(claims) if id(c) in stated and (relation := _told(claims, n, stated)) is not None]
    sound: dict[Claim, set[int]] = {}
    for r in found:
        if r.holds and 0 < value_of(r.part) < value_of(r.whole):
            sound.setdefault(r.whole, set()).add(id(r.share))
    return tuple(
        replace(
            r,
            borne_out=bool(sound.get(r.whole, set()) - {id(r.share)}),
            named=r.whole is linked(r.share, "whole", claims) and whole_name(r.share) != "",
        )
        for r in found
    )


_SENTENCES = 3
"""Sentences apart that shares of one whole may stand."""


def _told(claims: Sequence[Claim], index: int, stated: dict[int, ShareRelation | None]) -> ShareRelation | None:
    claim = claims[index]
    own = stated[id(claim)]
    if claim.template is not None or (own is not None and own.holds):
        return own
    part = linked(claim, "part", claims)
    assert part is not None
    name = whole_name(claim)
    if own is not None and name:
        alike = (_share(claim, part, w) for w in _wholes(claims, index, part) if subject(w.measure) == subject(name))
        return next((r for r in alike if r.holds), own)
    near_by = [
        c for c in claims[max(0, index - NEAR) : index + NEAR] if id(c) in stated and c.scope == claim.scope and whole_name(c) == name
    ]
    in_line = [c for c in near_by if c.sentence == claim.sentence]
    agreed = (
        _agreed(claims, in_line)
        or _agreed(claims, [c for c in near_by if abs(c.sentence - claim.sentence) <= _SENTENCES])
        or _agreed(claims, _in_items(claims, index, stated))
    )
    if agreed is not None:
        near = (_share(claim, part, other) for other in _wholes(claims, index, part) if other.sentence == claim.sentence)
        meant = _share(claim, part, agreed)
        return meant if meant.holds else next((r for r in near if r.holds), meant)
    first = own
    for whole in _wholes(claims, index, part):
        relation = _share(claim, part, whole)
        first = relation if first is None or relation.holds else first
        if relation.holds:
            break
    return first


def _in_items(claims: Sequence[Claim], index: int, stated: Mapping[int, ShareRelation | None]) -> list[Claim]:
    """The shares of the items beside the one that a share stands in (1.教育支出（类）60万元，占60%。2.…), where each has one; else none."""
    claim, name = claims[index], whole_name(claims[index])
    beside = [
        c
        for c in claims[max(0, index - NEAR) : index + NEAR]
        if id(c) in stated and c.scope and c.scope[:-1] == claim.scope[:-1] and c.section == claim.section and whole_name(c) == name
    ]
    return beside if len(beside) >= _ITEMS and len({c.scope for c in beside}) == len(beside) else []


_ITEMS = 3
"""Items from which their shares show by themselves what they are of."""


def _stated(claims: Sequence[Claim], index: int) -> ShareRelation | None:
    part, whole = linked(claims[index], "part", claims), linked(claims[index], "whole", claims)
    return _share(claims[index], part, whole) if part is not None and whole is not None else None


def _agreed(claims: Sequence[Claim], group: Sequence[Claim]) -> Claim | None:
    """The whole of which all shares of a sentence but one are: an amount before them, or their own sum."""
    pairs = [(c, part) for c in group if (part := linked(c, "part", claims)) is not None and value_of(part)]
    if len(pairs) < 2:
        return None
    largest = max(value_of(part) for _, part in pairs)
    begin = pairs[0][0].link("part") or 0
    before = [
        c
        for c in claims[max(0, begin - NEAR) : begin]
        if c.role is Role.AMOUNT
        and c.amount is not None
        and c.section == group[0].section
        and c.year == group[0].year
        and value_of(c) >= largest
    ]
    for whole in (*reversed(before), *_sum_of([part for _, part in pairs])):
        held = [part for c, part in pairs if _share(c, part, whole).holds]
        if len(held) >= len(pairs) - 1 and any(value_of(part) < value_of(whole) for part in held):
            return whole
    return None


def _sum_of(parts: Sequence[Claim]) -> Iterator[Claim]:
    """What some parts of one unit make together, as if it were stated."""
    if len({p.unit for p in parts}) == 1 and len({id(p) for p in parts}) == len(parts):
        total = sum((p.value for p in parts), Decimal(0))
        first = parts[0]
        yield replace(first, value=total, text=f"{total:f}", measure="各项之和", decimals=max(p.decimals for p in parts), links=())


def _wholes(claims: Sequence[Claim], index: int, part: Claim) -> Iterator[Claim]:
    """The amounts before a share that may be its whole."""
    claim = claims[index]
    for other in claims[max(0, index - NEAR) : index]:
        fits = other.role is Role.AMOUNT and other.amount is not None and other.year == part.year and other.scope == claim.scope
        if fits and other is not part and value_of(other) >= value_of(part):
            yield other


def _share(share: Claim, part: Claim, whole: Claim) -> ShareRelation:
    total, own, printed = interval(whole), interval(part), interval(share)
    if total.low <= 0:
        empty = value_of(part) == 0 and value_of(share) == 0
        return ShareRelation(share, part, whole, None, None, empty or value_of(whole) > 0, empty or value_of(whole) > 0)
    bounds = Interval(max(own.low, Decimal(0)) / total.high, own.high / total.low)
    if value_of(part) == 0:
        bounds = Interval(Decimal(0), bounds.high)
    expected = value_of(part) / value_of(whole)
    rounds = abs(expected - value_of(share)) <= half_of(share)
    return ShareRelation(share, part, whole, expected, bounds, bounds.meets(printed), rounds)
