"""NAR, continued: shares of a whole."""

from __future__ import annotations

from collections.abc import Iterator

from mingsuan.checking.outcomes import Draft, Examined, Outcome
from mingsuan.checking.registry import About, Need, insufficient, not_applicable, rule
from mingsuan.checking.subject import Subject
from mingsuan.checking.telling.claims import as_printed, claim_side, rounded_like
from mingsuan.checking.wrong_numbers import rests_on_a_wrong_number
from mingsuan.model import Level
from mingsuan.model.claims import Role
from mingsuan.patterns import regex
from mingsuan.reading.claims.shares import ShareRelation
from mingsuan.reading.claims.words import whole_name

CHAPTER = "叙述"
_WHOLE = 100
"""The per cent that no part of a whole can be more than."""


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
    relations = subject.shares
    if not relations:
        yield not_applicable("叙述没有写明可以核算的占比")
    known = {id(r.share) for r in relations}
    for share in subject.disclosure.claims:
        if share.role is Role.SHARE and id(share) not in known and share.value > _WHOLE and "完成" not in share.measure:
            yield Draft(
                f"占比{as_printed(share)}超过100%",
                (claim_side(share),),
                f"占{as_printed(share)}",
                "不超过100%的占比",
                fix="核对部分和总数，改正占比。",
            )
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
        if relation.holds:
            yield Examined(relation.share.place)
            continue
        if not _part_of(subject, relation):
            yield insufficient(
                f"没有写明{as_printed(relation.share)}是占哪个总数，没有核对（{relation.share.place}）", relation.share.place
            )
            continue
        yield Examined(relation.share.place)
        if rests_on_a_wrong_number(subject, (relation.part, relation.whole)):
            continue
        said = "" if "完成" in relation.share.measure else "占"
        off = abs(relation.expected * 100 - relation.share.value).scaleb(relation.share.decimals)
        right = rounded_like(relation.expected, relation.share)
        yield Draft(
            f"{as_printed(relation.part)}{said or '是'}{as_printed(relation.whole)}的{right}，文中写{as_printed(relation.share)}",
            (claim_side(relation.share), claim_side(relation.part), claim_side(relation.whole)),
            f"{said}{as_printed(relation.share)}",
            f"{said}{right}",
            witnesses=(f"{as_printed(relation.part)}÷{as_printed(relation.whole)}＝{rounded_like(relation.expected, relation.share)}",),
            level=Level.INFO if off < 1 else Level.WARNING if off < 2 or not _is_meant(relation) else None,
        )


def _is_meant(relation: ShareRelation) -> bool:
    """Whether the whole is certain: a template knows it, or other shares of it hold."""
    return relation.share.template is not None or relation.borne_out


_INTRODUCES_PARTS = regex(r"其中|包括|用于|分为|构成")


def _part_of(subject: Subject, relation: ShareRelation) -> bool:
    """Whether the text says that the part belongs to the whole: a template knows it, or 其中 and the like stand between them."""
    if _is_meant(relation) or relation.named:
        return True
    if whole_name(relation.share):
        return False
    whole, part = (subject.statement_of.get(id(claim)) for claim in (relation.whole, relation.part))
    if whole is None or part is None or whole.paragraph != part.paragraph:
        return False
    between = whole.paragraph.text[whole.number.end : part.number.start]
    return _INTRODUCES_PARTS.search(between) is not None and "。" not in between
