"""Last year's figures that the narrative states as changes: 比上年增加 12.3 万元 tells last year's amount of the same region."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingsuan.amounts import Amount
from mingsuan.dialects.meaning.understand import Figure, Meaning
from mingsuan.ledger import Box, UnknownNode
from mingsuan.model import Claim, Disclosure
from mingsuan.model.claims import Role

FALLS = ("减少", "下降", "降低", "减", "降")


def with_last_year(meaning: Meaning, disclosure: Disclosure) -> Meaning:
    """The meaning with a figure for each amount of last year that follows from a change."""
    stated = {f.box(meaning.dialect.axes) for f in meaning.figures if f.claim is not None}
    found = {f.boxes: f for f in _figures(meaning, disclosure) if f.boxes[0] not in stated}
    return replace(meaning, figures=(*meaning.figures, *found.values()))


def _figures(meaning: Meaning, disclosure: Disclosure) -> Iterator[Figure]:
    axes, meant = meaning.dialect.axes, meaning.dialect.meant
    for number, claim in enumerate(disclosure.claims):
        base = _base(claim, disclosure)
        if claim.role is not Role.CHANGE or base is None or base.region is None or any(axis == "project" for axis, _ in base.region):
            continue
        now, change = base.amount, claim.amount
        if now is None or change is None or claim.relation != "amount - last":
            continue
        sign = -1 if claim.direction and claim.direction.startswith(FALLS) and change.yuan > 0 else 1
        try:
            box = meant.override(Box.parse(axes, {**dict(base.region), "year": "-1"})).completed(axes.spending)
        except UnknownNode:
            continue
        yuan = now.yuan - sign * change.yuan
        if yuan >= 0:
            decimals = min(now.decimals, change.decimals)
            yield Figure((box,), Amount(yuan, now.unit, decimals), f"说明“{claim.quote}”", claim.place, claim=number)


def _base(claim: Claim, disclosure: Disclosure) -> Claim | None:
    index = claim.link("amount")
    return disclosure.claims[index] if index is not None else None
