"""NAR, continued: what was done of a budget, in percent and in words."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side, in_unit_of, yuan_of
from mingsuan.model import Claim, Level
from mingsuan.reading.claims.completions import ComparisonInWords, Completion, comparisons_in_words, completions

CHAPTER = "叙述"


@rule(
    "NAR111",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对预算数和决算数；两数无误的，把完成比例改为{expected}。",
)
def completion_follows_from_its_budget(subject: Subject) -> Iterator[Outcome]:
    """完成预算的百分比等于决算数除以预算数；预算数为0时没有百分比。

    错：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的85.00%。
    对：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%。
    """
    found = completions(subject.disclosure.claims)
    if not found:
        yield not_applicable("叙述没有写明可以核算的完成预算的百分比")
    for completion in found:
        yield Examined(completion.rate.place)
        if not completion.holds:
            yield _incomplete(completion)


def _incomplete(completion: Completion) -> Draft:
    rate, planned, done = completion.rate, completion.planned, completion.done
    sides = tuple(claim_side(c) for c in (rate, planned, done))
    if completion.expected is None:
        return Draft(
            f"预算数为0，不能计算完成比例，文中却写{as_printed(rate)}",
            sides,
            as_printed(rate),
            "不写百分比，只写决算数",
            fix="删去百分比，说明没有安排预算。",
        )
    right = _rounded(completion.expected * 100, rate)
    return Draft(
        f"{as_printed(done)}是{as_printed(planned)}的{right:f}%，文中写{as_printed(rate)}",
        sides,
        as_printed(rate),
        f"{right:f}%",
        f"{rate.value - right:+f}个百分点",
        witnesses=(f"{as_printed(done)}÷{as_printed(planned)}＝{right:f}%",),
        level=Level.INFO if abs(rate.value - right).scaleb(rate.decimals) <= 1 else None,
    )


def _rounded(percent: Decimal, like: Claim) -> Decimal:
    return percent.quantize(Decimal(1).scaleb(-like.decimals), rounding=ROUND_HALF_UP)


@rule(
    "NAR117",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对预算数和决算数，把“大于”“小于”“等于”改成与数字一致，原因也相应改写。",
)
def words_of_completion_fit_the_figures(subject: Subject) -> Iterator[Outcome]:
    """“决算数大于预算数”之类的话与数字一致。

    错：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%，决算数大于预算数的主要原因是压减支出。
    对：年初预算为50.00万元，支出决算为40.00万元，完成年初预算的80.00%，决算数小于预算数的主要原因是压减支出。
    """
    said = tuple(comparisons_in_words(subject.statements))
    if not said:
        yield not_applicable("叙述没有写明决算数与预算数的大小")
    for comparison in said:
        yield Examined(comparison.behind.place)
        yield from _contradicted(comparison)


def _contradicted(comparison: ComparisonInWords) -> Iterator[Draft]:
    """What contradicts the words: the two amounts, or the rate alone where they are not told."""
    behind = comparison.behind
    if comparison.pair is not None:
        planned, done = comparison.pair
        difference = yuan_of(done) - yuan_of(planned)
        shown = f"预算{as_printed(planned)}，决算{as_printed(done)}"
        sides = tuple(claim_side(c) for c in (planned, done) if c is not behind)
        gap = f"{'多' if difference > 0 else '少'}{in_unit_of(abs(difference), done)}" if difference else ""
    else:
        difference, gap = behind.value - 100, ""
        shown, sides = f"完成预算的{as_printed(behind)}", ()
        if abs(difference) * 2 <= Decimal(1).scaleb(-behind.decimals):
            return
    sign = (difference > 0) - (difference < 0)
    if sign == comparison.said:
        return
    right = ("等于", "大于", "小于")[sign]
    yield Draft(
        f"{shown}，文中却写“{comparison.words}”",
        (claim_side(behind), *sides),
        comparison.words,
        f"决算数{right}预算数",
        gap,
        level=None if comparison.said and sign and comparison.pair is not None else Level.WARNING,
    )
