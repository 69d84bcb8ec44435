"""NAR: growth and direction in the narrative. Against tables its numbers are checked as identities (rules/figures.py)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.rules.against_last import both_ways
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side, in_unit_of, rounded_like, yuan_of
from mingsuan.checking.wrong_numbers import claims_put_right
from mingsuan.model import Claim, Level, Repair, Side
from mingsuan.model.claims import Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.relations import (
    ChangeRelation,
    GrowthRelation,
    change_relations,
    contrary_words,
    growth_relations,
    rises_above_all,
)
from mingsuan.reading.claims.restatements import Restatement
from mingsuan.reading.claims.words import is_planned

CHAPTER = "叙述"


@rule("NAR101", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,), about=About.SECTIONS)
def growth_follows_from_its_base(subject: Subject) -> Iterator[Outcome]:
    """增减百分比以上年数为基数。

    错：2021年收入总计2430.88万元，支出总计2430.88万元，与2020年预算相比，收入减少620.38万元，下降25.52%。
    对：2021年收入总计2430.88万元，支出总计2430.88万元，与2020年预算相比，收入减少620.38万元，下降20.33%。
    """
    relations = subject.growths
    if not relations:
        yield not_applicable("叙述没有写明可以核算的增减百分比")
    mended = {id(r.growth) for r in growth_relations(claims_put_right(subject)) if r.holds}
    borne_out = {id(r.growth): r for r in growth_relations(claims_put_right(subject, known=False)) if r.holds}
    for relation in relations:
        if not relation.zero_base and relation.expected is not None:
            yield Examined(relation.growth.place)
        if relation.zero_base or relation.expected is None or relation.holds or _only_the_word_is_wrong(relation):
            continue
        if id(relation.growth) in mended:
            continue
        certain = _is_certain(subject, relation)
        if not certain and _explained_by_another(subject, relation):
            yield insufficient(
                f"一句里有几个数，不能断定{as_printed(relation.growth)}以哪个数为基数（{relation.growth.place}）", relation.growth.place
            )
        else:
            told = _wrong_growth(relation, relation.expected, certain=certain)
            right = borne_out.get(id(relation.growth))
            yield told if right is None else _follows_from_a_wrong_number(told, relation, right)


def _only_the_word_is_wrong(relation: GrowthRelation) -> bool:
    """Whether change and rate go opposite ways and the rate follows from the base that the other word gives; NAR102 tells that."""
    if relation.same_direction or relation.change is None or relation.amount is None or relation.last is not None:
        return False
    moved = yuan_of(relation.amount) - relation.base
    other = yuan_of(relation.amount) + moved
    half = Decimal(1).scaleb(-relation.growth.decimals)
    return other > 0 and abs(abs(moved) / other * 100 - abs(relation.growth.value)) <= half


_OTHER_BASIS = regex(r"可比|同口径|剔除|扣除|还原|按可比")
"""Words that say that last year's amount was put on another footing."""


def _is_certain(subject: Subject, relation: GrowthRelation) -> bool:
    """Whether nothing else can be meant: a template reads it, or one amount, its change and the rate follow one another."""
    growth, change, amount = relation.growth, relation.change, relation.amount
    if growth.template is not None or relation.wrong_base:
        return True
    claims = subject.disclosure.claims
    told = [c for c in (amount, relation.last, change, growth) if c is not None]
    at = (growth.link("change") or 0) + 1
    begin = at + 1 - len(told)
    if change is None or amount is None or begin < 0 or list(map(id, claims[begin : at + 1])) != list(map(id, told)):
        return False
    before = claims[begin - 1] if begin else None
    alone = before is None or before.sentence != amount.sentence or before.role is not Role.AMOUNT
    beside = amount.sentence == growth.sentence or (amount.sentence == growth.sentence - 1 and amount.scope == growth.scope)
    return alone and beside and not any(_OTHER_BASIS.search(c.quote) for c in told)


def _explained_by_another(subject: Subject, relation: GrowthRelation) -> bool:
    """Whether another amount of the paragraph gives the printed rate, where no template says which amount is meant."""
    growth, size = relation.growth, _size(relation)
    if growth.template is not None or relation.amount is None:
        return False
    falls = yuan_of(relation.amount) < relation.base
    here = subject.statement_of.get(id(growth))
    beside = subject.stated_in[id(here.paragraph)] if here is not None else ()
    near = [s.claim for s in beside if s.claim.role is Role.AMOUNT and s.claim.amount is not None]
    together = sum((yuan_of(c) for c in near if c.sentence == growth.sentence), Decimal(0))
    amounts = {*map(yuan_of, near), together} - {yuan_of(relation.amount)}
    bases = (amount + (size if falls else -size) for amount in amounts)
    half = Decimal(1).scaleb(-growth.decimals) / 2
    return any(base > 0 and abs(size / base * 100 - abs(growth.value)) <= half for base in bases)


