"""Rates of completion: what was spent or received over what was planned, and the words that compare the two."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingsuan.model.claims import Claim, Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.completion_links import COMPLETION_OF
from mingsuan.reading.claims.links import half_of, value_of
from mingsuan.reading.claims.relations import Interval, interval, linked
from mingsuan.reading.claims.statements import Statement
from mingsuan.reading.claims.words import budget_in_line, completed_budget, is_planned, of_one_thing
from mingsuan.reading.narrative.numbers import without_markup
from mingsuan.values import dataclass


@dataclass(frozen=True, slots=True)
class Completion:
    """A rate of completion with the amounts that it follows from.

    Attributes:
        planned: the budget that the rate is of.
        done: what was spent or received of it.
        expected: done over planned as a fraction, None for a budget of zero.
        holds: the printed rate may follow; nothing done of nothing planned may be called any rate.
    """

    rate: Claim
    planned: Claim
    done: Claim
    expected: Decimal | None
    holds: bool


def completions(claims: Sequence[Claim]) -> tuple[Completion, ...]:
    """Every rate of completion whose budget and result stand before it."""
    found = []
    for claim in claims:
        planned, done = linked(claim, "planned", claims), linked(claim, "done", claims)
        if claim.relation == COMPLETION_OF and planned is not None and done is not None:
            completion = _completion(claim, planned, done)
            if completion.holds or not _told_before(done, planned):
                found.append(completion)
    return tuple(found)


def _told_before(done: Claim, planned: Claim) -> bool:
    """Whether the amount stands in a sentence before that of the budget, so that it may be of another thing."""
    return done.sentence < planned.sentence


def _completion(rate: Claim, planned: Claim, done: Claim) -> Completion:
    whole, own = interval(planned), interval(done)
    if not value_of(planned):
        return Completion(rate, planned, done, None, not value_of(done))
    expected = value_of(done) / value_of(planned)
    if whole.low <= 0:
        return Completion(rate, planned, done, expected, True)
    bounds = Interval(max(own.low, Decimal(0)) / whole.high, own.high / whole.low)
    return Completion(rate, planned, done, expected, bounds.meets(interval(rate)) or abs(expected - value_of(rate)) <= half_of(rate))


@dataclass(frozen=True, slots=True)
class ComparisonInWords:
    """Words that say whether more or less was spent than planned (决算数大于预算数), behind the number that they explain.

    Attributes:
        behind: the number right before them: a rate of completion, or the amount done where no rate is told.
        pair: what was planned and what was done, None where the two are not told.
        words: as printed.
        said: 1 for more, -1 for less, 0 for as much.
        gap: by how much, where it is printed behind the words.
    """

    behind: Claim
    pair: tuple[Claim, Claim] | None
    words: str
    said: int
    gap: Claim | None


_WORDS = regex(
    r"(?P<own>[\u4e00-\u9fff“”（）()\d]{0,20}?)决算数?"
    r"(?:(?P<more>大于|高于|多于|超过)|(?P<less>小于|低于|少于)|(?P<same>等于|与))(?:年初|全年|调整)?预算(?:数|安排)?(?P<even>持平|一致|相同)?"
)
_FILLING = regex(r"(?:19|20)\d\d年?度?|其|该项|本项|支出|收入|的|全年|本年|实际|预算|决算|财政拨款")
"""What the words on budget and account may begin with that names nothing of their own."""
_ASIDE = frozenset({Role.CHANGE, Role.GROWTH, Role.COUNT})
"""What may be told between a rate and the words that explain it: last year's figures, journeys and guests."""
_WITHIN = regex(r"其中|[；;\n]|[一二三四五六七八九十\d]+[、.．]")
_ALL, _NEAR = Decimal(100), 30


