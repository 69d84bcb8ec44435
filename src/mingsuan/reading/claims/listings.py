"""Lists of the narrative that should sum to a stated whole, and items that should be as many as it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claims.details import details
from mingsuan.reading.claims.exhaustive import PARTITIONS
from mingsuan.reading.claims.items import items
from mingsuan.reading.claims.known_sets import wholes_and_parts
from mingsuan.reading.claims.links import REST_OF, SHARE_OF, value_of
from mingsuan.reading.claims.listed import Listing, listing
from mingsuan.reading.claims.lists_within import within
from mingsuan.reading.claims.relations import linked
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.narrative.running import RunningText


def listings(statements: Sequence[Statement], text: Sequence[RunningText] = ()) -> tuple[Listing, ...]:
    """Lists that should sum to a stated whole.

    Lists behind 其中 contain unless a template or their shares say that they are all (基本 + 项目); numbered items and their inner amounts
    are taken as exhaustive where each states an amount.

    Args:
        statements: those of the whole narrative, in order.
        text: all paragraphs of the narrative, those without numbers too; needed to know whether every item states an amount.
    """
    claims = [s.claim for s in statements]
    found: list[Listing] = []
    for _, group in groupby(enumerate(statements), key=lambda pair: id(pair[1].paragraph)):
        numbered = list(group)
        found += within([s for _, s in numbered])
        found += details([s for _, s in numbered])
    found += _shares(claims)
    found += _rests(claims)
    found += _classes(statements)
    found += items(statements, text)
    told = {(id(one.total), *map(id, one.parts)) for one in found}
    for known in wholes_and_parts(statements):
        if (id(known.whole), *map(id, known.parts)) not in told:
            found.append(Listing("known", known.whole, known.parts, sum(map(value_of, known.parts), Decimal(0)), True, known.holds, True))
    return tuple(found)


def _shares(claims: Sequence[Claim]) -> Iterator[Listing]:
    """The shares of one whole sum to 100% where the parts are a known partition."""
    shares = [(i, c) for i, c in enumerate(claims) if c.relation == SHARE_OF and c.link("whole") is not None]
    for _, group in groupby(shares, key=lambda pair: (pair[1].link("whole"), pair[1].sentence)):
        parts = [c for _, c in group]
        owners = [linked(c, "part", claims) for c in parts]
        kinds = frozenset(dict(o.region or ()).get("kind", "") for o in owners if o is not None)
        if kinds in PARTITIONS and len(parts) == len(kinds):
            yield listing("shares", None, parts, exhaustive=True)


def _rests(claims: Sequence[Claim]) -> Iterator[Listing]:
    """安排 584，支出 584，结余 0: the part and the rest make the whole."""
    for claim in claims:
        whole, part = linked(claim, "whole", claims), linked(claim, "part", claims)
        if claim.relation == REST_OF and whole is not None and part is not None:
            yield listing("rest", whole, [part, claim], exhaustive=True)


def _classes(statements: Sequence[Statement]) -> Iterator[Listing]:
    """An amount of several economic classes (“三公”经费) against the amounts of those classes in the same section."""
    claims = [s.claim for s in statements if s.claim.role is Role.AMOUNT and s.claim.amount is not None and _department(s.claim)]
    seen: set[object] = set()
    for whole in claims:
        wanted = _department(whole)
        key = (whole.section, whole.year, _measure(whole), wanted)
        if len(wanted) < 2 or key in seen:
            continue
        seen.add(key)
        near = [
            c for c in claims if c.section == whole.section and c.year == whole.year and _measure(c) == _measure(whole) and c is not whole
        ]
        parts: list[Claim] = []
        covered: frozenset[str] = frozenset()
        for claim in sorted(near, key=lambda c: -len(_department(c))):
            own = _department(claim)
            if own and own < wanted and not own & covered:
                parts.append(claim)
                covered |= own
        if covered == wanted:
            yield listing("classes", whole, sorted(parts, key=claims.index), exhaustive=True)


def _measure(claim: Claim) -> str:
    """The measure that a region names (年初预算 beside 决算), "" for the document's own."""
    return dict(claim.region or ()).get("measure", "")


def _department(claim: Claim) -> frozenset[str]:
    """The economic classes of a region that names several by +."""
    expression = dict(claim.region or ()).get("department", "")
    return frozenset() if " - " in expression else frozenset(filter(None, re.split(r"\s*\+\s*", expression)))