def _size(relation: GrowthRelation) -> Decimal:
    """How much was added or taken, in 元: as printed, or between the two printed amounts."""
    if relation.change is not None:
        return abs(yuan_of(relation.change))
    return abs(yuan_of(relation.amount) - relation.base) if relation.amount is not None else Decimal(0)


def _said(relation: GrowthRelation) -> str:
    """The change and the rate as printed, with their words of direction."""
    rate = f"{relation.growth.direction or ''}{as_printed(relation.growth)}"
    if relation.change is None:
        return rate
    return f"{relation.change.direction or ''}{as_printed(relation.change)}，{rate}"


def _last_digit(claim: Claim, expected: Decimal) -> bool:
    """Whether a percentage is off by less than one in its last digit: cut off instead of rounded, or rounded to fewer (2.59 as 2.60)."""
    off = abs(expected * 100 - abs(claim.value))
    if claim.decimals and claim.text.rstrip("%％").endswith("0"):
        return off.scaleb(claim.decimals - 1) * 2 <= 1
    return claim.template is None and off.scaleb(claim.decimals) < 1


def _told(relation: GrowthRelation) -> tuple[Side, ...]:
    return tuple(claim_side(c) for c in (relation.growth, relation.change, relation.amount, relation.last) if c is not None)


def _wrong_growth(relation: GrowthRelation, expected: Decimal, *, certain: bool) -> Draft:
    growth = relation.growth
    unit_of = relation.change or relation.amount or growth
    word = growth.direction or "增减"
    right = rounded_like(expected, growth)
    base = in_unit_of(relation.base, unit_of)
    derived = ""
    if relation.amount is not None and relation.last is None and relation.change is not None:
        sign = "+" if yuan_of(relation.amount) < relation.base else "−"
        derived = f"上年数＝{as_printed(relation.amount)}{sign}{as_printed(relation.change)}＝{base}；"
    reason = f"，错在以当年数{as_printed(relation.amount)}为分母" if relation.wrong_base and relation.amount else ""
    return Draft(
        f"“{_said(relation)}”应为{word}{right}{reason}",
        _told(relation),
        _said(relation),
        f"{word}{right}",
        witnesses=(f"{derived}{in_unit_of(_size(relation), unit_of)}÷{base}＝{right}",),
        repairs=(Repair(growth.place, growth.measure, as_printed(growth), right, "按上年数重算"),),
        level=Level.INFO if _last_digit(growth, expected) else None if certain else Level.WARNING,
    )


def _follows_from_a_wrong_number(told: Draft, relation: GrowthRelation, right: GrowthRelation) -> Draft:
    """A rate that does not follow from the printed numbers and does from the one that a table puts right, which is told there."""
    stated = zip((relation.amount, relation.last, relation.change), (right.amount, right.last, right.change), strict=True)
    wrong, wanted = next((p, r) for p, r in stated if p is not None and r is not None and p.value != r.value)
    printed, instead = as_printed(wrong), rounded_like(yuan_of(wanted), wrong)
    rate = f"{relation.growth.direction or ''}{as_printed(relation.growth)}"
    return replace(
        told,
        message=f"“{_said(relation)}”与文中的{printed}不符：{printed}无误时应为{told.expected}，{printed}改为{instead}时{rate}无误",
        expected=f"{told.expected}（{printed}无误时）",
        fix=f"先核对{printed}：有误的，改为{instead}，{rate}不必改；无误的，把{rate}改为{told.expected}。",
        repairs=(),
        level=max(told.level or Level.WARNING, Level.WARNING, key=list(Level).index),
    )