def comparisons_in_words(statements: Sequence[Statement]) -> Iterator[ComparisonInWords]:
    """What is said of budget and account behind a rate that fits them, or behind the two where no rate is told.

    Only changes and counts may stand between. Several budgets of one sentence, or rates of which some are above and some below
    the whole, say nothing: the words may be of any of them.
    """
    known = {id(c.rate): c for c in completions([s.claim for s in statements])}
    for number, statement in enumerate(statements):
        completion = known.get(id(statement.claim))
        pair: tuple[Claim, Claim] | None
        if completion is not None:
            told, pair = completion.holds, (completion.planned, completion.done)
        elif _completes(statements, number):
            told, pair = True, None
        else:
            pair = _told_without_rate(statements, number)
            told = pair is not None
        if told and not _is_one_of_several(statements, number):
            yield from _compared(statements, number, pair)


def _completes(statements: Sequence[Statement], number: int) -> bool:
    """Whether a number is a rate of completion (完成预算的98%, 完成预算12万元的98%)."""
    claim, before = statements[number].claim, statements[number - 1].claim if number else None
    if completed_budget(claim) is not None:
        return True
    return claim.role is Role.RATE and before is not None and before.sentence == claim.sentence and budget_in_line(before)


def _told_without_rate(statements: Sequence[Statement], number: int) -> tuple[Claim, Claim] | None:
    """A budget and right behind it what was done of it (年初预算为20.00万元，支出决算为21.30万元)."""
    if not number:
        return None
    before, this = statements[number - 1], statements[number]
    planned, done = before.claim, this.claim
    beside = before.paragraph is this.paragraph and planned.sentence == done.sentence and planned.year == done.year
    amounts = planned.role is done.role is Role.AMOUNT and planned.amount is not None and done.amount is not None
    of_both = is_planned(planned) and not is_planned(done) and of_one_thing(planned, done)
    return (planned, done) if beside and amounts and of_both else None


def _compared(statements: Sequence[Statement], number: int, pair: tuple[Claim, Claim] | None) -> Iterator[ComparisonInWords]:
    statement = statements[number]
    plain = without_markup(statement.paragraph.text)
    begin, following = statement.number.end, _next(statements, number)
    while following is not None:
        behind = plain[begin : following.number.start]
        if following.claim.role not in _ASIDE or _WITHIN.search(behind) or _WORDS.search(re.sub(r"\s", "", behind)):
            break
        number += 1
        begin, following = following.number.end, _next(statements, number)
    behind = re.sub(r"\s", "", plain[begin : following.number.start if following is not None else len(plain)])
    match = _WORDS.search(behind)
    if match is None or (match["same"] == "与" and not match["even"]) or not _is_of_it(match["own"], pair):
        return
    if begin != statement.number.end and _WITHIN.search(behind, 0, match.start()):
        return
    gap = following.claim if following is not None and match.end() == len(match.string) else None
    said = 1 if match["more"] else -1 if match["less"] else 0
    yield ComparisonInWords(statement.claim, pair, match[0].removeprefix(match["own"]), said, gap)


def _next(statements: Sequence[Statement], number: int) -> Statement | None:
    """The next number of the same paragraph."""
    following = statements[number + 1] if number + 1 < len(statements) else None
    return following if following is not None and following.paragraph is statements[number].paragraph else None


def _is_of_it(own: str, pair: tuple[Claim, Claim] | None) -> bool:
    """Whether the words name nothing of their own, or what the budget or the account right before them is of."""
    name = _FILLING.sub("", own)
    return not name or (pair is not None and any(name in re.sub(r"\s", "", claim.quote) for claim in pair))


def _is_one_of_several(statements: Sequence[Statement], number: int) -> bool:
    """Whether a sentence tells several budgets, or rates above and below the whole, so that words behind the last may be of the first."""
    sentence = statements[number].claim.sentence
    near = [n for n in range(max(0, number - _NEAR), min(len(statements), number + _NEAR)) if statements[n].claim.sentence == sentence]
    rates = [n for n in near if _completes(statements, n)]
    budgets = sum(is_planned(statements[n].claim) and statements[n].claim.role is Role.AMOUNT for n in near)
    if not rates:
        return budgets > 1
    ways = {(rate > _ALL) - (rate < _ALL) for n in rates if n <= number for rate in (statements[n].claim.value,)}
    return len(rates) > 1 and len(ways) > 1
