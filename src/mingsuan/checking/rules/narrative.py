"""NAR: growth, direction and shares of the narrative. Against tables its numbers are checked as identities (rules/figures.py)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from mingsuan.amounts import UNITS
from mingsuan.checking.claims_told import as_printed, claim_side, in_unit_of, yuan_of
from mingsuan.checking.registry import About, Draft, Examined, Need, Outcome, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.model import Claim, Level, Repair, Side
from mingsuan.model.claims import Role
from mingsuan.reading.relations import ChangeRelation, GrowthRelation, ShareRelation, share_relations
from mingsuan.reading.restatements import Restatement

CHAPTER = "叙述"


def _number(value: Decimal, like: Claim) -> str:
    """A value in 元 (or as a fraction, or in pieces) as the claim would print it, with its unit; one more digit where needed."""
    scale = UNITS.get(like.unit, Decimal(1)) if like.unit != "%" else Decimal("0.01")
    exact = value / scale
    shown = exact.quantize(Decimal(1).scaleb(-like.decimals), rounding=ROUND_HALF_UP)
    if shown == like.value and shown != exact:
        shown = exact.quantize(Decimal(1).scaleb(-like.decimals - 3), rounding=ROUND_HALF_UP).normalize()
    return f"{shown:f}{like.unit}"


@rule("NAR101", level=Level.ERROR, chapter=CHAPTER, basis="算术", needs=(Need.CLAIMS,), about=About.SECTIONS)
def growth_follows_from_its_base(subject: Subject) -> Iterator[Outcome]:
    """增减百分比以上年数为基数。

    错：2021年收入总计2430.88万元，支出总计2430.88万元，与2020年预算相比，收入减少620.38万元，下降25.52%。
    对：2021年收入总计2430.88万元，支出总计2430.88万元，与2020年预算相比，收入减少620.38万元，下降20.33%。
    """
    relations = subject.growths
    if not relations:
        yield not_applicable("叙述没有写明可以核算的增减百分比")
    for relation in relations:
        if not relation.zero_base and relation.expected is not None:
            yield Examined(relation.growth.place)
        if relation.zero_base or relation.expected is None or (relation.holds and relation.rounds):
            continue
        if _explained_by_another(relation, subject.disclosure.claims):
            yield insufficient(
                f"一句里有几个数，不能断定{as_printed(relation.growth)}以哪个数为基数（{relation.growth.place}）", relation.growth.place
            )
        else:
            yield _wrong_growth(relation, relation.expected)


def _explained_by_another(relation: GrowthRelation, claims: Sequence[Claim]) -> bool:
    """Whether another amount of the sentence gives the printed rate, where no template says which amount is meant."""
    growth, size = relation.growth, _size(relation)
    if growth.template is not None or relation.amount is None:
        return False
    falls = yuan_of(relation.amount) < relation.base
    others = [yuan_of(c) for c in claims if c.sentence == growth.sentence and c.role is Role.AMOUNT and c.amount is not None]
    bases = (amount + (size if falls else -size) for amount in (*others, sum(others, Decimal(0))) if amount != yuan_of(relation.amount))
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


def _told(relation: GrowthRelation) -> tuple[Side, ...]:
    return tuple(claim_side(c) for c in (relation.growth, relation.change, relation.amount, relation.last) if c is not None)


def _wrong_growth(relation: GrowthRelation, expected: Decimal) -> Draft:
    growth = relation.growth
    unit_of = relation.change or relation.amount or growth
    word = growth.direction or "增减"
    right = _number(expected, growth)
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
        level=Level.INFO if relation.holds else None if growth.template is not None or relation.wrong_base else Level.WARNING,
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
    for growth in subject.growths:
        yield Examined(growth.growth.place)
        if not growth.same_direction and growth.growth.value and _size(growth):
            yield Draft(f"“{_said(growth)}”前后方向相反", _told(growth), _said(growth), "前后用同一方向的词")
    for change in subject.changes:
        yield Examined(change.change.place)
        if not change.right_direction:
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
    """增减额等于两年之差。

    错：2023年公务接待费预算10.00万元，2022年预算12.00万元，减少3.00万元。
    对：2023年公务接待费预算10.00万元，2022年预算12.00万元，减少2.00万元。
    """
    relations = subject.changes
    if not relations:
        yield not_applicable("叙述没有同时写明两年的数和增减额")
    elsewhere = [r for r in subject.restatements if not r.holds]
    for relation in relations:
        yield Examined(relation.change.place)
        if not relation.holds and relation.right_direction:
            yield _wrong_change(relation, [r for r in elsewhere if relation.last in r.claims])


def _wrong_change(relation: ChangeRelation, also: list[Restatement]) -> Draft:
    others = tuple(c for r in also for c in r.claims if c is not relation.last)
    difference = in_unit_of(abs(relation.expected), relation.change)
    stated = tuple(
        f"同一项又写作{as_printed(c)}（{c.place}）；以它为上年数，差额为"
        f"{in_unit_of(abs(yuan_of(relation.amount) - yuan_of(c)), relation.change)}"
        for c in others
    )
    said = f"{relation.change.direction or ''}{as_printed(relation.change)}"
    return Draft(
        f"当年{as_printed(relation.amount)}与上年{as_printed(relation.last)}相差{difference}，文中却写“{said}”",
        tuple(claim_side(c) for c in (relation.change, relation.amount, relation.last, *others)),
        said,
        f"{relation.change.direction or '相差'}{difference}，或统一上年数的口径",
        witnesses=(f"{as_printed(relation.amount)}与{as_printed(relation.last)}相差{difference}", *stated),
    )


@rule(
    "NAR105",
    level=Level.ERROR,
    chapter=CHAPTER,
    basis="算术",
    needs=(Need.CLAIMS,),
    about=About.SECTIONS,
    fix="核对部分和总数；两数无误的，改为{expected}。",
)
def shares_follow_from_their_parts(subject: Subject) -> Iterator[Outcome]:
    """占比等于部分除以总数。

    错：支出2430.88万元，其中基本支出395万元，占26.25%。
    对：支出2430.88万元，其中基本支出395万元，占16.25%。
    """
    relations = share_relations(subject.disclosure.claims)
    if not relations:
        yield not_applicable("叙述没有写明可以核算的占比")
    for relation in relations:
        if relation.expected is None and not relation.holds:
            yield Draft(
                f"总数为0，不能计算占比，文中却写“占{as_printed(relation.share)}”",
                (claim_side(relation.share), claim_side(relation.whole)),
                f"占{as_printed(relation.share)}",
                "删去占比",
            )
        if relation.expected is None:
            continue
        if relation.holds and relation.rounds:
            yield Examined(relation.share.place)
            continue
        if not _part_of(subject, relation):
            yield insufficient(
                f"没有写明{as_printed(relation.share)}是占哪个总数，没有核对（{relation.share.place}）", relation.share.place
            )
            continue
        yield Examined(relation.share.place)
        off = abs(relation.expected * 100 - relation.share.value).scaleb(relation.share.decimals)
        right = _number(relation.expected, relation.share)
        yield Draft(
            f"{as_printed(relation.part)}占{as_printed(relation.whole)}的{right}，文中写{as_printed(relation.share)}",
            (claim_side(relation.share), claim_side(relation.part), claim_side(relation.whole)),
            f"占{as_printed(relation.share)}",
            f"占{right}",
            witnesses=(f"{as_printed(relation.part)}÷{as_printed(relation.whole)}＝{_number(relation.expected, relation.share)}",),
            level=Level.INFO if off < 1 else Level.WARNING if off < 2 else None,
        )


_INTRODUCES_PARTS = re.compile(r"其中|包括|用于|分为|构成")


def _part_of(subject: Subject, relation: ShareRelation) -> bool:
    """Whether the text says that the part belongs to the whole: a template knows it, or 其中 and the like stand between them."""
    if relation.share.template is not None:
        return True
    where = {id(s.claim): s for s in subject.statements}
    whole, part = where.get(id(relation.whole)), where.get(id(relation.part))
    if whole is None or part is None or whole.paragraph != part.paragraph:
        return False
    between = whole.paragraph.text[whole.number.end : part.number.start]
    return _INTRODUCES_PARTS.search(between) is not None
