"""Rates of completion with the budget and the result that they follow from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingsuan.model.claims import Claim, Role
from mingsuan.reading.claims.words import budget_in_line, completed_budget, fits_budget, is_planned, of_one_thing, words_before

COMPLETION_OF = "done / planned"
_FURTHEST = 8
"""Claims before a rate among which its amounts are looked for."""


def ends_in_line_budget(claims: Sequence[Claim], index: int) -> bool:
    """Whether a rate ends “完成预算84.82万元的73.2%”."""
    rate = claims[index]
    before = claims[index - 1] if index else None
    plain = before is not None and before.role is Role.AMOUNT and before.sentence == rate.sentence
    return rate.role is Role.RATE and plain and words_before(rate).endswith("的") and before is not None and budget_in_line(before)


def link_completion(claims: Sequence[Claim], index: int, paragraph_of: Sequence[int]) -> Claim:
    """A rate of completion belongs to the budget and the amount spent that stand side by side before it, of one thing."""
    rate = claims[index]
    if ends_in_line_budget(claims, index):
        planned, done = index - 1, index - 2
        plain = done >= 0 and claims[done].role is Role.AMOUNT and claims[done].sentence == rate.sentence
        return _completion(rate, done, planned) if plain and not is_planned(claims[done]) else rate
    near = [
        i
        for i in range(_after_last_rate(claims, index), index)
        if claims[i].role is Role.AMOUNT and claims[i].amount is not None and paragraph_of[i] == paragraph_of[index]
    ]
    if len(near) < 2:
        return rate
    one, other = near[-2:]
    planned, done = (one, other) if is_planned(claims[one]) else (other, one)
    if not is_planned(claims[planned]) or is_planned(claims[done]) or claims[one].year != claims[other].year:
        return rate
    fits = fits_budget(claims[planned], completed_budget(rate) or "") and of_one_thing(claims[one], claims[other])
    return _completion(rate, done, planned) if fits else rate


def _completion(rate: Claim, done: int, planned: int) -> Claim:
    return replace(rate, relation=COMPLETION_OF, links=(("done", done), ("planned", planned)))


def _after_last_rate(claims: Sequence[Claim], index: int) -> int:
    """Where the amounts begin that a rate may complete: behind the rate or share before it."""
    begin = index
    while begin and begin > index - _FURTHEST and claims[begin - 1].role not in {Role.RATE, Role.SHARE}:
        begin -= 1
    return begin