@rule(
    "NAR102",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="常识",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对本年数和上年数，把增减的词改成与数字一致，金额和百分比用同一方向的词。",
)
def directions_agree(subject: Subject) -> Iterator[Outcome]:
    """增减的词与数字的正负一致。

    错：2021年收入总计2430.88万元，支出总计2430.88万元，与2020年预算相比，收入减少620.38万元，增长20.33%。
    对：2021年收入总计2430.88万元，支出总计2430.88万元，与2020年预算相比，收入减少620.38万元，下降20.33%。
    """
    odd = {id(c) for less, more in both_ways(subject.disclosure.claims) if len(less) < len(more) for c in less}
    for growth in subject.growths:
        yield Examined(growth.growth.place)
        if not growth.same_direction and growth.growth.value and _size(growth) and id(growth.change) not in odd:
            yield Draft(f"“{_said(growth)}”前后方向相反", _told(growth), _said(growth), "前后用同一方向的词")
    based = {id(r.growth) for r in subject.growths}
    for moved, rate in contrary_words(subject.disclosure.claims):
        if id(rate) not in based:
            said = f"{moved.direction}{as_printed(moved)}，{rate.direction}{as_printed(rate)}"
            yield Draft(f"“{said}”前后方向相反", (claim_side(moved), claim_side(rate)), said, "前后用同一方向的词")
    mended = {id(r.change) for r in change_relations(claims_put_right(subject)) if r.holds}
    for change in subject.changes:
        yield Examined(change.change.place)
        if not change.right_direction and id(change.change) not in mended:
            word = "增加" if change.expected > 0 else "减少"
            yield Draft(
                f"{as_printed(change.last)}变为{as_printed(change.amount)}是{word}，文中却写“{change.change.direction}{as_printed(change.change)}”",
                (claim_side(change.change), claim_side(change.amount), claim_side(change.last)),
                f"{change.change.direction}{as_printed(change.change)}",
                f"{word}{in_unit_of(abs(change.expected), change.change)}",
            )


@rule(
    "NAR103",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="删去百分比，只写增加的金额。",
)
def nothing_grows_from_zero(subject: Subject) -> Iterator[Outcome]:
    """上年数为0时没有增减百分比。

    错：上年0万元，今年45万元，增加45万元，增长100%。
    对：上年0万元，今年45万元，增加45万元。
    """
    for relation in subject.growths:
        yield Examined(relation.growth.place)
        if relation.zero_base:
            yield Draft(
                f"上年数为0，不能计算百分比，文中却写“{relation.growth.direction or ''}{as_printed(relation.growth)}”",
                _told(relation),
                f"{relation.growth.direction or ''}{as_printed(relation.growth)}",
                "删去百分比，只写增加的金额",
            )


@rule(
    "NAR104",
    level=Level.WARNING,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对本年数、上年数和增减额，使增减额等于两年之差；上年数口径调整过的，写明调整后的数。",
)
def changes_are_differences(subject: Subject) -> Iterator[Outcome]:
    """增减额等于两年之差；增加额不大于当年数。

    错：2023年公务接待费预算10.00万元，2022年预算12.00万元，减少3.00万元。
    对：2023年公务接待费预算10.00万元，2022年预算12.00万元，减少2.00万元。
    """
    relations = subject.changes
    risen = rises_above_all(subject.disclosure.claims)
    if not relations and not risen:
        yield not_applicable("叙述没有同时写明两年的数和增减额")
    right = claims_put_right(subject)
    still = {id(change) for change, _ in rises_above_all(right)}
    for change, amount in risen:
        if right and id(change) not in still:
            continue
        said = f"{change.direction or ''}{as_printed(change)}"
        yield Draft(
            f"当年只有{as_printed(amount)}，文中却写“{said}”，上年数成了负数",
            (claim_side(change), claim_side(amount)),
            said,
            f"增加额不大于{as_printed(amount)}",
        )
    mended = {id(r.change) for r in change_relations(right) if r.holds}
    elsewhere = [r for r in subject.restatements if not r.holds]
    for relation in relations:
        yield Examined(relation.change.place)
        if not relation.holds and relation.right_direction and id(relation.change) not in mended:
            yield _wrong_change(relation, [r for r in elsewhere if relation.last in r.claims])


def _wrong_change(relation: ChangeRelation, also: list[Restatement]) -> Draft:
    others = tuple(c for r in also for c in r.claims if c is not relation.last)
    difference = in_unit_of(abs(relation.expected), relation.change)
    base = "预算" if is_planned(relation.last) and relation.last.year == relation.amount.year else "上年"
    stated = tuple(
        f"同一项又写作{as_printed(c)}（{c.place}）；以它为{base}数，差额为"
        f"{in_unit_of(abs(yuan_of(relation.amount) - yuan_of(c)), relation.change)}"
        for c in others
    )
    said = f"{relation.change.direction or ''}{as_printed(relation.change)}"
    return Draft(
        f"当年{as_printed(relation.amount)}与{base}{as_printed(relation.last)}相差{difference}，文中却写“{said}”",
        tuple(claim_side(c) for c in (relation.change, relation.amount, relation.last, *others)),
        said,
        f"{relation.change.direction or '相差'}{difference}，或统一{base}数的口径",
        witnesses=(f"{as_printed(relation.amount)}与{as_printed(relation.last)}相差{difference}", *stated),
    )
