"""Changes with the amounts that they change, and with what they are told against: last year's amount or this year's budget."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.phrases import NEAR
from mingsuan.reading.claims.words import (
    GENERIC,
    budget_in_line,
    compared_thing,
    is_against_budget,
    is_base_of_comparison,
    is_done,
    is_planned,
    of_one_thing,
    subject,
    words_before,
)

CHANGE_OF = "amount - last"


def link_change(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int]) -> Claim:
    """A change belongs to the amount of its own name in its part of the text, else to the one before it in its paragraph."""
    claim = claims[index]
    own = subject(claim.measure) or compared_thing(claim)
    own = "" if own in _BOTH_SIDES or (own in GENERIC and _LAST_YEARS.search(words_before(claim))) else own
    plain = [i for i in range(index - 1, max(-1, index - NEAR), -1) if _may_change(claims[i], claim)]
    current = [i for i in plain if claims[i].year == claim.year and not _is_of_an_unknown_last_year(claims[i])]
    one_of_several = _in_turn(claims, index, paragraph_of)
    if one_of_several is not None:
        target = one_of_several if one_of_several >= 0 else None
    elif own:
        target = next((i for i in current if subject(claims[i].measure) == own), None)
    else:
        target = _spoken_of(claims, [i for i in current if paragraph_of[i] == paragraph_of[index]], index)
    if target is None:
        return claim
    planned = target if is_planned(claims[target]) and is_against_budget(claim) else None
    target = what_was_done(claims, target, index)
    last = planned if planned != target else None
    if last is None:
        last = next((i for i in plain if i > target and claims[i].sentence == claim.sentence and _is_base(claims[i], claims[target])), None)
    last = _budget_in_line(claims, target, index) if last is None else last
    links = (("amount", target), *((("last", last),) if last is not None else ()))
    return replace(claim, relation=CHANGE_OF, links=links)


def _budget_in_line(claims: Sequence[Claim], target: int, index: int) -> int | None:
    """The budget that a change names right before it (决算数17.26万元，比年初预算数18.00万元减少0.74万元)."""
    before = claims[index - 1]
    fits = index - 1 > target and before.role is Role.AMOUNT and before.sentence == claims[target].sentence == claims[index].sentence
    return index - 1 if fits and is_planned(before) and is_base_of_comparison(before) else None


_OPENS_PARTS = regex(r"其中")
_LAST_YEARS = regex(r"(?:比|较|与|同)(?:上年|去年|上一年|20\d\d年)度?(?:实际)?(?:累计)?(?:支出|收入|决算|执行|预算)数?")
"""The 支出 of 较上年支出数减少 is last year's, not what the change is of."""
_BOTH_SIDES = frozenset({"支", "收支", "收入支出"})
"""What is left of 收、支总计各: the totals that the paragraph speaks of."""


def _is_of_an_unknown_last_year(amount: Claim) -> bool:
    """Whether an amount is of the year before by its words, where the text's own year is not known."""
    return amount.year is None and re.search(r"上年|去年|上一年", words_before(amount)) is not None


def _spoken_of(claims: Sequence[Claim], current: Sequence[int], index: int) -> int | None:
    """The amount right before a change in its sentence; a new sentence (与上年相比，增加…) goes on about the first one of the last.

    A sentence between that only lists parts (其中：基本支出…，项目支出…。) or names what the amount is compared with is passed over.
    """
    if not current or claims[current[0]].sentence == claims[index].sentence:
        return current[0] if current else None
    told: dict[int, list[int]] = {}
    for i in reversed(current):
        if not is_base_of_comparison(claims[i]):
            told.setdefault(claims[i].sentence, []).append(i)
    whole = next((own for own in reversed(told.values()) if len(own) == 1 or not _OPENS_PARTS.match(claims[own[0]].quote)), None)
    return whole[0] if whole else None


def _may_change(amount: Claim, change: Claim) -> bool:
    """Whether a change may be one of an amount: both in one part of the text and of one kind."""
    return (
        amount.section == change.section
        and amount.scope[: len(change.scope)] == change.scope[: len(amount.scope)]
        and amount.role in {Role.AMOUNT, Role.COUNT}
        and _same_family(amount.unit, change.unit)
    )


def what_was_done(claims: Sequence[Claim], target: int, index: int) -> int:
    """The amount spent beside a budget: what rose or fell against last year's account, or against the budget, is not the budget itself."""
    if not is_planned(claims[target]):
        return target
    for beside in (target - 1, target + 1):
        near = 0 <= beside < index and claims[beside].role is Role.AMOUNT and claims[beside].sentence == claims[target].sentence
        of_one = beside < target and budget_in_line(claims[target])
        if near and is_done(claims[beside]) and (of_one or of_one_thing(claims[beside], claims[target])):
            return beside
    return target


_IN_TURN = regex(r"(?:各|分别)[\u4e00-\u9fff]{0,4}$")


def _in_turn(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int]) -> int | None:
    """The amount of a change that is one of several in a row (各为1.2、3.4万元，各减少0.1、0.2万元), -1 if it is not told which.

    None where the change stands alone.
    """
    first = last = index
    while first and claims[first - 1].role is Role.CHANGE and claims[first - 1].sentence == claims[index].sentence:
        first -= 1
    while last + 1 < len(claims) and claims[last + 1].role is Role.CHANGE and claims[last + 1].sentence == claims[index].sentence:
        last += 1
    size = last - first + 1
    if size == 1 or _IN_TURN.search(words_before(claims[first])) is None:
        return None
    amounts = range(first - size, first)
    fit = first >= size and all(claims[i].role is Role.AMOUNT and paragraph_of[i] == paragraph_of[index] for i in amounts)
    return index - size if fit else -1


def _is_base(last: Claim, amount: Claim) -> bool:
    """Whether an amount is last year's of the same thing: it says no more than 上年预算, or names the thing itself."""
    own = subject(last.measure)
    return (
        last.year is not None
        and amount.year is not None
        and last.year == amount.year - 1
        and (own in GENERIC or subject(amount.measure).endswith(own))
    )


def _same_family(left: str, right: str) -> bool:
    return left == right or (left.endswith("元") and right.endswith("元"))
