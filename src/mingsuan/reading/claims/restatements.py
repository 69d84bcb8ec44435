"""What the narrative states more than once, and amounts of a year that its own heading leaves out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.items import head_amount
from mingsuan.reading.claims.links import half_of, value_of
from mingsuan.reading.claims.phrases import phrase_key
from mingsuan.reading.claims.relations import project_scope
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.claims.words import is_planned, subject, words_before
from mingsuan.reading.ordinals import ordinal
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Restatement:
    """One thing stated more than once.

    Attributes:
        key: what it is, in words.
        claims: its statements in order; the first two that differ stand first where it does not hold.
        holds: all may be the same amount.
        by_name: only the words say that they are one thing.
    """

    key: str
    claims: tuple[Claim, ...]
    holds: bool
    by_name: bool = False


def restatements(statements: Sequence[Statement]) -> tuple[Restatement, ...]:
    """What the narrative states twice: a region, a need and the head of its item, last year's budget of one project."""
    claims = [s.claim for s in statements]
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for claim in claims:
        for key in _keys(claim):
            groups.setdefault(key, []).append(claim)
    for head, need in _needs(statements):
        groups[("need", id(need))] = [head, need]
    for head, done in _items_done(statements):
        groups[("item", id(done))] = [head, done]
    return tuple(_restatement(found[0].measure, found, by_name=key[0] == "name") for key, found in groups.items() if len(found) > 1)


def _keys(claim: Claim) -> Iterator[tuple[object, ...]]:
    if claim.role is not Role.AMOUNT or claim.amount is None:
        return
    if claim.region:
        yield ("region", claim.region, claim.year)
        word = phrase_key(claim.measure)
        if word in {"人员经费", "公用经费", "人员经费支出", "公用经费支出"}:
            yield ("word", claim.year, word.removesuffix("支出"))
    elif not is_planned(claim):
        name = _NOT_IN_NAME.sub("", subject(claim.measure))
        if name in _ONE_OF_ALL or (name in _THREE_PUBLIC and "三公" in claim.section and "决算" in claim.section):
            yield ("name", claim.year, claim.unit, name)
    if claim.measure == "上年预算":
        yield ("project", project_scope(claim), claim.year, claim.measure)


_NOT_IN_NAME = regex(r"[（）()\s]|支出$")
_ONE_OF_ALL = frozenset({"一般公共财政拨款基本", "机关运行经费"})
"""What a department has one amount of, whatever part of the text states it."""
_THREE_PUBLIC = frozenset(
    {
        "因公出国境费",
        "公务接待费",
        "公务用车购置及运行费",
        "公务用车购置及运行维护费",
        "公务用车购置费",
        "公务用车运行费",
        "公务用车运行维护费",
    }
)


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


_ITEM = regex(r"[（(][类款项][）)](?:支出)?(?:决算)?数?为?$")
_ITEM_DONE = regex(r"^(?:(?:19|20)\d\d年度?|本年|当年)?支出决算数?[为是]?$")


def _items_done(statements: Sequence[Statement]) -> Iterator[tuple[Claim, Claim]]:
    """The amount right behind the name of a functional class and what its text calls 支出决算."""
    for _, group in groupby(statements, key=lambda s: id(s.paragraph)):
        amounts = [s.claim for s in group if s.claim.role is Role.AMOUNT and s.claim.amount is not None]
        done = [c for c in amounts[1:] if _ITEM_DONE.match(words_before(c))]
        if len(done) == 1 and _ITEM.search(words_before(amounts[0])) and amounts[0].year == done[0].year:
            yield amounts[0], done[0]


def _restatement(key: str, claims: Sequence[Claim], *, by_name: bool) -> Restatement:
    first = claims[0]
    other = next((c for c in claims[1:] if not _same(first, c)), None)
    ordered = claims if other is None else [first, other, *(c for c in claims if c is not first and c is not other)]
    return Restatement(key, tuple(ordered), other is None, by_name)


def _same(left: Claim, right: Claim) -> bool:
    difference = abs(value_of(left) - value_of(right))
    return difference == 0 or difference < half_of(left) + half_of(right)
