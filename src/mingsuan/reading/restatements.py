"""What the narrative states more than once, and amounts of a year that its own heading leaves out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claim_links import half_of, value_of
from mingsuan.reading.claims import Statement
from mingsuan.reading.listings import head_amount
from mingsuan.reading.ordinals import ordinal
from mingsuan.reading.phrases import phrase_key
from mingsuan.reading.relations import project_scope


@dataclass(frozen=True, slots=True)
class StrayYear:
    """A need for a year that lies outside the years that the heading announces (2021-2023年资金需求 over 2020年资金需求50万元)."""

    claim: Claim
    first: int
    last: int


_YEARS = re.compile(r"((?:19|20)\d\d)年?[-—–~～至到]((?:19|20)\d\d)年")


def stray_years(claims: Sequence[Claim]) -> tuple[StrayYear, ...]:
    """Needs whose year is not one of those that a heading over them announces."""
    found = []
    for claim in claims:
        span = next((m for mark in reversed(claim.scope) if "资金需求" in mark and (m := _YEARS.search(mark))), None)
        if claim.measure == "资金需求" and claim.year is not None and span and not int(span[1]) <= claim.year <= int(span[2]):
            found.append(StrayYear(claim, int(span[1]), int(span[2])))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Restatement:
    """One thing stated more than once.

    Attributes:
        key: what it is, in words.
        claims: its statements in order; the first two that differ stand first where it does not hold.
        holds: all may be the same amount.
    """

    key: str
    claims: tuple[Claim, ...]
    holds: bool


def restatements(statements: Sequence[Statement]) -> tuple[Restatement, ...]:
    """What the narrative states twice: a region, a need and the head of its item, last year's budget of one project."""
    claims = [s.claim for s in statements]
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        for key in _keys(claim):
            groups.setdefault(key, []).append(claim)
    for head, need in _needs(statements):
        groups[("need", id(need))] = [head, need]
    return tuple(_restatement(found[0].measure, found) for found in groups.values() if len(found) > 1)


def _keys(claim: Claim) -> Iterator[tuple[object, ...]]:
    if claim.role is not Role.AMOUNT or claim.amount is None:
        return
    if claim.region:
        yield ("region", claim.region, claim.year)
        word = phrase_key(claim.measure)
        if word in {"人员经费", "公用经费", "人员经费支出", "公用经费支出"}:
            yield ("word", claim.year, word.removesuffix("支出"))
    if claim.measure == "上年预算":
        yield ("project", project_scope(claim), claim.year, claim.measure)


def _needs(statements: Sequence[Statement]) -> Iterator[tuple[Claim, Claim]]:
    """A numbered item's head and the need for the year that its text states."""
    for _, group in groupby(statements, key=lambda s: id(s.paragraph)):
        found = list(group)
        head = head_amount(found) if ordinal(found[0].paragraph.text) is not None else None
        if head is None:
            continue
        need = next((s.claim for s in found if s.claim.measure == "资金需求" and s.claim is not head and s.claim.year == head.year), None)
        if need is not None and head.measure != "资金需求":
            yield head, need


def _restatement(key: str, claims: Sequence[Claim]) -> Restatement:
    first = claims[0]
    other = next((c for c in claims[1:] if not _same(first, c)), None)
    ordered = claims if other is None else [first, other, *(c for c in claims if c is not first and c is not other)]
    return Restatement(key, tuple(ordered), other is None)


def _same(left: Claim, right: Claim) -> bool:
    difference = abs(value_of(left) - value_of(right))
    return difference == 0 or difference < half_of(left) + half_of(right)


def by_region(claims: Sequence[Claim]) -> Mapping[tuple[tuple[str, str], ...], tuple[Claim, ...]]:
    """The amounts of a narrative by the region that they stand for."""
    found: dict[tuple[tuple[str, str], ...], tuple[Claim, ...]] = {}
    for claim in claims:
        if claim.region is not None:
            found[claim.region] = (*found.get(claim.region, ()), claim)
    return found
